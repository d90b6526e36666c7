"""Opening hours as staff write them, "T2-T6 07:30-11:30; T7 08:00-11:30", and the days when all is closed."""

import datetime
import re
from dataclasses import dataclass
from itertools import pairwise

DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
HEAD = re.compile(r"(T[2-7]|CN)(?:\s*-\s*(T[2-7]|CN))?\s+(.+)", re.IGNORECASE)
TIMES = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\s*-\s*([01][0-9]|2[0-3]):([0-5][0-9])")
FORM = "viết như: T2-T6 07:30-11:30, 13:30-17:00; T7 08:00-11:30"
FAR = 60  # days within which an office opens again, or nothing is said of when

Period = tuple[datetime.time, datetime.time]


@dataclass(frozen=True)
class Shift:
    """The same periods on neighbouring days of the week; 0 is Monday."""

    first: int
    last: int
    periods: tuple[Period, ...]

    @property
    def days(self) -> range:
        """The days of the week."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class Hours:
    """When an office is open; all times are those of its clock."""

    shifts: tuple[Shift, ...]
    holidays: frozenset[datetime.date] = frozenset()

    def is_open(self, at: datetime.datetime) -> bool:
        """Whether it is open: from the first minute of a period until just before its end."""
        return any(start <= at.time() < end for start, end in self.periods(at.date()))

    def opens(self, at: datetime.datetime) -> datetime.datetime | None:
        """When it opens next; None if not within two months."""
        days = (at.date() + datetime.timedelta(days=n) for n in range(FAR))
        starts = (datetime.datetime.combine(d, s, at.tzinfo) for d in days for s, _ in self.periods(d))
        return next((start for start in starts if start > at), None)

    def periods(self, day: datetime.date) -> tuple[Period, ...]:
        """When it is open on a day."""
        if day in self.holidays:
            return ()
        return tuple(p for shift in self.shifts if day.weekday() in shift.days for p in shift.periods)


def read_hours(text: str) -> tuple[Shift, ...]:
    """The shifts of a text; raises ValueError, with the form that is wanted, where it cannot be read."""
    shifts = tuple(_shift(part.strip()) for part in text.split(";"))
    days = [day for shift in shifts for day in shift.days]
    if len(days) != len(set(days)):
        raise ValueError(f"một ngày được ghi hai lần; {FORM}")
    return shifts


def _shift(text: str) -> Shift:
    found = HEAD.fullmatch(text)
    if not found:
        raise ValueError(FORM)
    first = DAYS.index(found[1].upper())
    last = DAYS.index((found[2] or found[1]).upper())
    periods = tuple(_period(part.strip()) for part in found[3].split(","))
    ends = [time for period in periods for time in period]
    if last < first or any(later <= sooner for sooner, later in pairwise(ends)):
        raise ValueError(f"ngày và giờ phải theo thứ tự trước sau; {FORM}")
    return Shift(first, last, periods)


def _period(text: str) -> Period:
    found = TIMES.fullmatch(text)
    if not found:
        raise ValueError(FORM)
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    return datetime.time(start_hour, start_minute), datetime.time(end_hour, end_minute)
