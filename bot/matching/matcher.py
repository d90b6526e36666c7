"""Ranking: coverage of the question by an entry, likeness to its best phrase, and how much the shared words tell."""

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.knowledge import Knowledge
from bot.matching.index import Index, Target, build, features
from bot.matching.reading import Reader, Reading
from bot.matching.repair import Repairer
from bot.procedures import Facet, Procedure
from bot.text import Syllable, folded_words

ROUTE_PREFIX = "route:"
SURVIVORS = 12  # candidates that are looked at closely
COVERAGE, LIKENESS, NAME, FUZZY, EVIDENCE = 0.18, 0.31, 0.13, 0.03, 0.35  # shares of the five signals in the score
ENOUGH = 17.0  # nats of matched weight that say much by themselves, however long the story around them
WORD_FOR_WORD = 0.15  # added where the question says just what a phrase says
OFTEN = 0.6  # a word in one phrase of an entry counts 1 / (1 + OFTEN)
OTHER_TONE = 0.35  # what a word counts whose typed accents are not those of the entry


@dataclass(frozen=True)
class Candidate:
    """An entry (or a route) and how well it fits, in [0, 1]; `matched` are the words that spoke for it."""

    id: str
    score: float
    matched: tuple[str, ...]
    coverage: float
    likeness: float


@dataclass(frozen=True)
class Ranking:
    """Candidates, best first; `margin` is the lead of the first, in [0, 1]."""

    candidates: tuple[Candidate, ...]
    reading: Reading
    weak: frozenset[str] = frozenset()

    @property
    def is_telling(self) -> bool:
        """Whether any word could tell one procedure from another: "còn lệ phí?" has none."""
        return any(word.folded not in self.weak for word in self.reading.words)

    @property
    def margin(self) -> float:
        """By how much the first leads the second."""
        scores = [c.score for c in self.candidates[:2]] + [0.0, 0.0]
        return scores[0] - scores[1]

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets asked for, in order."""
        return self.reading.facets


class Matcher:
    """Ranks the procedures and routes of one knowledge base; never changes after it is built."""

    def __init__(self, knowledge: Knowledge) -> None:
        lexicon = knowledge.lexicon
        self._reader = Reader(lexicon.abbreviations, lexicon.synonyms, lexicon.padding, lexicon.facets, lexicon.names)
        weak = [word for phrase in lexicon.weak for word in folded_words(phrase)]
        self._index = build((Target(p.id, _phrases(p)) for p in knowledge.procedures), self._reader, weak)
        routes = (Target(f"{ROUTE_PREFIX}{r.id}", r.phrases) for r in knowledge.routes)
        self._routes = build(routes, self._reader, whole=True)
        self._repairer = Repairer(self._index.vocabulary())

    def rank(self, question: str) -> Ranking:
        """Rank everything against a cleaned question."""
        reading = self._reader.read(question, self._repairer)
        words = reading.words or reading.all_words
        scored = self._coverages(words)
        likeness = _likenesses(self._index, words)
        rough = sorted(scored, key=lambda t: (-scored[t][0] - likeness.get(t, (0.0, 0))[0], t))[:SURVIVORS]
        candidates = [self._candidate(t, scored[t], likeness.get(t, (0.0, -1)), words) for t in rough]
        candidates += self._routed(reading.all_words)
        return Ranking(tuple(sorted(candidates, key=lambda c: (-c.score, c.id))), reading, self._index.weak)

    def _routed(self, words: tuple[Syllable, ...]) -> list[Candidate]:
        """Routes, by the likeness of the whole message to their best phrase: a story around it is a question."""
        found = _likenesses(self._routes, words)
        if not found:
            return []
        best = min(found, key=lambda t: (-found[t][0], t))
        score, number = round(found[best][0], 4), found[best][1]
        known = self._routes.phrases[number].features
        matched = tuple(w for w in dict.fromkeys(word.folded for word in words) if w in known)
        return [Candidate(self._routes.targets[best].id, score, matched, score, score)]

    def _coverages(self, words: tuple[Syllable, ...]) -> dict[int, tuple[float, tuple[str, ...]]]:
        """For each target that shares a feature: the covered share of the question's weight, and the shared words."""
        index = self._index
        typed = {w.folded: w for w in words}
        asked = features([w.folded for w in words])
        total = sum(index.weight(f) for f in asked) or 1.0
        covered: dict[int, float] = {}
        matched: dict[int, list[str]] = {}
        for feature in asked:
            weight = index.weight(feature)
            for target, count in index.counts.get(feature, {}).items():
                share = count / (count + OFTEN) * self._tone(feature, target, typed)
                covered[target] = covered.get(target, 0.0) + weight * share
                matched.setdefault(target, []).append(feature)
        return {t: (covered[t] / total, tuple(matched[t])) for t in covered}

    def _tone(self, feature: str, target: int, typed: dict[str, Syllable]) -> float:
        word = typed.get(feature)
        if word is None or not word.marked:
            return 1.0
        return 1.0 if word.toned in self._index.tones[feature][target] else OTHER_TONE

    def _candidate(
        self, target: int, coverage: tuple[float, tuple[str, ...]], like: tuple[float, int], words: tuple[Syllable, ...]
    ) -> Candidate:
        likeness, number = like
        phrase = self._index.phrases[number].words if number >= 0 else ()
        fuzzy = fuzz.token_sort_ratio(" ".join(w.folded for w in words), " ".join(phrase)) / 100
        told = sum(self._index.weight(feature) for feature in coverage[1])
        evidence = 1 - math.exp(-told / ENOUGH)
        named = self._index.named(target, words)
        score = COVERAGE * coverage[0] + LIKENESS * likeness + NAME * named + FUZZY * fuzzy + EVIDENCE * evidence
        score += WORD_FOR_WORD if likeness > 0.97 else 0.0
        name = self._index.targets[target].id
        return Candidate(name, round(min(score, 1.0), 4), coverage[1], round(coverage[0], 4), round(likeness, 4))


def _likenesses(index: Index, words: tuple[Syllable, ...]) -> dict[int, tuple[float, int]]:
    """For each target its most alike phrase: weighted cosine in [0, 1], and the phrase's number."""
    asked = features([w.folded for w in words])
    total = sum(index.weight(f) for f in asked)
    shared: dict[int, float] = {}
    for feature in asked:
        weight = index.weight(feature)
        for number in index.by_feature.get(feature, ()):
            shared[number] = shared.get(number, 0.0) + weight
    best: dict[int, tuple[float, int]] = {}
    for number, weight in shared.items():
        phrase = index.phrases[number]
        cosine = weight / math.sqrt(total * phrase.weight) if total and phrase.weight else 0.0
        if cosine > best.get(phrase.target, (0.0, 0))[0]:
            best[phrase.target] = (min(cosine, 1.0), number)
    return best


def _phrases(entry: Procedure) -> tuple[str, ...]:
    english = (entry.english.name,) if entry.english else ()
    return (entry.name, entry.official_name, *entry.phrases, *english)
