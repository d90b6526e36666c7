"""When an office is open, read from one line, and told at the edges of the day in Vietnam."""

import datetime

import pytest

from bot.config import OFFICE_TIME
from bot.hours import Hours, read_hours

OPENING = Hours(
    read_hours("T2-T6 07:30-11:30, 13:30-17:00; t7 08:00 - 11:00"), frozenset([datetime.date(2026, 11, 24)])
)


def at(text: str) -> datetime.datetime:
    """A time of the office: Monday is 2026-11-23."""
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE_TIME)


@pytest.mark.parametrize(
    ("now", "is_open", "opens"),
    [
        ("2026-11-23 07:29", False, "2026-11-23 07:30"),
        ("2026-11-23 07:30", True, "2026-11-23 13:30"),
        ("2026-11-23 11:29", True, "2026-11-23 13:30"),
        ("2026-11-23 11:30", False, "2026-11-23 13:30"),
        ("2026-11-23 16:59", True, "2026-11-25 07:30"),  # Tuesday is a holiday
        ("2026-11-23 17:00", False, "2026-11-25 07:30"),
        ("2026-11-24 09:00", False, "2026-11-25 07:30"),
        ("2026-11-27 23:59", False, "2026-11-28 08:00"),
        ("2026-11-28 10:59", True, "2026-11-30 07:30"),
        ("2026-11-29 12:00", False, "2026-11-30 07:30"),
    ],
)
def test_open_and_closed_to_the_minute(now: str, is_open: bool, opens: str) -> None:
    assert OPENING.is_open(at(now)) is is_open
    assert OPENING.opens(at(now)) == at(opens)


def test_an_office_that_stays_closed_names_no_day() -> None:
    days = frozenset(datetime.date(2026, 11, 23) + datetime.timedelta(days=n) for n in range(90))
    assert Hours(OPENING.shifts, days).opens(at("2026-11-23 09:00")) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hành chính",
        "T2-T6",
        "T2-T6 7:30-11:30",
        "T2-T6 07:30",
        "T2-T6 11:30-07:30",
        "T2-T6 07:30-11:30, 11:00-12:00",
        "T6-T2 07:30-11:30",
        "T8 07:30-11:30",
        "T2 25:00-26:00",
        "T2 07:60-08:00",
        "T2-T6 07:30-11:30; T6 13:00-15:00",
        "T2-T6 07:30-11:30;",
    ],
)
def test_what_cannot_be_read_is_told_with_the_form(text: str) -> None:
    with pytest.raises(ValueError, match="viết như: T2-T6"):
        read_hours(text)
