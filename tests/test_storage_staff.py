"""Staff: added, changed, removed; links spent once; sessions with the role of the moment; each change kept."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.roles import Right, Role
from bot.storage import (
    CONSOLE,
    Audit,
    Database,
    Kind,
    Member,
    Post,
    Posts,
    Questions,
    Settled,
    Staff,
    Switches,
    SwitchName,
    Tickets,
    open_database,
)
from tests.entries import NOW, entry

SOON, LATE = NOW + timedelta(minutes=5), NOW + timedelta(minutes=6)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


@pytest.fixture
def staff(database: Database) -> Staff:
    return Staff(database)


@pytest.fixture
def binh(staff: Staff) -> Member:
    return staff.add("2001", "Bình", Role.EDITOR, CONSOLE, NOW)


def history(database: Database) -> list[tuple[str, ...]]:
    rows = reversed(Audit(database).search())
    return [(row.who, row.what, row.subject, row.before, row.after, row.reason) for row in rows]


def test_a_member_is_found_and_changed_and_comes_back_after_leaving(staff: Staff, binh: Member) -> None:
    assert binh == Member(1, "2001", "Bình", Role.EDITOR)
    assert staff.by_user("2001") == staff.by_id(1) == binh
    changed = staff.add("2001", "Bình", Role.ADMIN, binh, NOW)
    assert (changed.id, changed.role) == (1, Role.ADMIN)
    assert staff.remove("2001", CONSOLE, NOW)
    assert not staff.remove("2001", CONSOLE, NOW)
    assert (staff.by_user("2001"), staff.by_id(1), staff.all()) == (None, None, [])
    assert staff.add("2001", "Bình", Role.VIEWER, CONSOLE, NOW).id == 1
    assert [one.role for one in staff.all()] == [Role.VIEWER]


def test_a_stranger_is_nobody(staff: Staff, binh: Member) -> None:
    assert staff.by_user("9999") is None
    assert not staff.remove("9999", CONSOLE, NOW)
    assert binh.may(Right.SETTLE)
    assert not binh.may(Right.MANAGE)


def test_every_change_of_staff_is_kept(staff: Staff, binh: Member, database: Database) -> None:
    staff.add("2001", "Bình", Role.ADMIN, CONSOLE, NOW)
    staff.add("2002", "Chi", Role.VIEWER, binh, NOW)
    staff.remove("2002", binh, NOW)
    assert history(database) == [
        ("dòng lệnh", "staff.add", "staff:2001", "", "Bình, biên tập", ""),
        ("dòng lệnh", "staff.add", "staff:2001", "Bình, biên tập", "Bình, quản trị", ""),
        ("Bình", "staff.add", "staff:2002", "", "Chi, xem", ""),
        ("Bình", "staff.remove", "staff:2002", "Chi, xem", "", ""),
    ]


def test_a_link_is_looked_at_often_and_spent_once(staff: Staff, binh: Member) -> None:
    staff.link(binh.id, "h1", NOW, SOON)
    assert staff.peek("h1", NOW) == staff.peek("h1", NOW) == binh
    assert staff.spend("h1", NOW) == binh
    assert (staff.spend("h1", NOW), staff.peek("h1", NOW)) == (None, None)


@pytest.mark.parametrize("why", ["unknown", "expired", "removed"])
def test_a_link_that_leads_nowhere(staff: Staff, binh: Member, why: str) -> None:
    staff.link(binh.id, "h1", NOW, SOON)
    if why == "removed":
        staff.remove("2001", CONSOLE, NOW)
        staff.add("2001", "Bình", Role.EDITOR, CONSOLE, NOW)
    link, now = ("h2" if why == "unknown" else "h1"), (SOON if why == "expired" else NOW)
    assert (staff.peek(link, now), staff.spend(link, now)) == (None, None)


@pytest.mark.parametrize("round", range(5))
def test_of_many_who_spend_one_link_one_is_let_in(staff: Staff, binh: Member, path: Path, round: int) -> None:
    staff.link(binh.id, "h1", NOW, SOON)
    other = open_database(path)
    both = [staff, Staff(other)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: both[number % 2].spend("h1", NOW), range(8)))
    other.close()
    assert [one for one in found if one] == [binh]


def test_a_session_has_the_role_of_the_moment_and_ends(staff: Staff, binh: Member) -> None:
    staff.open_session(binh.id, "s1", NOW, LATE)
    assert staff.session("s1", NOW) == binh
    staff.add("2001", "Bình", Role.VIEWER, CONSOLE, NOW)
    assert staff.session("s1", SOON) == Member(1, "2001", "Bình", Role.VIEWER)
    assert (staff.session("s1", LATE), staff.session("s2", NOW)) == (None, None)
    staff.close_session("s1")
    assert staff.session("s1", NOW) is None


def test_who_is_removed_has_no_session_and_gets_none_back(staff: Staff, binh: Member) -> None:
    staff.open_session(binh.id, "s1", NOW, LATE)
    staff.remove("2001", CONSOLE, NOW)
    assert staff.session("s1", NOW) is None
    staff.add("2001", "Bình", Role.EDITOR, CONSOLE, NOW)
    assert staff.session("s1", NOW) is None


def test_what_ran_out_is_not_kept(staff: Staff, binh: Member, database: Database) -> None:
    for number, at in enumerate((NOW, LATE)):
        staff.link(binh.id, f"h{number}", at, at + timedelta(minutes=5))
        staff.open_session(binh.id, f"s{number}", at, at + timedelta(minutes=5))
    sql = "SELECT (SELECT count(*) FROM links), (SELECT count(*) FROM sessions)"
    assert database.read(lambda db: db.execute(sql).fetchone()) == (1, 1)


def test_when_a_session_was_last_used_is_kept_to_the_minute(staff: Staff, binh: Member, database: Database) -> None:
    staff.open_session(binh.id, "s1", NOW, LATE)
    seen = []
    for seconds in (30, 90, 120):
        staff.session("s1", NOW + timedelta(seconds=seconds))
        [at] = database.read(lambda db: db.execute("SELECT seen_at FROM sessions").fetchone())
        seen.append(at[11:19])
    assert seen == ["09:00:00", "09:01:30", "09:01:30"]


@pytest.mark.parametrize("name", SwitchName)
def test_a_switch_is_set_changed_and_cleared_with_its_reasons(
    database: Database, binh: Member, name: SwitchName
) -> None:
    switches = Switches(database)
    assert switches.get(name) is None
    assert not switches.clear(name, "thử", binh, NOW)
    switches.set(name, "Nghỉ lễ 2/9", "lịch nghỉ", binh, NOW)
    switches.set(name, "Nghỉ lễ đến 3/9", "đổi lịch", CONSOLE, SOON)
    found = switches.get(name)
    assert found
    assert (found.words, found.reason, found.who, found.at) == ("Nghỉ lễ đến 3/9", "đổi lịch", "dòng lệnh", SOON)
    assert switches.clear(name, "hết lễ", binh, LATE)
    assert switches.get(name) is None
    subject = f"switch:{name.value}"
    assert history(database)[1:] == [
        ("Bình", "switch.set", subject, "", "Nghỉ lễ 2/9", "lịch nghỉ"),
        ("dòng lệnh", "switch.set", subject, "Nghỉ lễ 2/9", "Nghỉ lễ đến 3/9", "đổi lịch"),
        ("Bình", "switch.clear", subject, "Nghỉ lễ đến 3/9", "", "hết lễ"),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'ai đó'",
        "UPDATE audit SET id = 99",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT id, at, staff, 'ai đó', what, subject, before, after, reason FROM audit",
        "REPLACE INTO audit VALUES (1, '', NULL, 'ai đó', '', '', '', '', '')",
    ],
)
def test_what_is_in_the_audit_stays_as_it_is(database: Database, path: Path, binh: Member, statement: str) -> None:
    before = history(database)
    with pytest.raises(StorageError, match="audit rows are only added"):
        database.run(lambda db: db.execute(statement))
    with closing(sqlite3.connect(path)) as outside, pytest.raises(sqlite3.IntegrityError):
        outside.execute(statement)
    assert history(database) == before != []


def test_the_audit_is_searched_newest_first(database: Database, binh: Member) -> None:
    audit = Audit(database)
    for number in range(4):
        at = NOW + timedelta(hours=number + 1)
        audit.write(at, None if number % 2 else binh, f"kb.edit{number}", f"entry:{number}", reason="sai")
    assert [row.what for row in audit.search()] == ["kb.edit3", "kb.edit2", "kb.edit1", "kb.edit0", "staff.add"]
    assert [row.what for row in audit.search(who="bot")] == ["kb.edit3", "kb.edit1"]
    assert [row.what for row in audit.search(what="staff.")] == ["staff.add"]
    span = audit.search(since=NOW + timedelta(hours=2), until=NOW + timedelta(hours=4))
    assert [row.what for row in span] == ["kb.edit2", "kb.edit1"]
    first = audit.search(limit=2)
    assert [row.what for row in audit.search(limit=2, before_id=first[-1].id)] == ["kb.edit1", "kb.edit0"]
    [row] = audit.of("entry:2")
    assert (row.staff, row.who, row.at, row.reason) == (binh.id, "Bình", NOW + timedelta(hours=3), "sai")


def test_a_ticket_has_one_place_in_the_group(database: Database) -> None:
    for number in (1, 2, 3):
        Questions(database).add(entry(f"câu {number}")).result()
        Tickets(database).open(Kind.QUESTION, None, [number], NOW)
    posts = Posts(database)
    assert posts.missing("-100", 9) == [1, 2, 3]
    forum, plain = Post(1, "-100", "11", "500"), Post(2, "-100", None, "501")
    for post in (Post(1, "-100", None, "1"), forum, plain):
        posts.put(post)
    assert (posts.of(1), posts.of(2), posts.of(3)) == (forum, plain, None)
    assert (posts.by_thread("-100", "11"), posts.by_message("-100", "501")) == (forum, plain)
    assert (posts.by_thread("-200", "11"), posts.by_message("-100", "1")) == (None, None)
    assert posts.missing("-100", 9) == [3]
    assert posts.missing("-200", 2) == [1, 2]
    Tickets(database).settle(3, 1, Settled.IGNORED, None, "x", None, NOW)
    assert posts.missing("-100", 9) == []
