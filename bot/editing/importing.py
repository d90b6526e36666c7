"""What a workbook changes in a base: part by part, against what stood there when it was exported.

A part is one key of an entry. A part that changed in the files since the export is not taken back to what it was;
if the workbook changed it as well, it is a clash, and the files stay.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bot.editing import folder, spreadsheet
from bot.editing.readback import AGAIN, Book, Line, read_back
from bot.editing.sheets import OTHER_HEADINGS, OTHERS, SHEETS, Column
from bot.editing.spreadsheet import Page, ReadPage
from bot.editing.tables import REGISTERS, Leaves, Unit, leaves_of, others, tables, taken, tree_of, units
from bot.editing.trees import Tree, both_orders
from bot.editing.words import KEYS, key_words, value_words
from bot.errors import KnowledgeError
from bot.knowledge.files import Commune, Province
from bot.procedures import Guide, Procedure, Value
from bot.yamlfile import Node

Base: TypeAlias = dict[Unit, Leaves]
Prints: TypeAlias = dict[tuple[Unit, str], str]  # (unit, key) → hash of the part; key "" for the unit itself
FOLDERS = ("procedures", "local", "guides", "questions", "units")  # in the order of the rows; other files come last
MEMORY, MEMORY_HEADINGS = "_goc", ("file", "register", "id", "key", "hash")
KEY_WIDTH = 22
BY_CODE = ("communes", "provinces")
FORMS: dict[str, type[Value]] = {"guides": Guide, "communes": Commune, "provinces": Province}  # else a procedure


@dataclass(frozen=True)
class Change:
    """One part that the workbook changes; `old` or `new` is None where the part was not, or is no more."""

    unit: Unit
    key: str
    old: Leaves | None
    new: Leaves | None
    name: str = ""

    @property
    def where(self) -> str:
        """The unit, with its name where its id is only a number."""
        return f"{self.unit} {self.name}" if self.name and self.unit.register in BY_CODE else str(self.unit)

    def words(self) -> Iterator[str]:
        """The change, a line for each value."""
        if not self.key:
            yield f"{self.where}: {'thêm mục' if self.old is None else 'xóa mục'}"
            return
        old, new = self.old or {}, self.new or {}
        if _list_of_texts(old) and _list_of_texts(new):
            yield from self._set_words([str(v) for v in old.values()], [str(v) for v in new.values()])
            return
        for place in dict.fromkeys([*old, *new]):
            if old.get(place) != new.get(place):
                at = key_words(tuple(step for step in place if step != -1))
                yield f"{self.where}: {at}: {value_words(old.get(place))} → {value_words(new.get(place))}"

    def _set_words(self, old: list[str], new: list[str]) -> Iterator[str]:
        at = f"{self.where}: {KEYS.get(self.key, self.key)}"
        yield from (f"{at}: thêm “{value_words(text)}”" for text in new if text not in old)
        yield from (f"{at}: bỏ “{value_words(text)}”" for text in old if text not in new)
        if sorted(old) == sorted(new):
            yield f"{at}: đổi thứ tự"


@dataclass(frozen=True)
class Import:
    """What a workbook would change, and the places where it clashes with newer edits of the files."""

    changes: tuple[Change, ...]
    clashes: tuple[Change, ...]
    before: dict[str, bytes]
    files: dict[str, bytes | None]


def base_of(place: Path) -> Base:
    """The units of every file that the workbook shows."""
    found: Base = {}
    for name in _files(place):
        for unit, tree in units(name, folder.tree(place, name)).items():
            found[unit] = leaves_of(unit, tree)
    return found


def _files(place: Path) -> list[str]:
    names = [name for name in folder.names(place) if name.endswith(".yaml")]
    shown = [*FOLDERS, ""]
    homes = {name: name.rpartition("/")[0] for name in names}
    return sorted((name for name in names if homes[name] in shown), key=lambda name: shown.index(homes[name]))


def parts(leaves: Leaves) -> dict[str, Leaves]:
    """A unit's leaves by their first key."""
    found: dict[str, Leaves] = {}
    for place, leaf in leaves.items():
        found.setdefault(str(place[0]), {})[place] = leaf
    return found


def prints(base: Base) -> Prints:
    """A short hash of every part, and an empty one for every unit."""
    found: Prints = {}
    for unit, leaves in base.items():
        found[unit, ""] = ""
        found |= {(unit, key): _print(part) for key, part in parts(leaves).items()}
    return found


def _print(part: Leaves) -> str:
    ordered = sorted((json.dumps(place), leaf) for place, leaf in part.items() if not isinstance(leaf, dict))
    empty = sorted(json.dumps(place) for place, leaf in part.items() if isinstance(leaf, dict))
    return hashlib.sha256(json.dumps([ordered, empty]).encode()).hexdigest()[:16]


def export(place: Path, target: Path) -> int:
    """Write the base in a folder to a workbook; returns the number of rows."""
    base = base_of(place)
    rows = tables(base)
    memory = [(u.file, u.register, u.id, key, value) for (u, key), value in prints(base).items()]
    pages = [Page(s.title, s.headings, _widths(s.headings, s.columns), rows[s.title]) for s in SHEETS]
    rest = others(base)
    pages.append(Page(OTHERS, OTHER_HEADINGS, [KEY_WIDTH] * len(OTHER_HEADINGS), rest))
    pages.append(Page(MEMORY, MEMORY_HEADINGS, [KEY_WIDTH] * len(MEMORY_HEADINGS), memory, hidden=True))
    spreadsheet.write(target, pages)
    return sum(map(len, rows.values())) + len(rest)


def _widths(headings: tuple[str, ...], columns: tuple[Column, ...]) -> list[int]:
    return [KEY_WIDTH] * (len(headings) - len(columns)) + [column.width for column in columns]


def imported(place: Path, source: Path) -> Import:
    """What a workbook changes in the base in a folder; nothing is written."""
    pages = spreadsheet.read(source)
    current = base_of(place)
    known = _memory(pages.get(MEMORY))
    book = read_back(_lines(pages), _files(place), {unit for unit, _ in known or ()})
    if not book.sheets:
        book.fault("", 1, "", "không có trang nào của bộ tri thức", AGAIN)
    _same_headings(book, pages)
    if book.faults:
        raise KnowledgeError(f"Chưa ghi gì, vì {source} có {len(book.faults)} lỗi:", book.faults)
    changes, clashes = _compared(current, _completed(book, current), known, book.sheets)
    before = {name: (place / name).read_bytes() for name in dict.fromkeys(change.unit.file for change in changes)}
    return Import(changes, clashes, before, _files_changed(place, before, changes))


def _lines(pages: Mapping[str, ReadPage]) -> dict[str, list[Line]]:
    titles = {sheet.title for sheet in SHEETS} | {OTHERS}
    return {
        title: [(number, dict(zip(page.headings, texts, strict=False))) for number, texts in page.lines]
        for title, page in pages.items()
        if title in titles
    }


def _same_headings(book: Book, pages: Mapping[str, ReadPage]) -> None:
    wanted = {sheet.title: sheet.headings for sheet in SHEETS} | {OTHERS: OTHER_HEADINGS}
    for title in sorted(book.sheets):
        for heading in wanted[title]:
            if pages[title].headings.count(heading) != 1:
                book.fault(title, 1, heading, "dòng đầu cần đúng một cột mang tên này", AGAIN)
        for heading in pages[title].headings:
            if heading and heading not in wanted[title]:
                book.fault(title, 1, heading, "cột lạ", "xóa cột này, hoặc sửa lại tên cột")


def _memory(page: ReadPage | None) -> Prints | None:
    if page is None:
        return None
    lines = [dict(zip(page.headings, texts, strict=False)) for _, texts in page.lines]
    cells = [[line.get(heading) or "" for heading in MEMORY_HEADINGS] for line in lines]
    return {(Unit(file, register, name), key): value for file, register, name, key, value in cells}


def _completed(book: Book, current: Base) -> Base:
    """The workbook's units, with what stands on sheets that it does not have as it is now."""
    whole: Base = {}
    for unit, leaves in book.units.items():
        now = current.get(unit, {})
        absent = [s for s in SHEETS if s.register == unit.register and s.title not in book.sheets]
        kept: Leaves = {}
        for sheet in absent:
            kept |= taken(sheet, now)
        if OTHERS not in book.sheets:
            shown = [taken(sheet, now) for sheet in SHEETS if sheet.register == unit.register]
            kept |= {place: leaf for place, leaf in now.items() if not any(place in cells for cells in shown)}
        whole[unit] = {**kept, **leaves}
    return whole


def _compared(
    current: Base, book: Base, known: Prints | None, sheets: set[str]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    changes: list[Change] = []
    clashes: list[Change] = []
    for unit in dict.fromkeys([*current, *book]):
        if unit in book and unit in current:
            _compare(unit, parts(current[unit]), parts(book[unit]), known, changes, clashes)
        elif unit in book:
            gone = known is not None and (unit, "") in known
            (clashes if gone else changes).extend(_whole(unit, None, book[unit]))
        elif known is not None and (unit, "") in known and _shows(unit, sheets):
            same = all(known.get((unit, key)) == _print(part) for key, part in parts(current[unit]).items())
            (changes if same else clashes).extend(_whole(unit, current[unit], None))
    return tuple(changes), tuple(clashes)


def _compare(
    unit: Unit,
    now: dict[str, Leaves],
    then: dict[str, Leaves],
    known: Prints | None,
    changes: list[Change],
    clashes: list[Change],
) -> None:
    for key in dict.fromkeys([*now, *then]):
        old, new = now.get(key), then.get(key)
        if old == new:
            continue
        before = None if known is None else known.get((unit, key), "")
        change = Change(unit, key, old, new, _name(now) or _name(then))
        if known is None or before == (_print(old) if old else ""):
            changes.append(change)
        elif before != (_print(new) if new else ""):
            clashes.append(change)


def _shows(unit: Unit, sheets: set[str]) -> bool:
    """Whether the workbook still has the sheet on which such a unit has its line."""
    return any(
        sheet.register == unit.register and not sheet.pattern and sheet.title in sheets
        for sheet in SHEETS
        if sheet.register
    )


def _whole(unit: Unit, old: Leaves | None, new: Leaves | None) -> list[Change]:
    changes = [Change(unit, "", old, new, name := _name(parts(old or new or {})))]
    if new is not None:
        changes += [Change(unit, key, None, part, name) for key, part in parts(new).items()]
    return changes


def _name(found: Mapping[str, Leaves]) -> str:
    """What a unit is called."""
    return str(found.get("name", {}).get(("name",), ""))


def _list_of_texts(part: Leaves) -> bool:
    return all(len(place) == 2 and isinstance(place[1], int) and place[1] >= 0 for place in part)


def _files_changed(place: Path, before: dict[str, bytes], changes: Iterable[Change]) -> dict[str, bytes | None]:
    by_file: dict[str, list[Change]] = {}
    for change in changes:
        by_file.setdefault(change.unit.file, []).append(change)
    files: dict[str, bytes | None] = {}
    for name, own in by_file.items():
        tree = folder.tree(place, name)
        files[name] = folder.edited(before[name], name, _applied(tree if isinstance(tree, dict) else {}, own))
    return files


def _applied(tree: Tree, changes: list[Change]) -> Tree:
    for change in changes:
        if change.unit.register:
            register = change.unit.register
            listed = tree.get(register, [])
            tree = {**tree, register: _in_list(list(listed) if isinstance(listed, list) else [], change)}
        else:
            tree = _with_part(tree, change)
    return tree


def _in_list(items: list[Node], change: Change) -> list[Node]:
    by = REGISTERS.get(change.unit.register, "id")
    at = next((n for n, item in enumerate(items) if isinstance(item, dict) and item.get(by) == change.unit.id), None)
    if at is None:
        return [*items, {by: change.unit.id}]
    entry = items[at]
    if not change.key:
        return items[:at] + items[at + 1 :]
    return [*items[:at], _with_part(entry, change) if isinstance(entry, dict) else entry, *items[at + 1 :]]


def _with_part(tree: Tree, change: Change) -> Tree:
    if change.new is None:
        return {key: value for key, value in tree.items() if key != change.key}
    part = tree_of({place[1:]: leaf for place, leaf in change.new.items()})
    form = FORMS.get(change.unit.register, Procedure)
    model = [key for key in ("id", *form.model_fields) if key == change.key or key in tree]
    order = both_orders(tree, model if change.key in model else [*tree, change.key])
    return {key: part if key == change.key else tree[key] for key in order}
