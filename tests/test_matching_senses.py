"""What a text means in other words, and what that says of the entries."""

import math

import pytest

from bot.knowledge import Knowledge
from bot.matching import Matcher
from bot.matching.senses import SMOOTHING, Senses
from bot.matching.steady import steady
from bot.text import clean

LOST, ABROAD = "mất hay hỏng", "nước ngoài"


@pytest.mark.parametrize(
    ("question", "senses"),
    [
        ("đánh rơi ví có thẻ căn cước", {LOST}),
        ("lam roi bang lai o cho", {LOST}),
        ("chồng em người Đức", {ABROAD}),
        ("vợ tôi quốc tịch Lào", {ABROAD}),
        ("nhà ở đường Đức Thánh Trần", {"nhà"}),
        ("quán không bán nữa, đóng luôn", {"thôi hẳn", "mua bán tặng cho"}),
        ("giấy phép sắp hết hạn", {"hết hạn"}),
        ("cụ liệt giường, có cán bộ đến nhà không", {"tận nơi", "nhà"}),
        ("đăng ký tạm trú", set()),
        ("khai sinh trong nước, không có yếu tố nước ngoài", set()),
    ],
)
def test_a_question_means_what_it_says_in_other_words(
    shipped_matcher: Matcher, question: str, senses: set[str]
) -> None:
    assert set(shipped_matcher.read(clean(question)).senses) == senses


def test_accents_that_were_typed_must_agree(shipped_matcher: Matcher) -> None:
    """ "mở" begins something, "mỡ" and "mơ" do not; without accents it may be any of them."""
    assert "lập mới" in shipped_matcher.read("mở quán bán mỡ").senses
    assert "lập mới" not in shipped_matcher.read("bán mỡ lợn").senses


def test_what_all_phrases_of_a_target_mean_speaks_for_it() -> None:
    senses = Senses.of([[[LOST], [LOST], []], [[], []], [[ABROAD], []]])
    lost = senses.numbers([LOST])
    told = [senses.odds(lost, target) for target in range(3)]
    silent = [senses.odds((), target) for target in range(3)]

    usual = steady(2 / 3 + 0 + 0) / steady(3)
    here = (2 + SMOOTHING * usual) / (3 + SMOOTHING)
    assert told[0][0] == pytest.approx(math.log(here / usual))
    assert told[0][0] > 0 > told[1][0]
    assert silent[0][0] == 0
    assert silent[1][1] > silent[0][1]


def test_a_targets_name_counts_more_than_its_phrases() -> None:
    senses = Senses.of([[[LOST], [], []], [[], [LOST], []], [[], [], []]], name_count=3)
    lost = senses.numbers([LOST])
    assert senses.odds(lost, 0)[0] > senses.odds(lost, 1)[0] > senses.odds(lost, 2)[0]


def test_a_base_without_senses_says_nothing_of_any_target() -> None:
    senses = Senses.of([[[], []], [[]]])
    assert senses.names == ()
    assert senses.numbers([LOST]) == ()
    assert senses.odds((), 1) == (0.0, 0.0)


def test_a_sense_that_every_phrase_has_tells_nothing() -> None:
    senses = Senses.of([[[LOST]], [[LOST], [LOST]]])
    assert senses.odds(senses.numbers([LOST]), 0) == (0.0, 0.0)
    assert senses.odds((), 0) == (0.0, 0.0)


def test_every_shipped_sense_is_said_of_some_entry(shipped: Knowledge, shipped_matcher: Matcher) -> None:
    missing = set(shipped.lexicon.senses)
    for phrase in (phrase for entry in shipped.procedures for phrase in entry.phrases):
        missing -= set(shipped_matcher.read(phrase).senses)
        if not missing:
            break
    assert not missing
