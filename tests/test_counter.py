"""What taps bring at the counter, whatever the channel."""

from dataclasses import replace

import pytest

from bot.counter import Counter
from bot.desk import Desk, Question
from bot.reception import Visitor
from bot.replies import Action, AskStaff, Checklist, Copy, Judge, NewSubject, Open, Report, Voice
from tests.small import load_small
from tests.values import NOW

AN = Visitor("telegram", "An", bot="motcua_bot")


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    knowledge = load_small(tmp_path_factory.mktemp("kb"))
    return Counter(Desk(knowledge, Voice("phường Lê Chân"), lambda: NOW), None)


@pytest.fixture(scope="module")
def kept(counter: Counter) -> Counter:
    """The same where what people think of answers is kept."""
    return Counter(Desk(counter.desk.brain, replace(counter.desk.voice, feedback=True), lambda: NOW), None)


def asks(counter: Counter, text: str) -> str:
    return counter.desk.ask(Question(text, "telegram", "An")).reply.text


def test_another_subject_forgets_what_was_spoken_of(counter: Counter) -> None:
    asks(counter, "đăng ký tạm trú")
    assert asks(counter, "lệ phí?").startswith("Về: Đăng ký tạm trú")
    told = counter.tap(NewSubject(), AN)
    assert told
    assert told.apart
    assert asks(counter, "lệ phí?").startswith("Bạn hỏi về thủ tục nào?")


def test_another_subject_where_nothing_was_spoken_of_is_no_fault(counter: Counter) -> None:
    assert counter.tap(NewSubject(), Visitor("telegram"))


def test_a_list_of_papers_is_signed_by_the_bot(counter: Counter) -> None:
    told = counter.tap(Checklist("tam-tru"), AN)
    assert told
    assert told.text.startswith("Danh sách giấy tờ: Đăng ký tạm trú")
    assert "phường Lê Chân (@motcua_bot)" in told.text


QUESTIONS = ["đăng ký tạm trú", "đăng ký tạm trú lệ phí", "xin phép nuôi voi", "dùng vneid", "a"]


def offered(counter: Counter, question: str, language: str) -> list[Action]:
    reply = counter.desk.ask(Question(question, "telegram", language=language)).reply
    return [button.action for button in reply.flat_buttons()]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_button_is_dead(counter: Counter, question: str, language: str) -> None:
    for action in offered(counter, question, language):
        assert isinstance(action, Open | Copy) or counter.tap(action, AN), action


def test_feedback_is_asked_for_only_where_it_is_taken(counter: Counter, kept: Counter) -> None:
    told = {type(a) for question in QUESTIONS for a in offered(counter, question, "vi")}
    more = {type(a) for question in QUESTIONS for a in offered(kept, question, "vi")}
    assert told & {Judge, Report, AskStaff} == set()
    assert more - told == {Judge, Report, AskStaff}


@pytest.mark.parametrize("action", [Checklist("khong-co"), Checklist("tam-tru", 98)])
def test_a_list_that_is_no_longer_known_is_none(counter: Counter, action: Checklist) -> None:
    assert counter.tap(action, AN) is None
