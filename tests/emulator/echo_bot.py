"""A small real bot for the tests of the emulator: python -m tests.emulator.echo_bot BASE_URL BASE_FILE_URL TOKEN."""

import asyncio
import sys
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="yes"), InlineKeyboardButton("Hint", callback_data="hint")]]
)


async def set_up(app: App) -> None:
    commands = [BotCommand("start", "Bắt đầu")]
    await app.bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code="vi")
    await app.bot.set_my_description("Echoes", language_code="vi")


async def answer(message: Message, text: str, **more: Any) -> Message:
    try:
        return await message.reply_text(text, **more)
    except RetryAfter as wait:
        pause = wait.retry_after
        await asyncio.sleep(pause if isinstance(pause, int) else pause.total_seconds())
        return await message.reply_text(text, **more)


async def on_start(update: Update, _context: Context) -> None:
    assert update.message
    await update.message.chat.send_action(ChatAction.TYPING)
    preview = LinkPreviewOptions(is_disabled=True)
    reply = ReplyParameters(update.message.message_id)
    text = "<b>Hello</b> &amp; welcome"
    await update.message.reply_text(
        text, parse_mode="HTML", reply_markup=KEYBOARD, link_preview_options=preview, reply_parameters=reply
    )


async def on_long(update: Update, _context: Context) -> None:
    assert update.message
    try:
        await update.message.reply_text("y" * 4097)
    except BadRequest as refusal:
        await update.message.reply_text(f"refused: {refusal.message}")


async def on_file(update: Update, _context: Context) -> None:
    assert update.message
    sent = await update.message.reply_document(b"some bytes", filename="some.txt")
    assert sent.document
    data = await (await sent.document.get_file()).download_as_bytearray()
    await update.message.reply_text(data.decode())


async def on_same(update: Update, _context: Context) -> None:
    assert update.message
    sent = await update.message.reply_text("same")
    try:
        await sent.edit_text("same")
    except BadRequest as refusal:
        await update.message.reply_text(refusal.message)


async def on_text(update: Update, _context: Context) -> None:
    if update.message and update.message.text:
        await answer(update.message, update.message.text)


async def on_tap(update: Update, _context: Context) -> None:
    query = update.callback_query
    assert query
    assert isinstance(query.message, Message)
    if query.data == "hint":
        await query.answer("A hint")
        return
    await query.answer()
    await query.edit_message_text(f"{query.message.text}: {query.data}")


async def on_inline(update: Update, _context: Context) -> None:
    assert update.inline_query
    content = InputTextMessageContent(update.inline_query.query)
    await update.inline_query.answer([InlineQueryResultArticle("1", "Echo", content)])


def run_echo_bot(base_url: str, base_file_url: str, token: str) -> None:
    app = ApplicationBuilder().base_url(base_url).base_file_url(base_file_url).token(token).post_init(set_up).build()
    for name, handler in {"start": on_start, "long": on_long, "file": on_file, "same": on_same}.items():
        app.add_handler(CommandHandler(name, handler))
    app.add_handler(MessageHandler(filters.TEXT, on_text))
    app.add_handler(CallbackQueryHandler(on_tap))
    app.add_handler(InlineQueryHandler(on_inline))
    app.run_polling(bootstrap_retries=0)


if __name__ == "__main__":
    run_echo_bot(*sys.argv[1:])
