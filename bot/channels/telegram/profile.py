"""What Telegram shows of the bot: commands by kind of chat and language, descriptions; it runs without them too."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.phrases.browsing import browsing

LANGUAGES = ((VIETNAMESE, None), (VIETNAMESE, "vi"), (ENGLISH, "en"))  # None is for all other languages
LONGEST, SHORT = 512, 120  # characters of a description and of the short one

Setting = Callable[[], Awaitable[Any]]
logger = logging.getLogger(__name__)


async def describe(bot: ExtBot[Any], office: str) -> None:
    """Set everything that is not so yet. The name stays the one that the office gave at @BotFather."""
    for say, language in LANGUAGES:
        for what, setting in _settings(bot, say, language, office):
            try:
                await setting()
            except TelegramError as error:
                logger.warning("Không đặt được %s: %s", what, type(error).__name__)


def private_menu(say: Sentences) -> Mapping[str, str]:
    """The commands of a private chat: the start, the ways to find, then the rest."""
    first, *rest = say.menu.items()
    return dict([first, *browsing(say).menu.items(), *rest])


def _settings(bot: ExtBot[Any], say: Sentences, language: str | None, office: str) -> Iterator[tuple[str, Setting]]:
    words = browsing(say)
    own, shared = _commands(private_menu(say)), _commands(words.group_menu)
    yield (
        "thực đơn lệnh",
        lambda: bot.set_my_commands(own, scope=BotCommandScopeAllPrivateChats(), language_code=language),
    )
    yield (
        "thực đơn lệnh của nhóm",
        lambda: bot.set_my_commands(shared, scope=BotCommandScopeAllGroupChats(), language_code=language),
    )
    long = words.description.format(office=office)[:LONGEST]
    short = words.short_description.format(office=office)[:SHORT]
    yield "lời giới thiệu", lambda: _set_description(bot, long, language)
    yield "lời giới thiệu ngắn", lambda: _set_short_description(bot, short, language)


async def _set_description(bot: ExtBot[Any], text: str, language: str | None) -> None:
    """Only a change: Telegram counts these calls."""
    if (await bot.get_my_description(language)).description != text:
        await bot.set_my_description(text, language)


async def _set_short_description(bot: ExtBot[Any], text: str, language: str | None) -> None:
    if (await bot.get_my_short_description(language)).short_description != text:
        await bot.set_my_short_description(text, language)


def _commands(menu: Mapping[str, str]) -> list[BotCommand]:
    return [BotCommand(name, words) for name, words in menu.items()]
