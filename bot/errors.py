"""What can go wrong, as one family.

MotCuaError                 anything a person can mend; the command line prints it and exits with 2
├── ConfigError             a setting is unknown, of the wrong form, or missing
├── KnowledgeError          the knowledge base is missing or has errors; carries all of them
├── ConflictError           somebody was faster; nothing was written
├── StorageError            the database cannot be opened or written
│   └── BusyError           another program holds it for now: the same may go well in a moment
└── ChannelError            a channel cannot start: no token, a wrong one, or another copy is running
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace


class Severity(enum.StrEnum):
    """An error stops a start and a reload; a warning is only told, and alone may depend on the day."""

    ERROR = "lỗi"
    WARNING = "cảnh báo"


@dataclass(frozen=True)
class Fault:
    """One fault in a file: where it stands, what is wrong, how to mend it. Lines count from 1."""

    file: str
    line: int
    key: str
    problem: str
    mend: str = ""
    severity: Severity = Severity.ERROR
    topic: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f": {self.key}" if self.key else "")
        return f"{place}: {self.problem}" + (f" → {self.mend}" if self.mend else "")

    def warning(self, topic: str) -> "Fault":
        """The same, only told, among its like: "Mức thu", "Câu hỏi thử"."""
        return replace(self, severity=Severity.WARNING, topic=topic)


class MotCuaError(Exception):
    """Anything that a person can mend; the message says what is wrong and how."""


class ConfigError(MotCuaError):
    """A setting is unknown, of the wrong form, or missing."""


class KnowledgeError(MotCuaError):
    """The knowledge base is missing or has errors; all of them at once."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__("\n".join([message, *(f"  {fault}" for fault in faults)]))
        self.faults = tuple(faults)


class ConflictError(MotCuaError):
    """Somebody was faster: nothing was written, and the message says what they did."""


class StorageError(MotCuaError):
    """The database cannot be opened or written."""


class BusyError(StorageError):
    """Another program holds the database for now: the same may go well in a moment."""


class ChannelError(MotCuaError):
    """A channel cannot start: no token, a wrong one, or another copy is running."""
