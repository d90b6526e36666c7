"""The rooms joined: which knowledge base is used, what is opened and when, and a log that never holds the token."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.telegram import Settings
from bot.cli.office import Office, knowledge_folder, now
from bot.cli.run import Redacted, _passwords
from bot.config import Config
from tests.commands import Station
from tests.entries import NOW
from tests.running import KNOWLEDGE
from tests.small import write_base

SECRET = "123456:AAH-secret"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a logger of the tests writes, with the secret taken out."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redacted(SECRET))
    logger = logging.getLogger("tests.redacted")
    logger.addHandler(handler)
    logger.propagate = False
    yield stream
    logger.removeHandler(handler)


def test_what_is_secret_in_a_proxy_is_hidden_and_settings_never_show_theirs() -> None:
    address = "socks5://ban:mat-khau@10.0.0.1:1080"
    record = logging.LogRecord("x", logging.INFO, "x", 1, "lỗi ở %s: mat-khau", (address,), None)
    assert Redacted(*_passwords(SecretStr(address))).filter(record)
    assert record.getMessage() == "lỗi ở socks5://***@10.0.0.1:1080: ***"
    assert list(_passwords(SecretStr("http://10.0.0.1:3128"))) == list(_passwords(None)) == []
    shown = repr(Settings(SECRET, "http://x/bot", "http://x/file", address, lambda _state, _detail: None))
    assert SECRET not in shown
    assert "mat-khau" not in shown


def test_the_configured_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_base(tmp_path / "knowledge")
    monkeypatch.chdir(tmp_path)
    assert knowledge_folder(Config(knowledge=Path("của xã"))) == Path("của xã")


def test_then_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_base(tmp_path / "knowledge")
    monkeypatch.chdir(tmp_path)
    assert knowledge_folder(Config()) == Path("knowledge")


def test_then_the_folder_of_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "knowledge").mkdir()
    monkeypatch.chdir(tmp_path)
    assert knowledge_folder(Config()) == KNOWLEDGE


def test_the_clock_is_the_one_handed_in_or_the_present_in_utc(tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.touch()
    assert Office(str(empty), lambda: NOW).clock() == NOW
    assert Office(str(empty)).clock is now
    assert str(now().tzinfo) == "UTC"


def test_nothing_is_opened_before_it_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    station = Station(tmp_path)
    for name, value in station.settings().items():
        monkeypatch.setenv(name, value)
    office = Office(None, lambda: NOW)
    assert len(office.knowledge.procedures) == 3
    assert office.desk.knowledge is office.knowledge
    assert (office.voice.office, office.voice.contact) == ("thành phố Hải Phòng", None)
    assert not station.database.exists()
    assert office.log.distinct(1) == []
    assert station.database.exists()
    office.database.close()


@pytest.mark.parametrize(
    ("message", "values", "line"),
    [
        (f"POST /bot{SECRET}/getMe", (), "POST /bot***/getMe"),
        ("POST /bot%s/getMe %d", (SECRET, 200), "POST /bot***/getMe 200"),
        ("%s", (ValueError(SECRET),), "***"),
        ("100% xong", (), "100% xong"),
        ("An hỏi", (), "An hỏi"),
    ],
)
def test_the_token_is_taken_out_of_every_record(
    written: io.StringIO, message: str, values: tuple[object, ...], line: str
) -> None:
    logging.getLogger("tests.redacted").warning(message, *values)
    assert written.getvalue() == f"{line}\n"


def test_the_token_is_taken_out_of_tracebacks(written: io.StringIO) -> None:
    try:
        raise ValueError(f"không gọi được /bot{SECRET}/getMe")
    except ValueError:
        logging.getLogger("tests.redacted").exception("lỗi")
    assert "ValueError: không gọi được /bot***/getMe" in written.getvalue()
    assert "secret" not in written.getvalue()


def test_a_record_with_wrong_values_does_not_stop_who_wrote_it(written: io.StringIO) -> None:
    logging.getLogger("tests.redacted").warning("%d câu", "nhiều")
    assert "secret" not in written.getvalue()
