"""The control: the same work on stock python-telegram-bot, which confirms an update before it has processed it."""

import asyncio
import os
import sqlite3
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.faults.stub import TOKEN

WORK = 0.05  # seconds for what our bot does with a question


def main(mode: str, port: int) -> None:
    """Log each question, then answer it."""
    db = sqlite3.connect(os.environ["FAULTS_DATABASE"])
    db.execute("CREATE TABLE IF NOT EXISTS questions (update_id INTEGER)")
    db.commit()

    async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        if message:
            await asyncio.sleep(WORK)
            db.execute("INSERT INTO questions VALUES (?)", (update.update_id,))
            db.commit()
            await message.reply_text("đã nhận", do_quote=True)

    async def started(_application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
        sys.stdout.write("đang chạy\n")
        sys.stdout.flush()

    builder = Application.builder().token(TOKEN).base_url(os.environ["FAULTS_BASE_URL"])
    application = builder.concurrent_updates(True).post_init(started).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    if mode == "polling":
        application.run_polling(timeout=10)
    else:
        url = f"http://127.0.0.1:{port}/telegram"
        application.run_webhook("127.0.0.1", port, "telegram", webhook_url=url)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
