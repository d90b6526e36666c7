"""What was changed, by whom and why: rows that are only ever added; the file itself refuses anything else."""

import datetime
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from bot.storage.database import Database
from bot.storage.member import Member, key_of
from bot.storage.times import moment, stamp

BOT = "bot"  # who, where no person did it


@dataclass(frozen=True)
class AuditRow:
    """One change: `who` by the name they had then; `what` like "ticket.take"; `subject` like "ticket:12"."""

    id: int
    at: datetime.datetime
    staff: int | None
    who: str
    what: str
    subject: str
    before: str
    after: str
    reason: str


class Audit:
    """The audit, on one database. Tickets, staff and switches write theirs themselves, with the change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(
        self,
        at: datetime.datetime,
        member: Member | None,
        what: str,
        subject: str,
        before: str = "",
        after: str = "",
        reason: str = "",
    ) -> None:
        """Add a row for a change that was made elsewhere."""
        self._database.run(lambda db: record(db, at, member, what, subject, before, after, reason))

    def of(self, subject: str) -> list[AuditRow]:
        """The history of one subject, oldest first."""
        sql = "SELECT * FROM audit WHERE subject = :subject ORDER BY id"
        return self._rows(sql, {"subject": subject})

    def search(
        self,
        since: datetime.datetime | None = None,
        until: datetime.datetime | None = None,
        who: str | None = None,
        what: str | None = None,
        limit: int = 50,
        before_id: int | None = None,
    ) -> list[AuditRow]:
        """Rows that fit, newest first; `until` itself is left out; `what` may be the beginning: "ticket."."""
        wanted: dict[str, tuple[str, object]] = {
            "since": ("at >= :since", stamp(since) if since else None),
            "until": ("at < :until", stamp(until) if until else None),
            "who": ("who = :who", who),
            "what": ("substr(what, 1, length(:what)) = :what", what),
            "before_id": ("id < :before_id", before_id),
        }
        used = {name: (sql, value) for name, (sql, value) in wanted.items() if value is not None}
        condition = " AND ".join(sql for sql, _ in used.values()) or "1 = 1"
        sql = f"SELECT * FROM audit WHERE {condition} ORDER BY id DESC LIMIT :limit"
        return self._rows(sql, {"limit": limit, **{name: value for name, (_, value) in used.items()}})

    def tally(self, since: datetime.datetime, until: datetime.datetime) -> dict[str, int]:
        """How often people, not the bot, did what; `until` itself is left out."""
        sql = "SELECT what, count(*) FROM audit WHERE at >= :since AND at < :until AND who <> :bot GROUP BY what"
        values = {"since": stamp(since), "until": stamp(until), "bot": BOT}
        return dict(self._database.read(lambda db: db.execute(sql, values).fetchall()))

    def _rows(self, sql: str, values: dict[str, object]) -> list[AuditRow]:
        return [_row(row) for row in self._database.read(lambda db: list(db.query(sql, values)))]


def record(
    db: sqlite_utils.Database,
    at: datetime.datetime,
    member: Member | None,
    what: str,
    subject: str,
    before: str = "",
    after: str = "",
    reason: str = "",
) -> None:
    """Add a row in the transaction of the change itself."""
    db.execute(
        "INSERT INTO audit (at, staff, who, what, subject, before, after, reason) "
        "VALUES (:at, :staff, :who, :what, :subject, :before, :after, :reason)",
        {
            "at": stamp(at),
            "staff": key_of(member),
            "who": member.name if member else BOT,
            "what": what,
            "subject": subject,
            "before": before,
            "after": after,
            "reason": reason,
        },
    )


def _row(row: dict[str, Any]) -> AuditRow:
    return AuditRow(**{**row, "at": moment(row["at"])})
