"""The catalogue searched: one official title an entry, so that what a title leaves unsaid weighs against it."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest

from bot.catalogue import Listed
from bot.matching.candidates import Candidate
from bot.matching.index import PAIR_WEIGHT, WEAK_WEIGHT, features
from bot.matching.readings import Readings, Spoken
from bot.text import Syllable

COVERAGE, LIKENESS, EVIDENCE = 0.45, 0.25, 0.30  # shares of the three signals in the score
ENOUGH = 17.0  # nats of matched weight that say much by themselves
OTHER_TONE = 0.35  # what a word counts whose typed accents are not those of the title
COMMON = 0.1  # words of more than a tenth of all titles ("cấp", "giấy phép") find nothing by themselves
SURVIVORS = 24  # titles that are looked at closely
KEPT = 5  # titles that are handed on
UNKNOWN = 0.6  # of the weight of a word that stands in one title, for a word that stands in none


class Thin:
    """Titles with their words and pairs counted; never changes after it is built."""

    def __init__(self, entries: Sequence[Listed], readings: Readings, weak: Iterable[str] = ()) -> None:
        self._ids = [entry.id for entry in entries]
        self._titles = [readings.read(entry.name) for entry in entries]
        self._weak = frozenset(weak)
        self._found: dict[str, array[int]] = {}
        for number, title in enumerate(self._titles):
            for feature in features(title.folded.split()):
                self._found.setdefault(feature, array("I")).append(number)
        self._weights = {feature: self._telling(feature, len(found)) for feature, found in self._found.items()}
        self._lengths = array("d", (math.sqrt(self._sum(features(t.folded.split()))) for t in self._titles))

    def weight(self, feature: str) -> float:
        """How much a feature tells, in nats; unknown words tell much, unknown pairs nothing."""
        known = self._weights.get(feature)
        if known is not None:
            return known
        if " " in feature:
            return 0.0
        return WEAK_WEIGHT if feature in self._weak else math.log(1 + (len(self._ids) + 0.5) / 0.5) * UNKNOWN

    def vocabulary(self) -> Mapping[str, int]:
        """Single words and in how many titles they stand."""
        return {feature: len(found) for feature, found in self._found.items() if " " not in feature}

    def toned(self) -> set[str]:
        """The words of all titles with their tones."""
        return {word for title in self._titles for word in title.toned.split()}

    def rank(self, words: Sequence[Syllable]) -> tuple[Candidate, ...]:
        """The best titles for the words of a question, best first."""
        asked = {feature: self.weight(feature) for feature in features([w.folded for w in words])}
        total = math.fsum(asked.values())
        typed = {w.folded: w for w in words}
        found = [self._candidate(number, asked, total, typed) for number in self._near(asked)]
        return tuple(sorted(found, key=lambda c: (-c.score, c.id))[:KEPT])

    def share(self, matched: Iterable[str], words: Sequence[Syllable]) -> float:
        """The share in [0, 1] of a question's weight that a candidate of the other layer covers with its words."""
        total = self._sum(features([w.folded for w in words]))
        return min(self._sum(matched) / total, 1.0) if total else 0.0

    def _telling(self, feature: str, count: int) -> float:
        telling = math.log(1 + (len(self._ids) - count + 0.5) / (count + 0.5))
        return telling * (PAIR_WEIGHT if " " in feature else WEAK_WEIGHT if feature in self._weak else 1.0)

    def _sum(self, some: Iterable[str]) -> float:
        return math.fsum(map(self.weight, some))

    def _near(self, asked: Mapping[str, float]) -> list[int]:
        """Titles worth a close look: those that share the most of what is not common."""
        shared: dict[int, float] = {}
        most = max(COMMON * len(self._ids), SURVIVORS)
        for feature, weight in asked.items():
            found = self._found.get(feature, ())
            if len(found) <= most:
                for number in found:
                    shared[number] = shared.get(number, 0.0) + weight
        return nsmallest(SURVIVORS, shared, key=lambda n: (-shared[n] / self._lengths[n], n))

    def _candidate(
        self, number: int, asked: Mapping[str, float], total: float, typed: Mapping[str, Syllable]
    ) -> Candidate:
        title = self._titles[number]
        own = f" {title.folded} "
        matched = tuple(feature for feature in asked if f" {feature} " in own)
        told = math.fsum(asked[f] * _tone(f, title, typed) for f in matched)
        coverage = min(told / total, 1.0)
        likeness = min(told / (math.sqrt(total) * self._lengths[number]), 1.0)
        score = COVERAGE * coverage + LIKENESS * likeness + EVIDENCE * (1 - math.exp(-told / ENOUGH))
        return Candidate(self._ids[number], round(score, 4), matched, round(coverage, 4), round(likeness, 4))


def _tone(feature: str, title: Spoken, typed: Mapping[str, Syllable]) -> float:
    word = typed.get(feature)
    if word is None or not word.marked:
        return 1.0
    return 1.0 if f" {word.toned} " in f" {title.toned} " else OTHER_TONE
