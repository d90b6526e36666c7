"""The line to Telegram: python-telegram-bot's bot, with a way to call a method by its name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.channels.telegram.hearing import Heard

CONNECTIONS = 72  # calls at one time: an update in work rarely makes two
PATIENCE = 5.0  # seconds for one call


@dataclass(frozen=True)
class Settings:
    """How Telegram is reached. `report` hears of changes of health: (state, detail); `heard` what came of each call;
    `missed` how many questions wait to be logged. With `listen`, a host and a port, Telegram pushes updates there.
    `flood` is how much one person may send, such as "60/minute".
    """

    token: str = field(repr=False)
    base_url: str
    base_file_url: str
    proxy: str | None = field(repr=False)
    report: Callable[[str, str], None]
    heard: Callable[[str], None] = lambda _: None
    missed: Callable[[int], None] = lambda _: None
    listen: tuple[str, int] | None = None
    flood: str | None = None


class CarefulBot(ExtBot[None]):
    """A bot whose calls can also be made with parameters as they stand in the Bot API."""

    async def post(self, method: str, parameters: dict[str, Any], patience: float = PATIENCE) -> Any:
        """The result of a method as Telegram sends it, waited for so many seconds. Raises TelegramError."""
        return await self._post(method, dict(parameters), read_timeout=patience)


def careful_bot(
    settings: Settings, request: BaseRequest | None = None, updates: BaseRequest | None = None
) -> CarefulBot:
    """The connection to Telegram; the two requests are seams for tests."""
    return CarefulBot(
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=request or Heard(settings.heard, CONNECTIONS, settings.proxy),
        get_updates_request=updates or Heard(settings.heard, 4, settings.proxy),
    )
