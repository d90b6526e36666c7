"""The terminal as a channel: questions in, replies out, numbers for buttons, the same log as everywhere."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.terminal import Conversation
from bot.counter import Counter
from bot.desk import Desk
from bot.knowledge import Knowledge
from bot.phrases import VIETNAMESE
from bot.replies import Reply, Voice
from bot.storage import Database, LogFilter, Questions, Tickets, open_database
from tests.entries import NOW
from tests.small import load_small

ANSWERED, OFFERED, NOT_KNOWN = "đăng ký tạm trú", "khai sinh", "cấp hộ chiếu"
NONE = "3"  # after the two twins of OFFERED
REPLIED = "SELECT asked_at, replied_at, channel, bot_id, update_id FROM questions"


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_small(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    yield opened
    opened.close()


@pytest.fixture
def log(database: Database) -> Questions:
    return Questions(database)


@pytest.fixture
def desk(knowledge: Knowledge) -> Desk:
    return Desk(knowledge, Voice("phường Lê Chân"), lambda: NOW)


def hears(desk: Desk, log: Questions | None, *lines: str) -> list[Reply]:
    """What An is told after typing these lines."""
    told: list[Reply] = []
    Conversation(Counter(desk, log), told.append).hear(lines)
    return told


def first_lines(replies: list[Reply]) -> list[str]:
    return [reply.text.split("\n")[0] for reply in replies]


def logged(log: Questions) -> list[tuple[str, str]]:
    return [(row.question, row.outcome) for row in log.search(LogFilter(), newest_first=False)]


def open_questions(log: Questions) -> list[str]:
    return [one.question for one in Tickets(log.database).loose(10)]


def test_every_line_is_answered_in_order(desk: Desk, log: Questions) -> None:
    told = hears(desk, log, f"{ANSWERED}\n", f"  {OFFERED}\r\n", NOT_KNOWN)
    assert first_lines(told) == [
        "Đăng ký tạm trú",
        "Trẻ đã từng được đăng ký khai sinh chưa?",
        VIETNAMESE.unknown,
    ]
    assert logged(log) == [(ANSWERED, "answer"), (OFFERED, "choose"), (NOT_KNOWN, "unknown")]


def test_empty_lines_are_passed_over(desk: Desk, log: Questions) -> None:
    assert hears(desk, log, "", "  \n", "\t\r\n") == []
    assert logged(log) == []


def test_what_is_kept_says_terminal_and_when_it_was_answered(desk: Desk, log: Questions, database: Database) -> None:
    hears(desk, log, ANSWERED)
    at = "2026-11-23T09:00:00+00:00"
    assert database.run(lambda db: db.execute(REPLIED).fetchall()) == [(at, at, "terminal", None, None)]


@pytest.mark.parametrize("typed", ["2", " 2 \n", "02", "２"])
def test_a_number_chooses(desk: Desk, log: Questions, typed: str) -> None:
    assert first_lines(hears(desk, log, OFFERED, typed))[1] == "Đăng ký lại khai sinh"
    assert logged(log) == [(OFFERED, "choose")]


def test_what_was_chosen_is_noted(desk: Desk, log: Questions, database: Database) -> None:
    hears(desk, log, OFFERED, "1")
    assert database.run(lambda db: db.execute("SELECT picked FROM questions").fetchall()) == [("khai-sinh",)]


def test_a_chosen_procedure_has_buttons_of_its_own(desk: Desk, log: Questions) -> None:
    told = hears(desk, log, ANSWERED, "1", "1")
    assert first_lines(told)[:2] == ["Đăng ký tạm trú", "Đăng ký tạm trú: giấy tờ cần có."]
    assert "15.000 đồng/lần" in first_lines(told)[2]
    assert logged(log) == [(ANSWERED, "answer")]


@pytest.mark.parametrize("typed", ["0", "4", "99", "-1", "1.", "²", "1 2", "9" * 5000])
def test_what_is_no_number_on_the_screen_is_a_question(desk: Desk, log: Questions, typed: str) -> None:
    assert len(hears(desk, log, OFFERED, typed)) == 2
    assert len(logged(log)) == 2


def test_a_number_with_nothing_on_the_screen_is_a_question(desk: Desk, log: Questions) -> None:
    hears(desk, log, "1")
    assert logged(log) == [("1", "unknown")]


def test_none_of_these_goes_to_the_queue_of_staff_with_thanks(desk: Desk, log: Questions) -> None:
    told = hears(desk, log, OFFERED, NONE)
    assert told[1].text == VIETNAMESE.noted_none
    assert open_questions(log) == [OFFERED]


def test_after_none_of_these_the_numbers_are_gone(desk: Desk, log: Questions) -> None:
    hears(desk, log, OFFERED, NONE, "1")
    assert [question for question, _ in logged(log)] == [OFFERED, "1"]


def test_a_choice_keeps_a_question_out_of_the_queue(desk: Desk, log: Questions) -> None:
    hears(desk, log, OFFERED, "1")
    assert open_questions(log) == []


def test_a_question_without_a_procedure_is_about_the_last_one(desk: Desk, log: Questions) -> None:
    told = hears(desk, log, OFFERED, "2", "lệ phí?")
    assert first_lines(told)[2].startswith("Về: Đăng ký lại khai sinh")
    newest = next(log.search(LogFilter()))
    assert (newest.reason, newest.procedure) == ("follow_up", "khai-sinh-lai")


def test_personal_numbers_are_not_kept(desk: Desk, log: Questions) -> None:
    hears(desk, log, "số căn cước 030123456789 thì sao")
    assert [question for question, _ in logged(log)] == ["số căn cước [số giấy tờ] thì sao"]


def test_without_a_log_the_answers_are_the_same(desk: Desk, log: Questions, knowledge: Knowledge) -> None:
    lines = (ANSWERED, OFFERED, "1", OFFERED, NONE, NOT_KNOWN)
    other = Desk(knowledge, Voice("phường Lê Chân"), lambda: NOW)
    assert [r.text for r in hears(desk, None, *lines)] == [r.text for r in hears(other, log, *lines)]


def test_a_procedure_that_is_gone_after_a_reload_is_not_shown(desk: Desk, log: Questions) -> None:
    told: list[Reply] = []
    conversation = Conversation(Counter(desk, log), told.append)
    conversation.hear([OFFERED])
    kept = tuple(p for p in desk.knowledge.procedures if p.id != "khai-sinh")
    desk.knowledge = replace(desk.knowledge, procedures=kept)
    conversation.hear(["1"])
    assert len(told) == 1
    conversation.hear(["2"])
    assert first_lines(told)[1] == "Đăng ký lại khai sinh"


def test_the_time_is_that_of_the_clock(knowledge: Knowledge, log: Questions) -> None:
    night = NOW.replace(hour=18)
    hears(Desk(knowledge, Voice("phường Lê Chân"), lambda: night), log, ANSWERED)
    [row] = log.search(LogFilter())
    assert (row.asked_at, row.local_day) == (night, str(NOW.date() + datetime.timedelta(days=1)))
