"""What the bot does with each kind of update: all handlers in one list, the first that fits takes it."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from telegram import CallbackQuery, Chat, Message, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    ContextTypes,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.channels.telegram.actions import decode
from bot.channels.telegram.commands import Orders
from bot.channels.telegram.door import Door, chat_of, kind, language, message_of
from bot.channels.telegram.groups import Edits, addressed
from bot.channels.telegram.inline import offer
from bot.channels.telegram.ledger import Ledger
from bot.channels.telegram.links import link
from bot.channels.telegram.sending import QUICK, answer, insist, put_in_place, send
from bot.channels.telegram.taps import Taps
from bot.channels.telegram.where import Wayfinding
from bot.commands import Commands
from bot.counter import Counter
from bot.desk import Handled, sentences
from bot.errors import StorageError
from bot.finding import Finding
from bot.reception import Visitor
from bot.replies import Action, AskStaff, Judge, Reply, Report, StillWrong, Thank
from bot.replies.personal import not_text

TYPING_AFTER = 0.5  # seconds: faster answers need no sign of life

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

logger = logging.getLogger(__name__)


class Window:
    """The counter as Telegram sees it."""

    def __init__(self, counter: Counter, ledger: Ledger) -> None:
        self._counter = counter
        self._desk = counter.desk
        self._ledger = ledger
        self._door = Door(counter)
        self._finding = Finding(counter.desk)
        self._edits = Edits()
        self._taps = Taps()

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In order: commands, where to go, questions, taps, other chats, what is no text. Channels stay unanswered."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        groups = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
        edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & ~filters.COMMAND
        commands = Commands(self._counter, self._finding)
        return [
            *Orders(self._counter, commands, self._finding, self._door).handlers(),
            *Wayfinding(self._counter, self._door).handlers(),
            MessageHandler(private & filters.TEXT, self.question),
            MessageHandler(edited & filters.TEXT, self.edited),
            CallbackQueryHandler(self.tap),
            InlineQueryHandler(self.inline),
            MessageHandler(groups & filters.TEXT, self.in_group),
            MessageHandler(private & ~filters.StatusUpdate.ALL, self.not_text),
        ]

    async def inline(self, update: Update, context: Context) -> None:
        """Words typed behind the bot's name in any chat: cards, nothing logged."""
        query = update.inline_query
        if query:
            cards = await asyncio.to_thread(self._finding.cards, query.query)
            await offer(query, cards, context.bot.username)

    async def not_text(self, update: Update, context: Context) -> None:
        """A photo, a voice message, a sticker: a kind line, nothing fetched, nothing kept."""
        chat = chat_of(update)
        visitor = await self._door.visitor(update.effective_user, chat, context.bot)
        await send(context.bot, chat, not_text(sentences(visitor.language), kind(message_of(update))))

    async def question(self, update: Update, context: Context) -> None:
        """A question: answered, logged before it is sent, marked when it is sent."""
        message = message_of(update)
        if message.via_bot and message.via_bot.id == context.bot.id:
            return  # a card that the bot itself offered
        visitor = await self._door.visitor(update.effective_user, message.chat, context.bot)
        await self._exchange(context.bot, update, message, message.text or "", visitor)

    async def edited(self, update: Update, context: Context) -> None:
        """A question edited within five minutes is answered anew, once."""
        message = update.edited_message
        if message and self._edits.asks_anew(message):
            visitor = await self._door.visitor(update.effective_user, message.chat, context.bot)
            await self._exchange(context.bot, update, message, message.text or "", visitor)
            self._edits.answered(message)

    async def in_group(self, update: Update, context: Context) -> None:
        """A message in a group: answered briefly where it speaks to the bot; what was asked before is each person's."""
        message = message_of(update)
        words = addressed(message, context.bot.bot)
        if words is None:
            return
        visitor = await self._door.visitor(update.effective_user, message.chat, context.bot)
        to = partial(link, context.bot.username)
        if not words.strip():
            hint = self._finding.group_hint(context.bot.username, to, visitor.language)
            await send(context.bot, message.chat, hint, message)
            return
        await self._exchange(context.bot, update, message, words, visitor, lambda h: self._finding.in_group(h, to))

    async def _exchange(
        self,
        bot: ExtBot[Any],
        update: Update,
        message: Message,
        words: str,
        visitor: Visitor,
        told: Callable[[Handled], Reply] = lambda handled: handled.reply,
    ) -> None:
        """Ask the desk, keep the question, send what is told of the answer."""
        chat = message.chat

        def answered() -> tuple[Handled, Reply]:
            handled = self._counter.ask(words, visitor, (bot.id, update.update_id))
            return handled, self._counter.topped(handled, told(handled))

        work = asyncio.ensure_future(asyncio.to_thread(answered))
        await typing_if_slow(work, bot, chat)
        handled, reply = await work
        receipt = await self._ledger.keep(handled.entry)
        if receipt and receipt.replied:
            return
        spoken = replace(visitor, language=handled.question.spoken(handled.entry.language))
        await self._door.tell(bot, chat, reply, spoken, message)
        if receipt:
            await self._ledger.note(receipt.reference)

    async def tap(self, update: Update, context: Context) -> None:
        """A button: its answer takes the place of the message it stands under, unless that must stay."""
        query = update.callback_query
        if query is None:
            return
        chat = query.message.chat if query.message else None
        visitor = await self._door.visitor(query.from_user, chat, context.bot)
        visitor = replace(visitor, message=_answered(query))
        action = decode(query.data or "")
        reply = await self._tapped(action, visitor)
        toast = _toast(action, reply) if reply else sentences(visitor.language).stale_button
        await answer(query, toast, reply is None)
        if reply is None or toast or not isinstance(query.message, Message):
            return
        if not reply.apart:
            await put_in_place(context.bot, query.message, reply)
        elif not self._taps.again(query.message, query.data or ""):
            await send(context.bot, query.message.chat, reply, _about(action, query.message))
            self._taps.answered(query.message, query.data or "")

    async def sorry(self, update: Update) -> None:
        """Tell a citizen politely that something could not be handled."""
        chat = update.effective_chat
        if chat and chat.type == Chat.PRIVATE:
            say = sentences(language(update.effective_user))
            await insist(partial(update.get_bot().send_message, chat.id, say.failed), patience=QUICK)

    async def _tapped(self, action: Action | None, visitor: Visitor) -> Reply | None:
        if action is None:
            return None
        try:
            return await asyncio.to_thread(self._counter.tap, action, visitor)
        except StorageError as error:
            logger.error("a tap was not logged: %s", error)
            reply = Counter(self._desk, None).tap(action, visitor)  # what the desk alone has to say
            if reply is None:
                raise
            return reply


async def typing_if_slow(
    work: "asyncio.Future[Any]", bot: ExtBot[Any], chat: Chat, after: float = TYPING_AFTER
) -> None:
    """Show that the bot is typing if `work` is not done after so many seconds."""
    done, _ = await asyncio.wait({work}, timeout=after)
    if not done:
        with suppress(TelegramError):  # a sign of life, nothing more
            await bot.send_chat_action(chat.id, ChatAction.TYPING)


def _toast(action: Action | None, reply: Reply) -> str | None:
    """Thanks pass over the screen; all else is a message."""
    return reply.text if isinstance(action, Thank) or (isinstance(action, Judge) and action.good) else None


def _about(action: Action | None, shown: Message) -> Message | None:
    """The message that is answered: of a question sent to staff the question itself, so that it is found again."""
    if isinstance(action, AskStaff | StillWrong):
        return shown.reply_to_message or shown
    return shown if isinstance(action, Judge | Report) else None


def _answered(query: CallbackQuery) -> str | None:
    """The message of the person that the tapped one was given to."""
    before = query.message.reply_to_message if isinstance(query.message, Message) else None
    return str(before.message_id) if before else None
