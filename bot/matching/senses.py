"""What a text means in other words: "rơi mất", "rách" and "cấp lại" all speak of a paper that is lost or spoilt."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.matching.steady import steady

NEARLY_ALL = 0.9  # a share from which a step more would be more than all
SMOOTHING = 3.0  # phrases that every target is thought to have beside its own, meaning what all targets mean


@dataclass(frozen=True)
class Senses:
    """Senses by name, and what each says about each target, in nats.

    A naive Bayes model of independent yes-or-no features (McCallum and Nigam, "A comparison of event models for naive
    Bayes text classification", 1998): of target t and sense s, `said[t * len(names) + s]` tells by how much likelier a
    question with the sense is from that target than from any, `unsaid` the same for one without it.
    """

    names: tuple[str, ...] = ()
    said: "array[float]" = field(default_factory=lambda: array("d"))
    unsaid: "array[float]" = field(default_factory=lambda: array("d"))

    @classmethod
    def of(cls, targets: Sequence[Sequence[Iterable[str]]], name_count: int = 1) -> "Senses":
        """Learned from the senses of each phrase of each target; a target's first phrase counts `name_count` times."""
        counts = [
            Counter(s for n, senses in enumerate(phrases) for s in [*senses] * (1 if n else name_count))
            for phrases in targets
        ]
        sizes = [len(phrases) + name_count - 1 for phrases in targets]
        names = tuple(sorted(set().union(*counts)))
        sums = [math.fsum(c[s] / n for c, n in zip(counts, sizes, strict=True)) for s in names]
        usual = [_usual(told, len(targets)) for told in sums]
        made = cls(names)
        for count, size in zip(counts, sizes, strict=True):
            for sense, anywhere in zip(names, usual, strict=True):
                here = (count[sense] + SMOOTHING * anywhere) / (size + SMOOTHING)
                made.said.append(math.log(here / anywhere))
                made.unsaid.append(math.log((1 - here) / (1 - anywhere)) if here < 1 else 0.0)
        return made

    @cached_property
    def _by_name(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def _silent(self) -> list[float]:
        """What it says about each target that a question has no sense at all."""
        count = len(self.names)
        return [math.fsum(self.unsaid[at : at + count]) for at in range(0, len(self.unsaid), count or 1)]

    def numbers(self, names: Iterable[str]) -> tuple[int, ...]:
        """The numbers of some senses, without those that no target has."""
        return tuple(self._by_name[name] for name in names if name in self._by_name)

    def odds(self, senses: Iterable[int], target: int) -> tuple[float, float]:
        """What the senses that a question has, and those that it has not, say about a target, in nats."""
        if not self.names:
            return 0.0, 0.0
        places = [target * len(self.names) + sense for sense in senses]
        told = math.fsum(self.said[place] for place in places)
        return told, self._silent[target] - math.fsum(self.unsaid[place] for place in places)


def _usual(told: float, targets: int) -> float:
    """The share of phrases with a sense, as `steady` counts; exactly where a step more would be more than all."""
    return told / targets if told > NEARLY_ALL * targets else steady(told) / steady(targets)
