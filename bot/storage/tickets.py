"""Tickets: gathered by the house, taken and settled by staff; of two who do so at once, one is told to look again."""

import datetime
from collections.abc import Collection, Iterable, Sequence

import sqlite_utils

from bot.storage.audit import record
from bot.storage.database import Database
from bot.storage.gathering import join, leave, loose, loose_of, move, place, placed, placed_of
from bot.storage.member import Member, key_of
from bot.storage.outbox import Draft, put
from bot.storage.queue import find, list_page, totals, wordings
from bot.storage.ticket import Kind, Loose, Placed, Placing, Settled, State, Ticket, Wording, ticket_of
from bot.storage.times import stamp

OPEN = "state IN ('new', 'taken')"
BIGGEST_ID = 2**62


class Tickets:
    """Tickets, on one database. Changes by staff are in the audit under "ticket:12", in the same transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, state: State | None = None, kind: Kind | None = None, limit: int = 30, offset: int = 0
    ) -> list[Ticket]:
        """Tickets of a state (None: new or taken), the most askers first, then the oldest; empty ones are left out."""
        return [ticket_of(row) for row in self._database.read(lambda db: list_page(db, state, kind, limit, offset))]

    def ticket(self, id: int) -> Ticket | None:
        """One ticket, even if all its questions have left it."""
        row = self._database.read(lambda db: find(db, id)) if 0 < id < BIGGEST_ID else None
        return ticket_of(row) if row else None

    def totals(self) -> dict[State, int]:
        """How many tickets there are of each state."""
        return self._database.read(totals)

    def wordings(self, id: int) -> list[Wording]:
        """How its question was put, the most frequent wording first."""
        return self._database.read(lambda db: wordings(db, id))

    def loose(self, limit: int) -> list[Loose]:
        """Rows that want a ticket and have none."""
        # Values are made where nobody who wants to write a question waits for it.
        return [loose_of(row) for row in self._database.read(lambda db: loose(db, limit))]

    def placed(self) -> list[Placed]:
        """The wordings of the tickets that loose questions may join: open ones, and ignored ones silently."""
        return [placed_of(row) for row in self._database.read(placed)]

    def disputed(self) -> dict[str, int]:
        """The open ticket of each procedure that is disputed."""
        sql = f"SELECT procedure, max(id) FROM tickets WHERE kind = 'disputed' AND {OPEN} GROUP BY procedure"
        return dict(self._database.read(lambda db: db.execute(sql).fetchall()))

    def place(self, placings: Sequence[Placing], at: datetime.datetime) -> list[int | None]:
        """Put loose rows into tickets, in one transaction; None where a ticket was settled or rows went meanwhile."""
        return self._database.run(lambda db: place(db, placings, at))

    def join(self, ids: Sequence[int], ticket: int, kind: Kind = Kind.QUESTION, silently: bool = False) -> bool:
        """Put loose rows into an open ticket, or silently into an ignored one; False: it is not so any more."""
        return self._database.run(lambda db: join(db, Placing(kind, ids, ticket, None, silently))) is not None

    def open(self, kind: Kind, procedure: str | None, ids: Sequence[int], at: datetime.datetime) -> int | None:
        """A new ticket of loose rows; None: none of them is loose any more."""
        return self.place([Placing(kind, ids, None, procedure)], at)[0]

    def move(
        self, references: Collection[str], ticket: int | None, member: Member | None, at: datetime.datetime
    ) -> int | None:
        """Put questions of open tickets into another open one, or (None) into a new one: its number, or None."""
        return self._database.run(lambda db: _move(db, references, ticket, member, at))

    def leave(self, references: Iterable[str]) -> int:
        """Take questions out of their tickets, settled or not: whatever still wants one is gathered anew."""
        return self._database.run(lambda db: leave(db, references))

    def take(self, id: int, version: int, member: Member, at: datetime.datetime) -> bool:
        """Take an open ticket, from somebody else too; False: it was changed since it was seen as `version`."""
        change = f"state = 'taken', staff = {key_of(member) or 'NULL'}"
        return self._database.run(lambda db: _change(db, "take", (id, version), OPEN, change, member, at))

    def reopen(self, id: int, version: int, member: Member | None, at: datetime.datetime, reason: str = "") -> bool:
        """Make a ticket new again: given back, or settled wrongly; False as above."""
        change = "state = 'new', staff = NULL, settled_as = NULL, settled_procedure = NULL, note = NULL"
        where = "state <> 'new'"
        return self._database.run(lambda db: _change(db, "reopen", (id, version), where, change, member, at, reason))

    def settle(
        self,
        id: int,
        version: int,
        as_: Settled,
        procedure: str | None,
        note: str | None,
        member: Member | None,
        at: datetime.datetime,
        references: Collection[str] | None = None,
        drafts: Sequence[Draft] = (),
    ) -> bool:
        """Settle an open ticket and put what is to be said to its askers, in one transaction; False as above.

        `references`: the questions that are settled by this; all others leave and are gathered anew, those too that
        joined unseen. None: all.
        """
        values = {"as": as_.value, "procedure": procedure, "note": note}

        def settle(db: sqlite_utils.Database) -> bool:
            if not _settle(db, (id, version), values, member, at):
                return False
            if references is not None:
                _only(db, id, references)
            put(db, drafts, at)
            return True

        return self._database.run(settle)


def _settle(
    db: sqlite_utils.Database,
    seen: tuple[int, int],
    values: dict[str, str | None],
    member: Member | None,
    at: datetime.datetime,
) -> bool:
    state = State.IGNORED if values["as"] == Settled.IGNORED else State.DONE
    change = (
        f"state = '{state.value}', staff = coalesce({key_of(member) or 'NULL'}, staff), settled_as = :as, "
        "settled_procedure = :procedure, note = :note"
    )
    return _change(db, "settle", seen, OPEN, change, member, at, values["note"] or "", values)


def _change(
    db: sqlite_utils.Database,
    what: str,
    seen: tuple[int, int],
    where: str,
    change: str,
    member: Member | None,
    at: datetime.datetime,
    reason: str = "",
    values: dict[str, str | None] | None = None,
) -> bool:
    """One conditional update, and its row in the audit."""
    number, version = seen
    before = _state(db, number)
    sql = (
        f"UPDATE tickets SET {change}, changed_at = :at, version = version + 1 "
        f"WHERE id = :id AND version = :version AND {where}"
    )
    if not db.execute(sql, {**(values or {}), "id": number, "version": version, "at": stamp(at)}).rowcount:
        return False
    record(db, at, member, f"ticket.{what}", f"ticket:{number}", before, _state(db, number), reason)
    return True


def _state(db: sqlite_utils.Database, id: int) -> str:
    """What the audit tells of a ticket: "taken, Bình", "done, phrase, tam-tru"."""
    sql = (
        "SELECT state, CASE WHEN state = 'taken' THEN name END, settled_as, settled_procedure "
        "FROM tickets LEFT JOIN staff ON staff.id = tickets.staff WHERE tickets.id = :id"
    )
    row = db.execute(sql, {"id": id}).fetchone() or ()
    return ", ".join(dict.fromkeys(part for part in row if part))


def _only(db: sqlite_utils.Database, id: int, references: Collection[str]) -> None:
    sql = "SELECT reference FROM questions WHERE ticket = :id"
    others = {row[0] for row in db.execute(sql, {"id": id}).fetchall()} - set(references)
    leave(db, others)


def _move(
    db: sqlite_utils.Database,
    references: Collection[str],
    ticket: int | None,
    member: Member | None,
    at: datetime.datetime,
) -> int | None:
    target = move(db, references, ticket, at)
    if target is not None:
        record(db, at, member, "ticket.move", f"ticket:{target}", "", f"+{len(references)}")
    return target
