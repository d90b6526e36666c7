"""What the bot does by itself while it runs, each at its own pace; a fault in one stops neither it nor the others."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """Something done again `every` so many seconds after it was done."""

    name: str
    every: float
    work: Callable[[], Awaitable[object]]


class Chores:
    """Chores, from `begin` to `end`; what is under way is finished before `end` returns."""

    def __init__(self, chores: Iterable[Chore]) -> None:
        self._chores = tuple(chores)
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def begin(self) -> None:
        """Start them all."""
        self._tasks = [asyncio.create_task(self._repeat(chore), name=chore.name) for chore in self._chores]

    async def end(self) -> None:
        """Let each come to its end."""
        self._stop.set()
        await asyncio.gather(*self._tasks)

    async def _repeat(self, chore: Chore) -> None:
        failing = ""
        while not self._stop.is_set():
            try:
                await chore.work()
                failing = ""
            except Exception as error:  # whatever it is, citizens are answered and the next turn may go well
                if failing != type(error).__name__:
                    logger.error("%s failed: %s", chore.name, type(error).__name__, exc_info=bare(error))
                failing = type(error).__name__
            await pause(self._stop, chore.every)


def bare(error: BaseException) -> BaseException:
    """The same fault with its traceback but without its own words, which may quote a question."""
    return RuntimeError("details withheld").with_traceback(error.__traceback__)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until told to stop."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
