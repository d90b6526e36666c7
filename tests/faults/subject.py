"""The bot that is broken: ours, or stock python-telegram-bot as the control; started, killed and started again."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from tests.faults.stub import TOKEN, Stub
from tests.running import PATIENCE, ROOT, environment, free_port, motcua, warm

READY = "đang chạy"
POLLING, WEBHOOK = "polling", "webhook"


class Subject:
    """One bot, in a folder of its own, on a stub of Telegram."""

    def __init__(self, folder: Path, stub: Stub, mode: str, stock: bool = False, **settings: str) -> None:
        self.folder = folder
        self.mode = mode
        self.stock = stock
        self.output = ""
        self._stub = stub
        self._settings = settings
        self._port = free_port()
        self._process: subprocess.Popen[str] | None = None

    @property
    def database(self) -> Path:
        """Where questions are logged."""
        return self.folder / "test.db"

    @property
    def pid(self) -> int:
        """The running process."""
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it serves."""
        warm(self.folder)
        module = ["-m", "tests.faults.stock", self.mode, str(self._port)] if self.stock else ["-m", "bot", "run"]
        self._process = subprocess.Popen(
            [sys.executable, *module],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        ready = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(self._process, ready), daemon=True)
        self._reader.start()
        if not ready.wait(PATIENCE):
            raise RuntimeError(f"the bot did not start:\n{self.output}")

    def register(self) -> None:
        """Tell the stub where to push, as an admin does, once."""
        if self.mode == WEBHOOK and not self.stock:
            told = motcua(self.folder, "webhook", "set", **self._own())
            if told.returncode:
                raise RuntimeError(told.stderr)
        elif self.mode == WEBHOOK:
            self._stub.push_to(f"http://127.0.0.1:{self._port}/telegram")

    def kill(self) -> None:
        """`kill -9`."""
        assert self._process
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def stop(self) -> tuple[int, float]:
        """SIGTERM: the exit code, and seconds until the end."""
        assert self._process
        since = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        code, seconds = self._process.wait(PATIENCE), time.monotonic() - since
        self._reader.join()
        return code, seconds

    def full(self, disk: bool) -> None:
        """Let no file of the process grow any more, as on a full disk; or let them again."""
        _, hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0 if disk else hard, hard))

    def logged(self) -> list[int]:
        """The update ids of the log, in the order of its rows."""
        with closing(sqlite3.connect(self.database, timeout=30)) as db:
            return [row[0] for row in db.execute("SELECT update_id FROM questions ORDER BY rowid")]

    def close(self) -> None:
        """End it."""
        if self._process and self._process.poll() is None:
            self.stop()

    def _read(self, process: "subprocess.Popen[str]", ready: threading.Event) -> None:
        assert process.stdout
        with process.stdout as lines:
            for line in lines:
                self.output += line
                if READY in line:
                    ready.set()

    def _own(self) -> dict[str, str]:
        place = f"127.0.0.1:{self._port}"
        return {
            "MOTCUA_TOKEN": TOKEN,
            "MOTCUA_BASE_URL": self._stub.base_url,
            "MOTCUA_MODE": self.mode,
            "MOTCUA_FLOOD": "never",  # forty persons ask what thousands would
            "MOTCUA_WEBHOOK_LISTEN": place,
            "MOTCUA_WEBHOOK_URL": f"http://{place}/telegram",
            **self._settings,
        }

    def _environment(self) -> dict[str, str]:
        clean = environment(self.folder, **self._own())
        return (
            clean
            | {"FAULTS_BASE_URL": self._stub.base_url, "FAULTS_DATABASE": str(self.database)}
            | {"PYTHONPATH": os.pathsep.join([str(ROOT)])}
        )
