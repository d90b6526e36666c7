"""What runs the bot on a server: units with few rights, an image without tools, and nothing in them that is not so."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from tests.running import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
MOST_EXPOSED = 2.0
SYSTEMD = shutil.which("systemd-analyze")
STAGES = re.split(r"^FROM ", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.M)[1:]


def option(unit: Path, name: str) -> list[str]:
    """The values of an option of a service."""
    return re.findall(rf"^{name}=(.*)$", unit.read_text("utf-8"), re.M)


@pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_has_few_rights(unit: Path) -> None:
    assert SYSTEMD
    told = subprocess.run(
        [SYSTEMD, "security", "--offline=true", "--no-pager", unit], capture_output=True, text=True, check=True
    )
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", told.stdout)
    assert level
    assert float(level[1]) <= MOST_EXPOSED, told.stdout
    wrong = subprocess.run([SYSTEMD, "verify", "--no-pager", unit], capture_output=True, text=True, check=False).stderr
    assert [line for line in wrong.splitlines() if unit.name in line and "is not executable" not in line] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_that_there_is_and_holds_no_secret(unit: Path) -> None:
    [start] = option(unit, "ExecStart")
    _, *words = shlex.split(start)
    assert COMMANDS.keys() & set(words)
    assert float(option(unit, "TimeoutStopSec")[0]) > 10
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.read(unit, "utf-8")
    assert parser["Service"]["User"] == "motcua"
    assert "TOKEN=" not in unit.read_text("utf-8")


def test_the_image_that_runs_has_no_tools_and_no_rights() -> None:
    build, run = STAGES
    assert build.split()[0] == run.split()[0]
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-bookworm", run.split()[0])
    assert "--require-hashes" in build
    assert not re.search(r"apt-get|pip install|curl|gcc|ADD ", run)
    assert "pip uninstall" in run
    [user] = re.findall(r"^USER (\S+)$", run, re.M)
    assert int(user) > 0
    assert run.index("USER") < run.index("HEALTHCHECK") < run.index("ENTRYPOINT")
    assert re.search(r'^HEALTHCHECK .*CMD \["motcua", "health"\]$', run, re.M)
    assert re.findall(r"^COPY (?!--from=build)", run, re.M) == []


def test_only_what_is_built_goes_into_the_image() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = {word for line in re.findall(r"^COPY (?!--)(.*) \S+$", STAGES[0], re.M) for word in line.split()}
    assert copied == kept
    assert all((ROOT / name).exists() for name in kept)


def test_what_the_page_says_of_files_and_commands_is_there() -> None:
    page = (DEPLOY / "README.md").read_text("utf-8")
    assert set(re.findall(r"deploy/(\S+?\.service)", page)) == {unit.name for unit in UNITS}
    assert "requirements.lock" in page
    for switch in ("--read-only", "--cap-drop ALL", "no-new-privileges"):
        assert switch in page
