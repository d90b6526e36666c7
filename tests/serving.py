"""One running bot for all tests of a file that need no start of their own; each of them has persons of its own."""

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.emulator.client import Emulator
from tests.emulator.person import Person
from tests.running import Running

NUMBERS = itertools.count(20_001)  # one for each person of each test; those of emulator and scenarios are others


def settings(emulator: Emulator) -> dict[str, str]:
    """What makes a bot talk to the emulator, and whom it names to citizens."""
    return {
        "MOTCUA_TOKEN": emulator.token,
        "MOTCUA_BASE_URL": emulator.base_url,
        "MOTCUA_BASE_FILE_URL": emulator.base_file_url,
        "MOTCUA_CONTACT": "bộ phận một cửa phường",
    }


@dataclass(frozen=True)
class Service:
    """What one test sees of the bot of its file: the process, its folder, the emulator, and whoever comes to it."""

    process: Running
    folder: Path
    emulator: Emulator
    _numbers: dict[str, int] = field(default_factory=dict)
    _persons: dict[tuple[str, int], Person] = field(default_factory=dict)

    def person(self, name: str, language: str = "vi", chat: dict[str, Any] | None = None) -> Person:
        """The person of this name, in this test always the same one, privately or in the group given."""
        if name not in self._numbers:
            self._numbers[name] = next(NUMBERS)
        number = self._numbers[name]
        user = {"id": number, "is_bot": False, "first_name": name, "language_code": language}
        place = chat or {"id": number, "type": "private", "first_name": name}
        return self._persons.setdefault((name, place["id"]), Person(self.emulator, user, place))


def username(emulator: Emulator) -> str:
    """The name of the bot that the emulator speaks of, as Telegram told it."""
    return str([c.result for c in emulator.calls("getMe") if c.token == emulator.token][-1]["username"])
