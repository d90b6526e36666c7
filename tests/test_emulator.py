"""The emulator against a real python-telegram-bot application: the echo bot in tests/emulator/echo_bot.py."""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    ReplyParameters,
)
from telegram.error import BadRequest

from tests.emulator.client import ROOT, Emulator
from tests.emulator.echo_bot import KEYBOARD


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(settle=0.2) as running:
        yield running


class EchoBot:
    """The bot process; a stop is a kill, as a crash would be."""

    def __init__(self, emulator: Emulator, token: str = "") -> None:
        self._arguments = [emulator.base_url, emulator.base_file_url, token or emulator.token]
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.emulator.echo_bot", *self._arguments]
        self._process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()

    def end(self) -> tuple[int, str]:
        """The exit code and the log of a bot that ends by itself."""
        _, log = self._process.communicate(timeout=60)
        return self._process.returncode, log


@pytest.fixture(scope="module", autouse=True)
def bot(emulator: Emulator) -> Iterator[EchoBot]:
    running = EchoBot(emulator)
    emulator.wait_for("setMyDescription")
    yield running
    running.stop()


def get_updates(emulator: Emulator, token: str = "", **params: Any) -> httpx.Response:
    url = f"{emulator.base_url}{token or emulator.token}/getUpdates"
    return httpx.post(url, data=params, timeout=60, trust_env=False)


def test_commands_are_set_by_scope_and_language(emulator: Emulator) -> None:
    call = emulator.calls("setMyCommands")[-1]
    assert call.params["scope"] == {"type": "all_private_chats"}
    assert call.params["language_code"] == "vi"
    url = f"{emulator.base_url}{emulator.token}/getMyCommands"
    kept = httpx.post(url, json={"scope": {"type": "all_private_chats"}, "language_code": "vi"}, trust_env=False)
    other = httpx.post(url, json={}, trust_env=False)
    assert kept.json()["result"] == [{"command": "start", "description": "Bắt đầu"}]
    assert other.json()["result"] == []


@pytest.mark.parametrize("text", ["hello", "123", "true", '{"a": 1}', "[x]", "null", "Đăng ký khai sinh 😀 <b>&"])
def test_text_stays_text(emulator: Emulator, text: str) -> None:
    [reply] = emulator.person("An").says(text)
    assert (reply.text, reply.method, reply.buttons) == (text, "sendMessage", [])


def test_command_keyboard_and_taps(emulator: Emulator) -> None:
    an = emulator.person("An")
    [hello] = an.says("/start")
    assert hello.text == "Hello & welcome"
    assert hello.labels == ["Yes", "Hint"]
    assert hello.button("Yes").data == "yes"
    [edited] = an.taps(hello, "Yes")
    assert (edited.method, edited.message_id) == ("editMessageText", hello.message_id)
    assert (edited.text, edited.buttons, an.toast) == ("Hello & welcome: yes", [], "")
    assert an.taps(hello, "Hint") == []
    assert an.toast == "A hint"
    with pytest.raises(AssertionError, match="no button 'No'"):
        an.taps(hello, "No")


def test_calls_are_recorded_in_order_with_all_parameters(emulator: Emulator) -> None:
    an = emulator.person("An")
    before = len(emulator.calls())
    an.taps(an.says("/start")[0], "Yes")
    calls = emulator.calls()[before:]
    methods = ["sendChatAction", "sendMessage", "answerCallbackQuery", "editMessageText"]
    assert [call.method for call in calls] == methods
    assert {call.chat_id for call in calls} == {an.chat_id}
    sent = calls[1]
    assert sent.text == "<b>Hello</b> &amp; welcome"
    assert sent.params["link_preview_options"] == {"is_disabled": True}
    assert sent.reply_markup == KEYBOARD.to_dict()
    assert sent.result["reply_to_message"]["text"] == "/start"
    assert emulator.calls("editmessagetext")[-1] == calls[3]


def test_two_people_at_once(emulator: Emulator) -> None:
    def talks(name: str) -> list[str]:
        person = emulator.person(name)
        return [reply.text for word in ("one", "two", "three") for reply in person.says(f"{name} {word}")]

    names = ["Bình", "Chi", "Dung", "Giang"]
    with ThreadPoolExecutor(len(names)) as pool:
        heard = list(pool.map(talks, names))
    assert heard == [[f"{name} {word}" for word in ("one", "two", "three")] for name in names]
    emulator.person("An").hears_nothing(0.1)


def test_group_inline_query_file_and_unmodified_edit(emulator: Emulator) -> None:
    group = {"id": -1001, "type": "supergroup", "title": "Staff"}
    [reply] = emulator.person("An", chat=group).says("in a group")
    assert (reply.text, reply.chat_id) == ("in a group", -1001)
    an = emulator.person("An")
    [result] = an.asks_inline("abc")
    assert result["input_message_content"] == {"message_text": "abc"}
    assert [message.text for message in an.says("/file")] == ["", "some bytes"]
    assert an.says("/same")[-1].text.startswith("Message is not modified")


def test_over_long_message_is_refused(emulator: Emulator) -> None:
    [reply] = emulator.person("An").says("/long")
    assert reply.text == "refused: Message is too long"
    assert [call.status for call in emulator.calls("sendMessage")[-2:]] == [400, 200]


def card(name: str, text: str = "x") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(name, "x", InputTextMessageContent(text, parse_mode="HTML"))


def test_documented_limits(emulator: Emulator) -> None:
    async def refusals() -> list[str]:
        words = []
        async with Bot(emulator.token, emulator.base_url, emulator.base_file_url) as bot:
            await bot.send_message(5, "<b>y</b>" * 4096, parse_mode="HTML")
            wide = InlineKeyboardMarkup.from_button(InlineKeyboardButton("wide", callback_data="x" * 65))
            for call in (
                bot.send_message(5, "<b>open", parse_mode="HTML"),
                bot.send_message(5, "<b> </b>", parse_mode="HTML"),
                bot.send_message(5, "x", reply_markup=wide),
                bot.send_message(5, "x", reply_parameters=ReplyParameters(10**6)),
                bot.set_my_commands([("Start", "x")]),
                bot.set_my_description("x" * 513),
                bot.answer_callback_query("unknown"),
                bot.edit_message_text("x", 5, 10**6),
                bot.answer_inline_query("unknown", [card("a"), card("a")]),
                bot.answer_inline_query("unknown", [card("ạ" * 22)]),
                bot.answer_inline_query("unknown", [card("a", "x" * 4097)]),
                bot.answer_inline_query("unknown", [card("a", "<b>open")]),
                bot.answer_inline_query("unknown", [], button=InlineQueryResultsButton("x", start_parameter="a b")),
                bot.answer_inline_query("unknown", [card("a", "<b>x</b>")]),
            ):
                with pytest.raises(BadRequest) as refused:
                    await call
                words.append(refused.value.message)
        return words

    expected = ["Can't parse", "Message text is empty", "Button_data", "Message to be replied", "Bot_command_invalid"]
    expected += ["Description is too long", "Query is too old", "Message to edit not found"]
    expected += ["Result_id_duplicate", "Result_id_invalid", "Message_too_long", "Can't parse", "Start_param_invalid"]
    expected += ["Query is too old"]
    for word, start in zip(asyncio.run(refusals()), expected, strict=True):
        assert word.startswith(start)


def test_topics_copies_and_replies_in_a_staff_group(emulator: Emulator) -> None:
    staff = {"id": -1002, "type": "supergroup", "title": "Staff", "is_forum": True}
    an, chi = emulator.person("An"), emulator.person("Chi", chat=staff)
    question = an.writes("a question")["message"]

    async def open_ticket() -> int:
        async with Bot(emulator.token, emulator.base_url, emulator.base_file_url) as bot:
            topic = await bot.create_forum_topic(-1002, "Ticket")
            thread = topic.message_thread_id
            await bot.copy_message(-1002, an.chat_id, question["message_id"], message_thread_id=thread)
            return thread

    thread = asyncio.run(open_ticket())
    [copy] = chi.hears()
    assert copy.text == "a question"
    reply = chi.writes("an answer", reply_to=copy)["message"]
    assert (reply["reply_to_message"]["text"], reply["message_thread_id"]) == ("a question", thread)
    assert chi.hears()[0].params["message_thread_id"] == thread


def test_429_then_success(emulator: Emulator) -> None:
    emulator.fault("sendMessage", retry_after=1)
    started = time.monotonic()
    [reply] = emulator.person("An").says("patience")
    assert reply.text == "patience"
    assert time.monotonic() - started > 1
    assert [call.status for call in emulator.calls("sendMessage")[-2:]] == [429, 200]


def test_server_error_and_delay(emulator: Emulator) -> None:
    an = emulator.person("An")
    emulator.fault("sendMessage", status=502)
    an.writes("lost")
    an.hears_nothing(0.3)
    assert emulator.calls("sendMessage")[-1].status == 502
    emulator.fault("sendMessage", status=200, delay=0.5)
    started = time.monotonic()
    assert an.says("late")[0].text == "late"
    assert time.monotonic() - started > 0.5


def test_malformed_update_is_delivered_and_the_bot_survives(emulator: Emulator) -> None:
    an = emulator.person("An")
    an.sends({"message": {"message_id": 1, "date": 0, "chat": an.chat}})
    assert an.says("still here")[0].text == "still here"


def test_the_older_of_two_pollers_gets_a_conflict(emulator: Emulator) -> None:
    token = "777:TWO_POLLERS"
    emulator.make_good(token)
    with ThreadPoolExecutor(1) as pool:
        older = pool.submit(get_updates, emulator, token, timeout=10)
        time.sleep(0.3)
        newer = get_updates(emulator, token, timeout=0)
        refused = older.result()
    assert newer.json() == {"ok": True, "result": []}
    assert refused.status_code == refused.json()["error_code"] == 409
    assert refused.json()["description"].startswith("Conflict: terminated by other getUpdates request; make sure")


def test_a_polling_bot_survives_a_conflict(emulator: Emulator) -> None:
    emulator.wait_until(lambda: emulator.pending() == 0)
    assert get_updates(emulator, timeout=0).status_code == 200
    assert emulator.person("An").says("me again")[0].text == "me again"


def test_restart_loses_no_update(emulator: Emulator, bot: EchoBot) -> None:
    an, binh = emulator.person("An"), emulator.person("Bình")
    an.says("before")
    emulator.wait_until(lambda: emulator.pending() == 0)
    bot.stop()
    ids = [person.writes(text)["update_id"] for person, text in ((an, "1"), (binh, "2"), (an, "3"))]
    assert ids == sorted(set(ids))
    assert emulator.pending() == 3
    unconfirmed = [get_updates(emulator, timeout=0).json()["result"] for _ in range(2)]
    assert [[update["update_id"] for update in updates] for updates in unconfirmed] == [ids, ids]
    bot.start()
    assert [message.text for message in binh.hears()] == ["2"]
    assert [message.text for message in an.hears()] == ["1", "3"]


def test_bad_token_is_refused(emulator: Emulator) -> None:
    code, log = EchoBot(emulator, "987654321:WRONG").end()
    assert code != 0
    assert "InvalidToken" in log
    [call] = [call for call in emulator.calls("getMe") if call.token == "987654321:WRONG"]
    assert (call.status, call.description) == (401, "Unauthorized")
    emulator.make_good("555:TURNS_BAD")
    assert get_updates(emulator, "555:TURNS_BAD").status_code == 200
    emulator.make_bad("555:TURNS_BAD")
    assert get_updates(emulator, "555:TURNS_BAD").status_code == 401


class Hook(BaseHTTPRequestHandler):
    """A webhook that fails at first."""

    heard: ClassVar[list[tuple[str | None, str]]] = []

    def do_POST(self) -> None:
        update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.heard.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], update["message"]["text"]))
        self.send_response(200 if len(self.heard) > 1 else 500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def test_webhook_gets_the_secret_and_failed_updates_again(emulator: Emulator, bot: EchoBot) -> None:
    bot.stop()
    an = emulator.person("An")
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        hook = {"url": f"http://127.0.0.1:{server.server_port}/hook", "secret_token": "s3cret"}
        httpx.post(f"{emulator.base_url}{emulator.token}/setWebhook", data=hook, trust_env=False).raise_for_status()
        an.writes("first")
        an.writes("second")
        emulator.wait_until(lambda: emulator.pending() == 0)
        server.shutdown()
    assert Hook.heard == [("s3cret", "first"), ("s3cret", "first"), ("s3cret", "second")]
    assert get_updates(emulator).status_code == 409
    bot.start()
    assert an.says("polling again")[0].text == "polling again"
