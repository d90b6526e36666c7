"""Whole copies of the database: made while it is written to, checked before they count, put back only as a whole."""

import datetime
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils.utils import sqlite3

from bot.errors import StorageError

PRIVATE = 0o600  # only who runs the bot reads what people asked
NAME = re.compile(r"motcua-\d{8}-\d{6}\.db")
BESIDE = ("-wal", "-shm", "-journal")  # files that belong to a database while it is open
PATIENCE = 30.0  # seconds for a lock
MINE = "questions"  # a table that every database of this program has


@dataclass(frozen=True)
class Copy:
    """A database file: its bytes, its rows by table, what SQLite finds broken in it (nothing: it is whole)."""

    path: Path
    size: int
    rows: Mapping[str, int]
    faults: tuple[str, ...] = ()


def examined(path: Path) -> Copy:
    """A file as it is; nothing in it is changed. StorageError: it cannot be read, or is no database of this program."""
    if not path.is_file():
        raise StorageError(f"Không thấy tệp {path}.")
    try:
        with closing(_connected(path)) as db:
            faults = tuple(str(row[0]) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok")
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            counted = {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
    except sqlite3.DatabaseError as error:
        raise StorageError(f"{path} không phải cơ sở dữ liệu lành lặn ({error}).") from error
    if MINE not in counted:
        raise StorageError(f"{path} không phải cơ sở dữ liệu của Một Cửa.")
    return Copy(path, path.stat().st_size, counted, faults)


def back_up(database: Path, folder: Path, now: datetime.datetime) -> Copy:
    """A checked copy in a folder, named by its time in UTC; whoever writes meanwhile is let to. StorageError."""
    if not database.is_file():
        raise StorageError(f"Không thấy cơ sở dữ liệu {database}.")
    target = folder / f"motcua-{now.astimezone(datetime.UTC):%Y%m%d-%H%M%S}.db"
    with _beside(target) as unfinished:
        with closing(_connected(database)) as source, closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        made = examined(unfinished)
        if made.faults:
            raise StorageError(f"Bản sao của {database} không nguyên vẹn: {made.faults[0]}. Hãy chạy motcua db check.")
    return Copy(target, made.size, made.rows)


def restore(backup: Path, database: Path, now: datetime.datetime) -> Path | None:
    """Put a whole copy in the place of the database; where the former one lies now. StorageError: nothing changed."""
    found = examined(backup)
    if found.faults:
        raise StorageError(f"{backup} không nguyên vẹn: {found.faults[0]}. Hãy dùng bản sao khác. Chưa đổi gì.")
    aside = database.with_name(f"{database.name}.truoc-{now.astimezone(datetime.UTC):%Y%m%d-%H%M%S}")
    with _beside(database) as unfinished:
        shutil.copyfile(backup, unfinished)
        there = database.exists()
        if there:
            for end in ("", *BESIDE):
                with suppress(FileNotFoundError):
                    Path(f"{database}{end}").rename(f"{aside}{end}")
    return aside if there else None


def backups(folder: Path) -> list[Path]:
    """The copies that `back_up` made there, the newest first."""
    found = [path for path in folder.glob("motcua-*.db") if NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, key=lambda path: path.name, reverse=True)


def drop_old(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest copies; which ones went."""
    old = backups(folder)[keep:]
    for path in old:
        path.unlink(missing_ok=True)
    return old


@contextmanager
def held(database: Path, alone: bool = False) -> Iterator[None]:
    """Say for as long as this lasts that a program works with a database; `alone`: none other may. StorageError.

    SQLite itself does not tell of a connection that is idle.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(database.with_name(f".{database.name}.held"), os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError as error:
        raise StorageError(f"Không ghi được cạnh {database} ({error.strerror}). Hãy xem quyền ghi.") from error
    try:
        _lock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH, database)
        yield
    finally:
        os.close(file)


def _lock(file: int, how: int, database: Path) -> None:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StorageError(
            f"Có chương trình đang dùng {database}. Hãy dừng bot và trang cán bộ rồi thử lại."
        ) from error


def _connected(path: Path) -> sqlite3.Connection:
    """A connection that creates nothing."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A private file beside a place, put there at the end; gone if anything fails."""
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        yield unfinished
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    except (OSError, sqlite3.DatabaseError) as error:
        raise StorageError(f"Không ghi được {target} ({error}). Hãy xem quyền ghi và chỗ trống.") from error
    finally:
        for end in ("", *BESIDE):
            with suppress(OSError):
                Path(f"{unfinished}{end}").unlink(missing_ok=True)
