"""Letting go of what was kept long enough: questions blanked so that counts stay, what only served its time deleted."""

import datetime
from dataclasses import dataclass

import sqlite_utils

from bot.storage.database import Database
from bot.storage.persons import BLANK, TABLES
from bot.storage.times import stamp

FORGOTTEN = "forgotten:"  # how the name of a voter begins whom nobody can find any more


@dataclass(frozen=True)
class Limits:
    """What is from before these moments goes: questions and all about persons; updates that could not be handled."""

    persons: datetime.datetime
    dead_letters: datetime.datetime


@dataclass(frozen=True)
class Pruned:
    """How many rows of each table were let go, in the order of the work."""

    rows: dict[str, int]

    def __bool__(self) -> bool:
        return any(self.rows.values())


# Each: the table, which rows, and what becomes of them. The audit is never changed: its file refuses that.
WORK = (
    ("questions", "question <> '' AND local_day < :day", f"UPDATE questions SET {BLANK}"),
    (
        "judgements",
        f"judged_at < :at AND voter NOT LIKE '{FORGOTTEN}%'",
        f"UPDATE judgements SET voter = '{FORGOTTEN}' || lower(hex(randomblob(16))), person = NULL, person_key = NULL",
    ),
    ("watches", "made_at < :at", "DELETE FROM watches"),
    ("outbox", "made_at < :at AND state NOT IN ('waiting', 'sending')", "DELETE FROM outbox"),
    (
        "persons",
        "coalesce(noticed_at, '') < :at AND person NOT IN (SELECT person FROM questions WHERE person IS NOT NULL)",
        "DELETE FROM persons",
    ),
    ("links", "expires_at < :now", "DELETE FROM links"),
    ("sessions", "expires_at < :now", "DELETE FROM sessions"),
    ("deliveries", "fault <> '' AND at < :dead", "DELETE FROM deliveries"),
)


def prune(database: Database, limits: Limits, now: datetime.datetime, dry: bool = False) -> Pruned:
    """Let go of it, and of its bytes in the file and the log beside it; `dry`: only count. Raises StorageError."""
    values = {
        "day": limits.persons.date().isoformat(),
        "at": stamp(limits.persons),
        "dead": stamp(limits.dead_letters),
        "now": stamp(now),
    }

    def count(db: sqlite_utils.Database) -> Pruned:
        return Pruned(
            {t: int(db.execute(f"SELECT count(*) FROM {t} WHERE {w}", values).fetchone()[0]) for t, w, _ in WORK}
        )

    def work(db: sqlite_utils.Database) -> Pruned:
        return Pruned({t: int(db.execute(f"{change} WHERE {w}", values).rowcount) for t, w, change in WORK})

    if dry:
        return database.read(count)
    pruned = database.run(work)
    if pruned:
        database.scrub()
    return pruned


def keys_in_use(database: Database) -> frozenset[int]:
    """The numbers of the keys under which any row may still be found.

    A judgement that names nobody does not tell its key: it was made with any that was in use by then.
    """
    tables = " UNION ".join(f"SELECT person_key FROM {table} WHERE person_key IS NOT NULL" for table in TABLES)
    oldest = f"SELECT min(judged_at) FROM judgements WHERE voter NOT LIKE '{FORGOTTEN}%'"
    newer = "SELECT person_key, min(asked_at) FROM questions WHERE person_key IS NOT NULL GROUP BY person_key"

    def read(db: sqlite_utils.Database) -> frozenset[int]:
        used = {int(row[0]) for row in db.execute(tables).fetchall()}
        first = db.execute(oldest).fetchone()[0]
        began = {int(key): str(at) for key, at in db.execute(newer).fetchall()}
        if first is not None:  # the key that was the newest when the oldest judgement was made, and those after it
            before = [key for key, at in began.items() if at <= first]
            used |= set(range(max(before, default=1), max(used, default=1) + 1))
        return frozenset(used)

    return database.read(read)
