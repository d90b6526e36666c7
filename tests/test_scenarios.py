"""The tables of tests/scenarios, each conversation held with the real process; every call within Telegram's limits."""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.config import OFFICE_TIME
from tests.emulator.client import Emulator
from tests.emulator.limits import visible
from tests.emulator.seen import Call
from tests.running import Running, running
from tests.talks import Scenario, Talk, faults, read
from tests.test_telegram_cards import MOST_BYTES, MOST_UNITS
from tests.test_telegram_cards import read as read_html

SCENARIOS = [
    scenario for path in sorted(Path(__file__).with_name("scenarios").glob("*.yaml")) for scenario in read(path)
]
UNCHANGED = "message is not modified"


class Office:
    """The bots that the tables ask for, each started when the first conversation with it begins."""

    def __init__(self, emulator: Emulator, folder: Path, stack: ExitStack) -> None:
        self.emulator = emulator
        self._folder = folder
        self._stack = stack
        self._open: dict[tuple[tuple[str, str], ...], tuple[str, Path, Running]] = {}

    def bot(self, settings: tuple[tuple[str, str], ...]) -> tuple[Path, Running]:
        """The folder and the process of the bot with these settings; the emulator then speaks of this bot."""
        if settings not in self._open:
            self._open[settings] = self._started(settings)
        self.emulator.token, folder, process = self._open[settings]
        return folder, process

    def name(self) -> str:
        """The bot's user name, as Telegram told it."""
        return str([c.result for c in self.emulator.calls("getMe") if c.token == self.emulator.token][-1]["username"])

    def _started(self, settings: tuple[tuple[str, str], ...]) -> tuple[str, Path, Running]:
        token = f"80000000{len(self._open)}:SCENARIOS"
        self.emulator.make_good(token)
        folder = self._folder / str(len(self._open))
        folder.mkdir()
        own = {f"MOTCUA_{key.upper()}": _dated(value) for key, value in settings}
        own |= {"MOTCUA_TOKEN": token, "MOTCUA_BASE_URL": self.emulator.base_url}
        process = self._stack.enter_context(running(folder, **own, MOTCUA_BASE_FILE_URL=self.emulator.base_file_url))
        process.wait_for("đang chạy", 60)
        return token, folder, process


def _dated(value: str) -> str:
    """The value with `{today}` made the days around the present one: a test may run over midnight."""
    today = datetime.datetime.now(OFFICE_TIME).date()
    days = ",".join((today + datetime.timedelta(days=n)).isoformat() for n in (-1, 0, 1))
    return value.replace("{today}", days)


@pytest.fixture(scope="module")
def office(started_emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with ExitStack() as stack:
        yield Office(started_emulator, tmp_path_factory.mktemp("scenarios"), stack)


@pytest.mark.parametrize("scenario", [pytest.param(scenario, id=scenario.id) for scenario in SCENARIOS])
def test_a_conversation_goes_as_its_table_says(office: Office, scenario: Scenario) -> None:
    folder, process = office.bot(scenario.settings)
    talk = Talk(office.emulator, scenario, office.name())
    for step in scenario.steps:
        updates, calls = talk.does(step.deeds)
        queries = [update["callback_query"]["id"] for update in updates if "callback_query" in update]
        wrong = [*beyond_limits(calls), *_unanswered(queries, calls), *faults(step.coming, talk, calls)]
        wrong += [f"keeps {words!r}" for words in step.coming.unkept if words.encode() in _on_disk(folder)]
        assert not wrong, f"{step.deeds}: {wrong}\n{_story(calls)}"
    assert process.process.poll() is None
    assert "could not be handled" not in process.output()


def beyond_limits(calls: list[Call]) -> Iterator[str]:
    """What Telegram refused, or would: a text too long, HTML that is none, a button that carries too much."""
    for call in calls:
        if not call.ok and UNCHANGED not in call.description:
            yield f"{call.method} was refused: {call.description}"
        text = call.params.get("text", "")
        if call.params.get("parse_mode") == "HTML":
            yield from (f"{fault} in {text!r}" for fault in read_html(text).faults)
            text = visible(text, "HTML")
        if len(text.encode("utf-16-le")) // 2 > MOST_UNITS:
            yield f"{call.method} sends {len(text)} characters"
        keys = [key for row in (call.reply_markup or {}).get("inline_keyboard", ()) for key in row]
        yield from (f"too long: {key}" for key in keys if len(key.get("callback_data", "").encode()) > MOST_BYTES)


def _unanswered(queries: list[str], calls: list[Call]) -> Iterator[str]:
    """Taps that were not answered once and only once."""
    answered = [call.params.get("callback_query_id") for call in calls if call.method == "answerCallbackQuery"]
    yield from (f"a tap has {answered.count(query)} answers" for query in queries if answered.count(query) != 1)


def _on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("test.db*"))


def _story(calls: list[Call]) -> str:
    told = [f"{c.method} {c.status} {c.description}\n{c.params.get('text', '')}\n{c.reply_markup or ''}" for c in calls]
    return "\n---\n".join(told)
