"""Replies that Telegram did not take: kept until it does, in the order of their chat, no other chat waiting."""

import asyncio
import datetime
import json
import logging
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Any

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.connection import CarefulBot
from bot.channels.telegram.patience import Writing
from bot.storage import Database, LateReply, Replies

FIRST, LONGEST = 1.0, 450.0  # seconds to the next try, doubled each time
KEPT = datetime.timedelta(days=1)  # what is older helps nobody
WORKERS = 8  # chats sent to at one time
BATCH = 20  # sent by each in one turn, so that a stop is heard

logger = logging.getLogger(__name__)


class Late:
    """The replies of one bot that wait. Telegram's wish to wait holds only the chat that it was said of."""

    def __init__(
        self, bot: CarefulBot, database: Database, writing: Writing, clock: Callable[[], datetime.datetime]
    ) -> None:
        self._bot = bot
        self._database = database
        self._writing = writing
        self._clock = clock
        self._chats: Counter[int] = Counter()

    def begin(self) -> None:
        """Find what an earlier run left behind. Raises StorageError."""
        self._replies.release()
        self._chats = self._replies.chats()

    def waits(self, chat: int) -> bool:
        """Whether something waits for a chat: what is said later must come later."""
        return self._chats[chat] > 0

    async def send(self, parameters: dict[str, Any]) -> None:
        """Send a message now; what Telegram tells of it is not wanted. Raises TelegramError."""
        await self._bot.post("sendMessage", parameters)

    async def keep(self, key: str, chat: int, parameters: dict[str, Any]) -> None:
        """Keep what `sendMessage` did not take. Raises StorageError."""
        payload = json.dumps(parameters, ensure_ascii=False)
        new = await self._writing.commit(lambda: self._replies.put(key, chat, payload, self._clock()))
        self._chats[chat] += new
        logger.warning("a reply waits until Telegram takes it")

    async def turn(self) -> None:
        """Send what is due."""
        if +self._chats:
            await asyncio.gather(*(self._work() for _ in range(WORKERS)))

    @cached_property
    def _replies(self) -> Replies:
        return Replies(self._database, self._bot.id)

    async def _work(self) -> None:
        for _ in range(BATCH):
            reply = await asyncio.to_thread(self._replies.claim, self._clock())
            if reply is None:
                return
            await self._one(reply)

    async def _one(self, reply: LateReply) -> None:
        try:
            await self.send(json.loads(reply.payload))
        except (BadRequest, Forbidden) as error:
            logger.error("a reply was refused for good: %s", type(error).__name__)
        except TelegramError as error:
            if self._clock() - reply.made_at < KEPT:
                at = self._clock() + datetime.timedelta(seconds=wait(reply.tries, error))
                await asyncio.to_thread(self._replies.again, reply, at)
                return
            logger.error("a reply was given up after a day: %s", type(error).__name__)
        await asyncio.to_thread(self._replies.gone, reply)
        self._chats[reply.chat] -= 1


def wait(tries: int, error: TelegramError) -> float:
    """Seconds until the next try, as Telegram wishes if it says so."""
    if isinstance(error, RetryAfter):
        return min(wished(error), LONGEST)
    return min(FIRST * 2.0 ** min(tries - 1, 10), LONGEST)


def wished(error: RetryAfter) -> float:
    """Seconds that Telegram asks to wait."""
    seconds = error.retry_after
    return seconds.total_seconds() if isinstance(seconds, datetime.timedelta) else float(seconds)
