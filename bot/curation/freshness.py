"""How fresh an entry is: when its sources were read, what of it ends, what is doubtful, how it is proven."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.curation.facts import Entry, facts
from bot.curation.shelf import entries_of
from bot.curation.stale import SOON, last_days
from bot.knowledge import Knowledge
from bot.procedures import Confidence, Guide

OLD = 365  # days after which a source wants to be read again


@dataclass(frozen=True)
class Freshness:
    """One entry: `checked_on` is the day its oldest source was read, `days` ago; `until` the first day on which a fact
    of it ends. `doubts` are parts with a doubt in words or of low confidence, `tests` questions that prove it.
    """

    entry: Entry
    field: str
    checked_on: datetime.date
    days: int
    until: datetime.date | None
    doubts: int
    tests: int

    @property
    def is_old(self) -> bool:
        """Whether it should be read again."""
        return self.days >= OLD

    def ends_by(self, on: datetime.date) -> bool:
        """Whether something of it has ended, or ends within `SOON` days."""
        return self.until is not None and (self.until - on).days <= SOON


def freshness(knowledge: Knowledge, on: datetime.date) -> Sequence[Freshness]:
    """Every entry and guide, the longest unread first."""
    tests = Counter(name for question in knowledge.questions for name in set(question.expected))
    rows = [_of(knowledge, entry, on, tests[entry.id]) for entry in entries_of(knowledge)]
    return sorted(rows, key=lambda row: (row.checked_on, row.entry.id))


def _of(knowledge: Knowledge, entry: Entry, on: datetime.date, tests: int) -> Freshness:
    told = facts(entry)
    ends = [until for fact in told for until, _ in last_days(entry, fact, knowledge.laws)]
    read = min(source.checked_on for source in entry.sources.values())
    fields = knowledge.guide_fields if isinstance(entry, Guide) else knowledge.fields
    doubts = {fact.group for fact in told if entry.sources[fact.source].confidence is Confidence.LOW}
    doubts |= {fact.title for fact in told if "doubt" in fact.path}
    field = fields.get(entry.id, "")
    return Freshness(entry, field, read, (on - read).days, min(ends, default=None), len(doubts), tests)
