"""The log of questions: written once each, marked when replied and tapped, and searched."""

import datetime
import json
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from typing import Any

import sqlite_utils

from bot.persons import Alias
from bot.storage.database import Database
from bot.text import folded_words

# Which questions want a ticket; the index `questions_loose` is found by these very words.
UNMET = "(none_of_these = 1 OR outcome = 'unknown' AND reason NOT IN ('empty', 'no_procedure', 'erased'))"
WANTED = f"(asked_staff_at IS NOT NULL OR misread = 1 OR picked IS NULL AND {UNMET})"
IN_OPEN = "ticket IN (SELECT id FROM tickets WHERE state IN ('new', 'taken'))"
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nobody takes 0 for O, or 1 for I or L
CODE_LENGTH = 6
BIGGEST_ID = 2**62
Weighed = tuple[tuple[str, float], ...]  # names or words, each with its score or weight
PAGE = 1000  # rows read at a time when exporting


@dataclass(frozen=True)
class LogEntry:
    """One question as it is kept: `question` is masked, `asked_at` UTC, `local_day` the day at the office.

    `person` only where it may be linked to their other questions; `words` are those that tell, masked, with weights.
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
    words: Weighed = ()


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
class Coded:
    """A question found by its code: what was asked when, and the ticket it is in."""

    reference: str
    question: str
    language: str
    local_day: str
    ticket: int | None


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

    def asked_staff(self, reference: str, at: datetime.datetime) -> "Future[str | None]":
        """Put a question into the queue of staff because the person wants it; the code to look it up by, always the
        same. None: not known, or settled; what was passed over among its like is looked at after all.
        """
        return self._database.submit(lambda db: _ask_staff(db, reference, at))

    def by_code(self, code: str) -> Coded | None:
        """The question with this code, however it is written; None: there is none, or it was erased."""
        sql = "SELECT reference, question, language, local_day, ticket FROM questions WHERE code = :code"
        rows = self._page(sql, {"code": "".join(code.split()).upper()})
        return Coded(**rows[0]) if rows else None

    def asked(self, reference: str) -> str | None:
        """The masked text of a question by its public reference; None: not known, or erased."""
        sql = "SELECT question FROM questions WHERE reference = :reference AND question <> ''"
        rows = self._page(sql, {"reference": reference})
        return str(rows[0]["question"]) if rows else None

    def picked(self, reference: str, procedure: str) -> "Future[None]":
        """Note which of the offered procedures was meant: it leaves its open ticket unless it was sent to staff."""
        sql = (
            "UPDATE questions SET picked = :p, none_of_these = 0, misread = 0, "
            f"ticket = CASE WHEN asked_staff_at IS NULL AND {IN_OPEN} THEN NULL ELSE ticket END WHERE reference = :r"
        )
        values = {"r": reference, "p": procedure}
        return self._database.submit(lambda db: _discard(db.execute(sql, values)))

    def distinct(self, limit: int) -> list[str]:
        """The last wordings that differ by more than accents and case, masked, newest first."""
        sql = (
            "SELECT question FROM questions WHERE id IN (SELECT max(id) FROM questions WHERE folded <> '' "
            "GROUP BY folded ORDER BY 1 DESC LIMIT :limit) ORDER BY id DESC"
        )
        return [str(row["question"]) for row in self._page(sql, {"limit": limit})]

    def question(self, id: int) -> str | None:
        """The masked text of one row."""
        rows = self._page("SELECT question FROM questions WHERE id = :id", {"id": id}) if 0 < id < BIGGEST_ID else ()
        return str(rows[0]["question"]) if rows else None

    def search(
        self, wanted: LogFilter, newest_first: bool = True, before: int | None = None
    ) -> Iterator[LoggedQuestion]:
        """Rows that fit, read a page at a time; newest first they may begin below the row `before`."""
        condition, values = wanted.where()
        step, order, last = ("<", "DESC", before or BIGGEST_ID) if newest_first else (">", "ASC", 0)
        sql = f"SELECT * FROM questions WHERE {condition} AND id {step} :last ORDER BY id {order} LIMIT {PAGE}"
        while True:
            rows = self._page(sql, {**values, "last": last})
            yield from map(_logged, rows)
            if len(rows) < PAGE:
                return
            last = rows[-1]["id"]

    def _page(self, sql: str, values: dict[str, Any]) -> Sequence[dict[str, Any]]:
        return self._database.read(lambda db: list(db.query(sql, values)))


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
        "words": json.dumps(entry.words, ensure_ascii=False),
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


def _ask_staff(db: sqlite_utils.Database, reference: str, at: datetime.datetime) -> str | None:
    values = {"r": reference, "at": at.isoformat(), "code": _new_code(db)}
    settled = (
        "ticket IN (SELECT id FROM tickets WHERE state = 'done' OR state = 'ignored' AND asked_staff_at IS NOT NULL)"
    )
    row = db.execute(
        "UPDATE questions SET asked_staff_at = coalesce(asked_staff_at, :at), code = coalesce(code, :code), "
        f"ticket = CASE WHEN {IN_OPEN} THEN ticket END "
        f"WHERE reference = :r AND question <> '' AND (ticket IS NULL OR NOT {settled}) RETURNING code",
        values,
    ).fetchone()
    return str(row[0]) if row else None


def _new_code(db: sqlite_utils.Database) -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if not db.execute("SELECT 1 FROM questions WHERE code = :code", {"code": code}).fetchone():
            return code


def _discard(_: object) -> None:
    return None


def _logged(row: dict[str, Any]) -> LoggedQuestion:
    asked = datetime.datetime.fromisoformat(row["asked_at"])
    kept = {name: row[name] for name in LoggedQuestion.__dataclass_fields__ if name != "asked_at"}
    return LoggedQuestion(asked_at=asked, **kept)


def weighed(text: str) -> Weighed:
    """What a column of names or words with their weights holds."""
    return tuple((str(name), float(weight)) for name, weight in json.loads(text))
