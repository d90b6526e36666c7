"""What taps bring at the counter, whatever the channel."""

import pytest

from bot.counter import Counter, Visitor
from bot.desk import Desk, Question
from bot.replies import Checklist, NewSubject, Voice
from tests.small import load_small
from tests.values import NOW

AN = Visitor("telegram", "An", bot="motcua_bot")


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    knowledge = load_small(tmp_path_factory.mktemp("kb"))
    return Counter(Desk(knowledge, Voice("phường Lê Chân"), lambda: NOW), None)


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


@pytest.mark.parametrize("action", [Checklist("khong-co"), Checklist("tam-tru", 98)])
def test_a_list_that_is_no_longer_known_is_none(counter: Counter, action: Checklist) -> None:
    assert counter.tap(action, AN) is None
