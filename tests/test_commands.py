"""Commands: one table for Telegram and the terminal; and every kind of button is offered and answered."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bot.channels.terminal import Conversation
from bot.commands import Commands
from bot.counter import Counter
from bot.desk import Brain, Desk
from bot.finding import Finding
from bot.persons import Caller, key_ring
from bot.phrases import VIETNAMESE
from bot.reception import Guests, Terms, Visitor
from bot.replies import Action, Browse, By, Copy, Open, Reply, Show, Voice
from bot.replies.pushed import by_staff
from bot.storage import Database, LogFilter, Persons, Questions, open_database
from tests.values import NOW

AN = Visitor("telegram", "An", caller=Caller("telegram", "7", "1001"), bot="motcua_bot")
WAYS = ["/start", "/help", "/danhmuc", "/tim sổ đỏ", "/noinop", "/ngonngu"]
ASKED = ["đăng ký tạm trú nộp trực tuyến", "lệ phí?", "căn cước hết bao nhiêu tiền", "cấp phép nuôi voi", "Ngô Quyền"]
OWN_DATA = ["/quyenriengtu", "/dulieucuatoi", "/xoadulieu"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    yield opened
    opened.close()


@pytest.fixture
def desk(shipped_brain: Brain) -> Desk:
    return Desk(shipped_brain, Voice("thành phố Hải Phòng", "một cửa phường", feedback=True), lambda: NOW)


@pytest.fixture
def counter(desk: Desk, database: Database) -> Counter:
    """As `motcua run` has it, where consent is asked for."""
    ring = key_ring(Path("-"), f"1:{'a' * 64}")
    guests = Guests(desk, Persons(database), ring, Terms(True, "thành phố Hải Phòng", lambda: NOW))
    return Counter(desk, Questions(database), guests)


def commands(counter: Counter) -> Commands:
    return Commands(counter, Finding(counter.desk))


def types(counter: Counter, *lines: str) -> list[Reply]:
    """What is told in the terminal after these lines, as `motcua chat` has it."""
    told: list[Reply] = []
    Conversation(Counter(counter.desk, counter.log), told.append).hear(lines)
    return told


def heads(replies: list[Reply]) -> list[str]:
    return [reply.text.split("\n")[0] for reply in replies]


# The terminal


@pytest.mark.parametrize(
    ("typed", "head", "choice"),
    [
        ("/start", "Đây là bot tra cứu thủ tục hành chính của thành phố Hải Phòng.", "Xem danh mục"),
        ("/danhmuc", "Bạn đang có việc gì?", "Sinh con"),
        ("/browse", "Bạn đang có việc gì?", "Xem theo lĩnh vực"),
        ("/tim sổ đỏ", 'Tìm thấy với "sổ đỏ". Chọn một mục để xem:', "sổ đỏ"),
        ("/find   sổ đỏ ", 'Tìm thấy với "sổ đỏ". Chọn một mục để xem:', "sổ đỏ"),
        ("/tim", "Gõ /tim và vài chữ, ví dụ: /tim sổ đỏ.", "Xem danh mục"),
        ("/noinop Trần Phú", "Có nhiều nơi tên Trần Phú. Bạn hỏi nơi nào?", "Trần Phú"),
        ("/ngonngu", "Bot nói với bạn bằng tiếng nào?", "English"),
    ],
)
def test_a_command_typed_in_the_terminal_is_answered_as_on_telegram(
    counter: Counter, typed: str, head: str, choice: str
) -> None:
    [told] = types(counter, typed)
    assert told.text.split("\n")[0].startswith(head)
    assert any(choice in button.label for button in told.choices())
    assert counter.log
    assert list(counter.log.search(LogFilter())) == []


def test_the_terminal_has_no_location_to_share(counter: Counter) -> None:
    [asked] = types(counter, "/noinop")
    assert asked.text.startswith("Bạn ở xã, phường nào?")
    assert "vị trí" not in asked.text


def test_a_name_typed_after_the_question_where_is_a_place(counter: Counter) -> None:
    told = types(counter, "/noinop", "Cẩm Thượng")
    assert heads(told)[1].startswith("Phường Cẩm Thượng")


def test_a_choice_from_a_list_is_made_by_its_number(counter: Counter) -> None:
    told = types(counter, "/danhmuc", "1", "1")
    assert told[1].text.startswith("Sinh con: ")
    assert isinstance(next(told[1].flat_buttons()).action, Show)
    assert heads(told)[2] == next(told[1].flat_buttons()).label


def test_a_language_chosen_in_the_terminal_holds_for_all_that_follows(counter: Counter) -> None:
    lines = ("/ngonngu", "2", "/browse", "đăng ký tạm trú", "cấp phép nuôi voi", "/language", "1", "/help")
    told = heads(types(counter, *lines))
    assert told[1].startswith("From now on the bot speaks English")
    assert told[2].startswith("What is it about?")
    assert told[3].startswith("Temporary residence registration")
    assert told[4].startswith("There is no answer")
    assert told[6].startswith("Từ nay bot nói với bạn bằng tiếng Việt")
    assert told[7].startswith("Bot cho biết")


@pytest.mark.parametrize("typed", ["/khongco", "/", "/tìm sổ đỏ", "/start/../x"])
def test_what_is_no_command_is_a_question(counter: Counter, typed: str) -> None:
    assert commands(counter).typed(typed) is None
    assert len(types(counter, typed)) == 1


@pytest.mark.parametrize("typed", OWN_DATA)
def test_where_nobody_is_known_there_is_no_command_about_ones_data(counter: Counter, typed: str) -> None:
    assert commands(counter).typed(typed)
    assert commands(Counter(counter.desk, counter.log)).typed(typed) is None


# Every kind of button


def tapped(counter: Counter, action: Action) -> Reply | None:
    return counter.tap(action, counter.recognised(AN))


def reached(counter: Counter) -> Iterator[tuple[Action, Reply | None]]:
    """What An can tap, from every command and some questions on, each kind a few times; and what it brings."""
    known = counter.recognised(AN)
    told = [command(known) for typed in (*WAYS, *OWN_DATA) if (command := commands(counter).typed(typed))]
    for text in ASKED:
        handled = counter.ask(text, known)
        if counter.log:
            counter.log.add(handled.entry).result()
        told.append(handled.reply)
    told.append(by_staff(VIETNAMESE, ASKED[0], handled.entry.reference, "Hỏi kiểm lâm."))
    waiting = deque(button.action for reply in told for button in reply.flat_buttons())
    seen: dict[type[Action], int] = {}
    while waiting:
        action = waiting.popleft()
        seen[type(action)] = seen.get(type(action), 0) + 1
        if seen[type(action)] <= 6:
            reply = None if isinstance(action, Copy | Open) else tapped(counter, action)
            waiting.extend(button.action for button in (reply.flat_buttons() if reply else ()))
            yield action, reply


def test_every_kind_of_button_is_offered_and_answered(counter: Counter) -> None:
    taps = list(reached(counter))
    assert {type(action) for action, _ in taps} == set(get_args(Action))
    assert [action for action, reply in taps if reply is None and not isinstance(action, Copy | Open)] == []


def test_a_list_that_nobody_may_leave_has_its_way_out(counter: Counter) -> None:
    listed = tapped(counter, Browse(By.EVENT, "sinh-con"))
    assert listed
    assert [b.action for b in listed.flat_buttons()][-1] == Browse(By.EVENT)
