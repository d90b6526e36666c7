"""Phrases counted: which words and pairs stand where, and how telling each is."""

import math

import pytest

from bot.matching.index import (
    BACKGROUND,
    MOST,
    NAME_COUNT,
    PAIR_WEIGHT,
    SMOOTHING,
    UNKNOWN,
    WEAK_LIKELY,
    WEAK_WEIGHT,
    Index,
    Target,
    build,
    features,
)
from bot.matching.reading import Reader
from bot.matching.readings import Readings
from bot.matching.steady import steady

PLAIN = Reader({}, {}, (), {})
LAND, PASS = 0, 1  # the numbers of the targets below
TARGETS = [Target("dat", ("Tách thửa", "tách thửa đất", "đất ở")), Target("ho-chieu", ("Làm hộ chiếu", "đất nước hộ"))]


def indexed(*targets: Target, weak: tuple[str, ...] = ()) -> Index:
    return build(targets or TARGETS, Readings(PLAIN), weak)


def count(index: Index, feature: str, target: int) -> int:
    """In how many phrases of a target a feature stands."""
    packed = index.counts[index.numbers[feature]] if feature in index.numbers else ()
    return next((number & MOST for number in packed if number >> 8 == target), 0)


def phrases(index: Index, feature: str, target: int) -> list[int]:
    """The phrases of a target in which a feature stands."""
    return [place for place in index.standing(feature) if index.starts[target] <= place < index.starts[target + 1]]


def telling(count: int, size: int = BACKGROUND) -> float:
    """What a word of so many targets tells, in nats, counts being steady."""
    among, having = steady(size), steady(count)
    return math.log(1 + max(among - having + 0.5, 0.5) / (having + 0.5))


def test_words_and_pairs_stand_once_and_in_order() -> None:
    assert features(["a", "b", "a", "b"]) == ("a", "b", "a b", "b a")
    assert features(["a"]) == ("a",)
    assert features([]) == ()


@pytest.mark.parametrize(
    ("feature", "counts"),
    [
        ("tach", (NAME_COUNT + 1, 0)),  # a name counts like three phrases
        ("tach thua", (NAME_COUNT + 1, 0)),
        ("dat", (2, 1)),
        ("ho", (0, NAME_COUNT + 1)),
        ("nuoc ho", (0, 1)),
        ("thua tach", (0, 0)),
        ("la", (0, 0)),
    ],
)
def test_in_how_many_phrases_of_a_target_a_feature_stands(feature: str, counts: tuple[int, int]) -> None:
    index = indexed()
    assert (count(index, feature, LAND), count(index, feature, PASS)) == counts
    assert count(index, feature, PASS + 1) == 0


def test_a_word_that_is_twice_in_one_phrase_counts_once() -> None:
    assert count(indexed(Target("x", ("a", "nhà nhà nhà"))), "nha", 0) == 1


def test_no_more_phrases_are_counted_than_fit() -> None:
    index = indexed(Target("x", ("nhà",) * 300), Target("y", ("nhà",)))
    assert (count(index, "nha", 0), count(index, "nha", 1)) == (MOST, NAME_COUNT)
    assert len(phrases(index, "nha", 0)) == 300


@pytest.mark.parametrize(
    ("feature", "land", "passport"),
    [("tach", [0, 1], []), ("dat", [1, 2], [4]), ("dat o", [2], []), ("ho", [], [3, 4])],
)
def test_phrases_are_numbered_through_all_targets(feature: str, land: list[int], passport: list[int]) -> None:
    index = indexed()
    assert (phrases(index, feature, LAND), phrases(index, feature, PASS)) == (land, passport)
    assert list(index.starts) == [0, 3, 5]
    assert index.texts == ["tach thua", "tach thua dat", "dat o", "lam ho chieu", "dat nuoc ho"]


@pytest.mark.parametrize(
    ("toned", "says"),
    [
        ("ddaats", (False, False)),  # tones are named, letters keep their marks
        ("đâts", (True, True)),
        ("hôj", (False, True)),
        ("ho", (False, False)),
        ("thưar", (True, False)),
        ("thưax", (False, False)),
        ("zzz", (False, False)),
    ],
)
def test_a_target_says_a_word_with_its_tone(toned: str, says: tuple[bool, bool]) -> None:
    index = indexed()
    assert (index.says(toned, LAND), index.says(toned, PASS)) == says


def test_names_are_words_once_each() -> None:
    assert indexed(Target("x", ("đất và đất", "ao"))).names == [("dat", "va")]


def test_rare_words_tell_more_pairs_half_as_much_and_weak_ones_little() -> None:
    index = indexed(weak=("lam", "rau"))
    assert index.weight("dat") == pytest.approx(telling(2))
    assert index.weight("tach") == pytest.approx(telling(1))
    assert index.weight("tach thua") == pytest.approx(telling(1) * PAIR_WEIGHT)
    assert index.weight("lam") == pytest.approx(telling(1) * WEAK_WEIGHT)
    assert index.weight("lam ho") == pytest.approx(telling(1) * PAIR_WEIGHT)


def test_an_unknown_word_tells_much_an_unknown_pair_or_weak_word_nothing() -> None:
    index = indexed(weak=("lam", "rau"))
    assert index.weight("zzz") == index.rarest == pytest.approx(telling(0) * UNKNOWN)
    assert index.weight("rau") == WEAK_WEIGHT
    assert index.weight("thua tach") == index.weight("zzz tach") == 0.0


def test_a_small_base_is_weighed_as_if_it_were_large() -> None:
    for size in (1, 2, BACKGROUND):
        index = indexed(*(Target(f"x{n}", ("nhà" if n == 0 else f"số {n}",)) for n in range(size)))
        assert index.weight("nha") == pytest.approx(telling(1)), size
        assert index.rarest == pytest.approx(telling(0) * UNKNOWN), size
    more = BACKGROUND + 1
    index = indexed(*(Target(f"x{n}", ("nhà" if n == 0 else "ao",)) for n in range(more)))
    assert index.weight("nha") == pytest.approx(telling(1, more))
    assert index.weight("ao") == pytest.approx(telling(BACKGROUND, more))
    assert index.rarest == pytest.approx(telling(0, more) * UNKNOWN)


def test_roots_are_those_of_the_weights_of_each_phrase() -> None:
    index = indexed()
    assert index.roots[0] == pytest.approx(math.sqrt(telling(1) * (2 + PAIR_WEIGHT)))
    assert index.roots[2] == pytest.approx(math.sqrt(telling(2) + telling(1) * (1 + PAIR_WEIGHT)))
    assert len(index.roots) == 5


def test_a_word_is_likelier_from_a_target_that_says_it_often() -> None:
    index = indexed(weak=("lam",))
    land, passport = SMOOTHING + 4 + 4 + 2 + 1, SMOOTHING + 3 + 4 + 3 + 1 + 1
    expected = {
        ("tach", LAND): math.log(1 + 4 / land / (steady(4.5) / steady(BACKGROUND))),
        ("tach", PASS): 0.0,
        ("dat", LAND): math.log(1 + 2 / land / (steady(3.5) / steady(BACKGROUND))),
        ("dat", PASS): math.log(1 + 1 / passport / (steady(3.5) / steady(BACKGROUND))),
        ("lam", PASS): math.log(1 + 3 / passport / (steady(3.5) / steady(BACKGROUND))) * WEAK_LIKELY,
        ("tach thua", LAND): 0.0,
        ("zzz", LAND): 0.0,
    }
    assert {key: index.likely(*key) for key in expected} == pytest.approx(expected)


def test_in_a_large_base_a_word_is_weighed_against_all_words() -> None:
    index = indexed(*(Target(f"x{n}", ("nhà" if n == 0 else "ao",)) for n in range(1000)))
    assert index.likely("nha", 0) == pytest.approx(math.log(1 + 3 / 23 / (steady(3.5) / steady(3000))))
    assert index.likely("nha", 1) == 0.0


def test_without_targets_everything_is_unknown() -> None:
    index = build((), Readings(PLAIN))
    assert (index.numbers, list(index.starts), index.weight("nha")) == ({}, [0], index.rarest)
