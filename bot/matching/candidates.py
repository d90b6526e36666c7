"""What ranking gives: who could be meant, how well it fits, and what spoke for it."""

from dataclasses import dataclass

from bot.matching.reading import Reading
from bot.procedures import Facet
from bot.text import Syllable

ROUTE_PREFIX = "route:"
TOLD_FROM = 0.5  # words that tell nothing one by one may name an entry that is so probable: "so do lan dau"


@dataclass(frozen=True)
class Candidate:
    """An entry (or a route) and how well it fits, in [0, 1]; `matched` are the words that spoke for it."""

    id: str
    score: float
    matched: tuple[str, ...]
    coverage: float
    likeness: float


@dataclass(frozen=True)
class Ranking:
    """Candidates, best first; `margin` is the lead of the first, in [0, 1].

    `listed` are those of the catalogue, whose scores have a measure of their own; what both layers share is the
    coverage: `rival` is the share of the question, in [0, 1], that the best full entries cover by that measure.
    """

    candidates: tuple[Candidate, ...]
    reading: Reading
    weak: frozenset[str] = frozenset()
    weak_toned: frozenset[str] = frozenset()
    listed: tuple[Candidate, ...] = ()
    rival: float = 0.0

    @property
    def is_telling(self) -> bool:
        """Whether any word could tell one procedure from another, or all together do: "còn lệ phí?" has none."""
        best = next((c.score for c in self.candidates if not c.id.startswith(ROUTE_PREFIX)), 0.0)
        return best >= TOLD_FROM or any(map(self.tells, self.reading.words))

    def tells(self, word: Syllable) -> bool:
        """Whether a word could tell one procedure from another: "sổ" does, though "sơ" of "hồ sơ" does not."""
        return word.folded not in self.weak or (word.marked and word.toned not in self.weak_toned)

    @property
    def margin(self) -> float:
        """By how much the first leads the second."""
        scores = [c.score for c in self.candidates[:2]] + [0.0, 0.0]
        return scores[0] - scores[1]

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets asked for, in order."""
        return self.reading.facets
