"""What staff are offered for a question: the entries it may mean, and lines of the catalogue for a new one."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.catalogue import Listed
from bot.curation.adding import Drawers
from bot.curation.listing import Listed as Row
from bot.curation.skeleton import guide_id, guide_skeleton, skeleton
from bot.desk import Brain
from bot.storage import Wording
from bot.text import clean, folded_words

NEAREST = 5


def meant(phrase: str, wordings: Iterable[Wording]) -> str | None:
    """The question of citizens that a phrase was made of: it shares most words with it, of equals the more frequent."""
    words = set(folded_words(phrase))

    def shared(question: str) -> float:
        own = set(folded_words(question))
        return len(words & own) / max(len(words | own), 1)

    return max((one.question for one in wordings if one.question), key=shared, default=None)


@dataclass(frozen=True)
class Proposal:
    """An entry or guide that a question may mean, and how probable that is, in [0, 1]."""

    id: str
    name: str
    score: float


def nearest(mind: Brain, question: str, most: int = NEAREST) -> list[Proposal]:
    """The entries that a question fits best, the best first."""
    ranking = mind.matcher.rank(clean(question))
    found = [c for c in ranking.candidates if mind.matcher.is_entry(c.id)][:most]
    return [Proposal(c.id, mind.matcher.name_of(c.id), c.score) for c in found]


def nearest_of(mind: Brain, questions: Iterable[str], most: int = NEAREST) -> list[Proposal]:
    """The same for a group of questions: each entry with the best of its scores."""
    best: dict[str, Proposal] = {}
    for question in questions:
        for found in nearest(mind, question, most):
            if found.id not in best or found.score > best[found.id].score:
                best[found.id] = found
    return sorted(best.values(), key=lambda found: (-found.score, found.id))[:most]


def listed(mind: Brain, question: str, most: int = NEAREST) -> list[tuple[Listed, float]]:
    """Lines of the catalogue that a question may mean, with their scores in [0, 1]: where a new entry may begin."""
    ranking = mind.matcher.rank(clean(question))
    return [(mind.catalogue.by_id[c.id], c.score) for c in ranking.listed[:most] if c.id in mind.catalogue.by_id]


def begun(drawers: Drawers, line: Listed) -> str:
    """The text of a new entry, with what the catalogue says of it."""
    row = Row(line.code, line.name, line.agency, line.field, line.portal_url)
    return skeleton(row, drawers.ids(), drawers.origins())


def begun_guide(drawers: Drawers, name: str) -> str:
    """The text of a new guide."""
    return guide_skeleton(guide_id(name, drawers.ids()), name, drawers.origins())
