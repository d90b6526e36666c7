"""One procedure's row in a list that an office exported from the portal: code, name, agency, field, link."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import MotCuaError
from bot.text import fold

COLUMNS = {
    "code": ("code", "ma", "ma thu tuc", "ma so", "ma tthc"),
    "name": ("name", "official name", "ten", "ten thu tuc", "ten tthc", "ten thu tuc hanh chinh"),
    "agency": ("agency", "executing departments", "co quan", "co quan thuc hien", "promulgated by"),
    "field": ("field", "fields", "linh vuc"),
    "link": ("link", "url", "portal url", "dia chi", "duong dan"),
}


@dataclass(frozen=True)
class Listed:
    """What the list says of one code; empty where it says nothing."""

    code: str
    name: str = ""
    agency: str = ""
    field: str = ""
    link: str = ""


def listed(path: Path, code: str) -> Listed | None:
    """The row of a code in a CSV file with a heading; None if it has no such row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            names = _names(rows.fieldnames or ())
            if "code" not in names or "name" not in names:
                raise MotCuaError(f"{path} thiếu cột code (mã) hoặc name (tên): hãy xem dòng đầu của tệp.")
            for row in rows:
                if (row[names["code"]] or "").strip() == code:
                    return Listed(**{key: " ".join((row[name] or "").split()) for key, name in names.items()})
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MotCuaError(f"Không đọc được {path}: cần một tệp CSV, mã UTF-8.") from error
    return None


def _names(headings: Sequence[str]) -> dict[str, str]:
    """The file's own name of each column that it has."""
    plain = {" ".join(fold(heading).replace("_", " ").split()): heading for heading in reversed(headings)}
    found = {key: next((plain[name] for name in known if name in plain), None) for key, known in COLUMNS.items()}
    return {key: name for key, name in found.items() if name is not None}
