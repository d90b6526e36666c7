"""Workbooks written and read with openpyxl: every cell a text that no spreadsheet program takes for a formula."""

import datetime
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import Fault, KnowledgeError

if TYPE_CHECKING:
    import openpyxl

Row = Sequence[str | None]
MAX_CELL = 32_767  # characters; what is longer a spreadsheet program cuts off without a word
MAX_BYTES = 50_000_000
RISKY = ("=", "+", "-", "@", "#", "＝", "＋", "－", "＠", "\t", "'")
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|x005F_")
CODED = "'json:"


@dataclass(frozen=True)
class Page:
    """One sheet: its title, its headings with their widths, its rows; a hidden one is for the program alone."""

    title: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Row]
    hidden: bool = False


@dataclass(frozen=True)
class ReadPage:
    """A sheet as read: headings, and the lines that hold something, with their numbers."""

    headings: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str | None, ...]], ...]


def harmless(text: str) -> str:
    """The text as a cell holds it: `=1+1` becomes `'=1+1`, and what no cell can hold is written in ASCII."""
    if UNFIT.search(text):
        return CODED + json.dumps(text).replace("_", "\\u005f")
    return f"'{text}" if not text or text.startswith(RISKY) else text


def restored(cell: str) -> str:
    """The text that `harmless` was given; any other text as it is."""
    if cell.startswith(CODED):
        try:
            return str(json.loads(cell.removeprefix(CODED)))
        except ValueError:
            return cell
    return cell[1:] if cell.startswith("'") else cell


@contextmanager
def _needed() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise KnowledgeError(
            "Chưa có openpyxl để đọc và ghi bảng tính: hãy chạy pip install 'motcua[reports]'."
        ) from error


def write(path: Path, pages: Sequence[Page]) -> None:
    """Write a workbook beside its place, then put it there."""
    with _needed():
        from openpyxl import Workbook

    fitted = [[_fitted(page, line, row) for line, row in enumerate(page.rows, start=2)] for page in pages]
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.touch()  # where nothing can be written, it is known before the work
        book = Workbook(write_only=True)
        for page, rows in zip(pages, fitted, strict=True):
            _fill(book, page, rows)
        book.save(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _fill(book: "openpyxl.Workbook", page: Page, rows: Sequence[Row]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    plain, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    sheet = book.create_sheet(page.title)
    sheet.sheet_state = "hidden" if page.hidden else "visible"
    sheet.freeze_panes = "A2"
    for number, width in enumerate(page.widths, start=1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width, column.number_format = width, "@"
    for number, row in enumerate([page.headings, *rows]):
        cells = [None if text is None else WriteOnlyCell(sheet, text) for text in row]
        for cell in cells:
            if cell and not page.hidden:  # an empty cell takes after its column
                cell.number_format, cell.alignment = "@", plain
            if cell and not number:
                cell.font = bold
        sheet.append(cells)


def _fitted(page: Page, line: int, row: Row) -> list[str | None]:
    cells = zip(page.headings, row, strict=True)
    return [None if text is None else _fitting(page.title, line, heading, text) for heading, text in cells]


def _fitting(page: str, line: int, heading: str, text: str) -> str:
    cell = harmless(text)
    if len(cell) > MAX_CELL:
        fault = Fault(f"trang {page}", line, heading, f"dài hơn {MAX_CELL:,} ký tự", "rút ngắn trong tệp YAML")
        raise KnowledgeError("Bảng tính không chứa nổi một ô:", [fault])
    return cell


def read(path: Path) -> dict[str, ReadPage]:
    """Every sheet of a workbook by its title."""
    with _needed():
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException

    if path.stat().st_size > MAX_BYTES:
        raise KnowledgeError(f"{path} lớn hơn {MAX_BYTES:,} byte: hãy xem lại có đúng tệp không.")
    try:
        book = load_workbook(path, read_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise KnowledgeError(f"{path} không phải bảng tính .xlsx đọc được: hãy lưu lại dưới dạng .xlsx.") from error
    faults: list[Fault] = []
    try:
        pages = {
            sheet.title: _page(
                sheet.title, ([_Cell(c.value, c.data_type) for c in row] for row in sheet.iter_rows()), faults
            )
            for sheet in book.worksheets
        }
    finally:
        book.close()
    if faults:
        raise KnowledgeError(f"Chưa ghi gì, vì {path} có {len(faults)} ô không dùng được:", faults)
    return pages


@dataclass(frozen=True)
class _Cell:
    value: object
    kind: str


def _page(title: str, rows: Iterable[list[_Cell]], faults: list[Fault]) -> ReadPage:
    headings: tuple[str, ...] = ()
    lines: list[tuple[int, tuple[str | None, ...]]] = []
    for number, row in enumerate(rows, start=1):
        if number == 1:
            headings = tuple("" if cell.value is None else str(cell.value).strip() for cell in row)
            continue
        texts: list[str | None] = []
        for index, cell in enumerate(row[: len(headings)]):
            if cell.kind in ("f", "e", "b"):
                faults.append(Fault(f"trang {title}", number, headings[index], *_unfit(cell)))
            texts.append(_text(cell.value, headings[index]))
        if any(text is not None for text in texts):
            lines.append((number, tuple(texts)))
    return ReadPage(headings, tuple(lines))


def _unfit(cell: _Cell) -> tuple[str, str]:
    kinds = {"f": "ô có công thức", "e": "ô báo lỗi", "b": "ô đúng/sai"}
    return f"{kinds[cell.kind]}: {str(cell.value)[:40]}", "gõ lại thành chữ, thêm dấu ' ở đầu ô nếu cần"


def _text(value: object, heading: str) -> str | None:
    """What people typed, as text: programs make numbers and dates of `9000`, `1.004200` and `2026-11-01`."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return restored(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, float):
        if heading in ("Mã", "Mã thủ tục"):
            return f"{value:.6f}"
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
