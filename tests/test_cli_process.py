"""The real command in a process of its own: exit codes, one clear message, pipes that close, Ctrl-C."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.storage import open_database
from tests.commands import Station
from tests.entries import entry
from tests.running import cold, environment, hears_ctrl_c, motcua
from tests.small import change, write_base

SECRET = "123456:AAH-secret"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def runs(station: Station, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return motcua(station.folder, *arguments, **(station.settings() | settings))


def refused(station: Station, *arguments: str, **settings: str) -> str:
    """The one message of a command that ends with exit code 2."""
    done = runs(station, *arguments, **settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


@contextmanager
def started(station: Station, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A command whose output is read as it comes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=station.folder,
        env=environment(station.folder, PYTHONUNBUFFERED="1", **station.settings()),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears_ctrl_c,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_the_shipped_base_answers(tmp_path: Path) -> None:
    questions = "đăng ký kết hôn cần giấy tờ gì\nlàm khai sinh ở đâu\n"
    done = motcua(tmp_path, "ask", "--json", "--file", "-", stdin=questions)
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["facets"] for line in done.stdout.splitlines()] == [["documents"], ["place"]]


def test_an_answer_ends_with_0_and_says_nothing_on_the_error_stream(station: Station) -> None:
    done = runs(station, "ask", "đăng ký tạm trú")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == station.prints("ask", "đăng ký tạm trú")


def test_a_broken_base_ends_with_2_and_all_faults(station: Station) -> None:
    line = change(station.knowledge, "lexicon.yaml", "weak:", "wek:")
    done = runs(station, "kb", "check")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "cảnh báo, bot vẫn chạy" in done.stdout
    assert done.stderr == (
        f"Bộ tri thức ở {station.knowledge} có 1 lỗi:\n"
        f"  lexicon.yaml:{line}: wek: khóa lạ → xem lại chính tả của khóa, hoặc xóa\n"
    )


def test_a_missing_configuration_ends_with_2(station: Station) -> None:
    assert refused(station, "--config", "khong-co.yaml", "health") == (
        "Không thấy tệp cấu hình khong-co.yaml: hãy chép config.example.yaml thành tệp này.\n"
    )


def test_a_wrong_call_ends_with_2(station: Station) -> None:
    assert "Cần một câu hỏi, hoặc --file TỆP" in refused(station, "ask")


def test_a_database_that_cannot_be_written_ends_with_2(station: Station) -> None:
    (station.folder / "tệp").touch()
    path = station.folder / "tệp" / "motcua.db"
    words = refused(station, "ask", "đăng ký tạm trú", MOTCUA_DATABASE=f"sqlite:///{path}")
    assert words.startswith(f"Không ghi được cơ sở dữ liệu {path} (")
    assert words.count("\n") == 1


def test_a_database_that_another_program_locks_ends_with_2(station: Station) -> None:
    open_database(station.database).close()
    with closing(sqlite3.connect(station.database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert refused(station, "log") == (
            f"Cơ sở dữ liệu {station.database} đang bị chương trình khác khóa. Hãy đóng chương trình đó rồi thử lại.\n"
        )


def test_running_without_a_token_ends_with_2_and_says_how_to_get_one(station: Station) -> None:
    words = refused(station, "run")
    assert words.startswith("Chưa có token của bot. Hãy nhắn @BotFather")
    assert not station.database.exists()


def test_running_on_a_broken_base_ends_with_2_and_does_not_show_the_token(station: Station) -> None:
    (station.knowledge / "routes.yaml").unlink()
    words = refused(station, "run", MOTCUA_TOKEN=SECRET)
    assert "routes.yaml:1: thiếu tệp này" in words
    assert "secret" not in words


@pytest.mark.parametrize("arguments", [("log", "--csv", "-"), ("ask", "--file", "nhiều.txt")])
def test_a_reader_that_leaves_early_hears_no_complaint(station: Station, arguments: tuple[str, ...]) -> None:
    station.keeps(*(entry("con mèo nhà bên " * 20) for _ in range(300)))
    (station.folder / "nhiều.txt").write_text("đăng ký tạm trú\n" * 300, "utf-8")
    with started(station, *arguments) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) in (0, 1)


def test_ctrl_c_ends_quietly_with_130(station: Station) -> None:
    with started(station, "chat") as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("đăng ký tạm trú\n")
        process.stdin.flush()
        assert process.stdout.readline() == "Đăng ký tạm trú\n"
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=60)
    assert process.returncode == 130
    assert words.strip() == ""


def test_a_proxy_of_no_known_kind_ends_with_2_and_is_not_shown(station: Station) -> None:
    assert "MOTCUA_PROXY" in (words := refused(station, "run", MOTCUA_TOKEN=SECRET, MOTCUA_PROXY="foo://an:mật@x"))
    assert "mật" not in words


def test_a_pipe_that_cannot_carry_vietnamese_letters_stops_nothing(station: Station) -> None:
    done = runs(station, "ask", "đăng ký tạm trú", PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, "")
    assert "https://dichvucong.gov.vn/tam-tru" in done.stdout


def test_a_warm_start_finds_everything_kept(tmp_path: Path) -> None:
    cold(tmp_path)
    base = write_base(tmp_path / "kb")
    done = motcua(tmp_path, "kb", "warm", MOTCUA_KNOWLEDGE=str(base), MOTCUA_LOCAL="null")
    assert done.stdout == "Đã chuẩn bị xong 3 thủ tục, 0 dòng danh mục.\n", done.stderr
    kinds = {path.name.split("-")[0] for path in (tmp_path / ".motcua-cache").iterdir()}
    assert kinds == {"knowledge", "files", "entries", "routes", "phrases"}
    change(base, "procedures/ho-tich.yaml", "amount: 9000", "amount: 9.000")
    done = motcua(tmp_path, "kb", "warm", MOTCUA_KNOWLEDGE=str(base), MOTCUA_LOCAL="null")
    assert (done.returncode, "có 1 lỗi" in done.stderr) == (2, True)
