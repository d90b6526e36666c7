"""The rows of a workbook read back into leaves, every fault at once with its sheet, line and column."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.editing.sheets import AT, FILE, ID, JOIN, NAME, OTHER_HEADINGS, OTHERS, SHEETS, Column, Place, Sheet
from bot.editing.tables import KINDS, Leaf, Leaves, Unit, cell_place
from bot.errors import Fault

Cells: TypeAlias = dict[str, str | None]  # heading → text
Line: TypeAlias = tuple[int, Cells]  # number of the line on its sheet, counted from 1
AGAIN = "xuất lại bằng motcua kb export, rồi chép phần đã sửa sang"


@dataclass
class Book:
    """What a workbook says: the leaves of each unit, which sheets it has, and what is wrong with it."""

    units: dict[Unit, Leaves] = field(default_factory=dict)
    sheets: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, sheet: str, line: int, heading: str, problem: str, mend: str) -> None:
        """Note a fault of the workbook."""
        self.faults.append(Fault(f"trang {sheet}", line, heading, problem, mend))


def read_back(pages: dict[str, list[Line]], files: Collection[str], exported: Collection[Unit] = ()) -> Book:
    """The workbook's pages (title → lines) as units; only `files` of the base may be named.

    An entry of `exported` that lost its line on its own sheet is taken out, with whatever other sheets still say of it.
    """
    book = Book(sheets=set(pages))
    reader = _Reader(book, files, exported)
    for sheet in sorted(SHEETS, key=lambda s: bool(s.pattern)):  # a unit's own sheet says that it exists
        _Page(reader, sheet).read(pages.get(sheet.title, []))
    for line, cells in pages.get(OTHERS, []):
        _other(reader, line, cells)
    return book


@dataclass(frozen=True)
class _Reader:
    """What all pages share."""

    book: Book
    files: Collection[str]
    exported: Collection[Unit]

    def known(self, sheet: str, line: int, heading: str, unit: Unit) -> bool:
        """Whether a row may speak of a unit: its file is there, and its own sheet has it."""
        owner = next((s.title for s in SHEETS if s.register == unit.register and not s.pattern), "")
        if unit.file not in self.files:
            self.book.fault(sheet, line, FILE, f"không có tệp {unit.file}", "ghi tên một tệp có ở trang Tệp")
        elif sheet == owner or owner not in self.book.sheets or unit in self.book.units:
            return True
        elif not (unit.register and unit in self.exported):
            problem = f"không có mục {unit.id or unit.file} ở trang {owner}"
            self.book.fault(sheet, line, heading, problem, "thêm mục ở trang đó, hoặc xóa dòng này")
        return False


class _Page:
    """One sheet being read: rows become places in lists by their order."""

    def __init__(self, reader: _Reader, sheet: Sheet) -> None:
        self.reader = reader
        self.book = reader.book
        self.sheet = sheet
        self.counts: dict[tuple[Unit, Place], int] = {}

    def read(self, lines: list[Line]) -> None:
        for line, cells in lines:
            unit = self.unit(line, cells)
            marks = self.marks(line, cells, unit) if unit else None
            if unit and marks is not None:
                for column in self.sheet.columns:
                    self.cell(line, cells, unit, column, cell_place(column, marks))

    def fault(self, line: int, heading: str, problem: str, mend: str) -> None:
        self.book.fault(self.sheet.title, line, heading, problem, mend)

    def unit(self, line: int, cells: Cells) -> Unit | None:
        heading = self.sheet.id_heading if self.sheet.register else FILE
        unit = Unit(cells.get(FILE) or "", self.sheet.register, cells.get(heading) or "" if self.sheet.register else "")
        if self.sheet.register and not unit.id:
            self.fault(line, heading, "để trống", "ghi mã của mục mà dòng này thuộc về")
        elif not self.sheet.pattern and unit in self.book.units:
            self.fault(line, heading, f"{unit.id or unit.file} ghi hai lần", "giữ lại một dòng")
        elif self.reader.known(self.sheet.title, line, heading, unit):
            self.book.units.setdefault(unit, {})
            return unit
        return None

    def marks(self, line: int, cells: Cells, unit: Unit) -> Place | None:
        found: list[str | int] = []
        if self.sheet.named:
            name = cells.get(self.sheet.named)
            if name is None:
                self.fault(line, self.sheet.named, "để trống", "ghi vào ô này, hoặc xóa dòng")
                return None
            found.append(name)
        if self.sheet.numbered:
            number = cells.get(self.sheet.numbered) or ""
            if not (number.isascii() and number.isdigit() and 0 < int(number) < 1000):
                self.fault(line, self.sheet.numbered, f"cần số thứ tự: {number}", "ghi 1, 2, 3 …")
                return None
            found.append(int(number) - 1)
        if len(found) < sum(step in (AT, NAME) for step in self.sheet.pattern):
            count = self.counts.get((unit, tuple(found)), 0)
            self.counts[unit, tuple(found)] = count + 1
            found.append(count)
        return tuple(found)

    def cell(self, line: int, cells: Cells, unit: Unit, column: Column, place: Place) -> None:
        value = cells.get(column.heading)
        if value is None:
            return
        if column.joined:
            value = JOIN.join(part.strip() for part in value.split(";") if part.strip())
        leaves = self.book.units[unit]
        if leaves.setdefault(place, value) != value:
            self.fault(line, column.heading, "khác với dòng trên của cùng nhóm", "ghi giống nhau, hoặc để trống")


def _other(reader: _Reader, line: int, cells: Cells) -> None:
    file, register, name, place, kind, text = (cells.get(heading) or "" for heading in OTHER_HEADINGS)
    unit, path = Unit(file, register, name), _place(place)
    if not reader.known(OTHERS, line, ID, unit):
        return
    if path is None or kind not in KINDS:
        reader.book.fault(OTHERS, line, "Chỗ", "không đọc được chỗ này", AGAIN)
        return
    leaf: Leaf = text if kind == "chữ" else [] if KINDS[kind] == "[]" else {}
    reader.book.units.setdefault(unit, {})[path] = leaf


def _place(text: str) -> Place | None:
    try:
        steps = json.loads(text)
    except ValueError:
        return None
    fits = isinstance(steps, list) and steps and all(isinstance(step, str | int) for step in steps)
    return tuple(steps) if fits else None
