"""Work that takes longer than a page may: done one after the other in a thread, while a page tells how far it is."""

import logging
import secrets
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from bot.errors import MotCuaError

KEPT = 50  # jobs whose results can still be looked at
BROKEN = "Việc này gặp lỗi ngoài dự kiến và đã dừng; chưa có gì thay đổi. Lỗi đã được ghi vào nhật ký máy chủ."

Progress = Callable[[str], None]
Work = Callable[[Progress], object]

logger = logging.getLogger(__name__)


@dataclass
class Job:
    """One piece of work: whose it is, what it is, how far it came, and in the end a result or a problem.

    `about` is what the page of its kind needs beside the result.
    """

    owner: int
    kind: str
    title: str
    back: str
    about: Any = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    progress: str = "Đang chờ đến lượt…"
    result: Any = None
    problem: str = ""
    done: bool = False


class Jobs:
    """The jobs of this process; they end with it, and nothing is written by them that is not done again at will."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")

    def start(self, job: Job, work: Work) -> Job:
        """Begin, when those before are done."""
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        self._thread.submit(self._run, job, work)
        return job

    def of(self, id: str, owner: int) -> Job | None:
        """A job of one's own."""
        with self._lock:
            job = self._jobs.get(id)
        return job if job and job.owner == owner else None

    def take(self, id: str, owner: int) -> Job | None:
        """A job that is done, once: of two who press at the same time one gets it."""
        with self._lock:
            job = self._jobs.get(id)
            return self._jobs.pop(id) if job and job.owner == owner and job.done else None

    def close(self) -> None:
        """Start nothing more; what runs is left to end by itself."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _run(self, job: Job, work: Work) -> None:
        def tell(words: str) -> None:
            job.progress = words

        try:
            job.result = work(tell)
        except MotCuaError as error:
            job.problem = str(error)
        except Exception as error:  # its words may hold a question: they are not logged
            job.problem = BROKEN
            logger.error("%s failed: %s\n%s", job.kind, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        job.done = True
