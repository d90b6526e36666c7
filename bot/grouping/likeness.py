"""How like a question is to a group of them, as the odds that one answer is right for both."""

from collections import Counter
from collections.abc import Mapping
from math import sqrt

from bot.grouping.gist import Gist
from bot.grouping.weights import WEIGHTS

SIGNALS = ("agree", "shares", "clash", "within", "telling")
APART = -9.0  # nats: what has nothing in common but a vague likeness to the same entries
SURE = 0.6  # an entry that both ask for so surely needs no common word
MOST = 7.0  # nats: what the rarest word weighs, about


class Profile:
    """What the questions of a group have in common, kept as sums."""

    __slots__ = ("entries", "members", "shares", "weight", "words")

    def __init__(self) -> None:
        self.members = 0
        self.weight = 0.0
        self.words: Counter[str] = Counter()
        self.entries: dict[str, float] = {}
        self.shares: dict[str, float] = {}

    def add(self, gist: Gist) -> None:
        """One more question."""
        self.members += 1
        self.weight += gist.weight
        self.words.update(gist.words.keys())
        for sums, values in ((self.entries, gist.entries), (self.shares, gist.shares)):
            for name, value in values.items():
                sums[name] = sums.get(name, 0.0) + value


def signals(gist: Gist, group: Profile) -> tuple[float, ...]:
    """The signals of `SIGNALS`, each about in [0, 1].

    agree: of both, the probability that they ask for the same entry; shares: the same where all are unlikely; clash:
    they are sure of different ones; within: the part of the words of the shorter that
    the other says too; telling: the rarest such word.
    """
    members = group.members
    agree = _common(gist.entries, group.entries, members)
    clash = min(gist.sureness, max(group.entries.values(), default=0.0) / members) - agree
    shared, rarest = 0.0, 0.0
    for word, weight in gist.words.items():
        said = group.words.get(word)
        if said:
            worth = weight * sqrt(said / members)
            shared += worth
            rarest = max(rarest, worth)
    least = min(gist.weight, group.weight / members)
    within = shared / least if least else 0.0
    shares = _common(gist.shares, group.shares, members)
    return agree, shares, max(0.0, clash), within, rarest / MOST


def alike(gist: Gist, group: Profile) -> float:
    """The log odds, in nats, that an answer to the group answers this question too."""
    bias, *weights = WEIGHTS
    agree, *_, telling = found = signals(gist, group)
    if agree < SURE and not telling:
        return APART
    return bias + sum(w * x for w, x in zip(weights, found, strict=True))


def _common(one: Mapping[str, float], sums: Mapping[str, float], members: int) -> float:
    return sum(min(value, sums[name] / members) for name, value in one.items() if name in sums)
