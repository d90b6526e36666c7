"""The database file: brought to the newest schema, never half-changed, and every fault told in words."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils
from sqlite_utils.utils import sqlite3 as used

from bot.errors import StorageError
from bot.storage import Database, Questions, open_database
from bot.storage.schema import MIGRATIONS
from tests.entries import entry

COLUMNS = (
    "id reference channel bot_id update_id asked_at local_day question folded language outcome reason facets matches "
    "procedure score latency_ms knowledge replied_at picked none_of_these person person_key asked_staff_at misread "
    "code words ticket"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What another program reads in the file."""
    with closing(sqlite3.connect(path)) as outside:
        return outside.execute(sql).fetchall()


def change(path: Path, *statements: str) -> None:
    """What another program does to the file."""
    with closing(sqlite3.connect(path)) as outside:
        for statement in statements:
            outside.execute(statement)
        outside.commit()


def applied(database: Database) -> list[tuple[str, str]]:
    return database.run(lambda db: [(m.name, m.applied_at) for m in MIGRATIONS.applied(db)])


def opened_and_closed(path: Path) -> None:
    open_database(path).close()


def test_folders_that_are_missing_are_made(tmp_path: Path) -> None:
    path = tmp_path / "chưa có" / "thư mục" / "nhật ký.db"
    opened_and_closed(path)
    assert path.is_file()


def test_an_empty_file_gets_every_migration_in_order(path: Path) -> None:
    path.touch()
    database = open_database(path)
    assert [name for name, _ in applied(database)][:2] == ["0001_questions", "0002_health"]
    database.close()


def test_a_second_opening_applies_nothing_and_loses_nothing(path: Path) -> None:
    first = open_database(path)
    Questions(first).add(entry("cấp hộ chiếu")).result()
    before = applied(first)
    first.close()
    second = open_database(path)
    assert applied(second) == before
    assert Questions(second).question(1) == "cấp hộ chiếu"
    second.close()


def test_an_older_schema_is_brought_up_to_date_with_its_rows(path: Path) -> None:
    with closing(used.connect(str(path))) as connection:
        MIGRATIONS.apply(sqlite_utils.Database(connection), stop_before="0002_health")
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 'health'") == []
    opened_and_closed(path)
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 'health'") == [("health",)]


def test_a_migration_that_fails_leaves_nothing_behind(path: Path) -> None:
    change(path, "CREATE TABLE questions_open (theirs)")
    with pytest.raises(StorageError, match="questions_open"):
        open_database(path)
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 'questions'") == []
    change(path, "DROP TABLE questions_open")
    opened_and_closed(path)
    assert rows(path, "SELECT count(*) FROM questions") == [(0,)]


def test_no_column_says_who_asked(database: Database) -> None:
    columns = database.run(lambda db: [row["name"] for row in db.query("PRAGMA table_info(questions)")])
    assert columns == COLUMNS.split()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal" if used.sqlite_version_info >= (3, 51, 3) else "truncate"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
    ],
)
def test_the_connection_is_careful(database: Database, pragma: str, value: object) -> None:
    assert database.run(lambda db: db.execute(f"PRAGMA {pragma}").fetchone()) == (value,)


def test_what_is_reported_done_is_seen_by_other_programs(database: Database, path: Path) -> None:
    Questions(database).add(entry("cấp hộ chiếu")).result()
    assert rows(path, "SELECT question FROM questions") == [("cấp hộ chiếu",)]


def test_work_that_fails_half_way_changes_nothing(database: Database, path: Path) -> None:
    def half(db: sqlite_utils.Database) -> None:
        db.execute("INSERT INTO health VALUES ('telegram', 'ok', '', '')")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.run(half)
    assert rows(path, "SELECT * FROM health") == []


def test_closing_finishes_what_is_waiting(path: Path) -> None:
    database = open_database(path)
    log = Questions(database)
    waiting = [log.add(entry(f"câu {number}")) for number in range(100)]
    database.close()
    assert all(future.done() for future in waiting)
    assert rows(path, "SELECT count(*) FROM questions") == [(100,)]


def test_two_threads_writing_500_rows_each_lose_none(database: Database, path: Path) -> None:
    log = Questions(database)
    start = threading.Barrier(2)

    def write(person: str) -> None:
        start.wait()
        kept = [log.add(entry(f"{person} hỏi câu {number}", reference=f"{person}{number}")) for number in range(500)]
        assert {future.result().replied for future in kept} == {False}

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(write, "An"), threads.submit(write, "Dung")]:
            done.result()
    assert rows(path, "SELECT count(*), count(DISTINCT reference) FROM questions") == [(1000, 1000)]


def test_two_programs_writing_to_one_file_lose_none(path: Path) -> None:
    both = [open_database(path), open_database(path)]
    kept = [Questions(both[number % 2]).add(entry(f"câu {number}")) for number in range(100)]
    for future in kept:
        future.result()
    for database in both:
        database.close()
    assert rows(path, "SELECT count(*) FROM questions") == [(100,)]


@pytest.mark.parametrize("round", range(3))
def test_programs_that_read_before_they_write_wait_for_each_other(path: Path, round: int) -> None:
    def grow(database: Database) -> None:
        def work(db: sqlite_utils.Database) -> None:
            [count] = db.execute("SELECT count(*) FROM health").fetchone()
            db.execute("INSERT INTO health VALUES (:channel, 'ok', '', '')", {"channel": f"kênh {count}"})

        for _ in range(50):
            database.run(work)

    both = [open_database(path), open_database(path)]
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(grow, database) for database in both]:
            done.result()
    for database in both:
        database.close()
    assert rows(path, "SELECT count(*) FROM health") == [(100,)]


def test_reading_waits_for_nobody_who_writes(path: Path) -> None:
    writer, reader = open_database(path), open_database(path)

    def work(db: sqlite_utils.Database) -> list[Any]:
        db.execute("INSERT INTO health VALUES ('telegram', 'ok', '', '')")
        return reader.read(lambda own: own.execute("SELECT * FROM health").fetchall())

    assert writer.run(work) == []
    assert len(reader.read(lambda db: db.execute("SELECT * FROM health").fetchall())) == 1
    writer.close()
    reader.close()


@pytest.mark.parametrize("round", range(10))
def test_programs_started_together_on_a_new_file_all_open_it(path: Path, round: int) -> None:
    start = threading.Barrier(4)

    def open_and_close() -> None:
        start.wait()
        opened_and_closed(path)

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(open_and_close) for _ in range(4)]:
            done.result()


def test_a_file_that_is_no_database_is_told_and_left_alone(path: Path) -> None:
    path.write_text("Đây là một lá thư, không phải cơ sở dữ liệu. " * 30, "utf-8")
    before = path.read_bytes()
    with pytest.raises(StorageError) as told:
        open_database(path)
    assert str(told.value) == (
        f"Tệp {path} không phải cơ sở dữ liệu SQLite lành lặn. Hãy lấy lại bản sao lưu, hoặc đổi khóa database."
    )
    assert path.read_bytes() == before


def test_a_damaged_database_is_told(path: Path) -> None:
    opened_and_closed(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with pytest.raises(StorageError, match="không phải cơ sở dữ liệu SQLite lành lặn"):
        open_database(path)


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as told:
        open_database(tmp_path)
    assert str(told.value) == (
        f"Không ghi được cơ sở dữ liệu {tmp_path} (unable to open database file). "
        "Hãy xem quyền ghi của thư mục, hoặc đổi khóa database."
    )


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    with pytest.raises(StorageError, match=r"^Không ghi được cơ sở dữ liệu .*motcua\.db \("):
        open_database(tmp_path / "tệp" / "motcua.db")


def test_a_full_disk_is_told(database: Database, path: Path) -> None:
    database.run(lambda db: db.execute("PRAGMA max_page_count = 1"))
    with pytest.raises(StorageError) as told:
        Questions(database).add(entry("dài " * 20_000)).result()
    assert str(told.value) == f"Đĩa chứa {path} đã đầy. Hãy dọn chỗ rồi thử lại."


def test_a_statement_that_fails_is_told_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(StorageError, match="no such table: khong_co"):
        database.run(lambda db: db.execute("SELECT * FROM khong_co"))
    assert database.run(lambda db: db.execute("SELECT 1").fetchone()) == (1,)


def test_a_database_of_a_newer_version_is_refused(path: Path) -> None:
    opened_and_closed(path)
    newer = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('motcua', '9999_later', '')"
    change(path, newer)
    with pytest.raises(StorageError) as told:
        open_database(path)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


def test_migrations_of_other_programs_in_the_file_are_no_newer_version(path: Path) -> None:
    opened_and_closed(path)
    theirs = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('khác', '9999_later', '')"
    change(path, theirs)
    opened_and_closed(path)
