"""What Telegram knows of the webhook: set by a command, never by a start or a stop, which would lose updates."""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram.connection import CarefulBot, Settings, careful_bot
from bot.channels.telegram.polling import UPDATES
from bot.channels.telegram.watch import REFUSED, Watch
from bot.errors import ChannelError

CONNECTIONS = 40  # at one time, from Telegram

Result = TypeVar("Result")
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Info:
    """What Telegram says of the webhook: its address (or ""), how many updates wait, and what went wrong last."""

    url: str
    waiting: int
    fault: str


def secret_of(token: str) -> str:
    """What Telegram proves itself with, at every request: made from the token, and tells nothing about it."""
    return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


async def info(settings: Settings) -> Info:
    """What Telegram says of it. Raises ChannelError."""
    return await _asked(settings, _read)


async def register(settings: Settings, url: str) -> Info:
    """Let Telegram push updates to an address; those that wait stay. Raises ChannelError."""
    parameters = {
        "url": url,
        "secret_token": secret_of(settings.token),
        "allowed_updates": UPDATES,
        "max_connections": CONNECTIONS,
    }

    async def change(bot: CarefulBot) -> Info:
        await bot.post("setWebhook", parameters)
        return await _read(bot)

    return await _asked(settings, change)


async def unregister(settings: Settings) -> Info:
    """Let Telegram keep updates until they are fetched. Raises ChannelError."""

    async def change(bot: CarefulBot) -> Info:
        await bot.post("deleteWebhook", {})
        return await _read(bot)

    return await _asked(settings, change)


class Watchman:
    """Asks Telegram how the webhook does: nothing else tells a bot to which nobody writes."""

    def __init__(self, bot: CarefulBot, watch: Watch) -> None:
        self._bot = bot
        self._watch = watch
        self._fault = ""

    async def turn(self) -> None:
        """Ask once; a new fault is logged."""
        try:
            found = await _read(self._bot)
        except TelegramError as error:
            self._watch.trouble(error)
            return
        self._watch.found()
        fault = found.fault if found.url else "no webhook is set (motcua webhook set)"
        if fault and fault != self._fault:
            logger.warning("the webhook: %s; %d updates wait", fault, found.waiting)
        self._fault = fault


async def _read(bot: CarefulBot) -> Info:
    found = await bot.post("getWebhookInfo", {})
    return Info(str(found.get("url", "")), int(found["pending_update_count"]), str(found.get("last_error_message", "")))


async def _asked(settings: Settings, ask: Callable[[CarefulBot], Awaitable[Result]]) -> Result:
    bot = careful_bot(settings)
    try:
        async with bot:
            return await ask(bot)
    except InvalidToken as error:
        raise ChannelError(REFUSED) from error
    except TelegramError as error:
        raise ChannelError(
            f"Telegram không làm được việc này ({error}). Hãy xem mạng, khóa proxy và khóa webhook_url."
        ) from error
