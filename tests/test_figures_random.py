"""Figures of random logs against plain SQL on the same file, written without the program's own statements."""

import datetime
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.figures import Ground, Period, Unit, figures
from bot.hours import Hours, read_hours
from bot.knowledge import Knowledge
from bot.persons import Alias
from bot.storage import LogEntry, Questions, open_database
from tests.entries import entry
from tests.small import load_small

HOURS = Hours(read_hours("T2-T6 07:30-11:30, 13:30-17:00"))
TODAY = datetime.date(2026, 11, 24)
OFFICE = datetime.timezone(datetime.timedelta(hours=7))
EDGES = ("2026-09-30T23:59", "2026-10-01T00:00", "2026-10-31T23:59", "2026-11-01T00:00", "2026-11-02T07:30")
KINDS = (
    ("answer", "direct"),
    ("choose", "choice"),
    ("choose", "deciding_question"),
    ("unknown", "no_match"),
    ("route", "greeting"),
    ("route", "off_topic"),
    ("route", "abuse"),
    ("foreign", "language"),
)
NAMES = ("tam-tru", "khai-sinh", "khai-sinh-lai")
moments = st.one_of(
    st.sampled_from(EDGES).map(datetime.datetime.fromisoformat),
    st.datetimes(*map(datetime.datetime.fromisoformat, ("2026-09-25T00:00", "2026-11-06T00:00"))),
)


@st.composite
def questions(draw: st.DrawFn) -> LogEntry:
    """A question at the office's clock, of any outcome."""
    at = draw(moments).replace(microsecond=0, tzinfo=OFFICE)
    outcome, reason = draw(st.sampled_from(KINDS))
    return entry(
        "câu hỏi",
        asked_at=at.astimezone(datetime.UTC),
        local_day=at.date(),
        outcome=outcome,
        reason=reason,
        procedure=draw(st.sampled_from(NAMES)) if outcome == "answer" else None,
        channel=draw(st.sampled_from(("telegram", "terminal"))),
        language=draw(st.sampled_from(("vi", "en"))),
        latency_ms=float(draw(st.integers(1, 40))),
        facets=tuple(draw(st.lists(st.sampled_from(("fee", "time", "documents")), unique=True))),
        person=draw(st.sampled_from((None, Alias(1, "an"), Alias(1, "chi"), Alias(2, "an")))),
    )


taps = st.sampled_from((None, None, "none", *NAMES))  # what was tapped after a choice
logs = st.lists(st.tuples(questions(), taps), max_size=60)
periods = st.sampled_from(
    ("2026-10-01 2026-10-31", "2026-10-31 2026-11-01", "2026-10-05 2026-10-11", "2026-09-25 2026-11-06")
)
filters = st.sampled_from(
    (
        {},
        {},
        {"channel": "telegram"},
        {"language": "en"},
        {"facet": "fee"},
        {"procedure": "tam-tru"},
        {"field": "Hộ tịch"},
    )
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_small(tmp_path_factory.mktemp("random") / "kb")


def written(path: Path, log: list[tuple[LogEntry, str | None]]) -> None:
    database = open_database(path)
    kept = Questions(database)
    for number, (one, tap) in enumerate(log):
        row = replace(one, reference=f"{number:012x}")
        kept.add(row).result()
        if tap == "none":
            kept.none_of_these(row.reference).result()
        elif tap and row.outcome == "choose":
            kept.picked(row.reference, tap).result()
    database.close()


class Plain:
    """The questions of a ground as a view of the file, and anything asked of it."""

    def __init__(self, file: sqlite3.Connection, ground: Ground) -> None:
        self._file = file
        wanted = {
            "channel": "channel = '{}'",
            "language": "language = '{}'",
            "facet": "EXISTS (SELECT 1 FROM json_each(facets) WHERE value = '{}')",
            "procedure": "coalesce(picked, procedure) = '{}'",
            "field": "coalesce(picked, procedure) IN ('khai-sinh', 'khai-sinh-lai')",
        }
        more = [sql.format(getattr(ground, name)) for name, sql in wanted.items() if getattr(ground, name)]
        days = f"date(asked_at, '+7 hours') BETWEEN '{ground.period.since}' AND '{ground.period.until}'"
        self._file.execute(
            "CREATE TEMP VIEW wanted AS SELECT *, datetime(asked_at, '+7 hours') AS there FROM questions "
            f"WHERE {' AND '.join([days, *more])}"
        )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of any statement on `wanted`."""
        return self._file.execute(sql).fetchall()

    def one(self, sql: str) -> Any:
        """The one value of a statement."""
        return self.rows(sql)[0][0]

    def counts(self, what: str) -> Mapping[str, int]:
        """How often each value is there; without those that are none."""
        return dict(self.rows(f"SELECT {what} AS name, count(*) FROM wanted WHERE name IS NOT NULL GROUP BY name"))


def classes(plain: Plain) -> Iterator[tuple[str, int]]:
    """Each class by a condition of its own."""
    tapped = "picked IS NOT NULL"
    left = f"NOT {tapped} AND none_of_these = 0"
    for name, condition in (
        ("direct", "outcome = 'answer'"),
        ("picked", f"outcome <> 'answer' AND {tapped}"),
        ("none_of_these", f"outcome <> 'answer' AND NOT {tapped} AND none_of_these = 1"),
        ("asked_back", f"reason = 'deciding_question' AND {left}"),
        ("offered", f"reason = 'choice' AND {left}"),
        ("unknown", f"outcome = 'unknown' AND {left}"),
        ("off_topic", f"reason IN ('off_topic', 'abuse') AND {left}"),
        ("routed", f"reason = 'greeting' AND {left}"),
        ("foreign", f"outcome = 'foreign' AND {left}"),
        ("erased", "0"),
    ):
        yield name, plain.one(f"SELECT count(*) FROM wanted WHERE {condition}")


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(logs, periods, filters)
def test_figures_are_those_of_plain_sql(
    base: Knowledge, log: list[tuple[LogEntry, str | None]], days: str, narrowed: dict[str, str]
) -> None:
    ground = Ground(Period(*map(datetime.date.fromisoformat, days.split())), Unit.WEEK, **narrowed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.db"
        written(path, log)
        database = open_database(path)
        found = figures(database, base, ground, TODAY, HOURS)
        database.close()
        with closing(sqlite3.connect(path)) as file:
            plain = Plain(file, ground)
            assert found.questions == plain.one("SELECT count(*) FROM wanted")
            assert dict(found.outcomes) == dict(classes(plain))
            assert found.persons == plain.one(
                "SELECT count(*) FROM (SELECT DISTINCT person_key, person FROM wanted WHERE person IS NOT NULL)"
            )
            assert found.unlinked == plain.one("SELECT count(*) FROM wanted WHERE person IS NULL")
            assert {row.name: row.count for row in found.channels} == plain.counts("channel")
            assert {row.name: row.count for row in found.languages} == plain.counts("language")
            assert {row.name: row.count for row in found.procedures} == plain.counts("coalesce(picked, procedure)")
            assert {row.name: row.count for row in found.facets} == dict(
                plain.rows("SELECT value, count(*) FROM wanted, json_each(facets) GROUP BY value")
            )
            by_hour = {int(hour): count for hour, count in plain.counts("strftime('%H', there)").items()}
            assert {hour: count for hour, count in enumerate(found.hours) if count} == by_hour
            working = (
                "strftime('%w', there) BETWEEN '1' AND '5' AND (time(there) >= '07:30' AND time(there) < '11:30' "
                "OR time(there) >= '13:30' AND time(there) < '17:00')"
            )
            outside = plain.one(f"SELECT avg(NOT ({working})) FROM wanted")
            assert found.outside == (outside if outside is None else pytest.approx(outside))
            for value, share in zip(found.latency, (50, 95), strict=False):
                within = plain.one(f"SELECT 100.0 * avg(latency_ms <= {value}) FROM wanted")
                before = plain.one(f"SELECT 100.0 * avg(latency_ms < {value}) FROM wanted")
                assert before < share <= within
            for part, of in found.series:
                day = f"date(there) BETWEEN '{part.since}' AND '{part.until}'"
                assert sum(of.values()) == plain.one(f"SELECT count(*) FROM wanted WHERE {day}")
