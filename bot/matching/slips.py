"""What may have been meant by a word typed in a hurry: words near it, words glued to it, each with what it costs."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.matching.speech import Speech, Spoken
from bot.text import Syllable, fold, is_syllable, same_sound, untelexed

# Nats: how much less likely each slip is than to type what was meant.
TELEX = 2.0  # letters of the keyboard's Telex that became no mark
GLUED = 2.5  # a space left out
EASY = 2.5  # a letter twice, left out, changed with the next, or the key beside it
HARD = 7.5  # any other letter too many or wrong
TONE = 2.0  # a mark that the word does not bear
FAMILIAR = 2.5  # to have meant another word than a known one, in a message with evident slips
CALM = 7.0  # the same in one without
TWO_SLIPS = 4  # letters: a shorter word is two slips away from anything
LONGEST = 12  # letters: what is longer is no slip of one word
LONGEST_SYLLABLE = 7  # "nghieng"
LONGEST_GLUED = 30
LONGEST_HALF = 8
LONGEST_SLIPPED = 12  # glued words of which one has a slip
SHORTEST_GLUED = 3
KEPT = 6  # ways to read a word that are weighed in their sentence
TRIED = 3  # near words for a part of glued ones
REMEMBERED = 4096  # words; most slips are not new
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BESIDE = {one + other for row in ROWS for one, other in (*pairwise(row), *pairwise(row[::-1]))}
TWICE = re.compile(r"(.)\1+")
NOTHING: tuple[float, Spoken] = (math.inf, ())
NUMBERED = re.compile(r"\d+|[^\d]+")


class Way(NamedTuple):
    """One way to read what was typed, and nats for what must have gone wrong."""

    words: tuple[Syllable, ...]
    cost: float


class Slips:
    """Ways to read typed words, out of the known words of some speech."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._less: dict[str, list[str]] = {}  # spellings by themselves less one letter: one slip apart share a form
        short = (word for word in speech.shorts if len(word) >= SHORTEST_GLUED and fold(word) == word)
        for spelling in {s for word in (*speech.words(), *short) for s in _spellings(word)}:
            for form in _less(spelling):
                self._less.setdefault(form, []).append(spelling)
        self.ways = lru_cache(REMEMBERED)(self._ways)
        self._near = lru_cache(REMEMBERED)(self._nearest)

    def _ways(self, word: Syllable, hasty: bool) -> tuple[Way, ...]:
        """As it was typed first, then the likeliest others."""
        typed = fold(word.typed)
        kept = Way((word,), self._mismatch(word, word.folded, 0) if self._speech.knows(word.folded) else 0.0)
        if typed.isdigit():
            return (kept,)
        return (kept, *sorted(self._others(word, typed, hasty), key=self._alone)[:KEPT])

    def _others(self, word: Syllable, typed: str, hasty: bool) -> Iterator[Way]:
        familiar = self._speech.familiar(word)
        known = familiar or self._speech.sounds(word)
        sure = (FAMILIAR if hasty else CALM) if known else 0.0
        if not typed.isalpha():
            yield from () if familiar else self._numbered(typed, word.marked)
            return
        for (near,), cost in self._near(typed, 1 if familiar else 2):
            slips = OSA.distance(typed, near.folded)
            yield Way((near,), cost + sure + self._mismatch(word, near.folded, slips))
        if not self._speech.knows(word.folded) and SHORTEST_GLUED <= len(typed) <= LONGEST_GLUED:
            yield from self._parted(typed)

    def _alone(self, way: Way) -> tuple[float, tuple[str, ...]]:
        """What a way costs outside of any sentence, for sorting."""
        total, last = way.cost, ""
        for word in way.words:
            cost, last = self._speech.follows(last, word)
            total += cost
        return total, tuple(word.folded for word in way.words)

    def _mismatch(self, word: Syllable, meant: str, slips: int) -> float:
        """What the typed marks speak against a word, beyond its slips: "cấo" may be "cấp", hardly "cao"."""
        if not word.marked:
            return 0.0
        nearest = min((OSA.distance(word.toned, form) for form in self._speech.forms(meant)), default=slips + 1)
        return TONE * min(max(nearest - slips, 0), 2)

    def _nearest(self, typed: str, most: int = 2) -> tuple[Way, ...]:
        """Known words at most so many slips away; one, where the word is short."""
        if len(typed) > LONGEST:
            return ()
        best: dict[str, float] = {}
        for form, before in (_plainer(typed) if most > 1 else {typed: 0.0}).items():
            for spelling, cost in self._around(form, most):
                if spelling != typed:
                    word = same_sound(spelling)
                    best[word] = min(before + cost, best.get(word, before + cost))
        found = sorted((cost + self._speech.cost("", word), word) for word, cost in best.items())
        return tuple(Way(_plain(word), best[word]) for _, word in found[: KEPT + TRIED])

    def _around(self, form: str, most: int) -> Iterator[tuple[str, float]]:
        most = most if len(form) >= TWO_SLIPS else 1
        for spelling in {word for less in _less(form) for word in self._less.get(less, ())}:
            slips = OSA.distance(form, spelling)
            if slips <= most and (slips < 2 or len(spelling) >= TWO_SLIPS):
                yield spelling, _slip(form, spelling, slips)

    def _numbered(self, typed: str, marked: bool) -> Iterator[Way]:
        """Numbers in a word: glued to it ("cấp2"), or marks of a VNI keyboard ("dang1")."""
        letters = same_sound("".join(c for c in typed if not c.isdigit()))
        if not marked and self._speech.knows(letters) and is_syllable(letters):
            yield Way(_plain(letters), TELEX)
        parts = [same_sound(part) for part in NUMBERED.findall(typed)]
        if all(part.isdigit() or self._is_part(part) for part in parts):
            yield Way(_plain(*parts), GLUED * (len(parts) - 1))

    def _parted(self, typed: str) -> Iterator[Way]:
        """Glued words; of two halves one may have a slip."""
        for form, before in _plainer(typed).items():
            whole = self._heads(form)[-1]
            if whole:
                yield Way(_plain(*whole), before + GLUED * (len(whole) - 1))
                if all(self._speech.together(*pair) for pair in pairwise(whole)):
                    return
        if len(typed) <= LONGEST_SLIPPED:
            heads, tails = self._heads(typed), self._tails(typed)
            for at in range(1, len(typed)):
                for way in self._half(typed[at:]) if heads[at] else ():
                    yield Way((*_plain(*heads[at]), *way.words), way.cost + GLUED * len(heads[at]))
                for way in self._half(typed[:at]) if tails[at] else ():
                    yield Way((*way.words, *_plain(*tails[at])), way.cost + GLUED * len(tails[at]))

    def _half(self, typed: str) -> tuple[Way, ...]:
        return self._near(typed, 1)[:TRIED] if SHORTEST_GLUED <= len(typed) <= LONGEST_HALF else ()

    def _heads(self, glued: str) -> list[Spoken]:
        """For each place the likeliest words that the letters before it are, written without spaces, if any are."""
        best: list[tuple[float, Spoken]] = [(0.0, ("",))] + [NOTHING] * len(glued)
        for end in range(1, len(glued) + 1):
            for start in range(max(0, end - LONGEST_SYLLABLE), end):
                before, said = best[start]
                if said and self._is_part(word := same_sound(glued[start:end])):
                    cost = before + GLUED + self._speech.cost(said[-1], word)
                    best[end] = min(best[end], (cost, (*said, word)))
        return [said[1:] for _, said in best]

    def _tails(self, glued: str) -> list[Spoken]:
        """The same for the letters after each place."""
        best: list[tuple[float, Spoken]] = [NOTHING] * len(glued) + [(0.0, ("",))]
        for start in reversed(range(len(glued))):
            for end in range(start + 1, min(start + LONGEST_SYLLABLE, len(glued)) + 1):
                after, said = best[end]
                if said and self._is_part(word := same_sound(glued[start:end])):
                    cost = after + GLUED + self._speech.cost("", word)
                    best[start] = min(best[start], (cost, (word, *said)))
        return [said[:-1] for _, said in best]

    def _is_part(self, word: str) -> bool:
        return (self._speech.knows(word) and is_syllable(word)) or (len(word) > 1 and word in self._speech.shorts)


def _plainer(typed: str) -> dict[str, float]:
    """What was typed, without letters that are twice there or a keyboard's Telex, and what those cost."""
    others = {TWICE.sub(r"\1", typed): EASY, untelexed(typed): TELEX}
    return {typed: 0.0} | {form: cost for form, cost in others.items() if form != typed}


def _plain(*words: str) -> tuple[Syllable, ...]:
    return tuple(Syllable(word, word, word) for word in words)


def _slip(typed: str, meant: str, slips: int) -> float:
    """What one or two slips cost."""
    if slips == 0:
        return 0.0
    if slips > 1:
        return 2 * HARD
    if len(typed) < len(meant):
        return EASY
    if len(typed) > len(meant):
        return EASY if TWICE.sub(r"\1", typed) == TWICE.sub(r"\1", meant) else HARD
    wrong = [one + other for one, other in zip(typed, meant, strict=True) if one != other]
    return EASY if len(wrong) > 1 or wrong[0] in BESIDE else HARD


def _spellings(word: str) -> tuple[str, ...]:
    """How a word may be typed: "ki" is "ky" as well."""
    other = f"{word[:-1]}y"
    return (word, other) if word.endswith("i") and same_sound(other) == word else (word,)


def _less(word: str) -> set[str]:
    """A word, and all that is left of it without one letter (the symmetric delete of SymSpell)."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
