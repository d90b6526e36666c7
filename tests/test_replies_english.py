"""Answers in English: names and summaries where an entry has them; facts stay Vietnamese, and that is said once."""

from pathlib import Path
from typing import Any

import pytest

from bot.answers import Choice, Option, Reason, Unknown
from bot.knowledge import Knowledge, load
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.phrases.english import DETAILS
from bot.procedures import Facet, Procedure
from bot.replies import Reply, Speaker, Voice, answered, compose, guided
from tests.guiding import write_whole
from tests.small import change
from tests.values import TODAY, entry, speaker

VOICE = Voice("Ủy ban nhân dân xã Vĩnh Bảo")
WORDS = {"name": "Birth registration", "summary": "Register the birth of a child."}
FEE = {"source": "cong", "items": [{"name": "Lệ phí", "amount": 8000}]}
ASIDE = 'The details are in Vietnamese only, as in the sources. At the office this is called "Đăng ký khai sinh".'


def birth(**changes: Any) -> Procedure:
    return entry(english=WORDS, fee=FEE, **changes)


def again(**changes: Any) -> Procedure:
    return entry("khai-sinh-lai", code="2.000528", name="Đăng ký lại khai sinh", **changes)


def told(some: Procedure, *facets: Facet, say: Sentences = ENGLISH) -> list[str]:
    """What is said of an entry."""
    return told_lines(answered(speaker(some, say=say), some.id, facets))


def told_lines(reply: Reply) -> list[str]:
    return ["".join(span.text for span in line) for line in reply.lines]


def test_the_overview_has_the_english_name_and_summary_and_the_name_to_ask_for() -> None:
    *said, source = told(birth())
    assert said == ["Birth registration", "Register the birth of a child.", "Fee: lệ phí 8.000 đồng.", ASIDE]
    assert source.startswith("Source: Cổng Dịch vụ công quốc gia")


def test_vietnamese_answers_stay_vietnamese() -> None:
    said = told(birth(), say=VIETNAMESE)
    assert said[:-1] == ["Đăng ký khai sinh", "Làm giấy khai sinh lần đầu.", "Lệ phí: lệ phí 8.000 đồng."]


def test_asked_facets_are_headed_in_english_and_the_aside_stands_once() -> None:
    some = birth(time_limit={"source": "cong", "items": [{"quantity": 1, "unit": "ngày"}]})
    said = told(some, Facet.FEE, Facet.TIME)
    assert said[:-1] == ["Birth registration: lệ phí 8.000 đồng.", "Birth registration: 1 ngày.", ASIDE]


def test_without_english_words_the_vietnamese_name_stays_and_is_not_repeated() -> None:
    assert told(entry(fee=FEE), Facet.FEE)[:-1] == ["Đăng ký khai sinh: lệ phí 8.000 đồng.", DETAILS]


def test_where_nothing_is_known_there_are_no_details_to_speak_of() -> None:
    said = told(birth(), Facet.TIME)
    assert len(said) == 2
    assert said[0].startswith("Birth registration, time: no confirmed information.")


@pytest.mark.parametrize("facet", list(Facet))
def test_every_heading_is_in_english_where_it_can_be(facet: Facet) -> None:
    assert told(birth(), facet)[0].startswith("Birth registration")
    assert told(birth(), facet, say=VIETNAMESE)[0].startswith("Đăng ký khai sinh")


def buttons(answer: Choice | Unknown, *entries: Procedure, say: Sentences = ENGLISH) -> tuple[str, list[str]]:
    """The first line and the labels."""
    reply = compose(answer, speaker(*entries, say=say), VOICE, "abc")
    return reply.lines[0][0].text, [button.label for button in reply.flat_buttons()]


@pytest.mark.parametrize(
    ("say", "labels"),
    [
        (ENGLISH, ["Birth registration", "Đăng ký lại khai sinh", "None of these"]),
        (VIETNAMESE, ["Đăng ký khai sinh", "Đăng ký lại khai sinh", "Không phải cái nào"]),
    ],
)
def test_a_choice_is_offered_in_english_where_it_can_be(say: Sentences, labels: list[str]) -> None:
    choice = Choice(Reason.CHOICE, (), (), (Option("khai-sinh"), Option("khai-sinh-lai")))
    assert buttons(choice, birth(), again(), say=say) == (say.choose, labels)


def test_a_deciding_question_is_left_out_only_where_english_names_tell_the_cases_apart() -> None:
    options = (Option("khai-sinh", "Chưa từng"), Option("khai-sinh-lai", "Đã đăng ký, nay mất"))
    choice = Choice(Reason.DECIDING_QUESTION, (), (), options, "Đã từng đăng ký chưa?")
    other = again(english={"name": "Re-registration of birth", "summary": "For lost records."})
    assert buttons(choice, birth(), other) == (
        ENGLISH.choose,
        ["Birth registration", "Re-registration of birth", "None of these"],
    )
    assert buttons(choice, birth(), again()) == (
        "Đã từng đăng ký chưa?",
        ["Birth registration", "Đã đăng ký, nay mất", "None of these"],
    )
    assert buttons(choice, birth(), other, say=VIETNAMESE)[1][:2] == ["Chưa từng", "Đã đăng ký, nay mất"]


def test_what_is_nearest_is_named_in_english() -> None:
    answer = Unknown(Reason.NO_MATCH, (), (), ("khai-sinh",))
    assert buttons(answer, birth())[1] == ["Birth registration"]


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    """The tiny base with guides; the procedure that a guide names has its English words."""
    folder = write_whole(tmp_path)
    official = "    official_name: Đăng ký tạm trú\n"
    words = "    english: {name: Temporary residence, summary: For those who stay 30 days or more.}\n"
    change(folder, "procedures/cu-tru.yaml", official, official + words)
    return load(folder, None)


def test_a_guide_is_headed_in_english_and_its_sections_stay(knowledge: Knowledge) -> None:
    said = told_lines(guided(Speaker(ENGLISH, knowledge, TODAY), "dung-vneid"))
    assert said[:4] == ["Using VNeID", "VNeID is the identity app.", "Mở ở đâu", "Bạn đến công an xã."]
    assert said[-2] == DETAILS
    said = told_lines(guided(Speaker(VIETNAMESE, knowledge, TODAY), "dung-vneid"))
    assert said[:2] == ["Dùng VNeID", "VNeID là ứng dụng định danh."]
    assert DETAILS not in said


def test_the_buttons_of_a_guide_name_procedures_in_english(knowledge: Knowledge) -> None:
    for say, label in ((ENGLISH, "Temporary residence"), (VIETNAMESE, knowledge.by_id["tam-tru"].name)):
        reply = guided(Speaker(say, knowledge, TODAY), "dung-vneid")
        assert next(reply.flat_buttons()).label == label
