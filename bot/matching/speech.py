"""How people speak: which words follow which, counted in the base's phrases and in the sentences that surround them."""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import pairwise

from bot.text import Syllable, fold, is_syllable, syllables

USUAL = 20  # phrases that a pattern of the lexicon counts as: cues and politeness stand in questions, not in phrases
PAIRED = 0.8  # of the probability of a word comes from the word before it, where both are known together
BACKGROUND = 50_000  # a small base is weighed as if so many words stood beside: its words are not common for that
UNSURE = 2  # phrases more that every word is thought to have stood in without the next
NUMBER, NEW = 6.0, 11.0  # nats against a number, and against an unknown syllable
ALIEN, LETTER = 6.0, 2.5  # nats against what is no Vietnamese, and for each of its letters
SHORT = 8.0  # nats against a short form at most: it is one word, whatever it stands for
RIME = re.compile(r"^(?:ngh|ng|nh|n|gh|gi|g|kh|k|ph|p|th|tr|t|ch|c|qu|[bdđhlmrsvx])?")  # what stands before it

Spoken = tuple[str, ...]


class Speech:
    """Words and pairs of neighbours with how often each is said, and the forms with tone marks of each word.

    `said` counts unmarked words and pairs ("khai sinh"); `shorts` are short forms with what they stand for.
    """

    def __init__(self, said: Mapping[str, int], toned: Iterable[str] = (), shorts: Mapping[str, Spoken] | None = None):
        self._said = said
        words = {word: count for word, count in said.items() if " " not in word}
        rare = (1 - PAIRED) / max(sum(words.values()), BACKGROUND)
        self._alone = {word: -math.log(rare * count) for word, count in words.items()}
        self.shorts = shorts or {}
        self._toned = frozenset(toned)

    @cached_property
    def _forms(self) -> Mapping[str, Collection[str]]:
        found: dict[str, set[str]] = {}
        for form in self._toned:
            for word in {fold(form), fold(form[:-1])} & self._alone.keys():  # "ơr" is "ở", "hair" no word of ours
                found.setdefault(word, set()).add(form)
        return found

    @cached_property
    def _rimes(self) -> Collection[str]:
        return {RIME.sub("", form) for forms in self._forms.values() for form in forms}

    def words(self) -> Iterable[str]:
        """Every known word, without marks."""
        return self._alone

    def knows(self, word: str) -> bool:
        """Whether an unmarked word is said anywhere."""
        return word in self._alone

    def forms(self, word: str) -> Iterable[str]:
        """How an unmarked word is known to be marked."""
        return self._forms.get(word, ())

    def familiar(self, word: Syllable) -> bool:
        """Whether a word is known as it was typed: without marks, or with marks that it bears somewhere."""
        if word.toned in self.shorts or word.folded.isdigit():
            return True
        return word.folded in self._alone and (not word.marked or word.toned in self._toned)

    def sounds(self, word: Syllable) -> bool:
        """Whether a word is no slip by its looks: its rime bears such marks in other words ("vững", no "cấo")."""
        return word.marked and is_syllable(word.folded) and RIME.sub("", word.toned) in self._rimes

    def together(self, one: str, other: str) -> bool:
        """Whether one word follows the other anywhere."""
        return f"{one} {other}" in self._said

    def cost(self, before: str, word: str) -> float:
        """By how many nats a word surprises after another; "" is the beginning."""
        alone = self._alone.get(word)
        if alone is None:
            return NUMBER if word.isdigit() else NEW if is_syllable(word) else ALIEN + LETTER * len(word)
        pairs = self._said.get(f"{before} {word}")
        if pairs is None:
            return alone
        return -math.log(math.exp(-alone) + PAIRED * pairs / (self._said[before] + UNSURE))

    def heard(self, word: Syllable) -> tuple[str, str, float]:
        """The first and the last word of what is said by a typed word, and by how many nats it surprises at most."""
        spoken = self.shorts.get(word.toned)
        return (spoken[0], spoken[-1], SHORT) if spoken else (word.folded, word.folded, math.inf)

    def follows(self, before: str, word: Syllable) -> tuple[float, str]:
        """By how many nats a typed word surprises, which may be a short form, and the last word that is then said."""
        first, last, most = self.heard(word)
        return min(self.cost(before, first), most), last


def usual(patterns: Iterable[str]) -> Iterable[Spoken]:
    """The neighbours in patterns of cues: "giấy_tờ/hồ_sơ … gì" has the pair "giấy tờ", and the word "gì"."""
    for pattern in patterns:
        tokens = [[_words(way) for way in token.strip("()?").split("/")] for token in pattern.split()]
        for ways in tokens:
            yield from ways
        for ways, following in pairwise(tokens):
            yield from {(one[-1], other[0]) for one in ways for other in following if one and other}


def short_forms(abbreviations: Mapping[str, str]) -> dict[str, Spoken]:
    """Single short forms by their toned form: "ntn" stands for "nhu the nao"; "đk" may be typed "dk"."""
    found: dict[str, Spoken] = {}
    unmarked: dict[str, Spoken] = {}
    for short, full in abbreviations.items():
        words = syllables(short)
        if len(words) == 1:
            found[words[0].toned] = _words(full)
            if not is_syllable(words[0].folded):
                unmarked.setdefault(words[0].folded, _words(full))
    return {**unmarked, **found}


def _words(text: str) -> Spoken:
    return tuple(word.folded for word in syllables(text.replace("_", " ")))
