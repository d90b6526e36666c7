"""Sending replies: tried again when Telegram is busy or the line is down, kept for later when that does not help."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

from telegram import (
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.late import wished
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import messages
from bot.channels.telegram.saying import Exchange, current
from bot.replies import Reply

Sent = TypeVar("Sent")
TRIES = 5
FIRST_WAIT = 0.5
PATIENCE = 15.0  # seconds that are waited in all
QUICK = 1.0  # the same for a reply, which can be kept for later
NOT_MODIFIED = "message is not modified"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
Keys = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

logger = logging.getLogger(__name__)


async def insist(
    send: Callable[[], Awaitable[Sent]], pause: float = FIRST_WAIT, patience: float = PATIENCE
) -> Sent | None:
    """The result of `send`, tried up to five times; None when the person has blocked the bot or nothing changed.

    `pause` is the first wait in seconds, doubled at every further try; Telegram's own wish to wait is obeyed. The last
    fault is raised after five tries, or when the next wait would be too much for the `patience` in seconds.
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
        except (RetryAfter, NetworkError) as error:
            wait = wished(error) if isinstance(error, RetryAfter) else pause * 2**number
            patience -= wait
            if number == TRIES - 1 or patience < 0:
                raise
            await asyncio.sleep(wait)
    return None


async def send(bot: ExtBot[Any], chat: Chat, reply: Reply, to: Message | None = None, keys: Keys | None = None) -> None:
    """Send a reply, perhaps as one to a message; `keys` stand where it has no buttons of its own.

    In answer to an update, what Telegram does not take now is kept, and so is all that follows in the same chat.
    """
    for message in messages(reply):
        await _say(bot, chat, message, to, keys)


async def put_in_place(bot: ExtBot[Any], old: Message, reply: Reply) -> None:
    """Put a reply in the place of a message, or after it where Telegram takes no edit now; the rest follows it."""
    first, *rest = messages(reply)
    edit = partial(
        old.edit_text,
        first.html,
        parse_mode=ParseMode.HTML,
        reply_markup=first.keyboard,
        link_preview_options=NO_PREVIEW,
    )
    exchange = current()
    try:
        await insist(edit, patience=PATIENCE if exchange is None else QUICK)
        _said(exchange)
    except (RetryAfter, NetworkError) as error:
        if exchange is None or isinstance(error, BadRequest):
            raise
        rest.insert(0, first)
    for message in rest:
        await _say(bot, old.chat, message)


async def answer(query: CallbackQuery, words: str | None = None, show_alert: bool | None = None) -> None:
    """Take the clock off a button. It is gone by itself soon, so a fault here is none of the person's."""
    try:
        await insist(partial(query.answer, words, show_alert=show_alert), patience=QUICK)
    except TelegramError as error:
        logger.info("a tap was not acknowledged: %s", type(error).__name__)


async def _say(
    bot: ExtBot[Any], chat: Chat, message: Rendered, to: Message | None = None, keys: Keys | None = None
) -> None:
    parameters: dict[str, Any] = {
        "chat_id": chat.id,
        "text": message.html,
        "parse_mode": ParseMode.HTML,
        "reply_markup": message.keyboard or keys,
        "reply_parameters": ReplyParameters(to.message_id, allow_sending_without_reply=True) if to else None,
        "link_preview_options": NO_PREVIEW,
    }
    exchange = current()
    if exchange is None:
        await insist(partial(bot.send_message, **parameters))
        return
    exchange.parts += 1
    plain = _plain(parameters)
    if not exchange.late.waits(chat.id):
        try:
            await insist(partial(exchange.late.send, plain), patience=QUICK)
            _said(exchange)
            return
        except (RetryAfter, NetworkError) as error:
            if isinstance(error, BadRequest):
                raise
    await exchange.late.keep(f"{bot.id}:{exchange.update_id}:{exchange.parts}", chat.id, plain)
    _said(exchange)


def _said(exchange: Exchange | None) -> None:
    if exchange:
        exchange.said = True


def _plain(parameters: dict[str, Any]) -> dict[str, Any]:
    """As they stand in the Bot API, without the library's types."""
    return {
        name: value.to_dict() if hasattr(value, "to_dict") else value
        for name, value in parameters.items()
        if value is not None
    }
