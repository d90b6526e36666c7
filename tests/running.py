"""The real `motcua` process, as people start it: one command to its end, or `motcua run` while a test lasts."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "knowledge"
PATIENCE = 120.0  # seconds; a wait ends as soon as what it is for is there, and other tests run beside


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """A clean environment: nothing of the tester's own settings, the shipped base, a database in `folder`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    own = {"MOTCUA_KNOWLEDGE": str(KNOWLEDGE), "MOTCUA_DATABASE": f"sqlite:///{folder / 'test.db'}"}
    return clean | own | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)} | settings


@cache
def warmed() -> Path:
    """What the program keeps of the shipped base between two starts; made once, since a cold start takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = [sys.executable, "-m", "bot", "kb", "warm"]
    subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, check=True, timeout=PATIENCE)
    return folder / ".motcua-cache"


def warm(folder: Path) -> None:
    """Let a program in this folder find what it would have kept there; files on the shelf are never written again."""
    if not (folder / ".motcua-cache").exists():
        shutil.copytree(warmed(), folder / ".motcua-cache", copy_function=os.link)


def cold(folder: Path) -> None:
    """Let a program in this folder find nothing kept."""
    shutil.rmtree(folder / ".motcua-cache", ignore_errors=True)
    (folder / ".motcua-cache").mkdir()


def hears_ctrl_c() -> None:
    """For a child process: a shell that runs the tests in the background makes its children deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def motcua(folder: Path, *arguments: str, stdin: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    """One command, to its end."""
    warm(folder)
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(folder, **settings),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


class Running:
    """A process that goes on, `motcua run` if no other is named; its output goes to a file."""

    def __init__(self, folder: Path, *command: str, **settings: str) -> None:
        warm(folder)
        self._output = (folder / "run.log").open("a+b")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *(command or ["run"])],
            cwd=folder,
            env=environment(folder, **settings),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    def output(self) -> str:
        """All that was printed so far, by earlier runs in the same folder too."""
        self._output.seek(0)
        return self._output.read().decode("utf-8")

    def wait_for(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until the words are printed."""
        deadline = time.monotonic() + seconds
        while words not in self.output():
            assert time.monotonic() < deadline, f"{words!r} was not printed:\n{self.output()}"
            assert self.process.poll() is None, f"ended early:\n{self.output()}"
            time.sleep(0.05)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it and give its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """Let go of the output."""
        self._output.close()


@contextmanager
def running(folder: Path, *command: str, **settings: str) -> Iterator[Running]:
    """A process that goes on, a bot if no other is named, ended at the end."""
    process = Running(folder, *command, **settings)
    try:
        yield process
    finally:
        if process.process.poll() is None:
            process.stop()
        process.close()


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
