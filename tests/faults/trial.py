"""One trial: persons ask, something is broken meanwhile, and at the end everything is counted."""

import itertools
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.faults.stub import Stub
from tests.faults.subject import Subject
from tests.faults.tally import Asked, Outcome, disordered, question, said_twice

CHATS = 40
AHEAD = 120  # questions that wait at most, so that every kill finds some in work
SETTLED = 120.0  # seconds for the last answers
NUMBERS = itertools.count(1)


class Trial:
    """The stub, the bot and the persons."""

    def __init__(
        self, mode: str, stock: bool = False, chats: int = CHATS, settings: Mapping[str, str] | None = None
    ) -> None:
        self.stub = Stub()
        self.random = random.Random(1)
        self.asked: list[Asked] = []
        self.kills = 0
        self.in_flight = 0
        self.mode = mode
        self.stock = stock
        self._chats = [1001 + number for number in range(chats)]
        self._settings = settings or {}

    def run(self, name: str, count: int, disturb: Callable[["Trial"], None], pause: float = 0.0) -> Outcome:
        """Ask so many questions, with a pause in seconds after each, while it is disturbed."""
        since = time.monotonic()
        folder = Path(tempfile.mkdtemp(prefix="motcua-faults-"))
        with self.stub:
            self.subject = Subject(folder, self.stub, self.mode, self.stock, **self._settings)
            try:
                self.subject.start()
                self.subject.register()
                asking = threading.Thread(target=self._ask, args=(count, pause), daemon=True)
                asking.start()
                disturb(self)
                asking.join(600)
                self.stub.wait(self._done, 5 if self.stock else SETTLED)
            finally:
                self.subject.close()
            outcome = self._count(name, time.monotonic() - since)
        shutil.rmtree(folder, ignore_errors=True)
        return outcome

    def kill(self) -> None:
        """Kill it in the middle of its work and start it again."""
        self.in_flight += self.stub.in_flight
        self.subject.kill()
        self.kills += 1
        self.subject.start()

    def until(self, answered: int) -> None:
        """Wait until so many questions have an answer; a control that loses some gets a moment only."""
        self.stub.wait(lambda: self.stub.answered >= answered, 3 if self.stock else SETTLED)

    def meanwhile(self, seconds: float) -> int:
        """Let so much time pass: how many asked in it."""
        before = len(self.asked)
        time.sleep(seconds)
        return len(self.asked) - before

    def _ask(self, count: int, pause: float) -> None:
        for _ in range(count):
            self.stub.wait(lambda: self.stub.waiting < AHEAD, 600)
            number, chat = next(NUMBERS), self.random.choice(self._chats)
            update = question(number, chat)
            self.stub.put(update)
            self.asked.append(Asked(chat, number, update["update_id"]))
            time.sleep(pause)

    def _done(self) -> bool:
        return self.stub.waiting == 0 and self.stub.answered >= len(self.asked)

    def _count(self, name: str, seconds: float) -> Outcome:
        logged, sent = self.subject.logged(), self.stub.sent
        answered = {(one.chat, one.to) for one in sent}
        return Outcome(
            name=name,
            mode=self.mode,
            asked=len(self.asked),
            kills=self.kills,
            lost=len({one.update for one in self.asked} - set(logged)),
            doubled=len(logged) - len(set(logged)),
            disordered=disordered(self.asked, logged, sent),
            unanswered=sum((one.chat, one.message) not in answered for one in self.asked),
            said_twice=said_twice(sent),
            in_flight=self.in_flight,
            seconds=seconds,
            ours=not self.stock,
        )
