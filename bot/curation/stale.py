"""What grows old: sources by the day they were read, and facts whose last day has come or is near."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.curation.facts import Entry, Told, facts
from bot.curation.shelf import Shelf
from bot.procedures import Law

SOON = 30  # days ahead in which an ending fact is told of


@dataclass(frozen=True)
class Aged:
    """What was read at one place on one day: its age in days, and (name, place) of all that rests on it."""

    origin: str
    document: str
    checked_on: datetime.date
    days: int
    users: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ending:
    """A fact and its last day; `left` is 0 on that day and below 0 when it is past."""

    entry: Entry
    group: str
    words: str
    until: datetime.date
    left: int
    through: str
    at: str


def aged(shelves: Iterable[Shelf], on: datetime.date) -> tuple[Aged, ...]:
    """All that was read, the oldest first."""
    users: dict[tuple[datetime.date, str, str], dict[str, str]] = defaultdict(dict)
    for shelf in shelves:
        for origin, document, checked, name, at in _read(shelf):
            users[checked, shelf.knowledge.origins[origin].name, document or ""].setdefault(at, name)
    return tuple(
        Aged(origin, document, checked, (on - checked).days, tuple((name, at) for at, name in found.items()))
        for (checked, origin, document), found in sorted(users.items(), key=lambda pair: pair[0])
    )


def ending(shelves: Iterable[Shelf], on: datetime.date, soon: int = SOON) -> tuple[Ending, ...]:
    """Facts whose source, or a document of law that they rest on, ends within `soon` days or has ended."""
    found: dict[tuple[str, str, str], Ending] = {}
    for shelf in shelves:
        for entry in shelf.entries():
            for fact in _ending(shelf, entry, on):
                if fact.left <= soon:
                    found.setdefault((fact.at, fact.words, fact.through), fact)
    return tuple(sorted(found.values(), key=lambda fact: (fact.until, fact.entry.id)))


def _read(shelf: Shelf) -> Iterator[tuple[str, str | None, datetime.date, str, str]]:
    for entry in shelf.entries():
        for name, source in entry.sources.items():
            yield source.origin, source.document, source.checked_on, entry.id, shelf.line(entry, ("sources", name))
    for document, units in shelf.units:
        for name, source in units.sources.items():
            at = ":".join(map(str, document.place(("sources", name))))
            yield source.origin, source.document, source.checked_on, document.name.removesuffix(".yaml"), at
    for index, office in enumerate(shelf.knowledge.offices.values()):
        file, line = shelf.registers["offices"].place(("offices", index))
        yield office.origin, None, office.checked_on, office.id, f"{file}:{line}"


def last_days(entry: Entry, told: Told, laws: Mapping[str, Law]) -> Iterator[tuple[datetime.date, str]]:
    """The last days of what a fact rests on, each with what ends: its source, a document of law."""
    source = entry.sources[told.source]
    if source.effective_until:
        yield source.effective_until, f"nguồn {told.source}"
    cited = {source.document, told.label if told.group == "legal_basis" else None}
    for law in map(laws.get, filter(None, cited)):
        if law and law.effective_until:
            yield law.effective_until, f"văn bản {law.number}"


def _ending(shelf: Shelf, entry: Entry, on: datetime.date) -> Iterator[Ending]:
    for told in facts(entry):
        for until, through in last_days(entry, told, shelf.knowledge.laws):
            at = shelf.line(entry, told.path)
            yield Ending(entry, told.title, told.words, until, (until - on).days, through, at)
