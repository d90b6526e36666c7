"""Who sends more than a person can: told so once, then left unanswered until it is less. Staff are never held up."""

import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from telegram import Chat, Update, User
from telegram.ext import ApplicationHandlerStop, BaseHandler, ContextTypes, TypeHandler

from bot.channels.telegram.door import language
from bot.channels.telegram.sending import answer, insist
from bot.desk import sentences

PERSONS = 10_000  # remembered at once

logger = logging.getLogger(__name__)


class Flood:
    """One limit for each person, such as "60/minute"; `exempt` tells who is of the staff."""

    def __init__(self, limit: str | None, exempt: Callable[[User], Awaitable[bool]]) -> None:
        self._limit: RateLimitItem | None = parse(limit) if limit else None
        self._told = parse("1/minute")
        self._exempt = exempt
        self._counting = MovingWindowRateLimiter(MemoryStorage())
        self._pace = self._limit.get_expiry() / self._limit.amount if self._limit else 0.0
        self._last: OrderedDict[int, float] = OrderedDict()

    def handlers(self) -> list["BaseHandler[Update, ContextTypes.DEFAULT_TYPE, None]"]:
        """What looks at every update before all other handlers."""
        return [TypeHandler(Update, self.look)] if self._limit else []

    async def look(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Let it pass, or end it here."""
        person = update.effective_user
        if self._limit is None or person is None:
            return
        if self._slow(person) or await self._counting.hit(self._limit, str(person.id)) or await self._exempt(person):
            return
        if await self._counting.hit(self._told, "told", str(person.id)):
            logger.warning("somebody sends too much and is not answered for a while")
            await self._tell(update, person)
        elif update.callback_query:
            await answer(update.callback_query)
        raise ApplicationHandlerStop

    def _slow(self, person: User) -> bool:
        """Whether the last word is so long ago that at this pace nobody comes to the limit: then nothing is counted."""
        now = time.monotonic()
        last = self._last.pop(person.id, None)
        self._last[person.id] = now
        if len(self._last) > PERSONS:
            self._last.popitem(last=False)
        return last is None or now - last > self._pace

    async def _tell(self, update: Update, person: User) -> None:
        words, chat = sentences(language(person)).flooded, update.effective_chat
        if update.callback_query:
            await answer(update.callback_query, words, show_alert=True)
        elif chat and chat.type == Chat.PRIVATE:
            await insist(lambda: update.get_bot().send_message(chat.id, words))
