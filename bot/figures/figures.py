"""All figures of one period, as one frozen value."""

import datetime
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.catalogue import EMPTY, Catalogue
from bot.curation.freshness import freshness
from bot.figures.definitions import OUTCOMES
from bot.figures.periods import Period, Unit
from bot.hours import Hours
from bot.knowledge import Knowledge
from bot.procedures import OnlineLevel
from bot.storage import Database, OpenGroups, Settlements, Slice, Tallies

SHARES = (0.5, 0.95)  # of the questions, of which the time is told
RISING_FROM, RISING_BY = 5, 1.5  # questions, and times those of the period before
STEPS = 10  # that are told as progress

Found = TypeVar("Found")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Ground:
    """What is counted: the period cut into units, and what the questions must be; `field` is one of the base's."""

    period: Period
    unit: Unit = Unit.DAY
    channel: str | None = None
    language: str | None = None
    facet: str | None = None
    procedure: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Ranked:
    """Something by how often it was asked for, and in the period before."""

    name: str
    count: int
    before: int = 0


@dataclass(frozen=True)
class Base:
    """The base as it is: entries, those long unread, with something that ends soon, without a test question.

    `listed`: procedures of the catalogue for this place, `covered` of them by an entry; both 0 without a catalogue.
    """

    entries: int
    old: int
    ending: int
    untested: int
    listed: int
    covered: int


@dataclass(frozen=True)
class Figures:
    """What `definitions` defines, by the same names; counts are questions where nothing else is said.

    `outcomes` and each of `series` have every class of `OUTCOMES`; `latency` holds milliseconds of half and of 95 % of
    the questions, or nothing; `outside` is a share in [0, 1], None where the office's hours are not known; `hours` has
    24 numbers; `waited` holds hours of half and of 95 % of the questions, or nothing.
    """

    ground: Ground
    questions: int
    questions_before: int
    outcomes: Mapping[str, int]
    series: Sequence[tuple[Period, Mapping[str, int]]]
    persons: int
    unlinked: int
    disputed: int
    latency: Sequence[float]
    outside: float | None
    hours: Sequence[int]
    procedures: Sequence[Ranked]
    fields: Sequence[Ranked]
    facets: Sequence[Ranked]
    channels: Sequence[Ranked]
    languages: Sequence[Ranked]
    rising: Sequence[Ranked]
    online: Mapping[str, int]
    waiting: OpenGroups
    settled: Settlements
    waited: Sequence[float]
    told: Mapping[str, int]
    feedback: Mapping[tuple[bool, str], int]
    base: Base


def figures(
    database: Database,
    knowledge: Knowledge,
    ground: Ground,
    today: datetime.date,
    open_hours: Hours | None = None,
    progress: Progress = lambda _done, _total: None,
    catalogue: Catalogue = EMPTY,
) -> Figures:
    """Count; `progress` hears how many of so many steps are done."""
    tallies, now = Tallies(database), _slice(knowledge, ground)
    was = replace(now, since=ground.period.before.since, until=ground.period.before.until)
    steps = _Steps(progress)
    classes, classes_before = steps(tallies.classes(now)), steps(tallies.classes(was))
    shown, shown_before = steps(tallies.shown(now)), steps(tallies.shown(was))
    manners = steps(tallies.manners(now))
    minutes = steps({days: tallies.minutes(now, days) for days in _like_days(ground.period, open_hours)})
    persons, unlinked = steps(tallies.persons(now))
    latency, disputed = steps(tallies.latency(now, SHARES)), steps(tallies.disputed(now))
    settled = steps(tallies.settled(now))
    procedures = _ranked(_without_none(shown), _without_none(shown_before))
    return Figures(
        ground=ground,
        questions=sum(classes.values()),
        questions_before=sum(classes_before.values()),
        outcomes=_classes(classes, ground.period),
        series=[(part, _classes(classes, part)) for part in ground.period.parts(ground.unit)],
        persons=persons,
        unlinked=unlinked,
        disputed=disputed,
        latency=latency,
        outside=_outside(minutes, open_hours),
        hours=_by_hour(minutes.values()),
        procedures=procedures,
        fields=_ranked(_by_field(knowledge, shown), _by_field(knowledge, shown_before)),
        facets=_ranked(_by_facet(manners)),
        channels=_ranked(_by(manners, 0)),
        languages=_ranked(_by(manners, 1)),
        rising=[row for row in procedures if row.count >= max(RISING_FROM, row.before * RISING_BY)],
        online=_by_level(knowledge, shown),
        waiting=tallies.waiting(),
        settled=settled,
        waited=[settled.hours[_rank(share, len(settled.hours))] for share in SHARES] if settled.hours else [],
        told=tallies.told(now),
        feedback=tallies.judgements(now),
        base=_base(knowledge, catalogue, today),
    )


class _Steps:
    """Tells what is done."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._done = progress, 0

    def __call__(self, found: Found) -> Found:
        self._done += 1
        self._progress(self._done, STEPS)
        return found


def _slice(knowledge: Knowledge, ground: Ground) -> Slice:
    wanted: set[str] | None = None
    if ground.field is not None:
        wanted = {name for name, field in _fields(knowledge).items() if field == ground.field}
    if ground.procedure is not None:
        wanted = {ground.procedure} if wanted is None or ground.procedure in wanted else set()
    period = ground.period
    return Slice(period.since, period.until, ground.channel, ground.language, ground.facet, wanted)


def _fields(knowledge: Knowledge) -> Mapping[str, str]:
    return {**knowledge.fields, **knowledge.guide_fields}


def _classes(classes: Mapping[tuple[datetime.date, str], int], period: Period) -> Mapping[str, int]:
    found = Counter(dict.fromkeys(OUTCOMES, 0))
    for (day, name), count in classes.items():
        if period.since <= day <= period.until:
            found[name] += count
    return dict(found)


def _ranked(now: Mapping[str, int], before: Mapping[str, int] | None = None) -> Sequence[Ranked]:
    """The most first; of the same count by name, so that the same log gives the same list."""
    rows = [Ranked(name, count, (before or {}).get(name, 0)) for name, count in now.items()]
    return sorted(rows, key=lambda row: (-row.count, row.name))


def _without_none(shown: Mapping[str, int]) -> Mapping[str, int]:
    return {name: count for name, count in shown.items() if name}


def _by_field(knowledge: Knowledge, shown: Mapping[str, int]) -> Mapping[str, int]:
    fields, found = _fields(knowledge), Counter[str]()
    for name, count in _without_none(shown).items():
        found[fields.get(name, "")] += count
    return found


def _by_facet(manners: Sequence[tuple[str, str, str, int]]) -> Mapping[str, int]:
    found = Counter[str]()
    for *_, facets, count in manners:
        for facet in json.loads(str(facets)):
            found[facet] += count
    return found


def _by(manners: Sequence[tuple[str, str, str, int]], column: int) -> Mapping[str, int]:
    found = Counter[str]()
    for row in manners:
        found[str(row[column])] += row[3]
    return found


def _by_level(knowledge: Knowledge, shown: Mapping[str, int]) -> Mapping[str, int]:
    found = Counter({level.value: 0 for level in OnlineLevel})
    for name, count in shown.items():
        entry = knowledge.by_id.get(name)
        if entry:
            found[entry.online.level.value if entry.online else OnlineLevel.UNKNOWN.value] += count
    return dict(found)


def _like_days(period: Period, hours: Hours | None) -> list[tuple[datetime.date, ...]]:
    """The days of a period, put together where the office is open at the same times."""
    like: dict[object, list[datetime.date]] = defaultdict(list)
    for number in range(period.days):
        day = period.since + datetime.timedelta(days=number)
        like[hours.periods(day) if hours else ()].append(day)
    return [tuple(days) for days in like.values()]


def _outside(minutes: Mapping[tuple[datetime.date, ...], Mapping[int, int]], hours: Hours | None) -> float | None:
    asked = sum(sum(counts.values()) for counts in minutes.values())
    if hours is None or not asked:
        return None
    inside = 0
    for days, counts in minutes.items():
        spans = [(_minute(start), _minute(end)) for start, end in hours.periods(days[0])]
        inside += sum(n for at, n in counts.items() if any(start <= at < end for start, end in spans))
    return 1 - inside / asked


def _minute(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


def _by_hour(minutes: Iterable[Mapping[int, int]]) -> Sequence[int]:
    found = [0] * 24
    for counts in minutes:
        for minute, count in counts.items():
            found[minute // 60] += count
    return tuple(found)


def _rank(share: float, count: int) -> int:
    """The place of the value within which so many of a sorted list are (nearest rank)."""
    return max(math.ceil(share * count) - 1, 0)


def _base(knowledge: Knowledge, catalogue: Catalogue, today: datetime.date) -> Base:
    rows = freshness(knowledge, today)
    old, ending, untested = (
        sum(1 for row in rows if has(row))
        for has in (lambda row: row.is_old, lambda row: row.ends_by(today), lambda row: not row.tests)
    )
    codes = {code for entry in knowledge.procedures for code in entry.codes}
    listed = len(catalogue.searched(frozenset()))
    return Base(len(rows), old, ending, untested, listed, listed - len(catalogue.searched(codes)))
