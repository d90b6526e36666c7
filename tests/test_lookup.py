"""Looking a question up by its code: what is said of each state, and what is said to who guesses."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.knowledge import Knowledge
from bot.persons import Caller
from bot.reception import Lookup, Visitor
from bot.reception.lookup import PERSONS, Tries
from bot.replies import Voice
from bot.storage import Database, Kind, Questions, Settled, Tickets, open_database
from tests.entries import NOW, entry
from tests.small import load_small

AN, CHI = (Visitor("telegram", user, caller=Caller("telegram", "7", user)) for user in ("1001", "3003"))
REFERENCE = "a" * 12
LONG = datetime.timedelta(seconds=61)


class House:
    """One question of An's, sent to staff."""

    def __init__(self, knowledge: Knowledge, database: Database) -> None:
        self.at = NOW
        self.log = Questions(database)
        self.tickets = Tickets(database)
        self.lookup = Lookup(Desk(knowledge, Voice("phường"), lambda: self.at), self.log)

    def asks(self, question: str) -> str:
        """Its code, once it is in a ticket."""
        self.log.add(entry(question, reference=REFERENCE)).result()
        code = self.log.asked_staff(REFERENCE, NOW).result()
        self.tickets.open(Kind.QUESTION, None, [row.id for row in self.tickets.loose(9)], NOW)
        return code or ""

    def settles(self, as_: Settled, note: str, procedure: str | None = None) -> None:
        assert self.tickets.settle(1, 1, as_, procedure, note, None, NOW)

    def types(self, words: str, visitor: Visitor = AN) -> str:
        return self.lookup(words, visitor).text


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_small(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def house(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    database = open_database(tmp_path / "test.db")
    yield House(knowledge, database)
    database.close()


def test_each_state_is_told_with_the_question(house: House) -> None:
    code = house.asks("nuôi voi")
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} "):
        assert house.types(typed).startswith(
            'Bạn đã hỏi: "nuôi voi"\nChưa có câu trả lời. Câu hỏi đang trong danh sách'
        )
    house.settles(Settled.WORDS, "Hỏi kiểm lâm.")
    assert "Cán bộ trả lời:\nHỏi kiểm lâm." in house.types(code)


def test_what_staff_put_aside_is_said_so_and_their_reason_is_their_own(house: House) -> None:
    code = house.asks("nuôi voi")
    house.settles(Settled.IGNORED, "hỏi đùa")
    assert "không trả lời câu hỏi này ở đây" in house.types(code)
    assert "hỏi đùa" not in house.types(code)


def test_what_the_base_answers_now_is_answered(house: House) -> None:
    code = house.asks("đăng ký tạm trú")
    house.settles(Settled.PHRASE, "", "tam-tru")
    assert "Dành cho người đến ở từ 30 ngày." in house.types(code)


def test_what_the_base_answers_only_otherwise_is_to_be_asked_again(house: House) -> None:
    code = house.asks("nuôi voi")
    house.settles(Settled.ENTRY, "", "nuoi-voi")
    assert "Bạn hỏi lại ở đây" in house.types(code)


def test_who_guesses_waits_a_minute_and_nobody_else_does(house: House) -> None:
    code = house.asks("nuôi voi")
    wrong = [f"22222{letter}" for letter in "ABCDE"]
    for typed in (*wrong, ""):
        assert "Không có câu hỏi" in house.types(typed) or not typed
    assert house.types(code) == "Bạn đã gõ sai mã nhiều lần. Hãy đợi một phút rồi thử lại."
    assert "nuôi voi" in house.types(code, CHI)
    house.at += LONG
    assert "nuôi voi" in house.types(code)


@pytest.mark.parametrize(
    "typed", ["0AAAAA", "1AAAAA", "IAAAAA", "LAAAAA", "OAAAAA", "AAAAA", "AAAAAAA", "ÁAAAAA", "%", "' --"]
)
def test_what_cannot_be_a_code_is_not_looked_for(house: House, typed: str) -> None:
    for _ in range(9):
        assert house.types(typed).startswith("Không có câu hỏi nào mang mã này.")


def test_tries_of_many_people_are_forgotten_in_turn() -> None:
    tries = Tries()
    for who in range(PERSONS + 1):
        for _ in range(5):
            tries.wrong(str(who), NOW)
    assert tries.too_many(str(PERSONS), NOW)
    assert not tries.too_many("0", NOW)
