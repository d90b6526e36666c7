"""The tables of tests/scenarios, each conversation held with the real process; every call within Telegram's limits."""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.config import OFFICE_TIME
from tests.emulator.client import Emulator
from tests.emulator.seen import Call
from tests.emulator.visible import visible
from tests.running import Running, running
from tests.serving import username
from tests.small import write_base
from tests.talks import Coming, Deed, Scenario, Talk, faults, read
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

    def _started(self, settings: tuple[tuple[str, str], ...]) -> tuple[str, Path, Running]:
        token = f"80000000{len(self._open)}:SCENARIOS"
        self.emulator.make_good(token)
        folder = self._folder / str(len(self._open))
        folder.mkdir()
        own = {f"MOTCUA_{key.upper()}": _dated(value) for key, value in settings}
        own |= {"MOTCUA_TOKEN": token, "MOTCUA_BASE_URL": self.emulator.base_url}
        process = self._stack.enter_context(running(folder, **own, MOTCUA_BASE_FILE_URL=self.emulator.base_file_url))
        process.wait_for("đang chạy")
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
    talk = Talk(office.emulator, scenario, username(office.emulator))
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


def test_every_old_button_after_an_upgrade_that_dropped_its_procedure(emulator: Emulator, folder: Path) -> None:
    base = write_base(folder / "kb")
    settings = {"MOTCUA_KNOWLEDGE": str(base), "MOTCUA_LOCAL": "null", "MOTCUA_TOKEN": emulator.token}
    settings |= {"MOTCUA_BASE_URL": emulator.base_url, "MOTCUA_BASE_FILE_URL": emulator.base_file_url}
    talk = Talk(emulator, Scenario("nâng cấp", ()), "")
    with running(folder, **settings) as before:
        before.wait_for("đang chạy")
        talk.does((Deed("An", "", "đăng ký tạm trú"),))
        card = talk.last(talk.person("An"), "Hồ sơ")
    (base / "procedures" / "cu-tru.yaml").unlink()
    with running(folder, **settings) as after:
        after.wait_for("đang chạy")
        told = {label: _toast(talk, label) for label in card.labels if card.button(label).data}
        assert "could not be handled" not in after.output()
    kept = {"👍 Có ích": "Cảm ơn bạn. Ý kiến đã được ghi lại.", "👎 Chưa đúng": "Câu trả lời chưa đúng ở điểm nào?"}
    assert len(told) > len(kept) + 5
    assert told == dict.fromkeys(told, "Nút này đã cũ. Bạn hãy hỏi lại.") | kept


def _toast(talk: Talk, label: str) -> str:
    """What An reads first after a tap; nothing Telegram would refuse, and one answer to the tap."""
    updates, calls = talk.does((Deed("An", "taps", label),))
    assert not [*beyond_limits(calls), *_unanswered([updates[0]["callback_query"]["id"]], calls)]
    return next(visible(call.text, "HTML") for call in calls if call.text)


@pytest.mark.parametrize(
    "step", ["An sings: la", "Ai: xin chào", "{An: xin chào, sagt: chào}", "{An: xin chào, messages: hai}"]
)
def test_a_table_that_is_not_understood_is_refused(tmp_path: Path, step: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"scenarios:\n  - name: chào\n    talk:\n      - {step}\n", "utf-8")
    with pytest.raises(ValueError, match=r"x.yaml, chào"):
        read(path)


def _call(text: str = "x", status: int = 200, **more: object) -> Call:
    return Call(1, "t", "sendMessage", 1, {"text": text, **more}, status, None, "Bad Request: x")


@pytest.mark.parametrize(
    "call",
    [
        _call("x" * 4097),
        _call("<b>" + "😀" * 2049 + "</b>", parse_mode="HTML"),
        _call("<b>x", parse_mode="HTML"),
        _call(status=400),
        _call(reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "ố" * 22}]]}),
    ],
)
def test_a_call_beyond_the_limits_is_seen(call: Call) -> None:
    assert len([*beyond_limits([call])]) == 1
    assert [*beyond_limits([_call("x" * 4096), _call("<b>&amp;</b>", parse_mode="HTML")])] == []


def test_a_tap_without_an_answer_or_with_two_is_seen() -> None:
    answer = Call(1, "t", "answerCallbackQuery", 1, {"callback_query_id": "1"}, 200, True, "")
    assert [*_unanswered(["1"], [answer])] == []
    assert [*_unanswered(["1"], [answer, answer])] == ["a tap has 2 answers"]
    assert [*_unanswered(["1", "2"], [answer])] == ["a tap has 0 answers"]


@pytest.mark.parametrize(
    "coming",
    [
        {"messages": 2},
        {"begins": "Chào"},
        {"says": "tạm biệt"},
        {"never": "chào"},
        {"buttons": "Lệ phí"},
        {"without": "Hồ sơ"},
        {"only": []},
        {"opens": "t.me"},
        {"edited": True},
        {"messages": 1, "toast": "Cảm ơn"},
        {"messages": 1, "cards": ["Đăng ký tạm trú"]},
        {"shown": "xin chào"},
    ],
)
def test_what_is_not_as_the_table_says_is_seen(emulator: Emulator, coming: dict[str, object]) -> None:
    keys = {"inline_keyboard": [[{"text": "Hồ sơ", "callback_data": "s:tam-tru:d"}]]}
    result = {"message_id": 1, "text": "xin chào"}
    heard = Call(1, "t", "sendMessage", 1, {"text": "xin chào", "reply_markup": keys}, 200, result, "")
    talk = Talk(emulator, Scenario("chào", ()), "bot")
    assert [*faults(Coming.model_validate({"says": "chào", "only": "Hồ sơ"}), talk, [heard])] == []
    assert len([*faults(Coming.model_validate(coming), talk, [heard])]) == 1
