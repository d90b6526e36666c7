"""Slips mended: words that are no Vietnamese, glued words, and words that fit neither neighbour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.repair import LONGEST, Repairer
from bot.text import Syllable, clean, syllables

VOCABULARY = {"dang": 5, "ki": 5, "khai": 4, "sinh": 9, "can": 3, "cuoc": 3, "binh": 2, "vneid": 1}
PLACED = {"dang": 5, "ki": 5, "khai": 4, "khia": 1, "sinh": 9, "ho": 3, "khau": 2, "chieu": 2, "mau": 6, "may": 2}
PAIRS = frozenset({"dang ki", "ki khai", "khai sinh", "ho khau", "ho chieu", "mau khai", "khia may"})
COMMON = frozenset({"lam", "may", "nay"})


def mended(repairer: Repairer, typed: str) -> str:
    return " ".join(word.folded for word in repairer.mend(syllables(typed)))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("khai sinh", "khai sinh"),
        ("sihn", "sinh"),  # two letters changed over
        ("đnăg", "dang"),
        ("dawng", "dang"),  # one too many
        ("khaii", "khai"),
        ("cuooc", "cuoc"),
        ("cuoz", "cuoc"),  # one wrong
        ("csinh", "sinh"),
        ("zinh", "sinh"),  # as near to "binh", which stands in fewer entries
        ("zihn", "zihn"),  # two slips are too many
        ("cah", "cah"),  # three letters are near to too much
        ("phuong", "phuong"),  # Vietnamese though not in the base
        ("vneid", "vneid"),  # in the base though not Vietnamese
        ("2026", "2026"),
        ("school", "school"),
        ("khaisinh", "khai sinh"),
        ("cancuoc", "can cuoc"),
        ("KhaiSinh", "khai sinh"),
        ("khaisinhz", "khaisinhz"),
        ("khaivneid", "khaivneid"),  # only syllables are cut out of a word
        ("dangkykhaisinh", "dang ki khai sinh"),
        ("dangki", "dang ki"),
        ("", ""),
    ],
)
def test_slips_and_glued_words_are_mended(typed: str, expected: str) -> None:
    assert mended(Repairer(VOCABULARY), typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("đăng ký khia sinh", "dang ki khai sinh"),  # a word of the base, but both neighbours know a nearer one
        ("khia sinh", "khia sinh"),  # for a word of the base one neighbour is not enough
        ("khii sinh", "khai sinh"),  # for an unknown word it is
        ("khau sinh", "khau sinh"),
        ("kha sinh", "khai sinh"),  # a letter less
        ("ki kha", "ki khai"),  # only the neighbour before knows it
        ("kha", "kha"),  # no neighbour
        ("nhà kha cửa", "nha kha cua"),  # neighbours that know nothing near
        ("ho khau sinh", "ho khau sinh"),  # known by one neighbour: no slip
        ("khia mấy", "khia may"),
        ("đănh ký", "dang ki"),
        ("đănh kí khia sinh", "dang ki khai sinh"),  # a mended word is a neighbour itself
        ("k khai", "k khai"),  # one letter
        ("kk khai", "ki khai"),  # two
        ("2026 khai", "2026 khai"),
        ("1 sinh", "1 sinh"),
        ("may khai", "may khai"),  # a word of a cue, though "mau khai" is known
        ("này khai", "nay khai"),
        ("mai khai", "mau khai"),
    ],
)
def test_a_slip_between_neighbours_that_know_a_near_word_is_mended(typed: str, expected: str) -> None:
    assert mended(Repairer(PLACED, PAIRS, COMMON), typed) == expected


def test_a_word_of_a_cue_is_never_taken_for_a_slip() -> None:
    for word in sorted(COMMON):
        assert mended(Repairer({word[:-1] + "x": 9}, {f"khai {word[:-1]}x"}, COMMON), f"khai {word}") == f"khai {word}"
    assert mended(Repairer({"food": 3}, (), {"good"}), "good") == "good"
    assert mended(Repairer({"food": 3}), "good") == "food"


def test_of_near_words_the_one_that_more_neighbours_know_is_taken_then_the_commoner_then_the_later() -> None:
    def between(vocabulary: dict[str, int], *pairs: str) -> str:
        return mended(Repairer(vocabulary, frozenset(pairs)), "khai zan sinh")

    assert between({"ban": 9, "can": 1}, "khai ban", "khai can", "can sinh") == "khai can sinh"
    assert between({"ban": 9, "can": 1}, "khai ban", "can sinh") == "khai ban sinh"
    assert between({"ban": 2, "can": 2}, "khai ban", "can sinh") == "khai can sinh"


@pytest.mark.parametrize(("letters", "is_mended"), [(LONGEST - 1, True), (LONGEST, True), (LONGEST + 1, False)])
def test_what_is_too_long_is_no_slip(letters: int, is_mended: bool) -> None:
    slip = "q" * letters
    for known in ("q" * (letters - 1), "q" * (letters - 1) + "w"):
        expected = known if is_mended else slip
        assert mended(Repairer({known: 1}), slip) == expected
        assert mended(Repairer({known: 1}, {f"khai {known}"}), f"khai {slip}") == f"khai {expected}"


def test_a_mended_word_carries_no_marks() -> None:
    assert Repairer(VOCABULARY).mend(syllables("đnăg")) == (Syllable("dang", "dang", "dang"),)
    assert Repairer(PLACED, PAIRS).mend(syllables("khịi sinh"))[0] == Syllable("khai", "khai", "khai")


def test_a_word_that_needs_no_mending_keeps_its_marks() -> None:
    for typed in ("đăng phường", "đăng ký khai sinh", "khía"):
        words = syllables(typed)
        assert Repairer(VOCABULARY).mend(words) == Repairer(PLACED, PAIRS, COMMON).mend(words) == words


def test_glued_words_fall_into_as_few_words_as_they_can() -> None:
    assert mended(Repairer({"to": 1, "a": 1, "nho": 1, "toan": 1, "ho": 1}), "toanho") == "toan ho"
    assert mended(Repairer({"an": 3, "to": 2, "toan": 1}), "antoan") == "an toan"


def test_four_letters_are_not_taken_apart() -> None:
    assert mended(Repairer({"an": 1, "to": 1}), "anto") == "anto"


def test_the_commoner_of_two_words_is_taken() -> None:
    assert mended(Repairer({"sinh": 1, "binh": 9}), "zinh") == "binh"


def test_of_two_equally_common_words_the_later_in_the_alphabet_is_taken() -> None:
    assert mended(Repairer({"sinh": 2, "binh": 2}), "zinh") == "sinh"
    assert mended(Repairer({"binh": 2, "sinh": 2}), "zinh") == "sinh"


def test_an_empty_vocabulary_mends_nothing() -> None:
    assert mended(Repairer({}), "khaisinh sihn") == "khaisinh sihn"


@given(st.lists(st.sampled_from([*PLACED, *COMMON, "sihn", "khii", "12", "x"]) | st.text(max_size=8), max_size=12))
def test_whatever_is_typed_common_words_and_numbers_stay(words: list[str]) -> None:
    typed = syllables(clean(" ".join(words)))
    done = Repairer(PLACED, PAIRS, COMMON).mend(typed)
    kept = [w for w in done if w in typed and (w.folded in COMMON or w.folded.isdigit())]
    assert [w for w in typed if w.folded in COMMON or w.folded.isdigit()] == kept
    assert all(word in typed or word.folded in PLACED for word in done)
