"""Cards: what stands under an answer, lists folded where they are long, lists to send on, the way out."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answers import Answered, Reason
from bot.phrases import ENGLISH, VIETNAMESE
from bot.procedures import Facet, Office, Procedure
from bot.replies import (
    Action,
    Checklist,
    Copy,
    Judge,
    NewSubject,
    Open,
    Reply,
    Report,
    Voice,
    Why,
    answered,
    asked_why,
    checklist,
    compose,
    line,
    thanked,
)
from bot.replies.cards import WHICH, shortened
from bot.replies.telling import LONG_LIST, OPEN, accordion, folding
from tests.values import PAGE, entry, source, speaker

VOICE = Voice("phường Thành Đông")
OFFICES = [
    Office.model_validate(
        {"id": "mot-cua", "name": "Một cửa", "address": "1 Trần Phú", "hours": "7 giờ 30", "origin": "cong"}
        | {"checked_on": "2026-07-18"}
    )
]
FACTS: dict[str, Any] = {
    "place": {"source": "cong", "text": "Nơi cư trú.", "offices": ["mot-cua"]},
    "online": {"source": "cong", "level": "một phần", "text": "Nộp trên Cổng.", "url": "https://nop.vn"},
    "fee": {"source": "phi", "items": [{"name": "Lệ phí", "amount": 8000}]},
    "documents": {
        "source": "cong",
        "cases": [
            {"items": [{"name": "Tờ khai", "form": "TK-01", "count": 2}]},
            {"when": "Đi thay.", "items": [{"name": "Giấy ủy quyền", "copy": "bản chính"}]},
        ],
    },
    "sources": {"cong": source(), "phi": source("2026-07-02", document="75/2022/TT-BTC")},
}


def some_entry(**changes: Any) -> Procedure:
    return entry(**{**FACTS, **changes})


def actions(reply: Reply) -> dict[str, Action]:
    return {button.label: button.action for button in reply.flat_buttons()}


def card_of(*facets: Facet, question: str | None = None, feedback: bool = True) -> dict[str, Action]:
    some = some_entry()
    who = replace(speaker(some, offices=OFFICES), feedback=feedback)
    return actions(answered(who, some.id, facets, question))


def texts(reply: Reply | None) -> list[str]:
    assert reply
    return ["".join(span.text for span in row) for row in reply.lines]


def test_addresses_and_codes_can_be_copied_and_pages_opened_where_they_are_told() -> None:
    assert card_of(Facet.PLACE)["Sao chép: 1 Trần Phú"] == Copy("1 Trần Phú")
    online = card_of(Facet.ONLINE)
    assert online["Sao chép mã 1.001193"] == Copy("1.001193")
    assert online["Mở trang nộp trực tuyến"] == Open("https://nop.vn")
    assert online["Trang chính thức"] == Open(PAGE)
    assert not any(isinstance(action, Copy) for action in card_of().values())


def test_an_answer_to_a_question_can_be_judged_and_every_card_reported() -> None:
    judged = card_of(Facet.FEE, question="0123456789ab")
    assert judged["👍 Có ích"] == Judge("0123456789ab", True)
    assert judged["👎 Chưa đúng"] == Judge("0123456789ab", False)
    assert judged["Báo thông tin sai/cũ"] == card_of(Facet.FEE)["Báo thông tin sai/cũ"] == Report("khai-sinh")
    assert "👍 Có ích" not in card_of(Facet.FEE)


def test_where_feedback_is_not_taken_no_card_asks_for_it() -> None:
    told = card_of(Facet.FEE, question="0123456789ab", feedback=False)
    assert told
    assert not any(isinstance(action, Judge | Report) for action in told.values())


def test_the_reason_is_asked_for_in_a_message_of_its_own() -> None:
    asked = asked_why(VIETNAMESE, Judge("0123456789ab", False))
    assert asked.apart
    assert [b.label for b in asked.flat_buttons()] == [
        "Thông tin sai",
        "Thông tin cũ",
        "Còn thiếu",
        "Khó hiểu",
        "Không đúng câu hỏi",
    ]
    assert actions(asked)["Còn thiếu"] == Judge("0123456789ab", False, Why.MISSING)
    report = asked_why(ENGLISH, Report("tam-tru"), "Temporary residence")
    assert 'What should be looked at again in "Temporary residence"?' in texts(report)
    assert list(actions(report).values()) == [Report("tam-tru", w) for w in Why if w is not Why.OTHER_QUESTION]
    assert (thanked(VIETNAMESE).apart, thanked(VIETNAMESE, apart=True).apart) == (False, True)


@pytest.mark.parametrize(
    ("facet", "heading"),
    [(Facet.FEE, "Lệ phí 8.000 đồng."), (Facet.PLACE, "Nơi nộp hồ sơ."), (Facet.TIME, "Đăng ký khai sinh, phần")],
)
def test_a_follow_up_says_once_what_it_is_about_and_offers_a_way_out(facet: Facet, heading: str) -> None:
    some = some_entry()
    answer = Answered(Reason.FOLLOW_UP, (facet,), (), some.id)
    reply = compose(answer, speaker(some, offices=OFFICES), VOICE, "0123456789ab")
    first, second, *_ = texts(reply)
    assert first == "Về: Đăng ký khai sinh"
    assert second.startswith(heading)
    assert actions(reply)["Hỏi việc khác"] == NewSubject()
    direct = compose(Answered(Reason.DIRECT, (facet,), (), some.id), speaker(some, offices=OFFICES), VOICE, "abc")
    assert texts(direct)[0].startswith("Đăng ký khai sinh")
    assert "Hỏi việc khác" not in actions(direct)


def test_a_short_list_stays_open_and_of_a_long_one_the_first_rows() -> None:
    short = [line(f"• {n}") for n in range(LONG_LIST - 1)]
    assert folding(short) == short
    long = folding([line(f"• {n}") for n in range(LONG_LIST)])
    assert [row[0].folded for row in long] == [False] * OPEN + [True] * (LONG_LIST - OPEN)
    assert [row[0].folded for row in folding([line("x" * 300)] * 4)] == [False] * 3 + [True]


def test_of_many_cases_the_headings_stay_open_and_little_is_not_folded() -> None:
    head, much, little = line("Trường hợp", strong=True), [line("x" * 400)], [line("ít")]
    told = accordion([([], [line("chung")]), ([head], much), ([head], little), ([head], much)])
    assert [row[0].folded for row in told] == [False, False, True, False, False, False, True]
    assert not any(row[0].folded for row in accordion([([head], little), ([head], little)]))


def test_the_list_of_a_case_is_whole_by_itself() -> None:
    some = some_entry()
    told = checklist(speaker(some, offices=OFFICES), some, 1, VOICE, "motcua_bot")
    assert texts(told) == [
        "Danh sách giấy tờ: Đăng ký khai sinh",
        "Trường hợp: Đi thay",
        "☐ Tờ khai (mẫu TK-01, 2 bản)",
        "☐ Giấy ủy quyền (bản chính)",
        "",
        "Lệ phí:",
        "• Lệ phí 8.000 đồng.",
        "Nộp ở: nơi cư trú.",
        "Một cửa. Địa chỉ: 1 Trần Phú",
        "Một cửa. Giờ làm việc: 7 giờ 30",
        "",
        "Nguồn: Cổng Dịch vụ công quốc gia, Thông tư 75/2022/TT-BTC · kiểm tra ngày 02/07/2026",
        f"Trang chính thức: {PAGE}",
        "",
        "Bot tra cứu thủ tục hành chính của phường Thành Đông (@motcua_bot), ngày 23/11/2026.",
    ]
    assert told
    assert told.apart
    assert told.buttons == ()


def test_the_list_for_everybody_says_which_cases_need_more() -> None:
    some = some_entry()
    told = texts(checklist(speaker(some, offices=OFFICES), some, 0, VOICE))
    assert "☐ Giấy ủy quyền (bản chính)" not in told
    assert "Có trường hợp cần thêm giấy tờ: đi thay." in told
    assert told[-1] == "Bot tra cứu thủ tục hành chính của phường Thành Đông, ngày 23/11/2026."


@pytest.mark.parametrize("case", [2, 98])
def test_a_case_that_is_gone_has_no_list(case: int) -> None:
    some = some_entry()
    assert checklist(speaker(some, offices=OFFICES), some, case, VOICE) is None
    assert checklist(speaker(entry()), entry(), WHICH, VOICE) is None


def test_of_many_cases_the_right_one_is_asked_for_with_long_names_in_full() -> None:
    long = "Người được nhờ đi thay là cháu ruột của người có tên trong giấy tờ cũ"
    cases = [{"when": when, "items": [{"name": "Đơn"}]} for when in ("Một", "Hai", "Ba", long)]
    some = entry(documents={"source": "cong", "cases": cases})
    card = actions(answered(speaker(some), some.id, (Facet.DOCUMENTS,)))
    assert card["Gửi danh sách giấy tờ"] == Checklist(some.id, WHICH)
    asked = checklist(speaker(some), some, WHICH, VOICE)
    assert texts(asked) == ["Đăng ký khai sinh: danh sách giấy tờ cho trường hợp nào?", f"• {long}"]
    assert asked
    assert actions(asked)["Hai"] == Checklist(some.id, 1)
    assert actions(asked)[shortened(long)] == Checklist(some.id, 3)
    assert shortened(long).endswith(" trong…")


def test_many_amounts_are_a_range_in_the_overview() -> None:
    items = [{"name": f"Loại thứ {n} của một danh sách dài", "amount": n * 1000} for n in range(1, 9)]
    some = entry(fee={"source": "cong", "items": items})
    told = texts(answered(speaker(some), some.id, ()))
    assert "Lệ phí: từ 1.000 đồng đến 8.000 đồng, tùy trường hợp." in told


def test_where_nothing_can_be_tapped_pages_are_read_and_copies_are_left_out() -> None:
    some = some_entry()
    reply = answered(speaker(some, offices=OFFICES), some.id, (Facet.ONLINE,))
    assert "Mở trang nộp trực tuyến: https://nop.vn" in reply.text.split("\n")
    assert reply.text.count(PAGE) == 1
    assert "Sao chép" not in reply.text
    assert not any(isinstance(button.action, Copy | Open) for button in reply.choices())
