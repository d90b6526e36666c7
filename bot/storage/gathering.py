"""Rows that want a ticket, and how they come into one, move to another or leave it."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import sqlite_utils

from bot.storage.judgements import DISPUTES
from bot.storage.questions import WANTED, weighed
from bot.storage.ticket import Kind, Loose, Placed, Placing, State
from bot.storage.times import stamp

QUESTIONS = (
    "SELECT 'question' AS kind, id, reference, question, folded, language, procedure, words, matches, "
    f"asked_staff_at IS NOT NULL AS asked FROM questions WHERE ticket IS NULL AND {WANTED} ORDER BY id LIMIT :limit"
)
JUDGEMENTS = (
    "SELECT 'disputed' AS kind, id, question AS reference, '' AS question, '' AS folded, '' AS language, procedure, "
    "'[]' AS words, '[]' AS matches, 0 AS asked "
    f"FROM judgements WHERE ticket IS NULL AND {DISPUTES} ORDER BY id LIMIT :limit"
)
PLACED = (
    "SELECT ticket, state, folded, max(question) AS question, max(words) AS words, max(matches) AS matches "
    "FROM questions JOIN tickets ON tickets.id = ticket "
    "WHERE kind = 'question' AND state <> 'done' GROUP BY ticket, state, folded ORDER BY ticket"
)
# Whoever gathers has read before: only what is still loose joins, and only a ticket that is still as it was.
JOIN = {
    Kind.QUESTION: f"UPDATE questions SET ticket = :ticket WHERE id = :id AND ticket IS NULL AND {WANTED}",
    Kind.DISPUTED: f"UPDATE judgements SET ticket = :ticket WHERE id = :id AND ticket IS NULL AND {DISPUTES}",
}


def loose(db: sqlite_utils.Database, limit: int) -> list[dict[str, Any]]:
    """Rows of questions first, then of judgements, each the oldest first."""
    rows = list(db.query(QUESTIONS, {"limit": limit}))
    rows += db.query(JUDGEMENTS, {"limit": limit - len(rows)})
    return rows


def loose_of(row: dict[str, Any]) -> Loose:
    """A value out of its row."""
    return Loose(**{**_weighed(row), "kind": Kind(row["kind"]), "asked": bool(row["asked"])})


def placed(db: sqlite_utils.Database) -> list[dict[str, Any]]:
    """Rows of the wordings of all tickets of questions that are not done."""
    return list(db.query(PLACED))


def placed_of(row: dict[str, Any]) -> Placed:
    """A value out of its row."""
    return Placed(**{**_weighed(row), "state": State(row["state"])})


def place(db: sqlite_utils.Database, placings: Sequence[Placing], at: datetime.datetime) -> list[int | None]:
    """The ticket of each placing; None where nothing could be placed any more."""
    return [join(db, placing) if placing.ticket else _open(db, placing, stamp(at)) for placing in placings]


def move(db: sqlite_utils.Database, references: Iterable[str], ticket: int | None, at: datetime.datetime) -> int | None:
    """Questions of open tickets into another open one, or into a new one; None: that one is not open."""
    target = ticket if ticket is not None else _insert(db, Kind.QUESTION, None, stamp(at))
    if not _is(db, target, "state IN ('new', 'taken') AND kind = 'question'"):
        return None
    sql = (
        "UPDATE questions SET ticket = :target WHERE reference = :reference "
        "AND ticket IN (SELECT id FROM tickets WHERE state IN ('new', 'taken'))"
    )
    moved = _many(db, sql, [{"target": target, "reference": reference} for reference in references])
    if ticket is None and not moved:
        db.execute("DELETE FROM tickets WHERE id = :id", {"id": target})
        return None
    return target


def leave(db: sqlite_utils.Database, references: Iterable[str]) -> int:
    """Questions out of whatever ticket they are in; how many."""
    sql = "UPDATE questions SET ticket = NULL WHERE reference = :reference AND ticket IS NOT NULL"
    return _many(db, sql, [{"reference": reference} for reference in references])


def join(db: sqlite_utils.Database, placing: Placing) -> int | None:
    """Put rows into the ticket of a placing; None: it is not as it was, or nothing was loose any more."""
    states = "state = 'ignored'" if placing.silently else "state IN ('new', 'taken')"
    if not _is(db, placing.ticket, f"{states} AND kind = '{placing.kind.value}'"):
        return None
    return placing.ticket if _put_in(db, placing, placing.ticket) else None


def _weighed(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "words": weighed(row["words"]), "matches": weighed(row["matches"])}


def _open(db: sqlite_utils.Database, placing: Placing, at: str) -> int | None:
    procedure = placing.procedure if placing.kind is Kind.DISPUTED else None
    ticket = _insert(db, placing.kind, procedure, at)
    if _put_in(db, placing, ticket):
        return ticket
    db.execute("DELETE FROM tickets WHERE id = :id", {"id": ticket})
    return None


def _insert(db: sqlite_utils.Database, kind: Kind, procedure: str | None, at: str) -> int:
    sql = (
        "INSERT INTO tickets (kind, procedure, opened_at, changed_at) VALUES (:kind, :procedure, :at, :at) RETURNING id"
    )
    return int(db.execute(sql, {"kind": kind.value, "procedure": procedure, "at": at}).fetchone()[0])


def _put_in(db: sqlite_utils.Database, placing: Placing, ticket: int | None) -> int:
    return _many(db, JOIN[placing.kind], [{"id": row, "ticket": ticket} for row in placing.ids])


def _is(db: sqlite_utils.Database, id: int | None, condition: str) -> bool:
    return bool(db.execute(f"SELECT 1 FROM tickets WHERE id = :id AND {condition}", {"id": id}).fetchone())


def _many(db: sqlite_utils.Database, sql: str, values: list[dict[str, Any]]) -> int:
    return int(db.conn.executemany(sql, values).rowcount) if values else 0
