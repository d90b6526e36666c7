"""Phrases of all entries, counted: which words and neighbouring pairs stand where, and how telling each is."""

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.matching.readings import Readings, Spoken
from bot.text import Syllable

PAIR_WEIGHT = 0.5  # a pair of neighbours tells half as much again as its two words
WEAK_WEIGHT = 0.15  # "tôi", "làm", "có": present in every question, telling nothing
NAME_COUNT = 3  # an entry's name counts like three phrases


@dataclass(frozen=True)
class Target:
    """What a question can be about: its phrases, the name first."""

    id: str
    phrases: tuple[str, ...]


@dataclass(slots=True)
class Phrase:
    """One phrase of a target as features, with the sum of their weights."""

    target: int
    words: tuple[str, ...]
    features: tuple[str, ...]
    weight: float = 0.0


@dataclass
class Index:
    """All phrases. `weights` are inverse document frequencies over targets; unknown features weigh most."""

    targets: tuple[Target, ...]
    phrases: list[Phrase] = field(default_factory=list)
    by_feature: dict[str, list[int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    tones: dict[str, dict[int, tuple[str, ...]]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    names: list[tuple[str, ...]] = field(default_factory=list)
    rarest: float = 0.0
    weak: frozenset[str] = frozenset()

    def weight(self, feature: str) -> float:
        """How much a feature tells, in nats."""
        known = self.weights.get(feature)
        if known is not None:
            return known
        return 0.0 if " " in feature else (WEAK_WEIGHT if feature in self.weak else self.rarest)

    def named(self, target: int, words: Sequence[Syllable]) -> float:
        """The share in [0, 1] of a target's name that the words hold: a twin's name holds words nobody said."""
        name = self.names[target]
        said = {word.folded for word in words}
        total = sum(self.weight(word) for word in name)
        return sum(self.weight(word) for word in name if word in said) / total if total else 0.0

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
        for place, phrase in enumerate(target.phrases):
            _add(index, number, readings.read(phrase), NAME_COUNT if place == 0 else 1)
        index.names.append(tuple(dict.fromkeys(index.phrases[-len(target.phrases)].words)))
    total = len(index.targets)
    for feature, where in index.counts.items():
        telling = math.log(1 + (total - len(where) + 0.5) / (len(where) + 0.5))
        scale = PAIR_WEIGHT if " " in feature else (WEAK_WEIGHT if feature in index.weak else 1.0)
        index.weights[feature] = telling * scale
    index.rarest = math.log(1 + (total + 0.5) / 0.5) * 0.6
    for item in index.phrases:
        item.weight = sum(index.weights[f] for f in item.features)
    return index


def _add(index: Index, target: int, spoken: Spoken, times: int) -> None:
    folded = tuple(map(sys.intern, spoken.folded.split()))
    phrase = Phrase(target, folded, tuple(map(sys.intern, features(folded))))
    number = len(index.phrases)
    for feature in phrase.features:
        places = index.by_feature.get(feature)
        if places is None:
            index.by_feature[feature], index.counts[feature] = [number], {target: times}
        else:
            places.append(number)
            count = index.counts[feature]
            count[target] = count.get(target, 0) + times
    for word, toned in zip(folded, spoken.toned.split(), strict=True):
        known = index.tones.setdefault(word, {})
        if toned not in known.get(target, ()):
            known[target] = (*known.get(target, ()), toned)
    index.phrases.append(phrase)
