"""What is being said in answer to one update: whether anything was, and what was kept for later."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from bot.channels.telegram.late import Late


@dataclass
class Exchange:
    """The answer to one update, as far as it went; `parts` counts its messages."""

    update_id: int
    late: Late
    said: bool = False
    parts: int = 0


_CURRENT: ContextVar[Exchange | None] = ContextVar("exchange", default=None)


@contextmanager
def exchanging(exchange: Exchange) -> Iterator[None]:
    """What is said inside is said in this exchange."""
    token = _CURRENT.set(exchange)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current() -> Exchange | None:
    """The exchange at hand; None where the bot speaks by itself."""
    return _CURRENT.get()
