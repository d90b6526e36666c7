"""Figures as tables that people read: the same rows on pages, in files and in messages, each under its definition."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.config import OFFICE_TIME
from bot.figures.definitions import FIGURES, OUTCOMES
from bot.figures.figures import Figures, Ranked
from bot.figures.periods import Unit
from bot.phrases import VIETNAMESE
from bot.procedures import Facet

Cell: TypeAlias = str | int | float | None
MOST = 30  # rows of a list that may be long
LANGUAGES = {"vi": "tiếng Việt", "en": "tiếng Anh"}
WAYS = {
    "phrase": "thêm cách hỏi",
    "entry": "soạn mục mới",
    "edit": "sửa mục",
    "words": "trả lời bằng tay",
    "ignored": "bỏ qua",
}
SENT = {
    "waiting": "đang chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "blocked": "người hỏi đã chặn bot",
    "failed": "không gửi được",
}
WHY = {
    "wrong": "thông tin sai",
    "old": "thông tin cũ",
    "unclear": "khó hiểu",
    "missing": "thiếu thông tin",
    "other_question": "không phải điều đã hỏi",
    "": "không nói lý do",
}


TABLE_KEYS = (
    "summary",
    "outcomes",
    "series",
    "procedures",
    "rising",
    "fields",
    "facets",
    "online",
    "hours",
    "channels",
    "languages",
    "feedback",
    "settled",
    "told",
)
COLUMNS = ("series", "hours")  # tables whose rows follow in time: drawn as columns


@dataclass(frozen=True)
class Table:
    """One table: what it counts in one sentence, its columns, its rows; the second column is what a chart shows."""

    key: str
    title: str
    sentence: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def tables(found: Figures, name: Callable[[str], str]) -> list[Table]:
    """All tables of some figures; `name` says what an entry is called."""
    return [
        _summary(found),
        _outcomes(found),
        _series(found),
        _ranked("procedures", found.procedures, name),
        _ranked("rising", found.rising, name),
        _ranked("fields", found.fields, lambda field: field or "không thuộc lĩnh vực nào"),
        _ranked("facets", found.facets, _facet),
        _of("online", found.online.items()),
        _of("hours", ((f"{hour} giờ", count) for hour, count in enumerate(found.hours))),
        _ranked("channels", found.channels, str),
        _ranked("languages", found.languages, lambda language: LANGUAGES.get(language, language)),
        _of("feedback", ((_judged(*key), count) for key, count in sorted(found.feedback.items(), reverse=True))),
        _of("settled", ((WAYS.get(way, way), count) for way, count in sorted(found.settled.ways.items()))),
        _of("told", ((SENT.get(state, state), count) for state, count in sorted(found.told.items()))),
    ]


def shown(cell: Cell) -> str:
    """A cell as Vietnamese write numbers: 1.234, 12,3; a dash where there is none."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    whole = f"{cell:,}" if isinstance(cell, int) else f"{cell:,.1f}"
    return whole.replace(",", " ").replace(".", ",").replace(" ", ".")


def _summary(found: Figures) -> Table:
    half, most = _two(found.latency)
    waited_half, waited_most = _two(found.waited)
    oldest = found.waiting.oldest
    rows: list[tuple[str, str, Cell]] = [
        ("questions", "", found.questions),
        ("questions", "kỳ trước", found.questions_before),
        ("persons", "", found.persons),
        ("unlinked", "", found.unlinked),
        ("disputed", "", found.disputed),
        ("latency", "nửa số câu, mili giây", half),
        ("latency", "95% số câu, mili giây", most),
        ("outside", "phần trăm", None if found.outside is None else round(100 * found.outside, 1)),
        ("waiting", "nhóm", found.waiting.groups),
        ("waiting", "câu hỏi trong các nhóm", found.waiting.questions),
        ("waiting", "mở lâu nhất từ", f"{oldest.astimezone(OFFICE_TIME):%d/%m/%Y}" if oldest else None),
        ("waited", "nửa số câu, giờ", waited_half),
        ("waited", "95% số câu, giờ", waited_most),
        ("base", "mục", found.base.entries),
        ("base", "đọc nguồn đã hơn một năm", found.base.old),
        ("base", "có ý đã hoặc sắp hết hạn", found.base.ending),
        ("base", "chưa có câu hỏi thử", found.base.untested),
        ("coverage", "thủ tục trong danh mục", found.base.listed or None),
        ("coverage", "đã có mục", found.base.covered if found.base.listed else None),
    ]
    told = [(_titled(key, more), value, FIGURES[key].sentence) for key, more, value in rows]
    return Table(
        "summary", "Tóm tắt", f"Các số chính, {found.ground.period}.", ("Số liệu", "Giá trị", "Nghĩa là"), told
    )


def _two(values: Sequence[float]) -> tuple[Cell, Cell]:
    first, second = [*(round(value, 1) for value in values), None, None][:2]
    return first, second


def _titled(key: str, more: str) -> str:
    return f"{FIGURES[key].title} ({more})" if more else FIGURES[key].title


def _outcomes(found: Figures) -> Table:
    rows = [
        (OUTCOMES[name].title, count, _percent(count, found.questions), OUTCOMES[name].sentence)
        for name, count in found.outcomes.items()
    ]
    sentence = "Mỗi câu hỏi nằm ở đúng một dòng; không cộng các dòng thành “đã trả lời”."
    return Table("outcomes", "Kết quả", sentence, ("Kết quả", "Số câu", "Phần trăm", "Nghĩa là"), rows)


def _percent(count: int, of: int) -> Cell:
    return round(100 * count / of, 1) if of else None


def _series(found: Figures) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (_part(str(part), found.ground.unit), sum(counts.values()), *(counts[name] for name in OUTCOMES))
        for part, counts in found.series
    ]
    head = (found.ground.unit.capitalize(), "Số câu", *(definition.title for definition in OUTCOMES.values()))
    return Table("series", f"Theo {found.ground.unit}", FIGURES["questions"].sentence, head, rows)


def _part(words: str, unit: Unit) -> str:
    return words.removeprefix(f"{unit} ")


def _ranked(key: str, rows: Sequence[Ranked], name: Callable[[str], str]) -> Table:
    told: list[tuple[Cell, ...]] = [(name(row.name), row.count, row.before) for row in rows[:MOST]]
    with_before = key in ("procedures", "rising", "fields")
    head = ("Tên", "Số câu", "Kỳ trước") if with_before else ("Tên", "Số câu")
    return Table(key, FIGURES[key].title, FIGURES[key].sentence, head, [row[: len(head)] for row in told])


def _of(key: str, rows: Iterable[tuple[str, int]]) -> Table:
    return Table(key, FIGURES[key].title, FIGURES[key].sentence, ("Tên", "Số"), list(rows))


def _facet(name: str) -> str:
    return VIETNAMESE.facets.get(Facet(name), name) if name in set(Facet) else name


def _judged(good: bool, why: str) -> str:
    return "👍" if good else f"👎 hoặc báo sai: {WHY.get(why, why)}"
