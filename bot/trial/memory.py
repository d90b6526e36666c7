"""The answers of the last trial, kept in one small file, so that the next trial can name each that changed."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.errors import StorageError
from bot.procedures import Value
from bot.trial.verdicts import Given, Tried, said


class Memory(Value):
    """What each test question got, and from which version of the base."""

    knowledge: str
    answers: dict[str, Given]


@dataclass(frozen=True)
class Change:
    """A test question whose answer is not what it was."""

    before: Given
    now: Tried


def recall(path: Path) -> Memory | None:
    """The last trial; None before the first one."""
    try:
        return Memory.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise StorageError(f"Không đọc được lần chạy trước ở {path}: coi như đây là lần chạy đầu.") from error


def remember(path: Path, knowledge: str, results: Iterable[Tried]) -> None:
    """Keep this trial in place of the last one: the whole file, or the old one stays."""
    answers = {said(result.question): result.given for result in results}
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(Memory(knowledge=knowledge, answers=answers).model_dump_json(), "utf-8")
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise StorageError(
            f"Không ghi nhớ được lần chạy này vào {path}: {error.strerror}. Hãy xem quyền ghi của thư mục này."
        ) from error


def changes(memory: Memory, results: Iterable[Tried]) -> Iterator[Change]:
    """Each question asked then and now whose answer, choice or facets changed."""
    for result in results:
        before = memory.answers.get(said(result.question))
        if before is not None and before != result.given:
            yield Change(before, result)
