"""The log: each question once, marked when replied, wanting a ticket when nothing was found, known by a code."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.storage import (
    Coded,
    Database,
    Kind,
    LogEntry,
    LogFilter,
    LoggedQuestion,
    Questions,
    Receipt,
    Settled,
    Tickets,
    open_database,
)
from bot.storage.questions import CODE_LETTERS
from tests.entries import NOW, answered, entry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


@pytest.fixture
def log(database: Database) -> Questions:
    return Questions(database)


def kept(path: Path, columns: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as outside:
        return outside.execute(f"SELECT {columns} FROM questions ORDER BY id").fetchall()


def add(log: Questions, *entries: LogEntry) -> None:
    for one in entries:
        log.add(one).result()


def wanting(log: Questions) -> list[str]:
    """The questions that want a ticket."""
    return [one.question for one in Tickets(log.database).loose(50)]


def test_a_question_is_read_back_as_it_was_kept(log: Questions) -> None:
    receipt = log.add(answered("đăng ký tạm trú", "tam-tru", reference="abc")).result()
    assert receipt == Receipt("abc", replied=False)
    assert list(log.search(LogFilter())) == [
        LoggedQuestion(
            id=1,
            asked_at=NOW,
            local_day="2026-11-23",
            channel="terminal",
            question="đăng ký tạm trú",
            outcome="answer",
            reason="direct",
            procedure="tam-tru",
            score=0.9,
            latency_ms=1.25,
            knowledge="0a1b2c3d4e5f",
        )
    ]


def test_every_part_of_an_entry_is_kept(log: Questions, path: Path) -> None:
    add(
        log,
        entry("Lệ phí khai sinh?", facets=("fee", "time"), language="vi", bot_id=7, update_id=8, channel="telegram"),
    )
    [row] = kept(path, "channel, bot_id, update_id, question, folded, language, facets, matches, replied_at, picked")
    assert row == (
        "telegram",
        7,
        8,
        "Lệ phí khai sinh?",
        "le phi khai sinh",
        "vi",
        '["fee", "time"]',
        '[["khai-sinh", 0.31], ["tam-tru", 0.2]]',
        None,
        None,
    )


def test_the_same_update_logged_twice_gives_one_row(log: Questions, path: Path) -> None:
    update = {"reference": "abc", "channel": "telegram", "bot_id": 7, "update_id": 8}
    assert log.add(entry("cấp hộ chiếu", **update)).result() == Receipt("abc", replied=False)
    assert log.add(entry("cấp hộ chiếu", **update)).result() == Receipt("abc", replied=False)
    assert kept(path, "reference") == [("abc",)]


def test_the_same_update_under_another_reference_gives_the_first_row(log: Questions, path: Path) -> None:
    add(log, entry("cấp hộ chiếu", reference="abc", bot_id=7, update_id=8))
    assert log.add(entry("cấp hộ chiếu", reference="xyz", bot_id=7, update_id=8)).result() == Receipt("abc", False)
    assert kept(path, "reference") == [("abc",)]


def test_the_update_of_another_bot_is_another_question(log: Questions, path: Path) -> None:
    add(log, entry("cấp hộ chiếu", bot_id=7, update_id=8), entry("cấp hộ chiếu", bot_id=9, update_id=8))
    assert kept(path, "bot_id") == [(7,), (9,)]


def test_questions_without_an_update_are_all_kept(log: Questions, path: Path) -> None:
    add(log, entry("cấp hộ chiếu"), entry("cấp hộ chiếu"))
    assert len(kept(path, "id")) == 2


def test_a_second_delivery_after_the_reply_is_told_so(log: Questions, path: Path) -> None:
    one = entry("cấp hộ chiếu", bot_id=7, update_id=8)
    add(log, one)
    log.replied(one.reference, NOW).result()
    assert log.add(one).result() == Receipt(one.reference, replied=True)


def test_the_first_reply_counts(log: Questions, path: Path) -> None:
    one, other = entry("cấp hộ chiếu"), entry("lệ phí trước bạ")
    add(log, one, other)
    log.replied(one.reference, NOW).result()
    log.replied(one.reference, NOW + timedelta(hours=1)).result()
    assert kept(path, "replied_at") == [("2026-11-23T09:00:00+00:00",), (None,)]


def taps_on(log: Questions, reference: str, tap: str) -> None:
    """One tap under an answer: "none" of these, to "staff", or the id of what is picked."""
    if tap == "none":
        log.none_of_these(reference).result()
    elif tap == "staff":
        assert log.asked_staff(reference, NOW).result()
    else:
        log.picked(reference, tap).result()


@pytest.mark.parametrize(
    ("outcome", "taps", "open"),
    [
        ("unknown", (), True),
        ("answer", (), False),
        ("choose", (), False),
        ("route", (), False),
        ("foreign", (), False),
        ("choose", ("none",), True),
        ("choose", ("khai-sinh",), False),
        ("choose", ("none", "khai-sinh"), False),
        ("choose", ("khai-sinh", "none"), False),
        ("answer", ("staff",), True),
        ("choose", ("staff", "khai-sinh"), True),
        ("choose", ("khai-sinh", "staff"), True),
    ],
)
def test_what_staff_have_to_look_at(log: Questions, outcome: str, taps: tuple[str, ...], open: bool) -> None:
    add(log, entry("giấy khai sinh", reference="abc", outcome=outcome), answered("đăng ký tạm trú", "tam-tru"))
    for tap in taps:
        taps_on(log, "abc", tap)
    assert wanting(log) == (["giấy khai sinh"] if open else [])


def test_what_was_picked_is_kept_with_its_question_alone(log: Questions, path: Path) -> None:
    add(log, entry("giấy khai sinh", reference="abc"), entry("giấy khai sinh", reference="xyz"))
    log.picked("abc", "khai-sinh").result()
    assert kept(path, "picked") == [("khai-sinh",), (None,)]


def test_a_tap_on_a_question_that_is_not_in_the_log_changes_nothing(log: Questions, path: Path) -> None:
    add(log, entry("giấy khai sinh", outcome="choose"))
    log.none_of_these("khác").result()
    log.picked("khác", "khai-sinh").result()
    log.replied("khác", NOW).result()
    assert kept(path, "none_of_these, picked, replied_at") == [(0, None, None)]


def test_a_code_is_made_once_and_found_however_it_is_written(log: Questions) -> None:
    add(log, entry("nuôi mèo", reference="abc"), entry("mua chó", reference="xyz"))
    code = log.asked_staff("abc", NOW).result()
    assert code == log.asked_staff("abc", NOW + timedelta(days=1)).result()
    assert code is not None
    assert code != log.asked_staff("xyz", NOW).result()
    assert len(code) == 6
    assert set(code) <= set(CODE_LETTERS)
    assert not set(CODE_LETTERS) & set("0O1IL")
    found = Coded("abc", "nuôi mèo", "vi", "2026-11-23", None)
    assert log.by_code(code) == log.by_code(f" {code[:3].lower()} {code[3:]}\n") == found


@pytest.mark.parametrize("code", ["", "ABC234", "'; --", "0" * 1000, "\x00"])
def test_a_code_that_nobody_was_given_finds_nothing(log: Questions, code: str) -> None:
    add(log, entry("nuôi mèo"))
    assert log.by_code(code) is None


def test_a_thousand_codes_are_a_thousand(log: Questions) -> None:
    add(log, *(entry("nuôi mèo", reference=f"r{number}") for number in range(1000)))
    codes = [log.asked_staff(f"r{number}", NOW).result() for number in range(1000)]
    assert len(set(codes)) == 1000


def test_a_question_that_is_not_in_the_log_is_not_sent_to_staff(log: Questions) -> None:
    assert log.asked_staff("khác", NOW).result() is None


@pytest.mark.parametrize(
    ("settled", "tapped_before", "again"),
    [
        (None, True, True),
        (Settled.PHRASE, True, False),
        (Settled.PHRASE, False, False),
        (Settled.IGNORED, True, False),
        (Settled.IGNORED, False, True),  # passed over among its like: now a person is asked to look at this one
    ],
)
def test_a_settled_question_is_not_sent_to_staff_again(
    log: Questions, settled: Settled | None, tapped_before: bool, again: bool
) -> None:
    add(log, entry("nuôi mèo", reference="abc"))
    if tapped_before:
        log.asked_staff("abc", NOW).result()
    tickets = Tickets(log.database)
    number = tickets.open(Kind.QUESTION, None, [1], NOW)
    assert number
    if settled:
        assert tickets.settle(number, 1, settled, None, None, None, NOW)
    assert (log.asked_staff("abc", NOW).result() is not None) == again
    assert wanting(log) == (["nuôi mèo"] if settled and again else [])


def test_the_last_distinct_wordings_are_told_newest_first(log: Questions) -> None:
    add(log, entry("xin visa"), entry("nuôi mèo"), answered("tạm trú", "tam-tru"), entry("Nuoi meo?"), entry("!?"))
    assert log.distinct(9) == ["Nuoi meo?", "tạm trú", "xin visa"]
    assert log.distinct(2) == ["Nuoi meo?", "tạm trú"]
    assert log.distinct(0) == []


@pytest.mark.parametrize("number", [0, -1, 2, 2**63 - 1, 10**30])
def test_a_number_that_is_not_in_the_log_has_no_text(log: Questions, number: int) -> None:
    add(log, entry("nuôi mèo"))
    assert log.question(number) is None


def test_the_text_of_one_row(log: Questions) -> None:
    add(log, entry("nuôi mèo"), entry("mua chó"))
    assert log.question(2) == "mua chó"


def test_a_day_at_the_office_may_be_another_than_in_utc(log: Questions) -> None:
    late = NOW.replace(hour=20)
    add(log, entry("nuôi mèo", asked_at=late, local_day=date(2026, 11, 24)))
    [row] = log.search(LogFilter(since=date(2026, 11, 24), until=date(2026, 11, 24)))
    assert (row.asked_at, row.local_day) == (late, "2026-11-24")
