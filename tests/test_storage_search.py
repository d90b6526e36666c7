"""Searching the log: by days, outcome, procedure, words without accents; all rows, however many."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import Database, LogFilter, Questions, open_database
from bot.storage.questions import folded
from bot.text import clean
from tests.entries import answered, entry, on

MORE_ROWS = """
    WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
    INSERT INTO questions (reference, channel, asked_at, local_day, question, folded, language, outcome, reason,
                           facets, matches, latency_ms, knowledge)
    SELECT 'r' || i, channel, asked_at, local_day, question, folded, language, outcome, reason,
           facets, matches, latency_ms, knowledge FROM questions, n WHERE id = 1"""


def day(number: int) -> datetime.date:
    return datetime.date(2026, 11, number)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(tmp_path_factory.mktemp("search") / "test.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def log(database: Database) -> Questions:
    filled = Questions(database)
    for one in (
        on(1, "Đăng ký tạm trú ở Lê Chân", outcome="answer", reason="direct", procedure="tam-tru"),
        on(2, "giấy khai sinh", outcome="choose", reason="choice"),
        on(3, "dang ky ket hon", outcome="answer", reason="direct", procedure="ket-hon"),
        on(4, "nuôi mèo 100%_", outcome="unknown"),
        on(5, "quý khách", outcome="route", reason="greeting"),
    ):
        filled.add(one).result()
    return filled


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (LogFilter(), [5, 4, 3, 2, 1]),
        (LogFilter(since=day(3)), [5, 4, 3]),
        (LogFilter(until=day(3)), [3, 2, 1]),
        (LogFilter(since=day(2), until=day(4)), [4, 3, 2]),
        (LogFilter(since=day(3), until=day(3)), [3]),
        (LogFilter(since=day(4), until=day(2)), []),
        (LogFilter(outcome="answer"), [3, 1]),
        (LogFilter(outcome="foreign"), []),
        (LogFilter(procedure="tam-tru"), [1]),
        (LogFilter(procedure="tam"), []),
        (LogFilter(text="dang ky"), [3, 1]),
        (LogFilter(text="ĐĂNG KÍ"), [3, 1]),
        (LogFilter(text="  tạm, trú "), [1]),
        (LogFilter(text="qui khach"), [5]),
        (LogFilter(text="trú tạm"), []),
        (LogFilter(text=""), [5, 4, 3, 2, 1]),
        (LogFilter(text="100%"), [4]),
        (LogFilter(text="' OR 1=1 --"), []),
        (LogFilter(since=day(1), until=day(3), outcome="answer", procedure="ket-hon", text="hôn"), [3]),
        (LogFilter(outcome="answer", text="mèo"), []),
    ],
)
def test_only_rows_that_fit_newest_first(log: Questions, wanted: LogFilter, found: list[int]) -> None:
    assert [row.id for row in log.search(wanted)] == found
    assert [row.id for row in log.search(wanted, newest_first=False)] == found[::-1]


@pytest.mark.parametrize("text", ["!!!", "😀", "..."])
def test_text_without_a_word_finds_no_row_rather_than_all(log: Questions, text: str) -> None:
    assert list(log.search(LogFilter(text=text))) == []


@pytest.mark.parametrize("rows", [999, 1000, 1001, 2500])
def test_all_rows_come_in_order_a_page_at_a_time(tmp_path: Path, rows: int) -> None:
    database = open_database(tmp_path / "many.db")
    log = Questions(database)
    log.add(entry("nuôi mèo")).result()
    database.run(lambda db: db.execute(MORE_ROWS, {"rows": rows}))
    assert [row.id for row in log.search(LogFilter(text="meo"))] == list(range(rows, 0, -1))
    assert [row.id for row in log.search(LogFilter(), newest_first=False)] == list(range(1, rows + 1))
    database.close()


def test_rows_that_arrive_while_reading_disturb_nothing(tmp_path: Path) -> None:
    database = open_database(tmp_path / "many.db")
    log = Questions(database)
    log.add(entry("nuôi mèo")).result()
    database.run(lambda db: db.execute(MORE_ROWS, {"rows": 1500}))
    reading = log.search(LogFilter())
    first = next(reading).id
    log.add(answered("đăng ký tạm trú", "tam-tru")).result()
    assert [first, *(row.id for row in reading)] == list(range(1500, 0, -1))
    database.close()


@given(raw=st.text(max_size=60))
def test_any_question_is_kept_and_found_by_its_own_words(database: Database, raw: str) -> None:
    log, question = Questions(database), clean(raw)
    log.add(entry(question)).result()
    newest = next(log.search(LogFilter()))
    assert newest.question == question
    if folded(question):
        assert next(log.search(LogFilter(text=question))).id == newest.id
        assert next(log.search(LogFilter(text=folded(question)))).id == newest.id
    database.run(lambda db: db.execute("DELETE FROM questions WHERE id = :id", {"id": newest.id}))


@given(text=st.text(max_size=60), procedure=st.text(max_size=20).map(clean))
def test_no_search_fails(log: Questions, text: str, procedure: str) -> None:
    assert list(log.search(LogFilter(text=text, procedure=procedure, outcome="không có"))) == []
