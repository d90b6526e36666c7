"""Faults and answers ordered by a test: the next calls of a method are delayed, refused or answered as told."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

from .errors import ApiError

DESCRIPTIONS = {
    403: "Forbidden: bot was blocked by the user",
    429: "Too Many Requests: retry after {retry_after}",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(frozen=True)
class Fault:
    """Status 200 with no result only delays the call; `chat`: only calls to this one are struck."""

    method: str
    status: int = 429
    retry_after: int = 1
    times: int = 1
    delay: float = 0
    description: str = ""
    result: Any = None
    chat: int | None = None

    def error(self) -> ApiError:
        words = self.description or DESCRIPTIONS.get(self.status, f"Error {self.status}")
        parameters = {"retry_after": self.retry_after} if self.status == 429 else None
        return ApiError(self.status, words.format(retry_after=self.retry_after), parameters)


class Faults:
    def __init__(self) -> None:
        self._next: dict[str, deque[Fault]] = defaultdict(deque)

    def order(self, fault: Fault) -> None:
        self._next[fault.method.lower()].extend([fault] * fault.times)

    async def strike(self, method: str, chat: object = None) -> Any:
        """Wait and refuse as ordered; the ordered result, or None when the call goes its usual way."""
        queue = self._next[method]
        if not queue or queue[0].chat not in (None, chat):
            return None
        fault = queue.popleft()
        await asyncio.sleep(fault.delay)
        if fault.status != 200:
            raise fault.error()
        return fault.result
