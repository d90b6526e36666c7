"""What a channel delivers, each update worked on once: claimed for a while, done, or kept as a dead letter."""

import datetime
import enum
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from bot.storage.database import Database
from bot.storage.times import moment, stamp

LEASE = datetime.timedelta(seconds=60)
REMEMBERED = datetime.timedelta(days=3)  # Telegram delivers again for a day; ids start anew after a quiet week
PAGE = 100


class Claimed(enum.StrEnum):
    """MINE to work on; HELD by another process, whose lease runs; DONE before, or dead."""

    MINE = "mine"
    HELD = "held"
    DONE = "done"


@dataclass(frozen=True)
class Claim:
    """What came of claiming an update; `tries` counts this one."""

    state: Claimed
    tries: int = 0


@dataclass(frozen=True)
class Letter:
    """An update that could not be handled: its kind, the fault's name, and what it said, masked."""

    kind: str
    fault: str
    content: str


@dataclass(frozen=True)
class DeadLetter:
    """A letter as it is kept."""

    update_id: int
    at: datetime.datetime
    tries: int
    letter: Letter


class Deliveries:
    """The deliveries to one bot, on one database."""

    def __init__(self, database: Database, bot_id: int) -> None:
        self._database = database
        self._bot = bot_id

    def claim(self, update_id: int, now: datetime.datetime) -> "Future[Claim]":
        """Take an update; nobody else gets it until it is done or the lease runs out.

        A lease that ends later than any given now is from before the clock was set back, and counts for nothing.
        """
        values = self._values(update_id, now=stamp(now), until=stamp(now + LEASE))
        return self._database.submit(lambda db: _claim(db, values))

    def again(self, update_id: int, now: datetime.datetime) -> "Future[int]":
        """Go on with an update that is mine: which try it is."""
        sql = (
            f"UPDATE deliveries SET tries = tries + 1, lease_until = :until WHERE {THIS} AND done_at IS NULL "
            "RETURNING tries"
        )
        values = self._values(update_id, until=stamp(now + LEASE))
        return self._database.submit(lambda db: int(db.execute(sql, values).fetchone()[0]))

    def done(self, update_id: int, now: datetime.datetime) -> "Future[None]":
        """It is answered, or needs no answer."""
        sql = f"UPDATE deliveries SET done_at = :now, lease_until = NULL WHERE {THIS} AND done_at IS NULL"
        return self._database.submit(lambda db: _nothing(db.execute(sql, self._values(update_id, now=stamp(now)))))

    def bury(self, update_id: int, letter: Letter, now: datetime.datetime) -> "Future[None]":
        """It cannot be handled: kept as a dead letter, and done."""
        told = {"kind": letter.kind, "fault": letter.fault, "content": letter.content}
        sql = (
            "INSERT INTO deliveries (bot_id, update_id, at, tries, done_at, kind, fault, content) "
            "VALUES (:bot, :update, :now, 1, :now, :kind, :fault, :content) "
            "ON CONFLICT (bot_id, update_id) DO UPDATE SET "
            "done_at = :now, lease_until = NULL, kind = :kind, fault = :fault, content = :content "
            "WHERE done_at IS NULL"
        )
        values = self._values(update_id, now=stamp(now), **told)
        return self._database.submit(lambda db: _nothing(db.execute(sql, values)))

    def release(self) -> None:
        """Nobody else works for this bot now: what a process that was killed had claimed is free."""
        sql = "UPDATE deliveries SET lease_until = NULL WHERE bot_id = :bot AND lease_until IS NOT NULL"
        self._database.run(lambda db: _nothing(db.execute(sql, {"bot": self._bot})))

    def forget(self, now: datetime.datetime) -> None:
        """Drop what was done long ago; dead letters stay until they are pruned."""
        sql = "DELETE FROM deliveries WHERE done_at < :before AND fault = ''"
        self._database.run(lambda db: _nothing(db.execute(sql, {"before": stamp(now - REMEMBERED)})))

    def _values(self, update_id: int, **more: Any) -> dict[str, Any]:
        return {"bot": self._bot, "update": update_id, **more}


THIS = "bot_id = :bot AND update_id = :update"
CLAIM = (
    "INSERT INTO deliveries (bot_id, update_id, at, tries, lease_until) VALUES (:bot, :update, :now, 1, :until) "
    "ON CONFLICT (bot_id, update_id) DO UPDATE SET tries = tries + 1, lease_until = :until "
    "WHERE done_at IS NULL AND (lease_until IS NULL OR lease_until <= :now OR lease_until > :until) RETURNING tries"
)


def dead_letters(database: Database) -> Sequence[DeadLetter]:
    """The newest updates that could not be handled, of all bots."""
    sql = f"SELECT * FROM deliveries WHERE fault <> '' ORDER BY at DESC LIMIT {PAGE}"
    return [_dead(row) for row in database.read(lambda db: list(db.query(sql)))]


def _claim(db: sqlite_utils.Database, values: dict[str, Any]) -> Claim:
    row = db.execute(CLAIM, values).fetchone()
    if row:
        return Claim(Claimed.MINE, int(row[0]))
    done = db.execute(f"SELECT done_at FROM deliveries WHERE {THIS}", values).fetchone()[0]
    return Claim(Claimed.DONE if done else Claimed.HELD)


def _dead(row: dict[str, Any]) -> DeadLetter:
    letter = Letter(row["kind"], row["fault"], row["content"])
    return DeadLetter(row["update_id"], moment(row["at"]), row["tries"], letter)


def _nothing(_: object) -> None:
    return None
