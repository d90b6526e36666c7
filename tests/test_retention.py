"""What was kept long enough goes, and its bytes with it; counts stay, missed nights are made up for, old keys go."""

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.office import Office
from bot.cli.retention import earlier, last_night, pruned_now, pruning
from bot.persons import Alias, key_ring, retire, rotate
from bot.storage import (
    Audit,
    Database,
    Deliveries,
    Judgements,
    Letter,
    Limits,
    LogFilter,
    Questions,
    Vote,
    keys_in_use,
    open_database,
    prune,
)
from tests.entries import entry
from tests.running import motcua

NOW = datetime.datetime(2026, 11, 24, 2, 0, tzinfo=datetime.UTC)
OLD = datetime.date(2025, 11, 23)
YOUNG = datetime.date(2025, 11, 24)
LIMITS = Limits(datetime.datetime(2025, 11, 24, 2, 0, tzinfo=datetime.UTC), NOW - datetime.timedelta(days=90))
WORDS = "câu hỏi rất riêng"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    yield opened
    opened.close()


def asked(database: Database, day: datetime.date, words: str, person: Alias | None = None) -> str:
    """A question of that day; its reference."""
    at = datetime.datetime.combine(day, datetime.time(3), datetime.UTC)
    row = replace(entry(words), local_day=day, asked_at=at, person=person)
    return Questions(database).add(row).result().reference


def counts(database: Database) -> list[tuple[str, str, int]]:
    sql = "SELECT local_day, outcome, count(*) FROM questions GROUP BY local_day, outcome ORDER BY local_day"
    return database.read(lambda db: [tuple(row) for row in db.execute(sql).fetchall()])


def bytes_of(path: Path) -> bytes:
    """The file and what stands beside it."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_an_old_question_is_blank_a_younger_one_stays_and_counts_do_not_change(database: Database) -> None:
    asked(database, OLD, WORDS, Alias(1, "a" * 32))
    asked(database, YOUNG, "đăng ký tạm trú", Alias(1, "b" * 32))
    before = counts(database)
    assert WORDS.encode() in bytes_of(database.path)
    dry = prune(database, LIMITS, NOW, dry=True)
    assert dry.rows["questions"] == 1
    assert WORDS.encode() in bytes_of(database.path)
    assert prune(database, LIMITS, NOW) == dry
    assert counts(database) == before
    assert [row.question for row in Questions(database).search(LogFilter())].count("") == 1
    left = bytes_of(database.path)
    assert WORDS.encode() not in left
    assert b"a" * 32 not in left
    assert b"b" * 32 in left
    assert not prune(database, LIMITS, NOW)


def test_who_judged_is_forgotten_and_what_they_thought_is_not(database: Database) -> None:
    for number, day in enumerate((OLD, YOUNG)):
        reference = asked(database, day, f"câu {number}")
        at = datetime.datetime.combine(day, datetime.time(3), datetime.UTC)
        Judgements(database).judge(reference, False, None, Vote(f"voter{number}", Alias(1, f"p{number}"), at))
    assert prune(database, LIMITS, NOW).rows["judgements"] == 1
    rows = database.read(
        lambda db: [tuple(r) for r in db.execute("SELECT voter, person, good FROM judgements ORDER BY id")]
    )
    assert rows[0][0].startswith("forgotten:")
    assert rows[0][1:] == (None, 0)
    assert rows[1] == ("voter1", "p1", 0)


def test_dead_letters_have_a_period_of_their_own(database: Database) -> None:
    deliveries = Deliveries(database, 7)
    for number, days in enumerate((91, 89)):
        deliveries.bury(number, Letter("message", "ValueError", WORDS), NOW - datetime.timedelta(days=days)).result()
    assert prune(database, LIMITS, NOW).rows["deliveries"] == 1


def test_a_month_is_a_month_of_the_calendar() -> None:
    assert earlier(NOW, 12).date() == datetime.date(2025, 11, 24)
    assert earlier(NOW.replace(month=3, day=31), 1).date() == datetime.date(2026, 2, 28)
    assert earlier(NOW.replace(month=1, day=15), 1).date() == datetime.date(2025, 12, 15)
    assert (
        last_night(datetime.datetime(2026, 11, 23, 18, 59, tzinfo=datetime.UTC)).isoformat().startswith("2026-11-22T19")
    )
    assert (
        last_night(datetime.datetime(2026, 11, 23, 19, 0, tzinfo=datetime.UTC)).isoformat().startswith("2026-11-23T19")
    )


def test_it_is_done_once_a_night_and_a_missed_night_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE", f"sqlite:///{tmp_path / 'test.db'}")
    now = NOW
    office = Office(None, lambda: now)
    night = pruning(office)
    night()
    asked(office.database, OLD, WORDS)
    night()
    assert Audit(office.database).search() == []
    now += datetime.timedelta(days=3)
    night()
    night()
    assert [row.after for row in Audit(office.database).of("prune:2026-11-27")] == ["questions 1"]
    asked(office.database, OLD, "cũ")
    pruning(office)()
    assert len(Audit(office.database).of("prune:2026-11-27")) == 2
    office.database.close()


def test_a_key_goes_when_nobody_is_found_under_it_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE", f"sqlite:///{tmp_path / 'test.db'}")
    office = Office(None, lambda: NOW)
    keys = office.config.person_key_path
    assert key_ring(keys).numbers == (1,)
    assert rotate(keys) == 2
    assert key_ring(keys).numbers == (2, 1)
    assert keys.stat().st_mode & 0o077 == 0
    asked(office.database, YOUNG, "một", Alias(1, "a" * 32))
    asked(office.database, YOUNG, "hai", Alias(2, "b" * 32))
    pruned_now(office)
    assert key_ring(keys).numbers == (2, 1)
    office.database.run(
        lambda db: db.execute(
            "UPDATE questions SET local_day = ?, asked_at = ? WHERE person_key = 1", [OLD.isoformat()] * 2
        )
    )
    pruned_now(office)
    assert key_ring(keys).numbers == (2,)
    assert retire(keys, frozenset()) == ()
    office.database.close()


def test_a_judgement_that_names_nobody_holds_the_key_it_was_made_with(database: Database) -> None:
    asked(database, YOUNG, "một", Alias(2, "b" * 32))
    before = datetime.datetime.combine(OLD, datetime.time(3), datetime.UTC)
    reference = asked(database, YOUNG, "hai")
    Judgements(database).judge(reference, True, None, Vote("voter", None, before))
    assert keys_in_use(database) == {1, 2}
    prune(database, LIMITS, NOW)
    assert keys_in_use(database) == {2}


def test_from_the_terminal(tmp_path: Path) -> None:
    database = open_database(tmp_path / "test.db")
    asked(database, datetime.date(2020, 1, 1), WORDS)
    database.close()
    tried = motcua(tmp_path, "db", "prune", "--dry-run")
    assert (tried.returncode, "Chưa xóa gì." in tried.stdout) == (0, True)
    done = motcua(tmp_path, "db", "prune")
    assert (done.returncode, "Đã xóa xong" in done.stdout) == (0, True)
    with closing(sqlite3.connect(tmp_path / "test.db")) as db:
        assert db.execute("SELECT question, outcome FROM questions").fetchall() == [("", "unknown")]
    assert motcua(tmp_path, "privacy", "rotate").returncode == 2
    (tmp_path / "motcua.key").write_text(f"1:{'a' * 64}\n")
    assert "khóa số 2" in motcua(tmp_path, "privacy", "rotate").stdout
    assert motcua(tmp_path, "privacy", "rotate", MOTCUA_PERSON_KEY=f"1:{'a' * 64}").returncode == 2
