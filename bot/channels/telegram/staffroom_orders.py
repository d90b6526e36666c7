"""The commands of staff, in private and in their one group; to anybody else they are words like any other."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeAlias

from telegram import Chat, Message, Update
from telegram.ext import BaseHandler, CommandHandler, ExtBot

from bot.channels.telegram.door import chat_of, message_of
from bot.channels.telegram.sending import send
from bot.channels.telegram.staffroom_access import Access, Backroom, Context, Handle
from bot.channels.telegram.staffroom_figures import StaffFigures
from bot.channels.telegram.staffroom_settling import Deeds
from bot.channels.telegram.staffroom_words import queue
from bot.desk import Desk
from bot.errors import MotCuaError
from bot.passes import LINK_LASTS, hash_of, new_key, sign_in_address
from bot.phrases import staffroom as say
from bot.replies import Reply, line
from bot.storage import Member, Staff, Tickets

SHOWN = 15  # tickets in one list
BIGGEST = 10  # digits of a ticket's number
Told: TypeAlias = Callable[[list[str], Member, Message], Coroutine[Any, Any, Reply]]


class StaffOrders:
    """`otherwise` takes what is no command of staff, because nobody of the staff gave it."""

    def __init__(
        self, bot: ExtBot[Any], desk: Desk, back: Backroom, access: Access, settling: Deeds, otherwise: Handle
    ) -> None:
        self._desk = desk
        self._figures = StaffFigures(bot, desk, back, back.statistics) if back.statistics else None
        self._back = back
        self._access = access
        self._settling = settling
        self._otherwise = otherwise
        self._staff = Staff(back.database)
        self._tickets = Tickets(back.database)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """One for each command of the menu."""
        ways: dict[str, Told] = {
            "hangdoi": self._queue,
            "nhan": self._take,
            "boqua": self._ignore,
            "thongke": self._counted,
            "dangnhap": self._sign_in,
        }
        return [CommandHandler(name, self._way(told), filters=self._access.anywhere) for name, told in ways.items()]

    def _way(self, told: Told) -> Handle:
        @wraps(told)
        async def tell(update: Update, context: Context) -> None:
            member = await self._access.member(update.effective_user)
            if member is None:
                await self._otherwise(update, context)
                return
            try:
                reply = await told(list(context.args or ()), member, message_of(update))
            except MotCuaError as error:
                reply = Reply((line(str(error)),))
            await send(context.bot, chat_of(update), reply, message_of(update))

        return tell

    async def _queue(self, _words: list[str], _member: Member, _to: Message) -> Reply:
        return await asyncio.to_thread(self._listed)

    def _listed(self) -> Reply:
        totals, tickets = self._tickets.totals(), self._tickets.page(limit=SHOWN)
        names = {t.procedure: self._desk.name_of(t.procedure) for t in tickets if t.procedure}
        open_ = sum(count for state, count in totals.items() if state in ("new", "taken"))
        return queue(tickets, max(open_, len(tickets)), self._back.clock(), names)

    async def _take(self, words: list[str], member: Member, _to: Message) -> Reply:
        ticket = _number(words)
        if ticket is None:
            return Reply((line(say.HOW_TAKE),))
        return Reply((line(await self._settling.take(ticket, member)),))

    async def _ignore(self, words: list[str], member: Member, _to: Message) -> Reply:
        ticket, reason = _number(words), " ".join(words[1:])
        if ticket is None or not reason:
            return Reply((line(say.HOW_IGNORE),))
        return Reply((line(await self._settling.ignore(ticket, reason, member)),))

    async def _counted(self, words: list[str], _member: Member, to: Message) -> Reply:
        return await self._figures.told(words, to) if self._figures else Reply((line(say.HOW_FIGURES),))

    async def _sign_in(self, _words: list[str], member: Member, to: Message) -> Reply:
        if to.chat.type != Chat.PRIVATE:
            return Reply((line(say.SIGN_IN_PRIVATE),))
        if not self._back.staff_url:
            return Reply((line(say.SIGN_IN_NOWHERE),))
        key, now = new_key(), self._back.clock()
        await asyncio.to_thread(self._staff.link, member.id, hash_of(key), now, now + LINK_LASTS)
        told = say.SIGN_IN.format(link=sign_in_address(self._back.staff_url, key))
        return Reply(tuple(line(row) for row in told.split("\n")))


def _number(words: list[str]) -> int | None:
    """The number of a ticket, as it is typed: "12" or "#12"."""
    text = words[0].removeprefix("#") if words else ""
    return int(text) if text.isdecimal() and len(text) <= BIGGEST else None
