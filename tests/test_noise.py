"""Questions typed badly: the same slips on every run, in the wanted share of the characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.text import fold
from bot.trial.noise import HANDS, Noise, with_typos

QUESTION = "Chủ trọ bảo phải ra phường khai báo tạm trú thì cần giấy tờ gì, mất bao nhiêu tiền?"


def test_toneless_is_folded() -> None:
    assert HANDS[Noise.TONELESS]("Đăng ký tạm trú") == "dang ky tam tru"


def test_slips_are_the_same_on_every_run() -> None:
    assert with_typos(QUESTION) == with_typos(QUESTION) == HANDS[Noise.TYPOS](QUESTION)
    assert with_typos(QUESTION, seed=1) != with_typos(QUESTION)
    assert with_typos("Đăng ký tạm trú cho con 3 tuổi hết bao nhiêu tiền") == (
        "Đăng ký ttạm trú cjo cin3 tuổi hết bao nhiêu tiền"
    )


def test_about_so_many_characters_slip() -> None:
    slips = [OSA.distance(QUESTION, with_typos(QUESTION, seed=seed)) for seed in range(200)]
    wanted = 0.08 * len(QUESTION)
    assert 0.8 * wanted < sum(slips) / len(slips) < 1.5 * wanted  # a letter typed as "ees" is two


def test_every_kind_of_slip_comes() -> None:
    typed = {with_typos("đế ốm", share=0.5, seed=seed) for seed in range(300)}
    assert {"ddế ốm", "dđế ốm"} & typed or any(text.startswith("dd") for text in typed)
    assert any("ees" in text for text in typed)
    assert any(" " not in text for text in typed)
    assert any("mố" in text for text in typed)
    assert any("mm" in text for text in typed)
    assert with_typos("ăơ", share=1.0, seed=3) != "ăơ"


@pytest.mark.parametrize("text", ["", "?", "123", "ß", "日本"])
def test_what_has_no_letters_of_ours_is_left_or_survives(text: str) -> None:
    assert isinstance(with_typos(text, share=1.0), str)


@given(st.text(max_size=80), st.integers(0, 5))
def test_any_text_can_be_typed_badly(text: str, seed: int) -> None:
    typed = with_typos(text, seed=seed)
    assert typed == with_typos(text, seed=seed)
    assert fold(HANDS[Noise.TONELESS](text)) == fold(fold(text))
