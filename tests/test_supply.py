"""What the program is made of is known: licences that fit, actions and libraries that cannot change unseen."""

import re
from pathlib import Path

import pytest
import yaml

from tests.licences import READ_BY_HAND, is_known, licence_of, said_of, shipped, told_by

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TABLE = re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+) \|$", (ROOT / "THIRD_PARTY.md").read_text("utf-8"), re.M)
LISTED = {name: licence for name, licence in TABLE if name != "library" and set(name) != {"-"}}


def test_every_library_of_an_installation_is_listed_with_its_licence_and_no_other() -> None:
    assert {name: licence_of(name) for name in shipped()} == LISTED


def test_every_licence_fits_apache() -> None:
    assert [name for name, licence in LISTED.items() if not is_known(licence)] == []


def test_what_was_read_by_hand_is_only_what_metadata_do_not_tell() -> None:
    for name in READ_BY_HAND:
        assert told_by(*said_of(name)) != READ_BY_HAND[name], f"{name} tells its licence now"


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        (["MIT"], "MIT"),
        (["Apache License, Version 2.0"], "Apache-2.0"),
        (["UNKNOWN", "MIT License"], "MIT"),
        (["AGPL-3.0-only"], "AGPL-3.0-only"),
        (["Dual License"], "Dual License"),
        ([], ""),
    ],
)
def test_a_licence_is_read_from_the_field_the_words_or_the_classifier(said: list[str], licence: str) -> None:
    assert told_by(*said) == licence


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("Apache-2.0 AND MIT", True),
        ("GPL-2.0-only OR MIT", True),
        ("LGPL-3.0-only", True),
        ("GPL-3.0-only", False),
        ("Apache-2.0 AND AGPL-3.0-only", False),
        ("LicenseRef-Proprietary", False),
        ("", False),
    ],
)
def test_an_unknown_licence_does_not_fit(licence: str, fits: bool) -> None:
    assert is_known(licence) is fits


def test_there_is_a_workflow_that_runs_what_every_change_must_pass_and_looks_for_known_weaknesses() -> None:
    text = "\n".join(path.read_text("utf-8") for path in WORKFLOWS)
    assert "run: .ci/run\n" in text
    for lock in ("requirements.lock", "requirements-test.lock"):
        assert f"run: pip-audit --strict --require-hashes --disable-pip --requirement {lock}\n" in text


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_nothing_else_and_its_actions_are_pinned(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        used = [step for step in job["steps"] if "uses" in step]
        assert [step["uses"] for step in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])] == []
        checkouts = [step for step in used if step["uses"].startswith("actions/checkout@")]
        assert [step["with"]["persist-credentials"] for step in checkouts] == [False]


def test_every_lock_that_is_installed_anywhere_demands_hashes() -> None:
    for path in (ROOT / ".ci" / "run", ROOT / "Dockerfile", *WORKFLOWS):
        text = path.read_text("utf-8").replace("\\\n", " ")
        installs = re.findall(r"^.*pip install.*\.lock.*$", text, re.M)
        assert installs
        assert [line for line in installs if "--require-hashes" not in line] == []
