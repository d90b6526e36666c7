"""Who agreed to be told: of one question, or of one procedure with a fact that was reported wrong."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlite_utils

from bot.persons import Alias
from bot.storage.database import Database
from bot.storage.marks import marks
from bot.storage.times import moment, stamp

WATCH = "id, reference, procedure, channel, bot, chat, message, language, made_at"


@dataclass(frozen=True)
class Address:
    """Where somebody is told: a chat of a bot, under which message of theirs, in which language."""

    channel: str
    bot: str
    chat: str = field(repr=False)
    message: str | None
    language: str


@dataclass(frozen=True)
class Watch:
    """Somebody who waits to be told of a question (`reference`) or of a procedure."""

    id: int
    reference: str | None
    procedure: str | None
    address: Address
    made_at: datetime.datetime


class Watches:
    """Watches, on one database; one of each chat on each subject. They go when told (`Outbox.put`) or erased."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        address: Address,
        person: Alias | None,
        at: datetime.datetime,
        *,
        reference: str | None = None,
        procedure: str | None = None,
    ) -> bool:
        """Keep that a person wants to be told; twice is once. False: no such question. `person` is for erasing."""
        alias = {"person": person.name, "key": person.key} if person else {"person": None, "key": None}
        values = {**address.__dict__, **alias, "reference": reference, "procedure": procedure, "at": stamp(at)}
        return self._database.run(lambda db: _add(db, values))

    def of_ticket(self, id: int) -> list[Watch]:
        """Who waits for a ticket: for its questions, or for the procedure it disputes; oldest first."""
        return self._watches(OF_TICKET, {"ticket": id})

    def of_references(self, references: Iterable[str]) -> list[Watch]:
        """Who waits for these questions, oldest first."""
        among, values = marks(references)
        return self._watches(f"SELECT {WATCH} FROM watches WHERE reference IN {among} ORDER BY id", values)

    def of_procedure(self, procedure: str) -> list[Watch]:
        """Who waits to be told when this procedure is corrected, oldest first."""
        sql = f"SELECT {WATCH} FROM watches WHERE procedure = :procedure ORDER BY id"
        return self._watches(sql, {"procedure": procedure})

    def remove(self, ids: Iterable[int]) -> int:
        """Forget them; how many there were."""
        among, values = marks(ids)
        return self._database.run(lambda db: db.execute(f"DELETE FROM watches WHERE id IN {among}", values).rowcount)

    def _watches(self, sql: str, values: dict[str, Any]) -> list[Watch]:
        return [_watch(row) for row in self._database.read(lambda db: list(db.query(sql, values)))]


OF_TICKET = f"""
    SELECT {WATCH} FROM watches
    WHERE reference IN (SELECT reference FROM questions WHERE ticket = :ticket)
    OR procedure IN (SELECT procedure FROM tickets WHERE id = :ticket AND kind = 'disputed')
    ORDER BY id"""


def _add(db: sqlite_utils.Database, values: dict[str, object]) -> bool:
    known = "SELECT 1 FROM questions WHERE reference = :reference AND question <> ''"
    if values["reference"] is not None and not db.execute(known, values).fetchone():
        return False
    columns = "reference, procedure, channel, bot, chat, message, language, person, person_key, made_at"
    db.execute(
        f"INSERT INTO watches ({columns}) "
        "VALUES (:reference, :procedure, :channel, :bot, :chat, :message, :language, :person, :key, :at) "
        "ON CONFLICT DO NOTHING",
        values,
    )
    return True


def _watch(row: dict[str, Any]) -> Watch:
    address = Address(row["channel"], row["bot"], row["chat"], row["message"], row["language"])
    return Watch(row["id"], row["reference"], row["procedure"], address, moment(row["made_at"]))
