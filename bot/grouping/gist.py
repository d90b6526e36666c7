"""What a question comes down to: its telling words, how much each tells, and the entries that it was near to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

ROUTE = "route:"
LEAST = 0.02  # a candidate below says nothing


@dataclass(frozen=True)
class Gist:
    """Words with their weights in nats, entries with their scores in [0, 1]."""

    words: Mapping[str, float]
    entries: Mapping[str, float]

    @classmethod
    def of(cls, words: Iterable[tuple[str, float]], matches: Iterable[tuple[str, float]]) -> "Gist":
        """From what the log keeps of a question."""
        return cls(dict(words), {n: score for n, score in matches if score >= LEAST and not n.startswith(ROUTE)})

    @cached_property
    def weight(self) -> float:
        """All words together."""
        return sum(self.words.values())

    @cached_property
    def sureness(self) -> float:
        """The score of the nearest entry."""
        return max(self.entries.values(), default=0.0)

    @cached_property
    def shares(self) -> dict[str, float]:
        """The entries' scores as parts of 1."""
        total = sum(self.entries.values())
        return {name: score / total for name, score in self.entries.items()}
