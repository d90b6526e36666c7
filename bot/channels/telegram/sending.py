"""Sending replies: tried again when Telegram is busy or the line is down, given up when it says no for good."""

import asyncio
import datetime
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from telegram import (
    Chat,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import ExtBot

from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import messages
from bot.replies import Reply

Sent = TypeVar("Sent")
TRIES = 5
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
NOT_MODIFIED = "message is not modified"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Keys = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

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


async def send(bot: ExtBot[Any], chat: Chat, reply: Reply, to: Message | None = None, keys: Keys | None = None) -> None:
    """Send a reply, perhaps as one to a message; `keys` stand where it has no buttons of its own."""
    for message in messages(reply):
        await insist(partial(_send_one, bot, chat, message, to, keys))


async def put_in_place(bot: ExtBot[Any], old: Message, reply: Reply) -> None:
    """Put a reply in the place of a message; what does not fit into one follows it."""
    first, *rest = messages(reply)
    await insist(
        partial(
            old.edit_text,
            first.html,
            parse_mode=ParseMode.HTML,
            reply_markup=first.keyboard,
            link_preview_options=NO_PREVIEW,
        )
    )
    for message in rest:
        await insist(partial(_send_one, bot, old.chat, message))


async def _send_one(
    bot: ExtBot[Any], chat: Chat, message: Rendered, to: Message | None = None, keys: Keys | None = None
) -> Message:
    return await bot.send_message(
        chat.id,
        message.html,
        parse_mode=ParseMode.HTML,
        reply_markup=message.keyboard or keys,
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True) if to else None,
        link_preview_options=NO_PREVIEW,
    )
