"""Taking updates in: done once, tried again, given up and kept, whatever Telegram or the database does meanwhile."""

import asyncio
import datetime
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils.utils import sqlite3
from telegram import Update
from telegram.ext import ContextTypes, TypeHandler

from bot.channels.telegram import intake as room
from bot.channels.telegram.connection import Settings, careful_bot
from bot.channels.telegram.intake import TRIES, Intake, content, kind, shape
from bot.channels.telegram.ledger import Ledger
from bot.channels.telegram.patience import Writing
from bot.channels.telegram.polling import Queue
from bot.channels.telegram.service import Service, build
from bot.counter import Counter
from bot.desk import Brain, Desk
from bot.errors import BusyError, StorageError
from bot.replies import Voice
from bot.storage import Database, LogFilter, Questions, dead_letters, open_database
from tests.entries import entry
from tests.recording import Recording, message, tap

NOW = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)
FLOOD = (429, {"error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 30}})
BROKEN = (502, {"error_code": 502, "description": "Bad Gateway"})


class Clock:
    """The time that the house has."""

    now = NOW


class House:
    """A whole service on a recording request."""

    def __init__(self, service: Service, request: Recording, database: Database, clock: Clock) -> None:
        self.service = service
        self.intake: Intake = service.intake
        self.request = request
        self.database = database
        self.clock = clock

    def texts(self) -> list[str]:
        return [str(call["text"]) for call in self.request.sent("sendMessage")]

    def logged(self) -> list[str]:
        return [row.question for row in Questions(self.database).search(LogFilter())]

    def only_breaks(self) -> None:
        """Take the handlers away."""
        for handler in list(self.service.application.handlers[0]):
            self.service.application.remove_handler(handler)

    def breaks(self, *faults: Exception) -> list[int]:
        """The handlers meet these faults first, one at each try; how often they were called."""
        waiting, calls = list(faults), list[int]()

        async def broken(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            calls.append(update.update_id)
            if waiting:
                raise waiting.pop(0)

        self.service.application.add_handler(TypeHandler(Update, broken), -2)
        return calls


@pytest.fixture
async def house(shipped_brain: Brain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(room, "WAITS", (0.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(room, "WAIT", 0.0)
    database, request = open_database(tmp_path / "log.db"), Recording()
    settings = Settings("7:TEST", "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot", None, lambda *_: None)
    clock = Clock()
    counter = Counter(Desk(shipped_brain, Voice("phường Thành Đông"), lambda: clock.now), Questions(database))
    service = build(careful_bot(settings, request, Recording()), counter, database)
    house = House(service, request, database, clock)
    async with service.application:
        yield house
    database.close()


async def test_a_fault_is_tried_again_until_it_has_passed(house: House) -> None:
    house.only_breaks()
    calls = house.breaks(BusyError("locked"), ValueError("once"))
    assert await house.intake.take(message(1, "đăng ký tạm trú").to_dict())
    assert len(calls) == 3
    assert dead_letters(house.database) == []


async def test_after_something_was_said_nothing_is_tried_again(house: House) -> None:
    calls = house.breaks(BusyError("locked"), ValueError("once"))
    assert await house.intake.take(message(1, "đăng ký tạm trú").to_dict())
    assert (len(calls), len(house.texts())) == (1, 1)


async def test_what_fails_five_times_is_kept_masked_and_the_person_is_told(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.only_breaks()
    calls = house.breaks(*[ValueError("bí mật")] * 9)
    with caplog.at_level(logging.DEBUG):
        assert await house.intake.take(message(1, "số 030123456789 bí mật").to_dict())
    assert len(calls) == TRIES
    [letter] = dead_letters(house.database)
    assert (letter.update_id, letter.tries) == (1, TRIES)
    assert (letter.letter.kind, letter.letter.fault) == ("message", "ValueError")
    assert letter.letter.content == "số [số giấy tờ] bí mật"
    assert [text.startswith("Bot gặp lỗi") for text in house.texts()] == [True]
    assert "bí mật" not in "".join(logging.Formatter().format(r) for r in caplog.records if r.name.startswith("bot"))
    assert await house.intake.take(message(1, "số 030123456789 bí mật").to_dict())
    assert len(calls) == TRIES


async def test_an_update_that_killed_the_bot_five_times_is_given_up(house: House) -> None:
    for _ in range(TRIES):
        await asyncio.wrap_future(house.intake.deliveries.claim(1, NOW))
        await asyncio.to_thread(house.intake.deliveries.release)
    assert await house.intake.take(message(1, "đăng ký tạm trú").to_dict())
    assert house.logged() == []
    assert [letter.letter.fault for letter in dead_letters(house.database)] == ["RuntimeError"]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ({"update_id": 4, "message": 3}, ["update_id message"]),
        ({"update_id": 5, "message": {"chat": "x"}}, ["update_id message(chat)"]),
        ({"update_id": 6}, []),
        ({"update_id": "7"}, []),
        ("x", []),
        (None, []),
    ],
)
async def test_what_cannot_be_read_is_skipped_and_kept(house: House, raw: Any, kept: list[str]) -> None:
    assert await house.intake.take(raw)
    assert [letter.letter.content for letter in dead_letters(house.database)] == kept
    assert house.texts() == []


async def test_a_person_who_blocked_the_bot_is_no_fault(house: House) -> None:
    house.request.refusals.append((403, {"error_code": 403, "description": "Forbidden: bot was blocked by the user"}))
    assert await house.intake.take(message(1, "đăng ký tạm trú").to_dict())
    assert dead_letters(house.database) == []
    assert house.logged() == ["đăng ký tạm trú"]


@pytest.mark.parametrize("refusals", [[FLOOD], [BROKEN, BROKEN]])
async def test_a_reply_that_is_not_taken_waits_and_what_follows_waits_behind_it(
    house: House, refusals: list[tuple[int, dict[str, Any]]]
) -> None:
    house.request.refusals += refusals
    assert await house.intake.take(message(1, "đăng ký tạm trú").to_dict())
    sent = len(house.texts())
    assert await house.intake.take(message(2, "đăng ký khai sinh").to_dict())
    assert len(house.texts()) == sent
    assert await house.intake.take(message(3, "đăng ký kết hôn", chat=2).to_dict())
    assert "kết hôn" in house.texts()[-1]
    await house.service.late.turn()
    assert ["tạm trú" in house.texts()[-2], "khai sinh" in house.texts()[-1]] == [True, True]
    assert house.database.read(lambda db: db.execute("SELECT count(*) FROM replies").fetchone()[0]) == 0
    await house.service.late.turn()
    assert await house.intake.take(message(4, "đăng ký tạm trú").to_dict())
    assert "tạm trú" in house.texts()[-1]


async def test_a_reply_that_waits_survives_a_crash_and_ends_when_it_is_refused_or_old(house: House) -> None:
    house.request.refusals.append(FLOOD)
    await house.intake.take(message(1, "đăng ký tạm trú").to_dict())
    await asyncio.to_thread(house.service.late.begin)
    assert house.service.late.waits(1)
    house.request.refusals.append(FLOOD)
    await house.service.late.turn()
    assert house.service.late.waits(1)
    house.clock.now += datetime.timedelta(seconds=31)
    house.request.refusals.append((400, {"error_code": 400, "description": "Bad Request: chat not found"}))
    await house.service.late.turn()
    assert not house.service.late.waits(1)
    house.request.refusals.append(FLOOD)
    await house.intake.take(message(2, "đăng ký tạm trú").to_dict())
    house.clock.now += datetime.timedelta(days=2)
    house.request.refusals.append(BROKEN)
    await house.service.late.turn()
    assert not house.service.late.waits(1)


async def test_an_edit_that_telegram_does_not_take_is_sent_anew(house: House) -> None:
    house.request.refusals.append(FLOOD)
    assert await house.intake.take(tap(1, "s:tam-tru:t").to_dict())
    assert "3 ngày làm việc" in house.texts()[-1]


async def test_a_database_that_is_held_is_waited_for_and_nothing_is_lost(house: House) -> None:
    holder = sqlite3.connect(str(house.database.path), isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    taking = asyncio.create_task(house.intake.take(message(1, "đăng ký tạm trú").to_dict()))
    _, waiting = await asyncio.wait({taking}, timeout=1.0)
    assert waiting
    assert house.texts() == []
    holder.execute("COMMIT")
    holder.close()
    assert await taking
    assert house.logged() == ["đăng ký tạm trú"]
    assert len(house.texts()) == 1


async def test_a_database_that_stays_held_lets_people_be_answered_and_is_caught_up_with(tmp_path: Path) -> None:
    database = open_database(tmp_path / "log.db")
    seen = list[int]()
    ledger = Ledger(Questions(database), Writing(patience=0.3), lambda: NOW, seen.append)
    holder = sqlite3.connect(str(database.path), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert await asyncio.gather(*(ledger.keep(entry(f"câu {n}", update_id=n)) for n in range(3))) == [None] * 3
    assert ledger.unlogged == 3
    holder.execute("COMMIT")
    holder.close()
    receipt = await ledger.keep(entry("câu 3", update_id=3))
    assert receipt
    await ledger.note(receipt.reference)
    assert (ledger.unlogged, seen) == (0, [1, 2, 3, 0])
    assert sorted(row.question for row in Questions(database).search(LogFilter())) == [f"câu {n}" for n in range(4)]
    database.close()


async def test_a_full_disk_is_not_waited_for(tmp_path: Path) -> None:
    database = open_database(tmp_path / "log.db")
    pages = database.read(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    database.run(lambda db: db.execute(f"PRAGMA max_page_count = {pages}"))
    ledger = Ledger(Questions(database), Writing(), lambda: NOW)
    while await ledger.keep(entry("x" * 3000, update_id=ledger.unlogged)) is not None:
        pass
    with pytest.raises(StorageError, match="đã đầy"):
        await asyncio.wrap_future(Questions(database).add(entry("y" * 9000)))
    await ledger.note("0")
    assert ledger.unlogged == 1
    database.run(lambda db: db.execute(f"PRAGMA max_page_count = {pages + 1000}"))
    await ledger.turn()
    assert ledger.unlogged == 0
    database.close()


def test_nothing_is_kept_of_who_is_not_logged() -> None:
    ledger = Ledger(None, Writing(), lambda: NOW)
    assert asyncio.run(ledger.keep(entry("x"))) is None
    asyncio.run(ledger.note("x"))
    asyncio.run(ledger.turn())


def test_the_offset_never_passes_what_is_not_done() -> None:
    queue = Queue()
    assert queue.offset is None
    assert queue.fetched(None, [5, 6, 7], ()) == [5, 6, 7]
    assert queue.offset == 5
    queue.done(6)
    queue.done(7)
    assert queue.offset == 5
    assert queue.fetched(5, [5, 6, 7, 8], [5]) == [8]
    queue.done(5)
    assert queue.offset == 8
    queue.done(8)
    assert queue.offset == 9
    assert queue.fetched(9, [], ()) == []
    assert queue.offset is None
    assert queue.fetched(None, [2], ()) == [2]  # after a quiet week ids begin anew, and lower
    assert queue.offset == 2
    assert queue.fetched(2, [], ()) == []  # Telegram keeps it no longer
    assert queue.offset is None


def test_a_shape_tells_names_and_never_what_they_hold() -> None:
    assert shape({"a": {"b": {"c": {"d": "bí mật"}}}, "e": "bí mật"}) == "a(b(c)) e"
    update = tap(3, "s:tam-tru:t")
    assert (kind(update), "tam-tru" in content(update)) == ("callback_query", False)
