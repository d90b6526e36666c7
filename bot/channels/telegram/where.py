"""Telegram's side of "Where do I go?": the commands, the key that shares a location, and a location that comes."""

import asyncio
from functools import partial
from typing import Any

from telegram import (
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, ExtBot, MessageHandler, filters

from bot.channels.telegram.render import messages
from bot.channels.telegram.sending import insist
from bot.counter import Counter
from bot.phrases.where import WHERE_EN, WHERE_VI, WhereWords
from bot.replies import Reply, line, where_words

COMMANDS = ("noinop", "where")
Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


class Wayfinding:
    """Handlers for private chats. A live location is answered once: its changes are edits, which nobody reads.

    The key for sharing stands only under the question for the commune: it needs no typing on an old phone, and where a
    client does not know it (Telegram on a computer), a name can be typed.
    """

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

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
        name = " ".join(context.args or ())
        reply = await asyncio.to_thread(self._counter.whereabouts.where, name, _person(update), _language(update))
        await _send(context.bot, update, reply, None if reply.buttons or name else _share(self._words(update)))

    async def typing(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The person would rather type: the keys go away."""
        await _send(context.bot, update, Reply((line(self._words(update).typed_then),)), ReplyKeyboardRemove())

    async def location(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A location: used for this answer, written nowhere."""
        here = update.message.location if update.message else None
        if here is None:
            return
        near = self._counter.whereabouts.near
        reply = await asyncio.to_thread(near, here.latitude, here.longitude, _language(update))
        await _send(context.bot, update, reply, None if reply.buttons else ReplyKeyboardRemove())

    def _words(self, update: Update) -> WhereWords:
        return where_words(self._counter.desk.speaker(_language(update)))


def _share(words: WhereWords) -> ReplyKeyboardMarkup:
    """Two keys that go away once one was used."""
    rows = [[KeyboardButton(words.share, request_location=True)], [KeyboardButton(words.no_share)]]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


async def _send(bot: ExtBot[Any], update: Update, reply: Reply, keys: Keyboard | None = None) -> None:
    chat = update.effective_chat
    if chat is None:
        return
    for message in messages(reply):
        send = partial(
            bot.send_message,
            chat.id,
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard or keys,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        await insist(send)


def _person(update: Update) -> str | None:
    return str(update.effective_user.id) if update.effective_user else None


def _language(update: Update) -> str:
    return (update.effective_user.language_code if update.effective_user else None) or "vi"
