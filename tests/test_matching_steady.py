"""Counts of the whole base in small steps: an edit of one entry leaves what others say as it was, to the last bit."""

import pytest

from bot.matching import Matcher
from bot.matching.index import Target, build
from bot.matching.reading import Reader
from bot.matching.readings import Readings
from bot.matching.steady import STEP, steady
from bot.matching.touching import Touch
from bot.text import syllables

PLAIN = Reader({}, {}, (), {})


def test_a_count_is_known_to_a_step() -> None:
    assert steady(0) == 0
    assert all(abs(steady(n) / n - 1) < STEP for n in (1, 2, 3, 7, 100, 5_000, 123_456))
    assert len({steady(n) for n in range(1, 11)}) == 10
    assert len({steady(n) for n in range(1000, 1100)}) <= 4


@pytest.mark.parametrize("phrase", ["đăng ký cho người ở nhờ nhà bác", "bán đất cho hàng xóm thì làm gì"])
def test_a_phrase_more_shakes_only_words_that_it_says(shipped_matcher: Matcher, phrase: str) -> None:
    first, *others = shipped_matcher.index.targets
    longer = Target(first.id, (*first.phrases, phrase))
    before, after = (build(targets, Readings(PLAIN)) for targets in ([first, *others], [longer, *others]))
    said = {word.folded for word in syllables(phrase)}
    words = [word for word in before.numbers if " " not in word]
    shaken = {word for word in words if before.weight(word) != after.weight(word)}
    assert shaken <= said
    others_count = {word: before.often(before.numbers[word]) for word in words if word not in said}
    assert {word: after.often(after.numbers[word]) for word in others_count} == others_count
    assert after.volume == before.volume


def test_a_question_that_shares_nothing_with_an_edit_is_not_touched(shipped_matcher: Matcher) -> None:
    touch = Touch(shipped_matcher, shipped_matcher)
    assert not touch.touches("làm căn cước cho con")
