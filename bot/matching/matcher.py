"""Ranking: coverage of the question by an entry, likeness to its best phrase, and how much the shared words tell."""

import math
from collections.abc import Mapping

from rapidfuzz import fuzz

from bot.catalogue import EMPTY, Catalogue
from bot.knowledge import Knowledge
from bot.matching.candidates import ROUTE_PREFIX, Candidate, Ranking
from bot.matching.index import Index, Target, build, features
from bot.matching.reading import Reader
from bot.matching.readings import Readings, Spoken
from bot.matching.repair import Repairer
from bot.matching.thin import Thin
from bot.procedures import Guide, Procedure
from bot.text import Syllable, folded_words

SURVIVORS = 12  # candidates that are looked at closely
RIVALS = 3  # full entries whose words are weighed against those of the catalogue
COVERAGE, LIKENESS, NAME, FUZZY, EVIDENCE = 0.18, 0.31, 0.13, 0.03, 0.35  # shares of the five signals in the score
ENOUGH = 17.0  # nats of matched weight that say much by themselves, however long the story around them
WORD_FOR_WORD = 0.15  # added where the question says just what a phrase says
OFTEN = 0.6  # a word in one phrase of an entry counts 1 / (1 + OFTEN)
OTHER_TONE = 0.35  # what a word counts whose typed accents are not those of the entry


class Matcher:
    """Ranks the procedures and routes of one knowledge base, and the catalogue; never changes after it is built.

    `kept` are phrases read at an earlier start; `readings` are those to keep for the next.
    """

    def __init__(
        self, knowledge: Knowledge, catalogue: Catalogue = EMPTY, kept: Mapping[str, Spoken] | None = None
    ) -> None:
        lexicon = knowledge.lexicon
        self._reader = Reader(lexicon.abbreviations, lexicon.synonyms, lexicon.padding, lexicon.facets, lexicon.names)
        weak = [word for phrase in lexicon.weak for word in folded_words(phrase)]
        self.readings = Readings(self._reader, kept)
        entries: tuple[Procedure | Guide, ...] = (*knowledge.procedures, *knowledge.guides)
        self._index = build((Target(e.id, _phrases(e)) for e in entries), self.readings, weak)
        routes = (Target(f"{ROUTE_PREFIX}{r.id}", r.phrases) for r in knowledge.routes)
        self._routes = build(routes, Readings(self._reader, whole=True))
        self._repairer = Repairer(self._index.vocabulary())
        codes = {code for p in knowledge.procedures for code in p.codes}
        self._thin = Thin(catalogue.searched(codes), self.readings, weak)

    def rank(self, question: str) -> Ranking:
        """Rank everything against a cleaned question."""
        reading = self._reader.read(question, self._repairer)
        words = reading.words or reading.all_words
        scored = self._coverages(words)
        likeness = _likenesses(self._index, words)
        rough = sorted(scored, key=lambda t: (-scored[t][0] - likeness.get(t, (0.0, 0))[0], t))[:SURVIVORS]
        candidates = [self._candidate(t, scored[t], likeness.get(t, (0.0, -1)), words) for t in rough]
        candidates.sort(key=lambda c: (-c.score, c.id))
        listed = self._thin.rank(words)
        rival = max((self._thin.share(c.matched, words) for c in candidates[:RIVALS]), default=0.0) if listed else 0.0
        routed = self._routed(reading.all_words)
        ranked = tuple(sorted([*candidates, *routed], key=lambda c: (-c.score, c.id)))
        return Ranking(ranked, reading, self._index.weak, listed, rival)

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
            word = typed.get(feature)
            tones = index.tones.get(feature, {}) if word and word.marked else {}
            for target, count in index.counts.get(feature, {}).items():
                share = weight * count / (count + OFTEN)
                if tones and word and word.toned not in tones[target]:
                    share *= OTHER_TONE
                covered[target] = covered.get(target, 0.0) + share
                matched.setdefault(target, []).append(feature)
        return {t: (covered[t] / total, tuple(matched[t])) for t in covered}

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


def _phrases(entry: Procedure | Guide) -> tuple[str, ...]:
    english = (entry.english.name,) if entry.english else ()
    official = (entry.official_name,) if isinstance(entry, Procedure) else ()
    return (entry.name, *official, *entry.phrases, *english)
