"""`motcua chat`: questions piped in, and a person at a keyboard."""

import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.storage import LogFilter
from tests.commands import Station
from tests.running import environment, hears_ctrl_c


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def logged(station: Station) -> list[tuple[str, str, str]]:
    with station.log() as log:
        return [(row.question, row.outcome, row.channel) for row in log.search(LogFilter(), newest_first=False)]


class Keyboard:
    """`motcua chat` in a window of its own."""

    def __init__(self, station: Station) -> None:
        self._end, window = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "chat"],
            stdin=window,
            stdout=window,
            stderr=window,
            cwd=station.folder,
            env=environment(station.folder, TERM="dumb", **station.settings()),
            preexec_fn=hears_ctrl_c,
        )
        os.close(window)
        self.screen = ""

    def shows(self, words: str) -> None:
        """Wait until the words stand on the screen."""
        raw = self.screen.encode()
        while words.encode() not in raw:
            raw += os.read(self._end, 4096)
        self.screen = raw.decode()

    def types(self, text: str) -> None:
        os.write(self._end, text.encode())

    def interrupts(self) -> None:
        """Ctrl-C, again if it fell between two moments of waiting for a key."""
        for _ in range(20):
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                return

    def ends(self) -> int:
        """The exit code, once the program has ended by itself."""
        code = self.process.wait(60)
        os.close(self._end)
        return code


def test_questions_piped_in_are_answered_in_order(station: Station) -> None:
    printed = station.prints("chat", stdin="đăng ký tạm trú\n\ncấp hộ chiếu\n")
    assert printed.startswith("Đăng ký tạm trú\nDành cho người đến ở từ 30 ngày.\n")
    assert "\n[1] Hồ sơ  [2] Lệ phí  [3] Thời hạn  [4] Nộp ở đâu  [5] Căn cứ  [6] Gửi danh sách giấy tờ  " in printed
    assert printed.index("Chưa có câu trả lời") > printed.index("[5] Căn cứ")
    assert logged(station) == [
        ("đăng ký tạm trú", "answer", "terminal"),
        ("cấp hộ chiếu", "unknown", "terminal"),
    ]


def test_links_are_written_out_and_long_lines_are_not_cut(station: Station) -> None:
    printed = station.prints("chat", stdin="đăng ký tạm trú\n", COLUMNS="20")
    assert "Trang chính thức: https://dichvucong.gov.vn/tam-tru\n" in printed
    assert "Giấy tờ: tờ khai thay đổi thông tin cư trú; " in printed


def test_a_number_typed_chooses(station: Station) -> None:
    printed = station.prints("chat", stdin="khai sinh\n2\n")
    assert "[1] Chưa đăng ký lần nào\n[2] Đã đăng ký, mất cả sổ và bản chính\n[3] Không phải cái nào\n" in printed
    assert "Đăng ký lại khai sinh\nĐăng ký lại khi sổ hộ tịch và bản chính đều mất.\n" in printed
    assert logged(station) == [("khai sinh", "choose", "terminal")]
    assert station.prints("review") == "Không còn câu nào chưa trả lời.\n"


def test_none_of_these_goes_to_the_queue_of_staff(station: Station) -> None:
    assert station.prints("chat", stdin="khai sinh\n3\n").endswith("để cán bộ bổ sung câu trả lời.\n\n")
    assert "khai sinh" in station.prints("review")


@pytest.mark.parametrize("stdin", ["", "\n\n", "   "])
def test_nothing_piped_in_gets_nothing(station: Station, stdin: str) -> None:
    assert station.prints("chat", stdin=stdin) == ""
    assert logged(station) == []


@pytest.mark.parametrize("typed", ["[bold]", "[/b]", ":smile:", "[link=https://x]", "\x1b[31m", "😀", "1" * 5000])
def test_no_line_stops_the_conversation(station: Station, typed: str) -> None:
    printed = station.prints("chat", stdin=f"khai sinh\n{typed}\nđăng ký tạm trú\n")
    assert "\nDành cho người đến ở từ 30 ngày.\n" in printed


def test_lines_that_are_not_utf_8_do_not_stop_the_conversation(station: Station) -> None:
    result = station.run("chat", stdin=b"l\xe0m gi\n" + "đăng ký tạm trú\n".encode())
    assert (result.exception, result.exit_code) == (None, 0)
    assert "Dành cho người đến ở từ 30 ngày." in result.stdout


def test_a_person_at_a_keyboard_is_greeted_answered_and_let_go_with_ctrl_d(station: Station) -> None:
    chat = Keyboard(station)
    chat.shows("Gõ số để chọn")
    assert "Đây là bot tra cứu thủ tục hành chính của thành phố Hải Phòng." in chat.screen
    chat.types("khai sinh\n")
    chat.shows("[3] Không phải cái nào")
    chat.types("1\n")
    chat.shows("Làm giấy khai sinh lần đầu cho trẻ.")
    chat.types("\x04")
    assert chat.ends() == 0
    assert logged(station) == [("khai sinh", "choose", "terminal")]


def test_ctrl_c_ends_the_conversation_without_a_traceback(station: Station) -> None:
    chat = Keyboard(station)
    chat.shows("> ")
    chat.interrupts()
    assert chat.ends() == 0
    assert "Traceback" not in chat.screen
