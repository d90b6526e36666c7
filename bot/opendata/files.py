"""The files of open data: counts as CSV and JSON with what each column means, the base with its schema."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.exports import harmless
from bot.figures import OUTCOMES
from bot.opendata.groups import LEAST, REST, Row

COLUMNS = {
    "month": "Tháng của các câu hỏi, năm-tháng, tính theo ngày ở cơ quan.",
    "by": "Chia theo gì: month (cả tháng), day (ngày), answered (có mục trả lời hay không), outcome (kết quả), "
    "field (lĩnh vực), procedure (thủ tục hoặc hướng dẫn).",
    "within": "Nhóm lớn hơn mà nhóm này nằm trong; để trống là cả tháng.",
    "id": f"Tên không đổi của nhóm; “{REST}” là các nhóm nhỏ gộp lại.",
    "name": "Tên của nhóm bằng lời.",
    "questions": f"Số câu hỏi. Nhóm có dưới {LEAST} người hỏi không đứng riêng mà gộp vào “{REST}”.",
}
WORDS = {"answered": "Có mục trả lời", "not_answered": "Không có mục trả lời", REST: "Các nhóm nhỏ gộp lại"}


def files(months: Mapping[str, Sequence[Row]], name: Callable[[str], str], licence: str) -> dict[str, bytes]:
    """Every file of the counts by its name; `name` says what an entry is called."""
    found: dict[str, bytes] = {}
    for month, rows in months.items():
        told = [_told(month, row, name) for row in rows]
        found[f"questions-{month}.csv"] = _csv(tuple(COLUMNS), [list(one.values()) for one in told])
        about = {"licence": licence, "columns": COLUMNS, "rows": told}
        found[f"questions-{month}.json"] = as_json(about)
    found["dictionary.csv"] = _csv(("column", "meaning"), [*COLUMNS.items(), ("licence", licence)])
    return found


def as_json(value: Any) -> bytes:
    """A JSON file, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _told(month: str, row: Row, name: Callable[[str], str]) -> dict[str, str | int]:
    values = asdict(row)
    words = row.name
    if row.name in WORDS:
        words = WORDS[row.name]
    elif row.by == "outcome":
        words = OUTCOMES[row.name].title
    elif row.by == "procedure":
        words = name(row.name)
    elif row.by == "month":
        words = month
    return {
        "month": month,
        "by": row.by,
        "within": row.within,
        "id": row.name,
        "name": words,
        "questions": values["questions"],
    }


def _csv(head: Sequence[str], rows: Sequence[Sequence[str | int]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")
