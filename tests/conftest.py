"""What several tests share: one emulator for all, each test with a token and a database of its own."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from bot.cache import Shelf, settle
from bot.catalogue import EMPTY
from bot.desk import Brain, brain
from bot.knowledge import Knowledge, load
from bot.matching import Matcher
from tests.emulator.client import Emulator
from tests.running import KNOWLEDGE, Running, running, warmed
from tests.serving import Service, settings

NUMBERS = itertools.count(1)

# How long an example takes says nothing where other tests run beside it.
examples.register_profile("suite", parent=examples.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("suite")


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    """The knowledge base as it is shipped, for Hải Phòng."""
    return load(KNOWLEDGE, "hai-phong", Shelf(warmed()))


@pytest.fixture(scope="session")
def shipped_brain(shipped: Knowledge) -> Brain:
    """All that answers of that base come from; what processes of the tests find on the shelf does here too."""
    built = brain(shipped, EMPTY, Shelf(warmed()))
    settle()  # as at a start: a look for garbage among all of it takes longer than most tests
    return built


@pytest.fixture(scope="session")
def shipped_matcher(shipped_brain: Brain) -> Matcher:
    """The matcher of that base."""
    return shipped_brain.matcher


@pytest.fixture(scope="session")
def started_emulator() -> Iterator[Emulator]:
    """The Bot API emulator, started once."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(started_emulator: Emulator) -> Emulator:
    """The emulator with a token that no other test uses."""
    started_emulator.token = f"{next(NUMBERS):09}:TEST"
    started_emulator.make_good(started_emulator.token)
    return started_emulator


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to run in, with no configuration."""
    return tmp_path


@pytest.fixture
def bot(emulator: Emulator, folder: Path) -> Iterator[Running]:
    """A bot of the test's own, in its folder."""
    with running(folder, **settings(emulator)) as process:
        process.wait_for("đang chạy")
        yield process


@pytest.fixture(scope="module")
def served(started_emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Running]]:
    """The bot of a file: its token, its folder, its process."""
    token, folder = f"{next(NUMBERS):09}:TEST", tmp_path_factory.mktemp("served")
    started_emulator.token = token
    started_emulator.make_good(token)
    with running(folder, **settings(started_emulator)) as process:
        process.wait_for("đang chạy")
        yield token, folder, process


@pytest.fixture
def service(served: tuple[str, Path, Running], started_emulator: Emulator) -> Service:
    """That bot for one test, to which nobody has ever written before."""
    started_emulator.token, folder, process = served
    return Service(process, folder, started_emulator)
