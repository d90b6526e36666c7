"""A CSV as an office exports it, read as hostile text: whatever stands in it, entries come out or words why not."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.catalogue.entries import Listed
from bot.catalogue.file import CODE, LONGEST
from bot.errors import MotCuaError
from bot.text import clean, fold

MAX_BYTES = 64_000_000  # the whole national catalogue has 2.2 MB
MAX_ROWS = 100_000
DELIMITERS = ",;\t|"
STEP = 250  # rows between two words about the progress
NOTED = 300  # characters kept of a list of agencies: some name all 25 branches of an office
HEADERS = {
    "code": ("code", "ma", "ma tthc", "ma so", "ma thu tuc", "ma thu tuc hanh chinh", "ma so tthc"),
    "name": ("name", "ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh", "thu tuc hanh chinh", "thu tuc"),
    "field": ("fields", "field", "linh vuc"),
    "agency": (
        "executing departments",
        "co quan thuc hien",
        "don vi thuc hien",
        "co quan giai quyet",
        "co quan",
        "agency",
    ),
    "issuer": ("promulgated by", "co quan ban hanh", "co quan cong bo", "don vi ban hanh"),
}
WANTED = {"code": "mã thủ tục", "name": "tên thủ tục"}  # without these two nothing can be found

Column = str
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class LeftOut:
    """A row that is not taken, the line on which it ends, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class Imported:
    """What a file gave: entries in its order, what was left out, and the columns that were read."""

    entries: tuple[Listed, ...]
    left_out: tuple[LeftOut, ...]
    columns: Mapping[Column, str]


def read_table(path: Path, named: Mapping[Column, str], told: Told | None = None) -> Imported:
    """Read a CSV; `named` gives columns their headings where they are not known; `told` hears (lines read, lines)."""
    text = _text(path)
    delimiter, heading, places = _layout(path, text, named)
    total = text.count("\n") + 1
    entries: dict[str, Listed] = {}
    left_out: list[LeftOut] = []
    for line, row in _rows(path, text, delimiter):
        if told and line % STEP == 0:
            told(min(line, total), total)
        entry = _entry({column: row[place] if place < len(row) else "" for column, place in places.items()})
        if isinstance(entry, str):
            left_out.append(LeftOut(line, entry))
        elif entry.code in entries:
            left_out.append(LeftOut(line, f"mã {entry.code} đã có ở dòng trước"))
        else:
            entries[entry.code] = entry
    if told:
        told(total, total)
    if not entries:
        raise MotCuaError(f"Tệp {path} không có dòng nào dùng được: mỗi dòng cần mã như 1.001193 và tên thủ tục.")
    return Imported(tuple(entries.values()), tuple(left_out), {c: heading[p] for c, p in places.items()})


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise MotCuaError(f"Không mở được tệp {path}: {error.strerror}. Hãy xem lại đường dẫn.") from error
    if size > MAX_BYTES:
        raise MotCuaError(f"Tệp {path} lớn hơn {MAX_BYTES // 1_000_000} MB. Hãy chỉ xuất các cột mã, tên, cơ quan.")
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))  # what Excel calls Unicode text
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise MotCuaError(f"Tệp {path} không phải UTF-8. Trong Excel, hãy lưu thành CSV UTF-8.") from error
    if "\0" in text:
        raise MotCuaError(f"Tệp {path} không phải CSV. Nếu là tệp Excel, hãy lưu thành CSV UTF-8.")
    return text


def _layout(path: Path, text: str, named: Mapping[Column, str]) -> tuple[str, list[str], dict[Column, int]]:
    """The delimiter, the headings, and where each column stands: the delimiter with which most columns are known."""
    layouts: list[tuple[str, list[str], dict[Column, int]]] = []
    for delimiter in DELIMITERS:
        heading = _heading(text, delimiter)
        layouts.append((delimiter, heading, _places(heading, named)))
    delimiter, heading, places = max(layouts, key=lambda layout: (len(layout[2]), len(layout[1])))
    missing = [words for column, words in WANTED.items() if column not in places]
    if missing:
        shown = ", ".join(_words(name)[:40] for name in heading[:12]) or "(không có)"
        raise MotCuaError(
            f"Tệp {path} không có cột {' và cột '.join(missing)}. Các cột đọc được: {shown}. "
            'Hãy chỉ ra cột bằng --columns, ví dụ: --columns "code=Mã số,name=Tên gọi".'
        )
    return delimiter, heading, places


def _heading(text: str, delimiter: str) -> list[str]:
    """The first row that says something, as this delimiter parts it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return next((row for row in reader if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return []


def _places(heading: Sequence[str], named: Mapping[Column, str]) -> dict[Column, int]:
    plain = [_plain(name) for name in heading]
    places: dict[Column, int] = {}
    for column, usual in HEADERS.items():
        wanted = (_plain(named[column]),) if column in named else usual
        place = next((plain.index(name) for name in wanted if name in plain), None)
        if place is not None:
            places[column] = place
    return places


def _plain(heading: str) -> str:
    return " ".join(fold(heading[:LONGEST]).replace("_", " ").split())


def _rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows under the heading, with the line on which each ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(row for row in reader if any(cell.strip() for cell in row)):
            if number > MAX_ROWS:
                raise MotCuaError(f"Tệp {path} có hơn {MAX_ROWS:,} dòng. Hãy chia nhỏ hoặc lọc bớt.")
            if number:
                yield reader.line_num, row
    except csv.Error as error:
        line = reader.line_num
        raise MotCuaError(f"Tệp {path}, dòng {line}: không đọc được CSV ({error}). Hãy xem dấu nháy kép.") from error


def _entry(cells: Mapping[Column, str]) -> Listed | str:
    """An entry, or why the row is none."""
    code, name = _words(cells["code"]), _words(cells["name"])
    if not re.fullmatch(CODE, code):
        return f"mã {code[:20] or '(trống)'} không có dạng 1.001193"
    if not any(c.isalpha() for c in name):
        return "không có tên thủ tục"
    if len(name) > LONGEST:
        return f"tên dài hơn {LONGEST} chữ"
    return Listed(
        code, name, _list(cells.get("field", "")), _list(cells.get("agency", "")), _list(cells.get("issuer", ""))
    )


def _list(cell: str) -> str:
    """A list of agencies without its empty places, cut where it names whole trees of branches."""
    names = [name for name in (part.strip() for part in _words(cell[: 4 * LONGEST]).split(";")) if name]
    kept: list[str] = []
    for name in names:
        if kept and sum(map(len, kept)) + len(name) > NOTED:
            return f"{'; '.join(kept)} và {len(names) - len(kept)} nơi khác"
        kept.append(name[:NOTED])
    return "; ".join(kept)


def _words(cell: str) -> str:
    """A cell on one line, with nothing hidden in it."""
    plain = cell.isprintable() and unicodedata.is_normalized("NFC", cell)
    return " ".join((cell if plain else clean(cell)).split())
