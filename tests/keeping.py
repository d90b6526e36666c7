"""One command of `motcua kb` called by itself on a station: `Keeper(tmp_path, show).prints("tam-tru")`."""

import os
from pathlib import Path

import click
from click.testing import CliRunner, Result

from bot.errors import MotCuaError
from tests.commands import Station


class Keeper:
    """A clerk with one command and the tiny base."""

    def __init__(self, folder: Path, command: click.Command) -> None:
        self.station = Station(folder)
        self.base = self.station.knowledge
        self.command = command

    def run(self, *arguments: str, **settings: str) -> Result:
        """The command, however it ends."""
        own: dict[str, str | None] = {name: None for name in os.environ if name.startswith("MOTCUA_")}
        env = {**own, **self.station.settings(), **settings}
        return CliRunner().invoke(self.command, arguments, env=env)

    def prints(self, *arguments: str, **settings: str) -> str:
        """What it prints when it ends well."""
        result = self.run(*arguments, **settings)
        assert (result.exception, result.exit_code, result.stderr) == (None, 0, "")
        return result.stdout

    def refuses(self, *arguments: str, **settings: str) -> str:
        """Its words about something that a person can mend."""
        result = self.run(*arguments, **settings)
        assert isinstance(result.exception, MotCuaError), result.exception
        return str(result.exception)
