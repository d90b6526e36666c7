"""What the bot does with each kind of update: all handlers in one list, the first that fits takes it."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeAlias

from telegram import Chat, LinkPreviewOptions, Message, ReplyParameters, Update
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
from bot.channels.telegram.door import CHANNEL, Door, kind, language
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import messages
from bot.channels.telegram.sending import insist
from bot.counter import Counter, Visitor
from bot.desk import Question, sentences
from bot.errors import StorageError
from bot.replies import Action, AskStaff, Judge, Reply, Report, help_text, welcome
from bot.replies.personal import not_text
from bot.storage import LogEntry, Receipt

TYPING_AFTER = 0.5  # seconds: faster answers need no sign of life
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]
Handler: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]

logger = logging.getLogger(__name__)


class Window:
    """The counter as Telegram sees it."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._desk = counter.desk
        self._log = counter.log
        self._door = Door(counter)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In order: commands, questions, taps, then whatever is no text. Groups and channels stay unanswered."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        return [
            CommandHandler("start", self.start, filters=private),
            CommandHandler("help", self.help, filters=private),
            *(CommandHandler(n, self._tells(told), filters=private) for n, told in self._door.commands().items()),
            MessageHandler(private & filters.TEXT, self.question),
            CallbackQueryHandler(self.tap),
            MessageHandler(private & ~filters.StatusUpdate.ALL, self.not_text),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """The first screen."""
        visitor = await self._door.visitor(update.effective_user, _chat(update), context.bot)
        await self._told(context.bot, _chat(update), welcome(sentences(visitor.language), self._desk.voice), visitor)

    async def help(self, update: Update, context: Context) -> None:
        """What the bot does and does not do."""
        visitor = await self._door.visitor(update.effective_user, _chat(update), context.bot)
        await _send(context.bot, _chat(update), help_text(sentences(visitor.language), self._desk.voice))

    async def not_text(self, update: Update, context: Context) -> None:
        """A photo, a voice message, a sticker: a kind line, nothing fetched, nothing kept."""
        visitor = await self._door.visitor(update.effective_user, _chat(update), context.bot)
        await _send(context.bot, _chat(update), not_text(sentences(visitor.language), kind(_message(update))))

    async def question(self, update: Update, context: Context) -> None:
        """A question: answered, logged before it is sent, marked when it is sent."""
        message, chat = _message(update), _chat(update)
        visitor = await self._door.visitor(update.effective_user, chat, context.bot)
        asked = Question(
            message.text or "",
            CHANNEL,
            str(chat.id),
            (context.bot.id, update.update_id),
            visitor.language,
            visitor.chosen,
            visitor.person,
        )
        work = asyncio.ensure_future(asyncio.to_thread(self._desk.ask, asked))
        await typing_if_slow(work, context.bot, chat)
        handled = await work
        receipt = await self._keep(handled.entry)
        if receipt and receipt.replied:
            return
        await self._told(context.bot, chat, handled.reply, visitor, message)
        if receipt and self._log:
            await self._note(partial(self._log.replied, handled.entry.reference, self._desk.clock()))

    async def tap(self, update: Update, context: Context) -> None:
        """A button: its answer takes the place of the message it stands under, or stands beside what is judged."""
        query = update.callback_query
        if query is None:
            return
        visitor = await self._door.visitor(query.from_user, query.message.chat if query.message else None, context.bot)
        action = decode(query.data or "")
        reply = await self._tapped(action, visitor)
        toast = _toast(action, reply) if reply else sentences(visitor.language).stale_button
        await insist(lambda: query.answer(toast, show_alert=reply is None))
        if reply is None or not isinstance(query.message, Message) or (toast and _beside(action)):
            return
        if _beside(action):
            await _send(context.bot, query.message.chat, reply, query.message)
        else:
            await _replace(context.bot, query.message, reply)

    def _tells(self, told: Callable[[Visitor], Reply]) -> Handler:
        async def tell(update: Update, context: Context) -> None:
            visitor = await self._door.visitor(update.effective_user, _chat(update), context.bot)
            await _send(context.bot, _chat(update), await asyncio.to_thread(told, visitor))

        return tell

    async def _told(
        self, bot: ExtBot[Any], chat: Chat, reply: Reply, visitor: Visitor, to: Message | None = None
    ) -> None:
        for part in self._door.told(reply, visitor):
            await _send(bot, chat, part, to)
        await self._door.noticed(visitor)

    async def failed(self, update: object, context: Context) -> None:
        """An unexpected fault: logged without a word of the question; the citizen is told politely."""
        error = context.error
        logger.error("an update could not be handled: %s", type(error).__name__, exc_info=_without_message(error))
        if isinstance(update, Update) and update.effective_chat and update.effective_chat.type == Chat.PRIVATE:
            chat, say = update.effective_chat, sentences(language(update.effective_user))
            await insist(lambda: context.bot.send_message(chat.id, say.failed))

    async def _tapped(self, action: Action | None, visitor: Visitor) -> Reply | None:
        if action is None:
            return None
        try:
            return await asyncio.to_thread(self._counter.tap, action, visitor)
        except StorageError as error:
            logger.error("a tap was not logged: %s", error)
            reply = self._desk_only(action, visitor)
            if reply is None:
                raise
            return reply

    def _desk_only(self, action: Action, visitor: Visitor) -> Reply | None:
        """What the desk alone has to say while the log cannot be written."""
        return Counter(self._desk, None).tap(action, visitor)

    async def _keep(self, entry: LogEntry) -> Receipt | None:
        if self._log is None:
            return None
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


def _beside(action: Action | None) -> bool:
    """Whether a tap is about the message it stands under, which therefore stays as it is."""
    return isinstance(action, AskStaff) or (isinstance(action, Judge | Report) and action.why is None)


def _toast(action: Action | None, reply: Reply) -> str | None:
    """Thanks for a 👍 pass over the screen; all else is a message."""
    return reply.text if isinstance(action, Judge) and action.good and not reply.buttons else None


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
