"""When the report of a past period is sent to the staff group: on its day or up to a week later, and once."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.connection import CarefulBot
from bot.channels.telegram.staffroom_access import Backroom
from bot.channels.telegram.staffroom_figures import Reporting
from bot.channels.telegram.statistics import Statistics
from bot.config import OFFICE_TIME
from bot.errors import MotCuaError
from bot.figures import Figures, Ground, Period, Unit
from bot.review.settling import Settling
from bot.review.stage import Stage
from bot.storage import Database, open_database
from tests.recording import Recording


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    yield opened
    opened.close()


def no_figures(_ground: Ground) -> Figures:
    raise AssertionError("a report counts by itself")


async def told(database: Database, every: Unit, *moments: str) -> list[str]:
    """What the group hears at these moments by the office's clock, where every report fails with its period."""
    request, written = Recording(), list[Period]()
    clock = datetime.datetime.now(datetime.UTC)

    def write(period: Period) -> tuple[str, bytes]:
        written.append(period)
        raise MotCuaError("thử")

    settling = Settling(Stage(Path("khong-co"), None, Path("khong-co")), database, lambda: clock)
    back = Backroom(database, lambda: clock, lambda: None, settling, list, -100)
    bot = CarefulBot("7:TEST", request=request, get_updates_request=Recording())
    reporting = Reporting(bot, -100, back, Statistics(no_figures, lambda _table, _title: b"", write, every))
    async with bot:
        for moment in moments:
            clock = datetime.datetime.fromisoformat(moment).replace(tzinfo=OFFICE_TIME)
            await reporting.turn()
    assert len(written) == len(request.sent("sendMessage"))
    return [str(call["text"]) for call in request.sent("sendMessage")]


@pytest.mark.parametrize(
    ("every", "moments", "periods"),
    [
        (Unit.MONTH, ["2026-12-01T07:29"], []),
        (
            Unit.MONTH,
            ["2026-12-01T07:29", "2026-12-01T07:30", "2026-12-01T07:31", "2026-12-02T07:30"],
            ["tháng 11/2026"],
        ),
        (Unit.MONTH, ["2026-12-08T07:29"], ["tháng 11/2026"]),  # the bot was off for a week
        (Unit.MONTH, ["2026-12-08T07:30"], []),
        (Unit.MONTH, ["2026-12-01T08:00", "2027-01-01T08:00"], ["tháng 11/2026", "tháng 12/2026"]),
        (Unit.QUARTER, ["2026-12-01T08:00", "2027-01-02T08:00"], ["quý 4/2026"]),
        (Unit.WEEK, ["2026-11-23T08:00", "2026-11-29T23:59"], ["từ 16/11/2026 đến 22/11/2026"]),
    ],
)
async def test_each_period_once(database: Database, every: Unit, moments: list[str], periods: list[str]) -> None:
    assert await told(database, every, *moments) == [f"Không làm được báo cáo {period}: thử" for period in periods]
