"""Every answer of the base read on two days: which ones change, and which amounts are no longer told."""

import datetime
import enum
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.phrases import VIETNAMESE
from bot.procedures import Facet, Guide, Procedure
from bot.replies import Reply, Speaker, answered, guided
from bot.replies.fees import fees_shown

MONEY = (None, Facet.FEE)  # the overview, and the facet, that tell amounts


class Kind(enum.StrEnum):
    """What happens to an answer: an amount is no longer told, a warning is added, or the words change."""

    WITHHELD = "withheld"
    WARNED = "warned"
    CHANGED = "changed"


@dataclass(frozen=True)
class Shift:
    """An answer that differs between two days; without `facet` it is the overview, or the whole guide."""

    entry: str
    name: str
    facet: Facet | None
    kind: Kind
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def gone(self) -> tuple[str, ...]:
        """Lines that are told only before."""
        return tuple(text for text in self.before if text not in self.after)

    @property
    def new(self) -> tuple[str, ...]:
        """Lines that are told only after."""
        return tuple(text for text in self.after if text not in self.before)


def shifts(knowledge: Knowledge, before: datetime.date, after: datetime.date) -> Iterator[Shift]:
    """Each overview and each facet of each entry, and each guide, whose answer differs, in the order of the base."""
    then, later = Speaker(VIETNAMESE, knowledge, before), Speaker(VIETNAMESE, knowledge, after)
    for entry in knowledge.procedures:
        for facet in (None, *Facet):
            told, retold = _told(then, entry, facet), _told(later, entry, facet)
            if told != retold:
                yield Shift(entry.id, entry.name, facet, _kind(then, later, entry, facet, told, retold), told, retold)
    for guide in knowledge.guides:
        told, retold = _told(then, guide, None), _told(later, guide, None)
        if told != retold:
            yield Shift(guide.id, guide.name, None, _kind_of_words(told, retold), told, retold)


def _told(speaker: Speaker, entry: Procedure | Guide, facet: Facet | None) -> tuple[str, ...]:
    if isinstance(entry, Guide):
        reply = guided(speaker, entry.id)
    else:
        reply = answered(speaker, entry.id, (facet,) if facet else ())
    return tuple(Reply(reply.lines).text.split("\n"))


def _kind(
    then: Speaker,
    later: Speaker,
    entry: Procedure,
    facet: Facet | None,
    told: tuple[str, ...],
    retold: tuple[str, ...],
) -> Kind:
    still = fees_shown(later, entry)
    if facet in MONEY and any(fee not in still for fee in fees_shown(then, entry)):
        return Kind.WITHHELD
    return _kind_of_words(told, retold)


def _kind_of_words(told: tuple[str, ...], retold: tuple[str, ...]) -> Kind:
    return Kind.WARNED if set(told) <= set(retold) else Kind.CHANGED
