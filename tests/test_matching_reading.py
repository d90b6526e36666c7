"""Reading questions: short forms, synonyms, names, facets and padding; and slips mended."""

import pytest
from pydantic import ValidationError

from bot.knowledge import Lexicon
from bot.matching.reading import Reader
from bot.matching.repair import Repairer
from bot.matching.speech import Speech
from bot.procedures import Facet
from bot.text import PhraseTable, Syllable, syllables
from tests.values import LEXICON

D, F, T, P = Facet.DOCUMENTS, Facet.FEE, Facet.TIME, Facet.PROXY


def reader(**changes: object) -> Reader:
    lexicon = Lexicon.model_validate({**LEXICON, **changes})
    return Reader(lexicon.abbreviations, lexicon.synonyms, lexicon.padding, lexicon.facets, lexicon.names)


def folded(words: tuple[Syllable, ...]) -> str:
    return " ".join(w.folded for w in words)


@pytest.mark.parametrize(
    ("known", "typed", "found"),
    [
        ("căn cước", "căn cước", True),
        ("căn cước", "can cuoc", True),
        ("căn cước", "CĂN CƯỚC", True),
        ("căn cước", "căn cuoc", True),
        ("căn cước", "cần cuộc", False),  # typed accents must be the known ones
        ("căn cước", "can", False),
        ("căn cước", "cuoc can", False),
        ("hòa giải", "hoà giải", True),  # where the tone mark stands is a matter of taste
        ("vắng", "vắng", True),
        ("vắng", "vang", False),  # may be "vâng"
        ("vâng", "vang", False),
        ("thế", "the", False),  # may be "thẻ"
        ("thế", "thế", True),
        ("thẻ", "thế", False),
        ("nha", "nha", True),  # known without accents: nothing to mistake
        ("nha", "nhà", False),
        ("đk", "dk", True),  # no Vietnamese syllable, so no other word
        ("đk", "đk", True),
        ("vắng mặt", "vang mat", True),  # a second word makes it clear
    ],
)
def test_a_known_phrase_agrees_with_what_was_typed(known: str, typed: str, found: bool) -> None:
    table = PhraseTable([(known, "meaning")])
    expected = (len(known.split()), "meaning") if found else None
    assert table.match(syllables(typed), 0) == expected


def test_the_longest_phrase_wins_wherever_it_stands_in_the_table() -> None:
    table = PhraseTable([("bao lâu", 1), ("bao lâu thì xong", 2), ("bao lâu xong", 3)])
    assert table.match(syllables("bao lâu thì xong"), 0) == (4, 2)
    assert table.match(syllables("bao lâu xong"), 0) == (3, 3)
    assert table.match(syllables("bao lâu thì có"), 0) == (2, 1)
    assert table.match(syllables("mất bao lâu"), 1) == (2, 1)
    assert table.match(syllables("mất bao lâu"), 0) is None


@pytest.mark.parametrize(
    ("text", "words", "facets"),
    [
        ("", "", ()),
        ("???", "", ()),
        ("đăng ký khai sinh", "dang ki khai sinh", ()),
        ("làm CCCD", "lam can cuoc", ()),
        ("chứng minh thư", "can cuoc", ()),
        ("chung minh thu", "can cuoc", ()),
        ("mới đẻ", "moi sinh con", ()),
        ("de con", "de con", ()),  # "de" without accents may be "để"
        ("ks bn tiền", "khai sinh", (F,)),
        ("cho em hỏi ks cần giấy tờ gì ạ", "khai sinh", (D,)),
        ("cho em hoi ks can giay to gi", "khai sinh", (D,)),
        ("khai sinh bao lâu, lệ phí, cần giấy tờ gì", "khai sinh", (T, F, D)),
        ("khai sinh cần giấy tờ gì, lệ phí, bao lâu", "khai sinh", (D, F, T)),
        ("lệ phí khai sinh hết bao nhiêu tiền", "khai sinh het", (F,)),
        ("phí khai sinh", "khai sinh", (F,)),
        ("phi khai sinh", "phi khai sinh", ()),
        ("bao lâu", "", (T,)),
        ("xin chào ạ", "", ()),
        ("thẻ xanh thế", "the xanh", ()),
    ],
)
def test_a_question_falls_into_words_and_facets(text: str, words: str, facets: tuple[Facet, ...]) -> None:
    reading = reader().read(text)
    assert (folded(reading.words), reading.facets) == (words, facets)


@pytest.mark.parametrize(
    ("text", "words", "facets"),
    [
        ("làm hộ chiếu", "lam ho chieu", ()),
        ("lam ho chieu", "lam ho chieu", ()),
        ("làm hc", "lam ho chieu", ()),
        ("làm hộ mẹ", "me", (P,)),
        ("làm hộ hộ chiếu", "ho chieu", (P,)),
        ("hộ chiếu nhờ làm hộ", "ho chieu nho", (P,)),
    ],
)
def test_a_cue_never_cuts_a_name(text: str, words: str, facets: tuple[Facet, ...]) -> None:
    reading = reader().read(text)
    assert (folded(reading.words), reading.facets) == (words, facets)


def test_a_cue_that_holds_a_whole_name_stays_a_cue() -> None:
    reading = reader(facets={"fee": ["tiền hộ chiếu"]}).read("tiền hộ chiếu")
    assert (reading.words, reading.facets) == ((), (F,))


def test_the_longer_of_cue_and_padding_counts_and_the_cue_if_they_are_equal() -> None:
    some = reader(padding=["giấy tờ gì đó", "bao lâu"])
    assert some.read("mất giấy tờ gì đó").facets == ()
    assert folded(some.read("mất giấy tờ gì đó").words) == "mat"
    assert some.read("bao lâu").facets == (T,)


def test_all_words_keep_what_the_words_leave_out() -> None:
    reading = reader().read("xin chào, ks bao lâu")
    assert folded(reading.all_words) == "xin chao khai sinh bao lau"
    assert folded(reading.words) == "khai sinh"


def test_slips_are_mended_before_short_forms_are_spelled_out() -> None:
    said = dict.fromkeys(("can", "cuoc", "khai", "sinh", "va", "khai sinh", "can cuoc"), 5)
    repairer = Repairer(Speech(said, (), {"cccd": ("can", "cuoc")}))
    assert folded(reader().read("ccccd và khai sihn", repairer).words) == "can cuoc va khai sinh"
    assert folded(reader().read("khai sihn").words) == "khai sihn"


@pytest.mark.parametrize("key", ["padding", "names"])
def test_a_phrase_without_any_letter_never_reaches_the_reader(key: str) -> None:
    with pytest.raises(ValidationError, match=rf"{key}\.0"):
        reader(**{key: ["?"]})
