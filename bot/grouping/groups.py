"""Groups that grow: a question joins the one it is most like, or opens a new one; no group ever changes its number."""

from collections.abc import Iterable

from bot.grouping.gist import Gist
from bot.grouping.likeness import Profile, alike

JOIN_FROM = -1.4  # nats: the odds are learned over all groups, of which only the likeliest are compared
CROWD = 100  # groups that share one word or entry; the newest of them are looked at
LOOKED_AT = 6  # groups compared in full


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
        for key, _ in gist.keys:
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
        counted = votes.get
        for key, weight in gist.keys:
            for number in set(self._found.get(key, ())[-CROWD:]):
                votes[number] = counted(number, 0.0) + weight
        ranked = sorted([(weight, number) for number, weight in votes.items()], reverse=True)
        return [number for _, number in ranked[:LOOKED_AT]]
