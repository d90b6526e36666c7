"""Telling those who agreed to be told: one row of the outbox after the other, each until it came to an end.

A row is noted as sent right after Telegram took it. Who is killed between the two, or loses the line before Telegram's
answer comes, sends it once more: at most what was in flight, and nothing can prevent that with `sendMessage`.
"""

import asyncio
import datetime
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from telegram import ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.door import CHANNEL
from bot.channels.telegram.render import Message, messages
from bot.channels.telegram.sending import NO_PREVIEW, insist
from bot.reception import Pushes
from bot.replies import Reply
from bot.storage import Outbox, Push, PushState, Settled

LEASE = datetime.timedelta(seconds=60)
GAP = 0.05  # seconds between two messages: Telegram takes about thirty a second from a bot in all
BATCH = 100  # sent in one turn, so that a stop is heard
WAITS = (3, 7, 20, 120, 450)  # seconds after each try: in sum ten minutes

logger = logging.getLogger(__name__)


class Sender:
    """Sends the pushes of one bot."""

    def __init__(
        self, bot: ExtBot[Any], pushes: Pushes, outbox: Outbox, clock: Callable[[], datetime.datetime]
    ) -> None:
        self._bot = bot
        self._pushes = pushes
        self._outbox = outbox
        self._clock = clock
        self._quiet_until: datetime.datetime | None = None

    async def turn(self) -> None:
        """Send what is due, unless Telegram asked to wait or the bot is paused."""
        for _ in range(BATCH):
            if self._quiet_until and self._clock() < self._quiet_until:
                return
            if await asyncio.to_thread(lambda: self._pushes.held) or not await self.one():
                return
            await asyncio.sleep(GAP)

    async def one(self) -> bool:
        """Send the next one; False: nothing is due."""
        claim = partial(self._outbox.claim, CHANNEL, str(self._bot.id), self._clock(), LEASE)
        push = await asyncio.to_thread(claim)
        if push is None:
            return False
        reply = await asyncio.to_thread(self._pushes.reply, push)
        if reply is None:
            await self._not_yet(push)
        else:
            await self._send(push, reply)
        return True

    async def _send(self, push: Push, reply: Reply) -> None:
        first, *rest = messages(reply)
        try:
            await self._say(push, first, push.address.message)
        except TelegramError as error:
            await self._refused(push, error)
            return
        await asyncio.to_thread(self._outbox.sent, push, self._clock())
        for message in rest:
            await insist(partial(self._say, push, message))

    async def _say(self, push: Push, message: Message, to: str | None = None) -> None:
        """Staff's words go out as they are: with no parse mode nothing in them can mean anything else."""
        by_hand = push.kind == Settled.WORDS
        await self._bot.send_message(
            push.address.chat,
            message.plain if by_hand else message.html,
            parse_mode=None if by_hand else ParseMode.HTML,
            reply_markup=message.keyboard,
            reply_parameters=ReplyParameters(int(to), allow_sending_without_reply=True) if to else None,
            link_preview_options=NO_PREVIEW,
        )

    async def _refused(self, push: Push, error: TelegramError) -> None:
        logger.info("a push was not taken: %s", type(error).__name__)
        if isinstance(error, Forbidden):
            await asyncio.to_thread(self._outbox.ended, push, PushState.BLOCKED, "")
        elif isinstance(error, BadRequest):
            await asyncio.to_thread(self._outbox.ended, push, PushState.FAILED, str(error))
        else:
            await self._again(push, error)

    async def _again(self, push: Push, error: TelegramError) -> None:
        wait = _wait(push)
        if isinstance(error, RetryAfter):
            wished = error.retry_after
            wait = wished if isinstance(wished, datetime.timedelta) else datetime.timedelta(seconds=wished)
            self._quiet_until = self._clock() + wait
        await asyncio.to_thread(self._outbox.again, push, self._clock() + wait, type(error).__name__)

    async def _not_yet(self, push: Push) -> None:
        """The base does not answer it directly: it may not be loaded yet; in the end staff get the question again."""
        if push.tries > len(WAITS):
            await asyncio.to_thread(self._pushes.given_up, push)
            return
        await asyncio.to_thread(self._outbox.again, push, self._clock() + _wait(push), self._pushes.NOT_DIRECTLY)


def _wait(push: Push) -> datetime.timedelta:
    return datetime.timedelta(seconds=WAITS[min(push.tries, len(WAITS)) - 1])
