"""An office that edits its base: a folder to work in, a shipped base beside it, and the commands that edit."""

import os
from pathlib import Path

import click
from click.testing import CliRunner, Result

from bot.cli.kb.export import export
from bot.cli.kb.import_ import import_
from bot.cli.kb.init import init
from bot.cli.kb.upgrade import upgrade
from bot.errors import MotCuaError
from bot.yamlfile import Node, read
from tests.small import write_base


@click.group()
@click.option("--config", "config_path")
@click.pass_context
def commands(context: click.Context, config_path: str | None) -> None:
    """The commands under test."""
    context.obj = config_path


for command in (init, upgrade, export, import_):
    commands.add_command(command)


class Editor:
    """Bình edits the base of his office with the tools; `folder` is where he works."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shipped = write_base(folder / "shipped")
        self.own = folder / "bo-rieng"
        self.config = folder / "config.yaml"

    def run(self, *arguments: str, stdin: str = "", **settings: str) -> Result:
        """A command, however it ends."""
        unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith("MOTCUA_")}
        environment = {**unset, "COLUMNS": "200", **settings}
        return CliRunner().invoke(commands, ["--config", str(self.config), *arguments], input=stdin, env=environment)

    def prints(self, *arguments: str, stdin: str = "", **settings: str) -> str:
        """What a command that ends well prints."""
        result = self.run(*arguments, stdin=stdin, **settings)
        assert (result.exception, result.exit_code) == (None, 0), result.output
        return result.stdout

    def refuses(self, *arguments: str, stdin: str = "", **settings: str) -> str:
        """The words of a command that ends with something a person can mend."""
        result = self.run(*arguments, stdin=stdin, **settings)
        assert isinstance(result.exception, MotCuaError), result.exception
        return str(result.exception)

    def starts(self) -> "Editor":
        """Take an own copy of the shipped base."""
        self.prints("init", str(self.own), "--from", str(self.shipped))
        return self

    def tree(self, name: str) -> Node:
        """What a file of the own base holds."""
        document = read(self.own / name, name)
        assert document.faults == []
        return document.content

    def text(self, name: str) -> str:
        """A file of the own base, as it stands."""
        return (self.own / name).read_bytes().decode()


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a base by its name, hidden ones left out."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: raw for name, raw in named.items() if not name.startswith(".")}
