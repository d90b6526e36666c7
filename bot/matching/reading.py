"""A question read word by word: short forms spelled out, everyday names made one, facets and padding set aside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.matching.repair import Repairer
from bot.procedures import Facet
from bot.text import Syllable, is_syllable, syllables

Meaning = TypeVar("Meaning")


class PhraseTable(Generic[Meaning]):
    """Finds known word sequences in a text, the longest first; accents must agree where they were typed."""

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[Syllable, ...], Meaning]]] = {}
        for phrase, meaning in entries:
            words = syllables(phrase)
            self._by_first.setdefault(words[0].folded, []).append((words, meaning))
        for group in self._by_first.values():
            group.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[Syllable], start: int) -> tuple[int, Meaning] | None:
        """(number of words, meaning) of the longest known sequence that begins at `start`."""
        for known, meaning in self._by_first.get(words[start].folded, ()):
            window = words[start : start + len(known)]
            if len(window) == len(known) and all(map(_agree, window, known)) and not _vague(window, known):
                return len(known), meaning
        return None


def _agree(typed: Syllable, known: Syllable) -> bool:
    return typed.folded == known.folded and (not typed.marked or typed.toned == known.toned)


def _vague(typed: Sequence[Syllable], known: Sequence[Syllable]) -> bool:
    """One accented word typed without accents may be another: "vang" is "vâng" or "vắng", "the" "thế" or "thẻ"."""
    return len(known) == 1 and known[0].marked and not typed[0].marked and is_syllable(typed[0].folded)


@dataclass(frozen=True)
class Reading:
    """What a text says: the words that tell procedures apart, and the facets it asks for, in order."""

    words: tuple[Syllable, ...]
    facets: tuple[Facet, ...] = ()
    all_words: tuple[Syllable, ...] = ()


class Reader:
    """Reads questions and phrases alike, with one lexicon."""

    def __init__(
        self,
        abbreviations: Mapping[str, str],
        synonyms: Mapping[str, Sequence[str]],
        padding: Sequence[str],
        facets: Mapping[Facet, Sequence[str]],
        names: Sequence[str] = (),
    ) -> None:
        self._abbreviations = PhraseTable((short, syllables(full)) for short, full in abbreviations.items())
        self._synonyms = PhraseTable(
            (variant, syllables(name)) for name, variants in synonyms.items() for variant in variants
        )
        self._cues = PhraseTable((cue, facet) for facet, cues in facets.items() for cue in cues)
        self._padding = PhraseTable((phrase, None) for phrase in padding)
        self._names = PhraseTable((name, None) for name in names)

    def read(self, text: str, repairer: Repairer | None = None) -> Reading:
        """The reading of a text; with a `repairer`, words that are no Vietnamese are mended first."""
        words = _replaced(syllables(text), self._abbreviations)
        if repairer:
            words = repairer.mend(words)
        words = _replaced(words, self._synonyms)
        kept: list[Syllable] = []
        facets: list[Facet] = []
        position = 0
        while position < len(words):
            cue, padding = self._cues.match(words, position), self._padding.match(words, position)
            if cue and self._cuts_a_name(words, position, cue[0]):
                cue = None
            if cue and (not padding or cue[0] >= padding[0]):
                facets.append(cue[1])
                position += cue[0]
            elif padding:
                position += padding[0]
            else:
                kept.append(words[position])
                position += 1
        return Reading(tuple(kept), tuple(dict.fromkeys(facets)), words)

    def _cuts_a_name(self, words: tuple[Syllable, ...], start: int, length: int) -> bool:
        """Whether a name begins inside the cue and goes on behind it: "làm hộ" in "làm hộ chiếu"."""
        found = ((inside, self._names.match(words, inside)) for inside in range(start + 1, start + length))
        return any(name and inside + name[0] > start + length for inside, name in found)


def _replaced(words: tuple[Syllable, ...], table: PhraseTable[tuple[Syllable, ...]]) -> tuple[Syllable, ...]:
    result: list[Syllable] = []
    position = 0
    while position < len(words):
        found = table.match(words, position)
        if found:
            result += found[1]
            position += found[0]
        else:
            result.append(words[position])
            position += 1
    return tuple(result)
