"""Open data: counts from which nobody can work out a group of fewer than five, and the base in its schema."""

import csv
import datetime
import io
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from bot.knowledge import load
from bot.opendata import LEAST, Asked, Row, published, shared, shared_schema
from bot.opendata.groups import REST, persons
from bot.persons import Alias
from bot.storage import Questions, open_database
from tests.commands import Station
from tests.entries import NOW, answered, entry
from tests.running import KNOWLEDGE

DAYS = tuple(datetime.date(2026, 10, day) for day in (1, 2, 3))
FIELDS = {"a1": "A", "a2": "A", "b1": "B", "c1": "C"}
ANSWERED, OTHERS = ("direct", "picked"), ("unknown", "routed", "offered")
Cell = tuple[datetime.date, str, str]
CELLS: tuple[Cell, ...] = (
    *itertools.product(DAYS, ANSWERED, FIELDS),
    *((day, outcome, "") for day, outcome in itertools.product(DAYS, OTHERS)),
)
PEOPLE = [None, *((key, f"p{number}") for key in (1, 2) for number in range(9))]
WEIGHTS = [cell for number, cell in enumerate(CELLS) for _ in range(1 + 5 * (number % 7 == 0))]  # some are asked more


def asked(cell: Cell, person: tuple[int, str] | None, questions: int = 1) -> Asked:
    day, outcome, name = cell
    return Asked(day, outcome, name, FIELDS.get(name, ""), person, questions)


logs = st.lists(st.builds(asked, st.sampled_from(WEIGHTS), st.sampled_from(PEOPLE), st.integers(1, 3)), max_size=120)


def value(cell: Cell, by: str) -> str:
    """What a cell is in one cut."""
    day, outcome, name = cell
    return {
        "month": "",
        "day": day.isoformat(),
        "answered": "answered" if name else "not_answered",
        "outcome": outcome,
        "field": FIELDS.get(name, ""),
        "procedure": name,
    }[by]


def within(cell: Cell, row: Row) -> bool:
    """Whether a cell is of the group in which a row's cut was made."""
    return row.within in ("", value(cell, "answered"), value(cell, "field"))


def members(row: Row, rows: Sequence[Row]) -> list[int]:
    """Which cells a row speaks of, as anybody can read it: the rest is whatever its cut does not name."""
    named = {other.name for other in rows if (other.by, other.within) == (row.by, row.within)} - {REST}
    return [
        number
        for number, cell in enumerate(CELLS)
        if within(cell, row)
        and (value(cell, row.by) not in named if row.name == REST else value(cell, row.by) == row.name)
    ]


def targets() -> Iterator[tuple[str, list[int]]]:
    """Every group that somebody may be curious about: one value of a cut, and where two cuts cross."""
    cuts = ("day", "answered", "outcome", "field", "procedure")
    for by in cuts:
        for name in {value(cell, by) for cell in CELLS} - {""}:
            yield f"{by} {name}", [n for n, cell in enumerate(CELLS) if value(cell, by) == name]
    for one, two in itertools.combinations(cuts, 2):
        for pair in {(value(cell, one), value(cell, two)) for cell in CELLS}:
            if all(pair):
                yield (
                    f"{one} {pair[0]}, {two} {pair[1]}",
                    [n for n, cell in enumerate(CELLS) if (value(cell, one), value(cell, two)) == pair],
                )


def most(group: Sequence[int], rows: Sequence[Row]) -> float:
    """The most questions that a group may have, for all that the rows say, by whole numbers."""
    sums = np.zeros((len(rows), len(CELLS)))
    for number, row in enumerate(rows):
        sums[number, members(row, rows)] = 1
    wanted = np.zeros(len(CELLS))
    wanted[list(group)] = -1
    told = np.array([row.questions for row in rows], dtype=float)
    found = milp(wanted, constraints=LinearConstraint(sums, told, told), integrality=np.ones(len(CELLS)))
    assert found.success
    return float(round(-found.fun))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(logs)
def test_nobody_can_work_out_that_a_group_is_small(log: list[Asked]) -> None:
    rows = published(log)
    for name, group in targets() if rows else ():
        assert most(group, rows) not in range(1, LEAST), name


@settings(max_examples=300, deadline=None, derandomize=True)
@given(logs)
def test_every_row_is_true_and_of_at_least_five_persons(log: list[Asked]) -> None:
    rows = published(log)
    assert bool(rows) == (persons(log) >= LEAST)
    for row in rows:
        cells = {CELLS[number] for number in members(row, rows)}
        theirs = [one for one in log if (one.day, one.outcome, one.entry) in cells]
        assert sum(one.questions for one in theirs) == row.questions
        for key in (1, 2):
            assert persons(theirs) >= len({one.person for one in theirs if one.person and one.person[0] == key})
        assert persons(theirs) >= LEAST, row


def test_the_attacker_of_these_tests_finds_what_is_badly_cut() -> None:
    log = [asked((DAYS[0], "direct", "a1"), (1, f"p{n}")) for n in range(9)]
    log += [asked((DAYS[0], "direct", "a2"), (1, f"p{n}")) for n in range(2)]
    bad = [*(row for row in published(log) if row.by != "procedure"), Row("procedure", "A", "a1", 9)]
    assert most([n for n, cell in enumerate(CELLS) if cell[2] == "a2"], bad) == 2
    assert all(most(group, published(log)) not in range(1, LEAST) for _, group in targets())


def test_small_groups_are_put_together_by_hand() -> None:
    def many(cell: Cell, count: int, first: int = 0) -> list[Asked]:
        return [asked(cell, (1, f"p{number}")) for number in range(first, first + count)]

    one, two = DAYS[0], DAYS[1]
    log = [
        *many((one, "direct", "a1"), 9),
        *many((one, "direct", "a2"), 7),
        *many((one, "direct", "b1"), 4),
        *many((two, "picked", "b1"), 6, 3),
    ]
    assert [(row.by, row.within, row.name, row.questions) for row in published(log)] == [
        ("month", "", "", 26),
        ("day", "", "2026-10-01", 20),
        ("day", "", "2026-10-02", 6),
        ("answered", "", "answered", 26),
        ("outcome", "answered", "direct", 20),
        ("outcome", "answered", "picked", 6),
        ("field", "answered", "A", 16),
        ("field", "answered", "B", 10),
        ("procedure", "A", "a1", 9),
        ("procedure", "A", "a2", 7),
        ("procedure", "B", "b1", 10),
    ]
    few = [*log, *many((two, "unknown", ""), 2)]  # two persons got no entry: whether one got one is told no more
    assert {row.by for row in published(few)} == {"month", "day"}
    small = [*log, *many((two, "direct", "c1"), 2)]
    assert [(row.name, row.questions) for row in published(small) if row.by == "field"] == [("B", 10), (REST, 18)]
    assert published(many((one, "direct", "a1"), 4)) == []
    assert published([asked((one, "direct", "a1"), None)] * 50) == []  # all of them may be one person's


# The command


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """Seven persons asked about a temporary residence in October 2026, and one something odd."""
    station = Station(tmp_path)
    database = open_database(station.database)
    october = {"asked_at": NOW.replace(month=10), "local_day": datetime.date(2026, 10, 23)}
    for number in range(7):
        Questions(database).add(answered("tạm trú", "tam-tru", person=Alias(1, f"p{number}"), **october)).result()
    Questions(database).add(entry("nuôi voi", person=Alias(1, "p0"), **october)).result()
    database.close()
    return station


def test_files_of_a_month_with_what_they_mean(station: Station) -> None:
    out = station.folder / "mở"
    assert f"Đã ghi 5 tệp vào {out}." in station.prints("opendata", "--month", "2026-10", "--out", str(out))
    assert sorted(path.name for path in out.iterdir()) == [
        "dictionary.csv",
        "knowledge.json",
        "knowledge.schema.json",
        "questions-2026-10.csv",
        "questions-2026-10.json",
    ]
    rows = list(csv.DictReader(io.StringIO((out / "questions-2026-10.csv").read_text("utf-8-sig"))))
    assert [(row["by"], row["id"], row["questions"]) for row in rows] == [
        ("month", "", "8"),
        ("day", "2026-10-23", "8"),
    ]
    told = json.loads((out / "questions-2026-10.json").read_text("utf-8"))
    assert [{name: str(cell) for name, cell in row.items()} for row in told["rows"]] == rows
    assert set(told["columns"]) == set(rows[0])
    assert "CC BY 4.0" in told["licence"]
    meanings = dict(csv.reader(io.StringIO((out / "dictionary.csv").read_text("utf-8-sig"))))
    assert meanings["questions"] == told["columns"]["questions"]
    assert "CC BY 4.0" in meanings["licence"]
    everything = "".join(path.read_text("utf-8") for path in out.iterdir())
    assert "nuôi voi" not in everything
    assert '"p0"' not in everything
    schema = json.loads((out / "knowledge.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads((out / "knowledge.json").read_text("utf-8")))


def test_only_months_that_are_over_and_nothing_overwritten(station: Station) -> None:
    out = ("--out", str(station.folder / "mở"))
    today = datetime.datetime.now(datetime.UTC).date()
    assert "hết" in station.refuses("opendata", "--month", f"{today:%Y-%m}", *out)
    assert "dưới 5 người hỏi" in station.prints("opendata", "--month", "2026-09", *out)
    assert "Đã có" in station.refuses("opendata", "--month", "2026-09", *out)
    assert "Đã ghi" in station.prints("opendata", "--month", "2026-09", *out, "--force")
    assert "Hãy nêu đúng một kỳ" in station.misused("opendata", *out)


def test_the_whole_base_fits_its_schema_and_says_nothing_internal() -> None:
    base = load(KNOWLEDGE, "hai-phong")
    told, schema = shared(base, "CC"), shared_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(told)
    assert [one["procedure"]["id"] for one in told["procedures"]] == sorted(one.id for one in base.procedures)
    assert [one["guide"]["id"] for one in told["guides"]] == sorted(one.id for one in base.guides)
    text = json.dumps([told, schema])
    assert '"doubt"' not in text
    assert '"phrases"' not in text
    broken = json.loads(json.dumps(told))
    broken["procedures"][0]["procedure"]["sources"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(broken)
