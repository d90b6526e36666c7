"""Who comes in from Telegram: recognised before they are served, told once what is kept, asked for nothing."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from telegram import Chat, Message, User
from telegram.ext import ExtBot

from bot.counter import Counter, Visitor
from bot.errors import StorageError
from bot.persons import Caller
from bot.replies import Erase, Reply
from bot.replies.personal import languages

CHANNEL = "telegram"

logger = logging.getLogger(__name__)


class Door:
    """The way in to one counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    async def visitor(self, user: User | None, chat: Chat | None, bot: ExtBot[Any]) -> Visitor:
        """Who comes, recognised where the log can be read."""
        caller = Caller(CHANNEL, str(bot.id), str(user.id)) if user else None
        visitor = Visitor(CHANNEL, str(chat.id) if chat else None, language(user), caller)
        try:
            return await asyncio.to_thread(self._counter.recognised, visitor)
        except StorageError as error:
            logger.error("a person was not looked up: %s", error)
            return visitor

    def told(self, reply: Reply, visitor: Visitor) -> tuple[Reply, ...]:
        """What is sent for a reply: to a stranger with the notice of what is kept."""
        guests = self._counter.guests
        return guests.told(reply, visitor) if guests else (reply,)

    async def noticed(self, visitor: Visitor) -> None:
        """Note that the notice was given, once it was sent."""
        guests = self._counter.guests
        try:
            if guests:
                await asyncio.to_thread(guests.noticed, visitor)
        except StorageError as error:
            logger.error("a notice was given but not noted: %s", error)

    def commands(self) -> Mapping[tuple[str, str], Callable[[Visitor], Reply]]:
        """The commands about one's own data and language, each by a Vietnamese and an English name."""
        guests = self._counter.guests
        if guests is None:
            return {}
        return {
            ("quyenriengtu", "privacy"): guests.privacy,
            ("dulieucuatoi", "mydata"): guests.my_data,
            ("xoadulieu", "erase"): partial(guests.erase, Erase()),
            ("ngonngu", "language"): lambda _: languages(),
        }


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
