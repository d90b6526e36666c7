"""Every call that bots made, in order of arrival, with its answer; a reader can wait for the next change."""

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Entry:
    """One call; its status is None while the answer is not there yet."""

    index: int
    token: str
    method: str
    chat_id: int | str | None = None
    params: dict[str, Any] = field(default_factory=dict)
    status: int | None = None
    result: Any = None
    description: str = ""


class Journal:
    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._version = 0
        self._changed = asyncio.Condition()

    async def begin(self, token: str, method: str) -> Entry:
        entry = Entry(len(self._entries), token, method)
        self._entries.append(entry)
        await self.touch()
        return entry

    async def touch(self) -> None:
        self._version += 1
        async with self._changed:
            self._changed.notify_all()

    async def read(self, start: int, version: int, wait: float, method: str) -> dict[str, Any]:
        """The entries from a place on, as soon as something changed after this version or the wait is over; of one
        method, or of all if none is named.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait), self._changed:
                await self._changed.wait_for(lambda: self._version > version)
        wanted = (e for e in self._entries[start:] if method.lower() in ("", e.method.lower()))
        entries = [dict(vars(entry)) for entry in wanted]
        return {"version": self._version, "length": len(self._entries), "calls": entries}
