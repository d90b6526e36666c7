"""Phrases of all entries, counted: which words and neighbouring pairs stand where, and how telling each is."""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from bot.matching.readings import Readings, Spoken
from bot.matching.senses import Senses
from bot.matching.steady import steady

PAIR_WEIGHT = 0.5  # a pair of neighbours tells half as much again as its two words
WEAK_WEIGHT = 0.15  # "tôi", "làm", "có": present in every question, telling nothing
NAME_COUNT = 3  # an entry's name counts like three phrases
BACKGROUND = 500  # a small base is weighed as if so many entries stood beside: its words are not common for that
SMOOTHING = 20  # words of an unseen phrase that every entry is thought to have
WEAK_LIKELY = 0.3  # of a weak word's likelihood counts
UNKNOWN = 0.6  # of the weight of a word of one entry, for a word that nobody knows
NOBODY = -1  # the number of a word with a tone that no target says
MOST = 255  # phrases of one entry with one word, as far as they are counted


@dataclass(frozen=True)
class Target:
    """What a question can be about: its phrases, the name first."""

    id: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Many short lists of numbers in one array: list n stands from `bounds[n]` up to `bounds[n + 1]`."""

    bounds: "array[int]"
    numbers: "array[int]"

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]], typecode: str = "I") -> "Lists":
        """The lists in their order."""
        made = cls(array("I", [0]), array(typecode))
        for numbers in lists:
            made.numbers.extend(numbers)
            made.bounds.append(len(made.numbers))
        return made

    def __getitem__(self, number: int) -> "array[int]":
        return self.numbers[self.bounds[number] : self.bounds[number + 1]]

    def size(self, number: int) -> int:
        """How many numbers a list has."""
        return self.bounds[number + 1] - self.bounds[number]

    def at(self, number: int, least: int) -> tuple[int, int]:
        """Where in `numbers` the first of a sorted list stands that is not below `least`, and where the list ends."""
        end = self.bounds[number + 1]
        return bisect_left(self.numbers, least, self.bounds[number], end), end

    def has(self, number: int, wanted: int) -> bool:
        """Whether a sorted list has a number."""
        end = self.bounds[number + 1]
        place = bisect_left(self.numbers, wanted, self.bounds[number], end)
        return place < end and self.numbers[place] == wanted


@dataclass
class Index:
    """All phrases, numbered in the order of their targets; arrays, since 20,000 phrases have 300,000 features.

    `texts` are the phrases' unmarked words, `roots` the roots of the sums of their weights; those of target n are
    numbered from `starts[n]` up to `starts[n + 1]`. `numbers` are the features: for each, `weights` has its inverse
    document frequency over targets in nats, `places` in which phrases it stands, `counts` in how many phrases of which
    target (target * 256 + number); `odds` say beside `counts` by how many nats a word is likelier from that target
    than from any. `tones` are the words with their tones, `toned` the targets that say them. `senses` say what the
    phrases of each target mean in other words.
    """

    targets: tuple[Target, ...]
    weak: frozenset[str]
    texts: list[str]
    starts: "array[int]"
    numbers: dict[str, int]
    places: Lists
    counts: Lists
    tones: dict[str, int]
    toned: Lists
    roots: "array[float]" = field(default_factory=lambda: array("d"))
    weights: "array[float]" = field(default_factory=lambda: array("d"))
    odds: "array[float]" = field(default_factory=lambda: array("d"))
    senses: Senses = field(default_factory=Senses)

    @cached_property
    def rarest(self) -> float:
        """How much a word tells that nobody knows, in nats."""
        return math.log(1 + (steady(self.size) + 0.5) / 0.5) * UNKNOWN

    @property
    def size(self) -> int:
        """Among how many targets a word is rare or common."""
        return max(len(self.targets), BACKGROUND)

    @cached_property
    def names(self) -> list[tuple[str, ...]]:
        """For each target the words of its name, each once."""
        return [tuple(dict.fromkeys(self.texts[first].split())) for first in self.starts[:-1]]

    @cached_property
    def weighed_names(self) -> list[dict[str, float]]:
        """The same with the weight of each word."""
        return [{word: self.weight(word) for word in name} for name in self.names]

    def weight(self, feature: str) -> float:
        """How much a feature tells, in nats; an unknown word tells much, an unknown pair nothing."""
        number = self.numbers.get(feature)
        if number is not None:
            return self.weights[number]
        return 0.0 if " " in feature else (WEAK_WEIGHT if feature in self.weak else self.rarest)

    def likely(self, word: str, target: int) -> float:
        """By how many nats a word is likelier from a target than from any; 0 for one that the target never says."""
        place = self._place(word, target)
        return 0.0 if place is None else self.odds[place]

    def standing(self, feature: str) -> Sequence[int]:
        """All phrases in which a feature stands."""
        number = self.numbers.get(feature)
        return () if number is None else self.places[number]

    def tone(self, toned: str) -> int:
        """The number of a word with its tone; NOBODY's where no target says it."""
        return self.tones.get(toned, NOBODY)

    def bears(self, tone: int, target: int) -> bool:
        """Whether a target says a word with a tone, by the number of both."""
        return tone != NOBODY and self.toned.has(tone, target)

    def says(self, toned: str, target: int) -> bool:
        """Whether a target has a word with just this tone."""
        return self.bears(self.tone(toned), target)

    @cached_property
    def volume(self) -> float:
        """How many words all phrases have, as `steady` counts."""
        said = sum(self._said(number) for word, number in self.numbers.items() if " " not in word)
        return steady(max(said, BACKGROUND))

    def often(self, number: int) -> float:
        """How often a word stands in all phrases, by its number, as `steady` counts."""
        return steady(self._said(number) + 0.5)

    def _said(self, number: int) -> int:
        return sum(packed & MOST for packed in self.counts[number])

    def _place(self, feature: str, target: int) -> int | None:
        number = self.numbers.get(feature)
        if number is None:
            return None
        place, end = self.counts.at(number, target << 8)
        return place if place < end and self.counts.numbers[place] >> 8 == target else None


def features(words: Sequence[str]) -> tuple[str, ...]:
    """Words and neighbouring pairs, each once, in order."""
    return tuple(dict.fromkeys([*words, *map(" ".join, pairwise(words))]))


def build(targets: Iterable[Target], readings: Readings, weak: Iterable[str] = ()) -> Index:
    """Read and count all phrases."""
    named = tuple(targets)
    spoken = [[readings.read(phrase) for phrase in target.phrases] for target in named]
    texts = [phrase.folded for phrases in spoken for phrase in phrases]
    places = _places(texts)
    starts = array("I", accumulate(map(len, spoken), initial=0))
    toned = _toned(spoken)
    index = Index(
        named,
        frozenset(weak),
        texts,
        starts,
        {feature: number for number, feature in enumerate(places)},
        Lists.of(places.values()),
        Lists.of(_counts(where, starts) for where in places.values()),
        {word: number for number, word in enumerate(toned)},
        Lists.of(toned.values(), "H"),
    )
    _weigh(index)
    _liken(index)
    index.senses = Senses.of([[phrase.senses for phrase in phrases] for phrases in spoken], NAME_COUNT)
    return index


def _places(texts: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for feature in features(text.split()):
            places.setdefault(feature, []).append(number)
    return places


def _counts(places: Sequence[int], starts: "array[int]") -> list[int]:
    counted: dict[int, int] = {}
    for place in places:
        target = bisect_right(starts, place) - 1
        counted[target] = counted.get(target, 0) + (NAME_COUNT if place == starts[target] else 1)
    return [target << 8 | min(count, MOST) for target, count in counted.items()]


def _toned(spoken: Sequence[Sequence[Spoken]]) -> dict[str, list[int]]:
    toned: dict[str, list[int]] = {}
    for target, phrases in enumerate(spoken):
        for word in {word: None for phrase in phrases for word in phrase.toned.split()}:
            toned.setdefault(word, []).append(target)
    return toned


def _weigh(index: Index) -> None:
    sums = [0.0] * len(index.texts)
    for feature, number in index.numbers.items():
        count = index.counts.size(number)
        among, having = steady(index.size), steady(count)
        telling = math.log(1 + max(among - having + 0.5, 0.5) / (having + 0.5))
        weight = telling * (PAIR_WEIGHT if " " in feature else WEAK_WEIGHT if feature in index.weak else 1.0)
        index.weights.append(weight)
        for place in index.places[number]:
            sums[place] += weight
    index.roots.extend(map(math.sqrt, sums))


def _liken(index: Index) -> None:
    """Likelihood ratios of words under a target's smoothed unigram model against the whole base's.

    Jelinek-Mercer smoothing with equal parts (Zhai and Lafferty, "A study of smoothing methods for language models
    applied to information retrieval", 2004).
    """
    words = [(word, number) for word, number in index.numbers.items() if " " not in word]
    sizes = [SMOOTHING] * len(index.targets)
    for _, number in words:
        for packed in index.counts[number]:
            sizes[packed >> 8] += packed & MOST
    index.odds.extend([0.0] * len(index.counts.numbers))
    for word, number in words:
        where = index.counts[number]
        anywhere = index.often(number) / index.volume
        scale = WEAK_LIKELY if word in index.weak else 1.0
        for place, packed in enumerate(where, index.counts.bounds[number]):
            index.odds[place] = math.log(1 + (packed & MOST) / sizes[packed >> 8] / anywhere) * scale
