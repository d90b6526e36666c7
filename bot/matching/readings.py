"""Phrases read once: 14,000 of them take three seconds to read, and most are the same at the next start."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from bot.matching.reading import Reader


class Spoken(NamedTuple):
    """The telling words of a phrase, parted by spaces: without marks, and with the tone at the end; what it means."""

    folded: str
    toned: str
    senses: tuple[str, ...] = ()


class Readings:
    """Reads phrases with one lexicon; `kept` finds readings of an earlier start with the same lexicon and program.

    `whole` keeps of a phrase what is otherwise set aside, facets and politeness too.
    """

    def __init__(self, reader: Reader, kept: Callable[[], Mapping[str, Spoken]] = dict, whole: bool = False) -> None:
        self._reader = reader
        self._whole = whole
        self._find = kept
        self.used: dict[str, Spoken] = {}

    @property
    def grown(self) -> bool:
        """Whether something was read that was not kept."""
        return any(text not in self._kept for text in self.used)

    def read(self, text: str) -> Spoken:
        """A phrase's telling words; all of its words where none is telling."""
        found = self._kept.get(text) or self.used.get(text) or self._spoken(text)
        self.used[text] = found
        return found

    def forget(self) -> None:
        """Let go of what was read: an index has taken what it needs."""
        self._find, self.used = dict, {}
        self.__dict__.pop("_kept", None)

    @cached_property
    def _kept(self) -> Mapping[str, Spoken]:
        return self._find()

    def _spoken(self, text: str) -> Spoken:
        reading = self._reader.read(text)
        words = reading.all_words if self._whole else reading.words or reading.all_words
        return Spoken(" ".join(w.folded for w in words), " ".join(w.toned for w in words), reading.senses)
