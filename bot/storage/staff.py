"""The staff: who they are, their one-time links and their sessions, both kept by hash alone."""

import datetime
from typing import Any

import sqlite_utils

from bot.roles import Role
from bot.storage.audit import record
from bot.storage.database import Database
from bot.storage.member import Member
from bot.storage.times import stamp

MEMBER = "staff.id, staff.user_id, staff.name, staff.role"
SEEN_EVERY = datetime.timedelta(minutes=1)  # a session is not written anew for every request


class Staff:
    """Staff members, on one database; roles are read afresh at every call."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, user: str, name: str, role: Role, by: Member | None, at: datetime.datetime) -> Member:
        """Add somebody, or give them another name or role; who was removed comes back."""
        return self._database.run(lambda db: _add(db, user, name, role, by, at))

    def remove(self, user: str, by: Member | None, at: datetime.datetime) -> bool:
        """Take every right away at once, links and sessions included; False: nobody of the staff."""
        return self._database.run(lambda db: _remove(db, user, by, at))

    def all(self) -> list[Member]:
        """Everybody who is of the staff now, by name."""
        sql = f"SELECT {MEMBER} FROM staff WHERE removed_at IS NULL ORDER BY name, id"
        return [member_of(row) for row in self._database.read(lambda db: list(db.query(sql)))]

    def by_user(self, user: str) -> Member | None:
        """The member with this id in the channel; None: not, or no longer, of the staff."""
        return self._one("user_id = :user AND removed_at IS NULL", {"user": user})

    def by_id(self, id: int) -> Member | None:
        """The same by the number of the row."""
        return self._one("id = :id AND removed_at IS NULL", {"id": id})

    def link(self, member_id: int, hash: str, now: datetime.datetime, expires: datetime.datetime) -> None:
        """Keep a one-time link; those that ran out go."""
        self._keep("links", member_id, hash, now, expires)

    def peek(self, hash: str, now: datetime.datetime) -> Member | None:
        """Whose link it is, without spending it; None: unknown, spent, run out, or no longer of the staff."""
        sql = f"SELECT {MEMBER} FROM links {_live('links')} AND links.spent_at IS NULL"
        return self._found(sql, hash, now)

    def spend(self, hash: str, now: datetime.datetime) -> Member | None:
        """Spend a link in one conditional update: of two who try, one gets the member."""
        return self._database.run(lambda db: _spend(db, {"hash": hash, "now": stamp(now)}))

    def open_session(self, member_id: int, hash: str, now: datetime.datetime, expires: datetime.datetime) -> None:
        """Keep a session; those that ran out go."""
        self._keep("sessions", member_id, hash, now, expires)

    def session(self, hash: str, now: datetime.datetime) -> Member | None:
        """Whose session it is, with the role they have now; None: unknown, run out, or no longer of the staff."""
        found = self._found(f"SELECT {MEMBER} FROM sessions {_live('sessions')}", hash, now)
        if found:
            self._seen(hash, now)
        return found

    def close_session(self, hash: str) -> None:
        """Sign out."""
        self._database.run(lambda db: db.execute("DELETE FROM sessions WHERE hash = :hash", {"hash": hash}))

    def _seen(self, hash: str, now: datetime.datetime) -> None:
        values = {"hash": hash, "now": stamp(now), "before": stamp(now - SEEN_EVERY)}
        stale = self._database.read(
            lambda db: db.execute("SELECT 1 FROM sessions WHERE hash = :hash AND seen_at < :before", values).fetchone()
        )
        if stale:
            sql = "UPDATE sessions SET seen_at = :now WHERE hash = :hash AND seen_at < :before"
            self._database.run(lambda db: db.execute(sql, values))

    def _keep(self, table: str, staff: int, hash: str, now: datetime.datetime, expires: datetime.datetime) -> None:
        values = {"hash": hash, "staff": staff, "now": stamp(now), "expires": stamp(expires)}
        seen, mark = (", seen_at", ", :now") if table == "sessions" else ("", "")
        sql = (
            f"INSERT INTO {table} (hash, staff, made_at, expires_at{seen}) VALUES (:hash, :staff, :now, :expires{mark})"
        )

        def keep(db: sqlite_utils.Database) -> None:
            db.execute(f"DELETE FROM {table} WHERE expires_at <= :now", values)
            db.execute(sql, values)

        self._database.run(keep)

    def _one(self, condition: str, values: dict[str, object]) -> Member | None:
        rows = self._database.read(lambda db: list(db.query(f"SELECT {MEMBER} FROM staff WHERE {condition}", values)))
        return member_of(rows[0]) if rows else None

    def _found(self, sql: str, hash: str, now: datetime.datetime) -> Member | None:
        values = {"hash": hash, "now": stamp(now)}
        rows = self._database.read(lambda db: list(db.query(sql, values)))
        return member_of(rows[0]) if rows else None


def member_of(row: dict[str, Any]) -> Member:
    """A member out of the columns MEMBER."""
    return Member(row["id"], row["user_id"], row["name"], Role(row["role"]))


def _live(table: str) -> str:
    return (
        f"JOIN staff ON staff.id = {table}.staff "
        f"WHERE {table}.hash = :hash AND {table}.expires_at > :now AND staff.removed_at IS NULL"
    )


def _add(
    db: sqlite_utils.Database, user: str, name: str, role: Role, by: Member | None, at: datetime.datetime
) -> Member:
    old = _row(db, user)
    sql = (
        "INSERT INTO staff (user_id, name, role, added_at) VALUES (:user, :name, :role, :at) "
        "ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, role = excluded.role, removed_at = NULL, "
        "added_at = CASE WHEN staff.removed_at IS NULL THEN staff.added_at ELSE excluded.added_at END"
    )
    db.execute(sql, {"user": user, "name": name, "role": role.value, "at": stamp(at)})
    before = f"{old['name']}, {old['role']}" if old and old["removed_at"] is None else ""
    record(db, at, by, "staff.add", f"staff:{user}", before, f"{name}, {role.value}")
    return member_of(_row(db, user) or {})


def _remove(db: sqlite_utils.Database, user: str, by: Member | None, at: datetime.datetime) -> bool:
    old = _row(db, user)
    sql = "UPDATE staff SET removed_at = :at WHERE user_id = :user AND removed_at IS NULL"
    if not old or not db.execute(sql, {"user": user, "at": stamp(at)}).rowcount:
        return False
    for table in ("links", "sessions"):
        db.execute(f"DELETE FROM {table} WHERE staff = :id", {"id": old["id"]})
    record(db, at, by, "staff.remove", f"staff:{user}", f"{old['name']}, {old['role']}")
    return True


def _row(db: sqlite_utils.Database, user: str) -> dict[str, Any] | None:
    return next(iter(db.query("SELECT * FROM staff WHERE user_id = :user", {"user": user})), None)


def _spend(db: sqlite_utils.Database, values: dict[str, object]) -> Member | None:
    sql = (
        "UPDATE links SET spent_at = :now WHERE hash = :hash AND spent_at IS NULL AND expires_at > :now "
        "AND staff IN (SELECT id FROM staff WHERE removed_at IS NULL) RETURNING staff"
    )
    row = db.execute(sql, values).fetchone()
    if row is None:
        return None
    return member_of(next(iter(db.query(f"SELECT {MEMBER} FROM staff WHERE id = :id", {"id": row[0]}))))
