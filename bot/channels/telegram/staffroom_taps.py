"""What a tap under a ticket does; only staff, only in their group, and each time by the role of that moment."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.channels.telegram.sending import answer
from bot.channels.telegram.staffroom import Staffroom, html_of
from bot.channels.telegram.staffroom_access import Access, Backroom, Context, Handle
from bot.channels.telegram.staffroom_adding import Adding
from bot.channels.telegram.staffroom_buttons import (
    ADD,
    BACK,
    CANCEL,
    CONFIRM,
    IGNORE,
    MOST_WORDINGS,
    PATTERN,
    REASON,
    SEND,
    TAKE,
    TOGGLE,
    Press,
    check_of,
    pressed,
)
from bot.channels.telegram.staffroom_keys import Keys, confirming, reasons, toggles
from bot.channels.telegram.staffroom_replies import StaffReplies, listed, sayable, ticked
from bot.channels.telegram.staffroom_settling import Deeds
from bot.desk import Desk
from bot.errors import MotCuaError
from bot.phrases import staffroom as say
from bot.storage import Member, Ticket

TOAST = 190  # characters of the words that pass over the screen
Way = Callable[[Press, Member, Message], Awaitable[str]]

logger = logging.getLogger(__name__)


class StaffTaps:
    """The buttons of the staff group; `otherwise` takes what is tapped by anybody else, or elsewhere."""

    def __init__(
        self,
        desk: Desk,
        room: Staffroom,
        back: Backroom,
        access: Access,
        settling: Deeds,
        replies: StaffReplies,
        otherwise: Handle,
    ) -> None:
        self._desk = desk
        self._room = room
        self._back = back
        self._access = access
        self._settling = settling
        self._replies = replies
        self._otherwise = otherwise
        self._adding = Adding(back.settling, desk.name_of)
        self._ways: dict[str, Way] = {
            TAKE: self._take,
            IGNORE: self._ask_why,
            REASON: self._ignore,
            BACK: self._back_again,
            ADD: self._rehearse,
            CONFIRM: self._apply,
            CANCEL: self._cancel,
            TOGGLE: self._toggle,
            SEND: self._send,
        }

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """All buttons whose data begins as those of tickets do."""
        return [CallbackQueryHandler(self.tap, pattern=PATTERN)]

    async def tap(self, update: Update, context: Context) -> None:
        """Do it, and say in words what came of it."""
        query = update.callback_query
        press = pressed(query.data or "") if query else None
        member = await self._access.member(query.from_user) if query else None
        if query is None or press is None or member is None or not self._is_here(query):
            await self._otherwise(update, context)
            return
        message = query.message
        try:
            words = await self._ways[press.what](press, member, message) if isinstance(message, Message) else ""
            await answer(query, words[:TOAST] or None)
        except MotCuaError as error:
            await answer(query, str(error)[:TOAST], show_alert=True)

    def _is_here(self, query: CallbackQuery) -> bool:
        return query.message is not None and query.message.chat.id == self._access.group

    async def _take(self, press: Press, member: Member, _: Message) -> str:
        return await self._settling.take(press.ticket, member)

    async def _ask_why(self, press: Press, member: Member, message: Message) -> str:
        await self._settling.open(press.ticket, member)
        await _keys(message, reasons(press.ticket))
        return say.WHY_IGNORE.format(id=press.ticket)

    async def _ignore(self, press: Press, member: Member, _: Message) -> str:
        reason = say.REASONS[int(press.name)] if press.name.isdecimal() and int(press.name) < len(say.REASONS) else ""
        if not reason:
            raise MotCuaError(say.HOW_IGNORE)
        return await self._settling.ignore(press.ticket, reason, member)

    async def _back_again(self, press: Press, member: Member, _: Message) -> str:
        await self._room.show(await self._settling.open(press.ticket, member))
        return ""

    async def _rehearse(self, press: Press, member: Member, message: Message) -> str:
        """Said at once that it is tried, since it takes seconds; then what was found, in the same place."""
        ticket = await self._settling.open(press.ticket, member)
        name = self._desk.name_of(press.name)
        waiting = await self._room.answer(message, say.REHEARSING.format(id=press.ticket, name=name))
        keys = None
        try:
            found, fine = await asyncio.to_thread(self._adding.rehearse, ticket, press.name)
            keys = confirming(press.ticket, press.name) if fine else None
        except MotCuaError as error:
            found = str(error)
        await _put(waiting, f"{say.REHEARSED.format(id=press.ticket, name=name)}\n{found}", keys)
        return ""

    async def _apply(self, press: Press, member: Member, message: Message) -> str:
        await self._settling.open(press.ticket, member)
        done = await asyncio.to_thread(self._adding.apply, press.ticket, press.name, member)
        await _put(message, f"{say.SETTLED_BY.format(id=press.ticket, who=member.name)} {done}", None)
        return ""

    async def _cancel(self, _press: Press, _member: Member, message: Message) -> str:
        await _keys(message, None)
        return ""

    async def _toggle(self, press: Press, member: Member, message: Message) -> str:
        ticket = await self._settling.open(press.ticket, member)
        number = int(press.name) if press.name.isdecimal() else MOST_WORDINGS
        wordings = await asyncio.to_thread(self._replies.wordings, ticket)
        if check_of([w.reference for w in wordings]) != press.check or number >= len(wordings):
            await self._list_anew(ticket, message)
            raise MotCuaError(say.CHANGED.format(id=ticket.id))
        mask = press.mask ^ (1 << number)
        people = await asyncio.to_thread(self._replies.people, wordings, mask)
        await _put(message, listed(ticket, wordings, mask), toggles(ticket.id, wordings, mask, people))
        return ""

    async def _send(self, press: Press, member: Member, message: Message) -> str:
        ticket = await self._settling.open(press.ticket, member)
        wordings = await asyncio.to_thread(self._replies.wordings, ticket)
        if check_of([w.reference for w in wordings]) != press.check:
            await self._list_anew(ticket, message)
            raise MotCuaError(say.CHANGED.format(id=ticket.id))
        references, reply = ticked(wordings, press.mask), message.reply_to_message
        if not references:
            raise MotCuaError(say.NONE_TICKED)
        if reply is None or reply.edit_date or not reply.text:
            raise MotCuaError(say.DRAFT_GONE)
        words = await self._replies.send(reply, ticket, references, sayable(reply, ticket.id), member)
        await _keys(message, None)
        return words

    async def _list_anew(self, ticket: Ticket, message: Message) -> None:
        """The list as it is now, all ticked: whoever sends has it before their eyes."""
        wordings = await asyncio.to_thread(self._replies.wordings, ticket)
        mask = (1 << len(wordings)) - 1
        people = await asyncio.to_thread(self._replies.people, wordings, mask)
        await _put(message, listed(ticket, wordings, mask), toggles(ticket.id, wordings, mask, people))


async def _keys(message: Message, keys: Keys | None) -> None:
    try:
        await message.edit_reply_markup(keys)
    except BadRequest as error:
        logger.debug("buttons were not changed: %s", error)


async def _put(message: Message, words: str, keys: Keys | None) -> None:
    try:
        await message.edit_text(html_of(words), parse_mode="HTML", reply_markup=keys)
    except BadRequest as error:
        logger.debug("a message was not changed: %s", error)
