"""Spans of days at the office: any days, cut into days, weeks, months or quarters, and the span before."""

import datetime
import enum
from collections.abc import Iterator
from dataclasses import dataclass

DAY = datetime.timedelta(days=1)


class Unit(enum.StrEnum):
    """Into what a span is cut."""

    DAY = "ngày"
    WEEK = "tuần"
    MONTH = "tháng"
    QUARTER = "quý"


@dataclass(frozen=True)
class Period:
    """Days at the office, both included."""

    since: datetime.date
    until: datetime.date

    def __post_init__(self) -> None:
        if self.until < self.since:
            raise ValueError("a period ends before it begins")

    @classmethod
    def around(cls, day: datetime.date, unit: Unit) -> "Period":
        """The whole day, week (from Monday), month or quarter of a day."""
        first = _first(day, unit)
        return cls(first, _next(first, unit) - DAY)

    @property
    def days(self) -> int:
        """How many days."""
        return (self.until - self.since).days + 1

    @property
    def before(self) -> "Period":
        """The span that it is compared with: the unit before a whole one, else as many days."""
        for unit in (Unit.QUARTER, Unit.MONTH, Unit.WEEK):
            if self == Period.around(self.since, unit):
                return Period.around(self.since - DAY, unit)
        return Period(self.since - self.days * DAY, self.since - DAY)

    def parts(self, unit: Unit) -> Iterator["Period"]:
        """The units that it has days of; the first and the last end where it does."""
        first = self.since
        while first <= self.until:
            after = _next(_first(first, unit), unit)
            yield Period(first, min(after - DAY, self.until))
            first = after

    @property
    def unit(self) -> Unit:
        """The unit that cuts it into parts few enough for a chart."""
        return Unit.DAY if self.days <= 62 else Unit.WEEK if self.days <= 200 else Unit.MONTH

    def __str__(self) -> str:
        if self.since == self.until:
            return f"ngày {self.since:%d/%m/%Y}"
        if self == Period.around(self.since, Unit.MONTH):
            return f"tháng {self.since:%m/%Y}"
        if self == Period.around(self.since, Unit.QUARTER):
            return f"quý {(self.since.month + 2) // 3}/{self.since.year}"
        if (self.since, self.until) == (datetime.date(self.since.year, 1, 1), datetime.date(self.since.year, 12, 31)):
            return f"năm {self.since.year}"
        return f"từ {self.since:%d/%m/%Y} đến {self.until:%d/%m/%Y}"


def _first(day: datetime.date, unit: Unit) -> datetime.date:
    match unit:
        case Unit.DAY:
            return day
        case Unit.WEEK:
            return day - day.weekday() * DAY
        case Unit.MONTH:
            return day.replace(day=1)
        case Unit.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _next(first: datetime.date, unit: Unit) -> datetime.date:
    match unit:
        case Unit.DAY:
            return first + DAY
        case Unit.WEEK:
            return first + 7 * DAY
        case Unit.MONTH:
            return _first(first + 31 * DAY, Unit.MONTH)
        case Unit.QUARTER:
            return _first(first + 92 * DAY, Unit.QUARTER)
