"""Whether the program lives, and whether it can serve: the event loop turns, the database writes, Telegram answers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.errors import StorageError
from bot.storage import Database, prove_writable

Result = TypeVar("Result")
BEAT = 1.0  # seconds between two marks of the event loop
STILL = 30.0  # seconds without a mark after which the loop hangs; the heaviest reload holds it for far less
LATELY = 90.0  # seconds: Telegram answers each fetch within ten, and one lost fetch is no outage
OK = "ok"

Clock = Callable[[], float]


class Pulse:
    """A mark that the event loop leaves each second while something runs in it."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._last: float | None = None

    async def during(self, work: Awaitable[Result]) -> Result:
        """The work, with marks as long as it lasts."""
        beating = asyncio.create_task(self._beat(), name="pulse")
        try:
            return await work
        finally:
            beating.cancel()

    @property
    def beats(self) -> bool:
        """Whether the loop turns; one that has not begun does not hang."""
        return self._last is None or self._clock() - self._last < STILL

    async def _beat(self) -> None:
        while True:
            self._last = self._clock()
            await asyncio.sleep(BEAT)


class Reach:
    """When Telegram last did what it was asked."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._last: float | None = None

    def heard(self, kind: str) -> None:
        """What came of one call: "ok", or which kind of fault."""
        if kind == OK:
            self._last = self._clock()

    @property
    def lately(self) -> bool:
        """Whether that is not long ago."""
        return self._last is not None and self._clock() - self._last < LATELY


class Vitals:
    """What is asked of the program from outside, each part with its state; all is well when all are "ok"."""

    def __init__(self, pulse: Pulse, reach: Reach) -> None:
        self.pulse = pulse
        self.reach = reach
        self.database: Database | None = None
        self.knowledge = False

    def living(self) -> dict[str, str]:
        """Whether the process should be left running."""
        return {"loop": OK if self.pulse.beats else "hangs"}

    def ready(self) -> dict[str, str]:
        """Whether people are served now."""
        return {
            "database": database_state(self.database) if self.database else "not open",
            "knowledge": OK if self.knowledge else "not loaded",
            "telegram": OK if self.reach.lately else "out of reach",
            **self.living(),
        }


def database_state(database: Database) -> str:
    """Whether the database takes a change within seconds; the reason stands in the log, it may name paths."""
    try:
        prove_writable(database)
    except StorageError:
        return "does not write"
    return OK
