"""Deliveries: each update is one worker's until it is done or the lease runs out; what cannot be handled is kept."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from bot.errors import BusyError, StorageError
from bot.storage import Claimed, Database, Deliveries, Letter, dead_letters, open_database
from bot.storage.deliveries import LEASE, REMEMBERED

NOW = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "log.db")
    yield opened
    opened.close()


@pytest.fixture
def deliveries(database: Database) -> Deliveries:
    return Deliveries(database, 7)


def test_an_update_is_one_workers_until_it_is_done(deliveries: Deliveries, database: Database) -> None:
    first = deliveries.claim(1, NOW).result()
    assert (first.state, first.tries) == (Claimed.MINE, 1)
    assert deliveries.claim(1, NOW + SECOND).result().state == Claimed.HELD
    assert Deliveries(database, 8).claim(1, NOW).result().state == Claimed.MINE
    deliveries.done(1, NOW + SECOND).result()
    assert deliveries.claim(1, NOW + HOUR).result().state == Claimed.DONE


@pytest.mark.parametrize("later", [LEASE, -HOUR])
def test_a_lease_that_ran_out_or_is_from_before_the_clock_was_set_back_is_free(
    deliveries: Deliveries, later: datetime.timedelta
) -> None:
    deliveries.claim(1, NOW).result()
    second = deliveries.claim(1, NOW + later).result()
    assert (second.state, second.tries) == (Claimed.MINE, 2)


def test_what_a_killed_process_held_is_free_at_once(deliveries: Deliveries) -> None:
    deliveries.claim(1, NOW).result()
    assert deliveries.again(1, NOW).result() == 2
    deliveries.release()
    assert deliveries.claim(1, NOW + SECOND).result().tries == 3


def test_what_cannot_be_handled_is_kept_and_never_claimed_again(deliveries: Deliveries, database: Database) -> None:
    letter = Letter("message", "KeyError", "tạm trú")
    deliveries.claim(1, NOW).result()
    deliveries.bury(1, letter, NOW).result()
    deliveries.bury(2, letter, NOW + SECOND).result()
    assert [(dead.update_id, dead.letter) for dead in dead_letters(database)] == [(2, letter), (1, letter)]
    assert {deliveries.claim(number, NOW + HOUR).result().state for number in (1, 2)} == {Claimed.DONE}


def test_what_was_done_before_it_was_buried_stays_done(deliveries: Deliveries, database: Database) -> None:
    deliveries.claim(1, NOW).result()
    deliveries.done(1, NOW).result()
    deliveries.bury(1, Letter("message", "KeyError", ""), NOW).result()
    assert list(dead_letters(database)) == []


def test_done_ones_are_forgotten_after_days_and_dead_ones_stay(deliveries: Deliveries, database: Database) -> None:
    deliveries.claim(1, NOW).result()
    deliveries.done(1, NOW).result()
    deliveries.bury(2, Letter("message", "KeyError", ""), NOW).result()
    deliveries.forget(NOW + REMEMBERED)
    assert deliveries.claim(1, NOW).result().state == Claimed.DONE
    deliveries.forget(NOW + REMEMBERED + SECOND)
    assert deliveries.claim(1, NOW).result().tries == 1
    assert [dead.update_id for dead in dead_letters(database)] == [2]


def test_a_database_held_by_another_program_is_busy_and_not_broken(deliveries: Deliveries, database: Database) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waits = database.read(lambda db: db.execute("PRAGMA busy_timeout").fetchone()[0])
    with pytest.raises(BusyError, match="khóa"):
        deliveries.claim(1, NOW).result()
    held = database.read(lambda db: db.execute("PRAGMA busy_timeout").fetchone()[0])
    other.execute("ROLLBACK")
    other.close()
    assert (waits, held) == (5000, 100)
    assert deliveries.claim(1, NOW).result().tries == 1
    assert database.read(lambda db: db.execute("PRAGMA busy_timeout").fetchone()[0]) == 5000


def test_another_fault_is_not_called_busy(database: Database) -> None:
    with pytest.raises(StorageError) as fault:
        database.run(lambda db: db.execute("SELECT * FROM nowhere"))
    assert not isinstance(fault.value, BusyError)
