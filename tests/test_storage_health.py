"""Health: the state of each channel, and since when it is so."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import Database, Health, health, open_database, set_health
from tests.entries import NOW

LATER = NOW + datetime.timedelta(hours=3)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    yield opened
    opened.close()


def test_no_channel_ever_ran(database: Database) -> None:
    assert health(database) == []


def test_since_stays_while_the_state_stays_and_the_detail_is_the_newest(database: Database) -> None:
    set_health(database, Health("telegram", "unreachable", NOW, "TimedOut")).result()
    set_health(database, Health("telegram", "unreachable", LATER, "NetworkError")).result()
    assert health(database) == [Health("telegram", "unreachable", NOW, "NetworkError")]


def test_since_moves_when_the_state_changes(database: Database) -> None:
    set_health(database, Health("telegram", "unreachable", NOW, "TimedOut")).result()
    set_health(database, Health("telegram", "ok", LATER, "")).result()
    assert health(database) == [Health("telegram", "ok", LATER, "")]


def test_each_channel_has_its_own_state(database: Database) -> None:
    set_health(database, Health("zalo", "ok", NOW, "")).result()
    set_health(database, Health("telegram", "stopped", LATER, "")).result()
    assert health(database) == [Health("telegram", "stopped", LATER, ""), Health("zalo", "ok", NOW, "")]
