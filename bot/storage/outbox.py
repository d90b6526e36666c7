"""What is still to be said to people who agreed to be told: each thing once, retried, and its end noted."""

import datetime
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from bot.storage.database import Database
from bot.storage.marks import marks
from bot.storage.times import moment_or_none, stamp
from bot.storage.watches import Address

MOST_TRIES = 6
# Whoever is told needs no address any more; `person` stays so that what was said can still be shown and erased.
FORGET = "chat = '', message = NULL, lease_until = NULL"


class PushState(enum.StrEnum):
    """WAITING to be claimed; SENDING by who claimed it; SENT; BLOCKED by the person; FAILED after the last try."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True)
class Draft:
    """Something to be said once: `key` is never said twice; `watches` are all of one person, who is told by one."""

    key: str
    watches: tuple[int, ...]
    ticket: int | None
    kind: str
    payload: str


@dataclass(frozen=True)
class Push:
    """A message in the hands of a worker: `tries` counts this one; `reference` the person's own question."""

    id: int
    key: str
    ticket: int | None
    reference: str | None
    address: Address
    kind: str
    payload: str
    tries: int


@dataclass(frozen=True)
class Delivery:
    """What became of a push."""

    key: str
    ticket: int | None
    reference: str | None
    kind: str
    payload: str
    state: PushState
    tries: int
    sent_at: datetime.datetime | None
    detail: str


@dataclass(frozen=True)
class Counts:
    """The pushes of a ticket by what became of them; those being sent still wait."""

    waiting: int = 0
    sent: int = 0
    blocked: int = 0
    failed: int = 0


class Outbox:
    """The outbox, on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, drafts: Sequence[Draft], at: datetime.datetime) -> int:
        """Put what is new, each in place of its watches; how many. Whose watch is gone (told, erased) is left out."""
        return self._database.run(lambda db: put(db, drafts, at))

    def claim(self, channel: str, bot: str, now: datetime.datetime, lease: datetime.timedelta) -> Push | None:
        """Take the next one that is due, or whose worker let the lease run out; nobody else gets it meanwhile."""
        values = {"channel": channel, "bot": bot, "now": stamp(now), "until": stamp(now + lease), "most": MOST_TRIES}
        return self._database.run(lambda db: _claim(db, values))

    def sent(self, push: Push, at: datetime.datetime) -> bool:
        """It was delivered, and the chat is forgotten; False: it was erased or ended meanwhile."""
        sql = (
            f"UPDATE outbox SET state = 'sent', sent_at = :at, {FORGET} WHERE id = :id "
            "AND state IN ('waiting', 'sending')"
        )
        return self._change(sql, {"id": push.id, "at": stamp(at)})

    def again(self, push: Push, at: datetime.datetime, detail: str) -> bool:
        """It did not go: try again at a moment, or note that it failed when that was the last try."""
        if push.tries >= MOST_TRIES:
            return self.ended(push, PushState.FAILED, detail)
        sql = f"UPDATE outbox SET state = 'waiting', next_at = :at, lease_until = NULL, detail = :detail WHERE {MINE}"
        return self._change(sql, {**_held(push), "at": stamp(at), "detail": detail})

    def ended(self, push: Push, state: PushState, detail: str) -> bool:
        """It will never go: BLOCKED or FAILED, with what was said of it."""
        sql = f"UPDATE outbox SET state = :state, detail = :detail, {FORGET} WHERE {MINE}"
        return self._change(sql, {**_held(push), "state": state.value, "detail": detail})

    def counts(self, ticket: int) -> Counts:
        """What became of the pushes of a ticket."""
        sql = "SELECT state, count(*) FROM outbox WHERE ticket = :ticket GROUP BY state"
        found = dict(self._database.read(lambda db: db.execute(sql, {"ticket": ticket}).fetchall()))
        waiting = found.get(PushState.WAITING, 0) + found.get(PushState.SENDING, 0)
        ends = (PushState.SENT, PushState.BLOCKED, PushState.FAILED)
        return Counts(waiting, *(found.get(state, 0) for state in ends))

    def of_ticket(self, ticket: int) -> list[Delivery]:
        """The pushes of a ticket, oldest first."""
        return self._deliveries("ticket = :value", ticket)

    def by_reference(self, reference: str) -> list[Delivery]:
        """The pushes about one question, oldest first."""
        return self._deliveries("reference = :value", reference)

    def _deliveries(self, condition: str, value: object) -> list[Delivery]:
        sql = (
            "SELECT key, ticket, reference, kind, payload, state, tries, sent_at, detail "
            f"FROM outbox WHERE {condition} ORDER BY id"
        )
        return [_delivery(row) for row in self._database.read(lambda db: list(db.query(sql, {"value": value})))]

    def _change(self, sql: str, values: dict[str, Any]) -> bool:
        return self._database.run(lambda db: db.execute(sql, values).rowcount) > 0


DUE = "(state = 'waiting' AND next_at <= :now OR state = 'sending' AND lease_until <= :now)"
MINE = "id = :id AND state = 'sending' AND tries = :tries"  # a worker whose lease ran out no longer decides
LOST = (
    f"UPDATE outbox SET state = 'failed', {FORGET}, "
    "detail = CASE WHEN detail = '' THEN 'không có kết quả sau lần gửi cuối' ELSE detail END "
    "WHERE state = 'sending' AND lease_until <= :now AND tries >= :most"
)
CLAIM = (
    "UPDATE outbox SET state = 'sending', tries = tries + 1, lease_until = :until WHERE id = (SELECT id FROM outbox "
    f"WHERE channel = :channel AND bot = :bot AND {DUE} ORDER BY next_at, id LIMIT 1) AND {DUE} RETURNING *"
)


def put(db: sqlite_utils.Database, drafts: Iterable[Draft], at: datetime.datetime) -> int:
    """The same in the transaction of a settlement."""
    return sum(_put(db, draft, stamp(at)) for draft in drafts)


def _put(db: sqlite_utils.Database, draft: Draft, at: str) -> int:
    among, ids = marks(draft.watches)
    columns = "reference, channel, bot, chat, message, language, person, person_key"
    values = {"key": draft.key, "ticket": draft.ticket, "kind": draft.kind, "payload": draft.payload, "at": at}
    sql = (
        f"INSERT INTO outbox (key, ticket, kind, payload, next_at, made_at, {columns}) "
        f"SELECT :key, :ticket, :kind, :payload, :at, :at, {columns} FROM watches WHERE id IN {among} "
        "ORDER BY id DESC LIMIT 1 ON CONFLICT (key) DO NOTHING"
    )
    new = db.execute(sql, {**values, **ids}).rowcount
    db.execute(f"DELETE FROM watches WHERE id IN {among}", ids)
    return int(new)


def _claim(db: sqlite_utils.Database, values: dict[str, Any]) -> Push | None:
    db.execute(LOST, values)
    rows = list(db.query(CLAIM, values))
    return _push(rows[0]) if rows else None


def _held(push: Push) -> dict[str, Any]:
    return {"id": push.id, "tries": push.tries}


def _push(row: dict[str, Any]) -> Push:
    address = Address(row["channel"], row["bot"], row["chat"], row["message"], row["language"])
    own = {name: row[name] for name in ("id", "key", "ticket", "reference", "kind", "payload", "tries")}
    return Push(address=address, **own)


def _delivery(row: dict[str, Any]) -> Delivery:
    return Delivery(**{**row, "state": PushState(row["state"]), "sent_at": moment_or_none(row["sent_at"])})
