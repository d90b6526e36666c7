"""Typing slips mended: words that are no Vietnamese, and words no neighbour knows where both know a near one."""

from collections.abc import Container, Iterator, Mapping

from rapidfuzz.distance import OSA

from bot.text import Syllable, is_syllable, same_sound

SHORTEST_SLIP = 4  # a three-letter word is one slip away from too many others, if nothing but its letters is known
SHORTEST_IN_PLACE = 2  # between two neighbours that know it, a shorter one is told
SHORTEST_GLUED = 5  # "khaisinh"; anything shorter is an unknown word
LONGEST = 24  # letters: what is longer is no word of one slip


class Repairer:
    """Mends words against a vocabulary of {unmarked word: how often it stands in the base} and its known pairs.

    `common` are words that stand beside any other ("mấy", "làm"): they are never taken for a slip.
    """

    def __init__(self, vocabulary: Mapping[str, int], pairs: Container[str] = (), common: Container[str] = ()) -> None:
        self._vocabulary = vocabulary
        self._pairs = pairs
        self._common = common
        self._longest = max(map(len, vocabulary), default=0)
        self._less: dict[str, list[str]] = {}  # words by themselves less one letter: one slip apart share such a form
        for word in vocabulary:
            for form in _less(word):
                self._less.setdefault(form, []).append(word)

    def mend(self, words: tuple[Syllable, ...]) -> tuple[Syllable, ...]:
        """The same words, with slips mended: ("đnăg", "kys") becomes "dang", "ky" without their marks."""
        mended = [done for word in words for done in self._mended(word)]
        for place in range(len(mended)):
            mended[place] = self._in_place(mended, place)
        return tuple(mended)

    def _mended(self, word: Syllable) -> tuple[Syllable, ...]:
        folded = word.folded
        if folded in self._vocabulary or folded in self._common or is_syllable(folded) or folded.isdigit():
            return (word,)
        found = self._split(folded) or self._nearest(folded)
        return tuple(Syllable(w, w, w) for w in found) if found else (word,)

    def _in_place(self, words: list[Syllable], place: int) -> Syllable:
        """A word that no neighbour knows, as the near word that its neighbours know: "đăng ký khia sinh"."""
        word = words[place]
        if len(word.folded) < SHORTEST_IN_PLACE or word.folded.isdigit() or word.folded in self._common:
            return word
        if self._known(words, place, word.folded):
            return word
        needed = 1 if word.folded not in self._vocabulary else 2
        found = [(self._known(words, place, near), self._vocabulary[near], near) for near in self._near(word.folded)]
        known, _, best = max(found, default=(0, 0, ""))
        return Syllable(best, best, best) if known >= needed else word

    def _known(self, words: list[Syllable], place: int, word: str) -> int:
        """With how many of its two neighbours a word stands somewhere in the base."""
        before = place > 0 and f"{words[place - 1].folded} {word}" in self._pairs
        return before + (place + 1 < len(words) and f"{word} {words[place + 1].folded}" in self._pairs)

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
        near = list(self._near(slip))
        return (max(near, key=lambda w: (self._vocabulary[w], w)),) if near else ()

    def _near(self, slip: str) -> Iterator[str]:
        """Known words one slip away: a letter more, less, changed, or two swapped."""
        if len(slip) > LONGEST:
            return
        found = {word for form in _less(slip) for word in self._less.get(form, ())}
        yield from (w for w in sorted(found) if w != slip and OSA.distance(slip, w, score_cutoff=1) <= 1)


def _less(word: str) -> set[str]:
    """A word, and all that is left of it without one letter (the symmetric delete of SymSpell)."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}
