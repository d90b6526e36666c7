"""Which questions an edit can touch: two matchers of nearly the same base compared once, then question by question.

Asking a question anew takes milliseconds, and an edit of one entry concerns few questions of ten thousand. What cannot
be ruled out counts as touched; `tests/benchmarks/rehearsal.py` measures that nothing of note is missed.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from operator import mul

from bot.matching.index import NOBODY, Index, features
from bot.matching.matcher import Matcher
from bot.matching.reading import Reading
from bot.matching.signals import Signals, asked, covered, signals
from bot.matching.weights import WEIGHTS
from bot.text import MATCHED_CHARACTERS, syllables

SPEAKS_FROM = -5.0  # nats against "none": an entry below is offered to nobody, nor does it take from others
SILENT = 0.01  # nats by which it must tell otherwise of an entry that a question means nothing in other words
OFFERED_FROM = -3.0  # nats: an entry below is not among those to choose from
MOVED = 0.0001  # by which a probability must change: thresholds are seldom so near
FEW = 12  # changed entries that are all looked at; of more only those that share most with a question
NOT = -math.inf
ROW = [WEIGHTS.get(name, 0.0) for name in Signals._fields]


class Touch:
    """Says whether a question's answer may differ between two matchers; `told_apart` otherwise are some entries."""

    def __init__(self, before: Matcher, after: Matcher, told_apart: Collection[str] = ()) -> None:
        self._told_apart = told_apart
        self._before, self._after = before, after
        self._same_words = before.lexicon == after.lexicon
        self._same_routes = before.routes.told == after.routes.told
        self._drowned = before.index.volume != after.index.volume  # every word is likelier than before, or less likely
        self._changed = _changed(before.index, after.index)
        self._meant = _meant_otherwise(before.index, after.index, self._changed)

    def touches(self, text: str) -> bool:
        """Whether a cleaned question may get another answer."""
        one = self._before.read(text)
        if not (self._same_words and self._sure(text)) and one != self._after.read(text):
            return True
        if self._drowned or not self._meant.isdisjoint(one.senses):
            return True
        if not self._loud.isdisjoint(features([word.folded for word in one.words or one.all_words])):
            return True
        if self._told_apart and self._asked_back(one):
            return True
        return self._speaks(one) or (not self._same_routes and self._routed(one))

    @cached_property
    def _loud(self) -> frozenset[str]:
        """Words and pairs that tell more or less than before, be it that nobody said them."""
        one, other = self._before.index, self._after.index
        return frozenset(feature for feature in {**one.numbers, **other.numbers} if _is_louder(feature, one, other))

    def _sure(self, text: str) -> bool:
        """Whether nothing of a text is mended, before or after: its words are known as they were typed."""
        words = syllables(text[:MATCHED_CHARACTERS])
        return all(m.repairer.familiar(words) for m in (self._before, self._after))

    def _speaks(self, reading: Reading) -> bool:
        """Whether a changed entry becomes more or less probable."""
        one, other = _Weighing(self._before, reading), _Weighing(self._after, reading)
        names = self._changed
        if len(names) > FEW:
            names = frozenset(one.nearest(names) | other.nearest(names))
        strengths = {name: (one.strength(name), other.strength(name)) for name in sorted(names)}
        if not any(_may_move(*pair) for pair in strengths.values()):
            return False
        rest = one.others(names)
        before, after = (_shares([pair[at] for pair in strengths.values()], rest) for at in (0, 1))
        return any(abs(was - now) > MOVED for was, now in zip(before, after, strict=True))

    def _asked_back(self, reading: Reading) -> bool:
        """Whether one of the entries may be meant that are told apart otherwise."""
        weighing = _Weighing(self._after, reading)
        return any(weighing.strength(name) >= OFFERED_FROM for name in self._told_apart)

    def _routed(self, reading: Reading) -> bool:
        return self._before.routes.among((), reading) != self._after.routes.among((), reading)


class _Weighing:
    """A question against the entries of one matcher."""

    def __init__(self, matcher: Matcher, reading: Reading) -> None:
        self._matcher, self._reading = matcher, reading
        self._question = asked(reading, matcher.index)

    def nearest(self, names: Collection[str]) -> set[str]:
        """Those of some entries that share most with the question."""
        index = self._matcher.index
        near = covered(self._question, index)
        found = ((near.get(self._matcher.number(name), 0.0), name) for name in names)
        return {name for shared, name in sorted(found, reverse=True)[:FEW] if shared}

    def strength(self, name: str) -> float:
        """What speaks for an entry, in nats."""
        number = self._matcher.number(name)
        return (
            NOT
            if number == NOBODY
            else _nats(signals(self._question, self._matcher.index, number, self._out(number))[0])
        )

    def others(self, names: Collection[str]) -> list[float]:
        """What speaks for the best of all others."""
        return [_nats(found) for name, found, _ in self._matcher.weighed(self._reading) if name not in names]

    def _out(self, number: int) -> bool:
        return self._matcher.is_outside(number)


def _nats(found: Signals) -> float:
    return math.fsum(map(mul, ROW, found))


def _may_move(was: float, now: float) -> bool:
    """Whether a probability may change enough, whatever else may be meant: its slope is nowhere above p, nor 1/4."""
    highest = max(was, now)
    if highest < SPEAKS_FROM:
        return False
    return abs(was - now) * min(1 / (1 + math.exp(-highest)), 0.25) > MOVED


def _shares(some: Sequence[float], rest: Sequence[float]) -> list[float]:
    """The probabilities of some entries among all, and that none is meant."""
    total = math.fsum(math.exp(nats) for nats in (*some, *rest, 0.0))
    return [math.exp(nats) / total for nats in some]


def _changed(one: Index, other: Index) -> frozenset[str]:
    """The targets that are not the same in both."""
    first, second = _contents(one), _contents(other)
    names = {name for name in {**first, **second} if first.get(name) != second.get(name)}
    return frozenset(names | {name for name, gap in _silent(one, other).items() if gap > SILENT})


def _contents(index: Index) -> Mapping[str, object]:
    starts = index.starts
    return {
        target.id: (target.phrases, index.texts[starts[n] : starts[n + 1]]) for n, target in enumerate(index.targets)
    }


def _silent(one: Index, other: Index) -> Mapping[str, float]:
    """By how much it tells otherwise of each target in both that a question means nothing in other words."""
    first, second = (
        {target.id: index.senses.odds((), number)[1] for number, target in enumerate(index.targets)}
        for index in (one, other)
    )
    return {name: abs(first[name] - second[name]) for name in first.keys() & second.keys()}


def _meant_otherwise(one: Index, other: Index, changed: Collection[str]) -> frozenset[str]:
    """The senses that say something else than before of a target which is the same."""
    first, second = _senses(one), _senses(other)
    same = [name for name in first.keys() & second.keys() if name not in changed]
    senses = set(one.senses.names) | set(other.senses.names)
    return frozenset(
        sense for sense in senses if any(first[name].get(sense) != second[name].get(sense) for name in same)
    )


def _senses(index: Index) -> Mapping[str, Mapping[str, float]]:
    names = index.senses.names
    return {
        target.id: dict(zip(names, index.senses.said[n * len(names) : (n + 1) * len(names)], strict=True))
        for n, target in enumerate(index.targets)
    }


def _is_louder(feature: str, one: Index, other: Index) -> bool:
    """Whether a word or pair tells more or less than before; what all entries say together counts in small steps."""
    if one.weight(feature) != other.weight(feature):
        return True
    first, second = one.numbers.get(feature), other.numbers.get(feature)
    if " " in feature or first is None or second is None:
        return False
    return one.often(first) != other.often(second)
