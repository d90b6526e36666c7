"""What staff do with a ticket from their group: each deed changes it once, and whoever was slower is told."""

import asyncio
import datetime
from collections.abc import Callable, Sequence

from bot.errors import MotCuaError
from bot.phrases import staffroom as say
from bot.review.settling import OPEN, Settling
from bot.roles import Right
from bot.storage import Database, Member, State, Ticket, Tickets, Watch, Watches


class Deeds:
    """On one database; what cannot be done is a MotCuaError in the words that staff read."""

    def __init__(self, database: Database, settling: Settling, clock: Callable[[], datetime.datetime]) -> None:
        self._tickets = Tickets(database)
        self._watches = Watches(database)
        self._settling = settling
        self._clock = clock

    async def open(self, id: int, member: Member) -> Ticket:
        """The ticket, when this member may still settle it."""
        if not member.may(Right.SETTLE):
            raise MotCuaError(say.NO_RIGHT.format(role=member.role.value))
        ticket = await asyncio.to_thread(self._tickets.ticket, id)
        if ticket is None:
            raise MotCuaError(say.NO_SUCH.format(id=id))
        if ticket.state not in OPEN:
            raise MotCuaError(say.ALREADY_SETTLED.format(id=id, state=say.STATES[ticket.state]))
        return ticket

    async def take(self, id: int, member: Member) -> str:
        """Take a new ticket; what is said of it."""
        ticket = await self.open(id, member)
        if ticket.state is State.TAKEN and ticket.staff and ticket.staff.id != member.id:
            raise MotCuaError(say.ALREADY_TAKEN.format(id=id, who=ticket.staff.name))
        if not await asyncio.to_thread(self._tickets.take, id, ticket.version, member, self._clock()):
            raise MotCuaError(say.FASTER.format(id=id))
        return say.TAKEN.format(id=id, who=member.name)

    async def ignore(self, id: int, reason: str, member: Member) -> str:
        """Put a ticket aside; what is said of it."""
        await asyncio.to_thread(self._settling.ignore, await self.open(id, member), reason, member)
        return say.IGNORED.format(id=id, who=member.name, reason=reason)

    async def answer(self, ticket: Ticket, references: Sequence[str], words: str, member: Member) -> int:
        """Answer these questions by hand; how many people are told. All others go back into the queue."""
        return (await asyncio.to_thread(self._settling.by_words, ticket, references, words, member)).told

    def watches(self, references: Sequence[str]) -> list[Watch]:
        """Who waits for these questions; may wait for the disk."""
        return self._watches.of_references(references)
