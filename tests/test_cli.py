"""The command line as a whole: help everywhere, a version, and never a traceback for what people can mend."""

import importlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import cli, main
from bot.errors import MotCuaError
from tests.commands import Station
from tests.entries import entry
from tests.running import ROOT


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, (*path, name))


COMMANDS = list(commands(cli))
NAMES = [" ".join(path) or "motcua" for path, _ in COMMANDS]


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def test_the_module_runs_nothing_when_it_is_only_imported() -> None:
    assert importlib.import_module("bot.__main__").main is main


def test_every_command_is_there() -> None:
    assert NAMES[1:] == [
        "chat",
        "ask",
        "run",
        "review",
        "review show",
        "review answer",
        "review reply",
        "review ignore",
        "review undo",
        "log",
        "kb",
        "kb check",
        "kb warm",
        "kb test",
        "kb show",
        "kb new",
        "kb init",
        "kb upgrade",
        "kb export",
        "kb import",
        "kb catalogue",
        "kb catalogue import",
        "kb catalogue show",
        "kb catalogue remove",
        "kb impact",
        "kb stale",
        "kb diff",
        "kb schema",
        "evaluate",
        "schema",
        "schema answer",
        "staff",
        "staff add",
        "staff list",
        "staff remove",
        "staff link",
        "webhook",
        "webhook set",
        "webhook info",
        "webhook delete",
        "health",
        "privacy",
        "privacy rotate",
        "privacy try",
        "db",
        "db backup",
        "db restore",
        "db check",
        "db prune",
        "doctor",
        "report",
        "opendata",
        "qr",
    ]


@pytest.mark.parametrize("flag", ["--help", "-h"])
@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=NAMES)
def test_every_command_explains_itself(
    station: Station, path: tuple[str, ...], command: click.Command, flag: str
) -> None:
    printed = station.prints(*path, flag)
    assert printed.startswith(f"Usage: {' '.join(('cli', *path))} [OPTIONS]")
    assert command.help
    assert " ".join(command.help.split()) in " ".join(printed.split())
    assert "Traceback" not in printed
    assert not station.database.exists()


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=NAMES)
def test_every_option_says_what_it_is_for(path: tuple[str, ...], command: click.Command) -> None:
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []
    assert command.short_help or not path


def test_the_list_of_commands_says_what_each_is_for(station: Station) -> None:
    printed = station.prints("--help")
    for path, command in COMMANDS:
        if len(path) == 1:
            assert f"  {path[0]:<8}  {command.short_help}\n" in printed


def test_the_version_is_that_of_the_package(station: Station) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert station.prints("--version") == f"motcua, version {project['version']}\n"


def test_without_a_command_the_help_is_shown(station: Station) -> None:
    assert "Một Cửa: trả lời câu hỏi của người dân" in station.misused()


@pytest.mark.parametrize("arguments", ["nosuch", "review nosuch", "kb nosuch", "ask --nosuch", "--config"])
def test_what_no_command_is_called_is_told(station: Station, arguments: str) -> None:
    assert "Error: " in station.misused(*arguments.split())


def test_the_configuration_may_be_given_or_named(station: Station) -> None:
    path = station.folder / "xã.yaml"
    path.write_text("contact: gọi 1022\n", "utf-8")
    assert "gọi 1022" in station.prints("--config", str(path), "ask", "cấp hộ chiếu")
    assert "gọi 1022" in station.prints("ask", "cấp hộ chiếu", MOTCUA_CONFIG=str(path))
    assert "gọi 1022" not in station.prints("ask", "cấp hộ chiếu")


@pytest.mark.parametrize(
    "command", ["chat", "ask x", "run", "review", "review answer 1 x", "review ignore 1 --note x", "log", "kb check"]
)
def test_every_command_tells_wrong_settings(station: Station, command: str) -> None:
    station.config.write_text("tokn: x\n", "utf-8")
    assert station.refuses(*command.split()).startswith(f"Cấu hình có khóa lạ. {station.config}:1: tokn: ")


@pytest.mark.parametrize(
    "command", ["chat", "ask x", "review", "review answer 1 tam-tru", "review ignore 1 --note x", "log", "health"]
)
def test_every_command_tells_a_database_of_no_use(station: Station, command: str) -> None:
    station.database.write_bytes(b"no database " * 100)
    assert station.refuses(*command.split()).startswith(f"Tệp {station.database} không phải cơ sở dữ liệu SQLite")


@pytest.mark.parametrize("command", ["chat", "ask x", "review answer 1 x", "kb check"])
def test_every_command_that_answers_tells_a_missing_base(station: Station, command: str) -> None:
    missing = station.folder / "khong-co"
    words = station.refuses(*command.split(), MOTCUA_KNOWLEDGE=str(missing))
    assert words.startswith(f"Không thấy bộ tri thức ở {missing}: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "l\udcff"),
        ("ask", "--json", "l\udcff"),
        ("ask", "--file", "l\udcff"),
        ("log", "--text", "l\udcff"),
        ("log", "--procedure", "l\udcff"),
        ("review", "ignore", "1", "--note", "l\udcff"),
        ("review", "answer", "1", "l\udcff"),
        ("--config", "l\udcff", "health"),
    ],
)
def test_arguments_that_are_no_text_end_without_a_traceback(station: Station, arguments: tuple[str, ...]) -> None:
    station.keeps(entry("nuôi mèo"))
    assert isinstance(station.run(*arguments).exception, None | SystemExit | MotCuaError)
