"""Writes that wait together are committed together, and each still stands or falls by itself."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from bot.errors import MotCuaError, StorageError
from bot.storage import Database, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    opened.run(lambda db: db.execute("CREATE TABLE seen (n INTEGER UNIQUE)"))
    yield opened
    opened.close()


def together(database: Database, *works: Any) -> list["Future[Any]"]:
    """Submit them while the thread of the database is busy, so that they wait together."""
    gate = threading.Event()
    database.submit(lambda _: gate.wait(20))
    futures = [database.submit(work) for work in works]
    gate.set()
    return futures


def insert(number: int) -> Any:
    return lambda db: db.execute("INSERT INTO seen VALUES (?)", [number])


def seen(database: Database) -> list[int]:
    return database.read(lambda db: [row[0] for row in db.execute("SELECT n FROM seen ORDER BY n").fetchall()])


def commits(database: Database, work: Any) -> int:
    """How many transactions were begun meanwhile."""
    begun = list[str]()
    database.run(lambda db: db.conn.set_trace_callback(begun.append))
    work()
    database.run(lambda db: db.conn.set_trace_callback(None))
    return sum(statement.upper() == "COMMIT" for statement in begun)


def test_what_waits_together_is_committed_once(database: Database) -> None:
    def work() -> None:
        for future in together(database, *(insert(number) for number in range(20))):
            future.result()

    assert commits(database, work) <= 4
    assert seen(database) == list(range(20))


def test_one_that_fails_takes_nobody_with_it(database: Database) -> None:
    def refused(db: sqlite_utils.Database) -> None:
        db.execute("INSERT INTO seen VALUES (99)")
        raise MotCuaError("nein")

    first, second, third = together(database, insert(1), refused, insert(2))
    first.result()
    third.result()
    with pytest.raises(MotCuaError, match="nein"):
        second.result()
    assert seen(database) == [1, 2]


def test_a_fault_of_the_database_is_told_to_who_met_it(database: Database) -> None:
    first, second, third = together(database, insert(1), insert(1), insert(2))
    first.result()
    third.result()
    with pytest.raises(StorageError):
        second.result()
    assert seen(database) == [1, 2]


def test_who_no_longer_wants_it_is_left_out(database: Database) -> None:
    gate = threading.Event()
    database.submit(lambda _: gate.wait(20))
    dropped, kept = database.submit(insert(1)), database.submit(insert(2))
    assert dropped.cancel()
    gate.set()
    kept.result()
    assert seen(database) == [2]


def test_reads_and_writes_keep_their_order(database: Database) -> None:
    gate = threading.Event()
    database.submit(lambda _: gate.wait(20))
    written = [database.submit(insert(number)) for number in range(3)]
    reader = threading.Thread(target=lambda: found.append(seen(database)))
    found: list[list[int]] = []
    reader.start()
    gate.set()
    reader.join()
    assert all(future.done() for future in written)
    assert found == [[0, 1, 2]]
