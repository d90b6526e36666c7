"""Persons without names: a keyed pseudonym in place of a user id; the key stands outside the database."""

import hmac
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import ConfigError

KEY_BYTES = 32
NAME_LETTERS = 32  # of the 64 of a digest: 128 bits, so that two persons never share one
KEY = re.compile(rf"([1-9][0-9]{{0,8}}):([0-9a-f]{{{KEY_BYTES * 2}}})")
FORM = f"mỗi khóa một dòng, dạng 1:<{KEY_BYTES * 2} chữ số thập lục phân>"


@dataclass(frozen=True)
class Caller:
    """Who writes or taps, as a channel knows them: never stored, never printed."""

    channel: str
    bot: str
    user: str = field(repr=False)


@dataclass(frozen=True)
class Alias:
    """A person in stored rows: the number of the key, and the pseudonym made with it."""

    key: int
    name: str


class KeyRing:
    """The live keys by number; the one with the highest number names persons from now on."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        self._keys = dict(sorted(keys.items(), reverse=True))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the live keys, newest first."""
        return tuple(self._keys)

    def aliases(self, caller: Caller, subject: str = "") -> tuple[Alias, ...]:
        """The person under every live key, newest first; with a subject, names that link no two subjects."""
        told = ":".join((caller.channel, caller.bot, caller.user, *([subject] if subject else [])))
        return tuple(Alias(number, _name(key, told)) for number, key in self._keys.items())

    def alias(self, caller: Caller, subject: str = "") -> Alias:
        """The person under the newest key."""
        return self.aliases(caller, subject)[0]


def key_ring(path: Path, given: str | None = None, used: Callable[[], int] = lambda: 0) -> KeyRing:
    """The keys given as text, else those of the file, which is made on first use, readable by its owner alone.

    A lost file is made anew under the number after `used()`, the highest in the database: old rows then belong to
    nobody, instead of to the wrong person.
    """
    if given:
        return _read(given, "Biến môi trường MOTCUA_PERSON_KEY hoặc khóa person_key")
    try:
        if not path.exists():
            _make(path, used() + 1)
        return _read(path.read_text("utf-8"), f"Tệp khóa {path}")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"Không đọc hoặc không tạo được tệp khóa {path}: hãy xem quyền của thư mục, hoặc đổi khóa person_key_file."
        ) from error


def _name(key: bytes, told: str) -> str:
    return hmac.new(key, told.encode(), "sha256").hexdigest()[:NAME_LETTERS]


def _read(text: str, where: str) -> KeyRing:
    found = [KEY.fullmatch(part) for part in text.split()]
    keys = {int(match[1]): bytes.fromhex(match[2]) for match in found if match}
    if not keys or len(keys) != len(found):
        raise ConfigError(f"{where} không đúng dạng. Hãy lấy lại bản sao lưu: {FORM}.")
    return KeyRing(keys)


def _make(path: Path, number: int) -> None:
    """Write a new key whole before it gets its name: of two programs that start together, one wins for both."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{number}:{secrets.token_hex(KEY_BYTES)}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()


def rotate(path: Path) -> int:
    """Add a key, which names persons from the next start on; old ones still find their rows. Its number."""
    try:
        lines = path.read_text("utf-8").split()
        number = max(_read(path.read_text("utf-8"), f"Tệp khóa {path}").numbers) + 1
        _write(path, [*lines, f"{number}:{secrets.token_hex(KEY_BYTES)}"])
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Không đọc hoặc không ghi được tệp khóa {path}: hãy xem đường dẫn và quyền ghi.") from error
    return number


def retire(path: Path, used: Collection[int]) -> tuple[int, ...]:
    """Destroy the keys under which no row is found any more, never the newest: whom they named nobody can tell then."""
    try:
        text = path.read_text("utf-8")
        numbers = _read(text, f"Tệp khóa {path}").numbers
        gone = tuple(sorted(number for number in numbers if number != max(numbers) and number not in used))
        if gone:
            _write(path, [line for line in text.split() if int(line.partition(":")[0]) not in gone])
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"Không đọc hoặc không ghi được tệp khóa {path}: hãy xem đường dẫn và quyền ghi.") from error
    return gone


def _write(path: Path, lines: Iterable[str]) -> None:
    """Put a whole new file in the place of the old one."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
