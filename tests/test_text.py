"""text: cleaned, folded and cut into syllables, however the marks were typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import MATCHED_CHARACTERS, Syllable, clean, fold, folded_words, is_syllable, syllables, untelexed

ZERO_WIDTH_JOINER = "\u200d"
ACUTE, CIRCUMFLEX, DOT_BELOW = "\u0301", "\u0302", "\u0323"
TONES = ["\u0300", ACUTE, "\u0303", "\u0309", DOT_BELOW]

WRITTEN = """đăng ký khai sinh cho con giấy chứng Uỷ ban nhân dân xã hoà bình thuỷ nguyên QUÝ khoẻ mạnh nghĩa vụ quân sự
ở đường Trần Phú trước ngày 1 tháng 7 chuyển nhượng quyền sử dụng đất kỹ thuật tỷ lệ"""
sentences = st.lists(st.sampled_from(WRITTEN.split()), max_size=30).map(" ".join)
messy = st.text(st.sampled_from([*"aơđ \t\r\n😀.", ACUTE, CIRCUMFLEX, DOT_BELOW, ZERO_WIDTH_JOINER, "\x00", "\ud800"]))
stacked = st.text(st.sampled_from(["o", ACUTE, CIRCUMFLEX, DOT_BELOW, ZERO_WIDTH_JOINER]))


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("", ""),
        ("  Đăng ký khai sinh \n", "Đăng ký khai sinh"),
        (unicodedata.normalize("NFD", "Thủ tục đăng ký"), "Thủ tục đăng ký"),
        ("căn\u200bcước\ufeff", "căncước"),
        ("\u202eđảo chiều\u202c", "đảo chiều"),
        ("khai\x00 sinh\x1b[31m", "khai sinh[31m"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("dòng một\ndòng hai", "dòng một\ndòng hai"),
        ("dòng một\rdòng hai", "dòng một\ndòng hai"),
        ("dòng một\r\ndòng hai", "dòng một\ndòng hai"),
        ("cột\tcột", "cột cột"),
        ("\ue000\uffff", ""),
        ("cảm ơn 😀", "cảm ơn 😀"),
    ],
)
def test_hidden_characters_go_and_letters_stay(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_a_letter_keeps_at_most_two_marks() -> None:
    assert clean("a" + ACUTE * 100 + "b") == unicodedata.normalize("NFC", "a" + ACUTE * 2) + "b"


def test_marks_cannot_be_stacked_behind_a_hidden_character() -> None:
    stacked = clean("o" + (ACUTE + ZERO_WIDTH_JOINER) * 100)
    assert len(unicodedata.normalize("NFD", stacked)) == 3


def test_a_vietnamese_letter_with_two_marks_stays_whole() -> None:
    assert clean("ế ộ ữ ẵ") == "ế ộ ữ ẵ"


@given(st.text() | messy | stacked)
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@given(st.text(st.characters()) | messy)
def test_cleaned_text_can_be_stored_and_sent(raw: str) -> None:
    cleaned = clean(raw)
    cleaned.encode("utf-8")
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert all(c == "\n" or unicodedata.category(c)[0] != "C" for c in cleaned)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Đăng ký", "dang ky"),
        ("ĐƯỜNG Nghĩa vụ", "duong nghia vu"),
        ("ỷ ẵ ộ ữ ế", "y a o u e"),
        ("Straße", "strasse"),
        ("ｋｈａｉ", "khai"),
        ("𝐊𝐡𝐚𝐢 𝐒𝐢𝐧𝐡", "khai sinh"),
        ("1.004222", "1.004222"),
    ],
)
def test_folded_text_is_lower_case_without_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text() | messy)
def test_folded_text_has_no_marks(raw: str) -> None:
    folded = fold(clean(raw))
    assert not [c for c in folded if unicodedata.category(c) == "Mn" or c in "đĐ"]


@pytest.mark.parametrize(
    ("word", "typed", "folded", "toned"),
    [
        ("sinh", "sinh", "sinh", "sinh"),
        ("Ký", "ký", "ki", "kis"),
        ("giấy", "giấy", "giay", "giâys"),
        ("Đường", "đường", "duong", "đươngf"),
        ("hoà", "hoà", "hoa", "hoaf"),
        ("hòa", "hòa", "hoa", "hoaf"),
        ("mã", "mã", "ma", "max"),
        ("mả", "mả", "ma", "mar"),
        ("mạ", "mạ", "ma", "maj"),
        ("2026", "2026", "2026", "2026"),
    ],
)
def test_a_syllable_has_three_forms(word: str, typed: str, folded: str, toned: str) -> None:
    assert syllables(word) == (Syllable(typed, folded, toned),)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("quý", "quí"),
        ("kỹ", "kĩ"),
        ("lý", "lí"),
        ("mỹ", "mĩ"),
        ("tỷ", "tỉ"),
        ("sỹ", "sĩ"),
        ("hy", "hi"),
        ("ĐĂNG", "đăng"),
        ("𝐊𝐡𝐚𝐢", "khai"),
    ],
)
def test_two_spellings_of_one_word_are_the_same(one: str, other: str) -> None:
    first, second = syllables(one)[0], syllables(other)[0]
    assert (first.folded, first.toned) == (second.folded, second.toned)


@pytest.mark.parametrize(
    ("one", "other"), [("tạm", "tám"), ("vang", "vâng"), ("đo", "do"), ("thuy", "thui"), ("hay", "hai"), ("quy", "qua")]
)
def test_two_words_are_not_the_same(one: str, other: str) -> None:
    assert syllables(one)[0].toned != syllables(other)[0].toned


@pytest.mark.parametrize(("word", "marked"), [("sinh", False), ("ký", True), ("đo", True), ("ơ", True), ("ky", False)])
def test_a_word_knows_whether_accents_were_typed(word: str, marked: bool) -> None:
    assert syllables(word)[0].marked is marked


@given(sentences)
def test_composed_and_decomposed_text_give_the_same_syllables(text: str) -> None:
    assert syllables(clean(unicodedata.normalize("NFD", text))) == syllables(clean(unicodedata.normalize("NFC", text)))


@given(sentences)
def test_upper_case_gives_the_same_syllables(text: str) -> None:
    assert syllables(text.upper()) == syllables(text)


@given(
    st.sampled_from(["hoa", "thuy", "khoe", "uy", "quy", "ky", "truong", "nguyen"]), st.sampled_from(TONES), st.data()
)
def test_the_tone_may_stand_on_any_vowel(bare: str, tone: str, data: st.DataObject) -> None:
    vowels = st.sampled_from([at for at, letter in enumerate(bare, 1) if letter in "aeiouy"])
    one, other = (syllables(bare[:at] + tone + bare[at:]) for at in (data.draw(vowels), data.draw(vowels)))
    assert len(one) == len(other) == 1
    assert (one[0].folded, one[0].toned) == (other[0].folded, other[0].toned)


@given(st.text(st.characters()) | messy)
def test_no_text_upsets_the_syllables(raw: str) -> None:
    for syllable in syllables(raw):
        assert syllable.typed
        assert is_syllable(syllable.folded) in (True, False)


def test_signs_and_underscores_part_words() -> None:
    assert folded_words("Khai_sinh, khai-sinh; (Khai sinh)?!") == ("khai", "sinh") * 3


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    text = "a " * MATCHED_CHARACTERS
    assert len(syllables(text)) == MATCHED_CHARACTERS // 2


@pytest.mark.parametrize("word", ["truong", "nghieng", "quyen", "khai", "o", "uy", "giay", "thuy", "kết"])
def test_words_built_like_vietnamese(word: str) -> None:
    assert is_syllable(fold(word))


@pytest.mark.parametrize("word", ["school", "cccd", "birth", "where", "2026", "", "ngh", "vneid", "trường"])
def test_words_not_built_like_vietnamese(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("dduwowcj", "duoc"),
        ("ddawng", "dang"),
        ("kys", "ky"),
        ("caans", "can"),
        ("thwf", "thu"),
        ("khai", "khai"),
        ("ad", "ad"),
    ],
)
def test_what_a_telex_keyboard_leaves_is_taken_away(typed: str, plain: str) -> None:
    assert untelexed(typed) == plain
