"""`motcua ask "..."`: one question, answered as everywhere, kept in the log."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.matching import Signals
from bot.matching.explaining import SIGNALS
from bot.storage import LogFilter
from tests.commands import Station

OVERVIEW = "Đăng ký tạm trú\nDành cho người đến ở từ 30 ngày.\n"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def test_an_answer_is_printed_with_its_buttons_numbered(station: Station) -> None:
    printed = station.prints("ask", "đăng ký tạm trú")
    assert printed.startswith(OVERVIEW)
    assert printed.endswith("\n[5] Căn cứ\n[6] Gửi danh sách giấy tờ\n")
    assert "\n[1] Hồ sơ\n[2] Lệ phí\n[3] Thời hạn\n[4] Nộp ở đâu\n" in printed


def test_unmarked_typing_gets_the_same_answer(station: Station) -> None:
    assert station.prints("ask", "dang ky tam tru") == station.prints("ask", "đăng ký tạm trú")


def test_local_rules_can_be_left_out(station: Station) -> None:
    printed = station.prints("ask", "lệ phí đăng ký tạm trú", MOTCUA_LOCAL="null")
    assert "15.000 đồng/lần" in printed
    assert "Hải Phòng" not in printed


def test_the_contact_of_the_office_is_said(station: Station) -> None:
    assert "0225.3821055" in station.prints("ask", "cấp hộ chiếu", MOTCUA_CONTACT="0225.3821055")


def test_it_is_kept_as_asked_in_the_terminal_and_answered(station: Station) -> None:
    station.prints("ask", "số 030123456789 đăng ký tạm trú")
    with station.log() as log:
        [row] = log.search(LogFilter())
    assert (row.channel, row.question) == ("terminal", "số [số giấy tờ] đăng ký tạm trú")
    assert b"030123456789" not in station.database.read_bytes()
    with closing(sqlite3.connect(station.database)) as outside:
        assert outside.execute("SELECT replied_at >= asked_at FROM questions").fetchall() == [(1,)]


def test_json_prints_one_object_on_one_line(station: Station) -> None:
    printed = station.prints("ask", "--json", "lệ phí đăng ký tạm trú")
    assert printed.count("\n") == 1
    told = json.loads(printed)
    assert told["question"] == "lệ phí đăng ký tạm trú"
    assert (told["outcome"], told["reason"], told["language"], told["facets"]) == ("answer", "direct", "vi", ["fee"])
    first = told["procedures"][0]
    assert (first["id"], first["kind"], first["code"]) == ("tam-tru", "procedure", "1.004194")
    assert first["codes"] == ["1.004194", "1.010038"]
    assert told["answers"] == [{key: told[key] for key in ("outcome", "procedures", "facets")}]


def test_json_holds_the_text_that_is_printed_without_it(station: Station) -> None:
    told = json.loads(station.prints("ask", "--json", "đăng ký tạm trú"))
    assert told["text"] + "\n" == station.prints("ask", "đăng ký tạm trú")


def test_two_runs_differ_in_nothing_but_the_time(station: Station) -> None:
    first, second = (json.loads(station.prints("ask", "--json", "giấy khai sinh")) for _ in range(2))
    assert first.pop("ms") >= 0
    assert second.pop("ms") >= 0
    assert first == second


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("lệ phí đăng ký tạm trú", ["Kết quả: answer (direct)", "Hỏi về: fee", "Cách biệt giữa"]),
        ("cấp hộ chiếu", ["Kết quả: unknown (no_match)", "Hỏi về: (không nói rõ)", "Cách biệt"]),
        ("???", ["Kết quả: unknown (empty)", "Chữ dùng để tìm: (không có)"]),
    ],
)
def test_explain_says_why(station: Station, question: str, lines: list[str]) -> None:
    answer, reasons = station.prints("ask", "--explain", question).split("\n\n")
    assert answer + "\n" == station.prints("ask", question)
    assert [line for line in lines if line not in reasons] == []
    assert reasons.startswith("Kết quả: ")


def test_explain_shows_the_words_that_matched_and_the_scores(station: Station) -> None:
    reasons = station.prints("ask", "--explain", "đăng ký tạm trú").split("\n\n")[1].splitlines()
    assert reasons[1] == "Chữ dùng để tìm: dang ki tam tru"
    assert reasons[4].startswith("Vì sao tam-tru đứng đầu: ")
    assert "câu hỏi nói tên mục" in reasons[4]
    assert " đứng sau vì: không có chữ “tạm”, “trú”; tên còn có chữ “" in reasons[5]
    assert " tam-tru: phủ câu hỏi " in reasons[6]
    assert reasons[6].split("khớp: ")[1].split(", ")[:4] == ["dang", "ki", "tam", "tru"]
    assert len(reasons) == 6 + 3


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("xin chào", "Vì sao route:chao đứng đầu: cả câu giống một câu nói có sẵn."),
        ("1.004194", "Câu hỏi có mã thủ tục."),
        ("máy bay", "Không mục nào có chung chữ đáng kể với câu hỏi."),
        ("mất giấy khai sinh", "đứng sau vì: "),
        ("con chó nhà hàng xóm sủa đêm khai sinh", "Chưa chắc vì: nhiều chữ chưa mục nào có."),
        ("đăng ký khai sinh, không phải đăng ký lại", "Câu hỏi nói là không phải: lai"),
    ],
)
def test_explain_tells_in_words_what_decided(station: Station, question: str, words: str) -> None:
    assert words in station.prints("ask", "--explain", question)


def test_every_signal_that_differs_between_entries_is_told_under_one_ground() -> None:
    of_the_question = {"constant", "length", "facets", "weak", "unknown", "off_topic"}
    told = [name for names in SIGNALS.values() for name in names]
    assert sorted(told) == sorted(set(Signals._fields) - of_the_question)


def test_with_json_the_reasons_go_to_the_error_stream(station: Station) -> None:
    result = station.run("ask", "--json", "--explain", "đăng ký tạm trú")
    assert json.loads(result.stdout)["outcome"] == "answer"
    assert result.stderr.startswith("\nKết quả: answer (direct)")


@pytest.mark.parametrize("arguments", [(), ("đăng ký tạm trú", "--file", "-"), ("--json",)])
def test_either_a_question_or_a_file(station: Station, arguments: tuple[str, ...]) -> None:
    assert "Cần một câu hỏi, hoặc --file TỆP" in station.misused("ask", *arguments)
    assert not station.database.exists()


@pytest.mark.parametrize(
    "question", ["", "   ", "😀", "?" * 5000, "\u202eạ", "1.004194", "<b>", "' OR 1=1 --", "l\udcff", "9" * 5000]
)
@pytest.mark.parametrize("form", ["--json", "--explain"])
def test_no_question_fails(station: Station, question: str, form: str) -> None:
    result = station.run("ask", form, "--", question)
    assert (result.exception, result.exit_code) == (None, 0)
    with station.log() as log:
        assert len(list(log.search(LogFilter()))) == 1
