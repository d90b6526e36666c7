"""Taking an update in, by whichever way it came: claimed, worked on in the order of its chat, done or kept as dead.

Telegram is told to forget an update only when `take` has said so, and that is when all of it is committed.
"""

import asyncio
import contextlib
import datetime
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import cached_property
from typing import Any

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import ContextTypes

from bot.channels.telegram.chores import bare
from bot.channels.telegram.handlers import App
from bot.channels.telegram.late import Late
from bot.channels.telegram.patience import Writing
from bot.channels.telegram.saying import Exchange, exchanging
from bot.errors import BusyError, StorageError
from bot.privacy import mask
from bot.storage import Claim, Claimed, Database, Deliveries, Letter

AT_ONCE = 64  # updates of different chats in work at one time
BACKLOG = 100  # updates of one chat that may wait: as many as Telegram hands out at once
TRIES = 5
WAITS = (1.0, 2.0, 4.0, 8.0)  # seconds after a fault that may pass
WAIT = 0.1  # after any other
LOST_COUNT = Claim(Claimed.MINE, 1)
Sorry = Callable[[Update], Awaitable[None]]

logger = logging.getLogger(__name__)


class Intake:
    """Where updates come in. `sorry` tells the person that theirs could not be handled."""

    def __init__(self, application: App, database: Database, writing: Writing, late: Late, sorry: Sorry) -> None:
        self._application = application
        self._database = database
        self._writing = writing
        self._late = late
        self._sorry = sorry
        self._turns = Turns()
        self._faults: dict[int, Exception] = {}
        application.add_error_handler(self._note)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What was delivered to this bot; known once Telegram has told which bot it is."""
        return Deliveries(self._database, self._application.bot.id)

    async def take(self, raw: Any) -> bool:
        """Work on an update as Telegram sent it. False: not now, deliver it again."""
        number = raw.get("update_id") if isinstance(raw, dict) else None
        if not isinstance(number, int):
            logger.error("something without an update id was delivered")
            return True
        try:
            update = Update.de_json(raw, self._application.bot)
        except Exception as error:  # whatever it is, Telegram would deliver it for ever
            logger.error("an update could not be read: %s", type(error).__name__)
            await self._bury(number, Letter("", type(error).__name__, shape(raw)))
            return True
        async with self._turns.of(chat_of(update)) as mine:
            return await self._worked(update) if mine else False

    async def forget(self) -> None:
        """Drop what was done long ago."""
        await asyncio.to_thread(self.deliveries.forget, self._now())

    async def _worked(self, update: Update) -> bool:
        claim = await self._claimed(update.update_id)
        if claim.state is not Claimed.MINE:
            return claim.state is Claimed.DONE
        exchange = Exchange(update.update_id, self._late)
        fault = await self._tried(update, exchange, claim.tries)
        if fault is None:
            await self._settled(self.deliveries.done, update.update_id)
            return True
        logger.error("an update is given up after %s", type(fault).__name__)
        with contextlib.suppress(Exception):  # said or not, it must not come again
            await self._sorry(update)
        await self._bury(update.update_id, Letter(kind(update), type(fault).__name__, content(update)))
        return True

    async def _tried(self, update: Update, exchange: Exchange, tries: int) -> Exception | None:
        """The fault that remains; none as soon as something was said, since that must not be said twice."""
        fault: Exception | None = None if tries <= TRIES else RuntimeError("the bot died of it")
        while tries <= TRIES:
            fault = await self._attempt(update, exchange)
            if fault is None or exchange.said:
                return None
            if isinstance(fault, Forbidden):
                return None  # the person has blocked the bot
            if isinstance(fault, BadRequest) or tries == TRIES:
                return fault
            await asyncio.sleep(WAITS[tries - 1] if passing(fault) else WAIT)
            tries = await self._again(update.update_id, tries)
        return fault

    async def _attempt(self, update: Update, exchange: Exchange) -> Exception | None:
        with exchanging(exchange):
            await self._application.process_update(update)
        return self._faults.pop(update.update_id, None)

    async def _note(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A fault in a handler: logged without a word of the question."""
        error = context.error
        logger.error("an update could not be handled: %s", type(error).__name__, exc_info=error and bare(error))
        if isinstance(update, Update) and error:
            self._faults[update.update_id] = error

    async def _claimed(self, number: int) -> Claim:
        try:
            return await self._writing.commit(lambda: self.deliveries.claim(number, self._now()))
        except StorageError as error:
            logger.error("an update is worked on without being noted: %s", error)
            return LOST_COUNT

    async def _again(self, number: int, tries: int) -> int:
        try:
            return await self._writing.commit(lambda: self.deliveries.again(number, self._now()))
        except StorageError:
            return tries + 1

    async def _bury(self, number: int, letter: Letter) -> None:
        await self._settled(lambda update, now: self.deliveries.bury(update, letter, now), number)

    async def _settled(self, settle: Callable[[int, datetime.datetime], Any], number: int) -> None:
        try:
            await self._writing.commit(lambda: settle(number, self._now()))
        except StorageError as error:
            logger.error("that an update is done was not noted: %s", error)

    def _now(self) -> datetime.datetime:
        return datetime.datetime.now(datetime.UTC)


class Turns:
    """Many chats at once, the updates of one chat one after the other."""

    def __init__(self, at_once: int = AT_ONCE, backlog: int = BACKLOG) -> None:
        self._room = asyncio.Semaphore(at_once)
        self._backlog = backlog
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}

    @contextlib.asynccontextmanager
    async def of(self, chat: int) -> AsyncIterator[bool]:
        """Wait for this chat's earlier updates; False: too many wait already."""
        if self._waiting.get(chat, 0) >= self._backlog:
            yield False
            return
        lock = self._locks.setdefault(chat, asyncio.Lock())
        self._waiting[chat] = self._waiting.get(chat, 0) + 1
        try:
            async with lock, self._room:
                yield True
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat], self._locks[chat]


def passing(fault: Exception) -> bool:
    """Whether a fault may be gone in a moment."""
    return isinstance(fault, NetworkError | RetryAfter | BusyError) and not isinstance(fault, BadRequest)


def chat_of(update: Update) -> int:
    """Whose turn an update takes: its chat's, or (an inline query's) its person's."""
    whose = update.effective_chat or update.effective_user
    return whose.id if whose else 0


def kind(update: Update) -> str:
    """What an update is, in Telegram's words: "message", "callback_query"."""
    names = (name for name in Update.ALL_TYPES if getattr(update, name, None) is not None)
    return str(next(names, ""))


def content(update: Update) -> str:
    """What it said, masked, or the shape of what has no text."""
    message = update.effective_message
    return mask(message.text) if message and message.text and not update.callback_query else shape(update.to_dict())


def shape(raw: object, depth: int = 3) -> str:
    """The names in an update without anything that they hold: `message(chat(id) text)`."""
    if not isinstance(raw, dict):
        return ""
    return " ".join(_named(str(name)[:40], value, depth) for name, value in list(raw.items())[:40])


def _named(name: str, value: object, depth: int) -> str:
    inside = shape(value, depth - 1) if depth > 1 else ""
    return f"{name}({inside})" if inside else name
