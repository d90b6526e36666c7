"""How like a question is to a group of them, as the odds that one answer is right for both."""

from collections.abc import Mapping
from math import sqrt
from operator import mul

from bot.grouping.gist import Gist
from bot.grouping.weights import WEIGHTS

SIGNALS = ("agree", "shares", "clash", "within", "telling")
BIAS, FACTORS = WEIGHTS[0], WEIGHTS[1:]
APART = -9.0  # nats: what has nothing in common but a vague likeness to the same entries
SURE = 0.6  # an entry that both ask for so surely needs no common word
MOST = 7.0  # nats: what the rarest word weighs, about


class Profile:
    """What the questions of a group have in common, kept as sums; `peak` is the highest of its entries."""

    __slots__ = ("entries", "members", "peak", "shares", "weight", "words")

    def __init__(self) -> None:
        self.members = 0
        self.weight = 0.0
        self.words: dict[str, int] = {}
        self.entries: dict[str, float] = {}
        self.peak = 0.0
        self.shares: dict[str, float] = {}

    def add(self, gist: Gist) -> None:
        """One more question."""
        self.members += 1
        self.weight += gist.weight
        words = self.words
        for word in gist.words:
            words[word] = words.get(word, 0) + 1
        for sums, values in ((self.entries, gist.entries), (self.shares, gist.shares)):
            for name, value in values.items():
                sums[name] = sums.get(name, 0.0) + value
        self.peak = max([self.peak, *(self.entries[name] for name in gist.entries)])


def signals(gist: Gist, group: Profile) -> tuple[float, ...]:
    """The signals of `SIGNALS`, each about in [0, 1].

    agree: of both, the probability that they ask for the same entry; shares: the same where all are unlikely; clash:
    they are sure of different ones; within: the part of the words of the shorter that
    the other says too; telling: the rarest such word.
    """
    members = group.members
    agree = _common(gist.entries, group.entries, members)
    clash = min(gist.sureness, group.peak / members) - agree
    shared, rarest = 0.0, 0.0
    for word, weight in gist.words.items():
        said = group.words.get(word)
        if said:
            worth = weight * sqrt(said / members)
            shared += worth
            if worth > rarest:
                rarest = worth
    least = min(gist.weight, group.weight / members)
    within = shared / least if least else 0.0
    shares = _common(gist.shares, group.shares, members)
    return agree, shares, max(0.0, clash), within, rarest / MOST


def alike(gist: Gist, group: Profile) -> float:
    """The log odds, in nats, that an answer to the group answers this question too."""
    found = signals(gist, group)
    if found[0] < SURE and not found[-1]:
        return APART
    odds: float = sum(map(mul, FACTORS, found), BIAS)
    return odds


def _common(one: Mapping[str, float], sums: Mapping[str, float], members: int) -> float:
    return sum(min(value, sums[name] / members) for name, value in one.items() if name in sums)
