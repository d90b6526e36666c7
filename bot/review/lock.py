"""One at a time: whoever writes into an office's base holds its lock, in this process or in another."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.editing.folder import OWN
from bot.errors import ConflictError, MotCuaError
from bot.review.edits import own_base

PATIENCE = 20.0  # seconds: what is done under the lock takes two or three
AGAIN = 0.05
BUSY = "Chưa ghi gì: đang có người khác lưu bộ tri thức. Hãy đợi một phút rồi thử lại."


@dataclass(frozen=True)
class Hold:
    """A base that nobody else writes into; only `alone` gives it."""

    folder: Path


@contextmanager
def alone(folder: Path) -> Iterator[Hold]:
    """Hold the lock; the system lets it go when a process ends, however it ends."""
    own_base(folder)
    path = folder / OWN / "lock"
    try:
        path.parent.mkdir(exist_ok=True)
        path.with_name(".gitignore").write_text("*\n", "utf-8")  # what is kept here is no part of the base
        file = path.open("ab")
    except OSError as error:
        raise MotCuaError(f"Không ghi được vào {folder}: {error.strerror}. Hãy xem quyền ghi của thư mục.") from error
    with file:
        _wait(file.fileno())
        yield Hold(folder)


def _wait(number: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise ConflictError(BUSY) from error
            time.sleep(AGAIN)
