"""The commands of a private chat, as Telegram brings them; a link comes as /start with what it opens."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, filters

from bot.channels.telegram.door import Door, chat_of, message_of
from bot.channels.telegram.links import HELLO, read
from bot.channels.telegram.sending import send
from bot.commands import Commands, Told
from bot.counter import Counter
from bot.finding import Finding

Handler: TypeAlias = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
ELSEWHERE = ("start", "noinop")  # those to which Telegram adds something


class Orders:
    """Handlers for the commands that every channel has, and for links."""

    def __init__(self, counter: Counter, commands: Commands, finding: Finding, door: Door) -> None:
        self._counter = counter
        self._commands = commands
        self._finding = finding
        self._door = door

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """The start, then all others in the order of their table."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        named = {names: told for names, told in self._commands.ways.items() if names[0] not in ELSEWHERE}
        ways = [CommandHandler(names, self._way(told), filters=private) for names, told in named.items()]
        own = self._commands.own_data.items()
        data = [CommandHandler(names, self._own_data(told), filters=private) for names, told in own]
        return [CommandHandler("start", self.start, filters=private), *ways, *data]

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The first screen, or what a link opens."""
        chat = chat_of(update)
        visitor = await self._door.visitor(update.effective_user, chat, context.bot)
        if not context.args or context.args[0] == HELLO:
            reply = self._finding.first(visitor.language)
        else:
            opened = self._finding.opened(read(context.args[0]), visitor)
            noticed = await asyncio.to_thread(lambda: self._counter.noticed(opened, visitor))
            reply = noticed or opened
        await self._door.tell(context.bot, chat, reply, visitor)

    def _way(self, told: Told) -> Handler:
        async def tell(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            chat, words = chat_of(update), " ".join(context.args or ())
            visitor = await self._door.visitor(update.effective_user, chat, context.bot)
            reply = await asyncio.to_thread(told, words, visitor)
            await self._door.tell(context.bot, chat, reply, visitor, message_of(update) if words else None)

        return tell

    def _own_data(self, told: Told) -> Handler:
        async def tell(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            chat = chat_of(update)
            visitor = await self._door.visitor(update.effective_user, chat, context.bot)
            await send(context.bot, chat, await asyncio.to_thread(told, "", visitor))

        return tell
