"""The catalogue searched: one official title an entry, so that what a title leaves unsaid weighs against it.

Titles speak as offices do. What people say instead is in `implied.txt`: everyday words, each with the words of titles
that it stands for. The figures of a title are weighed as those of the full entries are; see `thin_weights`.
"""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import mul
from typing import NamedTuple

from bot.catalogue import Listed
from bot.matching.best import best
from bot.matching.candidates import Candidate
from bot.matching.implied import IMPLIED, Implied
from bot.matching.index import PAIR_WEIGHT, WEAK_WEIGHT, Lists, features
from bot.matching.readings import Readings
from bot.matching.thin_weights import WEIGHTS
from bot.text import Syllable, fold

ENOUGH = 17.0  # nats of matched weight that say much by themselves
OTHER_TONE = 0.35  # what a word counts whose typed accents are not those of the title
COMMON = 0.1  # words of more than a tenth of all titles ("cấp", "giấy phép") find nothing by themselves
USUAL = 0.02  # words of more than one title in fifty: what is done, more often than with what
SURVIVORS = 24  # titles that are looked at closely
KEPT = 5  # titles that are handed on
UNKNOWN = 0.6  # of the weight of a word that stands in one title, for a word that stands in none
MEANT = 1.5  # of its weight counts an implied word: it stands for others that the table has not
MOST_MEANT = 40  # implied words of a question, the strongest


class Figures(NamedTuple):
    """For one title; shares are in [0, 1], logarithms in tens of nats. Implied words count by how sure they are."""

    constant: float  # 1: what speaks for a title before a word is read
    coverage: float  # share of the question's weight that the title holds
    heard: float  # the same, what it implies too
    filled: float  # share of the title's weight that is said
    meant: float  # share of the title's weight that is implied
    likeness: float  # weighted cosine
    nearness: float  # weighted cosine, with what is implied
    pairs: float  # share of the question's weight that is shared pairs of neighbours
    evidence: float  # 1 - exp(-shared weight / ENOUGH)
    told: float  # shared weight
    hinted: float  # implied weight
    unsaid: float  # tens of the title's words that are neither said nor implied
    missed: float  # usual words of the question that the title has not
    length: float  # log of the title's words
    commune: float  # 1 if a commune carries it out
    asked: float  # log of 1 + telling words of the question
    unknown: float  # share of the question's weight that neither stands in a title nor implies anything


@dataclass(frozen=True, slots=True)
class _Title:
    """Words as one string each way: 5,668 titles of split words would be 10 MB."""

    id: str
    folded: str
    toned: str
    commune: bool


@dataclass(frozen=True)
class Asked:
    """A question as titles are compared with it; worked out once for all of them.

    `weights` are those of its features, `typed` words with accents, `meant` for a title's word how sure it is implied,
    `by` the words or the pair of the question that imply something, with their weight and what they imply.
    """

    weights: Mapping[str, float]
    total: float
    typed: Mapping[str, Syllable]
    meant: Mapping[str, float]
    by: Sequence[tuple[Sequence[str], float, Mapping[str, float]]]
    usual: frozenset[str]
    common: tuple[float, float]


class Thin:
    """Titles with their words and pairs counted; never changes after it is built."""

    def __init__(
        self, entries: Sequence[Listed], readings: Readings, weak: Iterable[str] = (), implied: Implied = IMPLIED
    ) -> None:
        self._titles = [_title(entry, readings) for entry in entries]
        self._weak = frozenset(weak)
        self._implied = implied
        found: dict[str, list[int]] = {}
        for number, title in enumerate(self._titles):
            for feature in features(title.folded.split()):
                found.setdefault(feature, []).append(number)
        self._numbers = {feature: number for number, feature in enumerate(found)}
        self._lists = Lists.of(found.values())
        self._weights = array("d", (self._telling(feature, len(numbers)) for feature, numbers in found.items()))
        self._lengths = array("d", (math.sqrt(self._sum(features(title.folded.split()))) for title in self._titles))

    def weight(self, feature: str) -> float:
        """How much a feature tells, in nats; unknown words tell much, unknown pairs nothing."""
        known = self._numbers.get(feature)
        if known is not None:
            return self._weights[known]
        if " " in feature:
            return 0.0
        return WEAK_WEIGHT if feature in self._weak else math.log(1 + (len(self._titles) + 0.5) / 0.5) * UNKNOWN

    def vocabulary(self) -> Mapping[str, int]:
        """Single words and in how many titles they stand."""
        return {feature: len(self._found(feature)) for feature in self._numbers if " " not in feature}

    def toned(self) -> set[str]:
        """The words of all titles with their tones."""
        return {word for title in self._titles for word in title.toned.split()}

    def rank(self, words: Sequence[Syllable], weights: Mapping[str, float] = WEIGHTS) -> tuple[Candidate, ...]:
        """The best titles for the words of a question, best first."""
        row = [weights.get(name, 0.0) for name in Figures._fields]
        told = [(_score(figures, row), found) for figures, found in self.weighed(words)]
        found = [Candidate(c.id, round(score, 4), c.matched, c.coverage, c.likeness) for score, c in told]
        return tuple(sorted(found, key=lambda c: (-c.score, c.id))[:KEPT])

    def weighed(self, words: Sequence[Syllable]) -> list[tuple[Figures, Candidate]]:
        """The titles worth a close look, each with its figures; not yet scored."""
        question = self._asked(words)
        return [self._figures(number, question) for number in self._near(question)]

    def share(self, matched: Iterable[str], words: Sequence[Syllable]) -> float:
        """The share in [0, 1] of a question's weight that a candidate of the other layer covers with its words."""
        total = self._sum(features([w.folded for w in words]))
        return min(self._sum(matched) / total, 1.0) if total else 0.0

    def _found(self, feature: str) -> Sequence[int]:
        """The numbers of the titles that have it."""
        number = self._numbers.get(feature)
        return () if number is None else self._lists[number]

    def _telling(self, feature: str, count: int) -> float:
        telling = math.log(1 + (len(self._titles) - count + 0.5) / (count + 0.5))
        return telling * (PAIR_WEIGHT if " " in feature else WEAK_WEIGHT if feature in self._weak else 1.0)

    def _sum(self, some: Iterable[str]) -> float:
        return math.fsum(map(self.weight, some))

    def _asked(self, words: Sequence[Syllable]) -> Asked:
        folded = [w.folded for w in words]
        weights = {feature: self.weight(feature) for feature in features(folded)}
        total = math.fsum(weights.values()) or 1.0
        by = {feature: self._implied[feature] for feature in weights if feature in self._implied}
        meant: dict[str, float] = {}
        for implied in by.values():
            for word, sure in implied.items():
                if word in self._numbers and word not in weights:
                    meant[word] = meant.get(word, 0.0) + sure
        kept = nlargest(MOST_MEANT, meant, key=lambda w: (meant[w] * self.weight(w), w))
        certain = {word: 1 - math.exp(-meant[word]) for word in kept}
        telling = [w for w in dict.fromkeys(folded) if w not in self._weak]
        usual = frozenset(w for w in telling if len(self._found(w)) > USUAL * len(self._titles))
        heard = {word for feature in by for word in feature.split()}
        unknown = math.fsum(weights[w] for w in telling if w not in self._numbers and w not in heard) / total
        typed = {w.folded: w for w in words if w.marked}
        stand_for = [(feature.split(), weights[feature], implied) for feature, implied in by.items()]
        return Asked(weights, total, typed, certain, stand_for, usual, (math.log(1 + len(telling)), unknown))

    def _near(self, question: Asked) -> list[int]:
        """Titles worth a close look: those that share the most of what is not common."""
        shared = [0.0] * len(self._titles)
        most = max(COMMON * len(self._titles), SURVIVORS)
        meant = {word: self.weight(word) * sure * MEANT for word, sure in question.meant.items()}
        for feature, weight in {**question.weights, **meant}.items():
            found = self._found(feature)
            if len(found) <= most:
                for number in found:
                    shared[number] += weight
        return best({n: w / self._lengths[n] for n, w in enumerate(shared) if w}, SURVIVORS)

    def _figures(self, number: int, question: Asked) -> tuple[Figures, Candidate]:
        title, length = self._titles[number], self._lengths[number]
        own = features(title.folded.split())
        matched = tuple(feature for feature in own if feature in question.weights)
        told = math.fsum(question.weights[f] * _tone(f, title, question.typed) for f in matched)
        hinted = math.fsum(self.weight(w) * question.meant[w] for w in own if w in question.meant)
        found = _figured(question, title, length, matched, (told, hinted))
        return found, Candidate(title.id, 0.0, matched, round(found.coverage, 4), round(found.likeness, 4))


def _figured(
    question: Asked, title: _Title, length: float, matched: tuple[str, ...], shared: tuple[float, float]
) -> Figures:
    """The figures of a title; `shared` is the weight that the question and it share, and what is implied of it."""
    told, hinted = shared
    total, words = question.total, frozenset(title.folded.split())
    coverage, root = min(told / total, 1.0), math.sqrt(total) * length or 1.0
    return Figures(
        1.0,
        coverage,
        coverage + _hinted(question, words) / total,
        told / length**2,
        hinted / length**2,
        min(told / root, 1.0),
        (told + MEANT * hinted) / root,
        math.fsum(question.weights[f] for f in matched if " " in f) / total,
        1 - math.exp(-told / ENOUGH),
        told / 30,
        hinted / 30,
        len(words.difference(question.weights, question.meant)) / 10,
        float(len(question.usual - words)),
        math.log(len(words)),
        float(title.commune),
        *question.common,
    )


def _title(entry: Listed, readings: Readings) -> _Title:
    read = readings.read(entry.name)
    agency = fold(entry.agency)
    commune = "cap xa" in agency or "xa, phuong" in agency or "cong an xa" in agency
    return _Title(entry.id, read.folded, f" {read.toned} ", commune)


def _hinted(question: Asked, words: frozenset[str]) -> float:
    """The weight of what the question says in other words than the title."""
    hinted = 0.0
    for said, weight, implied in question.by:
        told = words.intersection(implied)
        if told and not words.issuperset(said):
            hinted += weight * (1 - math.exp(-math.fsum(implied[word] for word in told)))
    return hinted


def _tone(feature: str, title: _Title, typed: Mapping[str, Syllable]) -> float:
    word = typed.get(feature)
    return 1.0 if word is None or f" {word.toned} " in title.toned else OTHER_TONE


def _score(figures: Figures, weights: Sequence[float]) -> float:
    """How probable a title is against none, in [0, 1]; the weights in the order of the figures."""
    told = math.fsum(map(mul, weights, figures))
    return 1 / (1 + math.exp(-max(min(told, 60.0), -60.0)))
