"""Work that takes longer than a page may: done one after the other in a thread, while a page tells how far it is."""

import logging
import secrets
import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from bot.errors import MotCuaError
from bot.storage import Member

KEPT = 50  # jobs whose results can still be looked at
BROKEN = "Việc này gặp lỗi ngoài dự kiến và đã dừng; chưa có gì thay đổi. Lỗi đã được ghi vào nhật ký máy chủ."

Progress = Callable[[int, int], None]

logger = logging.getLogger(__name__)


@dataclass
class Job:
    """One piece of work: whose it is, how far it came, and in the end a result or a problem.

    `work` gives the result, which `template` shows; `finish` does what the button under it promises, and says what was
    done; `back` is where one came from. What was `typed` can be sent to the editor at `again`; `names` are those of
    entries that the bot does not know yet, by id.
    """

    owner: int
    title: str
    back: str
    template: str
    work: Callable[[Progress], Any]
    finish: Callable[[Any, Member], str]
    entry: str = ""  # that is to answer the questions of a group
    again: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    done: int = 0
    total: int = 0
    begun: bool = False
    ended: bool = False
    result: Any = None
    problem: str = ""
    taken: bool = False
    outcome: str = ""

    def run(self) -> None:
        """Do the work; whatever happens, it ends."""
        self.begun = True
        try:
            self.result = self.work(self._tell)
        except MotCuaError as error:
            self.problem = str(error)
        except Exception as error:  # its words may hold a question: they are not logged
            self.problem = BROKEN
            logger.error(
                "a job failed: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
            )
        self.ended = True

    def _tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total


class Jobs:
    """The jobs of this process. They end with it, and none has written anything before its button is pressed."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")

    def start(self, job: Job) -> str:
        """Begin when those before have ended; the address of its page."""
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        self._thread.submit(job.run)
        return f"/viec/{job.id}"

    def of(self, id: str, owner: int) -> Job | None:
        """A job of one's own."""
        with self._lock:
            job = self._jobs.get(id)
        return job if job and job.owner == owner else None

    def take(self, id: str, owner: int) -> Job | None:
        """A job of one's own that ended, once: whoever presses its button twice does it once."""
        job = self.of(id, owner)
        with self._lock:
            if job is None or not job.ended or job.taken:
                return None
            job.taken = True
            return job

    def close(self) -> None:
        """Start nothing more; what runs is left to end."""
        self._thread.shutdown(wait=False, cancel_futures=True)
