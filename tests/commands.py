"""Commands run in this process, on the tiny base and a database of their own: `Station(tmp_path).prints("review")`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import MotCuaError
from bot.storage import LogEntry, Questions, open_database
from tests.small import write_base

WIDE = "220"  # columns: no table is folded


class Station:
    """One installation in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.knowledge = write_base(folder / "kb")
        self.database = folder / "test.db"
        self.config = folder / "empty.yaml"
        self.config.write_text("", "utf-8")

    def settings(self) -> dict[str, str]:
        """The environment of every command here."""
        return {
            "COLUMNS": WIDE,
            "MOTCUA_CONFIG": str(self.config),
            "MOTCUA_DATABASE": f"sqlite:///{self.database}",
            "MOTCUA_KNOWLEDGE": str(self.knowledge),
        }

    def run(self, *arguments: str, stdin: str | bytes = "", **settings: str) -> Result:
        """Any command, however it ends."""
        own: dict[str, str | None] = {name: None for name in os.environ if name.startswith("MOTCUA_")}
        return CliRunner().invoke(cli, arguments, input=stdin, env={**own, **self.settings(), **settings})

    def prints(self, *arguments: str, stdin: str | bytes = "", **settings: str) -> str:
        """What a command that ends well prints."""
        result = self.run(*arguments, stdin=stdin, **settings)
        assert (result.exception, result.exit_code, result.stderr) == (None, 0, "")
        return result.stdout

    def refuses(self, *arguments: str, stdin: str | bytes = "", **settings: str) -> str:
        """The words of a command that ends with something a person can mend."""
        result = self.run(*arguments, stdin=stdin, **settings)
        assert isinstance(result.exception, MotCuaError), result.exception
        return str(result.exception)

    def misused(self, *arguments: str) -> str:
        """The words of a command that was called wrongly."""
        result = self.run(*arguments)
        assert (type(result.exception), result.exit_code, result.stdout) == (SystemExit, 2, "")
        return result.stderr

    @contextmanager
    def log(self) -> Iterator[Questions]:
        """Its log, opened for a moment."""
        database = open_database(self.database)
        try:
            yield Questions(database)
        finally:
            database.close()

    def keeps(self, *entries: LogEntry) -> None:
        """Put entries into its log."""
        with self.log() as log:
            for entry in entries:
                log.add(entry).result()
