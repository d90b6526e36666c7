"""The emulator refuses in a group with topics what Telegram refuses there."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest

from tests.emulator.client import Emulator

FORUM = {"id": -4001, "type": "supergroup", "title": "Cán bộ", "is_forum": True}
PLAIN = {"id": -4002, "type": "supergroup", "title": "Cán bộ"}
Change = Callable[[Bot, int, int], Awaitable[Any]]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda bot, topic, _: bot.reopen_forum_topic(-4001, topic), "Topic_not_modified"),
        (lambda bot, topic, _: bot.close_forum_topic(-4001, topic + 1), "Message thread not found"),
        (lambda bot, topic, _: bot.send_message(-4001, "x", message_thread_id=topic + 1), "Message thread not found"),
        (lambda bot, _, text: bot.set_message_reaction(-4001, text, "✅"), "Reaction_invalid"),
        (lambda bot, _, text: bot.set_message_reaction(-4001, text, ["👀", "👌"]), "Reactions_too_many"),
        (lambda bot, _, text: bot.set_message_reaction(-4001, text + 99, "👀"), "Message to react not found"),
        (lambda bot, *_: bot.create_forum_topic(-4002, "x"), "The chat is not a forum"),
    ],
)
async def test_what_telegram_refuses_is_refused(emulator: Emulator, change: Change, words: str) -> None:
    text = emulator.person("An", chat=FORUM).writes("x")["message"]["message_id"]
    emulator.person("An", chat=PLAIN).writes("x")
    async with Bot(emulator.token, emulator.base_url, emulator.base_file_url) as bot:
        topic = await bot.create_forum_topic(-4001, "T")
        assert await bot.set_message_reaction(-4001, text, "👌")
        assert await bot.close_forum_topic(-4001, topic.message_thread_id)
        assert await bot.reopen_forum_topic(-4001, topic.message_thread_id)
        with pytest.raises(BadRequest, match=words):
            await change(bot, topic.message_thread_id, text)
