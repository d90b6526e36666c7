"""The log of questions as the channel writes it: patiently, and later what could not be written at once."""

import asyncio
import datetime
import logging
from collections import deque
from collections.abc import Callable

from bot.channels.telegram.patience import Writing
from bot.errors import StorageError
from bot.storage import LogEntry, Questions, Receipt

MOST = 10_000  # questions kept in memory while the database takes none

logger = logging.getLogger(__name__)


class Ledger:
    """Keeps questions. While the database takes none, citizens are answered all the same and this is counted.

    `missed` hears how many questions wait to be written, at each change.
    """

    def __init__(
        self,
        log: Questions | None,
        writing: Writing,
        clock: Callable[[], datetime.datetime],
        missed: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._log = log
        self._writing = writing
        self._clock = clock
        self._missed = missed
        self._waiting: deque[LogEntry] = deque(maxlen=MOST)
        self._catching_up = asyncio.Lock()

    @property
    def unlogged(self) -> int:
        """How many questions were answered and are not in the log yet."""
        return len(self._waiting)

    async def keep(self, entry: LogEntry) -> Receipt | None:
        """Log a question; None where nothing is logged, or not yet."""
        log = self._log
        if log is None:
            return None
        try:
            if self._waiting:
                await self.turn()  # what was asked before stands before it
            if not self._waiting:
                return await self._writing.commit(lambda: log.add(entry))
            raise StorageError("earlier questions wait")
        except StorageError as error:
            self._waiting.append(entry)
            self._missed(self.unlogged)
            logger.error("a question was answered but not logged, %d wait: %s", self.unlogged, error)
            return None

    async def note(self, reference: str) -> None:
        """Note that a question was replied to."""
        log = self._log
        if log is None:
            return
        try:
            await self._writing.commit(lambda: log.replied(reference, self._clock()))
        except StorageError as error:
            logger.error("a change was not logged: %s", error)

    async def turn(self) -> None:
        """Write what waits, as far as the database takes it."""
        written = 0
        async with self._catching_up:
            while self._waiting and await self._written(self._waiting[0]):
                self._waiting.popleft()
                written += 1
        if written:
            self._missed(self.unlogged)
            logger.warning("%d questions were logged late, %d wait", written, self.unlogged)

    async def _written(self, entry: LogEntry) -> bool:
        log = self._log
        if log is None:
            return True
        try:
            receipt = await asyncio.wrap_future(log.add(entry))
            await asyncio.wrap_future(log.replied(receipt.reference, self._clock()))
        except StorageError:
            return False
        return True
