"""Telling askers on the real outbox: what is said, to whom, how often, and what happens when Telegram says no."""

import datetime
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.answers import Reason
from bot.channels.telegram.connection import CarefulBot
from bot.channels.telegram.pushing import WAITS, Sender
from bot.counter import Counter
from bot.desk import Desk
from bot.knowledge import Knowledge, load
from bot.persons import Caller
from bot.reception import Pushes, Visitor
from bot.replies import Show, Voice
from bot.storage import (
    Address,
    Database,
    Draft,
    Kind,
    Outbox,
    Questions,
    Settled,
    Switches,
    SwitchName,
    Tickets,
    Watches,
    open_database,
)
from tests.entries import NOW, entry
from tests.recording import Recording
from tests.small import change, load_small, write_base

AN = "a" * 12
ASKED = "đăng ký tạm trú cho người thuê"
REFUSED = {"error_code": 403, "description": "Forbidden: bot was blocked by the user"}
GONE = {"error_code": 400, "description": "Bad Request: chat not found"}
BUSY = {"error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 30}}
DOWN = {"error_code": 502, "description": "Bad Gateway"}


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: datetime.datetime = NOW

    def __call__(self) -> datetime.datetime:
        return self.at

    def waits(self, seconds: float) -> None:
        self.at += datetime.timedelta(seconds=seconds)


@dataclass
class House:
    """A desk, its log, and the sender of its bot."""

    database: Database
    desk: Desk
    sender: Sender
    request: Recording
    clock: Clock
    numbers: list[int] = field(default_factory=list)

    def waits_for(self, kind: Settled, payload: str, question: str = ASKED, language: str = "vi") -> None:
        """An waits for a question, and is to be told."""
        log, watches = Questions(self.database), Watches(self.database)
        log.add(entry(question, reference=AN)).result()
        watches.add(Address("telegram", "7", "1001", "5", language), None, NOW, reference=AN)
        book = Tickets(self.database)
        book.open(Kind.QUESTION, None, [row.id for row in book.loose(9)], NOW)
        [watch] = watches.of_references([AN])
        draft = Draft("k", (watch.id,), 1, kind.value, payload)
        assert book.settle(1, 1, kind, payload if kind is Settled.PHRASE else None, payload, None, NOW, [AN], [draft])

    def said(self) -> list[str]:
        return [str(call["text"]) for call in self.request.sent("sendMessage")]

    def state(self) -> tuple[str, int, str]:
        [row] = Outbox(self.database).by_reference(AN)
        return row.state.value, row.tries, row.detail


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_small(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    yield opened
    opened.close()


@pytest.fixture
async def house(knowledge: Knowledge, database: Database) -> AsyncIterator[House]:
    clock, request = Clock(), Recording()
    desk = Desk(knowledge, Voice("phường Lê Chân", "một cửa"), clock)
    bot = CarefulBot("7:TEST", request=request, get_updates_request=Recording())
    async with bot:
        sender = Sender(bot, Pushes(desk, Questions(database)), Outbox(database), clock)
        yield House(database, desk, sender, request, clock)


async def test_a_hand_written_answer_is_plain_text_under_the_persons_own_words(house: House) -> None:
    house.waits_for(Settled.WORDS, "Phí < 15.000 & *miễn* cho <b>hộ nghèo</b>.\nHỏi 113.")
    await house.sender.turn()
    [call] = house.request.sent("sendMessage")
    assert call["text"] == (
        f'Bạn đã hỏi: "{ASKED}"\nCán bộ trả lời:\nPhí < 15.000 & *miễn* cho <b>hộ nghèo</b>.\nHỏi 113.'
    )
    assert "parse_mode" not in call
    assert call["reply_parameters"] == {"message_id": 5, "allow_sending_without_reply": True}
    assert house.state() == ("sent", 1, "")
    await house.sender.turn()
    assert len(house.said()) == 1


async def test_an_entry_is_told_only_when_it_answers_the_question_directly(house: House) -> None:
    house.waits_for(Settled.PHRASE, "tam-tru", "đăng ký tạm trú")
    await house.sender.turn()
    [call] = house.request.sent("sendMessage")
    assert call["text"].startswith("<b>Câu hỏi của bạn nay đã có câu trả lời.</b>")
    assert "Bạn đã hỏi: &quot;đăng ký tạm trú&quot;" in call["text"]
    assert "Đăng ký tạm trú" in call["text"]
    assert "Nguồn:" in call["text"]
    assert house.state()[0] == "sent"


@pytest.mark.parametrize("entry_", ["khai-sinh", "khong-co"])
async def test_what_is_not_answered_so_waits_ten_minutes_and_goes_back_to_staff(house: House, entry_: str) -> None:
    house.waits_for(Settled.PHRASE, entry_, "đăng ký tạm trú")
    for seconds in (*WAITS, 0):
        await house.sender.turn()
        await house.sender.turn()
        house.clock.waits(seconds)
    assert sum(WAITS) == 600
    assert house.said() == []
    assert house.state() == ("failed", 6, Pushes.NOT_DIRECTLY)
    [again] = Tickets(house.database).loose(9)
    assert (again.reference, again.asked) == (AN, True)


async def test_after_the_reload_it_is_told(house: House, tmp_path: Path) -> None:
    words = "xa lắc xa lơ khai sao"
    house.waits_for(Settled.PHRASE, "tam-tru", words)
    await house.sender.turn()
    assert house.said() == []
    base = write_base(tmp_path / "kb")
    change(base, "procedures/cu-tru.yaml", "      - đăng ký tạm trú\n", f"      - đăng ký tạm trú\n      - {words}\n")
    house.desk.knowledge = load(base, None)
    house.clock.waits(WAITS[0])
    await house.sender.turn()
    assert "Đăng ký tạm trú" in house.said()[0]


@pytest.mark.parametrize(
    ("refusal", "state", "tries"),
    [(REFUSED, "blocked", 1), (GONE, "failed", 1)],
)
async def test_a_lasting_no_ends_it(house: House, refusal: dict[str, object], state: str, tries: int) -> None:
    house.request.refusals.append((int(str(refusal["error_code"])), refusal))
    house.waits_for(Settled.WORDS, "Hỏi kiểm lâm.")
    await house.sender.turn()
    house.clock.waits(3600)
    await house.sender.turn()
    assert house.state()[:2] == (state, tries)
    assert len(house.said()) == 1


@pytest.mark.parametrize(("refusal", "wait"), [(BUSY, 30), (DOWN, WAITS[0])])
async def test_a_passing_no_is_waited_out(house: House, refusal: dict[str, object], wait: int) -> None:
    house.request.refusals.append((int(str(refusal["error_code"])), refusal))
    house.waits_for(Settled.WORDS, "Hỏi kiểm lâm.")
    await house.sender.turn()
    house.clock.waits(wait - 1)
    await house.sender.turn()
    assert len(house.said()) == 1
    house.clock.waits(1)
    await house.sender.turn()
    assert house.state()[:2] == ("sent", 2)


async def test_in_a_pause_nothing_is_told(house: House) -> None:
    switches = Switches(house.database)
    switches.set(SwitchName.PAUSE, "đang sửa", "thử", None, NOW)
    house.waits_for(Settled.WORDS, "Hỏi kiểm lâm.")
    await house.sender.turn()
    assert house.said() == []
    switches.clear(SwitchName.PAUSE, "xong", None, NOW)
    await house.sender.turn()
    assert len(house.said()) == 1


async def test_a_corrected_fact_is_told_to_who_reported_it(house: House) -> None:
    watches = Watches(house.database)
    watches.add(Address("telegram", "7", "1001", None, "en"), None, NOW, procedure="khai-sinh")
    [watch] = watches.of_procedure("khai-sinh")
    Outbox(house.database).put([Draft("k", (watch.id,), None, Settled.EDIT.value, "khai-sinh")], NOW)
    await house.sender.turn()
    [call] = house.request.sent("sendMessage")
    assert call["text"].startswith(
        "<b>The information on &quot;Birth registration&quot; that you reported is corrected.</b>"
    )
    assert "reply_parameters" not in call
    data = [key["callback_data"] for row in call["reply_markup"]["inline_keyboard"] for key in row]
    assert data == ["k:", "r:khai-sinh:"]


# The banner and the pause


@pytest.fixture
def counter(house: House) -> Counter:
    return Counter(house.desk, Questions(house.database))


def test_a_banner_stands_over_every_answer(house: House, counter: Counter) -> None:
    visitor = Visitor("telegram", "1001", caller=Caller("telegram", "7", "1001"))
    Switches(house.database).set(SwitchName.BANNER, "Trung tâm nghỉ vì bão <số 3>.", "bão", None, NOW)
    handled = counter.ask("đăng ký tạm trú", visitor)
    assert counter.topped(handled, handled.reply).text.startswith("Trung tâm nghỉ vì bão <số 3>.\n")
    assert handled.entry.outcome == "answer"
    shown = counter.tap(Show("tam-tru"), visitor)
    assert shown
    assert shown.text.startswith("Trung tâm nghỉ vì bão")
    Switches(house.database).clear(SwitchName.BANNER, "tan bão", None, NOW)
    assert not counter.topped(handled, handled.reply).text.startswith("Trung tâm")


def test_in_a_pause_every_question_gets_the_reason_and_no_ticket(house: House, counter: Counter) -> None:
    visitor = Visitor("telegram", "1001")
    Switches(house.database).set(SwitchName.PAUSE, "đang sửa mức phí", "phí đổi", None, NOW)
    Switches(house.database).set(SwitchName.BANNER, "Bão.", "bão", None, NOW)
    for text in ("đăng ký tạm trú", "cấp phép nuôi voi"):
        handled = counter.ask(text, visitor)
        told = counter.topped(handled, handled.reply)
        assert told.text == (
            "Bot đang bảo trì nên tạm thời chưa trả lời được: đang sửa mức phí\n"
            "Bạn hãy quay lại sau, hoặc hỏi trực tiếp: một cửa."
        )
        assert (handled.entry.reason, handled.entry.procedure) == ("paused", None)
        Questions(house.database).add(handled.entry).result()
    assert Tickets(house.database).loose(9) == []
    shown = counter.tap(Show("tam-tru"), visitor)
    assert shown
    assert shown.text.startswith("Bot đang bảo trì")
    emergency = counter.ask("cháy nhà", visitor)
    assert emergency.answer.reason is Reason.EMERGENCY
    assert counter.topped(emergency, emergency.reply).text.startswith("Bão.\nGọi ngay 114")


def test_a_database_that_cannot_be_read_neither_pauses_nor_speaks(house: House, counter: Counter) -> None:
    house.database.run(lambda db: db.execute("DROP TABLE switches"))
    handled = counter.ask("đăng ký tạm trú", Visitor("telegram"))
    assert counter.topped(handled, handled.reply) == handled.reply
