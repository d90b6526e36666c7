"""Ranking: signals of every entry that shares words with the question, weighed into one probability for each."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import mul

from bot.cache import Shelf
from bot.catalogue import EMPTY, Catalogue
from bot.knowledge import Knowledge
from bot.matching.best import best
from bot.matching.candidates import Candidate, Ranking
from bot.matching.index import NOBODY, UNKNOWN, Index, Target, features
from bot.matching.reading import Reader, Reading
from bot.matching.repair import Repairer
from bot.matching.routes import TOPICS, Routes, target
from bot.matching.signals import Asked, Signals, asked, covered, signals
from bot.matching.speech import USUAL, Speech, short_forms, usual
from bot.matching.stored import Stored
from bot.matching.thin import Thin
from bot.matching.weights import WEIGHTS
from bot.procedures import Guide, Procedure
from bot.text import Syllable, syllables

SURVIVORS = 14  # candidates that are looked at closely
SAID, UNSAID, DENIED = 1.5, 1.0, 2.0  # nats for a word of one name only that is said, is not, or is denied
OFTEN = 0.3  # nats: a word that an entry with many phrases says once is not what it is about
ALARMING = 1.5  # nats by which words must be likelier from an emergency than from anything, to be taken for one
RIVALS = 3  # full entries whose words are weighed against those of the catalogue


class Matcher:
    """Ranks the procedures and routes of one knowledge base, and the catalogue; never changes after it is built.

    With a shelf, what was read and counted at an earlier start is not read and counted again.
    """

    def __init__(self, knowledge: Knowledge, catalogue: Catalogue = EMPTY, shelf: Shelf | None = None) -> None:
        lexicon = self.lexicon = knowledge.lexicon
        self.reader = Reader(
            lexicon.abbreviations,
            lexicon.synonyms,
            lexicon.padding,
            lexicon.facets,
            lexicon.names,
            lexicon.off_topic,
            lexicon.senses,
        )
        weak = [word.folded for phrase in lexicon.weak for word in syllables(phrase)]
        self._weak_toned = frozenset(word.toned for phrase in lexicon.weak for word in syllables(phrase))
        stored = Stored(shelf, lexicon)
        entries: tuple[Procedure | Guide, ...] = (*knowledge.procedures, *knowledge.guides)
        self._numbers = {entry.id: n for n, entry in enumerate(entries)}
        self.routes = Routes(knowledge.routes, self.reader, lexicon, stored)
        targets = [*(Target(e.id, _phrases(e)) for e in entries), *map(target, self.routes.topics)]
        with stored.readings("phrases", self.reader) as readings:
            self.index = stored.index("entries", targets, readings, weak)
        self._targets = {t.id: n for n, t in enumerate(targets)}
        self._alarms = {t.id: n for n, t in enumerate(targets) if t.id in self.routes.alarms}
        codes = {code for p in knowledge.procedures for code in p.codes}
        with stored.readings("titles", self.reader) as readings:
            self._thin = Thin(catalogue.searched(codes), readings, weak)
        self.repairer = Repairer(_speech(knowledge, self.index, self._thin))

    def rank(self, question: str) -> Ranking:
        """Rank everything against a cleaned question."""
        reading = self.read(question)
        words = reading.words or reading.all_words
        candidates = self._candidates(reading)
        listed = self._thin.rank(words)
        full = (c for c in candidates[:RIVALS] if self.is_entry(c.id))
        rival = max((self._thin.share(c.matched, words) for c in full), default=0.0)
        return replace(self._ranking(candidates, reading), listed=listed, rival=rival)

    def rank_part(self, text: str) -> Ranking:
        """Rank entries and routes against a part of a question; titles of the catalogue answer whole ones only."""
        reading = self.read(text)
        return self._ranking(self._candidates(reading), reading)

    def _ranking(self, candidates: Iterable[Candidate], reading: Reading) -> Ranking:
        return Ranking(self.routes.among(candidates, reading), reading, self.index.weak, self._weak_toned)

    def recognised(self, ranking: Ranking) -> tuple[str, ...]:
        """The words of a question, as they were read, that tell something and that some entry says too."""
        return tuple(w.typed for w in ranking.reading.words if ranking.tells(w) and w.folded in self.index.numbers)

    def told(self, ranking: Ranking) -> tuple[tuple[str, float], ...]:
        """The telling words of a question, unmarked, with weights in nats; a word that no entry says weighs most:
        questions that nobody can answer are about just that.
        """
        index, words = self.index, dict.fromkeys(w.folded for w in ranking.reading.words if ranking.tells(w))
        return tuple((w, round(index.weight(w) if w in index.numbers else index.rarest / UNKNOWN, 2)) for w in words)

    def name_of(self, entry: str) -> str:
        """The name of an entry, or "" for what is no full entry."""
        number = self._numbers.get(entry)
        return "" if number is None else self.index.targets[number].phrases[0]

    def is_entry(self, name: str) -> bool:
        """Whether an id is that of a full entry."""
        return name in self._numbers

    def number(self, name: str) -> int:
        """Where an entry or a topic stands in the index; NOBODY's number for what is neither."""
        return self._targets.get(name, NOBODY)

    def is_outside(self, number: int) -> bool:
        """Whether a target of the index is no entry, but a topic of which no office knows."""
        return number >= len(self._numbers)

    def is_alarm(self, name: str) -> bool:
        """Whether an id is that of an emergency."""
        return name in self._alarms

    def among(self, entries: Collection[str], reading: Reading) -> dict[str, float]:
        """How probable each of some full entries is, in [0, 1], where no other can be meant."""
        numbers = sorted({number for entry in entries if (number := self._numbers.get(entry)) is not None})
        question = asked(reading, self.index)
        scores = probabilities([signals(question, self.index, number)[0] for number in numbers])
        return {self.index.targets[number].id: score for number, score in zip(numbers, scores, strict=True)}

    def known(self, words: Sequence[Syllable], entry: str) -> float:
        """The share in [0, 1] of the words' weight that an entry's phrases say often enough; 1 where there are none."""
        index, number = self.index, self._numbers.get(entry)
        total = sum(index.weight(word.folded) for word in words)
        if not total or number is None:
            return 0.0 if words else 1.0
        held = (w.folded for w in words if self._likely(w, number) >= OFTEN and self._says(w, number))
        return sum(map(index.weight, held)) / total

    def ways(self, entry: str) -> int:
        """In how many ways an entry can be asked for: its phrases, counted; 0 for what is no full entry."""
        number, starts = self._numbers.get(entry), self.index.starts
        return 0 if number is None else starts[number + 1] - starts[number]

    def likelihood(self, words: Iterable[Syllable], entry: str) -> float:
        """By how many nats words are likelier from an entry than from any; accents must agree where they were typed."""
        number = self._numbers.get(entry)
        return 0.0 if number is None else self._likelihood(words, number)

    def lead(self, words: Sequence[Syllable], denied: Iterable[str], entry: str, other: str) -> float:
        """By how many nats the words speak for one entry against another.

        Words of the one name that the other has not tell much when they are said, and against it when they are not.
        """
        one, two = self._numbers.get(entry), self._numbers.get(other)
        if one is None or two is None:
            return 0.0
        names, weak = self.index.names, self.index.weak
        own, others = set(names[one]) - set(names[two]) - weak, set(names[two]) - set(names[one]) - weak
        said = own.intersection(word.folded for word in words if self._says(word, one))
        named = SAID * len(said) - UNSAID * (len(own - said) / max(len(own), 1))
        against = DENIED * (len(others.intersection(denied)) - len(own.intersection(denied)))
        return self.likelihood(words, entry) - self.likelihood(words, other) + named + against

    def _likelihood(self, words: Iterable[Syllable], number: int) -> float:
        return sum(self._likely(word, number) for word in dict.fromkeys(words) if self._says(word, number))

    def _alarming(self, candidate: Candidate, reading: Reading) -> bool:
        """Whether a candidate is no emergency, or one that more than common words speak for."""
        number = self._alarms.get(candidate.id)
        telling = (word for word in reading.words if word.folded not in self.index.weak)
        return number is None or self._likelihood(telling, number) >= ALARMING

    def _likely(self, word: Syllable, number: int) -> float:
        return self.index.likely(word.folded, number)

    def _says(self, word: Syllable, number: int) -> bool:
        return not word.marked or self.index.says(word.toned, number)

    def read(self, question: str) -> Reading:
        """A question word by word, slips mended."""
        return self.reader.read(question, self.repairer)

    def weighed(self, reading: Reading) -> list[tuple[str, Signals, tuple[str, ...]]]:
        """The entries worth a close look: id, signals, and the features that they share with the question."""
        question = asked(reading, self.index)
        entries = len(self._numbers)
        return [
            (self.index.targets[t].id, *signals(question, self.index, t, outside=t >= entries))
            for t in self._survivors(question)
        ]

    def _survivors(self, question: Asked) -> list[int]:
        return best(covered(question, self.index), SURVIVORS)

    def _candidates(self, reading: Reading) -> list[Candidate]:
        found = self.weighed(reading)
        scores = probabilities([s for _, s, _ in found])
        candidates = [
            Candidate(name, round(score, 4), matched, round(s.coverage, 4), round(s.likeness, 4))
            for score, (name, s, matched) in zip(scores, found, strict=True)
        ]
        return sorted((c for c in candidates if self._alarming(c, reading)), key=lambda c: (-c.score, c.id))


def probabilities(found: Sequence[Signals], weights: Mapping[str, float] = WEIGHTS) -> list[float]:
    """How probable it is that each entry is meant, in [0, 1]; what is missing to 1 is that none of them is.

    A conditional logit with an outside option (McFadden, "Conditional logit analysis of qualitative choice behavior",
    1974): exp(weights · signals) against 1 for none.
    """
    row = [weights.get(name, 0.0) for name in Signals._fields]
    told = [math.fsum(map(mul, row, s)) for s in found]
    highest = max([*told, 0.0])
    shares = [math.exp(t - highest) for t in told]
    total = math.fsum([*shares, math.exp(-highest)])
    return [share / total for share in shares]


def _speech(knowledge: Knowledge, index: Index, thin: Thin) -> Speech:
    """What is said in the base's phrases, in titles, in cues, in politeness, in greetings and in signs of routes."""
    lexicon = knowledge.lexicon
    cues = (cue for cues in lexicon.facets.values() for cue in cues)
    greetings = (text for route in knowledge.routes if route.reason not in TOPICS for text in route.phrases)
    signs = (sign for route in knowledge.routes for sign in route.signs)
    synonyms = (variant for variants in lexicon.synonyms.values() for variant in variants)
    texts = (*cues, *lexicon.padding, *lexicon.weak, *lexicon.off_topic, *synonyms, *greetings, *signs)
    said = Counter({feature: index.places.size(number) for feature, number in index.numbers.items()})
    said.update(thin.vocabulary())
    for words in usual(texts):
        for feature in features(words):
            said[feature] += USUAL
    toned = {word.toned for text in texts for word in syllables(text.replace("_", " "))}
    return Speech(said, {*toned, *index.tones, *thin.toned()}, short_forms(lexicon.abbreviations))


def _phrases(entry: Procedure | Guide) -> tuple[str, ...]:
    english = (entry.english.name,) if entry.english else ()
    official = (entry.official_name,) if isinstance(entry, Procedure) else ()
    return (entry.name, *official, *entry.phrases, *english)
