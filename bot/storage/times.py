"""Moments as they are stored: UTC, as text that sorts."""

import datetime


def stamp(at: datetime.datetime) -> str:
    """A moment for a row."""
    return at.astimezone(datetime.UTC).isoformat()


def moment(text: str) -> datetime.datetime:
    """A moment out of a row."""
    return datetime.datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime.datetime | None:
    """The same where there may be none."""
    return moment(text) if text else None
