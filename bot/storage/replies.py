"""Replies that a channel did not take yet: each until it is taken, those of one chat in their order."""

import datetime
from collections import Counter
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from bot.storage.database import Database
from bot.storage.times import moment, stamp

LEASE = datetime.timedelta(seconds=60)
LONGEST = datetime.timedelta(seconds=450)  # to the next try; what is said to be due later is from a clock set back


@dataclass(frozen=True)
class LateReply:
    """A reply in the hands of a worker; `payload` as the channel wrote it, `tries` counts this one."""

    id: int
    chat: int
    payload: str
    made_at: datetime.datetime
    tries: int


class Replies:
    """The replies of one bot, on one database."""

    def __init__(self, database: Database, bot_id: int) -> None:
        self._database = database
        self._bot = bot_id

    def put(self, key: str, chat: int, payload: str, now: datetime.datetime) -> "Future[bool]":
        """Keep one; False: it is kept already."""
        sql = (
            "INSERT INTO replies (key, bot_id, chat, payload, made_at, next_at, tries) "
            "VALUES (:key, :bot, :chat, :payload, :now, :now, 0) ON CONFLICT (key) DO NOTHING"
        )
        values = {"key": key, "bot": self._bot, "chat": chat, "payload": payload, "now": stamp(now)}
        return self._database.submit(lambda db: db.execute(sql, values).rowcount > 0)

    def claim(self, now: datetime.datetime) -> LateReply | None:
        """Take the next that is due; of each chat the oldest only, so that nothing overtakes it."""
        values = {"bot": self._bot, "now": stamp(now), "until": stamp(now + LEASE), "last": stamp(now + LONGEST)}
        return self._database.run(lambda db: _claim(db, values))

    def gone(self, reply: LateReply) -> None:
        """It was taken, or never will be: nothing of it is kept."""
        self._database.run(lambda db: _nothing(db.execute("DELETE FROM replies WHERE id = :id", {"id": reply.id})))

    def again(self, reply: LateReply, at: datetime.datetime) -> None:
        """It was not taken: try again at a moment."""
        sql = "UPDATE replies SET next_at = :at, lease_until = NULL WHERE id = :id AND tries = :tries"
        values = {"id": reply.id, "tries": reply.tries, "at": stamp(at)}
        self._database.run(lambda db: _nothing(db.execute(sql, values)))

    def chats(self) -> "Counter[int]":
        """How many wait for each chat."""
        sql = "SELECT chat, count(*) FROM replies WHERE bot_id = :bot GROUP BY chat"
        rows = self._database.read(lambda db: db.execute(sql, {"bot": self._bot}).fetchall())
        return Counter({int(chat): int(count) for chat, count in rows})

    def release(self) -> None:
        """Nobody else works for this bot now: what a process that was killed had claimed is free."""
        sql = "UPDATE replies SET lease_until = NULL WHERE bot_id = :bot"
        self._database.run(lambda db: _nothing(db.execute(sql, {"bot": self._bot})))


CLAIM = (
    "UPDATE replies SET tries = tries + 1, lease_until = :until WHERE id = ("
    "SELECT id FROM replies AS mine WHERE bot_id = :bot AND (next_at <= :now OR next_at > :last) "
    "AND (lease_until IS NULL OR lease_until <= :now OR lease_until > :until) "
    "AND NOT EXISTS (SELECT 1 FROM replies AS older WHERE older.bot_id = :bot AND older.chat = mine.chat "
    "AND older.id < mine.id) ORDER BY next_at, id LIMIT 1) RETURNING id, chat, payload, made_at, tries"
)


def _claim(db: sqlite_utils.Database, values: dict[str, Any]) -> LateReply | None:
    rows = list(db.query(CLAIM, values))
    return LateReply(**{**rows[0], "made_at": moment(rows[0]["made_at"])}) if rows else None


def _nothing(_: object) -> None:
    return None
