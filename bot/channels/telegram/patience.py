"""Writing while another program holds the database: tried again for a while, by one at a time."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from bot.errors import BusyError

Result = TypeVar("Result")
PATIENCE = 30.0  # seconds for which a held database is waited for, counted from when it was first found held
PAUSE = 0.2


class Writing:
    """Writes that outlast a held database. All of one service share it: what one finds out the others need not."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._since: float | None = None
        self._trying = asyncio.Lock()

    async def commit(self, write: Callable[[], "Future[Result]"]) -> Result:
        """The result of a write once it is committed. Raises BusyError after the patience, StorageError at once."""
        try:
            return await self._once(write)
        except BusyError:
            async with self._trying:  # the others wait here: in the database's own queue they would hold up readers
                while True:
                    try:
                        return await self._once(write)
                    except BusyError:
                        if self._lasts():
                            raise
                    await asyncio.sleep(PAUSE)

    async def _once(self, write: Callable[[], "Future[Result]"]) -> Result:
        try:
            result = await asyncio.wrap_future(write())
        except BusyError:
            self._since = self._since if self._since is not None else time.monotonic()
            raise
        self._since = None
        return result

    def _lasts(self) -> bool:
        return self._since is not None and time.monotonic() - self._since >= self._patience
