"""What speaks for an entry, figure by figure on an index small enough to reckon by hand; and what becomes of them."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import Ground, Matcher, Signals, pulls
from bot.matching.explaining import SIGNALS
from bot.matching.index import BACKGROUND, SMOOTHING, UNKNOWN, WEAK_LIKELY, WEAK_WEIGHT, Target, build
from bot.matching.matcher import SURVIVORS, probabilities
from bot.matching.reading import Reader
from bot.matching.readings import Readings
from bot.matching.signals import ENOUGH, OTHER_TONE, asked, covered, signals
from bot.matching.steady import steady
from bot.matching.weights import WEIGHTS
from bot.procedures import Facet
from tests.running import ROOT
from tests.values import base, entry, registry, route

READER = Reader(
    {}, {}, ("cho hỏi",), {Facet.FEE: ["lệ phí bao nhiêu"], Facet.TIME: ["bao lâu"], Facet.PLACE: ["ở đâu"]}, (), ["đá"]
)
TARGETS = [
    Target("tach", ("Tách thửa", "tách thửa đất")),
    Target("ho", ("Hộ chiếu",)),
    Target("khong", ("Không tách", "làm ao")),
    Target("ca", ("Cá", "làm cá")),
]
TACH, HO, KHONG = range(3)
INDEX = build(TARGETS, Readings(READER), ["lam", "toi"])
ONE, TWO = (
    math.log(1 + (steady(BACKGROUND) - steady(n) + 0.5) / (steady(n) + 0.5)) for n in (1, 2)
)  # a word of one target, and of two
NONE = math.log(1 + (steady(BACKGROUND) + 0.5) / 0.5) * UNKNOWN
NAMED = TWO + ONE * 1.5  # what "tách thửa" tells: its words and their pair
LONGER = NAMED + ONE * 1.5  # and what "tách thửa đất" does
FULL = 4 / 4.6  # what a word counts that a target says four times
SIZE = SMOOTHING + 4 + 4 + 1  # words that the first target is thought to have
LIKELY = math.log(1 + 4 / SIZE / (steady(7.5) / steady(BACKGROUND))) + math.log(
    1 + 4 / SIZE / (steady(4.5) / steady(BACKGROUND))
)


def found(question: str, target: int = TACH, outside: bool = False) -> Signals:
    return signals(asked(READER.read(question), INDEX), INDEX, target, outside)[0]


def figure(question: str, name: str, target: int = TACH) -> float:
    value: float = getattr(found(question, target), name)
    return value


def test_a_name_that_is_asked_for_has_these_figures() -> None:
    assert found("tách thửa")._asdict() == pytest.approx(
        {
            "constant": 1.0,
            "coverage": FULL,
            "likeness": 1.0,
            "support": (1 + math.sqrt(NAMED / LONGER)) / 3,
            "heard": 1.0,
            "filled": 1.0,
            "pairs": 0.5 * ONE / NAMED,
            "name": 1.0,
            "word_for_word": 1.0,
            "order": 1.0,
            "letters": 1.0,
            "evidence": 1 - math.exp(-NAMED / ENOUGH),
            "told": NAMED / 30,
            "size": math.log(2),
            "likely": LIKELY / 20,
            "likely_word": LIKELY / 2 / 5,
            "sense": 0.0,
            "unsaid": 0.0,
            "denied": 0.0,
            "outside": 0.0,
            "length": math.log(3),
            "facets": 0.0,
            "weak": 0.0,
            "unknown": 0.0,
            "off_topic": 0.0,
        }
    )


@pytest.mark.parametrize(
    ("question", "name", "value"),
    [
        ("tách thửa zzz", "coverage", FULL * NAMED / (NAMED + NONE)),
        ("tach thua", "coverage", FULL),
        ("tách thừa", "coverage", FULL * (NAMED - ONE + ONE * OTHER_TONE) / NAMED),
        ("đất", "coverage", 1 / 1.6),  # said in one phrase only
        ("tách thửa zzz", "likeness", math.sqrt(NAMED / (NAMED + NONE))),
        ("tách thừa", "likeness", 1.0),  # phrases are compared without accents
        ("đất", "support", math.sqrt(ONE / LONGER) / 3),
        ("tách thửa zzz", "heard", NAMED / (NAMED + NONE)),
        ("đất", "filled", ONE / LONGER),
        ("thửa đất", "filled", 2.5 * ONE / LONGER),
        ("thửa tách", "pairs", 0.0),
        ("tách thửa zzz", "pairs", 0.5 * ONE / (NAMED + NONE)),
        ("thửa tách", "name", 1.0),
        ("thửa", "name", 0.0),  # half a name is none
        ("thửa tách", "word_for_word", 0.0),
        ("đất tách thửa", "word_for_word", 0.0),  # nearly
        ("thửa đất tách", "order", 1.0),  # whatever the order
        ("thửa", "order", 2 * 4 / 13),  # "thua" beside "tach thua"
        ("đất", "letters", 3 / math.sqrt(3 * 13)),
        ("tách", "evidence", 1 - math.exp(-TWO / ENOUGH)),
        ("tách zzz", "told", TWO / 30),
        ("thửa zzz", "likely", math.log(1 + 4 / SIZE / (steady(4.5) / steady(BACKGROUND))) / 20),
        ("thửa zzz", "likely_word", math.log(1 + 4 / SIZE / (steady(4.5) / steady(BACKGROUND))) / 10),
        ("tách thửa", "length", math.log(3)),
        ("tách tách tôi", "length", math.log(2)),  # different telling words
        ("tách", "facets", 0.0),
        ("tách bao lâu", "facets", 1.0),
        ("tách bao lâu, lệ phí bao nhiêu, ở đâu", "facets", 2.0),
        ("tôi làm tách tôi", "weak", 0.3),
        ("cho hỏi tách", "weak", 0.0),  # padding is no word
        ("tách zzz", "unknown", NONE / (TWO + NONE)),
        ("tách zzz yyy zzz", "unknown", 2 * NONE / (TWO + 2 * NONE)),
        ("tách tôi", "unknown", 0.0),  # what is weak is not unknown
        ("tách đá", "off_topic", 0.5),
        ("tách đá đá đá", "off_topic", 0.75),
        ("không thửa", "denied", 0.0),  # nothing else is said
        ("đất tách, không phải thửa", "denied", ONE / (ONE + TWO)),
        ("đất ao, không phải tách thửa", "denied", 1.0),
    ],
)
def test_each_figure(question: str, name: str, value: float) -> None:
    assert figure(question, name) == pytest.approx(value)


def test_every_entry_sees_its_own_share() -> None:
    assert figure("tách thửa hộ chiếu", "coverage", HO) == pytest.approx(3 / 3.6 * 2.5 * ONE / (NAMED + 2.5 * ONE))
    assert figure("tách thửa hộ chiếu", "size", HO) == 0.0
    assert figure("tách thửa hộ chiếu", "likeness", HO) == pytest.approx(math.sqrt(2.5 * ONE / (NAMED + 2.5 * ONE)))


def test_a_name_that_denies_by_itself_is_never_denied() -> None:
    assert figure("đất ao, không phải tách", "denied", TACH) > 0
    assert figure("đất ao, không phải tách", "denied", KHONG) == 0.0


def test_a_weak_word_is_little_likelier_from_anywhere() -> None:
    likely = math.log(1 + 1 / (SMOOTHING + 3 + 3 + 1 + 1) / (steady(2.5) / steady(BACKGROUND))) * WEAK_LIKELY
    assert figure("làm", "likely", KHONG) == pytest.approx(likely / 20)
    assert figure("làm", "told", KHONG) == pytest.approx(TWO * WEAK_WEIGHT / 30)


def test_a_topic_of_no_office_is_told_apart() -> None:
    inside, outside = found("tách thửa"), found("tách thửa", outside=True)
    assert (inside.outside, outside.outside) == (0.0, 1.0)
    assert inside._replace(outside=1.0) == outside


def test_matched_are_the_features_in_the_order_of_the_question() -> None:
    question = asked(READER.read("đất của tôi tách thửa"), INDEX)
    assert signals(question, INDEX, TACH)[1] == ("dat", "tach", "thua", "tach thua")


def test_only_a_telling_word_finds_an_entry() -> None:
    def near(question: str) -> dict[int, float]:
        return covered(asked(READER.read(question), INDEX), INDEX)

    assert near("làm tôi") == near("zzz") == near("") == {}
    assert near("làm tách") == {TACH: pytest.approx(TWO * FULL), KHONG: pytest.approx(TWO * 3 / 3.6)}
    assert near("tách thửa") == {TACH: pytest.approx(NAMED * FULL), KHONG: pytest.approx(TWO * 3 / 3.6)}


def test_a_question_of_padding_alone_is_seen_by_its_words() -> None:
    question = asked(READER.read("cho hỏi"), INDEX)
    assert question.words == {"cho", "hoi"}
    assert question.common == pytest.approx((math.log(3), 0.0, 0.0, 1.0, 0.0))


@pytest.mark.parametrize("text", ["", "???", "🙂"])
def test_a_question_without_words_tells_nothing(text: str) -> None:
    question = asked(READER.read(text), INDEX)
    assert (question.words, question.total) == (frozenset(), 1.0)
    assert question.common == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert covered(question, INDEX) == {}


def test_probabilities_are_those_of_a_logit_with_none_of_them() -> None:
    def told(value: float) -> Signals:
        return Signals(*[value if name == "coverage" else 0.0 for name in Signals._fields])

    def shares(*values: float) -> list[float]:
        return probabilities([told(v) for v in values], {"coverage": 1.0})

    assert shares() == []
    assert shares(0.0) == [0.5]
    assert shares(math.log(3)) == pytest.approx([0.75])
    assert shares(math.log(3), math.log(4)) == pytest.approx([3 / 8, 4 / 8])
    assert shares(1e6) == [1.0]
    assert shares(-1e6) == [0.0]
    assert shares(1e6, 1e6) == [0.5, 0.5]
    assert probabilities([told(5.0)], {}) == [0.5]


@given(
    st.lists(st.lists(st.floats(-50, 50), min_size=len(Signals._fields), max_size=len(Signals._fields)), max_size=20)
)
def test_probabilities_are_at_most_one_together(values: list[list[float]]) -> None:
    some = probabilities([Signals(*v) for v in values])
    assert all(0 <= share <= 1 for share in some)
    assert math.fsum(some) <= 1 + 1e-9


def test_every_signal_has_a_weight_and_none_is_left_over() -> None:
    assert list(WEIGHTS) == list(Signals._fields)


def test_grounds_gather_what_differs_between_entries() -> None:
    same = {"constant", "length", "facets", "weak", "unknown", "off_topic"}
    gathered = [name for names in SIGNALS.values() for name in names]
    assert sorted(gathered) == sorted(set(Signals._fields) - same)
    ones = Signals(*[1.0] * len(Signals._fields))
    assert pulls(ones, {"coverage": 2.0, "told": 3.0, "name": -1.0}) == {
        ground: {Ground.WORDS: 5.0, Ground.NAME: -1.0}.get(ground, 0.0) for ground in Ground
    }


def test_a_topic_beats_an_entry_that_it_fits_better() -> None:
    land = entry(name="Tách thửa", official_name="Tách thửa đất", phrases=["tách thửa"])
    matcher = Matcher(base(land, routes=[route("gia", "off_topic", "giá đất", "mua bán đất")], lexicon={}))
    weighed = {name: found.outside for name, found, _ in matcher.weighed(matcher.read("giá đất"))}
    assert weighed == {"route:gia": 1.0, "khai-sinh": 0.0}
    assert matcher.rank("giá đất").candidates[0].id == "route:gia"
    assert matcher.rank("tách thửa").candidates[0].id == "khai-sinh"


@pytest.mark.parametrize("question", ["zzz", "xyzzy plugh", "123 456", "ぜんぜん", "pizza"])
def test_a_question_without_known_words_has_no_candidates(question: str) -> None:
    matcher = Matcher(registry())
    assert matcher.weighed(matcher.read(question)) == []
    assert matcher.rank(question).candidates == ()


HOSTILE = {
    "one letter": "a" * 4096,
    "letters apart": "a " * 2048,
    "known glued": ("khaisinh" * 512),
    "known apart": ("khai sinh " * 410)[:4096],
    "marks": "\u0301" * 4096,
    "one laden letter": "a" + "\u0301" * 4095,
    "zero width": "kh\u200bai si\u200bnh " * 300,
    "right to left": "\u202ekhai sinh " * 372,
    "pictures": "🙂" * 4096,
    "digits": "1" * 4096,
    "codes": "1.001193 " * 455,
    "cues": "lệ phí bao nhiêu bao lâu ở đâu " * 132,
    "denials": "không phải khai sinh " * 195,
    "parts": ",;.!?" * 819,
    "spaces": " \n\t" * 1365,
    "halves": "\ud800" * 4096,
    "zeros": "\x00" * 4096,
    "wide": "ｋｈａｉ　ｓｉｎｈ " * 400,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_texts_are_weighed_like_any_other(shipped_matcher: Matcher, text: str) -> None:
    weighed = shipped_matcher.weighed(shipped_matcher.read(text))
    assert len(weighed) <= SURVIVORS
    shares = probabilities([found for _, found, _ in weighed])
    assert math.fsum(shares) <= 1 + 1e-9
    assert all(math.isfinite(value) for _, found, _ in weighed for value in found)
    assert shipped_matcher.rank(text) == shipped_matcher.rank(text)


PROGRAM = """
from bot.matching import Matcher
from tests.values import registry
matcher = Matcher(registry())
for question in ("làm khai sihn, không phải hộ chiếu", "cháy nhà cccd", "dangkykhaisinh zinh", "xin chào bạn"):
    print(matcher.weighed(matcher.read(question)), matcher.rank(question).candidates)
"""


def test_figures_are_the_same_in_every_process() -> None:
    def told(seed: str) -> str:
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(command, env=environment, capture_output=True, check=True, encoding="utf-8").stdout

    first = told("1")
    assert "khai-sinh" in first
    assert [told(seed) for seed in ("2", "3")] == [first, first]
