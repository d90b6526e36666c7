"""What comes of each call to Telegram, as one of a few kinds: for figures, never with what was said."""

from collections.abc import Callable
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest

OK = "ok"
KINDS = {400: "refused", 401: "token", 403: "blocked", 404: "token", 409: "conflict", 429: "flood"}


class Heard(HTTPXRequest):
    """The way to Telegram that tells how each call went."""

    def __init__(self, told: Callable[[str], None], connection_pool_size: int, proxy: str | None) -> None:
        super().__init__(connection_pool_size=connection_pool_size, proxy=proxy)
        self._told = told

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As in the parent."""
        try:
            status, body = await super().do_request(*args, **kwargs)
        except NetworkError as error:
            self._told("timeout" if isinstance(error, TimedOut) else "network")
            raise
        self._told(kind(status))
        return status, body


def kind(status: int) -> str:
    """What an HTTP status of Telegram means: `kind(429) == "flood"`."""
    if status < 300:
        return OK
    return KINDS.get(status, "server" if status >= 500 else "other")
