"""Figures: every one against a small log counted by hand; periods."""

import datetime
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue import Catalogue, Listed
from bot.figures import FIGURES, OUTCOMES, Figures, Ground, Period, Unit, figures
from bot.hours import Hours, read_hours
from bot.knowledge import Knowledge
from bot.persons import Alias
from bot.roles import Role
from bot.storage import (
    Address,
    Database,
    Draft,
    Judgements,
    Kind,
    LogEntry,
    Questions,
    Settled,
    Staff,
    Tickets,
    Vote,
    Watches,
    open_database,
)
from tests.entries import entry
from tests.small import load_small

NOVEMBER = Period(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
HOURS = Hours(read_hours("T2-T6 07:30-11:30, 13:30-17:00"), frozenset({datetime.date(2026, 11, 20)}))
OFFICE = datetime.timezone(datetime.timedelta(hours=7))
TODAY = datetime.date(2026, 11, 24)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "figures.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load_small(tmp_path_factory.mktemp("figures") / "kb")


def asked(day: int, time: str = "09:00", month: int = 11, **more: Any) -> LogEntry:
    """A question on a day of 2026, by the office's clock."""
    hour, minute = map(int, time.split(":"))
    at = datetime.datetime(2026, month, day, hour, minute, tzinfo=OFFICE)
    return entry(
        "câu hỏi", **{"asked_at": at.astimezone(datetime.UTC), "local_day": at.date(), "channel": "telegram", **more}
    )


def put(database: Database, *entries: LogEntry) -> None:
    log = Questions(database)
    for one in entries:
        log.add(one).result()


def counted(database: Database, base: Knowledge, ground: Ground | None = None) -> Figures:
    return figures(database, base, ground or Ground(NOVEMBER), TODAY, HOURS)


ANSWER: dict[str, Any] = {"outcome": "answer", "reason": "direct"}
AN, CHI = Alias(1, "an"), Alias(1, "chi")
#   day, time, what came of it
LOG = (
    asked(1, "00:00", **ANSWER, procedure="tam-tru", person=AN, latency_ms=10.0, facets=("fee",)),  # Sunday
    asked(2, "07:30", **ANSWER, procedure="tam-tru", person=AN, latency_ms=20.0, facets=("fee", "documents")),
    asked(2, "07:29", **ANSWER, procedure="khai-sinh", person=CHI, latency_ms=30.0),
    asked(3, "11:29", outcome="choose", reason="choice", reference="tapped", latency_ms=40.0),
    asked(3, "11:30", outcome="choose", reason="choice", latency_ms=50.0),
    asked(4, "13:30", outcome="choose", reason="deciding_question", latency_ms=60.0, language="en"),
    asked(5, "17:00", outcome="choose", reason="choice", reference="none", latency_ms=70.0),
    asked(20, "09:00", outcome="unknown", reason="no_match", latency_ms=80.0, channel="terminal"),  # a holiday
    asked(23, "23:59", outcome="route", reason="off_topic", latency_ms=90.0),
    asked(24, "09:00", outcome="route", reason="greeting", latency_ms=100.0),
    asked(30, "23:59", outcome="foreign", reason="language", latency_ms=110.0),
    asked(31, "23:59", month=10, **ANSWER, procedure="tam-tru"),
    asked(1, "00:00", month=12, **ANSWER, procedure="tam-tru"),
)


@pytest.fixture
def november(database: Database) -> Database:
    """The log of that month, with what people tapped."""
    put(database, *LOG)
    log = Questions(database)
    log.picked("tapped", "khai-sinh-lai").result()
    log.none_of_these("none").result()
    return database


def test_every_question_is_in_one_class_and_in_the_month_of_the_office(november: Database, base: Knowledge) -> None:
    found = counted(november, base)
    assert found.outcomes == {
        "direct": 3,
        "picked": 1,
        "asked_back": 1,
        "offered": 1,
        "none_of_these": 1,
        "unknown": 1,
        "off_topic": 1,
        "routed": 1,
        "foreign": 1,
        "erased": 0,
    }
    assert (found.questions, found.questions_before) == (11, 1)
    assert sum(found.outcomes.values()) == found.questions
    assert set(found.outcomes) == set(OUTCOMES)


def test_persons_latency_and_hours(november: Database, base: Knowledge) -> None:
    found = counted(november, base)
    assert (found.persons, found.unlinked) == (2, 8)
    assert found.latency == [60.0, 110.0]
    inside = (
        4  # 07:30, 11:29, 13:30 and 09:00 of the 24th; 11:30 and 17:00 are the first minutes after, the 20th is off
    )
    assert found.outside == pytest.approx(1 - inside / 11)
    assert {hour: count for hour, count in enumerate(found.hours) if count} == {
        0: 1,
        7: 2,
        9: 2,
        11: 2,
        13: 1,
        17: 1,
        23: 2,
    }


def test_what_is_asked_for(november: Database, base: Knowledge) -> None:
    found = counted(november, base)
    assert [(row.name, row.count, row.before) for row in found.procedures] == [
        ("tam-tru", 2, 1),
        ("khai-sinh", 1, 0),
        ("khai-sinh-lai", 1, 0),
    ]
    assert [(row.name, row.count) for row in found.fields] == [("Cư trú", 2), ("Hộ tịch", 2)]
    assert [(row.name, row.count) for row in found.facets] == [("fee", 2), ("documents", 1)]
    assert [(row.name, row.count) for row in found.channels] == [("telegram", 10), ("terminal", 1)]
    assert [(row.name, row.count) for row in found.languages] == [("vi", 10), ("en", 1)]
    assert found.online == {"toàn trình": 1, "một phần": 1, "chưa": 0, "không rõ": 2}
    assert found.rising == []


@pytest.mark.parametrize(
    ("narrowed", "questions"),
    [
        ({"procedure": "tam-tru"}, 2),
        ({"field": "Hộ tịch"}, 2),
        ({"field": "Hộ tịch", "procedure": "tam-tru"}, 0),
        ({"facet": "fee"}, 2),
        ({"channel": "terminal"}, 1),
        ({"language": "en"}, 1),
        ({"field": "không có"}, 0),
    ],
)
def test_filters(november: Database, base: Knowledge, narrowed: dict[str, Any], questions: int) -> None:
    found = counted(november, base, Ground(NOVEMBER, **narrowed))
    assert found.questions == questions == sum(found.outcomes.values())


def test_a_topic_rises_that_is_asked_for_half_as_much_again(database: Database, base: Knowledge) -> None:
    put(database, *(asked(day, month=10, **ANSWER, procedure="tam-tru") for day in range(1, 5)))
    put(database, *(asked(day, month=10, **ANSWER, procedure="khai-sinh") for day in range(1, 5)))
    put(database, *(asked(day, **ANSWER, procedure="tam-tru") for day in range(1, 7)))
    put(database, *(asked(day, **ANSWER, procedure="khai-sinh") for day in range(1, 6)))
    assert [(row.name, row.count, row.before) for row in counted(database, base).rising] == [("tam-tru", 6, 4)]


def test_judgements_groups_and_messages(database: Database, base: Knowledge) -> None:
    one = asked(10, "08:00", outcome="unknown", reason="no_match")
    two = asked(10, "10:00", outcome="unknown", reason="no_match")
    three = asked(11, **ANSWER, procedure="tam-tru")
    put(database, one, two, three)
    noon = datetime.datetime(2026, 11, 12, 8, tzinfo=OFFICE)
    judgements, tickets, watches = Judgements(database), Tickets(database), Watches(database)
    judgements.judge(three.reference, False, "old", Vote("v1", None, noon))
    judgements.judge(one.reference, True, None, Vote("v2", None, noon))
    judgements.report("tam-tru", "wrong", "1", Vote("v3", None, noon))
    rows = [row for row in tickets.loose(9) if row.kind is Kind.QUESTION]
    number = tickets.open(Kind.QUESTION, None, [row.id for row in rows], noon)
    assert number
    found = counted(database, base)
    assert found.disputed == 1
    assert found.feedback == {(False, "old"): 1, (True, ""): 1, (False, "wrong"): 1}
    assert (found.waiting.groups, found.waiting.questions, found.waiting.oldest) == (1, 2, noon)
    assert found.waited == []
    binh = Staff(database).add("1", "Bình", Role.EDITOR, None, noon)
    watches.add(Address("telegram", "1", "7", None, "vi"), None, noon, reference=one.reference)
    watch = watches.of_ticket(number)[0]
    drafts = [Draft("k", (watch.id,), number, "words", "Có.")]
    assert tickets.settle(number, 1, Settled.WORDS, None, "Có.", binh, noon, None, drafts)
    found = counted(database, base)
    assert (found.waiting.groups, found.waiting.oldest) == (0, None)
    assert found.settled.ways == {"words": 1}
    assert found.settled.hours == [46.0, 48.0]
    assert found.waited == [46.0, 48.0]
    assert found.told == {"waiting": 1}
    assert counted(database, base, Ground(NOVEMBER.before)).settled.ways == {}


def test_the_series_adds_up_in_every_unit(november: Database, base: Knowledge) -> None:
    for unit, parts in ((Unit.DAY, 30), (Unit.WEEK, 6), (Unit.MONTH, 1), (Unit.QUARTER, 1)):
        found = counted(november, base, Ground(NOVEMBER, unit))
        assert len(found.series) == parts
        assert {name: sum(part[name] for _, part in found.series) for name in OUTCOMES} == found.outcomes


def test_an_empty_log_has_no_times_and_no_shares(database: Database, base: Knowledge) -> None:
    found = counted(database, base)
    assert (found.questions, found.persons, found.latency, found.outside) == (0, 0, [], None)
    assert (found.base.entries, found.base.old) == (3, 0)
    assert figures(database, base, Ground(NOVEMBER), TODAY).outside is None


def test_how_much_of_the_catalogue_the_base_covers(database: Database, base: Knowledge) -> None:
    others = (Listed("1.999999", "Việc khác"), Listed("1.888888", "Việc của tỉnh khác", issuer="UBND tỉnh Cà Mau"))
    listed = Catalogue(
        (Listed("1.001193", "Khai sinh"), Listed("1.000656", "Khai sinh, mã cũ"), *others), place="hai-phong"
    )
    found = figures(database, base, Ground(NOVEMBER), TODAY, catalogue=listed).base
    assert (found.listed, found.covered) == (3, 2)
    assert (counted(database, base).base.listed, counted(database, base).base.covered) == (0, 0)


def test_progress_is_told_to_the_end(november: Database, base: Knowledge) -> None:
    heard: list[tuple[int, int]] = []
    figures(november, base, Ground(NOVEMBER), TODAY, HOURS, lambda done, total: heard.append((done, total)))
    assert heard == [(number, heard[-1][1]) for number in range(1, heard[-1][1] + 1)]


def test_every_figure_is_defined_in_one_sentence() -> None:
    for definition in (*FIGURES.values(), *OUTCOMES.values()):
        assert definition.sentence.endswith(".")
        assert "  " not in definition.sentence


@pytest.mark.parametrize(
    ("period", "before", "words"),
    [
        (("2026-11-01", "2026-11-30"), ("2026-10-01", "2026-10-31"), "tháng 11/2026"),
        (("2026-10-01", "2026-12-31"), ("2026-07-01", "2026-09-30"), "quý 4/2026"),
        (("2026-11-23", "2026-11-29"), ("2026-11-16", "2026-11-22"), "từ 23/11/2026 đến 29/11/2026"),
        (("2026-11-24", "2026-11-24"), ("2026-11-23", "2026-11-23"), "ngày 24/11/2026"),
        (("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28"), "tháng 03/2026"),
        (("2026-01-05", "2026-01-14"), ("2025-12-26", "2026-01-04"), "từ 05/01/2026 đến 14/01/2026"),
    ],
)
def test_a_period_is_compared_with_the_one_before(period: tuple[str, str], before: tuple[str, str], words: str) -> None:
    since, until = map(datetime.date.fromisoformat, period)
    one = Period(since, until)
    assert (one.before.since.isoformat(), one.before.until.isoformat()) == before
    assert str(one) == words


@pytest.mark.parametrize("unit", Unit)
def test_a_period_is_cut_without_a_gap(unit: Unit) -> None:
    year = Period(datetime.date(2025, 12, 17), datetime.date(2027, 2, 3))
    parts = list(year.parts(unit))
    assert (parts[0].since, parts[-1].until) == (year.since, year.until)
    assert all(later.since - former.until == datetime.timedelta(days=1) for former, later in pairwise(parts))
    with pytest.raises(ValueError, match="before it begins"):
        Period(year.until, year.since)
