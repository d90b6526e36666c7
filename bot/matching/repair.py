"""Typing slips mended: only words that are no Vietnamese syllable and not known, one slip at most, or glued ones."""

from collections.abc import Mapping

from rapidfuzz.distance import OSA

from bot.text import Syllable, is_syllable, same_sound

SHORTEST_SLIP = 4  # a three-letter word is one slip away from too many others
SHORTEST_GLUED = 5  # "khaisinh"; anything shorter is an unknown word


class Repairer:
    """Mends words against a vocabulary of {unmarked word: how often it stands in the base}."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary), default=0)
        self._by_length: dict[int, list[str]] = {}
        for word in vocabulary:
            self._by_length.setdefault(len(word), []).append(word)

    def mend(self, words: tuple[Syllable, ...]) -> tuple[Syllable, ...]:
        """The same words, with slips mended: ("đnăg", "kys") becomes "dang", "ky" without their marks."""
        return tuple(mended for word in words for mended in self._mended(word))

    def _mended(self, word: Syllable) -> tuple[Syllable, ...]:
        folded = word.folded
        if folded in self._vocabulary or is_syllable(folded) or folded.isdigit():
            return (word,)
        found = self._split(folded) or self._nearest(folded)
        return tuple(Syllable(w, w, w) for w in found) if found else (word,)

    def _split(self, glued: str) -> tuple[str, ...]:
        if len(glued) < SHORTEST_GLUED:
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(glued)
        for end in range(1, len(glued) + 1):
            for start in range(max(0, end - self._longest), end):
                before, word = best[start], same_sound(glued[start:end])
                if before is None or not (word in self._vocabulary and is_syllable(word)):
                    continue
                now = best[end]
                if now is None or len(before) + 1 < len(now):
                    best[end] = (*before, word)
        return best[-1] or ()

    def _nearest(self, slip: str) -> tuple[str, ...]:
        if len(slip) < SHORTEST_SLIP:
            return ()
        near = [
            word
            for length in (len(slip) - 1, len(slip), len(slip) + 1)
            for word in self._by_length.get(length, ())
            if OSA.distance(slip, word, score_cutoff=1) <= 1
        ]
        return (max(near, key=lambda w: (self._vocabulary[w], w)),) if near else ()
