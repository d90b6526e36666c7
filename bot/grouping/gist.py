"""What a question comes down to: its telling words, how much each tells, and the entries that it was near to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

ROUTE = "route:"
LEAST = 0.02  # a candidate below says nothing
WORDS, ENTRIES = 4, 2  # of a question, by which groups are found: the rarest words, the nearest entries
NEAR = 0.1  # the score from which an entry finds groups
SPARE = 7.0  # nats that an entry of score 1 counts among words when groups are found


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

    @cached_property
    def keys(self) -> list[tuple[str, float]]:
        """What groups are found by, with weights; entries stand beside words under names of their own."""
        words = sorted(self.words.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS]
        both = [pair for pair in self.entries.items() if pair[1] >= NEAR]
        near = sorted(both, key=lambda pair: (-pair[1], pair[0]))[:ENTRIES]
        return [*words, *((f"={name}", SPARE * score) for name, score in near)]
