"""What is broken, each with how often in a short and in a long run."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.reload import TAKEN
from tests.emulator.errors import ApiError
from tests.faults.stub import FINE, Trouble
from tests.faults.subject import POLLING, WEBHOOK
from tests.faults.tally import Outcome
from tests.faults.trial import Trial
from tests.running import KNOWLEDGE

Run = Callable[[], Outcome]
MODES = (POLLING, WEBHOOK)
CLOCK = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")


def kills(mode: str, count: int, times: int, stock: bool = False) -> Outcome:
    """`kill -9` at any moment."""

    def disturb(trial: Trial) -> None:
        for number in range(times):
            trial.until(count * (number + 1) // (times + 2))
            time.sleep(trial.random.uniform(0, 0.05))
            trial.kill()

    return Trial(mode, stock).run("stock kill -9" if stock else "kill -9", count, disturb)


def terms(mode: str, count: int, times: int) -> Outcome:
    """SIGTERM under load: everything begun is finished, in under ten seconds."""

    def disturb(trial: Trial) -> None:
        for number in range(times):
            trial.until(count * (number + 1) // (times + 2))
            code, seconds = trial.subject.stop()
            if code or seconds >= 10:
                raise RuntimeError(f"SIGTERM: exit code {code} after {seconds:.1f} s")
            trial.subject.start()

    return Trial(mode).run("SIGTERM", count, disturb)


def locked(mode: str, count: int, seconds: float) -> Outcome:
    """Another program holds the database."""

    def disturb(trial: Trial) -> None:
        trial.until(count // 3)
        holder = sqlite3.connect(trial.subject.database, timeout=30, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        asked = trial.meanwhile(seconds)
        holder.execute("COMMIT")
        holder.close()
        if not asked:
            raise RuntimeError("nobody asked while the database was held")

    return Trial(mode).run(f"locked {seconds:.0f} s", count, disturb, pause=2 * seconds / count)


def full(mode: str, count: int, seconds: float) -> Outcome:
    """No file can grow: questions are answered all the same, and logged when there is room again."""

    def disturb(trial: Trial) -> None:
        trial.until(count // 3)
        trial.subject.full(disk=True)
        before, logged = trial.stub.answered, len(trial.subject.logged())
        asked = trial.meanwhile(seconds)
        if trial.stub.answered == before or not asked:
            raise RuntimeError("nobody was answered while the disk was full")
        if len(trial.subject.logged()) > logged + asked // 2:
            raise RuntimeError("the disk was not full")
        trial.subject.full(disk=False)
        trial.stub.wait(lambda: len(trial.asked) == count == len(set(trial.subject.logged())), 60)

    return Trial(mode).run(f"disk full {seconds:.0f} s", count, disturb, pause=2 * seconds / count)


def storm(mode: str, count: int) -> Outcome:
    """Telegram refuses, breaks, hangs and talks nonsense; one chat is told to wait all the time."""

    def disturb(trial: Trial) -> None:
        calls = 0

        def weather(method: str, params: dict[str, Any]) -> Trouble:
            nonlocal calls
            if method not in ("sendMessage", "getUpdates") or trial.stub.answered > count * 0.9:
                return FINE
            if method == "sendMessage" and params["chat_id"] == 1001:
                return Trouble(error=ApiError(429, "Too Many Requests: retry after 3", {"retry_after": 3}))
            calls += 1
            return WEATHERS.get(calls % 29, FINE)

        trial.stub.weather = weather
        trial.until(int(count * 0.85))
        trial.stub.weather = lambda _method, _params: FINE

    return Trial(mode, chats=20).run("429, 500, time-out, garbage", count, disturb, pause=0.02)


WEATHERS = {
    3: Trouble(error=ApiError(500, "Internal Server Error")),
    9: Trouble(error=ApiError(502, "Bad Gateway")),
    15: Trouble(error=ApiError(429, "Too Many Requests: retry after 1", {"retry_after": 1})),
    21: Trouble(garbage=b"<html>Bad gateway</html>"),
    23: Trouble(garbage=b'{"ok":true,"result'),
    27: Trouble(delay=6.5, error=ApiError(504, "Gateway Timeout")),
}


def clock(mode: str, count: int) -> Outcome:
    """The clock is set an hour forward, and then two back."""
    with TemporaryDirectory() as folder:
        offset = Path(folder) / "offset"
        offset.write_text("+0")
        faked = {"LD_PRELOAD": str(CLOCK), "FAKETIME_TIMESTAMP_FILE": str(offset), "FAKETIME_CACHE_DURATION": "1"}
        faked["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"

        def disturb(trial: Trial) -> None:
            for number, moved in enumerate(("+3600", "-3600", "+0"), 1):
                trial.until(count * number // 5)
                trial.kill()
                offset.write_text(moved)
                time.sleep(1.5)
                trial.kill()

        return Trial(mode, settings=faked).run("clock +1 h, -1 h", count, disturb, pause=0.02)


def reloads(mode: str, count: int, times: int) -> Outcome:
    """The knowledge base changes under load."""
    with TemporaryDirectory() as folder:
        base = Path(folder) / "knowledge"
        shutil.copytree(KNOWLEDGE, base)
        entry = next((base / "procedures").rglob("*.yaml"))
        words = entry.read_text("utf-8")

        def disturb(trial: Trial) -> None:
            for number in range(1, times + 1):
                entry.write_text(words + f"# {number}\n", "utf-8")
                trial.stub.wait(partial(_reloaded, trial, number), 60)
            trial.until(count)
            if not _reloaded(trial, times):
                raise RuntimeError(f"reloaded {trial.subject.output.count(TAKEN)} times of {times}")

        return Trial(mode, settings={"MOTCUA_KNOWLEDGE": str(base)}).run(
            f"{times} reloads", count, disturb, pause=2 * times / count
        )


def _reloaded(trial: Trial, times: int) -> bool:
    return trial.subject.output.count(TAKEN) >= times


def runs(long: bool) -> Iterator[tuple[str, Run]]:
    """All of them, each with a name."""
    for mode in MODES:
        yield f"kills-{mode}", partial(kills, mode, *((3200, 32) if long else (200, 4)))
        yield f"control-{mode}", partial(kills, mode, *((1000, 10) if long else (150, 3)), stock=True)
    for mode in MODES if long else (WEBHOOK,):
        yield f"terms-{mode}", partial(terms, mode, *((500, 10) if long else (80, 2)))
        yield f"storm-{mode}", partial(storm, mode, 500 if long else 80)
    for mode in MODES if long else (POLLING,):
        yield f"locked-{mode}", partial(locked, mode, *((600, 15.0) if long else (80, 3.0)))
        yield f"full-{mode}", partial(full, mode, *((600, 10.0) if long else (80, 2.0)))
    for mode in MODES if long else ():
        yield f"clock-{mode}", partial(clock, mode, 500)
        yield f"reloads-{mode}", partial(reloads, mode, 1000, 100)
