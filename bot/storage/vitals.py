"""What the database says of itself: whether it takes a change, how much waits in it, how big it is."""

import datetime
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.times import moment_or_none

PATIENCE = 3.0  # seconds: whoever asks for figures or for health does not wait longer
WAITING = "state IN ('waiting', 'sending')"  # the words of the index `outbox_due`
OPEN = "state IN ('new', 'taken')"


@dataclass(frozen=True)
class Backlog:
    """How many pushes wait, since when the oldest (UTC); open tickets by (kind, state)."""

    waiting: int
    oldest: datetime.datetime | None
    tickets: dict[tuple[str, str], int]


def backlog(database: Database) -> Backlog:
    """What waits now. Raises StorageError, also when there is no answer within seconds."""

    def read(db: sqlite_utils.Database) -> Backlog:
        [(waiting, oldest)] = db.execute(f"SELECT count(*), min(made_at) FROM outbox WHERE {WAITING}").fetchall()
        rows = db.execute(f"SELECT kind, state, count(*) FROM tickets WHERE {OPEN} GROUP BY kind, state").fetchall()
        return Backlog(waiting, moment_or_none(oldest), {(kind, state): count for kind, state, count in rows})

    return database.read(read, PATIENCE)


def prove_writable(database: Database) -> None:
    """Write the first page of the file as it is, and commit. Raises StorageError, also when that takes seconds."""

    def write(db: sqlite_utils.Database) -> None:
        [(version,)] = db.execute("PRAGMA user_version").fetchall()
        db.execute(f"PRAGMA user_version = {int(version)}")

    database.run(write, PATIENCE)


def check_whole(database: Database) -> list[str]:
    """What SQLite finds broken in the file, in its own words; nothing where it is whole."""
    rows = database.read(lambda db: [str(row[0]) for row in db.execute("PRAGMA integrity_check").fetchall()])
    return [row for row in rows if row != "ok"]


def prove_whole(database: Database) -> None:
    """Look through the file as quickly as SQLite can. Raises StorageError that says how to mend what is broken."""
    rows = database.read(lambda db: [str(row[0]) for row in db.execute("PRAGMA quick_check(1)").fetchall()])
    if rows != ["ok"]:
        raise StorageError(
            f"Cơ sở dữ liệu {database.path} hỏng ({rows[0]}). Hãy xem: motcua db check, rồi lấy lại bản sao gần nhất: "
            "motcua db restore TỆP"
        )


def size_of(path: Path) -> int:
    """Bytes of the database on disk, with the log beside it."""
    found = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in found if file.is_file())
