"""The log of questions: written once each, marked when replied, searched, and settled by staff."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from typing import Any

import sqlite_utils

from bot.persons import Alias
from bot.storage.database import Database
from bot.text import folded_words

UNMET = "(none_of_these = 1 OR outcome = 'unknown' AND reason NOT IN ('empty', 'no_procedure'))"
QUEUED = f"(asked_staff_at IS NOT NULL OR {UNMET})"
OPEN = f"settled_at IS NULL AND (asked_staff_at IS NOT NULL OR picked IS NULL AND {UNMET})"
BIGGEST_ID = 2**62
PAGE = 1000  # rows read at a time when exporting


@dataclass(frozen=True)
class LogEntry:
    """One question as it is kept: `question` is masked, `asked_at` UTC, `local_day` the day at the office.

    `person` only where it may be linked to their other questions.
    """

    reference: str
    channel: str
    bot_id: int | None
    update_id: int | None
    asked_at: datetime.datetime
    local_day: datetime.date
    question: str
    language: str
    outcome: str
    reason: str
    facets: tuple[str, ...]
    matches: tuple[tuple[str, float], ...]
    procedure: str | None
    score: float | None
    latency_ms: float
    knowledge: str
    person: Alias | None = None


@dataclass(frozen=True)
class Receipt:
    """The row of a question: `replied` when an earlier delivery of the same update was already answered."""

    reference: str
    replied: bool


@dataclass(frozen=True)
class LoggedQuestion:
    """A row of the log as staff see it."""

    id: int
    asked_at: datetime.datetime
    local_day: str
    channel: str
    question: str
    outcome: str
    reason: str
    procedure: str | None
    score: float | None
    latency_ms: float
    knowledge: str


@dataclass(frozen=True)
class UnansweredGroup:
    """Unanswered questions of the same words: the newest wording, how often, and the nearest procedures then.

    `asked` of them were sent to staff by a tap.
    """

    id: int
    question: str
    times: int
    newest: str
    oldest: str
    matches: tuple[tuple[str, float], ...]
    asked: int = 0


@dataclass(frozen=True)
class Settlement:
    """What staff decided of a group: answered by a procedure, or ignored."""

    action: str
    procedure: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class LogFilter:
    """Which rows to read; days are days at the office, both included; `text` is compared without accents."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    outcome: str | None = None
    procedure: str | None = None
    text: str | None = None

    def where(self) -> tuple[str, dict[str, str]]:
        """The SQL condition and its values."""
        parts: dict[str, tuple[str, str | None]] = {
            "since": ("local_day >= :since", self.since.isoformat() if self.since else None),
            "until": ("local_day <= :until", self.until.isoformat() if self.until else None),
            "outcome": ("outcome = :outcome", self.outcome),
            "procedure": ("procedure = :procedure", self.procedure),
            "text": ("(:text <> '' AND instr(folded, :text) > 0)", folded(self.text) if self.text else None),
        }
        used = {name: (sql, value) for name, (sql, value) in parts.items() if value is not None}
        sql = " AND ".join(sql for sql, _ in used.values()) or "1 = 1"
        return sql, {name: str(value) for name, (_, value) in used.items()}


def folded(text: str) -> str:
    """The key under which like wordings meet."""
    return " ".join(folded_words(text))


class Questions:
    """The log, on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def database(self) -> Database:
        """Where the log is."""
        return self._database

    def add(self, entry: LogEntry) -> "Future[Receipt]":
        """Keep a question; done when committed. A second delivery of the same update adds nothing."""
        return self._database.submit(lambda db: _add(db, entry))

    def replied(self, reference: str, at: datetime.datetime) -> "Future[None]":
        """Note that the reply was sent."""
        return self._database.submit(
            lambda db: _discard(
                db.execute(
                    "UPDATE questions SET replied_at = :at WHERE reference = :reference AND replied_at IS NULL",
                    {"at": at.isoformat(), "reference": reference},
                )
            )
        )

    def none_of_these(self, reference: str) -> "Future[None]":
        """Put a question into the queue of staff: none of what was offered was meant."""
        return self._database.submit(
            lambda db: _discard(
                db.execute(
                    "UPDATE questions SET none_of_these = 1 WHERE reference = :r AND picked IS NULL", {"r": reference}
                )
            )
        )

    def asked_staff(self, reference: str, at: datetime.datetime) -> "Future[bool]":
        """Put a question into the queue of staff because the person wants it; False: not known, or settled."""
        asked = "asked_staff_at = coalesce(asked_staff_at, :at)"
        sql = f"UPDATE questions SET {asked} WHERE reference = :r AND settled_at IS NULL"
        values = {"r": reference, "at": at.isoformat()}
        return self._database.submit(lambda db: db.execute(sql, values).rowcount > 0)

    def picked(self, reference: str, procedure: str) -> "Future[None]":
        """Note which of the offered procedures was meant."""
        values = {"r": reference, "p": procedure}
        return self._database.submit(
            lambda db: _discard(
                db.execute("UPDATE questions SET picked = :p, none_of_these = 0 WHERE reference = :r", values)
            )
        )

    def unanswered(self, limit: int) -> list[UnansweredGroup]:
        """Open groups: those sent to staff first, then the most frequent, then the newest."""
        sql = (
            "SELECT last.id, last.question, groups.times, last.local_day AS newest, groups.oldest, last.matches, asked "
            "FROM (SELECT max(id) AS id, count(*) AS times, min(local_day) AS oldest, count(asked_staff_at) AS asked "
            f"FROM questions WHERE {OPEN} GROUP BY folded) AS groups JOIN questions AS last ON last.id = groups.id "
            "ORDER BY asked > 0 DESC, groups.times DESC, last.id DESC LIMIT :limit"
        )
        rows = self._database.run(lambda db: list(db.query(sql, {"limit": limit})))
        return [UnansweredGroup(**{**row, "matches": _matches(row["matches"])}) for row in rows]

    def settle(self, id: int, settlement: Settlement, at: datetime.datetime) -> int:
        """Settle the open group of a question in one conditional update; how many rows it settled (0: nothing open)."""
        values: Mapping[str, Any] = {"id": id, "at": at.isoformat(), **asdict(settlement)}
        return self._database.run(
            lambda db: (
                db.execute(
                    "UPDATE questions SET settled_at = :at, settled_as = :action, settled_procedure = :procedure, "
                    f"settled_note = :note WHERE {OPEN} AND folded = (SELECT folded FROM questions WHERE id = :id)",
                    dict(values),
                ).rowcount
            )
        )

    def question(self, id: int) -> str | None:
        """The masked text of one row."""
        text = self._one("SELECT question FROM questions WHERE id = :id", id)
        return None if text is None else str(text)

    def is_queued(self, id: int) -> bool:
        """Whether a row waits for staff, or was settled by them."""
        return bool(self._one(f"SELECT {QUEUED} FROM questions WHERE id = :id", id))

    def _one(self, sql: str, id: int) -> Any:
        if not 0 < id < BIGGEST_ID:
            return None
        row = self._database.run(lambda db: db.execute(sql, {"id": id}).fetchone())
        return row[0] if row else None

    def search(self, wanted: LogFilter, newest_first: bool = True) -> Iterator[LoggedQuestion]:
        """Rows that fit, read a page at a time."""
        condition, values = wanted.where()
        step, order, last = ("<", "DESC", BIGGEST_ID) if newest_first else (">", "ASC", 0)
        sql = f"SELECT * FROM questions WHERE {condition} AND id {step} :last ORDER BY id {order} LIMIT {PAGE}"
        while True:
            rows = self._page(sql, {**values, "last": last})
            yield from map(_logged, rows)
            if len(rows) < PAGE:
                return
            last = rows[-1]["id"]

    def _page(self, sql: str, values: dict[str, Any]) -> Sequence[dict[str, Any]]:
        return self._database.run(lambda db: list(db.query(sql, values)))


def _add(db: sqlite_utils.Database, entry: LogEntry) -> Receipt:
    row = {
        **asdict(entry),
        "person": entry.person.name if entry.person else None,
        "person_key": entry.person.key if entry.person else None,
        "asked_at": entry.asked_at.isoformat(),
        "local_day": entry.local_day.isoformat(),
        "folded": folded(entry.question),
        "facets": json.dumps(entry.facets),
        "matches": json.dumps(entry.matches),
    }
    columns = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    db.execute(f"INSERT INTO questions ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING", row)
    sql = (
        "SELECT reference, replied_at FROM questions "
        "WHERE reference = :reference OR (bot_id = :bot_id AND update_id = :update_id)"
    )
    kept = next(iter(db.query(sql, {name: row[name] for name in ("reference", "bot_id", "update_id")})))
    return Receipt(kept["reference"], kept["replied_at"] is not None)


def _discard(_: object) -> None:
    return None


def _matches(text: str) -> tuple[tuple[str, float], ...]:
    return tuple((str(name), float(score)) for name, score in json.loads(text))


def _logged(row: dict[str, Any]) -> LoggedQuestion:
    asked = datetime.datetime.fromisoformat(row["asked_at"])
    kept = {name: row[name] for name in LoggedQuestion.__dataclass_fields__ if name != "asked_at"}
    return LoggedQuestion(asked_at=asked, **kept)
