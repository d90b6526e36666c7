"""Groups that grow: a question joins the one it is most like, or opens a new one; no group ever changes its number."""

from collections.abc import Iterable

from bot.grouping.gist import Gist
from bot.grouping.likeness import Profile, alike

JOIN_FROM = -1.4  # nats: the odds are learned over all groups, of which only the likeliest are compared
WORDS, ENTRIES = 4, 2  # of a question, by which groups are found: the rarest words, the nearest entries
CROWD = 100  # groups that share one word or entry; the newest of them are looked at
LOOKED_AT = 6  # groups compared in full
NEAR = 0.1  # the score from which an entry finds groups
SPARE = 7.0  # nats that an entry of score 1 counts among words when groups are found


class Groups:
    """Open groups by number. The same questions in the same order make the same groups."""

    def __init__(self) -> None:
        self._profiles: dict[int, Profile] = {}
        self._found: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self._profiles)

    def add(self, gist: Gist, number: int) -> None:
        """A question of a group, which may be new."""
        profile = self._profiles.setdefault(number, Profile())
        profile.add(gist)
        for key, _ in _keys(gist):
            standing = self._found.setdefault(key, [])
            if not standing or standing[-1] != number:
                standing.append(number)

    def nearest(self, gist: Gist) -> int | None:
        """The group that a question belongs to; None where it is like none of them."""
        odds = {number: alike(gist, self._profiles[number]) for number in self._candidates(gist)}
        best = max(odds, key=lambda number: (odds[number], -number), default=None)
        return best if best is not None and odds[best] >= JOIN_FROM else None

    def _candidates(self, gist: Gist) -> Iterable[int]:
        votes: dict[int, float] = {}
        for key, weight in _keys(gist):
            for number in set(self._found.get(key, ())[-CROWD:]):
                votes[number] = votes.get(number, 0.0) + weight
        return sorted(votes, key=lambda number: (-votes[number], -number))[:LOOKED_AT]


def _keys(gist: Gist) -> list[tuple[str, float]]:
    """What a question is found by, with weights; entries stand beside words under names of their own."""
    words = sorted(gist.words.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS]
    both = [pair for pair in gist.entries.items() if pair[1] >= NEAR]
    near = sorted(both, key=lambda pair: (-pair[1], pair[0]))[:ENTRIES]
    return [*words, *((f"={name}", SPARE * score) for name, score in near)]
