"""Fetching updates so that none is lost: what Telegram is told to forget has been answered and committed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.error import Conflict
from telegram.ext import BaseUpdateProcessor, ExtBot

PATIENCE = 30.0  # seconds to wait for one batch before the next is fetched all the same
CONFLICTS_OF_A_NEWCOMER = 3  # a copy that never got an update leaves first ...
CONFLICTS_OF_A_RUNNING_BOT = 12  # ... and the one that serves people stays
AT_ONCE = 64  # updates of different chats in work at one time

logger = logging.getLogger(__name__)


@dataclass
class Polling:
    """How fetching goes: what is not done yet, and whether another copy takes the updates away."""

    pending: "asyncio.Queue[object] | None" = None
    fetched: Callable[[], None] = lambda: None
    conflicts: int = 0
    served: bool = False

    @property
    def ousted(self) -> bool:
        """Whether another copy polls the same token for good."""
        return self.conflicts >= (CONFLICTS_OF_A_RUNNING_BOT if self.served else CONFLICTS_OF_A_NEWCOMER)

    async def all_done(self) -> None:
        """Wait until every update fetched before is answered and committed."""
        if self.pending is None:
            return
        try:
            await asyncio.wait_for(self.pending.join(), PATIENCE)
        except TimeoutError:
            logger.warning("answers took over %s s; fetching on", PATIENCE)


class CarefulBot(ExtBot[None]):
    """Fetches the next updates, which confirms the last ones, only when those are done.

    Stock python-telegram-bot confirms before it has processed: a kill in between loses questions.
    """

    def __init__(self, polling: Polling, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._polling = polling

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """As in the parent, after everything fetched before is done."""
        await self._polling.all_done()
        try:
            updates = await super().get_updates(*args, **kwargs)
        except Conflict:
            self._polling.conflicts += 1
            raise
        self._polling.conflicts, self._polling.served = 0, True
        self._polling.fetched()
        return updates


class InOrder(BaseUpdateProcessor):
    """Many chats at once, the updates of one chat one after the other."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._locks: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for this chat's earlier updates (of an inline query: this person's), then process."""
        whose = (update.effective_chat or update.effective_user) if isinstance(update, Update) else None
        chat = whose.id if whose else 0
        lock = self._locks.setdefault(chat, asyncio.Lock())
        self._waiting[chat] = self._waiting.get(chat, 0) + 1
        try:
            async with lock:
                await coroutine
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat], self._locks[chat]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""
