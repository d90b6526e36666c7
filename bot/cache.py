"""What is slow to make and easy to check, kept between two starts: one file a kind, named by what it was made from.

Nothing here is trusted: a file whose checksum or form is wrong is as good as none, and no fault of the disk stops work.
"""

import ctypes
import gc
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import bot

Made = TypeVar("Made")

PRIVATE = 0o700
KEPT = 3  # of each kind, beside the newest: two offices may share a folder
CHECKSUM = hashlib.sha256().digest_size
HEAD = 8  # bytes that say how long a table of contents is
PROGRAM = Path(bot.__file__).parent


def fingerprint(parts: Iterable[bytes]) -> str:
    """A name for what something is made from."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:32]


@cache
def program() -> bytes:
    """The program itself as a fingerprint: what one version made is nothing to another."""
    return fingerprint(path.read_bytes() for path in sorted(PROGRAM.rglob("*.py"))).encode()


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """For work that makes a million small values and no garbage: looking for it would take a fifth of the time."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def settle() -> None:
    """Say that what there is will stay, so that nobody looks for garbage in it; `give_back` looks once again."""
    gc.freeze()


def give_back() -> None:
    """Give the memory of what is no longer needed back to the system: after a reload 50 MB that would stay for days."""
    gc.unfreeze()
    give_back_new()


def give_back_new() -> None:
    """The same for what came since the last `settle`; in what stays, nothing is looked for."""
    gc.collect()
    with suppress(AttributeError, OSError, TypeError):  # only the C library of Linux knows how
        ctypes.CDLL(None).malloc_trim(0)


def packed(parts: dict[str, bytes]) -> bytes:
    """Several parts, and their sizes before them, as one."""
    contents = json.dumps({name: len(part) for name, part in parts.items()}).encode()
    return b"".join((len(contents).to_bytes(HEAD, "big"), contents, *parts.values()))


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The parts by their names; a table of contents of another form is a ValueError."""
    start = HEAD + int.from_bytes(raw[:HEAD], "big")
    parts: dict[str, bytes] = {}
    contents = json.loads(raw[HEAD:start])
    if not isinstance(contents, dict) or not all(isinstance(size, int) for size in contents.values()):
        raise ValueError("no table of contents")
    for name, size in contents.items():
        parts[name] = raw[start : start + size]
        start += size
    return parts


class Shelf:
    """Files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, kind: str, key: str, understand: Callable[[bytes], Made]) -> Made | None:
        """What was kept under a key, or None; `understand` raises ValueError for what has not its form."""
        try:
            path = self._path(kind, key)
            raw = path.read_bytes()
            content = raw[CHECKSUM:]
            with suppress(OSError):
                os.utime(path)  # what is used is not the oldest
            return understand(content) if hashlib.sha256(content).digest() == raw[:CHECKSUM] else None
        except (OSError, ValueError):
            return None

    def has(self, kind: str, key: str) -> bool:
        """Whether something was kept under a key."""
        return self._path(kind, key).is_file()

    def keep(self, kind: str, key: str, content: bytes) -> None:
        """Keep it for the next start; the oldest of its kind are forgotten."""
        path = self._path(kind, key)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            self.folder.mkdir(PRIVATE, parents=True, exist_ok=True)
            beside.write_bytes(hashlib.sha256(content).digest() + content)
            beside.replace(path)
            self._forget_oldest(kind, path)
        except OSError:
            with suppress(OSError):
                beside.unlink()

    def _forget_oldest(self, kind: str, newest: Path) -> None:
        others = [path for path in self.folder.glob(f"{kind}-*.bin") if path != newest]
        for old in sorted(others, key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / f"{kind}-{key}.bin"
