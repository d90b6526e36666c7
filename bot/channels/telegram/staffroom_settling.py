"""Settling a ticket from the group, by words to its askers or not at all: of two who do so at once, one is told."""

import asyncio
import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence

from bot.errors import MotCuaError
from bot.phrases import staffroom as say
from bot.roles import Right
from bot.storage import Draft, Kind, Member, Settled, State, Ticket, Tickets, Watch, Watches

OPEN = (State.NEW, State.TAKEN)


class Settling:
    """What staff do with tickets; each changes one ticket, or raises MotCuaError in the words that staff read."""

    def __init__(self, tickets: Tickets, watches: Watches, clock: Callable[[], datetime.datetime]) -> None:
        self._tickets = tickets
        self._watches = watches
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
        self._won(id, await asyncio.to_thread(self._tickets.take, id, ticket.version, member, self._clock()))
        return say.TAKEN.format(id=id, who=member.name)

    async def ignore(self, id: int, reason: str, member: Member) -> str:
        """Put a ticket aside; what is said of it."""
        ticket = await self.open(id, member)
        settle = self._tickets.settle
        now = self._clock()
        done = await asyncio.to_thread(settle, id, ticket.version, Settled.IGNORED, None, reason, member, now)
        self._won(id, done)
        return say.IGNORED.format(id=id, who=member.name, reason=reason)

    async def answer(self, ticket: Ticket, references: Sequence[str], words: str, member: Member) -> int:
        """Answer these questions by hand; how many people are told. All others go back into the queue."""
        return await asyncio.to_thread(self._answer, ticket, references, words, member)

    def _answer(self, ticket: Ticket, references: Sequence[str], words: str, member: Member) -> int:
        drafts = [self._draft(ticket, watches, words) for watches in self._people(ticket, references)]
        done = self._tickets.settle(
            ticket.id, ticket.version, Settled.WORDS, None, words, member, self._clock(), references, drafts
        )
        self._won(ticket.id, done)
        return len(drafts)

    def watches(self, references: Sequence[str]) -> list[Watch]:
        """Who waits for these questions; may wait for the disk."""
        return self._watches.of_references(references)

    def _people(self, ticket: Ticket, references: Sequence[str]) -> list[list[Watch]]:
        """Who is to be told, each with all that they wait for: they are told once. Reports are answered all."""
        found = self.watches(references)
        if ticket.kind is Kind.DISPUTED and ticket.procedure:
            found += self._watches.of_procedure(ticket.procedure)
        chats: dict[object, list[Watch]] = defaultdict(list)
        for watch in found:
            chats[watch.address.channel, watch.address.bot, watch.address.chat].append(watch)
        return list(chats.values())

    def _draft(self, ticket: Ticket, watches: Sequence[Watch], words: str) -> Draft:
        ids = tuple(watch.id for watch in watches)
        key = f"words:{ticket.id}:{ticket.version}:{ids[-1]}"
        return Draft(key, ids, ticket.id, Settled.WORDS.value, words)

    def _won(self, id: int, done: bool) -> None:
        if not done:
            raise MotCuaError(say.FASTER.format(id=id))
