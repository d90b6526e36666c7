"""One SQLite file, one thread that owns its connection; every change is committed before it is reported."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import sqlite_utils
from sqlite_utils.utils import sqlite3

from bot.errors import BusyError, StorageError
from bot.storage.schema import MIGRATIONS, names

Result = TypeVar("Result")
WAL_SAFE_FROM = (3, 51, 3)  # older versions can corrupt a WAL file when it is reset
WRITING, READING = "BEGIN IMMEDIATE", "BEGIN"
GROUP = 64  # works that are committed at once
LOCK_WAIT = 5.0  # seconds that a statement waits for another process
LOCK_WAIT_HELD = 0.1  # the same after it waited in vain: one that holds on must not keep all others in a queue


@dataclass(frozen=True)
class Job(Generic[Result]):
    """A work that waits for its turn, and where its end is told."""

    work: Callable[[sqlite_utils.Database], Result]
    begin: str
    future: "Future[Result]" = field(default_factory=Future)


class Database:
    """Runs every statement on its one thread: a connection shared by threads silently loses rows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage")
        self._queue: deque[Job[Any]] = deque()
        self._held = False
        self._db = self._thread.submit(self._open).result()

    def submit(self, work: Callable[[sqlite_utils.Database], Result]) -> "Future[Result]":
        """Run `work` so that all of it happens or nothing; the future is done when it is committed.

        Works that wait together are committed together, each by itself undone where it fails; `work` may run twice.
        """
        return self._put(Job(work, WRITING))

    def run(self, work: Callable[[sqlite_utils.Database], Result], within: float | None = None) -> Result:
        """Run `work` in one transaction and wait for it, `within` so many seconds if given. Raises StorageError."""
        return self._done(self.submit(work), within)

    def read(self, work: Callable[[sqlite_utils.Database], Result], within: float | None = None) -> Result:
        """The same for work that changes nothing: it waits for no other program that writes."""
        return self._done(self._put(Job(work, READING)), within)

    def scrub(self) -> None:
        """Empty the log that stands beside the file, so that what was erased is in neither. Raises StorageError."""
        self._thread.submit(self._scrub).result()

    def close(self) -> None:
        """Finish what is waiting, then close."""
        self._thread.submit(self._db.conn.close).result()
        self._thread.shutdown()

    def _done(self, future: "Future[Result]", within: float | None) -> Result:
        try:
            return future.result(within)
        except TimeoutError as error:
            if within is None:
                raise
            future.cancel()  # if it did not begin, nobody wants it any more
            raise StorageError(f"Cơ sở dữ liệu {self.path} không trả lời trong {within:g} giây.") from error

    def _put(self, job: "Job[Result]") -> "Future[Result]":
        self._queue.append(job)
        self._thread.submit(self._next)
        return job.future

    def _next(self) -> None:
        """Do all that waits of one kind, as far as nothing of the other kind stands between."""
        group = list[Job[Any]]()
        while self._queue and len(group) < GROUP and (not group or self._queue[0].begin == group[0].begin):
            job = self._queue.popleft()
            if job.future.set_running_or_notify_cancel():
                group.append(job)
        if len(group) > 1 and self._together(group):
            return
        for job in group:
            try:
                job.future.set_result(self._run(job))
            except BaseException as error:  # whatever it is, it belongs to who waits for it
                job.future.set_exception(error)

    def _together(self, group: "list[Job[Any]]") -> bool:
        """Commit a group at once; False: that did not go, and nothing of it happened."""
        conn, ends = self._db.conn, list[tuple[Job[Any], Any, BaseException | None]]()
        try:
            conn.execute(group[0].begin)
            for job in group:
                ends.append((job, *self._within(job)))
            conn.commit()
        except sqlite3.DatabaseError:
            conn.rollback()
            return False
        for job, result, fault in ends:
            if fault is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(fault)
        return True

    def _within(self, job: "Job[Result]") -> tuple[Result | None, BaseException | None]:
        """One work inside a transaction of several. Raises DatabaseError where it took the transaction with it."""
        conn = self._db.conn
        conn.execute("SAVEPOINT work")
        try:
            result = job.work(self._db)
        except BaseException as error:
            if isinstance(error, sqlite3.DatabaseError):
                raise  # it may be about the file: each is tried by itself
            conn.execute("ROLLBACK TO work")
            conn.execute("RELEASE work")
            return None, error
        conn.execute("RELEASE work")
        return result, None

    def _run(self, job: "Job[Result]") -> Result:
        """What changes takes the write lock first: SQLite lets no reader wait to become a writer."""
        conn = self._db.conn
        try:
            conn.execute(job.begin)
            try:
                result = job.work(self._db)
                conn.commit()
            except BaseException:
                conn.rollback()
                raise
        except sqlite3.DatabaseError as error:
            fault = _fault(self.path, error)
            self._wait(held=isinstance(fault, BusyError))
            raise fault from error
        if job.begin == WRITING:
            self._wait(held=False)
        return result

    def _wait(self, held: bool) -> None:
        if held != self._held:
            self._held = held
            self._db.conn.execute(f"PRAGMA busy_timeout={int((LOCK_WAIT_HELD if held else LOCK_WAIT) * 1000)}")

    def _scrub(self) -> None:
        try:
            busy, _, _ = self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.DatabaseError as error:
            raise _fault(self.path, error) from error
        if busy:
            raise _fault(self.path, sqlite3.OperationalError("locked"))

    def _open(self) -> sqlite_utils.Database:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite_utils.Database(sqlite3.connect(str(self.path), timeout=LOCK_WAIT))
            journal = "WAL" if sqlite3.sqlite_version_info >= WAL_SAFE_FROM else "TRUNCATE"
            for pragma in (f"journal_mode={journal}", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
                _patiently(partial(db.conn.execute, f"PRAGMA {pragma}"))
            _patiently(partial(_migrate, db, self.path))
        except (OSError, sqlite3.DatabaseError) as error:
            raise StorageError(_words(self.path, error)) from error
        return db


def _migrate(db: sqlite_utils.Database, path: Path) -> None:
    """Bring the schema up to date under the one write lock; also proves that the file can be written."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        MIGRATIONS.apply(db)
        newer = {migration.name for migration in MIGRATIONS.applied(db)} - names()
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()
    if newer:
        raise StorageError(
            f"Cơ sở dữ liệu {path} do một bản Một Cửa mới hơn tạo ra ({', '.join(sorted(newer))}). "
            "Hãy cài bản mới, hoặc đổi khóa database."
        )


def _patiently(step: Callable[[], object]) -> None:
    """Several programs may open a new file at once: SQLite does not wait for the first lock by itself."""
    deadline = time.monotonic() + LOCK_WAIT
    while True:
        try:
            step()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _fault(path: Path, error: Exception) -> StorageError:
    kind = BusyError if "locked" in str(error) else StorageError
    return kind(_words(path, error))


def _words(path: Path, error: Exception) -> str:
    reason = str(error)
    if "not a database" in reason or "malformed" in reason:
        return f"Tệp {path} không phải cơ sở dữ liệu SQLite lành lặn. Hãy lấy lại bản sao lưu, hoặc đổi khóa database."
    if "locked" in reason:
        return f"Cơ sở dữ liệu {path} đang bị chương trình khác khóa. Hãy đóng chương trình đó rồi thử lại."
    if "full" in reason:
        return f"Đĩa chứa {path} đã đầy. Hãy dọn chỗ rồi thử lại."
    return f"Không ghi được cơ sở dữ liệu {path} ({reason}). Hãy xem quyền ghi của thư mục, hoặc đổi khóa database."


def open_database(path: Path) -> Database:
    """Open or create the file and bring it to the newest schema."""
    return Database(path)
