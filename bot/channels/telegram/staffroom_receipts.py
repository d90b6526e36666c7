"""Whether a hand-written answer came to its askers: 👌 on the reply when it did, in words when it did not.

What is waited for stands in the audit, so that a restart forgets none of it.
"""

import asyncio
import datetime
from collections.abc import Callable
from typing import Any

from telegram.constants import ReactionEmoji
from telegram.ext import ExtBot

from bot.channels.telegram.staffroom import Staffroom
from bot.channels.telegram.staffroom_signs import react
from bot.phrases import staffroom as say
from bot.storage import Audit, Database, Member, Outbox, PushState, Settled

BY_HAND, TOLD = "reply.sent", "reply.told"
REMEMBERED = datetime.timedelta(days=2)  # much longer than any push is tried
MOST = 500  # rows of the audit that are looked at when the bot starts


class Receipts:
    """The answers of which it is not known yet what became of them."""

    def __init__(
        self, bot: ExtBot[Any], room: Staffroom, database: Database, group: int, clock: Callable[[], datetime.datetime]
    ) -> None:
        self._bot = bot
        self._room = room
        self._group = group
        self._clock = clock
        self._audit = Audit(database)
        self._outbox = Outbox(database)
        self._open: dict[int, int] | None = None  # the staff member's message, by ticket

    def expect(self, ticket: int, message: int, member: Member) -> None:
        """Wait for what becomes of the answer in this message; may wait for the disk."""
        self._audit.write(self._clock(), member, BY_HAND, f"ticket:{ticket}", after=str(message))
        if self._open is not None:
            self._open[ticket] = message

    async def turn(self) -> None:
        """Tell of each answer whose pushes have all come to an end."""
        if self._open is None:
            self._open = await asyncio.to_thread(self._remembered)
        for ticket, message in list(self._open.items()):
            words = await asyncio.to_thread(self._ended, ticket)
            if words is not None:
                del self._open[ticket]
                await asyncio.to_thread(
                    self._audit.write, self._clock(), None, TOLD, f"ticket:{ticket}", "", str(message), words
                )
                await self._tell(ticket, message, words)

    async def _tell(self, ticket: int, message: int, words: str) -> None:
        if words:
            await self._room.notice(ticket, words)
        else:
            await react(self._bot, self._group, message, ReactionEmoji.OK_HAND_SIGN)

    def _ended(self, ticket: int) -> str | None:
        """None while something waits; "" when all went well, else what did not."""
        states = [one.state for one in self._outbox.of_ticket(ticket) if one.kind == Settled.WORDS]
        if any(state in (PushState.WAITING, PushState.SENDING) for state in states):
            return None
        sent, blocked, failed = (states.count(s) for s in (PushState.SENT, PushState.BLOCKED, PushState.FAILED))
        why = [say.WHY_BLOCKED.format(count=blocked)] if blocked else []
        why += [say.WHY_FAILED.format(count=failed)] if failed else []
        if not why:
            return ""
        return say.NOT_SENT.format(id=ticket, sent=sent, count=blocked + failed, why=", ".join(why))

    def _remembered(self) -> dict[int, int]:
        rows = self._audit.search(since=self._clock() - REMEMBERED, what="reply.", limit=MOST)
        found: dict[int, int] = {}
        for row in reversed(rows):
            ticket = int(row.subject.removeprefix("ticket:"))
            if row.what == BY_HAND:
                found[ticket] = int(row.after)
            else:
                found.pop(ticket, None)
        return found
