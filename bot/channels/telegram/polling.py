"""Fetching updates so that none is lost: what Telegram is told to forget has been answered and committed.

Stock python-telegram-bot confirms before it has processed: a kill in between loses questions.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from telegram import Update
from telegram.error import TelegramError

from bot.channels.telegram.chores import pause
from bot.channels.telegram.connection import CarefulBot
from bot.channels.telegram.late import wait
from bot.channels.telegram.watch import Watch

POLL_SECONDS = 10
HOLD = 1.0  # seconds for what was fetched to be done, before more is fetched all the same
LAST_HOLD = 8.0  # the same when the bot stops
REFUSED_WAIT = 0.5  # before what could not be taken is fetched again
LONGEST_WAIT = 30.0  # seconds after a fault
UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]
Take = Callable[[Any], Awaitable[bool]]

logger = logging.getLogger(__name__)


class Queue:
    """What was fetched and not yet confirmed, in the order in which it came.

    The offset of the next fetch is the first update that is not done: Telegram forgets all before it, and never more.
    """

    def __init__(self) -> None:
        self._fetched: dict[int, bool] = {}  # whether each is done
        self._last: int | None = None

    @property
    def offset(self) -> int | None:
        """Where the next fetch begins; None: wherever Telegram has something, since ids may begin anew, and lower."""
        return next((number for number, done in self._fetched.items() if not done), self._last)

    def fetched(self, offset: int | None, numbers: list[int], working: Collection[int]) -> list[int]:
        """Telegram took that offset and sent these: which of them are not done nor in work."""
        for number in list(self._fetched):
            if number == offset:
                break
            del self._fetched[number]
        for number in [n for n, done in self._fetched.items() if not (done or n in numbers or n in working)]:
            del self._fetched[number]  # it was never taken, and Telegram keeps it no longer
        for number in numbers:
            self._fetched.setdefault(number, False)
        self._last = numbers[-1] + 1 if numbers else None
        return [number for number in numbers if not (self._fetched[number] or number in working)]

    def done(self, number: int) -> None:
        """It is committed."""
        self._fetched[number] = True


class Poller:
    """Fetches updates and hands each to `take` until it is told to stop."""

    def __init__(self, bot: CarefulBot, take: Take, watch: Watch, stop: asyncio.Event) -> None:
        self._bot = bot
        self._take = take
        self._watch = watch
        self._stop = stop
        self._queue = Queue()
        self._work: dict[int, asyncio.Task[None]] = {}
        self._refused = False

    async def run(self) -> None:
        """Until the stop; then finish what was begun and confirm it."""
        faults = 0
        while not self._stop.is_set():
            offset = self._queue.offset
            try:
                raws = await self._fetch(offset)
            except TelegramError as error:
                faults += 1
                self._watch.trouble(error)
                await pause(self._stop, min(wait(faults, error), LONGEST_WAIT))
                continue
            faults = 0
            if raws is not None:
                self._watch.fetched()
                await self._handle(offset, raws)
        await self._finish()

    async def _fetch(self, offset: int | None) -> list[Any] | None:
        """The next updates; None when the stop comes first."""
        fetch = asyncio.create_task(self._updates(offset, 0 if self._work else POLL_SECONDS))
        stop = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
            return fetch.result() if fetch.done() else None
        finally:
            for task in (fetch, stop):
                task.cancel()
            await asyncio.gather(fetch, stop, return_exceptions=True)

    async def _updates(self, offset: int | None, seconds: int) -> list[Any]:
        parameters = {"timeout": seconds, "allowed_updates": UPDATES, "offset": offset}
        found = await self._bot.post("getUpdates", parameters, seconds + 5.0)
        if not isinstance(found, list):
            raise TelegramError("no list of updates")
        return found

    async def _handle(self, offset: int | None, raws: list[Any]) -> None:
        """Begin what is new and give it a moment to be done."""
        by_number = {raw["update_id"]: raw for raw in raws if isinstance(raw, dict) and _is_id(raw.get("update_id"))}
        for number in self._queue.fetched(offset, list(by_number), self._work):
            self._work[number] = asyncio.create_task(self._one(number, by_number[number]))
        if self._work:
            await asyncio.wait(self._work.values(), timeout=HOLD)
        if self._refused:
            self._refused = False
            await pause(self._stop, REFUSED_WAIT)

    async def _one(self, number: int, raw: Any) -> None:
        try:
            taken = await self._take(raw)
        except Exception as error:  # it stays unconfirmed and comes again
            logger.error("an update was not taken: %s", type(error).__name__)
            taken = False
        if taken:
            self._queue.done(number)
        else:
            self._refused = True
        del self._work[number]

    async def _finish(self) -> None:
        if self._work:
            _, late = await asyncio.wait(self._work.values(), timeout=LAST_HOLD)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        offset = self._queue.offset
        if offset is not None:
            try:
                await self._bot.post("getUpdates", {"timeout": 0, "limit": 1, "offset": offset}, 2.0)
            except TelegramError as error:
                logger.info("the last updates were not confirmed: %s", type(error).__name__)


def _is_id(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
