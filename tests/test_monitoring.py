"""Metrics and probes of the real process: what they count, when it is ready, and that nobody is named there."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.errors import ConfigError
from bot.monitoring import Pulse, Reach, listening
from bot.monitoring.serving import states
from tests.emulator.client import Emulator
from tests.running import Running, motcua, running
from tests.serving import settings
from tests.small import change, write_base

SECRET_WORDS = "nuôi con rồng ở 012345678901"


@pytest.fixture
def place() -> str:
    """A free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def bot(emulator: Emulator, folder: Path, place: str) -> Iterator[Running]:
    base = str(write_base(folder / "kb"))
    own = {"MOTCUA_METRICS": place, "MOTCUA_BACKUPS": str(folder), "MOTCUA_KNOWLEDGE": base}
    with running(folder, **settings(emulator), **own) as process:
        process.wait_for("đang chạy")
        yield process


def figures(place: str) -> dict[str, float]:
    """Each sample with its labels, as Prometheus reads it."""
    answer = httpx.get(f"http://{place}/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    families = list(text_string_to_metric_families(answer.text))
    return {
        s.name + "".join(f",{k}={v}" for k, v in sorted(s.labels.items())): s.value for f in families for s in f.samples
    }


def test_what_happens_is_counted_and_nothing_said_is_there(
    emulator: Emulator, bot: Running, folder: Path, place: str
) -> None:
    before = figures(place)
    an = emulator.person("An")
    an.says("lệ phí đăng ký tạm trú")
    an.says(SECRET_WORDS)
    found = figures(place)
    assert found["motcua_questions_total,channel=telegram,outcome=answer"] == 1
    assert found["motcua_questions_total,channel=telegram,outcome=unknown"] == 1
    assert found["motcua_answer_seconds_count"] == before["motcua_answer_seconds_count"] + 2
    assert 0 < found["motcua_answer_seconds_sum"] < 60
    assert (found["motcua_database_up"], found["motcua_outbox_waiting"]) == (1, 0)
    assert found["motcua_database_bytes"] >= (folder / "test.db").stat().st_size
    assert found["motcua_backup_timestamp_seconds"] > 0
    assert any(name.startswith("motcua_knowledge_info,version=") for name in found)
    text = httpx.get(f"http://{place}/metrics").text
    for word in ("rồng", "012345678901", emulator.token, str(an.user["id"]), 'An"', str(folder)):
        assert word not in text


def test_faults_of_telegram_and_of_the_base_are_counted(
    emulator: Emulator, bot: Running, folder: Path, place: str
) -> None:
    emulator.fault("sendMessage", 500, times=1)
    emulator.person("An").says("lệ phí đăng ký tạm trú")
    assert figures(place)["motcua_telegram_errors_total,kind=server"] == 1
    change(folder / "kb", "lexicon.yaml", "weak:", "wek:")
    emulator.wait_until(lambda: figures(place)["motcua_knowledge_reload_failures_total"] == 1, timeout=30)
    assert httpx.get(f"http://{place}/readyz").status_code == 200  # the former base still answers


def test_it_lives_and_is_ready(bot: Running, place: str) -> None:
    living, ready = httpx.get(f"http://{place}/healthz"), httpx.get(f"http://{place}/readyz")
    assert (living.status_code, living.json()) == (200, {"loop": "ok"})
    assert (ready.status_code, set(ready.json().values())) == (200, {"ok"})
    assert httpx.head(f"http://{place}/readyz").content == b""
    assert httpx.get(f"http://{place}/").status_code == 404
    assert httpx.post(f"http://{place}/metrics").status_code == 501
    assert httpx.get(f"http://{place}/healthz").headers["server"] == "motcua"


def test_without_telegram_it_lives_but_is_not_ready(folder: Path, place: str) -> None:
    nowhere = {"MOTCUA_TOKEN": "7:TEST", "MOTCUA_BASE_URL": "http://127.0.0.1:9/bot", "MOTCUA_METRICS": place}
    with running(folder, **nowhere) as process:
        process.wait_for("Không nối được tới Telegram")
        ready = httpx.get(f"http://{place}/readyz")
        assert (ready.status_code, ready.json()["telegram"]) == (503, "out of reach")
        assert httpx.get(f"http://{place}/healthz").status_code == 200
        assert figures(place)["motcua_telegram_errors_total,kind=network"] >= 1


def test_a_port_in_use_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
        done = motcua(folder, "run", MOTCUA_TOKEN="7:TEST", MOTCUA_METRICS=place)
    assert done.returncode == 2
    assert "đổi khóa metrics" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_loop_that_hangs_and_a_telegram_that_is_silent_are_noticed() -> None:
    now = 100.0
    pulse, reach = Pulse(lambda: now), Reach(lambda: now)
    assert (pulse.beats, reach.lately) == (True, False)  # neither has begun
    reach.heard("ok")
    now += 89
    reach.heard("timeout")
    assert reach.lately
    now += 1
    assert not reach.lately


async def test_the_pulse_is_that_of_the_loop() -> None:
    now = 0.0
    pulse = Pulse(lambda: now)

    async def hang() -> bool:
        nonlocal now
        await asyncio.sleep(0)
        now = 31.0
        return pulse.beats

    assert await pulse.during(hang()) is False


def test_states_are_well_together_only() -> None:
    assert [states(found).status for found in ({"a": "ok"}, {"a": "ok", "b": "hangs"})] == [200, 503]


def test_nowhere_is_no_server() -> None:
    with listening(None, {}):
        pass
    with pytest.raises(ConfigError, match="metrics"), listening(("256.0.0.1", 1), {}):
        pass
