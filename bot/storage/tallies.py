"""The log counted: sums over days at the office, made by the database; no question's words are read."""

import datetime
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.storage.database import Database
from bot.storage.times import stamp

# What came of a question, each question in one class alone: what was tapped counts as tapped, whatever was offered.
CLASS = """CASE
    WHEN reason = 'erased' THEN 'erased'
    WHEN outcome = 'answer' THEN 'direct'
    WHEN picked IS NOT NULL THEN 'picked'
    WHEN none_of_these = 1 THEN 'none_of_these'
    WHEN outcome = 'choose' AND reason = 'deciding_question' THEN 'asked_back'
    WHEN outcome = 'choose' THEN 'offered'
    WHEN outcome = 'unknown' THEN 'unknown'
    WHEN outcome = 'foreign' THEN 'foreign'
    WHEN reason IN ('off_topic', 'abuse') THEN 'off_topic'
    ELSE 'routed' END"""
SHOWN = "coalesce(picked, procedure)"  # what the person came to see


@dataclass(frozen=True)
class Slice:
    """Which questions are counted: days at the office, both included, and what else they must be."""

    since: datetime.date
    until: datetime.date
    channel: str | None = None
    language: str | None = None
    facet: str | None = None
    procedures: Collection[str] | None = None

    def where(self) -> tuple[str, dict[str, Any]]:
        """The SQL condition on `questions`, and its values."""
        values: dict[str, Any] = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        parts = ["local_day BETWEEN :since AND :until"]
        for name in ("channel", "language"):
            if wanted := getattr(self, name):
                parts.append(f"{name} = :{name}")
                values[name] = wanted
        if self.facet:
            parts.append("facets LIKE :facet")
            values["facet"] = f'%"{self.facet}"%'
        if self.procedures is not None:
            names = {f"p{number}": name for number, name in enumerate(sorted(self.procedures))}
            parts.append(f"{SHOWN} IN ({', '.join(f':{name}' for name in names)})")
            values |= names
        return " AND ".join(parts), values

    @property
    def moments(self) -> tuple[str, str]:
        """The first moment and the one after the last, as rows hold them; the office's clock is UTC+7, all year."""
        first, after = (
            datetime.datetime.combine(day, datetime.time(), OFFICE)
            for day in (self.since, self.until + datetime.timedelta(days=1))
        )
        return stamp(first), stamp(after)


OFFICE = datetime.timezone(datetime.timedelta(hours=7))  # Vietnam has one zone and no summer time


@dataclass(frozen=True)
class OpenGroups:
    """Open groups of questions: how many, how many questions they hold, when the oldest was opened."""

    groups: int = 0
    questions: int = 0
    oldest: datetime.datetime | None = None


@dataclass(frozen=True)
class Settlements:
    """Groups that were settled: how many in which way, and the hours from each question to its answer, sorted."""

    ways: dict[str, int] = field(default_factory=dict)
    hours: Sequence[float] = ()


class Tallies:
    """Counts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def classes(self, of: Slice) -> dict[tuple[datetime.date, str], int]:
        """Questions by day at the office and class."""
        rows = self._count(of, "local_day", CLASS)
        return {(datetime.date.fromisoformat(day), name): count for day, name, count in rows}

    def shown(self, of: Slice) -> dict[str, int]:
        """Questions by the entry that was shown for them; "" where none was."""
        return dict(self._count(of, f"coalesce({SHOWN}, '')"))

    def asked(self, of: Slice) -> list[tuple[datetime.date, str, str, tuple[int, str] | None, int]]:
        """Questions by day, class, entry shown ("" for none) and person (key and pseudonym, None where not known)."""
        rows = self._count(of, "local_day", CLASS, f"coalesce({SHOWN}, '')", "person_key", "person")
        return [
            (datetime.date.fromisoformat(day), name, entry, None if person is None else (key, person), count)
            for day, name, entry, key, person, count in rows
        ]

    def manners(self, of: Slice) -> list[tuple[str, str, str, int]]:
        """Questions by channel, language and facets (a list as JSON)."""
        return [(row[0], row[1], row[2], row[3]) for row in self._count(of, "channel", "language", "facets")]

    def minutes(self, of: Slice, days: Collection[datetime.date]) -> dict[int, int]:
        """Questions of some of the days by the minute of the day at the office, from 0 to 1439."""
        condition, values = of.where()
        names = {f"d{number}": day.isoformat() for number, day in enumerate(sorted(days))}
        sql = (
            f"SELECT substr(asked_at, 12, 5), count(*) FROM questions WHERE {condition} "
            f"AND local_day IN ({', '.join(f':{name}' for name in names)}) GROUP BY 1"
        )
        rows = self._rows(sql, values | names) if names else []
        return {(int(at[:2]) * 60 + int(at[3:]) + 420) % 1440: count for at, count in rows}

    def persons(self, of: Slice) -> tuple[int, int]:
        """Distinct pseudonyms (one person may have one under each key), and questions that have none."""
        condition, values = of.where()
        sql = (
            "SELECT count(DISTINCT person_key || ':' || person), sum(person IS NULL) "
            f"FROM questions WHERE {condition} AND reason <> 'erased'"
        )
        distinct, unlinked = self._rows(sql, values)[0]
        return distinct, unlinked or 0

    def latency(self, of: Slice, shares: Sequence[float]) -> list[float]:
        """Milliseconds within which so many of the questions were answered (nearest rank); none without questions."""
        condition, values = of.where()
        where = f"FROM questions WHERE {condition} AND reason <> 'erased'"
        count = self._rows(f"SELECT count(*) {where}", values)[0][0]
        sql = f"SELECT latency_ms {where} ORDER BY latency_ms LIMIT 1 OFFSET :skip"
        ranks = [max(math.ceil(share * count) - 1, 0) for share in shares] if count else []
        return [self._rows(sql, {**values, "skip": rank})[0][0] for rank in ranks]

    def disputed(self, of: Slice) -> int:
        """Questions of these days whose answer somebody judged wrong, whenever they did."""
        condition, values = of.where()
        sql = (
            f"SELECT count(*) FROM questions WHERE {condition} AND reference IN "
            "(SELECT question FROM judgements WHERE good = 0 AND question IS NOT NULL)"
        )
        return int(self._rows(sql, values)[0][0])

    def judgements(self, of: Slice) -> dict[tuple[bool, str], int]:
        """Judgements and reports of these days, by good or not and the reason; what else is filtered does not count."""
        since, until = of.moments
        sql = (
            "SELECT good, coalesce(why, ''), count(*) FROM judgements "
            "WHERE judged_at >= :since AND judged_at < :until GROUP BY 1, 2"
        )
        return {(bool(good), why): n for good, why, n in self._rows(sql, {"since": since, "until": until})}

    def waiting(self) -> OpenGroups:
        """Groups that are open now, whatever the days."""
        sql = (
            "SELECT count(*), min(opened_at), (SELECT count(*) FROM questions JOIN tickets ON tickets.id = ticket "
            "WHERE state IN ('new', 'taken')) FROM tickets WHERE state IN ('new', 'taken')"
        )
        groups, oldest, questions = self._rows(sql, {})[0]
        return OpenGroups(groups, questions, datetime.datetime.fromisoformat(oldest) if oldest else None)

    def settled(self, of: Slice) -> Settlements:
        """Groups settled on these days that still are, and how long their questions waited."""
        since, until = of.moments
        values = {"since": since, "until": until}
        where = "state IN ('done', 'ignored') AND changed_at >= :since AND changed_at < :until"
        ways = self._rows(f"SELECT settled_as, count(*) FROM tickets WHERE {where} GROUP BY 1", values)
        waited = self._rows(
            "SELECT asked_at, changed_at FROM tickets JOIN questions ON questions.ticket = tickets.id "
            f"WHERE {where} AND state = 'done'",
            values,
        )
        return Settlements({str(way): n for way, n in ways}, sorted(_hours(*pair) for pair in waited))

    def told(self, of: Slice) -> dict[str, int]:
        """Messages to those who asked to be told, by what became of them; of these days by when they were made."""
        since, until = of.moments
        sql = "SELECT state, count(*) FROM outbox WHERE made_at >= :since AND made_at < :until GROUP BY 1"
        return dict(self._rows(sql, {"since": since, "until": until}))

    def _count(self, of: Slice, *by: str) -> list[tuple[Any, ...]]:
        condition, values = of.where()
        numbers = ", ".join(str(number) for number in range(1, len(by) + 1))
        return self._rows(
            f"SELECT {', '.join(by)}, count(*) FROM questions WHERE {condition} GROUP BY {numbers}", values
        )

    def _rows(self, sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        return self._database.read(lambda db: list(db.conn.execute(sql, values)))


def _hours(asked_at: str, settled_at: str) -> float:
    first, last = (datetime.datetime.fromisoformat(at) for at in (asked_at, settled_at))
    return (last - first).total_seconds() / 3600
