"""Log entries for tests: `entry("cấp hộ chiếu")` is a question of An's that nothing answers."""

import datetime
import itertools
from dataclasses import replace
from typing import Any

from bot.storage import LogEntry

NOW = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
REFERENCES = itertools.count(1)
PLAIN = LogEntry(
    reference="",
    channel="terminal",
    bot_id=None,
    update_id=None,
    asked_at=NOW,
    local_day=NOW.date(),
    question="",
    language="vi",
    outcome="unknown",
    reason="no_match",
    facets=(),
    matches=(("khai-sinh", 0.31), ("tam-tru", 0.2)),
    procedure=None,
    score=0.31,
    latency_ms=1.25,
    knowledge="0a1b2c3d4e5f",
)


def entry(question: str, **changes: Any) -> LogEntry:
    """An unanswered question with a reference of its own, and whatever is changed about it."""
    return replace(PLAIN, **({"question": question, "reference": f"{next(REFERENCES):012x}"} | changes))


def on(day: int, question: str, **changes: Any) -> LogEntry:
    """The same, asked on a day of November 2026."""
    asked = NOW.replace(day=day)
    return entry(question, **({"asked_at": asked, "local_day": asked.date()} | changes))


def answered(question: str, procedure: str, **changes: Any) -> LogEntry:
    """A question that a procedure answered."""
    return entry(question, outcome="answer", reason="direct", procedure=procedure, score=0.9, **changes)
