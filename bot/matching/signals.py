"""What speaks for an entry: a dozen figures for each pair of question and entry, from words that both share."""

import math
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

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

Letters: TypeAlias = frozenset[tuple[str, str, str]]  # groups of three


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
    """A feature of the question that the index knows: its number there, its weight, whether it is a pair of words, and
    the number of the word with its tone where one was typed (`Index.tone`).
    """

    name: str
    number: int
    weight: float
    is_pair: bool
    tone: int | None


class Shared(NamedTuple):
    """What the question and an entry share: the features with their numbers and weights; of their weights the sum, that
    of the pairs, and what the entry's phrases hold; by how many nats they are likelier from it.
    """

    names: tuple[str, ...]
    features: list[tuple[int, float]]
    told: float
    paired: float
    held: float
    likely: float


@dataclass(frozen=True)
class Asked:
    """A question's telling words as features with their weights; worked out once for all entries."""

    reading: Reading
    words: frozenset[str]
    count: int
    total: float
    root: float
    text: str
    letters: Letters
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
    tones = {w.folded: index.tone(w.toned) for w in spoken if w.marked}
    telling = [w for w in dict.fromkeys(words) if w not in index.weak]
    unknown = math.fsum(index.rarest for w in telling if w not in index.numbers) / total
    common = (
        math.log(1 + len(telling)),
        float(min(len(reading.facets), 2)),
        (len(words) - len(telling)) / 10,
        unknown,
        min(reading.off_topic / max(len(words), 1), 1.0),
    )
    numbers, said = index.numbers, frozenset(words)
    known = tuple(Known(f, numbers[f], w, " " in f, tones.get(f)) for f, w in weights.items() if f in numbers)
    senses = index.senses.numbers(reading.senses)
    return Asked(reading, said, len(words), total, math.sqrt(total), text, _letters(text), common, known, senses)


def covered(question: Asked, index: Index) -> dict[int, float]:
    """For each entry that shares a telling feature: the shared weight, more where more of its phrases hold it."""
    found = [0.0] * len(index.targets)
    for known in question.known:
        weight = known.weight
        if weight > SLIGHT:
            for packed in index.counts[known.number]:
                found[packed >> 8] += weight * DAMPED[packed & MOST]
    return {target: shared for target, shared in enumerate(found) if shared}


def signals(question: Asked, index: Index, target: int, outside: bool = False) -> tuple[Signals, tuple[str, ...]]:
    """The figures of an entry, and the features that it shares with the question."""
    shared = _shared(question, index, target)
    near = _near(question, index, target, shared.features)
    cosine, number, heard = near[0]
    text, root = index.texts[number], index.roots[number]
    sense, unsaid = index.senses.odds(question.senses, target)
    found = Signals(
        1.0,
        shared.held / question.total,
        cosine,
        sum(n.cosine for n in near) / SUPPORT,
        heard / question.total,
        heard / root**2 if root else 0.0,
        shared.paired / question.total,
        float(_named(question.words, index, target) > 1 - 1e-9),
        float(cosine > WORD_FOR_WORD),
        fuzz.token_sort_ratio(question.text, text) / 100,
        _alike(question.letters, _letters(text)),
        1 - math.exp(-shared.told / ENOUGH),
        shared.told / 30,
        math.log(index.starts[target + 1] - index.starts[target]),
        shared.likely / 20,
        shared.likely / max(question.count, 1) / 5,
        sense / 5,
        unsaid / 5,
        _denied(question.reading.denied, index, target),
        float(outside),
        *question.common,
    )
    return found, shared.names


def _shared(question: Asked, index: Index, target: int) -> Shared:
    """What some phrase of the entry has of the question; looked up here, since it is done most often."""
    bounds, packed, odds = index.counts.bounds, index.counts.numbers, index.odds
    least, most = target << 8, target << 8 | MOST
    names: list[str] = []
    found: list[tuple[int, float]] = []
    told = paired = held = likely = 0.0
    for name, number, weight, is_pair, tone in question.known:
        end = bounds[number + 1]
        place = bisect_left(packed, least, bounds[number], end)
        if place == end or packed[place] > most:
            continue
        names.append(name)
        found.append((number, weight))
        told += weight
        likely += odds[place]
        share = weight * DAMPED[packed[place] & MOST]
        held += share if tone is None or index.bears(tone, target) else share * OTHER_TONE
        if is_pair:
            paired += weight
    return Shared(tuple(names), found, told, paired, held, likely)


def _near(question: Asked, index: Index, target: int, shared: Sequence[tuple[int, float]]) -> list[Near]:
    """The phrases of an entry that are most alike to the question, the best first; at least one."""
    bounds, places = index.places.bounds, index.places.numbers
    first, last = index.starts[target], index.starts[target + 1]
    held = [0.0] * (last - first)
    for feature, weight in shared:
        end = bounds[feature + 1]
        start = bisect_left(places, first, bounds[feature], end)
        for number in places[start : bisect_left(places, last, start, end)]:
            held[number - first] += weight
    root = question.root
    cosines = [w / (root * length or 1.0) for w, length in zip(held, index.roots[first:last], strict=True)]
    found = sorted(range(last - first), key=cosines.__getitem__, reverse=True)[:SUPPORT]  # of equals the first
    near = [Near(min(cosines[n], 1.0), first + n, held[n]) for n in found if held[n]]
    return near or [Near(0.0, first, 0.0)]


def _named(words: Collection[str], index: Index, target: int) -> float:
    """The share of a target's name that the words hold: a twin's name holds words nobody said."""
    name = index.weighed_names[target]
    total = sum(name.values())
    return sum(weight for word, weight in name.items() if word in words) / total if total else 0.0


def _denied(denied: frozenset[str], index: Index, target: int) -> float:
    """The share of a target's name that the question says is not meant; a name may hold a "không" itself."""
    name = index.names[target]
    return _named(denied, index, target) if denied and not {"khong", "chua"} & {*name} else 0.0


def _letters(words: str) -> Letters:
    text = f" {words} "
    return frozenset(zip(text, text[1:], text[2:], strict=False))


def _alike(one: Letters, other: Letters) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0
