"""Outcomes told: the asked facets in order, the source, and what can be tapped."""

import datetime
from typing import Any

import pytest

from bot.answers import Answered, Choice, Foreign, Option, Reason, Routed, Unknown
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.phrases.english import DETAILS
from bot.procedures import Facet, Procedure
from bot.replies import Button, NoneOfThese, Reply, Show, Span, Voice, answered, compose, help_text, line, welcome
from tests.values import PAGE, entry, registry, route, source, speaker

VOICE = Voice("Ủy ban nhân dân xã Vĩnh Bảo", "0225 123 456")
SILENT = Voice("Ủy ban nhân dân xã Vĩnh Bảo")
SOURCE = f"Nguồn: Cổng Dịch vụ công quốc gia · kiểm tra ngày 18/07/2026 · Trang chính thức: {PAGE}"
FACTS: dict[str, Any] = {
    "place": {"source": "cong", "text": "Nơi cha hoặc mẹ cư trú."},
    "time_limit": {"source": "cong", "items": [{"quantity": 1, "unit": "ngày", "text": "Trong ngày."}]},
    "fee": {"source": "cong", "items": [{"name": "Lệ phí", "amount": 0, "channels": ["trực tuyến"]}]},
    "documents": {
        "source": "cong",
        "cases": [
            {"items": [{"name": "Tờ khai"}, {"name": "Bản sao hộ chiếu"}]},
            {"when": "Đi thay", "items": [{"name": "Giấy ủy quyền"}]},
        ],
    },
}


def text_of(some: Procedure, *facets: Facet, say: Sentences = VIETNAMESE, **more: Any) -> list[str]:
    lines = answered(speaker(some, say=say, **more), some.id, facets).lines
    return Reply(lines).text.split("\n")


def test_the_asked_facets_come_first_and_in_order() -> None:
    some = entry(**FACTS)
    fee, time = "Đăng ký khai sinh: lệ phí 0 đồng nếu nộp trực tuyến.", "Đăng ký khai sinh: trong ngày."
    assert text_of(some, Facet.FEE, Facet.TIME) == [fee, time, SOURCE]
    assert text_of(some, Facet.TIME, Facet.FEE) == [time, fee, SOURCE]


def test_without_a_facet_the_overview_is_told() -> None:
    assert text_of(entry(**FACTS)) == [
        "Đăng ký khai sinh",
        "Làm giấy khai sinh lần đầu.",
        "Nộp ở: nơi cha hoặc mẹ cư trú.",
        "Thời hạn: trong ngày.",
        "Lệ phí: lệ phí 0 đồng nếu nộp trực tuyến.",
        "Giấy tờ: tờ khai; bản sao hộ chiếu.",
        SOURCE,
    ]
    assert text_of(entry(**FACTS), say=ENGLISH)[2:] == [
        "Where: nơi cha hoặc mẹ cư trú.",
        "Time: trong ngày.",
        "Fee: lệ phí 0 đồng if filed online.",
        "Papers: tờ khai; bản sao hộ chiếu.",
        DETAILS,
        f"Source: Cổng Dịch vụ công quốc gia · checked on 18/07/2026 · Official page: {PAGE}",
    ]


def test_the_overview_of_an_entry_without_facts() -> None:
    assert text_of(entry()) == ["Đăng ký khai sinh", "Làm giấy khai sinh lần đầu.", SOURCE]


@pytest.mark.parametrize(
    ("fee", "told"),
    [
        ({"unknown": "Mức thu do tỉnh quyết định."}, ["Lệ phí: mức thu do tỉnh quyết định."]),
        ({"unknown": "HĐND quyết định."}, ["Lệ phí: HĐND quyết định."]),
        ({"items": [{"name": "Phí", "amount": 8000}], "unknown": "Chưa rõ."}, ["Lệ phí: phí 8.000 đồng."]),
        ({"items": [{"name": "Phí", "amount": 8000, "source": "ngo"}]}, []),
        ({"items": [{"name": "Phí", "amount": 8000, "source": "het"}]}, []),
        ({"items": [{"name": "Phí", "amount": 8000, "source": "ngo"}], "unknown": "Chưa rõ."}, ["Lệ phí: chưa rõ."]),
    ],
)
def test_the_overview_shows_no_amount_that_is_not_sure(fee: dict[str, Any], told: list[str]) -> None:
    sources = {"cong": source(), "ngo": source(confidence="thấp"), "het": source(effective_until="2026-11-22")}
    assert text_of(entry(sources=sources, fee={"source": "cong", **fee}))[2:-1] == told


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("Nộp tại xã.", "xã."),
        ("Nộp hồ sơ ở Ủy ban nhân dân xã.", "Ủy ban nhân dân xã."),
        ("Ủy ban nhân dân cấp xã.", "Ủy ban nhân dân cấp xã."),
        ("Công an cấp xã.", "Công an cấp xã."),
        ("UBND xã.", "UBND xã."),
    ],
)
def test_names_keep_their_capital_letter_inside_a_sentence(place: str, told: str) -> None:
    assert text_of(entry(place={"source": "cong", "text": place}))[2] == f"Nộp ở: {told}"


@pytest.mark.parametrize(("key", "text"), [("place", "nơi cha hoặc mẹ cư trú"), ("time_limit", "trong ngày")])
def test_the_overview_warns_of_what_is_past_its_last_day(key: str, text: str) -> None:
    told = "\n".join(text_of(entry(sources={"cong": source(effective_until="2026-01-01")}, **{key: FACTS[key]})))
    assert text not in told or "đã hết hạn ngày 01/01/2026" in told


def test_the_source_line_names_each_source_once_and_the_oldest_day() -> None:
    sources = {
        "a": source("2026-10-01", document="75/2022/TT-BTC"),
        "b": source("2026-09-02", origin="bang"),
        "c": source("2026-11-01", document="75/2022/TT-BTC"),
    }
    facts: dict[str, Any] = {
        "who": {"source": "a", "text": "Ai."},
        "result": {"source": "b", "text": "Gì."},
        "validity": {"source": "c", "text": "Lâu."},
    }
    told = text_of(entry(sources=sources, **facts), Facet.WHO, Facet.RESULT, Facet.VALIDITY)
    assert told[-1].startswith("Nguồn: Thông tư 75/2022/TT-BTC, Bảng phí · kiểm tra ngày 02/09/2026 · ")
    told = text_of(entry(sources=sources, **facts), Facet.VALIDITY)
    assert told[-1].startswith("Nguồn: Thông tư 75/2022/TT-BTC · kiểm tra ngày 01/11/2026 · ")


def test_the_overview_names_the_source_of_the_amount_it_shows() -> None:
    item = {"name": "Phí", "amount": 8000, "source": "phi"}
    sources = {"cong": source(), "phi": source("2026-01-02", document="75/2022/TT-BTC")}
    told = text_of(entry(sources=sources, fee={"source": "cong", "items": [item]}))
    assert "Thông tư 75/2022/TT-BTC" in told[-1]
    assert "02/01/2026" in told[-1]


def test_where_nothing_is_known_the_entrys_first_source_is_named() -> None:
    told = text_of(entry(sources={"b": source("2026-09-02", origin="bang"), "a": source()}), Facet.FEE)
    assert told[-1] == f"Nguồn: Bảng phí · kiểm tra ngày 02/09/2026 · Trang chính thức: {PAGE}"


def test_buttons_offer_the_known_rest_two_a_row() -> None:
    some = entry(**FACTS)

    def labels(*facets: Facet) -> list[list[str]]:
        return [[b.label for b in row] for row in answered(speaker(some), some.id, facets).buttons]

    page, lists = "Trang chính thức", [["Gửi danh sách giấy tờ"]]
    one, other = ["Gửi danh sách: Trường hợp thường"], ["Gửi danh sách: Đi thay"]
    assert labels() == [["Hồ sơ", "Lệ phí"], ["Thời hạn", "Nộp ở đâu"], [page], *lists]
    assert labels(Facet.FEE) == [["Hồ sơ", "Thời hạn"], ["Nộp ở đâu", page]]
    assert labels(Facet.FEE, Facet.DOCUMENTS, Facet.TIME, Facet.PLACE) == [[page], one, other]
    assert answered(speaker(some), some.id, (Facet.TIME,)).buttons[0][0].action == Show(some.id, (Facet.DOCUMENTS,))


def test_an_answer_is_composed_as_it_is_shown() -> None:
    some = entry(**FACTS)
    reply = compose(Answered(Reason.DIRECT, (Facet.FEE,), (), some.id), speaker(some), VOICE, "abc")
    assert reply == answered(speaker(some), some.id, (Facet.FEE,), "abc")


def test_a_choice_shows_names_and_a_way_out() -> None:
    other = entry("lai", code="2.000528", name="X" * 61)
    choice = Choice(Reason.CHOICE, (Facet.FEE,), (), (Option("khai-sinh"), Option("lai")))
    assert compose(choice, speaker(entry(), other), VOICE, "abc") == Reply(
        (line("Bạn hỏi về việc nào?", strong=True),),
        (
            (Button("Đăng ký khai sinh", Show("khai-sinh", (Facet.FEE,), "abc")),),
            (Button("X" * 60, Show("lai", (Facet.FEE,), "abc")),),
            (Button("Không phải cái nào", NoneOfThese("abc")),),
        ),
    )


def test_a_choice_of_one_asks_whether_it_is_meant() -> None:
    reply = compose(Choice(Reason.CHOICE, (), (), (Option("khai-sinh"),)), speaker(entry()), VOICE, "abc")
    assert reply.lines == (line("Có phải bạn hỏi về việc này?", strong=True),)


def test_several_things_asked_for_are_each_answered_shortly() -> None:
    one, other = entry(**FACTS), entry("lai", code="2.000528", name="Đăng ký lại", **FACTS)
    asked = Choice(Reason.SEVERAL, (Facet.TIME,), (), (Option("lai"), Option("khai-sinh")))
    reply = compose(asked, speaker(one, other), VOICE, "abc")
    [again] = answered(speaker(one, other), "lai", (Facet.TIME,)).lines[:1]
    [first] = answered(speaker(one, other), "khai-sinh", (Facet.TIME,)).lines[:1]
    assert reply.lines[0] == again
    assert first in reply.lines
    assert sum(any(span.url for span in told) for told in reply.lines) == 2
    shown = [button.action for button in reply.flat_buttons() if isinstance(button.action, Show)]
    assert shown == [Show("lai", (Facet.TIME,), "abc"), Show("khai-sinh", (Facet.TIME,), "abc")]


def test_a_deciding_question_shows_its_cases() -> None:
    options = (Option("khai-sinh", "Chưa từng"), Option("khai-sinh", "Đã đăng ký"))
    choice = Choice(Reason.DECIDING_QUESTION, (), (), options, "Đã từng đăng ký chưa?")
    reply = compose(choice, speaker(entry(), say=ENGLISH), VOICE, "abc")
    assert reply.text.split("\n") == [
        "Đã từng đăng ký chưa?",
        "[1] Chưa từng",
        "[2] Đã đăng ký",
        "[3] None of these",
    ]


def test_a_facet_without_a_procedure_is_asked_back_with_an_example() -> None:
    answer = Unknown(Reason.NO_PROCEDURE, (Facet.FEE, Facet.TIME))
    assert compose(answer, speaker(entry()), VOICE, "abc").text == (
        'Bạn hỏi về thủ tục nào? Hãy ghi cả tên việc, ví dụ "lệ phí đăng ký khai sinh".'
    )


def test_a_message_without_words_is_told_what_can_be_read() -> None:
    reply = compose(Unknown(Reason.EMPTY), speaker(entry(), say=ENGLISH), VOICE, "abc")
    assert reply == Reply((line(ENGLISH.not_text), line(ENGLISH.send_as_text)))


@pytest.mark.parametrize(("say", "words"), [(VIETNAMESE, "Lời của chay."), (ENGLISH, "Words of chay.")])
def test_a_route_says_its_words(say: Sentences, words: str) -> None:
    routes = [route("chao", "greeting", "x"), route("chay", "emergency", "y")]
    reply = compose(Routed(Reason.EMERGENCY, route="chay"), speaker(entry(), say=say, routes=routes), VOICE, "abc")
    assert reply == Reply((line(words),))


@pytest.mark.parametrize("say", [VIETNAMESE, ENGLISH])
def test_a_foreign_question_is_told_in_both_languages(say: Sentences) -> None:
    reply = compose(Foreign(Reason.LANGUAGE, language="ko"), speaker(entry(), say=say), VOICE, "abc")
    assert reply == Reply((line(ENGLISH.foreign), line(VIETNAMESE.foreign)))


def test_the_first_screen_names_the_office() -> None:
    assert welcome(VIETNAMESE, VOICE).lines[0] == line(
        "Đây là bot tra cứu thủ tục hành chính của Ủy ban nhân dân xã Vĩnh Bảo. "
        "Bạn cứ hỏi bằng lời thường, có dấu hay không dấu đều được.",
        strong=True,
    )
    assert welcome(VIETNAMESE, VOICE).lines[1:] == (line(VIETNAMESE.send_as_text), line(VIETNAMESE.help))


def test_help_names_whom_to_ask_if_there_is_somebody() -> None:
    said = (line(ENGLISH.help), line(ENGLISH.send_as_text))
    assert help_text(ENGLISH, SILENT) == Reply(said)
    assert help_text(ENGLISH, VOICE) == Reply((*said, line("Or ask directly: 0225 123 456")))


def test_plain_text_spells_links_and_numbers_buttons() -> None:
    rows = ((Button("A", NoneOfThese("x")), Button("B", NoneOfThese("x"))), (Button("C", NoneOfThese("x")),))
    reply = Reply(((Span("Đọc "), Span("trang", url="https://a.vn")), line("Hết", strong=True)), rows)
    assert reply.text == "Đọc trang: https://a.vn\nHết\n[1] A\n[2] B\n[3] C"
    assert [b.label for b in reply.flat_buttons()] == ["A", "B", "C"]


def test_a_fact_of_today_is_told_by_the_day_of_the_speaker() -> None:
    some = entry(sources={"cong": source(effective_until="2026-12-31")}, fee=FACTS["fee"])
    last, after = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
    assert "0 đồng" in text_of(some, Facet.FEE, today=last)[0]
    assert "0 đồng" not in text_of(some, Facet.FEE, today=after)[0]


def test_the_registry_of_these_tests_is_told_whole() -> None:
    knowledge = registry()
    for some in knowledge.procedures:
        assert text_of(some)[0] == some.name
