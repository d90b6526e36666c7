"""The real bot to which Telegram pushes: set by the command, reached only with the secret, drained at the end."""

import json
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.channels.telegram.registration import secret_of
from bot.channels.telegram.webhook import HEADER, LARGEST
from tests.emulator.client import Emulator
from tests.running import Running, free_port, motcua, running
from tests.serving import settings

QUESTION = "đăng ký tạm trú cần giấy tờ gì"


@dataclass(frozen=True)
class Pushed:
    """A bot in webhook mode."""

    bot: Running
    folder: Path
    url: str
    secret: str

    def logged(self) -> list[str]:
        """The questions in its log."""
        with closing(sqlite3.connect(self.folder / "test.db")) as db:
            return [row[0] for row in db.execute("SELECT question FROM questions ORDER BY id")]


def pushed_settings(emulator: Emulator, port: int) -> dict[str, str]:
    own = {"MOTCUA_MODE": "webhook", "MOTCUA_WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
    return settings(emulator) | own | {"MOTCUA_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram"}


@pytest.fixture
def pushed(emulator: Emulator, folder: Path) -> Iterator[Pushed]:
    port = free_port()
    own = pushed_settings(emulator, port)
    with running(folder, **own) as bot:
        bot.wait_for("đang chạy")
        told = motcua(folder, "webhook", "set", **own)
        assert (told.returncode, told.stderr) == (0, "")
        assert f"Telegram đẩy tin tới: http://127.0.0.1:{port}/telegram" in told.stdout
        yield Pushed(bot, folder, f"http://127.0.0.1:{port}/telegram", secret_of(emulator.token))


def test_a_question_pushed_is_answered_and_kept_and_a_stop_drains(pushed: Pushed, emulator: Emulator) -> None:
    an = emulator.person("An")
    [answer] = an.says(QUESTION)
    assert "Đăng ký tạm trú: giấy tờ cần có." in answer.text
    assert pushed.logged() == [QUESTION]
    emulator.fault("sendMessage", status=200, delay=2)
    an.writes("đăng ký khai sinh")
    emulator.wait_until(lambda: len(pushed.logged()) == 2)
    assert pushed.bot.stop(signal.SIGTERM) == 0
    [late] = an.hears()
    assert "khai sinh" in late.text
    assert emulator.pending() == 0
    assert "Traceback" not in pushed.bot.output()


def test_who_has_not_the_secret_is_refused_before_anything_is_read(pushed: Pushed) -> None:
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}}
    whole = json.dumps(update | {"padding": "x" * LARGEST})
    tries: list[tuple[str | None, str, int]] = [
        (None, json.dumps(update), 403),
        ("0" * 64, json.dumps(update), 403),
        (pushed.secret, whole, 413),
        (pushed.secret, "{", 400),
        (pushed.secret, "[" * 100_000, 400),
        (pushed.secret, "[]", 200),
        (pushed.secret, '{"update_id": 9, "message": 3}', 200),
        (pushed.secret, json.dumps(update), 200),
    ]
    for secret, body, status in tries:
        answer = httpx.post(pushed.url, content=body, headers={HEADER: secret} if secret else {}, trust_env=False)
        assert (answer.status_code, answer.text) == (status, ""), body[:60]
    assert httpx.get(pushed.url, headers={HEADER: pushed.secret}, trust_env=False).status_code == 405
    assert pushed.secret not in pushed.bot.output()
    with closing(sqlite3.connect(pushed.folder / "test.db")) as db:
        [dead] = db.execute("SELECT update_id, content FROM deliveries WHERE fault <> ''").fetchall()
    assert dead == (9, "update_id message")


def test_the_webhook_is_told_and_taken_back(pushed: Pushed, emulator: Emulator) -> None:
    own = settings(emulator)
    assert re.search(
        r"Telegram đẩy tin tới: http.*\nTin đang chờ: 0", motcua(pushed.folder, "webhook", "info", **own).stdout
    )
    assert pushed.bot.stop() == 0
    emulator.person("An").writes(QUESTION)
    deleted = motcua(pushed.folder, "webhook", "delete", **own)
    assert deleted.stdout.startswith("Telegram không đẩy tin tới đâu cả.\nTin đang chờ: 1\n")
    with running(pushed.folder, **own) as bot:
        bot.wait_for("đang chạy")
        assert emulator.person("An").hears()
    assert pushed.logged() == [QUESTION]


def test_what_is_missing_is_told(folder: Path, emulator: Emulator) -> None:
    told = motcua(folder, "webhook", "set", **settings(emulator))
    assert told.returncode == 2
    assert "webhook_url" in told.stderr
    emulator.make_bad(emulator.token)
    refused = motcua(folder, "webhook", "info", **settings(emulator))
    assert refused.returncode == 2
    assert "không nhận token" in refused.stderr
    assert emulator.token not in refused.stderr
