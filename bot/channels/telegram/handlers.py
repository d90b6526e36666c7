"""What the bot does with each kind of update: all handlers in one list, the first that fits takes it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

from telegram import Chat, LinkPreviewOptions, Message, ReplyParameters, Update, User
from telegram.constants import ChatAction, ParseMode
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.channels.telegram.actions import decode
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import messages
from bot.channels.telegram.sending import insist
from bot.channels.telegram.where import Wayfinding
from bot.counter import Counter, Visitor
from bot.desk import Question, sentences
from bot.errors import StorageError
from bot.replies import Action, Reply, help_text, line, welcome
from bot.storage import LogEntry, Questions, Receipt

CHANNEL = "telegram"
TYPING_AFTER = 0.5  # seconds: faster answers need no sign of life
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Handler: TypeAlias = Callable[[Update, Context], Awaitable[None]]

logger = logging.getLogger(__name__)


class Window:
    """The counter as Telegram sees it."""

    def __init__(self, counter: Counter, log: Questions) -> None:
        self._counter = counter
        self._desk = counter.desk
        self._log = log

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In order: commands, where to go, questions, taps, what is no text. Groups and channels stay unanswered."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        return [
            CommandHandler("start", self.start, filters=private),
            CommandHandler("help", self.help, filters=private),
            *Wayfinding(self._counter).handlers(),
            MessageHandler(private & filters.TEXT, self.question),
            CallbackQueryHandler(self.tap),
            MessageHandler(private & ~filters.StatusUpdate.ALL, self.not_text),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """The first screen."""
        say = sentences(_language(update.effective_user))
        await _send(context.bot, _chat(update), welcome(say, self._desk.voice))

    async def help(self, update: Update, context: Context) -> None:
        """What the bot does and does not do."""
        say = sentences(_language(update.effective_user))
        await _send(context.bot, _chat(update), help_text(say, self._desk.voice))

    async def not_text(self, update: Update, context: Context) -> None:
        """A photo, a voice message, a sticker: a kind line, nothing kept."""
        say = sentences(_language(update.effective_user))
        await _send(context.bot, _chat(update), Reply((line(say.not_text), line(say.send_as_text))))

    async def question(self, update: Update, context: Context) -> None:
        """A question: answered, logged before it is sent, marked when it is sent."""
        message, chat = _message(update), _chat(update)
        asked = Question(
            message.text or "",
            CHANNEL,
            str(chat.id),
            (context.bot.id, update.update_id),
            _language(update.effective_user),
        )
        work = asyncio.ensure_future(asyncio.to_thread(self._counter.ask, asked, _person(update.effective_user)))
        await typing_if_slow(work, context.bot, chat)
        handled = await work
        receipt = await self._keep(handled.entry)
        if receipt and receipt.replied:
            return
        await _send(context.bot, chat, handled.reply, message)
        if receipt:
            await self._note(lambda: self._log.replied(handled.entry.reference, self._desk.clock()))

    async def tap(self, update: Update, context: Context) -> None:
        """A button: its answer takes the place of the message it stands under."""
        query = update.callback_query
        if query is None:
            return
        say = sentences(_language(query.from_user))
        chat = str(query.message.chat.id) if query.message else None
        reply = await self._tapped(decode(query.data or ""), _visitor(query.from_user, chat))
        await insist(lambda: query.answer(None if reply else say.stale_button, show_alert=reply is None))
        if reply is None or not isinstance(query.message, Message):
            return
        await _replace(context.bot, query.message, reply)

    async def failed(self, update: object, context: Context) -> None:
        """An unexpected fault: logged without a word of the question; the citizen is told politely."""
        error = context.error
        logger.error("an update could not be handled: %s", type(error).__name__, exc_info=_without_message(error))
        if isinstance(update, Update) and update.effective_chat and update.effective_chat.type == Chat.PRIVATE:
            chat, say = update.effective_chat, sentences(_language(update.effective_user))
            await insist(lambda: context.bot.send_message(chat.id, say.failed))

    async def _tapped(self, action: Action | None, visitor: Visitor) -> Reply | None:
        if action is None:
            return None
        try:
            return await asyncio.to_thread(self._counter.tap, action, visitor)
        except StorageError as error:
            logger.error("a tap was not logged: %s", error)
            return self._desk_only(action, visitor)

    def _desk_only(self, action: Action, visitor: Visitor) -> Reply | None:
        """What the desk alone has to say while the log cannot be written."""
        return Counter(self._desk, None).tap(action, visitor)

    async def _keep(self, entry: LogEntry) -> Receipt | None:
        try:
            return await asyncio.wrap_future(self._log.add(entry))
        except StorageError as error:
            logger.error("a question was answered but not logged: %s", error)
            return None

    async def _note(self, write: Callable[[], Any]) -> None:
        try:
            await asyncio.wrap_future(write())
        except StorageError as error:
            logger.error("a change was not logged: %s", error)


async def _send(bot: ExtBot[Any], chat: Chat, reply: Reply, to: Message | None = None) -> None:
    for message in messages(reply):
        await insist(partial(_send_one, bot, chat, message, to))


async def _send_one(bot: ExtBot[Any], chat: Chat, message: Rendered, to: Message | None) -> Message:
    return await bot.send_message(
        chat.id,
        message.html,
        parse_mode=ParseMode.HTML,
        reply_markup=message.keyboard,
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True) if to else None,
        link_preview_options=NO_PREVIEW,
    )


async def _replace(bot: ExtBot[Any], old: Message, reply: Reply) -> None:
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
        await insist(partial(_send_one, bot, old.chat, message, None))


async def typing_if_slow(
    work: "asyncio.Future[Any]", bot: ExtBot[Any], chat: Chat, after: float = TYPING_AFTER
) -> None:
    """Show that the bot is typing if `work` is not done after so many seconds."""
    done, _ = await asyncio.wait({work}, timeout=after)
    if not done:
        await insist(lambda: bot.send_chat_action(chat.id, ChatAction.TYPING))


def _language(user: User | None) -> str:
    return (user.language_code if user else None) or "vi"


def _person(user: User | None) -> str | None:
    return str(user.id) if user else None


def _visitor(user: User, chat: str | None) -> Visitor:
    return Visitor(CHANNEL, chat, _language(user), _person(user))


def _chat(update: Update) -> Chat:
    chat = update.effective_chat
    if chat is None:
        raise ValueError("an update without a chat reached a handler for chats")
    return chat


def _message(update: Update) -> Message:
    message = update.message
    if message is None:
        raise ValueError("an update without a message reached a handler for messages")
    return message


def _without_message(error: BaseException | None) -> BaseException | None:
    """The same fault with its traceback but without its own words, which may quote a question."""
    if error is None:
        return None
    return RuntimeError("details withheld").with_traceback(error.__traceback__)
