"""A base as rows and back: units into leaves, leaves into rows of sheets, and the same way home without a loss."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.editing.sheets import AT, JOIN, JOINED, NAME, SHEETS, Column, Pattern, Place, Sheet
from bot.editing.trees import Tree
from bot.yamlfile import Node

Leaf: TypeAlias = str | list[Node] | dict[str, Node]  # lists and mappings only where they are empty
Leaves: TypeAlias = dict[Place, Leaf]
Rows: TypeAlias = list[tuple[str | None, ...]]
REGISTERS = {"laws": "number", "communes": "code", "provinces": "code"}  # every other register goes by id
KINDS = {"chữ": "", "danh sách rỗng": "[]", "nhóm rỗng": "{}"}


@dataclass(frozen=True)
class Unit:
    """An entry of a file; with no register, the file without its entries."""

    file: str
    register: str = ""
    id: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.id}" if self.register else self.file


@dataclass(frozen=True)
class Other:
    """A leaf that no sheet takes."""

    unit: Unit
    place: Place
    leaf: Leaf

    def row(self) -> tuple[str | None, ...]:
        """Its row on the last sheet."""
        kind = "chữ" if isinstance(self.leaf, str) else "danh sách rỗng" if isinstance(self.leaf, list) else "nhóm rỗng"
        text = self.leaf if isinstance(self.leaf, str) else None
        return self.unit.file, self.unit.register, self.unit.id, json.dumps(self.place, ensure_ascii=False), kind, text


def units(file: str, tree: Node) -> dict[Unit, Tree]:
    """A file's parts, each without the key that names it: the file itself first, then its entries."""
    if not isinstance(tree, dict):
        return {}
    rest: Tree = {}
    found: dict[Unit, Tree] = {}
    for key, value in tree.items():
        listed = _listed(key, value)
        if listed is None:
            rest[key] = value
        else:
            found |= {Unit(file, key, name): item for name, item in listed.items()}
    return {Unit(file): rest} | found


def _listed(key: str, value: Node) -> dict[str, Tree] | None:
    """A list of entries by their names; None for anything else."""
    by = REGISTERS.get(key, "id")
    items = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    names = [str(item[by]) for item in items if isinstance(item.get(by), str)]
    if not names or len(names) != len(value) or len(set(names)) != len(names):
        return None
    return {name: {k: v for k, v in item.items() if k != by} for name, item in zip(names, items, strict=True)}


def leaves_of(unit: Unit, tree: Tree) -> Leaves:
    """Every text of a unit by its place; lists that a sheet shows in one cell are joined."""
    joined = {
        column.pattern
        for sheet in SHEETS
        if sheet.register == unit.register
        for column in sheet.columns
        if column.joined
    }
    return dict(_leaves(tree, (), joined))


def _leaves(node: Node, place: Place, joined: set[Pattern]) -> Iterator[tuple[Place, Leaf]]:
    if isinstance(node, str) or not node:
        if place:
            yield place, node
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from _leaves(child, (*place, key), joined)
    elif any(bound(pattern, place) is not None for pattern in joined) and all(map(_joinable, node)):
        yield (*place, JOINED), JOIN.join(str(item) for item in node)
    else:
        for index, child in enumerate(node):
            yield from _leaves(child, (*place, index), joined)


def _joinable(item: Node) -> bool:
    return isinstance(item, str) and item != "" and item == item.strip() and ";" not in item


def tree_of(leaves: Mapping[Place, Leaf]) -> Node:
    """The tree that has these leaves; gaps in the numbering of a list are closed."""
    if () in leaves:
        return leaves[()]
    children: dict[str | int, Leaves] = {}
    for place, leaf in leaves.items():
        children.setdefault(place[0], {})[place[1:]] = leaf
    if JOINED in children:
        return [item.strip() for item in str(children[JOINED][()]).split(";") if item.strip()]
    numbers = sorted(step for step in children if isinstance(step, int))
    if numbers:
        return [tree_of(children[number]) for number in numbers]
    return {str(key): tree_of(below) for key, below in children.items()}


def bound(pattern: Pattern, place: Place) -> Place | None:
    """What the marks of a pattern stand for at a place: ("fee", "items", "#") at ("fee", "items", 2) gives (2,)."""
    if len(pattern) != len(place):
        return None
    marks: list[str | int] = []
    for wanted, step in zip(pattern, place, strict=True):
        if wanted == AT if isinstance(step, int) else wanted == NAME:
            marks.append(step)
        elif wanted in (AT, NAME) or wanted != step:
            return None
    return tuple(marks)


def place_at(pattern: Pattern, marks: Place) -> Place:
    """The place of a pattern with its marks filled in."""
    rest = list(marks)
    return tuple(rest.pop(0) if step in (AT, NAME) else step for step in pattern)


def cell_place(column: Column, marks: Place) -> Place:
    """Where a column's cell stands in the unit, in the row with these marks."""
    known = sum(step in (AT, NAME) for step in column.pattern)
    place = place_at(column.pattern, marks[:known])
    return (*place, JOINED) if column.joined else place


def marks_of(sheet: Sheet, leaves: Iterable[Place]) -> list[Place]:
    """The marks of each row that a unit has on a sheet, in order; the unit's own sheet always has one row."""
    if not sheet.pattern:
        return [()]
    length = len(sheet.pattern)
    found = (bound(sheet.pattern, place[:length]) for place in leaves)
    return list(dict.fromkeys(marks for marks in found if marks is not None))


def taken(sheet: Sheet, leaves: Leaves) -> Leaves:
    """The leaves of a unit that stand in cells of a sheet."""
    cells = (cell_place(column, marks) for marks in marks_of(sheet, leaves) for column in sheet.columns)
    return {place: leaves[place] for place in cells if isinstance(leaves.get(place), str)}


def rows_of(sheet: Sheet, unit: Unit, leaves: Leaves) -> Iterator[tuple[str | None, ...]]:
    """A unit's rows on a sheet."""
    keys = (unit.file, unit.id) if sheet.register else (unit.file,)
    for marks in marks_of(sheet, leaves):
        values = (leaves.get(cell_place(column, marks)) for column in sheet.columns)
        yield (*keys, *shown(sheet, marks), *(value if isinstance(value, str) else None for value in values))


def shown(sheet: Sheet, marks: Place) -> list[str]:
    """The marks that a row shows: a name, or the number of the outer of two lists, counted from 1."""
    known = bool(sheet.named) + bool(sheet.numbered)
    return [str(mark + 1) if isinstance(mark, int) else mark for mark in marks[:known]]


def others_of(unit: Unit, leaves: Leaves) -> Iterator[Other]:
    """The leaves of a unit that no sheet takes."""
    seen: set[Place] = set()
    for sheet in SHEETS:
        if sheet.register == unit.register:
            seen |= set(taken(sheet, leaves))
    yield from (Other(unit, place, leaf) for place, leaf in leaves.items() if place not in seen)


def tables(base: Mapping[Unit, Leaves]) -> dict[str, Rows]:
    """Every sheet's rows, by its title; what no sheet takes is in `others`."""
    return {
        sheet.title: [
            row
            for unit, leaves in base.items()
            if unit.register == sheet.register
            for row in rows_of(sheet, unit, leaves)
        ]
        for sheet in SHEETS
    }


def others(base: Mapping[Unit, Leaves]) -> Rows:
    """The rows of the last sheet."""
    return [other.row() for unit, leaves in base.items() for other in others_of(unit, leaves)]
