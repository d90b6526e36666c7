"""Questions gathered into groups before the queue is shown, as far as that takes nobody's patience."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

PATIENCE = 0.1  # seconds that a page waits; the bot gathers all the time, so that hardly anything is left to do


class Gatherer:
    """Does it in a thread of its own, one time after the other."""

    def __init__(self, gather: Callable[[], object]) -> None:
        self._gather = gather
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gather")
        self._lock = Lock()
        self._running: Future[object] | None = None

    def soon(self) -> None:
        """Have it done, and wait a moment; raises what went wrong in that moment."""
        with self._lock:
            if self._running is None or self._running.done():
                self._running = self._thread.submit(self._gather)
            running = self._running
        try:
            running.result(PATIENCE)
        except TimeoutError:
            return

    def close(self) -> None:
        """Let what runs end."""
        self._thread.shutdown()
