"""The commands of staff shown to staff alone: in their private chats and their group, and taken back with the role."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.profile import private_menu
from bot.phrases import VIETNAMESE
from bot.phrases.staffroom import MENU
from bot.storage import Staff

logger = logging.getLogger(__name__)


class Menus:
    """Which chats have been given the menu. Asked of Telegram once each; who never wrote to the bot comes later."""

    def __init__(self, bot: ExtBot[Any], staff: Staff, group: int | None) -> None:
        self._bot = bot
        self._staff = staff
        self._group = group
        self._given: set[int] = set()

    async def turn(self) -> None:
        """Give it to who is new among the staff, take it from who is so no more."""
        members = await asyncio.to_thread(self._staff.all)
        wanted = {int(member.user) for member in members if member.user.isdecimal()}
        wanted |= {self._group} if self._group is not None else set()
        for chat in wanted - self._given:
            self._given.add(chat)
            await self._quietly(self._give, chat)
        for chat in self._given - wanted:
            self._given.discard(chat)
            await self._quietly(self._take, chat)

    async def _give(self, chat: int) -> None:
        menu = MENU if chat == self._group else {**private_menu(VIETNAMESE), **MENU}
        await self._bot.set_my_commands(
            [BotCommand(name, words) for name, words in menu.items()], scope=BotCommandScopeChat(chat)
        )

    async def _take(self, chat: int) -> None:
        await self._bot.delete_my_commands(scope=BotCommandScopeChat(chat))

    async def _quietly(self, change: Callable[[int], Awaitable[None]], chat: int) -> None:
        try:
            await change(chat)
        except TelegramError as error:
            logger.info("a menu of staff was not changed: %s", type(error).__name__)
