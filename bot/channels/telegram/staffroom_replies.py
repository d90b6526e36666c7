"""A staff member replies to a ticket: these words go to its askers, at once where it was asked in one way only.

Where it was asked in several ways, all are listed first: grouping may be wrong, and only what stays ticked is answered.
The list is bound to the wordings it shows; the words are those of the reply, read again from it when it is sent.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from telegram import Message, Update
from telegram.constants import ReactionEmoji
from telegram.ext import BaseHandler, ExtBot, MessageHandler, filters

from bot.channels.telegram.door import message_of
from bot.channels.telegram.staffroom import Staffroom
from bot.channels.telegram.staffroom_access import Access, Backroom, Context, Handle
from bot.channels.telegram.staffroom_buttons import MOST_WORDINGS
from bot.channels.telegram.staffroom_keys import toggles
from bot.channels.telegram.staffroom_receipts import Receipts
from bot.channels.telegram.staffroom_settling import Deeds
from bot.channels.telegram.staffroom_signs import react
from bot.channels.telegram.staffroom_words import short
from bot.errors import MotCuaError
from bot.phrases import staffroom as say
from bot.storage import Member, Post, Ticket, Tickets, Wording

ON_A_LINE = 120  # characters of a wording in a list of up to 24
LONGEST = 3000  # characters of an answer: with the question before it, it is one message


class StaffReplies:
    """Replies in the group; `otherwise` takes those that are none, or not by staff."""

    def __init__(
        self, room: Staffroom, back: Backroom, access: Access, settling: Deeds, receipts: Receipts, otherwise: Handle
    ) -> None:
        self._room = room
        self._access = access
        self._settling = settling
        self._receipts = receipts
        self._otherwise = otherwise
        self._tickets = Tickets(back.database)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """Any reply in the group, of whatever kind, that is no command."""
        replies = self._access.in_group & filters.REPLY & ~filters.COMMAND & ~filters.StatusUpdate.ALL
        return [MessageHandler(replies, self.reply)]

    async def reply(self, update: Update, context: Context) -> None:
        """Take a reply to what the bot said of a ticket."""
        message = message_of(update)
        member = await self._access.member(update.effective_user)
        post = await asyncio.to_thread(self._room.ticket_of, message) if member else None
        if member is None or post is None:
            await self._otherwise(update, context)
            return
        try:
            await self._take(context.bot, message, member, post)
        except MotCuaError as error:
            await self._room.answer(message, str(error))

    async def _take(self, bot: ExtBot[Any], message: Message, member: Member, post: Post) -> None:
        ticket = await self._settling.open(post.ticket, member)
        words = sayable(message, ticket.id)
        await react(bot, message.chat.id, message.message_id, ReactionEmoji.EYES)
        wordings = await asyncio.to_thread(self.wordings, ticket)
        if len(wordings) > MOST_WORDINGS:
            raise MotCuaError(say.TOO_MANY.format(id=ticket.id, count=len(wordings)))
        if len(wordings) > 1:
            await self.ask_which(message, ticket, wordings)
            return
        references = [reference for wording in wordings for reference in wording.references]
        await self.send(message, ticket, references, words, member)

    async def ask_which(self, message: Message, ticket: Ticket, wordings: Sequence[Wording]) -> None:
        """List all wordings, each ticked."""
        mask = (1 << len(wordings)) - 1
        people = await asyncio.to_thread(self.people, wordings, mask)
        await self._room.answer(message, listed(ticket, wordings, mask), toggles(ticket.id, wordings, mask, people))

    async def send(
        self, message: Message, ticket: Ticket, references: Sequence[str], words: str, member: Member
    ) -> str:
        """Settle, and say how many are told; the receipt follows when they are."""
        count = await self._settling.answer(ticket, references, words, member)
        if count:
            await asyncio.to_thread(self._receipts.expect, ticket.id, message.message_id, member)
            return say.SENDING_TO.format(id=ticket.id, count=count)
        nobody = say.SENT_TO_NOBODY.format(id=ticket.id)
        await self._room.answer(message, nobody)
        return nobody

    def wordings(self, ticket: Ticket) -> list[Wording]:
        """How it was asked, in an order that does not change with every question; may wait for the disk."""
        found = [wording for wording in self._tickets.wordings(ticket.id) if wording.references]
        return sorted(found, key=lambda wording: wording.references[0])

    def people(self, wordings: Sequence[Wording], mask: int) -> int:
        """How many people would be told; may wait for the disk."""
        watches = self._settling.watches(ticked(wordings, mask))
        return len({(watch.address.bot, watch.address.chat) for watch in watches})


def ticked(wordings: Sequence[Wording], mask: int) -> list[str]:
    """The questions of the ticked wordings."""
    chosen = [wording for number, wording in enumerate(wordings) if mask >> number & 1]
    return [reference for wording in chosen for reference in wording.references]


def listed(ticket: Ticket, wordings: Sequence[Wording], mask: int) -> str:
    """All wordings in words, for those who do not read them on buttons."""
    rows = [say.WHICH.format(id=ticket.id)]
    for number, wording in enumerate(wordings):
        mark = say.TICKED if mask >> number & 1 else say.UNTICKED
        form = say.WATCHED_BY if wording.watched else say.WATCHED_BY_NONE
        rows.append(
            form.format(
                mark=mark, question=f"{number + 1}. {short(wording.question, ON_A_LINE)}", count=wording.watched
            )
        )
    if not any(wording.watched for wording in wordings):
        rows.append(say.WHICH_NONE_WATCHED)
    return "\n".join(rows)


def sayable(message: Message, ticket: int) -> str:
    """The words of a reply. Raises MotCuaError where there are none, or too many."""
    words = (message.text or "").strip()
    if not words:
        raise MotCuaError(say.ANSWER_EMPTY.format(id=ticket))
    if len(words.encode("utf-16-le")) // 2 > LONGEST:
        raise MotCuaError(say.ANSWER_LONG.format(id=ticket, most=LONGEST))
    return words
