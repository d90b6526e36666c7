"""The reception on a real database: notice, consent, language, one's own data shown and erased, judgements, staff."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.counter import Counter
from bot.desk import Desk, Question
from bot.knowledge import Knowledge
from bot.persons import Caller, key_ring
from bot.phrases import ENGLISH, VIETNAMESE
from bot.reception import Guests, Terms, Visitor
from bot.replies import Agree, AskStaff, Erase, Judge, MyPlace, Report, Speak, Voice, Why, line
from bot.replies.personal import day_of
from bot.storage import Database, Judgements, Persons, Questions, Tickets, open_database
from tests.entries import NOW
from tests.small import load_small

AN, CHI = (Visitor("telegram", user, "vi", Caller("telegram", "7", user)) for user in ("1001", "3003"))
NOT_KNOWN, ANSWERED = "cấp hộ chiếu cho cháu tôi tên thật dài", "đăng ký tạm trú"
OLD, NEW = f"1:{'a' * 64}", f"2:{'b' * 64}"


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_small(tmp_path_factory.mktemp("kb"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    yield opened
    opened.close()


class House:
    """The counter as one office runs it."""

    def __init__(self, knowledge: Knowledge, database: Database, ask: bool = False, keys: str = OLD) -> None:
        self.desk = Desk(knowledge, Voice("phường Lê Chân"), lambda: NOW)
        self.log = Questions(database)
        terms = Terms(ask, "phường Lê Chân", lambda: NOW)
        self.guests = Guests(self.desk, Persons(database), key_ring(Path("-"), keys), terms)
        self.counter = Counter(self.desk, self.log, self.guests)
        self.judgements = Judgements(database)

    def known(self, visitor: Visitor) -> Visitor:
        return self.counter.recognised(visitor)

    def asks(self, visitor: Visitor, text: str) -> str:
        """A question kept as a channel keeps it; its reference."""
        entry = self.counter.ask(text, self.known(visitor)).entry
        self.log.add(entry).result()
        return entry.reference

    def data(self, visitor: Visitor) -> str:
        return self.guests.my_data(self.known(visitor)).text

    def taps(self, action: Agree | AskStaff | Erase | Judge | MyPlace | Report | Speak, visitor: Visitor = AN) -> str:
        reply = self.counter.tap(action, self.known(visitor))
        return reply.text if reply else ""


@pytest.fixture
def house(knowledge: Knowledge, database: Database) -> House:
    return House(knowledge, database)


@pytest.fixture
def asking_house(knowledge: Knowledge, database: Database) -> House:
    return House(knowledge, database, ask=True)


def test_the_notice_stands_under_the_first_reply_only_and_until_it_was_sent(house: House) -> None:
    reply = house.desk.ask(Question(ANSWERED, "telegram")).reply
    [first] = house.guests.told(reply, house.known(AN))
    assert first.text.startswith("Đăng ký tạm trú")
    assert "máy chủ Telegram ở nước ngoài" in first.text
    assert "/quyenriengtu" in first.text
    assert first.buttons == reply.buttons
    assert house.guests.told(reply, house.known(AN)) != (reply,)
    house.guests.noticed(house.known(AN))
    assert house.guests.told(reply, house.known(AN)) == (reply,)
    assert house.guests.told(reply, house.known(CHI)) != (reply,)


def test_where_consent_is_asked_for_nothing_is_linked_until_it_is_given(asking_house: House) -> None:
    reply = asking_house.desk.ask(Question(ANSWERED, "telegram")).reply
    answer, notice = asking_house.guests.told(reply, asking_house.known(AN))
    assert answer == reply
    assert [button.action for button in notice.flat_buttons()] == [Agree(True), Agree(False)]
    asking_house.asks(AN, "câu trước khi đồng ý")
    assert "câu trước" not in asking_house.data(AN)
    asking_house.taps(Agree(True))
    asking_house.asks(AN, ANSWERED)
    assert ANSWERED in asking_house.data(AN)
    assert "câu trước" not in asking_house.data(AN)


@pytest.mark.parametrize("ask", [True, False])
def test_who_refuses_is_no_longer_linked_to_anything(knowledge: Knowledge, database: Database, ask: bool) -> None:
    house = House(knowledge, database, ask)
    house.taps(Agree(True))
    house.asks(AN, ANSWERED)
    house.taps(Agree(False))
    house.asks(AN, NOT_KNOWN)
    assert house.known(AN).person is None
    assert database.run(lambda db: db.execute("SELECT count(*), count(person) FROM questions").fetchone()) == (2, 0)


@pytest.mark.parametrize(("telegram", "chosen", "unknown"), [("vi", "en", ENGLISH), ("en", "vi", VIETNAMESE)])
def test_a_chosen_language_goes_before_telegrams(house: House, telegram: str, chosen: str, unknown: object) -> None:
    visitor = replace(AN, language=telegram)
    house.taps(Speak(chosen), visitor)
    known = house.known(visitor)
    assert (known.language, known.chosen) == (chosen, True)
    assert house.known(replace(CHI, language=telegram)).language == telegram
    told = house.guests.privacy(known).text.split("\n")[0]
    assert told == ("Bot giữ gì về bạn" if unknown is VIETNAMESE else "What the bot keeps of you")


def test_a_chosen_language_goes_before_that_of_the_question(house: House) -> None:
    question = Question("My number is 030123456789, how do I register the birth of my child", "telegram", language="vi")
    assert "Please do not send ID numbers" in house.desk.ask(question).reply.text
    assert "Bạn đừng gửi số giấy tờ" in house.desk.ask(replace(question, chosen=True)).reply.text


def test_a_home_commune_is_forgotten_on_request_and_one_that_is_not_known_is_refused(house: House) -> None:
    assert house.taps(MyPlace("khong-co")) == ""
    assert house.taps(MyPlace("")) == "Đã quên nơi của bạn."
    assert "Nơi ở" not in house.data(AN)


def test_my_data_tells_all_that_is_kept_as_it_is_kept(house: House) -> None:
    house.guests.noticed(house.known(AN))
    asked = house.asks(AN, f"{ANSWERED} cho số 030123456789")
    house.asks(CHI, NOT_KNOWN)
    house.taps(Judge(asked, False, Why.OLD))
    house.taps(Speak("vi"))
    text = house.data(AN)
    assert "23/11/2026: đăng ký tạm trú cho số [số giấy tờ]" in text
    assert "chưa tốt (thông tin cũ)" in text
    assert "Ngôn ngữ: Tiếng Việt" in text
    assert "Đã báo cho bạn về việc giữ dữ liệu: ngày 23/11/2026" in text
    assert NOT_KNOWN not in text
    assert house.data(replace(CHI, caller=Caller("telegram", "7", "9"))).startswith("Bot không giữ gì")


def test_numbers_of_papers_are_answered_masked_and_warned_of(house: House) -> None:
    handled = house.desk.ask(Question(f"{ANSWERED} số 030123456789", "telegram"))
    assert handled.reply.lines[-1] != house.desk.ask(Question(ANSWERED, "telegram")).reply.lines[-1]
    assert handled.reply.text.count("đừng gửi số giấy tờ") == 1
    assert "030123456789" not in handled.entry.question


def test_erasing_is_asked_once_more_and_then_leaves_no_byte(house: House, database: Database, tmp_path: Path) -> None:
    words = "chuyện riêng " + "rất dài về thửa đất nhà An " * 400
    asked = house.asks(AN, words)
    kept = house.asks(CHI, NOT_KNOWN)
    house.taps(Judge(asked, False, Why.WRONG))
    house.taps(AskStaff(asked))
    house.taps(Speak("vi"))
    alias = key_ring(Path("-"), OLD).alias(AN.caller or Caller("", "", ""))
    wanted = [part.encode() for part in ("thửa đất nhà An", "thua dat nha an", alias.name, asked)]
    assert "1 câu hỏi, 1 ý kiến" in house.taps(Erase())
    assert all(part in on_disk(tmp_path) for part in wanted)
    assert house.taps(Erase(sure=True)).startswith("Đã xóa")
    assert [part for part in wanted if part in on_disk(tmp_path)] == []
    assert NOT_KNOWN.encode() in on_disk(tmp_path)
    assert house.data(AN) == "Bot không giữ gì gắn với bạn."
    assert [row.question for row in Tickets(database).loose(9)] == [NOT_KNOWN]
    assert house.known(AN).new
    rows = "SELECT local_day, outcome, question, person FROM questions ORDER BY id"
    assert database.run(lambda db: db.execute(rows).fetchone()) == ("2026-11-23", "route", "", None)
    assert house.taps(AskStaff(asked)) == house.taps(Judge(asked, True)) == ""
    assert house.taps(AskStaff(kept), CHI).startswith("Đã gửi")


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("test.db*"))


def test_after_a_new_key_the_old_rows_are_shown_and_erased_too(knowledge: Knowledge, database: Database) -> None:
    old, new = House(knowledge, database, keys=OLD), House(knowledge, database, keys=f"{NEW} {OLD}")
    old.taps(Speak("en"))
    asked = old.asks(AN, ANSWERED)
    old.taps(Judge(asked, True))
    new.asks(AN, NOT_KNOWN)
    assert new.known(AN).language == "en"
    assert ANSWERED in new.data(AN)
    assert NOT_KNOWN in new.data(AN)
    new.taps(Erase(sure=True))
    assert old.judgements.all() == []
    assert [(h.known(AN).chosen, ANSWERED in h.data(AN)) for h in (old, new)] == [(False, False)] * 2


def test_the_last_judgement_holds_and_taps_never_double(house: House) -> None:
    asked = house.asks(AN, ANSWERED)
    assert house.taps(Judge(asked, False)).startswith("Câu trả lời chưa đúng ở điểm nào?\n[1] Thông tin sai\n")
    for why in (Why.WRONG, Why.OLD, Why.OLD):
        assert house.taps(Judge(asked, False, why)).startswith("Cảm ơn bạn. Ý kiến đã được ghi lại.")
    house.taps(Judge(asked, False))
    [judged] = house.judgements.all()
    version = house.desk.knowledge.version
    assert (judged.question, judged.procedure, judged.good, judged.why) == (asked, "tam-tru", False, "old")
    assert judged.knowledge == version
    house.taps(Judge(asked, True))
    house.taps(Judge(asked, False, Why.UNCLEAR), CHI)
    assert [(j.good, j.why) for j in house.judgements.all()] == [(True, None), (False, "unclear")]


def test_what_is_wrong_with_a_procedure_is_kept_once_the_reason_is_told(house: House) -> None:
    assert house.taps(Report("tam-tru")).startswith('Thông tin về "Đăng ký tạm trú" cần xem lại')
    assert house.judgements.all() == []
    for why in (Why.OLD, Why.MISSING):
        house.taps(Report("tam-tru", why))
    [told] = house.judgements.all()
    assert (told.question, told.procedure, told.why, told.knowledge) == (
        None,
        "tam-tru",
        "missing",
        house.desk.knowledge.version,
    )
    assert house.taps(Report("khong-co", Why.OLD)) == ""


def test_judgements_of_who_did_not_agree_are_not_linked_but_erased_all_the_same(
    asking_house: House, database: Database
) -> None:
    first, second = asking_house.asks(AN, ANSWERED), asking_house.asks(AN, NOT_KNOWN)
    for asked in (first, second):
        asking_house.taps(Judge(asked, True))
    voters = "SELECT count(DISTINCT voter), count(person) FROM judgements"
    assert database.run(lambda db: db.execute(voters).fetchone()) == (2, 0)
    asking_house.taps(Erase(sure=True), CHI)
    assert len(asking_house.judgements.all()) == 2
    asking_house.taps(Erase(sure=True))
    assert asking_house.judgements.all() == []


def test_a_question_sent_to_staff_waits_though_it_was_answered(house: House, database: Database) -> None:
    for _ in range(3):
        house.asks(CHI, "câu nhiều người hỏi nhất")
    asked = house.asks(AN, ANSWERED)
    assert [row.asked for row in Tickets(database).loose(9)] == [False] * 3
    for _ in range(2):
        assert house.taps(AskStaff(asked)).startswith("Đã gửi câu hỏi cho cán bộ, không kèm tên bạn.")
    last = Tickets(database).loose(9)[-1]
    assert (last.question, last.asked) == (ANSWERED, True)
    assert house.taps(AskStaff("000000000000")) == ""


def test_a_channel_without_persons_keeps_nothing_of_them(house: House, database: Database) -> None:
    nobody = Visitor("terminal", "terminal")
    for action in (Agree(True), Speak("en"), Erase(sure=True)):
        house.taps(action, nobody)
    assert house.guests.told(reply := house.guests.privacy(nobody), nobody) == (reply,)
    assert line("Bot giữ gì về bạn", strong=True) in reply.lines
    assert database.run(lambda db: db.execute("SELECT count(*) FROM persons").fetchone()) == (0,)


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("2026-11-23", "23/11/2026"),
        ("2026-11-23T02:00:00+00:00", "23/11/2026"),
        ("2026-11-23T22:00:00+00:00", "24/11/2026"),  # five in the morning in Hải Phòng
    ],
)
def test_a_day_is_told_by_the_clock_of_the_office(stored: str, told: str) -> None:
    assert day_of(stored) == told
