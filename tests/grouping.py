"""Labelled groups of like questions: read, asked at a desk, gathered as the log would be, and compared."""

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path

import yaml

from bot.desk import Desk, Question
from bot.grouping import Gist, Groups

PLACE = Path(__file__).parent / "grouped"


@dataclass(frozen=True)
class Labelled:
    """A question, the group that it belongs to, and what the log would keep of it."""

    text: str
    group: int
    gist: Gist


@dataclass(frozen=True)
class Pairs:
    """Of all pairs of questions that are together in one or the other: shares in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def labelled(desk: Desk, part: str) -> list[Labelled]:
    """The questions of one file, in an order that mixes the groups, the same each time."""
    groups = yaml.safe_load((PLACE / f"{part}.yaml").read_text("utf-8"))["groups"]
    found = [
        Labelled(text, number, gist_of(desk, text))
        for number, group in enumerate(groups)
        for text in group["questions"]
    ]
    random.Random(part).shuffle(found)
    return found


def gist_of(desk: Desk, text: str) -> Gist:
    """What the log would keep of a question."""
    handled = desk.ask(Question(text, "test"))
    return Gist.of(handled.entry.words, handled.entry.matches)


def gathered(gists: Iterable[Gist]) -> list[int]:
    """The number of each one's group, as questions come in."""
    groups, numbers = Groups(), []
    for gist in gists:
        number = groups.nearest(gist)
        number = len(groups) if number is None else number
        groups.add(gist, number)
        numbers.append(number)
    return numbers


def pairs(found: Sequence[Hashable], right: Sequence[Hashable]) -> Pairs:
    """Pairwise precision and recall of groups, given by a label for each question."""
    together = _together(zip(found, right, strict=True))
    return Pairs(together / max(1, _together(found)), together / max(1, _together(right)))


def _together(labels: Iterable[Hashable]) -> int:
    return sum(comb(count, 2) for count in Counter(labels).values())
