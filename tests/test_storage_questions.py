"""The log: each question once, marked when replied, offered to staff when nothing was found, settled once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.storage import Database, LogEntry, LogFilter, LoggedQuestion, Questions, Receipt, Settlement, open_database
from tests.entries import NOW, answered, entry, on

IGNORED = Settlement("ignored", note="trùng")


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


def queue(log: Questions, limit: int = 50) -> list[tuple[str, int]]:
    return [(group.question, group.times) for group in log.unanswered(limit)]


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
    ],
)
def test_what_staff_have_to_look_at(log: Questions, outcome: str, taps: tuple[str, ...], open: bool) -> None:
    add(log, entry("giấy khai sinh", reference="abc", outcome=outcome), answered("đăng ký tạm trú", "tam-tru"))
    for tap in taps:
        (log.none_of_these("abc") if tap == "none" else log.picked("abc", tap)).result()
    assert queue(log) == ([("giấy khai sinh", 1)] if open else [])


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


def test_the_most_frequent_come_first_then_the_newest(log: Questions) -> None:
    add(log, on(1, "xin visa"), on(2, "nuôi mèo"), on(3, "Nuôi mèo?"), on(4, "NUOI MEO"), on(5, "mua chó"))
    assert [(group.id, group.times) for group in log.unanswered(50)] == [(4, 3), (5, 1), (1, 1)]


def test_a_group_shows_its_newest_wording_and_its_days(log: Questions) -> None:
    first = on(1, "nuôi mèo", matches=(("tam-tru", 0.1),))
    add(log, first, on(3, "Nuôi mèo?"), on(5, "nuoi meo", matches=(("khai-sinh", 0.3),)), on(4, "nuôi chó"))
    group = log.unanswered(1)[0]
    assert (group.id, group.times, group.newest, group.oldest) == (3, 3, "2026-11-05", "2026-11-01")
    assert (group.question, group.matches) == ("nuoi meo", (("khai-sinh", 0.3),))


def test_no_more_groups_than_wanted(log: Questions) -> None:
    add(log, *(entry(f"câu {number}") for number in range(5)))
    assert queue(log, 2) == [("câu 4", 1), ("câu 3", 1)]


@pytest.mark.parametrize("number", [1, 2, 4])
def test_any_question_of_a_group_settles_all_of_the_same_words_once(log: Questions, number: int) -> None:
    add(log, entry("xin visa Mỹ"), entry("Xin vi-sa mỹ"), entry("nuôi mèo"), entry("XIN VISA MY!"))
    wanted = 1 if number == 2 else 2
    assert log.settle(number, IGNORED, NOW) == wanted
    assert log.settle(number, IGNORED, NOW) == 0
    assert sum(times for _, times in queue(log)) == 4 - wanted


def test_a_settlement_says_when_what_and_why(log: Questions, path: Path) -> None:
    add(log, entry("nuôi mèo"), entry("trọ phải khai gì"), entry("mua chó"))
    assert log.settle(1, IGNORED, NOW) == 1
    assert log.settle(2, Settlement("answered", "tam-tru"), NOW) == 1
    at = "2026-11-23T09:00:00+00:00"
    assert kept(path, "settled_at, settled_as, settled_procedure, settled_note") == [
        (at, "ignored", None, "trùng"),
        (at, "answered", "tam-tru", None),
        (None, None, None, None),
    ]


def test_settling_leaves_answered_questions_of_the_same_words_alone(log: Questions, path: Path) -> None:
    add(log, answered("thuê trọ", "tam-tru"), entry("thuê trọ"))
    assert log.settle(1, IGNORED, NOW) == 1
    assert kept(path, "settled_as") == [(None,), ("ignored",)]


def test_a_question_asked_again_after_it_was_settled_is_open_again(log: Questions) -> None:
    add(log, entry("nuôi mèo"))
    log.settle(1, IGNORED, NOW)
    add(log, entry("Nuôi mèo"))
    assert queue(log) == [("Nuôi mèo", 1)]


@pytest.mark.parametrize("number", [0, -1, 2, 2**63 - 1])
def test_a_number_that_is_not_in_the_log_settles_nothing(log: Questions, number: int) -> None:
    add(log, entry("nuôi mèo"))
    assert log.question(number) is None
    assert log.settle(number, IGNORED, NOW) == 0
    assert queue(log) == [("nuôi mèo", 1)]


def test_the_text_of_one_row(log: Questions) -> None:
    add(log, entry("nuôi mèo"), entry("mua chó"))
    assert log.question(2) == "mua chó"


def test_a_day_at_the_office_may_be_another_than_in_utc(log: Questions) -> None:
    late = NOW.replace(hour=20)
    add(log, entry("nuôi mèo", asked_at=late, local_day=date(2026, 11, 24)))
    [row] = log.search(LogFilter(since=date(2026, 11, 24), until=date(2026, 11, 24)))
    assert (row.asked_at, row.local_day) == (late, "2026-11-24")
