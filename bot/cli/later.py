"""Commands that are read when they are called: reading all of them would take longer than an answer."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any, NamedTuple

import click

LONGEST = 80  # characters of what a command is for


class Later(NamedTuple):
    """A command not read yet: the module it stands in, its name there, and what it is for."""

    module: str
    name: str
    short_help: str

    def read(self) -> click.Command:
        """The command itself."""
        command: click.Command = getattr(import_module(self.module), self.name)
        return command


class Commands(MutableMapping[str, click.Command]):
    """Commands by the words that call them, each read when it is first asked for."""

    def __init__(self, later: Mapping[str, Later]) -> None:
        self._held: dict[str, Later | click.Command] = dict(later)

    def __getitem__(self, word: str) -> click.Command:
        held = self._held[word]
        if isinstance(held, Later):
            self._held[word] = held = held.read()
        return held

    def __setitem__(self, word: str, command: click.Command) -> None:
        self._held[word] = command

    def __delitem__(self, word: str) -> None:
        del self._held[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def short_help(self, word: str) -> str:
        """What a command is for, without reading it."""
        held = self._held[word]
        return held.short_help if isinstance(held, Later) else held.get_short_help_str(LONGEST)


class LaterGroup(click.Group):
    """A group that lists its commands without reading them."""

    def __init__(self, *args: Any, later: Mapping[str, Later], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.commands: Commands = Commands(later)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands as click writes it."""
        with formatter.section("Commands"):
            formatter.write_dl([(word, self.commands.short_help(word)) for word in self.list_commands(ctx)])
