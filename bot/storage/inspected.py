"""One logged question with all that came of it, for staff who look into it."""

import datetime
import json
from dataclasses import dataclass
from typing import Any

from bot.storage.database import Database
from bot.storage.times import moment

BIGGEST_ID = 2**62


@dataclass(frozen=True)
class Inspected:
    """A masked question: what came of it and why, what was near, what the person did then, and its ticket.

    `facets` are what was asked of the procedure; `picked` what they chose; `erased`: nothing but the day is left.
    """

    id: int
    reference: str
    asked_at: datetime.datetime
    channel: str
    question: str
    language: str
    outcome: str
    reason: str
    facets: tuple[str, ...]
    matches: tuple[tuple[str, float], ...]
    procedure: str | None
    picked: str | None
    none_of_these: bool
    asked_staff: bool
    ticket: int | None
    latency_ms: float
    knowledge: str

    @property
    def erased(self) -> bool:
        """Whether the person had it erased."""
        return self.reason == "erased"


def inspect(database: Database, id: int) -> Inspected | None:
    """The question of a row; None: there is no such row."""
    if not 0 < id < BIGGEST_ID:
        return None
    rows = database.read(lambda db: list(db.query("SELECT * FROM questions WHERE id = :id", {"id": id})))
    return _inspected(rows[0]) if rows else None


def _inspected(row: dict[str, Any]) -> Inspected:
    own = {name: row[name] for name in Inspected.__dataclass_fields__ if name in row}
    read: dict[str, Any] = {
        "asked_at": moment(row["asked_at"]),
        "facets": tuple(json.loads(row["facets"])),
        "matches": tuple((str(name), float(score)) for name, score in json.loads(row["matches"])),
        "none_of_these": bool(row["none_of_these"]),
        "asked_staff": row["asked_staff_at"] is not None,
    }
    return Inspected(**{**own, **read})
