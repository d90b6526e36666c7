"""Docs cannot drift: every command stands in the README, every key in the example, every file in the guide."""

import re
import tomllib
from pathlib import Path

import click
import pytest

from bot import yamlfile
from bot.cli import cli
from bot.cli.kb import COMMANDS as KB
from bot.config import Config, load
from bot.knowledge import Knowledge

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def commands(group: click.Group, path: str = "motcua") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found[f"{path} {name}"] = command
        if isinstance(command, click.Group):
            found |= commands(command, f"{path} {name}")
    return found


@pytest.mark.parametrize(("name", "command"), commands(cli).items())
def test_every_command_has_help_and_stands_in_the_readme(name: str, command: click.Command) -> None:
    assert command.help
    assert command.short_help
    assert re.search(rf"`(motcua )?{name.removeprefix('motcua ')}\b", README)


@pytest.mark.parametrize(("name", "command"), commands(cli).items())
def test_every_option_has_help(name: str, command: click.Command) -> None:
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert silent == []


def test_the_example_configuration_loads_and_names_every_key(tmp_path: Path) -> None:
    example = ROOT / "config.example.yaml"
    document = yamlfile.read(example, "config.example.yaml")
    assert document.faults == []
    assert isinstance(document.content, dict)
    assert set(document.content) == set(Config.model_fields)
    assert load(example, {}).office == "thành phố Hải Phòng"


def test_the_readme_names_no_file_that_is_missing() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_staff_guide_names_every_file_of_the_base() -> None:
    guide = (ROOT / "knowledge" / "README.md").read_text("utf-8")
    names = {p.name for p in (ROOT / "knowledge").glob("*.yaml")}
    assert [name for name in sorted(names) if f"`{name}`" not in guide] == []


def test_the_documents_count_what_there_is(shipped: Knowledge) -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    hundreds = f"ore than {len(shipped.procedures) // 100 * 100}"
    assert f"{hundreds}, each fact" in README
    assert f"{hundreds} procedures" in changes
    assert f"{len(shipped.guides)} guides" in changes


def test_the_staff_guide_names_every_folder_and_every_command_of_the_base() -> None:
    guide = (ROOT / "knowledge" / "README.md").read_text("utf-8")
    folders = {path.parent.name for path in (ROOT / "knowledge").glob("[a-z]*/*.yaml")}
    assert [name for name in sorted(folders) if f"`{name}/" not in guide] == []
    assert [name for name in KB if not re.search(rf"`(motcua )?kb {name}\b", guide)] == []


def test_every_benchmark_stands_in_the_readme() -> None:
    names = {path.stem for path in (ROOT / "tests" / "benchmarks").glob("[a-z]*.py")}
    assert [name for name in sorted(names) if f"`python -m tests.benchmarks.{name}`" not in README] == []


def test_the_lock_is_pinned_by_hash_and_names_no_registry() -> None:
    for name in ("requirements.lock", "requirements-test.lock", "requirements-audit.lock"):
        text = (ROOT / name).read_text("utf-8")
        pins = re.findall(r"^([a-z0-9-]+(?:\[[a-z,-]+\])?)==", text, re.M)
        assert len(pins) >= 15
        assert len(re.findall(r"^\S+==[^\\]*\\\n +--hash=sha256:[0-9a-f]{64}", text, re.M)) == len(pins)
        assert "://" not in text


OFFICES = ("reports", "staff", "webhook")


def test_every_declared_dependency_stands_in_the_lock() -> None:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = document["project"]
    extras = project["optional-dependencies"]
    for name, wanted in (
        ("requirements.lock", project["dependencies"] + [one for extra in OFFICES for one in extras[extra]]),
        ("requirements-test.lock", project["dependencies"] + extras["test"]),
        ("requirements-audit.lock", document["dependency-groups"]["audit"]),
    ):
        lock = (ROOT / name).read_text("utf-8").lower()
        names = [re.sub(r"[-_.]+", "-", re.split(r"[\[<>=;\s]", d, maxsplit=1)[0].lower()) for d in wanted]
        assert [n for n in names if not re.search(rf"^{re.escape(n)}(\[|==)", lock, re.M)] == []
