"""Every procedure of the shipped base, every facet, both languages; and no text that the desk cannot bear."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Answered, Choice, Unknown
from bot.desk import Brain, Desk, Question
from bot.knowledge import Knowledge, RouteReason
from bot.matching import TOPICS
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.procedures import Facet
from bot.replies import Show, Speaker, Voice, answered
from bot.replies.sections import has_section
from tests.values import NOW, TODAY

DATE = re.compile(r"\d\d/\d\d/\d{4}")
ODD = re.compile(r"\.\.|  |\(\)|[{}]|None| [.,;]|\n\n|(Thông tư|Nghị định|Quyết định|Nghị quyết) (Thông|Nghị|Quyết)")


@pytest.fixture(scope="module")
def desk(shipped_brain: Brain) -> Desk:
    return Desk(shipped_brain, Voice("Ủy ban nhân dân xã Vĩnh Bảo", "0225 123 456"), lambda: NOW)


@pytest.mark.parametrize("say", [pytest.param(VIETNAMESE, id="vi"), pytest.param(ENGLISH, id="en")])
@pytest.mark.parametrize("facet", [None, *Facet])
def test_every_answer_names_the_procedure_a_day_and_the_official_page(
    shipped: Knowledge, facet: Facet | None, say: Sentences
) -> None:
    speaker = Speaker(say, shipped, TODAY)
    for entry in shipped.procedures:
        reply = answered(speaker, entry.id, (facet,) if facet else ())
        first, last = reply.lines[0], reply.lines[-1]
        assert first[0].text.startswith(speaker.name(entry)), entry.id
        assert last[-1].url == entry.portal_url, entry.id
        assert DATE.search("".join(span.text for span in last)), entry.id
        assert not ODD.search(reply.text), (entry.id, ODD.search(reply.text))


def test_no_button_leads_to_a_facet_of_which_nothing_is_known(shipped: Knowledge) -> None:
    speaker = Speaker(VIETNAMESE, shipped, TODAY)
    for entry in shipped.procedures:
        for button in answered(speaker, entry.id, ()).flat_buttons():
            if isinstance(button.action, Show):
                assert button.action.procedure == entry.id
                assert all(has_section(entry, facet) for facet in button.action.facets)


def test_every_code_and_every_name_reaches_its_procedure(shipped: Knowledge, desk: Desk) -> None:
    for entry in shipped.procedures:
        for code in entry.codes:
            assert desk.ask(Question(f"thủ tục {code}", "terminal")).entry.procedure == entry.id
        answer = desk.ask(Question(entry.name, "terminal")).answer
        assert isinstance(answer, Answered | Choice), entry.name
        offered = (answer.procedure,) if isinstance(answer, Answered) else tuple(o.procedure for o in answer.options)
        assert entry.id in offered, entry.name


def test_every_route_of_a_whole_message_and_every_emergency_reaches_its_words(shipped: Knowledge, desk: Desk) -> None:
    missed = [
        (route.id, phrase)
        for route in shipped.routes
        if route.reason not in TOPICS or route.reason is RouteReason.EMERGENCY
        for phrase in route.phrases
        if desk.ask(Question(phrase, "terminal")).reply.text != route.text
    ]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    ["xin chào, hộ khẩu", "xin chào, đất đai", "hello căn cước", "cảm ơn, đăng ký xe", "chào em, giấy phép xây dựng"],
)
def test_politeness_around_a_short_question_is_not_all_that_is_heard(desk: Desk, text: str) -> None:
    assert isinstance(desk.ask(Question(text, "terminal")).answer, Answered | Choice)


def test_hardly_a_phrase_of_a_topic_is_answered_with_a_procedure(shipped: Knowledge, desk: Desk) -> None:
    phrases = [phrase for route in shipped.routes if route.reason in TOPICS for phrase in route.phrases]
    answers = ((phrase, desk.ask(Question(phrase, "terminal")).answer) for phrase in phrases)
    answered_wrongly = [phrase for phrase, answer in answers if isinstance(answer, Answered)]
    assert len(answered_wrongly) * 100 <= len(phrases), answered_wrongly


def test_every_twin_set_can_be_tapped_to_an_answer(shipped: Knowledge, desk: Desk) -> None:
    for twin_set in shipped.twins:
        for option in twin_set.options:
            assert desk.show(Show(option.procedure, (), "abc"), None) is not None


@pytest.mark.parametrize("text", ["lệ phí thế nào", "còn hồ sơ?", "thế bao lâu", "bao nhiêu tiền vậy bạn"])
def test_a_follow_up_is_understood_with_the_shipped_words(desk: Desk, text: str) -> None:
    desk.ask(Question("1.001193", "terminal", "An"))
    answer = desk.ask(Question(text, "terminal", "An")).answer
    assert isinstance(answer, Answered)
    assert answer.procedure == "khai-sinh"


PIECES = [
    "khai sinh",
    "căn cước",
    "1.001193",
    "lệ phí",
    "bao lâu",
    "ở đâu",
    "xin chào",
    "cháy nhà",
    "wifi",
    "\n",
    "\u0301",
]


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=20).map(" ".join))
def test_no_text_is_too_strange_for_the_desk(desk: Desk, text: str) -> None:
    handled = desk.ask(Question(text, "terminal", "An"))
    assert handled.reply.text.strip()
    assert handled.entry.outcome in ("answer", "choose", "unknown", "route", "foreign")
    assert all(0 <= score <= 1 for _, score in handled.entry.matches)
    assert isinstance(handled.answer, Unknown) or handled.reply.lines


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "\ud800", "a" * 4096, "khai sinh " * 10_000, "\u0301" * 5000, "🙂" * 50, "1.001193" * 200],
)
def test_long_broken_and_empty_texts_are_borne(desk: Desk, text: str) -> None:
    assert desk.ask(Question(text, "terminal")).reply.text.strip()
