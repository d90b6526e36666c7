"""Who floods the bot is told so once and left alone; others and staff are served all the while."""

import datetime
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram.connection import Settings, careful_bot
from bot.channels.telegram.service import Service, build
from bot.counter import Counter
from bot.desk import Brain, Desk
from bot.phrases.english import ENGLISH
from bot.phrases.vietnamese import VIETNAMESE
from bot.replies import Voice
from bot.roles import Role
from bot.storage import Database, Questions, Staff, open_database
from tests.recording import Recording, message, tap

NOW = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)


class House:
    """A bot that lets everybody send three messages a minute."""

    def __init__(self, service: Service, request: Recording, database: Database) -> None:
        self.take = service.intake.take
        self.request = request
        self.database = database

    def said(self, chat: int) -> list[str]:
        """What a chat was sent."""
        return [str(call["text"]) for call in self.request.sent("sendMessage") if call["chat_id"] == chat]


@pytest.fixture
async def house(shipped_brain: Brain, tmp_path: Path) -> AsyncIterator[House]:
    database, request = open_database(tmp_path / "log.db"), Recording()
    settings = Settings("7:TEST", "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot", None, lambda *_: None)
    counter = Counter(Desk(shipped_brain, Voice("phường Thành Đông"), lambda: NOW), Questions(database))
    service = build(careful_bot(settings, request, Recording()), counter, database, flood="3/minute")
    async with service.application:
        yield House(service, request, database)
    database.close()


async def test_one_notice_then_silence_while_others_are_answered(house: House) -> None:
    for number in range(1, 9):
        assert await house.take(message(number, "đăng ký tạm trú", chat=1).to_dict())
    assert [VIETNAMESE.flooded in text for text in house.said(1)] == [False, False, False, False, True]
    assert await house.take(message(9, "đăng ký tạm trú", chat=2).to_dict())
    assert "Đăng ký tạm trú" in house.said(2)[0]


async def test_a_finger_that_never_stops_is_told_on_the_button(house: House) -> None:
    for number in range(1, 7):
        assert await house.take(tap(number, "s:tam-tru:t").to_dict())
    told = [call.get("text") for call in house.request.sent("answerCallbackQuery")]
    assert told == [None, None, None, None, VIETNAMESE.flooded, None]
    assert len(house.request.sent("editMessageText")) == 4


async def test_a_group_is_not_told_and_a_foreigner_is_in_english(house: House) -> None:
    for number in range(1, 6):
        await house.take(message(number, "x", chat=-5, kind="supergroup").to_dict())
    assert house.said(-5) == []
    for number in range(6, 11):
        await house.take(message(number, "temporary residence", chat=3, language="en").to_dict())
    assert house.said(3)[-1] == ENGLISH.flooded


async def test_staff_are_never_held_up(house: House) -> None:
    Staff(house.database).add("1", "An", Role.EDITOR, None, NOW)
    for number in range(1, 8):
        assert await house.take(message(number, "đăng ký tạm trú", chat=1).to_dict())
    assert len(house.said(1)) == 7
