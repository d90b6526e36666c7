"""The emergency banner and the pause: switched by staff with a reason, read by the bot."""

import datetime
import enum
from dataclasses import dataclass

import sqlite_utils

from bot.storage.audit import record
from bot.storage.database import Database
from bot.storage.member import Member, key_of
from bot.storage.times import moment, stamp


class SwitchName(enum.StrEnum):
    """BANNER stands over every answer; PAUSE stands in place of them."""

    BANNER = "banner"
    PAUSE = "pause"


@dataclass(frozen=True)
class Switch:
    """A switch that is on: what people read, and why and by whom it was switched."""

    name: SwitchName
    words: str
    reason: str
    who: str
    at: datetime.datetime


class Switches:
    """The switches, on one database; every change is in the audit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: SwitchName) -> Switch | None:
        """The switch, when it is on."""
        return self._database.read(lambda db: _get(db, name))

    def set(self, name: SwitchName, words: str, reason: str, member: Member | None, at: datetime.datetime) -> None:
        """Switch it on, or change its words."""
        self._database.run(lambda db: _set(db, Switch(name, words, reason, member.name if member else "", at), member))

    def clear(self, name: SwitchName, reason: str, member: Member | None, at: datetime.datetime) -> bool:
        """Switch it off; False: it was not on."""
        return self._database.run(lambda db: _clear(db, name, reason, member, at))


def _get(db: sqlite_utils.Database, name: SwitchName) -> Switch | None:
    row = next(iter(db.query("SELECT * FROM switches WHERE name = :name", {"name": name.value})), None)
    return Switch(name, row["words"], row["reason"], row["who"], moment(row["at"])) if row else None


def _set(db: sqlite_utils.Database, new: Switch, member: Member | None) -> None:
    old = _get(db, new.name)
    sql = (
        "INSERT INTO switches (name, words, reason, staff, who, at) VALUES (:name, :words, :reason, :staff, :who, :at) "
        "ON CONFLICT (name) DO UPDATE SET words = excluded.words, reason = excluded.reason, staff = excluded.staff, "
        "who = excluded.who, at = excluded.at"
    )
    values = {"name": new.name.value, "words": new.words, "reason": new.reason, "who": new.who}
    db.execute(sql, {**values, "staff": key_of(member), "at": stamp(new.at)})
    before = old.words if old else ""
    record(db, new.at, member, "switch.set", f"switch:{new.name.value}", before, new.words, new.reason)


def _clear(
    db: sqlite_utils.Database, name: SwitchName, reason: str, member: Member | None, at: datetime.datetime
) -> bool:
    old = _get(db, name)
    if old is None or not db.execute("DELETE FROM switches WHERE name = :name", {"name": name.value}).rowcount:
        return False
    record(db, at, member, "switch.clear", f"switch:{name.value}", old.words, "", reason)
    return True
