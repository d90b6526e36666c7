"""The desk: codes, contexts with a clock, languages, what is shown by buttons and what is kept."""

import datetime
from dataclasses import replace

import pytest

from bot.answers import Answered, Choice, Foreign, Reason, Routed, Unknown
from bot.desk import CONTEXT_MINUTES, CONTEXTS, Desk, Handled, Question, sentences
from bot.language import language_of
from bot.matching import Candidate
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.procedures import Facet, Procedure
from bot.replies import Show, Voice
from bot.storage import LogEntry
from tests.values import NOW, base, entry, registry

VOICE = Voice("Ủy ban nhân dân xã Vĩnh Bảo", "0225 123 456")


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime.datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        return self.now

    def later(self, **duration: float) -> None:
        self.now += datetime.timedelta(**duration)


class Office:
    """A desk, its clock, and people who ask."""

    def __init__(self, *more: Procedure) -> None:
        self.clock = Clock()
        knowledge = registry()
        self.desk = Desk(replace(knowledge, procedures=(*knowledge.procedures, *more)), VOICE, self.clock)

    def ask(self, text: str, chat: str | None = "An", language: str = "vi") -> Handled:
        return self.desk.ask(Question(text, "terminal", chat, language=language))


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.mark.parametrize(
    ("text", "procedure", "facets"),
    [
        ("1.001193", "khai-sinh", ()),
        ("thủ tục 1.001193", "khai-sinh", ()),
        ("mã 1.001193 lệ phí", "khai-sinh", (Facet.FEE,)),
        ("2.000528.", "khai-sinh-lai", ()),
        ("1.004884 bao lâu", "khai-sinh-lai", (Facet.TIME,)),  # its former code
        ("làm hộ chiếu 1.001193", "khai-sinh", ()),  # the code says more than the words
        ("2.000528 hay 1.001193", "khai-sinh", ()),  # of two codes the first in the base
        ("9.999999, 2.000528", "khai-sinh-lai", ()),
    ],
)
def test_a_known_code_answers(office: Office, text: str, procedure: str, facets: tuple[Facet, ...]) -> None:
    found = (Candidate(procedure, 1.0, (), 1.0, 1.0),)
    assert office.ask(text).answer == Answered(Reason.CODE, facets, found, procedure)


@pytest.mark.parametrize("text", ["9.999999", "thủ tục 9.999999 lệ phí", "11.001193", "1.0011934", "1.00119"])
def test_an_unknown_code_is_honestly_unknown(office: Office, text: str) -> None:
    answer = office.ask(text).answer
    assert isinstance(answer, Unknown)
    assert answer.reason is Reason.NO_MATCH


@pytest.mark.parametrize(
    "text", ["lệ phí", "lệ phí ạ", "thế lệ phí bao nhiêu tiền ạ", "còn lệ phí?", "còn lệ phí thì sao"]
)
def test_a_follow_up_means_the_procedure_spoken_of(office: Office, text: str) -> None:
    office.ask("đăng ký khai sinh")
    handled = office.ask(text)
    found = (Candidate("khai-sinh", 1.0, (), 1.0, 1.0),)
    assert handled.answer == Answered(Reason.FOLLOW_UP, (Facet.FEE,), found, "khai-sinh")
    assert handled.reply.text.startswith("Về: Đăng ký khai sinh\nLệ phí 8.000 đồng.\n")


@pytest.mark.parametrize(
    ("pause", "reason"),
    [
        (datetime.timedelta(minutes=1), Reason.FOLLOW_UP),
        (datetime.timedelta(minutes=CONTEXT_MINUTES), Reason.FOLLOW_UP),
        (datetime.timedelta(minutes=CONTEXT_MINUTES, microseconds=1), Reason.NO_PROCEDURE),
        (datetime.timedelta(days=1), Reason.NO_PROCEDURE),
    ],
)
def test_a_context_lasts_half_an_hour(office: Office, pause: datetime.timedelta, reason: Reason) -> None:
    office.ask("đăng ký khai sinh")
    office.clock.now += pause
    assert office.ask("lệ phí").answer.reason is reason


def test_every_answer_begins_the_half_hour_anew(office: Office) -> None:
    office.ask("làm hộ chiếu")
    for _ in range(3):
        office.clock.later(minutes=20)
        assert office.ask("bao lâu").answer.reason is Reason.FOLLOW_UP


def test_the_last_procedure_is_meant(office: Office) -> None:
    office.ask("làm hộ chiếu")
    office.ask("1.001193")
    answer = office.ask("bao lâu").answer
    assert isinstance(answer, Answered)
    assert answer.procedure == "khai-sinh"


def test_what_is_no_answer_leaves_the_context_as_it_was(office: Office) -> None:
    office.ask("làm hộ chiếu")
    assert isinstance(office.ask("nhà cháy").answer, Routed)
    assert isinstance(office.ask("zzz").answer, Unknown)
    answer = office.ask("bao lâu").answer
    assert isinstance(answer, Answered)
    assert answer.procedure == "ho-chieu"


def test_after_something_that_nobody_here_knows_nothing_is_spoken_of(office: Office) -> None:
    office.ask("làm hộ chiếu")
    assert isinstance(office.ask("xin phép bay flycam qua vịnh").answer, Unknown)
    assert isinstance(office.ask("bao lâu").answer, Unknown)


def twice() -> Office:
    """An office whose base has two procedures of one name."""
    return Office(*(entry(name, code="1.012812", name="Tách thửa", phrases=["tách thửa"]) for name in ("tach", "thua")))


def test_a_choice_is_spoken_of_until_it_is_made() -> None:
    office = twice()
    office.ask("làm hộ chiếu")
    assert isinstance(office.ask("tách thửa").answer, Choice)
    again = office.ask("bao lâu")
    assert isinstance(again.answer, Choice)
    assert (again.answer.reason, again.answer.facets) == (Reason.FOLLOW_UP, (Facet.TIME,))
    assert [b.action for (b,) in again.reply.buttons[:2]] == [
        Show(name, (Facet.TIME,), again.entry.reference) for name in ("tach", "thua")
    ]
    office.desk.show(Show("thua"), "An")
    chosen = office.ask("lệ phí").answer
    assert isinstance(chosen, Answered)
    assert chosen.procedure == "thua"


@pytest.mark.parametrize("change", ["pause", "other chat", "restart", "left the base"])
def test_a_choice_is_forgotten_as_an_answer_is(change: str) -> None:
    office = twice()
    office.ask("tách thửa")
    if change == "pause":
        office.clock.later(minutes=CONTEXT_MINUTES, microseconds=1)
    if change == "restart":
        office.desk = Desk(office.desk.knowledge, VOICE, office.clock)
    if change == "left the base":
        office.desk.knowledge = base(*office.desk.knowledge.procedures[:-1])
    answer = office.ask("bao lâu", "Bình" if change == "other chat" else "An").answer
    assert answer.reason is Reason.NO_PROCEDURE


@pytest.mark.parametrize(("first", "then"), [("An", "Bình"), ("An", None), (None, None), ("", None), (None, "")])
def test_nobody_else_has_the_context(office: Office, first: str | None, then: str | None) -> None:
    office.ask("làm hộ chiếu", first)
    assert office.ask("bao lâu", then).answer == Unknown(Reason.NO_PROCEDURE, (Facet.TIME,))


def test_a_context_whose_procedure_has_left_the_base_is_forgotten(office: Office) -> None:
    office.ask("làm hộ chiếu")
    office.desk.knowledge = base(entry())
    assert office.ask("bao lâu").answer.reason is Reason.NO_PROCEDURE


def test_the_chat_that_was_silent_longest_is_forgotten_first(office: Office) -> None:
    office.ask("làm hộ chiếu", "An")
    office.ask("làm hộ chiếu", "Bình")
    office.ask("làm hộ chiếu", "An")
    for number in range(CONTEXTS - 1):
        office.desk.show(Show("khai-sinh", (Facet.RESULT,)), f"chat {number}")
    assert office.ask("bao lâu", "Bình").answer.reason is Reason.NO_PROCEDURE
    assert office.ask("bao lâu", "An").answer.reason is Reason.FOLLOW_UP


def test_a_button_shows_what_asking_would_show(office: Office) -> None:
    asked = office.ask("đăng ký khai sinh lệ phí")
    reference = asked.entry.reference
    assert office.desk.show(Show("khai-sinh", (Facet.FEE,), reference), "Bình") == asked.reply
    overview = office.ask("đăng ký khai sinh", chat="Dung", language="en")
    reference = overview.entry.reference
    assert office.desk.show(Show("khai-sinh", (), reference), "Bình", "en") == overview.reply


def test_what_a_button_showed_can_be_followed_up(office: Office) -> None:
    office.desk.show(Show("ho-chieu"), "An")
    assert office.ask("lệ phí").answer.reason is Reason.FOLLOW_UP
    assert office.desk.show(Show("ho-chieu"), None) is not None


def test_a_button_of_a_procedure_that_is_gone_shows_nothing(office: Office) -> None:
    assert office.desk.show(Show("khong-con"), "An") is None
    assert office.ask("lệ phí").answer.reason is Reason.NO_PROCEDURE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is the weather in Paris today", "en"),
        ("출생 신고 어디서", "ko"),
        ("где получить паспорт", "ru"),
        ("你好我要办护照", "zh"),
    ],
)
def test_a_foreign_question_that_matches_nothing_is_foreign(office: Office, text: str, language: str) -> None:
    handled = office.ask(text)
    assert handled.answer == Foreign(Reason.LANGUAGE, (), (), language)
    assert (handled.entry.outcome, handled.entry.language) == ("foreign", language)
    assert handled.reply.text == f"{ENGLISH.foreign}\n{VIETNAMESE.foreign}"


@pytest.mark.parametrize(
    ("text", "outcomes", "language"),
    [
        ("where do I hand in 1.001193 please", {"answer"}, "en"),
        ("cccd", {"answer", "choose"}, "vi"),
        ("lam can cuoc o dau", {"answer", "choose"}, "vi"),
        ("zzz qqq", {"unknown"}, "vi"),  # too short to tell
        ("12345 67890 11111 22222", {"unknown"}, "vi"),
        ("mưa rơi ngoài hiên lạnh quá đi thôi", {"unknown"}, "vi"),
    ],
)
def test_nothing_else_is_called_foreign(office: Office, text: str, outcomes: set[str], language: str) -> None:
    handled = office.ask(text)
    assert handled.entry.outcome in outcomes
    assert handled.entry.language == language


def test_what_matches_is_answered_in_whatever_language_it_was_asked(office: Office) -> None:
    mixed = "please help lam ho chieu thanks"
    assert language_of(mixed) == "en"
    assert office.ask(mixed).entry.matches[0][0] == "ho-chieu"
    assert office.ask(mixed).entry.outcome in ("answer", "choose")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("xin chào", Reason.GREETING),
        ("cảm ơn bạn", Reason.THANKS),
        ("cháy nhà", Reason.EMERGENCY),
        ("ly hôn", Reason.COURT),
    ],
)
def test_routes_are_answered_with_their_own_words(office: Office, text: str, reason: Reason) -> None:
    handled = office.ask(text)
    assert handled.answer.reason is reason
    assert handled.reply.text.startswith("Lời của ")
    assert office.ask(text, language="en").reply.text.startswith("Words of ")


def test_the_question_is_kept_masked_with_all_that_figures_need(office: Office) -> None:
    office.clock.now = datetime.datetime(2026, 11, 23, 17, 30, tzinfo=datetime.UTC)  # half past midnight at the office
    handled = office.ask("\u200bmã 1.001193, lệ phí. Số của tôi 030123456789")
    assert handled.entry == LogEntry(
        reference=handled.entry.reference,
        channel="terminal",
        bot_id=None,
        update_id=None,
        asked_at=datetime.datetime(2026, 11, 23, 17, 30, tzinfo=datetime.UTC),
        local_day=datetime.date(2026, 11, 24),
        question="mã 1.001193, lệ phí. Số của tôi [số giấy tờ]",
        language="vi",
        outcome="answer",
        reason="code",
        facets=("fee",),
        matches=(("khai-sinh", 1.0),),
        procedure="khai-sinh",
        score=1.0,
        latency_ms=round(handled.ms, 2),
        knowledge="0123456789ab",
        words=tuple((word, weight) for word, weight in handled.entry.words if word not in ("giấy", "030123456789")),
    )
    assert "001193" in dict(handled.entry.words)


def test_an_answer_is_kept_with_its_procedure_and_score(office: Office) -> None:
    kept = office.ask("1.001193").entry
    assert (kept.procedure, kept.score, kept.matches) == ("khai-sinh", 1.0, (("khai-sinh", 1.0),))


def test_an_empty_message_is_kept_without_a_score(office: Office) -> None:
    kept = office.ask("???").entry
    assert (kept.outcome, kept.reason, kept.procedure, kept.score, kept.matches) == (
        "unknown",
        "empty",
        None,
        None,
        (),
    )


def test_an_update_always_has_the_same_reference(office: Office) -> None:
    def kept(bot: int, update: int) -> LogEntry:
        return office.desk.ask(Question("lệ phí", "telegram", "An", (bot, update))).entry

    assert (kept(7, 1).bot_id, kept(7, 1).update_id) == (7, 1)
    assert kept(7, 1).reference == kept(7, 1).reference == "d7a0cee7b61e"
    assert len({kept(7, 1).reference, kept(7, 2).reference, kept(8, 1).reference, kept(71, 1).reference}) == 4


def test_without_an_update_every_question_has_a_reference_of_its_own(office: Office) -> None:
    references = {office.ask("lệ phí").entry.reference for _ in range(3)}
    assert len(references) == 3
    assert {len(reference) for reference in references} == {12}


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", VIETNAMESE), ("vi-VN", VIETNAMESE), ("", VIETNAMESE), ("en", ENGLISH), ("ko", ENGLISH)],
)
def test_who_reads_no_vietnamese_reads_english(language: str, words: Sentences) -> None:
    assert sentences(language) is words


def test_today_is_the_day_at_the_office(office: Office) -> None:
    office.clock.now = datetime.datetime(2026, 12, 31, 17, 0, tzinfo=datetime.UTC)
    assert office.desk.speaker("vi").today == datetime.date(2027, 1, 1)
    office.clock.later(microseconds=-1)
    assert office.desk.speaker("vi").today == datetime.date(2026, 12, 31)
