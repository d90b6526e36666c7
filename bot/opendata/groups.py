"""Counts in groups of at least five persons, so cut that no sum or difference of them tells of fewer.

What is published is a tree (the month; questions with and without an entry; fields; procedures, or outcomes) and beside
it the days. In each branch the groups that are too small, those of nought too, are put together with the next smallest
until they have enough persons, and only their sum is told. So every group that follows from the tree by adding and
subtracting is a union of told groups; and where two cuts cross (a day and a procedure) anything up to the smaller of
the two is possible, which is five questions or more. Persons are counted as at least: pseudonyms of different keys may
be one person, and questions that are nobody's may all be one person's.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LEAST = 5  # persons
REST = "còn lại"
WITH_ENTRY = ("direct", "picked")  # outcomes of questions that an entry was shown for, and of no others


@dataclass(frozen=True)
class Asked:
    """Some questions of one person: `person` is (key, pseudonym), None where that is not known; `field` of `entry`."""

    day: datetime.date
    outcome: str
    entry: str
    field: str
    person: tuple[int, str] | None
    questions: int = 1


@dataclass(frozen=True)
class Row:
    """One group: by what it was cut, within which other group ("" the month), its name (or `REST`), its questions."""

    by: str
    within: str
    name: str
    questions: int


Group = Sequence[Asked]


def published(asked: Group) -> list[Row]:
    """All rows of one month; none where fewer than five persons asked."""
    if persons(asked) < LEAST:
        return []
    answered = [one for one in asked if one.outcome in WITH_ENTRY]
    others = [one for one in asked if one.outcome not in WITH_ENTRY]
    rows = [Row("month", "", "", _sum(asked)), *_rows("day", "", _cut(asked, lambda one: one.day.isoformat()))]
    if any(0 < persons(part) < LEAST for part in (answered, others)):
        return rows
    parts: Mapping[str, Group] = {"answered": answered, "not_answered": others}
    rows += [Row("answered", "", name, _sum(part)) for name, part in parts.items() if part]
    for name, part in parts.items():
        rows += _rows("outcome", name, _cut(part, lambda one: one.outcome))
    fields = _cut(answered, lambda one: one.field)
    rows += _rows("field", "answered", fields)
    for field, part in fields.items():
        if field != REST:
            rows += _rows("procedure", field, _cut(part, lambda one: one.entry))
    return rows


def persons(asked: Group) -> int:
    """How many at least."""
    by_key: dict[int, set[str]] = defaultdict(set)
    for one in asked:
        if one.person:
            by_key[one.person[0]].add(one.person[1])
    return max(map(len, by_key.values()), default=min(len(asked), 1))


def _cut(asked: Group, by: Callable[[Asked], str]) -> Mapping[str, Group]:
    """The groups of some questions by a property; those that are too small are together in `REST`."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[by(one)].append(one)
    size = {name: persons(group) for name, group in groups.items()}
    order = sorted(groups, key=lambda name: (size[name], name))
    rest: list[Asked] = []
    while order and (size[order[0]] < LEAST or 0 < persons(rest) < LEAST):
        rest += groups[order.pop(0)]
    told: dict[str, Group] = {name: groups[name] for name in sorted(order)}
    if rest:
        told[REST] = rest
    return told


def _rows(by: str, within: str, groups: Mapping[str, Group]) -> Iterator[Row]:
    return (Row(by, within, name, _sum(group)) for name, group in groups.items())


def _sum(asked: Group) -> int:
    return sum(one.questions for one in asked)
