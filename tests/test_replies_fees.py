"""Fees: never a wrong amount, and always what it is for."""

import datetime
from typing import Any

import pytest

from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.procedures import Facet
from bot.replies.fees import fee_words
from bot.replies.sections import section
from tests.values import TODAY, entry, source, speaker

NAME = "Đăng ký khai sinh"
SOURCES = {
    "cong": source(),
    "het": source(effective_until="2026-11-22"),
    "nay": source(effective_until="2026-11-23"),
    "sau": source(effective_from="2026-11-24"),
    "roi": source(effective_from="2026-11-23"),
    "ngo": source(confidence="thấp"),
    "vua": source(confidence="vừa"),
    "ngo-het": source(confidence="thấp", effective_until="2026-11-22"),
}


def lines(*items: dict[str, Any], say: Sentences = VIETNAMESE, today: datetime.date = TODAY, **more: Any) -> list[str]:
    fee = {"source": "cong", "items": [{"name": "Lệ phí", "amount": 8000, **item} for item in items], **more}
    some = entry(sources=SOURCES, fee=fee)
    return [line[0].text for line in section(speaker(some, say=say, today=today), some, Facet.FEE).lines]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({}, "lệ phí 8.000 đồng"),
        ({"amount": 0}, "lệ phí 0 đồng"),
        ({"amount": 999}, "lệ phí 999 đồng"),
        ({"amount": 1_000_000_000}, "lệ phí 1.000.000.000 đồng"),
        ({"per": "bản sao"}, "lệ phí 8.000 đồng/bản sao"),
        ({"channels": ["trực tuyến"]}, "lệ phí 8.000 đồng nếu nộp trực tuyến"),
        ({"channels": ["trực tiếp", "bưu chính"]}, "lệ phí 8.000 đồng nếu nộp trực tiếp hoặc qua bưu chính"),
        ({"channels": ["bưu chính", "trực tiếp", "trực tuyến"]}, "lệ phí 8.000 đồng"),
        ({"when": "Quá hạn"}, "lệ phí 8.000 đồng (quá hạn)"),
        ({"when": "UBND xã cấp"}, "lệ phí 8.000 đồng (UBND xã cấp)"),
        ({"note": "Nộp một lần."}, "lệ phí 8.000 đồng (nộp một lần)"),
        ({"source": "nay"}, "lệ phí 8.000 đồng đến hết ngày 23/11/2026"),
        ({"source": "sau"}, "lệ phí 8.000 đồng từ ngày 24/11/2026"),
        ({"source": "roi"}, "lệ phí 8.000 đồng"),
        ({"source": "vua"}, "lệ phí 8.000 đồng"),
        (
            {"per": "lần", "channels": ["trực tuyến"], "when": "Quá hạn", "source": "nay", "note": "Mức giảm."},
            "lệ phí 8.000 đồng/lần nếu nộp trực tuyến (quá hạn) đến hết ngày 23/11/2026 (mức giảm)",
        ),
    ],
)
def test_an_amount_says_what_it_is_for(item: dict[str, Any], words: str) -> None:
    assert lines(item) == [f"{NAME}: {words}."]


def test_amounts_in_english_sentences() -> None:
    assert lines({"channels": ["trực tiếp", "bưu chính"], "source": "sau"}, say=ENGLISH) == [
        f"{NAME}: lệ phí 8.000 đồng if filed in person or by post from 24/11/2026."
    ]
    assert lines({"source": "nay", "channels": ["trực tuyến"]}, say=ENGLISH) == [
        f"{NAME}: lệ phí 8.000 đồng if filed online until 23/11/2026."
    ]


def test_an_expired_amount_is_withheld_with_a_warning() -> None:
    assert lines({"source": "het"}) == [
        f"{NAME}: chưa xác nhận được mức thu.",
        "Mức 8.000 đồng đã hết hạn ngày 22/11/2026. Hãy hỏi lại nơi tiếp nhận trước khi nộp tiền.",
    ]
    assert lines({"source": "het", "per": "lần"}, say=ENGLISH) == [
        f"{NAME}: the fee is not confirmed.",
        "The amount 8.000 đồng/lần ended on 22/11/2026. Ask the office before you pay.",
    ]


def test_an_amount_expires_at_the_end_of_its_last_day() -> None:
    last = datetime.date(2026, 11, 22)
    assert lines({"source": "het"}, today=last) == [f"{NAME}: lệ phí 8.000 đồng đến hết ngày 22/11/2026."]
    assert lines({"source": "het"}, today=last + datetime.timedelta(1))[0] == f"{NAME}: chưa xác nhận được mức thu."


def test_what_still_holds_stands_before_what_has_expired() -> None:
    assert lines({"source": "het", "channels": ["trực tuyến"]}, {"amount": 15000}) == [
        f"{NAME}: lệ phí 15.000 đồng.",
        "Mức 8.000 đồng đã hết hạn ngày 22/11/2026. Hãy hỏi lại nơi tiếp nhận trước khi nộp tiền.",
    ]


def test_an_amount_of_low_confidence_is_never_shown() -> None:
    told = lines({"source": "ngo"}, {"amount": 5000})
    assert told == [
        f"{NAME}: lệ phí 5.000 đồng.",
        "Có mức thu chưa xác nhận được. Hãy hỏi nơi tiếp nhận trước khi nộp tiền.",
    ]
    assert lines({"source": "ngo"}, say=ENGLISH) == [
        f"{NAME}: the fee is not confirmed.",
        "Some amounts are not confirmed. Ask the office before you pay.",
    ]


def test_an_amount_of_low_confidence_is_not_shown_when_it_has_expired_either() -> None:
    assert not [line for line in lines({"source": "ngo-het"}) if "8.000" in line]


def test_an_unknown_fee_is_told_in_words() -> None:
    assert lines(unknown="Mức thu do tỉnh quyết định.") == [
        f"{NAME}: chưa xác nhận được mức thu.",
        "Mức thu do tỉnh quyết định.",
    ]


def test_who_need_not_pay_and_doubts_follow_the_amount() -> None:
    assert lines({}, unknown="Chưa rõ phí bưu chính.", exempt="Hộ nghèo.", doubt="Hãy hỏi lại.") == [
        f"{NAME}: lệ phí 8.000 đồng.",
        "Chưa rõ phí bưu chính.",
        "Không phải nộp hoặc được giảm: Hộ nghèo.",
        "Hãy hỏi lại.",
    ]


def test_three_amounts_stand_in_one_sentence_and_four_in_a_list_under_their_range() -> None:
    items = [{"name": f"Lệ phí {n}", "amount": n * 1000} for n in (3, 0, 2, 1)]
    assert lines(*items[:3]) == [f"{NAME}: lệ phí 3 3.000 đồng; lệ phí 0 0 đồng; lệ phí 2 2.000 đồng."]
    assert lines(*items) == [
        f"{NAME}: từ 0 đồng đến 3.000 đồng, tùy trường hợp.",
        "• Lệ phí 3 3.000 đồng.",
        "• Lệ phí 0 0 đồng.",
        "• Lệ phí 2 2.000 đồng.",
        "• Lệ phí 1 1.000 đồng.",
    ]
    assert lines(*items, say=ENGLISH)[0] == f"{NAME}: 0 đồng to 3.000 đồng, by case."


def test_amounts_too_long_for_one_sentence_stand_in_a_list() -> None:
    assert lines({"name": "x" * 148}) == [f"{NAME}: {'x' * 148} 8.000 đồng."]
    assert lines({"name": "x" * 149}) == [f"{NAME}: 8.000 đồng, tùy trường hợp.", f"• {'x' * 149} 8.000 đồng."]


@pytest.mark.parametrize("withheld", ["het", "ngo", "ngo-het"])
def test_what_is_withheld_is_not_in_the_range(withheld: str) -> None:
    told = lines(*({"amount": n} for n in (1, 2, 3, 4)), {"amount": 90_000, "source": withheld})
    assert told[0] == f"{NAME}: từ 1 đồng đến 4 đồng, tùy trường hợp."


def test_an_amount_to_come_is_not_in_the_range_of_today() -> None:
    told = lines(*({"amount": n} for n in (1, 2, 3, 4)), {"amount": 90_000, "source": "sau"})
    assert told[0] == f"{NAME}: từ 1 đồng đến 4 đồng, tùy trường hợp."
    assert told[-1] == "• Lệ phí 90.000 đồng từ ngày 24/11/2026."


def test_the_sources_of_the_shown_amounts_are_named_each_once() -> None:
    items = [{"name": "Lệ phí", "amount": 1, "source": name} for name in ("nay", "het", "nay", "cong")]
    some = entry(sources=SOURCES, fee={"source": "vua", "items": items})
    told = section(speaker(some), some, Facet.FEE)
    assert told.sources == (some.sources["nay"], some.sources["cong"])


def test_without_a_shown_amount_the_source_of_the_group_is_named() -> None:
    some = entry(sources=SOURCES, fee={"source": "vua", "items": [{"name": "Phí", "amount": 1, "source": "het"}]})
    assert section(speaker(some), some, Facet.FEE).sources == (some.sources["vua"],)


def test_the_words_of_all_amounts_hold_only_what_may_be_shown() -> None:
    items = [{"name": name, "amount": 1, "source": name} for name in SOURCES]
    some = entry(sources=SOURCES, fee={"source": "cong", "items": items})
    assert [w.split()[0] for w in fee_words(speaker(some), some)] == ["cong", "nay", "sau", "roi", "vua"]
    assert fee_words(speaker(entry()), entry()) == []
