"""Sending, tried again when Telegram is busy or the line is down, and given up when it says no for good."""

import asyncio
import datetime
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

Sent = TypeVar("Sent")
TRIES = 5
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
NOT_MODIFIED = "message is not modified"

logger = logging.getLogger(__name__)


async def insist(send: Callable[[], Awaitable[Sent]], pause: float = FIRST_WAIT) -> Sent | None:
    """The result of `send`, tried up to five times; None when the person has blocked the bot or nothing changed.

    `pause` is the first wait in seconds, doubled at every further try; Telegram's own wish to wait is obeyed.
    """
    for number in range(TRIES):
        try:
            return await send()
        except Forbidden:
            logger.info("a person has blocked the bot")
            return None
        except BadRequest as error:
            if NOT_MODIFIED in str(error).lower():
                return None
            raise
        except RetryAfter as error:
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, datetime.timedelta) else wait
            if number == TRIES - 1:
                raise
            await asyncio.sleep(min(seconds, LONGEST_WAIT))
        except NetworkError:
            if number == TRIES - 1:
                raise
            await asyncio.sleep(pause * 2**number)
    return None
