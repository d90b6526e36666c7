"""Signs of what a message is about: patterns with gaps, in the words as they were written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.matching.patterns import places
from bot.text import Syllable, folded_words, is_syllable, syllables

WIDEST_GAP = 12  # words
ACCENTED = 0.5  # where so many words are, one without accents is meant so: "ma chay" is not "cháy"
EXACT = "!"
POLITE = frozenset(
    folded_words(
        "ạ em anh chị cô chú bác ông bà con cháu bạn ad nhỉ vậy thế rứa hè hả à với nhé nha ta mọi người bot admin"
    )
)

Words = tuple[Syllable, ...]


@dataclass(frozen=True)
class Heard:
    """A message as it was written, short forms spelled out: its words, and whether a part of it ends after each."""

    words: Words = ()
    ends: tuple[bool, ...] = ()

    @cached_property
    def said(self) -> frozenset[str]:
        """Its words without marks."""
        return frozenset(word.folded for word in self.words)

    @cached_property
    def is_accented(self) -> bool:
        """Whether its words without accents are meant without them."""
        return sum(word.marked for word in self.words) >= ACCENTED * len(self.words)


NOTHING = Heard()


class Way(NamedTuple):
    """One way to fill a place of a pattern; `exact` if its accents must have been typed."""

    words: Words
    exact: bool


class Step(NamedTuple):
    """One place of a pattern: the ways to fill it by their first word, whether words may stand before it, whether it
    ends its part.
    """

    ways: Mapping[str, Sequence[Way]]
    gap: bool
    ends: bool


class Sign(NamedTuple):
    """A pattern, the name it belongs to, and for each place after the first the first words of the ways to fill it."""

    name: str
    steps: tuple[Step, ...]
    further: tuple[frozenset[str], ...]

    def may_stand(self, said: frozenset[str]) -> bool:
        """Whether a message that begins the pattern has words for every other place of it."""
        return not any(map(said.isdisjoint, self.further))


class Signs:
    """Finds patterns in messages, each under the name it belongs to; `spell` writes short forms out.

    Written as `patterns` says: "…" stands for up to twelve words, "chưa?" ends a part of the message, but for
    politeness. Accents must agree where they were typed; "mãi!" must have been typed so.
    """

    def __init__(self, patterns: Mapping[str, Iterable[str]], spell: Callable[[Words], Words]) -> None:
        self._spell = spell
        self._ways: dict[str, Way] = {}
        self._by_first: dict[str, list[Sign]] = {}
        for name, texts in patterns.items():
            for sign in (self._sign(name, text) for text in texts):
                for first in sign.steps[0].ways:
                    self._by_first.setdefault(first, []).append(sign)

    def find(self, heard: Heard) -> dict[str, frozenset[int]]:
        """Of each name that has a pattern in the message, the places of the words that its patterns need."""
        found: dict[str, frozenset[int]] = {}
        said, exact = heard.said, heard.is_accented
        possible = {
            word: [s for s in self._by_first[word] if s.may_stand(said)] for word in said & self._by_first.keys()
        }
        for at, word in enumerate(heard.words):
            for sign in possible.get(word.folded, ()):
                places = _follow(sign.steps, heard, at, exact)
                if places and not (len(places) == 1 and _vague(sign.steps[0], word)):
                    found[sign.name] = found.get(sign.name, frozenset()) | frozenset(places)
        return found

    def _sign(self, name: str, pattern: str) -> Sign:
        steps = tuple(Step(self._by_word(place.ways), place.gap, place.ends) for place in places(pattern))
        return Sign(name, steps, tuple(frozenset(step.ways) for step in steps[1:]))

    def _by_word(self, texts: Iterable[str]) -> Mapping[str, Sequence[Way]]:
        ways: dict[str, list[Way]] = {}
        for written in texts:
            way = self._ways.get(written) or self._way(written)
            ways.setdefault(way.words[0].folded, []).append(way)
        return ways

    def _way(self, written: str) -> Way:
        way = Way(self._spell(syllables(written)), written.endswith(EXACT))
        return self._ways.setdefault(written, way)


def _follow(steps: Sequence[Step], heard: Heard, at: int, exact: bool) -> tuple[int, ...]:
    """The places of the words of a pattern whose first step stands at `at`; none where it does not."""
    if not steps:
        return ()
    step, rest = steps[0], steps[1:]
    last = min(at + WIDEST_GAP if step.gap else at, len(heard.words) - 1)
    for start in range(at, last + 1):
        for way in step.ways.get(heard.words[start].folded, ()):
            end = start + len(way.words)
            if not _stands(way, heard.words[start:end], exact) or (step.ends and not _ends(heard, end - 1)):
                continue
            further = _follow(rest, heard, end, exact)
            if further or not rest:
                return (*range(start, end), *further)
    return ()


def _stands(way: Way, typed: Words, exact: bool) -> bool:
    return len(way.words) == len(typed) and all(
        one.folded == known.folded and (one.toned == known.toned or not (one.marked or way.exact or exact))
        for one, known in zip(typed, way.words, strict=True)
    )


def _vague(step: Step, typed: Syllable) -> bool:
    """Whether one accented word that is all of a pattern was typed without accents: "cho" may be "chó" or "cho"."""
    plain = any(not way.words[0].marked for way in step.ways[typed.folded])
    return not plain and not typed.marked and is_syllable(typed.folded)


def _ends(heard: Heard, at: int) -> bool:
    """Whether nothing but politeness follows in the part of the message."""
    while not heard.ends[at]:
        at += 1
        if heard.words[at].folded not in POLITE:
            return False
    return True
