"""What staff do with a group from its page; each changes it once, and whoever was slower is told to look again."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from bot.errors import MotCuaError
from bot.storage import Draft, Kind, Member, Settled, Ticket, Tickets, Watch, Watches

FASTER = "Nhóm này vừa có người khác thay đổi. Hãy xem lại tình trạng mới rồi làm tiếp; những gì bạn viết vẫn còn đây."


class FasterError(MotCuaError):
    """Somebody else changed the group meanwhile; nothing was done."""

    def __init__(self) -> None:
        super().__init__(FASTER)


class Settler(Protocol):
    """Settling by the knowledge: tried on a copy first, then written."""

    def rehearse(self, ticket: Ticket, entry: str, phrase: str, progress: Callable[[int, int], None]) -> Any:
        """What adding a phrase to an entry would change. Raises MotCuaError."""
        ...

    def publish(self, rehearsed: Any, ticket: Ticket, entry: str, member: Member) -> str:
        """Write it and settle the ticket; what was done, in words. Raises MotCuaError: then nothing is written."""
        ...


class Deeds:
    """Settling with no change of the knowledge."""

    def __init__(self, tickets: Tickets, watches: Watches, clock: Callable[[], datetime.datetime]) -> None:
        self._tickets = tickets
        self._watches = watches
        self._clock = clock

    def take(self, ticket: Ticket, member: Member) -> None:
        """It is this member's now, whoever had it."""
        _won(self._tickets.take(ticket.id, ticket.version, member, self._clock()))

    def give_back(self, ticket: Ticket, member: Member, reason: str = "") -> None:
        """It is nobody's, and open."""
        _won(self._tickets.reopen(ticket.id, ticket.version, member, self._clock(), reason))

    def ignore(self, ticket: Ticket, reason: str, member: Member) -> None:
        """Nobody is told anything."""
        _won(
            self._tickets.settle(
                ticket.id, ticket.version, Settled.IGNORED, None, reason, member, self._clock(), None, ()
            )
        )

    def answer(self, ticket: Ticket, references: Sequence[str], words: str, member: Member) -> int:
        """Answer these questions by hand, once; how many people are told. The others go back into the queue."""
        drafts = [self._draft(ticket, watches, words) for watches in self._people(ticket, references)]
        now = self._clock()
        _won(
            self._tickets.settle(ticket.id, ticket.version, Settled.WORDS, None, words, member, now, references, drafts)
        )
        return len(drafts)

    def _people(self, ticket: Ticket, references: Sequence[str]) -> list[list[Watch]]:
        """Who is to be told, each with all that they wait for, so that they are told once."""
        found = self._watches.of_references(references)
        if ticket.kind is Kind.DISPUTED and ticket.procedure:
            found += self._watches.of_procedure(ticket.procedure)
        chats: dict[tuple[str, str, str], list[Watch]] = defaultdict(list)
        for watch in found:
            chats[watch.address.channel, watch.address.bot, watch.address.chat].append(watch)
        return list(chats.values())

    def _draft(self, ticket: Ticket, watches: Sequence[Watch], words: str) -> Draft:
        ids = tuple(watch.id for watch in watches)
        return Draft(f"words:{ticket.id}:{ticket.version}:{ids[-1]}", ids, ticket.id, Settled.WORDS.value, words)


def _won(done: bool) -> None:
    if not done:
        raise FasterError
