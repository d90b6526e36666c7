"""Slips mended in their sentence: illegal words, glued and parted ones, and familiar words where haste is evident."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.repair import MOST, Repairer
from bot.matching.slips import LONGEST, Slips
from bot.matching.speech import Speech, short_forms, usual
from bot.text import Syllable, clean, syllables

PHRASES = """đăng ký khai sinh cho con|làm giấy khai sinh|trích lục khai sinh|đăng ký tạm trú|tạm trú ở nhà thuê
làm căn cước|đổi căn cước cho con|tách hộ khẩu|đổi hộ chiếu|mất hộ chiếu|cấp lại sổ đỏ|sang tên sổ đỏ|quyết định|khia
đăng ký kết hôn|đăng ký xe máy|doanh nghiệp tư nhân|cần giấy tờ gì|mất bao nhiêu tiền|mất mấy ngày|ở đâu|vneid|cao
kê khai thuế|bằng a1|nộp hồ sơ cho xã|vàng|nhà nước""".replace("\n", "|").split("|")
SHORT = {"ntn": "như thế nào", "ko": "không", "k": "không", "cccd": "căn cước", "đk": "đăng ký", "ca": "công an"}


def speech(phrases: Iterable[str] = PHRASES, times: int = 500) -> Speech:
    said: Counter[str] = Counter()
    for phrase in phrases:
        words = [word.folded for word in syllables(phrase)]
        said.update([*words, *(f"{one} {other}" for one, other in pairwise(words))] * times)
    return Speech(said, {word.toned for phrase in phrases for word in syllables(phrase)}, short_forms(SHORT))


REPAIRER = Repairer(speech())


def mended(typed: str, repairer: Repairer = REPAIRER) -> str:
    return " ".join(word.folded for part in repairer.mend([syllables(typed)]) for word in part)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("đăng ký khai sihn", "dang ki khai sinh"),  # two letters changed over
        ("đnăg ký khai sinh", "dang ki khai sinh"),
        ("đăng ký khaai sinh", "dang ki khai sinh"),  # one twice
        ("đăng ký khi sinhh", "dang ki khai sinh"),  # one left out, and haste is evident
        ("đăng ký khsi sinh", "dang ki khai sinh"),  # the key beside
        ("ddawng kys khai sinh", "dang ki khai sinh"),  # Telex left over
        ("dduwowngf", "dduwowngf"),  # nothing near
        ("dang9 ky1 khai sinh", "dang ki khai sinh"),  # VNI left over
        ("làm caan cuowcs", "lam can cuoc"),
        ("cấo lại sổ đỏ", "cap lai so do"),  # "cao" is known, "câo" is no syllable
        ("kky kết hôn", "ki ket hon"),
        ("mmất giấy tờ", "mat giay to"),
    ],
)
def test_slips_of_letters_are_mended(typed: str, expected: str) -> None:
    assert mended(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dangkykhaisinh", "dang ki khai sinh"),
        ("ĐăngKýTạmTrú", "dang ki tam tru"),
        ("khaisinh", "khai sinh"),
        ("khai sinhcho con", "khai sinh cho con"),
        ("doanhghiệp tư nhân", "doanh nghiep tu nhan"),  # and a letter left out
        ("nhànướcc", "nha nuoc"),
        ("làm căncước ởđâu", "lam can cuoc o dau"),
        ("làm cccdntn", "lam cccd ntn"),  # short forms are words too
        ("mất2 giấy", "mat 2 giay"),
        ("bằng a1", "bang a1"),  # a word with a number in it that is known
        ("đăn g ký khai sinh", "dang ki khai sinh"),
        ("đăng k ý khai sinh", "dang ki khai sinh"),
        ("đăng ký kh ai sinh", "dang ki khai sinh"),
    ],
)
def test_glued_words_are_parted_and_parted_ones_joined(typed: str, expected: str) -> None:
    assert mended(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "đăng ký khai sinh cho con",
        "dang ky khai sinh",
        "làm cccd ntn",
        "khia",  # known, and no haste
        "đăng ký khia sinh",
        "vững vàng",  # Vietnamese though not in the base: such a rime bears such marks
        "phường",
        "vneid",  # in the base though not Vietnamese
        "2026",
        "school",
        "k",
        "ca",
        "",
        "?",
    ],
)
def test_what_is_no_slip_stays_as_it_was_typed(typed: str) -> None:
    repairer = Repairer(speech([*PHRASES, "ước vọng", "trung ương"]))
    assert repairer.mend([syllables(typed)]) == [syllables(typed)]


def test_a_familiar_word_is_doubted_only_where_haste_is_evident() -> None:
    assert mended("đăng ký khia sinh") == "dang ki khia sinh"
    assert mended("đăngg ký khia sinh") == "dang ki khai sinh"


def test_haste_is_seen_in_the_whole_message_and_not_in_one_part() -> None:
    parts = [syllables("đăngg ký xe máy"), syllables("đăng ký khia sinh")]
    assert [[word.folded for word in part] for part in REPAIRER.mend(parts)][1] == ["dang", "ki", "khai", "sinh"]


def test_neighbours_decide_between_near_words() -> None:
    assert mended("tách hộ khauu") == "tach ho khau"
    assert mended("làm giấy khauu sinh") == "lam giay khai sinh"
    assert mended("mất hộ chieeu") == "mat ho chieu"


def test_a_mended_word_carries_no_marks_and_others_keep_theirs() -> None:
    (words,) = REPAIRER.mend([syllables("đăng ký khai sihn")])
    assert words[:3] == syllables("đăng ký khai")
    assert words[3] == Syllable("sinh", "sinh", "sinh")


def test_joined_words_keep_their_marks() -> None:
    (words,) = REPAIRER.mend([syllables("đăn g ký khai sinh")])
    assert words[0] == syllables("đăng")[0]


def test_so_many_unsure_words_are_looked_at_and_no_more() -> None:
    parts = [syllables("sihn " * (MOST - 1)), syllables("sihn sihn")]
    words = [word.folded for part in REPAIRER.mend(parts) for word in part]
    assert words == ["sinh"] * MOST + ["sihn"]


@pytest.mark.parametrize(("letters", "is_mended"), [(LONGEST - 1, True), (LONGEST, True), (LONGEST + 1, False)])
def test_what_is_too_long_is_no_slip_of_one_word(letters: int, is_mended: bool) -> None:
    word = "qwertyuiopasdfg"[: letters - 1]
    repairer = Repairer(Speech({word: 5}))
    assert mended(f"{word[0]}{word}", repairer) == (word if is_mended else f"{word[0]}{word}")


def test_nothing_is_known_and_nothing_mended() -> None:
    assert mended("khaisinh sihn", Repairer(Speech({}))) == "khaisinh sihn"
    assert REPAIRER.mend([]) == []


@given(st.lists(st.sampled_from([*" ".join(PHRASES).split(), "sihn", "khii", "12", "x"]) | st.text(max_size=8)))
def test_whatever_is_typed_numbers_stay_and_mended_words_are_known(words: list[str]) -> None:
    typed = syllables(clean(" ".join(words)))
    (done,) = REPAIRER.mend([typed])
    known = speech()
    assert [w for w in typed if w.folded.isdigit()] == [w for w in done if w in typed and w.folded.isdigit()]
    for word in done:
        assert word in typed or known.knows(word.folded) or word.folded in known.shorts or word.folded.isdigit()


def test_a_way_costs_more_the_more_must_have_gone_wrong() -> None:
    def cost(typed: str, meant: str) -> float:
        ways = Slips(speech()).ways(syllables(typed)[0], True)
        return min(way.cost for way in ways if " ".join(word.folded for word in way.words) == meant)

    assert cost("khai", "khai") == 0
    assert cost("khaai", "khai") < cost("kkhaai", "khai") < cost("kphaai", "khai")
    assert cost("khaji", "khai") < cost("khapi", "khai")  # Telex, and a letter too many
    assert cost("khsi", "khai") < cost("khpi", "khai")  # beside, and far off
    assert cost("căp", "cap") > cost("cap", "cap")  # marks that it never bears
    assert cost("khaisinh", "khai sinh") < cost("khaissinh", "khai sinh")


def test_speech_surprises_less_where_neighbours_are_known() -> None:
    some = speech()
    assert some.cost("khai", "sinh") < some.cost("hộ", "sinh") == some.cost("", "sinh")
    assert some.cost("", "sinh") < some.cost("", "phuong") < some.cost("", "school")
    assert some.follows("", syllables("ntn")[0])[1] == "nao"
    assert some.follows("", syllables("ca")[0])[0] < some.cost("", "cong")


@pytest.mark.parametrize(
    ("word", "familiar", "sounds"),
    [
        ("khai", True, False),
        ("ký", True, True),
        ("kỹ", False, False),
        ("đâu", True, True),
        ("ở", True, True),
        ("lâu", False, True),  # as in "đâu"
        ("cấo", False, False),
        ("ntn", True, False),
        ("dk", True, False),  # "đk" without its mark
        ("12", True, False),
        ("phuong", False, False),
    ],
)
def test_words_are_familiar_with_the_marks_that_they_bear(word: str, familiar: bool, sounds: bool) -> None:
    (typed,) = syllables(word)
    assert (speech().familiar(typed), speech().sounds(typed)) == (familiar, sounds)


def test_short_forms_may_be_typed_without_marks_unless_that_is_a_word() -> None:
    forms = short_forms({"đk": "đăng ký", "mô": "đâu", "ntn": "như thế nào", "tt hôn nhân": "tình trạng hôn nhân"})
    assert forms == {"đk": ("dang", "ki"), "dk": ("dang", "ki"), "mô": ("dau",), "ntn": ("nhu", "the", "nao")}
    assert short_forms({"dk": "điều kiện", "đk": "đăng ký"})["dk"] == ("dieu", "kien")


def test_patterns_of_cues_give_their_words_and_neighbours() -> None:
    assert set(usual(["giấy_tờ/hồ_sơ gì", "cần … (giấy)"])) == {
        ("giay", "to"),
        ("ho", "so"),
        ("gi",),
        ("to", "gi"),
        ("so", "gi"),
        ("can",),
        (),
        ("giay",),
    }
