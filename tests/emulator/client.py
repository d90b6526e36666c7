"""What a test needs: an emulator in its own process, and persons who write, tap and read.

>>> with Emulator() as emulator:
...     start_the_bot(emulator.base_url, emulator.base_file_url, emulator.token)
...     an = emulator.person("An")
...     [answer] = an.says("/start")
...     [edited] = an.taps(answer, "Tiếng Việt")
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

import httpx

from . import TOKEN
from .person import PATIENCE, Person
from .seen import Call

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Reading:
    """Calls from some place on, the version to wait from for the next change, and how many updates were not confirmed
    at that moment.
    """

    version: int
    length: int
    calls: list[Call]
    pending: int


class Emulator:
    """The emulator in a process of its own, from `with` to its end.

    `settle`: seconds of quiet after which a bot has said all. Ours confirms an update when it is done with it, which is
    seen; a bot that confirms beforehand needs some.
    """

    def __init__(self, token: str = TOKEN, start_timeout: float = 120, settle: float = 0) -> None:
        self.token = token
        self.settle = settle
        self.base_url = ""
        self.base_file_url = ""
        self._start_timeout = start_timeout
        self._user_ids: dict[str, int] = {}
        self._persons: dict[tuple[str, int], Person] = {}
        self._known = 0  # so many calls have been read of

    def __enter__(self) -> Self:
        self._log: IO[bytes] = tempfile.TemporaryFile()
        self._process = self._start()
        guard = threading.Timer(self._start_timeout, self._process.kill)
        guard.start()
        assert self._process.stdout
        line = self._process.stdout.readline()
        guard.cancel()
        if not line.startswith("listening on "):
            self._stop()
            raise RuntimeError(f"the emulator did not start:\n{self.log()}")
        root = line.removeprefix("listening on ").strip()
        self.base_url, self.base_file_url = f"{root}/bot", f"{root}/file/bot"
        self._http = httpx.Client(base_url=root, timeout=30, trust_env=False)
        self._get("/emulator/ready")
        return self

    def __exit__(self, *exc: object) -> None:
        self._http.close()
        self._stop()
        self._log.close()

    def person(self, name: str, language: str = "vi", chat: dict[str, Any] | None = None) -> Person:
        """The person of this name, always the same one, in a private chat of their own or in the group given."""
        user_id = self._user_ids.setdefault(name, 1001 + len(self._user_ids))
        user = {"id": user_id, "is_bot": False, "first_name": name, "language_code": language}
        place = chat or {"id": user_id, "type": "private", "first_name": name}
        return self._persons.setdefault((name, place["id"]), Person(self, user, place))

    def calls(self, method: str | None = None) -> list[Call]:
        """All calls that bots made so far, in order, refused ones too; only getUpdates is left out."""
        return self.read(0, method=method or "").calls

    def wait_for(self, method: str, count: int = 1, timeout: float = PATIENCE) -> list[Call]:
        """All calls of this method, once there are this many of them with an answer."""
        version, deadline = -1, time.monotonic() + timeout
        while True:
            reading = self.read(0, version, max(0, deadline - time.monotonic()), method)
            version = reading.version
            found = [call for call in reading.calls if call.status]
            if len(found) >= count:
                return found
            if time.monotonic() >= deadline:
                raise AssertionError(f"{method}: {len(found)} of {count} calls after {timeout} s")

    def fault(
        self,
        method: str,
        status: int = 429,
        retry_after: int = 1,
        times: int = 1,
        delay: float = 0,
        description: str = "",
        chat: int | None = None,
    ) -> None:
        """Refuse the next calls of a method, to one chat or any; status 200 only delays them."""
        order = {"status": status, "retry_after": retry_after, "times": times, "delay": delay, "chat": chat}
        self._post("/emulator/fault", order | {"method": method, "description": description})

    def answer(self, method: str, result: object, times: int = 1) -> None:
        """Answer the next calls of a method with this result."""
        self._post("/emulator/fault", {"method": method, "status": 200, "result": result, "times": times})

    def make_good(self, token: str) -> None:
        self._post("/emulator/tokens", {"token": token, "good": True})

    def make_bad(self, token: str) -> None:
        """Refuse this token from now on, as Telegram does with a revoked one."""
        self._post("/emulator/tokens", {"token": token, "good": False})

    def upload(self, name: str, data: bytes) -> str:
        """The id of a new file that a raw update may name."""
        where = {"token": self.token, "name": name}
        reply = self._http.post("/emulator/upload", params=where, content=data)
        return str(reply.raise_for_status().json()["file_id"])

    def deliver(self, update: dict[str, Any]) -> dict[str, Any]:
        """Queue a raw update; returns it with the ids and dates that were missing."""
        return self.deliver_at_once(update)[0]

    def deliver_at_once(self, *updates: dict[str, Any]) -> list[dict[str, Any]]:
        """Queue raw updates so that the bot fetches all of them in one batch; returns them completed."""
        order = {"token": self.token, "updates": updates}
        completed: list[dict[str, Any]] = self._post("/emulator/update", order)["updates"]
        return completed

    def pending(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return int(self._get("/emulator/pending", token=self.token)["pending"])

    def read(self, start: int, version: int = -1, wait: float = 0, method: str = "") -> Reading:
        """The calls from a place on, of one method or of all, as soon as anything changed after this version."""
        where: dict[str, str | float] = {"start": start, "version": version, "wait": min(wait, 10)}
        body = self._get("/emulator/calls", **where, method=method, token=self.token)
        self._known = body["length"]
        calls = [Call(**call) for call in body["calls"]]
        return Reading(body["version"], body["length"], calls, body["pending"])

    def end(self) -> int:
        """The place of the next call; what was read before is not fetched again."""
        return self.read(self._known).length

    def wait_until(self, done: Callable[[], bool], timeout: float = PATIENCE) -> None:
        deadline = time.monotonic() + timeout
        while not done():
            if time.monotonic() > deadline:
                raise AssertionError(f"not so after {timeout} s")
            time.sleep(0.02)

    def log(self) -> str:
        """What the emulator wrote to its standard error."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def _start(self) -> "subprocess.Popen[str]":
        env = os.environ | {"EMULATOR_TOKENS": self.token, "EMULATOR_PARENT": "1"}
        command = [sys.executable, "-m", "tests.emulator", "0"]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, stderr=self._log, text=True)

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def _get(self, path: str, **params: str | float) -> dict[str, Any]:
        body: dict[str, Any] = self._http.get(path, params=params).raise_for_status().json()
        return body

    def _post(self, path: str, order: dict[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = self._http.post(path, json=order).raise_for_status().json()
        return body
