"""Who comes in from Telegram: recognised before they are served, told once what is kept, asked for nothing."""

import asyncio
import logging
from typing import Any

from telegram import Chat, Message, Update, User
from telegram.ext import ExtBot

from bot.channels.telegram.sending import Keys, send
from bot.counter import Counter
from bot.errors import StorageError
from bot.persons import Caller
from bot.reception import Visitor
from bot.replies import Reply

CHANNEL = "telegram"

logger = logging.getLogger(__name__)


class Door:
    """The way in to one counter, and out of it."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    async def visitor(self, user: User | None, chat: Chat | None, bot: ExtBot[Any]) -> Visitor:
        """Who comes, recognised where the log can be read. What is spoken of in a group is each person's own."""
        caller = Caller(CHANNEL, str(bot.id), str(user.id)) if user else None
        group = chat is not None and chat.type != Chat.PRIVATE
        key = str(chat.id) if chat else None
        if group and caller:
            key = f"{key}:{caller.user}"
        visitor = Visitor(CHANNEL, key, language(user), caller, group, bot.username)
        try:
            return await asyncio.to_thread(self._counter.recognised, visitor)
        except StorageError as error:
            logger.error("a person was not looked up: %s", error)
            return visitor

    async def tell(
        self,
        bot: ExtBot[Any],
        chat: Chat,
        reply: Reply,
        visitor: Visitor,
        to: Message | None = None,
        keys: Keys | None = None,
    ) -> None:
        """Send a reply, to a stranger with the notice of what is kept, and note that it was given."""
        guests = self._counter.guests
        for part in guests.told(reply, visitor) if guests else (reply,):
            await send(bot, chat, part, to, keys)
        try:
            if guests and visitor.new:
                await asyncio.to_thread(guests.noticed, visitor)
        except StorageError as error:
            logger.error("a notice was given but not noted: %s", error)


def language(user: User | None) -> str:
    """The language of a person's Telegram; Vietnamese where it tells none."""
    return (user.language_code if user else None) or "vi"


def kind(message: Message) -> str:
    """What a message without text is: "contact", "voice", "photo" or "other"."""
    if message.contact:
        return "contact"
    if message.voice or message.audio or message.video_note:
        return "voice"
    return "photo" if message.photo or message.document or message.video else "other"


def chat_of(update: Update) -> Chat:
    """The chat of an update that has one."""
    chat = update.effective_chat
    if chat is None:
        raise ValueError("an update without a chat reached a handler for chats")
    return chat


def message_of(update: Update) -> Message:
    """The message of an update that has one."""
    message = update.message
    if message is None:
        raise ValueError("an update without a message reached a handler for messages")
    return message
