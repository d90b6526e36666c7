"""Reading questions: short forms, synonyms, names, facets and padding; and slips mended."""

import pytest
from pydantic import ValidationError

from bot.knowledge import Lexicon
from bot.matching.reading import PhraseTable, Reader
from bot.matching.repair import Repairer
from bot.procedures import Facet
from bot.text import Syllable, syllables
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


def test_short_forms_are_spelled_out_before_slips_are_mended() -> None:
    repairer = Repairer({"cuoc": 2, "sinh": 5, "khai": 1, "can": 1})
    assert folded(reader().read("cccd và khai sihn", repairer).words) == "can cuoc va khai sinh"
    assert folded(reader().read("khai sihn").words) == "khai sihn"


@pytest.mark.parametrize("key", ["padding", "names"])
def test_a_phrase_without_any_letter_never_reaches_the_reader(key: str) -> None:
    with pytest.raises(ValidationError, match=rf"{key}\.0"):
        reader(**{key: ["?"]})


VOCABULARY = {"dang": 5, "ki": 5, "khai": 4, "sinh": 9, "can": 3, "cuoc": 3, "binh": 2, "vneid": 1}


@pytest.mark.parametrize(
    ("typed", "mended"),
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
    ],
)
def test_slips_and_glued_words_are_mended(typed: str, mended: str) -> None:
    assert folded(Repairer(VOCABULARY).mend(syllables(typed))) == mended


def test_a_mended_word_carries_no_marks() -> None:
    assert Repairer(VOCABULARY).mend(syllables("đnăg")) == (Syllable("dang", "dang", "dang"),)


def test_a_word_that_needs_no_mending_keeps_its_marks() -> None:
    words = syllables("đăng phường")
    assert Repairer(VOCABULARY).mend(words) == words


def test_glued_words_fall_into_as_few_words_as_they_can() -> None:
    repairer = Repairer({"to": 1, "a": 1, "nho": 1, "toan": 1, "ho": 1})
    assert folded(repairer.mend(syllables("toanho"))) == "toan ho"
    assert folded(Repairer({"an": 3, "to": 2, "toan": 1}).mend(syllables("antoan"))) == "an toan"


def test_four_letters_are_not_taken_apart() -> None:
    assert folded(Repairer({"an": 1, "to": 1}).mend(syllables("anto"))) == "anto"


def test_the_commoner_of_two_words_is_taken() -> None:
    assert folded(Repairer({"sinh": 1, "binh": 9}).mend(syllables("zinh"))) == "binh"


def test_of_two_equally_common_words_the_later_in_the_alphabet_is_taken() -> None:
    assert folded(Repairer({"sinh": 2, "binh": 2}).mend(syllables("zinh"))) == "sinh"
    assert folded(Repairer({"binh": 2, "sinh": 2}).mend(syllables("zinh"))) == "sinh"


def test_an_empty_vocabulary_mends_nothing() -> None:
    assert folded(Repairer({}).mend(syllables("khaisinh sihn"))) == "khaisinh sihn"
