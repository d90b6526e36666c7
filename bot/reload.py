"""Hot reload: a saved file is live within seconds, built aside and put in place at once; a broken one changes nothing.

A watch looks at names, times and sizes every second; when a change has settled, it builds anew.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from bot import yamlfile
from bot.cache import give_back
from bot.errors import MotCuaError

Built = TypeVar("Built")
Look = frozenset[tuple[str, int, int]]

EVERY = 1.0  # seconds between two looks: with one look to settle and some seconds to build, ten are never reached
UNEXPECTED = "Nạp lại bộ tri thức gặp lỗi ngoài dự kiến ({kind}). Bot vẫn dùng bản trước."
BROKEN = "Bản vừa lưu có lỗi, bot vẫn dùng bản trước. {error}"
TAKEN = "Đã nạp lại bộ tri thức."

logger = logging.getLogger(__name__)


def watched(folder: Path) -> list[Path]:
    """All YAML files in a folder and below it that are part of a base."""
    return yamlfile.files(folder, "**/*.yaml")


def look(folder: Path, files: Iterable[Path] = ()) -> Look:
    """Names, times and sizes of all YAML files in a folder, and of single files elsewhere."""
    seen: set[tuple[str, int, int]] = set()
    for path in (*watched(folder), *files):
        try:
            state = path.stat()
        except OSError:  # just removed, or not there yet
            continue
        seen.add((str(path), state.st_mtime_ns, state.st_size))
    return frozenset(seen)


class Reloader(Generic[Built]):
    """`look` sees what there is, `build` makes a value of it aside, `swap` puts that in place.

    `report` hears what is wrong, once, and "" when it is mended. Made before the first value is built, so that no
    change is missed.
    """

    def __init__(
        self,
        look: Callable[[], Look],
        build: Callable[[], Built],
        swap: Callable[[Built], None],
        report: Callable[[str], None],
    ) -> None:
        self._look = look
        self._build = build
        self._swap = swap
        self._report = report
        self._built_from = self._last = look()
        self._problem = ""

    def check(self) -> bool:
        """One look; whether a new value was put in place. A change is built when the next look finds it unchanged."""
        now = self._look()
        settled, self._last = now == self._last, now
        if not settled or now == self._built_from:
            return False
        self._built_from = now
        return self._rebuild()

    def watch(self, stop: threading.Event, every: float = EVERY) -> None:
        """Look again and again until told to stop."""
        while not stop.wait(every):
            self.check()

    def _rebuild(self) -> bool:
        try:
            self._swap(self._build())
        except MotCuaError as error:
            self._tell(BROKEN.format(error=error))
            return False
        except Exception as error:  # whatever a file can cause, the bot goes on answering from what it has
            self._tell(UNEXPECTED.format(kind=type(error).__name__))
            return False
        give_back()  # what was read and what was replaced
        logger.info(TAKEN)
        self._tell("")
        return True

    def _tell(self, problem: str) -> None:
        """Say a problem once, and once that it is over."""
        if problem == self._problem:
            return
        self._problem = problem
        if problem:
            logger.error("%s", problem)
        self._report(problem)
