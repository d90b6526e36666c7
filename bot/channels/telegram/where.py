"""Telegram's side of "Where do I go?": the commands, the key that shares a location, and a location that comes."""

import asyncio
from dataclasses import replace
from typing import Any

from telegram import KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.channels.telegram.door import Door, chat_of
from bot.counter import Counter
from bot.phrases.where import WHERE_EN, WHERE_VI, WhereWords
from bot.reception import Visitor
from bot.replies import Reply, line, where_words

COMMANDS = ("noinop", "where")


class Wayfinding:
    """Handlers for private chats. A live location is answered once: its changes are edits, which nobody reads.

    The key for sharing stands only under the question for the commune: it needs no typing on an old phone, and where a
    client does not know it (Telegram on a computer), a name can be typed.
    """

    def __init__(self, counter: Counter, door: Door) -> None:
        self._counter = counter
        self._door = door

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In order: the commands, the key for typing instead, a location."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        return [
            CommandHandler(COMMANDS, self.where, filters=private),
            MessageHandler(private & filters.Text((WHERE_VI.no_share, WHERE_EN.no_share)), self.typing),
            MessageHandler(private & filters.LOCATION, self.location),
        ]

    async def where(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """`/noinop`, `/noinop Cẩm Thượng`: the place, or the question for it."""
        name, chat = " ".join(context.args or ()), chat_of(update)
        visitor = await self._door.visitor(update.effective_user, chat, context.bot)
        reply = await asyncio.to_thread(self._counter.whereabouts.where, name, visitor)
        if reply.buttons or name:
            await self._door.tell(context.bot, chat, reply, visitor)
            return
        words = self._words(visitor)
        asked = replace(reply, lines=(*reply.lines, line(words.ask_share)))
        await self._door.tell(context.bot, chat, asked, visitor, keys=_share(words))

    async def typing(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The person would rather type: the keys go away."""
        chat = chat_of(update)
        visitor = await self._door.visitor(update.effective_user, chat, context.bot)
        told = Reply((line(self._words(visitor).typed_then),))
        await self._door.tell(context.bot, chat, told, visitor, keys=ReplyKeyboardRemove())

    async def location(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A location: used for this answer, written nowhere."""
        here, chat = update.message.location if update.message else None, chat_of(update)
        if here is None:
            return
        visitor = await self._door.visitor(update.effective_user, chat, context.bot)
        near = self._counter.whereabouts.near
        reply = await asyncio.to_thread(near, here.latitude, here.longitude, visitor.language)
        await self._door.tell(context.bot, chat, reply, visitor, keys=ReplyKeyboardRemove())

    def _words(self, visitor: Visitor) -> WhereWords:
        return where_words(self._counter.desk.speaker(visitor.language))


def _share(words: WhereWords) -> ReplyKeyboardMarkup:
    """Two keys that go away once one was used."""
    rows = [[KeyboardButton(words.share, request_location=True)], [KeyboardButton(words.no_share)]]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)
