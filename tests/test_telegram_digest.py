"""The day's summary on a real database: what it says, when it is said, and that silence is kept when there is none."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.connection import CarefulBot
from bot.channels.telegram.digest import Digest
from bot.channels.telegram.staffroom import Staffroom
from bot.channels.telegram.staffroom_access import Backroom
from bot.curation import ending, shelve
from bot.desk import Desk
from bot.knowledge import Knowledge
from bot.replies import Voice
from bot.review.settling import Settling
from bot.review.stage import Stage
from bot.storage import Audit, Database, Judgements, Kind, Questions, Tickets, Vote, open_database
from tests.entries import answered, entry
from tests.recording import Recording
from tests.small import load_small, write_base

MORNING = datetime.datetime(2026, 11, 24, 0, 30, tzinfo=datetime.UTC)  # half past seven in Hải Phòng
A_DAY = datetime.timedelta(days=1)


class House:
    """A staff group and what it is told."""

    def __init__(self, database: Database, desk: Desk, ending_: list[Any]) -> None:
        self.database = database
        self.at = MORNING
        self.request = Recording()
        self.bot = CarefulBot("7:TEST", request=self.request, get_updates_request=Recording())
        stage = Stage(Path("khong-co"), None, Path("khong-co"))
        settling = Settling(stage, database, lambda: self.at)
        back = Backroom(database, lambda: self.at, lambda: None, settling, lambda: ending_, -100)
        self.digest = Digest(Staffroom(self.bot, desk, back), desk, back)

    async def said(self) -> list[str]:
        """What one more turn says."""
        before = len(self.request.sent("sendMessage"))
        async with self.bot:
            await self.digest.turn()
        return [str(call["text"]) for call in self.request.sent("sendMessage")[before:]]

    def opens(self, question: str, days: int, asked: int = 1) -> None:
        """A ticket so many days old, asked again yesterday where it was asked more than once."""
        log, book = Questions(self.database), Tickets(self.database)
        for number in range(asked):
            on = (self.at - A_DAY * (days if number == 0 else 1)).date()
            log.add(entry(question, local_day=on)).result()
        book.open(Kind.QUESTION, None, [row.id for row in book.loose(9)], self.at - A_DAY * days)


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_small(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def desk(knowledge: Knowledge) -> Desk:
    return Desk(knowledge, Voice("phường Lê Chân"), lambda: MORNING)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    yield opened
    opened.close()


@pytest.fixture
def house(database: Database, desk: Desk) -> House:
    return House(database, desk, [])


async def test_all_parts_are_told_in_plain_words(house: House, database: Database) -> None:
    house.opens("nuôi voi", 0)
    house.opens("nuôi hổ", 3, asked=2)
    house.opens("nuôi gấu", 9)
    log = Questions(database)
    log.add(answered("đăng ký tạm trú", "tam-tru", reference="d" * 12)).result()
    Judgements(database).judge("d" * 12, False, "old", Vote("v", None, MORNING))
    Judgements(database).judge("d" * 12, True, None, Vote("w", None, MORNING))
    [text] = await house.said()
    assert text.replace("\n\n", "\n").split("\n") == [
        "<b>Tổng hợp ngày 24/11/2026</b>",
        "<b>Nhóm mới từ hôm qua: 1</b>",
        "• 1. nuôi voi (1 người, hôm nay)",
        "<b>Chờ lâu nhất:</b>",
        "• 3. nuôi gấu (1 người, 9 ngày)",
        "• 2. nuôi hổ (2 người, 3 ngày)",
        "<b>Được hỏi nhiều lên:</b>",
        "• 2. nuôi hổ (2 người, 3 ngày)",
        "<b>Báo chưa đúng, 24 giờ qua: 1</b>",
        "• Đăng ký tạm trú: 1",
        "Xem tất cả: /hangdoi",
    ]


async def test_facts_that_end_within_thirty_days_are_told(database: Database, desk: Desk, tmp_path: Path) -> None:
    base = [shelve(write_base(tmp_path / "base"), None)]
    assert await House(database, desk, list(ending(base, datetime.date(2027, 1, 1)))).said() == []
    house = House(database, desk, list(ending(base, datetime.date(2026, 12, 5))))
    house.at += A_DAY
    [text] = await house.said()
    assert "<b>Hết hạn trong 30 ngày:</b>" in text
    assert "Đăng ký khai sinh, Căn cứ: 31/12/2026" in text


@pytest.mark.parametrize("minutes", [-1, 120, 600])
async def test_it_is_said_at_its_hour_or_soon_after(house: House, minutes: int) -> None:
    house.opens("nuôi voi", 0)
    house.at += datetime.timedelta(minutes=minutes)
    assert await house.said() == []


async def test_it_is_said_once_a_day_even_after_a_restart(house: House, database: Database, desk: Desk) -> None:
    house.opens("nuôi voi", 0)
    assert len(await house.said()) == 1
    house.at += datetime.timedelta(minutes=5)
    assert await house.said() == []
    again = House(database, desk, [])
    again.at = house.at
    assert await again.said() == []
    again.at = MORNING + A_DAY
    assert len(await again.said()) == 1
    assert [row.subject for row in Audit(database).search(what="digest")] == ["digest:2026-11-25", "digest:2026-11-24"]


async def test_of_nothing_nothing_is_said(house: House) -> None:
    assert await house.said() == []
