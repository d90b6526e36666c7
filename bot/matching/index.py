"""Phrases of all entries, counted: which words and neighbouring pairs stand where, and how telling each is."""

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.matching.readings import Readings, Spoken

PAIR_WEIGHT = 0.5  # a pair of neighbours tells half as much again as its two words
WEAK_WEIGHT = 0.15  # "tôi", "làm", "có": present in every question, telling nothing
NAME_COUNT = 3  # an entry's name counts like three phrases
BACKGROUND = 500  # a small base is weighed as if so many entries stood beside: its words are not common for that
SMOOTHING = 20  # words of an unseen phrase that every entry is thought to have
WEAK_LIKELY = 0.3  # of a weak word's likelihood counts
UNKNOWN = 0.6  # of the weight of a word of one entry, for a word that nobody knows
MOST = 255  # phrases of one entry with one word, as far as they are counted


@dataclass(frozen=True)
class Target:
    """What a question can be about: its phrases, the name first."""

    id: str
    phrases: tuple[str, ...]


@dataclass
class Index:
    """All phrases, numbered in the order of their targets; arrays, since 20,000 phrases have 300,000 features.

    `texts` are the phrases' unmarked words, `roots` the roots of the sums of their weights; those of target n are
    numbered from `starts[n]` up to `starts[n + 1]`. `places` says in which phrases a feature stands, `counts` in how
    many phrases of which target (target * 256 + number), `toned` in which targets a word with its tone.
    `weights` are inverse document frequencies over targets in nats, `likely` for a word by how many nats it is
    likelier from a target than from any.
    """

    targets: tuple[Target, ...]
    weak: frozenset[str] = frozenset()
    texts: list[str] = field(default_factory=list)
    roots: "array[float]" = field(default_factory=lambda: array("d"))
    starts: "array[int]" = field(default_factory=lambda: array("I", [0]))
    places: "dict[str, array[int]]" = field(default_factory=dict)
    counts: "dict[str, array[int]]" = field(default_factory=dict)
    toned: "dict[str, array[int]]" = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    likely: dict[str, dict[int, float]] = field(default_factory=dict)
    names: list[tuple[str, ...]] = field(default_factory=list)
    rarest: float = 0.0

    def weight(self, feature: str) -> float:
        """How much a feature tells, in nats; an unknown word tells much, an unknown pair nothing."""
        known = self.weights.get(feature)
        if known is not None:
            return known
        return 0.0 if " " in feature else (WEAK_WEIGHT if feature in self.weak else self.rarest)

    def count(self, feature: str, target: int) -> int:
        """In how many phrases of a target a feature stands."""
        counts = self.counts.get(feature)
        if counts is None:
            return 0
        place = bisect_left(counts, target << 8)
        return counts[place] & MOST if place < len(counts) and counts[place] >> 8 == target else 0

    def phrases(self, feature: str, target: int) -> "array[int]":
        """The phrases of a target in which a feature stands."""
        places = self.places[feature]
        first = bisect_left(places, self.starts[target])
        return places[first : bisect_left(places, self.starts[target + 1], first)]

    def says(self, toned: str, target: int) -> bool:
        """Whether a target has a word with just this tone."""
        where = self.toned.get(toned, ())
        place = bisect_left(where, target)
        return place < len(where) and where[place] == target

    def vocabulary(self) -> Mapping[str, int]:
        """Single words and in how many targets they stand."""
        return {feature: len(where) for feature, where in self.counts.items() if " " not in feature}


def features(words: Sequence[str]) -> tuple[str, ...]:
    """Words and neighbouring pairs, each once, in order."""
    pairs = (f"{a} {b}" for a, b in pairwise(words))
    return tuple(dict.fromkeys([*words, *pairs]))


def build(targets: Iterable[Target], readings: Readings, weak: Iterable[str] = ()) -> Index:
    """Read and count all phrases."""
    index = Index(tuple(targets), weak=frozenset(weak))
    for number, target in enumerate(index.targets):
        spoken = [readings.read(phrase) for phrase in target.phrases]
        index.names.append(tuple(dict.fromkeys(spoken[0].folded.split())))
        _add(index, number, spoken)
    _weigh(index)
    _liken(index)
    return index


def _add(index: Index, target: int, spoken: Sequence[Spoken]) -> None:
    counted: dict[str, int] = {}
    for times, phrase in zip([NAME_COUNT, *[1] * len(spoken)], spoken, strict=False):
        for feature in features(phrase.folded.split()):
            counted[feature] = counted.get(feature, 0) + times
            index.places.setdefault(feature, array("I")).append(len(index.texts))
        index.texts.append(phrase.folded)
    for feature, count in counted.items():
        index.counts.setdefault(feature, array("I")).append(target << 8 | min(count, MOST))
    for toned in {word for phrase in spoken for word in phrase.toned.split()}:
        index.toned.setdefault(toned, array("H")).append(target)
    index.starts.append(len(index.texts))


def _weigh(index: Index) -> None:
    total = max(len(index.targets), BACKGROUND)
    for feature, where in index.counts.items():
        telling = math.log(1 + (total - len(where) + 0.5) / (len(where) + 0.5))
        scale = PAIR_WEIGHT if " " in feature else (WEAK_WEIGHT if feature in index.weak else 1.0)
        index.weights[feature] = telling * scale
    index.rarest = math.log(1 + (total + 0.5) / 0.5) * UNKNOWN
    weights = index.weights
    index.roots.extend(math.sqrt(sum(weights[f] for f in features(text.split()))) for text in index.texts)


def _liken(index: Index) -> None:
    """Likelihood ratios of words under a target's smoothed unigram model against the whole base's.

    Jelinek-Mercer smoothing with equal parts (Zhai and Lafferty, "A study of smoothing methods for language models
    applied to information retrieval", 2004).
    """
    words = index.vocabulary()
    sizes = [SMOOTHING] * len(index.targets)
    for word in words:
        for packed in index.counts[word]:
            sizes[packed >> 8] += packed & MOST
    total = max(sum(sizes) - SMOOTHING * len(sizes), BACKGROUND)
    for word in words:
        where = [(packed >> 8, packed & MOST) for packed in index.counts[word]]
        anywhere = (sum(count for _, count in where) + 0.5) / total
        scale = WEAK_LIKELY if word in index.weak else 1.0
        index.likely[word] = {t: math.log(1 + count / sizes[t] / anywhere) * scale for t, count in where}
