"""Typing slips mended: the likeliest sentence that, typed in a hurry, looks like the message (a noisy channel)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from bot.matching.slips import Slips, Way
from bot.matching.speech import Speech
from bot.text import Syllable, is_syllable, syllables

PARTED = 5.0  # nats: a space inside a word ("đăn g ký")
MOST = 24  # unsure words of a message that are looked at
HASTY = 0.08  # of the words of a message are evident slips

Words: TypeAlias = tuple[Syllable, ...]


@dataclass(frozen=True)
class Path:
    """The likeliest reading up to some word: what it cost, the reading before, and what was added."""

    cost: float
    before: "Path | None" = None
    added: Words = ()


class Repairer:
    """Mends words that surprise where they stand; never changes after it is built."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    @cached_property
    def _slips(self) -> Slips:
        """Made when the first word is unsure: most messages have none."""
        return Slips(self._speech)

    def mend(self, parts: Sequence[Words]) -> list[Words]:
        """The parts of a message with slips mended: ("đnăg", "kys") becomes "dang", "ki" without their marks."""
        words = [word for part in parts for word in part]
        familiar = {word: self._speech.familiar(word) for word in words}
        evident = sum(not familiar[word] and not is_syllable(word.folded) for word in words)
        hasty = evident > HASTY * len(words)
        left = MOST
        mended = []
        for part in parts:
            unsure = self._unsure(part, familiar, hasty)[:left]
            mended.append(self._mended(part, unsure, hasty) if unsure else part)
            left -= len(unsure)
        return mended

    def familiar(self, words: Iterable[Syllable]) -> bool:
        """Whether all words are known as they were typed: then nothing is mended."""
        return all(word.folded.isdigit() or self._speech.familiar(word) for word in words)

    def _unsure(self, words: Words, familiar: Mapping[Syllable, bool], hasty: bool) -> list[int]:
        """Where words stand that may be slips: all that are not familiar, in haste those too that fit no neighbour."""
        said = [self._speech.heard(word) for word in words]
        pairs = [hasty and self._speech.together(one[1], other[0]) for one, other in pairwise(said)]
        fits = [not hasty or before or after for before, after in zip([False, *pairs], [*pairs, False], strict=True)]
        known = [word.folded.isdigit() or (familiar[word] and fit) for word, fit in zip(words, fits, strict=False)]
        return [at for at, sure in enumerate(known) if not sure]

    def _mended(self, words: Words, unsure: Sequence[int], hasty: bool) -> Words:
        paths: list[dict[str, Path]] = [{} for _ in range(len(words) + 1)]
        paths[0] = {"": Path(0.0)}
        for at, word in enumerate(words):
            for way in self._slips.ways(word, hasty) if at in unsure else (Way((word,), 0.0),):
                self._go_on(paths[at], paths[at + 1], way.words, way.cost)
            if at + 1 < len(words) and (at in unsure or at + 1 in unsure):
                self._join(paths[at], paths[at + 2], words[at : at + 2])
        return _told(min(paths[-1].values(), key=lambda path: path.cost))

    def _go_on(self, before: dict[str, Path], after: dict[str, Path], added: Words, cost: float) -> None:
        """Add words to the likeliest of the paths before, if that is the likeliest path to their last word."""
        if not before:
            return
        first, last, most = self._speech.heard(added[0])
        surprise = self._speech.cost
        least, start = min((path.cost + min(surprise(one, first), most), one) for one, path in before.items())
        for word in added[1:]:
            more, last = self._speech.follows(last, word)
            cost += more
        known = after.get(last)
        if known is None or least + cost < known.cost:
            after[last] = Path(least + cost, before[start], added)

    def _join(self, before: dict[str, Path], after: dict[str, Path], parts: Words) -> None:
        """Two words that are one with a space in it."""
        joined = syllables("".join(word.typed for word in parts))
        if len(joined) == 1 and self._speech.familiar(joined[0]) and self._speech.knows(joined[0].folded):
            self._go_on(before, after, joined, PARTED)


def _told(path: Path | None) -> Words:
    parts: list[Words] = []
    while path is not None:
        parts.append(path.added)
        path = path.before
    return tuple(word for part in reversed(parts) for word in part)
