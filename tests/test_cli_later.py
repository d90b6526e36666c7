"""Commands are read when they are called: what is listed is what is read, and nothing is read for nothing."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, cli
from bot.cli.kb import COMMANDS as KB
from bot.cli.later import Later, LaterGroup
from tests.commands import Station
from tests.running import environment, warm

TABLES = [*COMMANDS.items(), *((word, later) for word, later in KB.items())]
HEAVY = {"rich", "telegram", "asyncio", "openpyxl", "ruamel", "httpx", "sqlite_utils", "pydantic", "yaml", "rapidfuzz"}
HEAVY |= {"bot.contract", "bot.desk", "bot.storage"}


@pytest.mark.parametrize(("word", "later"), TABLES, ids=[f"{later.module} {word}" for word, later in TABLES])
def test_what_is_listed_is_what_is_read(word: str, later: Later) -> None:
    command = later.read()
    assert (command.name, command.short_help) == (word, later.short_help)


def loaded(folder: Path, *arguments: str) -> set[str]:
    """What of the heavy libraries a command has imported when it ends."""
    program = (
        "import atexit, sys; from bot.cli import main; "
        f"atexit.register(lambda: print(*sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr)); main()"
    )
    warm(folder)
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        ("--help", set()),
        ("kb --help", set()),
        ("kb check --no-warnings", {"pydantic", "yaml", "rapidfuzz"}),
        ("kb stale", {"pydantic", "yaml", "rapidfuzz", "rich"}),
        ("ask xin-chào", {"pydantic", "yaml", "rapidfuzz", "sqlite_utils", "bot.desk", "bot.storage"}),
    ],
)
def test_nothing_is_read_for_nothing(tmp_path: Path, arguments: str, read: set[str]) -> None:
    assert loaded(tmp_path, *arguments.split()) == read


def test_a_wrong_word_is_told_with_what_is_near_it(tmp_path: Path) -> None:
    assert "'check'" in Station(tmp_path).misused("kb", "chek")


def test_commands_may_be_added_and_taken_away() -> None:
    group = LaterGroup("trial", later={"ask": COMMANDS["ask"]})
    group.add_command(click.Command("own", help="Của riêng."))
    assert list(group.commands) == ["ask", "own"]
    assert group.commands["ask"] is cli.commands["ask"]
    assert "own  Của riêng" in group.get_help(click.Context(group))
    del group.commands["own"]
    assert len(group.commands) == 1
    assert group.commands.get("own") is None
