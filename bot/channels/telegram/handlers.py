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
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.channels.telegram.actions import decode
from bot.channels.telegram.groups import Edits, addressed
from bot.channels.telegram.inline import offer
from bot.channels.telegram.links import HELLO, link, read
from bot.channels.telegram.render import Message as Rendered
from bot.channels.telegram.render import messages
from bot.channels.telegram.sending import insist
from bot.channels.telegram.where import Wayfinding
from bot.counter import Counter, Visitor
from bot.desk import Handled, Question, sentences
from bot.errors import StorageError
from bot.finding import Finding
from bot.replies import Action, Browse, By, Reply, help_text, line
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
        self._finding = Finding(counter.desk)
        self._edits = Edits()

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In order: commands, where to go, questions, taps, other chats, what is no text. Channels stay unanswered."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        groups = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
        edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & ~filters.COMMAND
        return [
            CommandHandler("start", self.start, filters=private),
            CommandHandler("help", self.help, filters=private),
            CommandHandler(["danhmuc", "browse"], self.browse, filters=private),
            CommandHandler(["tim", "find"], self.find, filters=private),
            *Wayfinding(self._counter).handlers(),
            MessageHandler(private & filters.TEXT, self.question),
            MessageHandler(edited & filters.TEXT, self.edited),
            CallbackQueryHandler(self.tap),
            InlineQueryHandler(self.inline),
            MessageHandler(groups & filters.TEXT, self.in_group),
            MessageHandler(private & ~filters.StatusUpdate.ALL, self.not_text),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """The first screen, or what a link opens."""
        chat, language = _chat(update), _language(update.effective_user)
        if not context.args or context.args[0] == HELLO:
            reply = self._finding.first(language)
        else:
            reply = self._finding.opened(read(context.args[0]), str(chat.id), language)
        await _send(context.bot, chat, reply)

    async def browse(self, update: Update, context: Context) -> None:
        """The list of procedures by life event, from which one gets to the fields."""
        chat, language = _chat(update), _language(update.effective_user)
        reply = self._counter.tap(Browse(By.EVENT), Visitor(CHANNEL, str(chat.id), language))
        if reply:
            await _send(context.bot, chat, reply)

    async def find(self, update: Update, context: Context) -> None:
        """A search by words: buttons, nothing decided, nothing logged."""
        words, language = " ".join(context.args or ()), _language(update.effective_user)
        reply = await asyncio.to_thread(self._finding.find, words, language)
        await _send(context.bot, _chat(update), reply, _message(update))

    async def inline(self, update: Update, context: Context) -> None:
        """Words typed behind the bot's name in any chat: cards, nothing logged."""
        query = update.inline_query
        if query:
            cards = await asyncio.to_thread(self._finding.cards, query.query)
            await offer(query, cards, context.bot.username)

    async def help(self, update: Update, context: Context) -> None:
        """What the bot does and does not do."""
        speaker = self._desk.speaker(_language(update.effective_user))
        await _send(context.bot, _chat(update), help_text(speaker.say, self._desk.voice, speaker.now))

    async def not_text(self, update: Update, context: Context) -> None:
        """A photo, a voice message, a sticker: a kind line, nothing kept."""
        say = sentences(_language(update.effective_user))
        await _send(context.bot, _chat(update), Reply((line(say.not_text), line(say.send_as_text))))

    async def question(self, update: Update, context: Context) -> None:
        """A question: answered, logged before it is sent, marked when it is sent."""
        message = _message(update)
        if message.via_bot and message.via_bot.id == context.bot.id:
            return  # a card that the bot itself offered
        await self._exchange(update, context, message, message.text or "", str(message.chat.id), _whole)

    async def edited(self, update: Update, context: Context) -> None:
        """A question edited within five minutes is answered anew, once."""
        message = update.edited_message
        if message and self._edits.asks_anew(message):
            await self._exchange(update, context, message, message.text or "", str(message.chat.id), _whole)

    async def in_group(self, update: Update, context: Context) -> None:
        """A message in a group: answered briefly where it speaks to the bot; what was asked before is each person's."""
        message, person = _message(update), update.effective_user
        words = addressed(message, context.bot.bot)
        if words is None or person is None:
            return
        to = partial(link, context.bot.username)
        if not words.strip():
            hint = self._finding.group_hint(context.bot.username, to, _language(person))
            await _send(context.bot, message.chat, hint, message)
            return
        whose = f"{message.chat.id}:{person.id}"
        await self._exchange(update, context, message, words, whose, lambda h: self._finding.in_group(h, to))

    async def _exchange(
        self,
        update: Update,
        context: Context,
        message: Message,
        words: str,
        whose: str,
        told: Callable[[Handled], Reply],
    ) -> None:
        """Ask the desk, keep the question, send what is told of the answer; `whose` keys what is spoken of."""
        chat = message.chat
        number = (context.bot.id, update.update_id)
        asked = Question(words, CHANNEL, whose, number, _language(update.effective_user))
        work = asyncio.ensure_future(asyncio.to_thread(self._counter.ask, asked, _person(update.effective_user)))
        await typing_if_slow(work, context.bot, chat)
        handled = await work
        receipt = await self._keep(handled.entry)
        if receipt and receipt.replied:
            return
        await _send(context.bot, chat, told(handled), message)
        if receipt:
            await self._note(lambda: self._log.replied(handled.entry.reference, self._desk.clock()))

    async def tap(self, update: Update, context: Context) -> None:
        """A button: its answer takes the place of the message it stands under, unless that must stay."""
        query = update.callback_query
        if query is None:
            return
        say = sentences(_language(query.from_user))
        chat = str(query.message.chat.id) if query.message else None
        visitor = _visitor(query.from_user, chat, context.bot.username)
        reply = await self._tapped(decode(query.data or ""), visitor)
        await insist(lambda: query.answer(None if reply else say.stale_button, show_alert=reply is None))
        if reply is None or not isinstance(query.message, Message):
            return
        if reply.apart:
            await _send(context.bot, query.message.chat, reply)
        else:
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


def _whole(handled: Handled) -> Reply:
    return handled.reply


def _language(user: User | None) -> str:
    return (user.language_code if user else None) or "vi"


def _person(user: User | None) -> str | None:
    return str(user.id) if user else None


def _visitor(user: User, chat: str | None, bot: str) -> Visitor:
    return Visitor(CHANNEL, chat, _language(user), _person(user), bot)


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
