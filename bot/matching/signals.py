"""What speaks for an entry: a dozen figures for each pair of question and entry, from words that both share."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.matching.index import MOST, Index, features
from bot.matching.reading import Reading

OFTEN = 0.6  # a word in one phrase of an entry counts 1 / (1 + OFTEN)
OTHER_TONE = 0.35  # what a word counts whose typed accents are not those of the entry
ENOUGH = 17.0  # nats of matched weight that say much by themselves, however long the story around them
SUPPORT = 3  # as many phrases speak together
DAMPED = tuple(n / (n + OFTEN) for n in range(MOST + 1))  # what a word in n phrases of an entry counts
SLIGHT = 0.8  # nats: what tells less finds nothing by itself
WORD_FOR_WORD = 0.97


class Signals(NamedTuple):
    """For one entry; shares are in [0, 1], logarithms in tens of nats."""

    constant: float  # 1: what speaks for an answer before a word is read
    coverage: float  # share of the question's weight that the entry's phrases hold
    likeness: float  # weighted cosine with the most alike phrase
    support: float  # mean cosine of the three most alike phrases
    heard: float  # share of the question in the most alike phrase
    filled: float  # share of the most alike phrase in the question
    pairs: float  # share of the question's weight that is shared pairs of neighbours
    name: float  # 1 if the whole name is said
    word_for_word: float  # 1 if the question is just what a phrase says
    order: float  # rapidfuzz's token_sort_ratio with the most alike phrase
    letters: float  # cosine of groups of three letters with the most alike phrase
    evidence: float  # 1 - exp(-shared weight / ENOUGH)
    told: float  # shared weight
    size: float  # log of the entry's phrases: what is asked often has many
    likely: float  # log of how much likelier the words are from this entry than from any
    likely_word: float  # the same for a word
    sense: float  # log of how much likelier what the question means in other words is from this entry than from any
    unsaid: float  # the same for all that it does not mean
    denied: float  # share of the name that the question denies
    outside: float  # 1 for a topic of which no office knows
    length: float  # log of 1 + telling words
    facets: float  # facets asked for, at most two
    weak: float  # words that tell nothing
    unknown: float  # share of the question's weight that no entry knows
    off_topic: float  # share of the words that speak of what no office does


class Near(NamedTuple):
    """A phrase of an entry that shares words with the question: cosine, number, shared weight."""

    cosine: float
    phrase: int
    shared: float


class Known(NamedTuple):
    """A feature of the question that the index knows: its number there, its weight, whether it is a pair of words."""

    name: str
    number: int
    weight: float
    is_pair: bool


class Shared(NamedTuple):
    """The same for one entry: in how many of its phrases it stands, and by how many nats it is likelier from it."""

    name: str
    number: int
    weight: float
    is_pair: bool
    times: int
    odds: float


@dataclass(frozen=True)
class Asked:
    """A question's telling words as features with their weights; worked out once for all entries."""

    reading: Reading
    words: tuple[str, ...]
    weights: Mapping[str, float]
    total: float
    root: float
    text: str
    toned: Mapping[str, str]
    letters: frozenset[str]
    common: tuple[float, ...]  # the signals that are the same for every entry
    known: tuple[Known, ...]
    senses: tuple[int, ...]  # what it means, by numbers of `Index.senses`


def asked(reading: Reading, index: Index) -> Asked:
    """The question as the index sees it."""
    spoken = reading.words or reading.all_words
    words = tuple(w.folded for w in spoken)
    text = " ".join(words)
    weights = {feature: index.weight(feature) for feature in features(words)}
    total = math.fsum(weights.values()) or 1.0
    toned = {w.folded: w.toned for w in spoken if w.marked}
    telling = [w for w in dict.fromkeys(words) if w not in index.weak]
    unknown = math.fsum(index.rarest for w in telling if w not in index.numbers) / total
    common = (
        math.log(1 + len(telling)),
        float(min(len(reading.facets), 2)),
        (len(words) - len(telling)) / 10,
        unknown,
        min(reading.off_topic / max(len(words), 1), 1.0),
    )
    known = tuple(Known(f, index.numbers[f], w, " " in f) for f, w in weights.items() if f in index.numbers)
    senses = index.senses.numbers(reading.senses)
    return Asked(reading, words, weights, total, math.sqrt(total), text, toned, _letters(text), common, known, senses)


def covered(question: Asked, index: Index) -> dict[int, float]:
    """For each entry that shares a telling feature: the shared weight, more where more of its phrases hold it."""
    found: dict[int, float] = {}
    for _, number, weight, _ in question.known:
        if weight > SLIGHT:
            for packed in index.counts[number]:
                target = packed >> 8
                found[target] = found.get(target, 0.0) + weight * DAMPED[packed & MOST]
    return found


def signals(question: Asked, index: Index, target: int, outside: bool = False) -> tuple[Signals, tuple[str, ...]]:
    """The figures of an entry, and the features that it shares with the question."""
    shared = _shared(question, index, target)
    near = _near(question, index, target, shared)
    cosine, number, heard = near[0]
    text, root = index.texts[number], index.roots[number]
    told = paired = likely = coverage = 0.0
    for feature in shared:
        told += feature.weight
        paired += feature.weight if feature.is_pair else 0.0
        likely += feature.odds
        coverage += _share(feature, question, index, target)
    said = _named(question.words, index, target)
    sense, unsaid = index.senses.odds(question.senses, target)
    found = Signals(
        1.0,
        coverage / question.total,
        cosine,
        sum(n.cosine for n in near) / SUPPORT,
        heard / question.total,
        heard / root**2 if root else 0.0,
        paired / question.total,
        float(said > 1 - 1e-9),
        float(cosine > WORD_FOR_WORD),
        fuzz.token_sort_ratio(question.text, text) / 100,
        _alike(question.letters, _letters(text)),
        1 - math.exp(-told / ENOUGH),
        told / 30,
        math.log(index.starts[target + 1] - index.starts[target]),
        likely / 20,
        likely / max(len(question.words), 1) / 5,
        sense / 5,
        unsaid / 5,
        _denied(question.reading.denied, index, target),
        float(outside),
        *question.common,
    )
    return found, tuple(feature.name for feature in shared)


def _shared(question: Asked, index: Index, target: int) -> list[Shared]:
    """The features of the question that some phrase of the entry has; looked up here, since it is done most often."""
    bounds, packed, odds = index.counts.bounds, index.counts.numbers, index.odds
    least = target << 8
    found = []
    for name, number, weight, is_pair in question.known:
        end = bounds[number + 1]
        place = bisect_left(packed, least, bounds[number], end)
        if place < end and packed[place] <= least | MOST:
            found.append(Shared(name, number, weight, is_pair, packed[place] & MOST, odds[place]))
    return found


def _share(feature: Shared, question: Asked, index: Index, target: int) -> float:
    share = feature.weight * DAMPED[feature.times]
    toned = question.toned.get(feature.name)
    return share * OTHER_TONE if toned and not index.says(toned, target) else share


def _near(question: Asked, index: Index, target: int, shared: Sequence[Shared]) -> list[Near]:
    """The phrases of an entry that are most alike to the question, the best first; at least one."""
    bounds, places = index.places.bounds, index.places.numbers
    first, last = index.starts[target], index.starts[target + 1]
    held: dict[int, float] = {}
    for feature in shared:
        weight, end = feature.weight, bounds[feature.number + 1]
        start = bisect_left(places, first, bounds[feature.number], end)
        for number in places[start : bisect_left(places, last, start, end)]:
            held[number] = held.get(number, 0.0) + weight
    roots, root = index.roots, question.root
    found = [(-w / (root * roots[n] or 1.0), n, w) for n, w in held.items()]
    found.sort()
    return [Near(min(-cosine, 1.0), n, w) for cosine, n, w in found[:SUPPORT]] or [Near(0.0, first, 0.0)]


def _named(words: Sequence[str], index: Index, target: int) -> float:
    """The share of a target's name that the words hold: a twin's name holds words nobody said."""
    total = said = 0.0
    for word in index.names[target]:
        weight = index.weight(word)
        total += weight
        said += weight if word in words else 0.0
    return said / total if total else 0.0


def _denied(denied: frozenset[str], index: Index, target: int) -> float:
    """The share of a target's name that the question says is not meant; a name may hold a "không" itself."""
    name = index.names[target]
    return _named(tuple(denied), index, target) if denied and not {"khong", "chua"} & {*name} else 0.0


def _letters(words: str) -> frozenset[str]:
    text = f" {words} "
    return frozenset(text[n : n + 3] for n in range(len(text) - 2))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0
