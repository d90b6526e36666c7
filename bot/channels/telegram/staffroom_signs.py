"""The bot's signs on what staff wrote: a receipt without noise."""

import logging
from typing import Any

from telegram import ReactionTypeEmoji
from telegram.error import TelegramError
from telegram.ext import ExtBot

logger = logging.getLogger(__name__)


async def react(bot: ExtBot[Any], chat: int | str, message: int, emoji: str) -> None:
    """A sign on a message; where a group forbids signs, the words that follow are enough."""
    try:
        await bot.set_message_reaction(chat, message, ReactionTypeEmoji(emoji))
    except TelegramError as error:
        logger.info("a sign was not set: %s", type(error).__name__)
