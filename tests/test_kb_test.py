"""`motcua kb test`: the base asked its own questions, and its answers on another day."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.kb.test import trial
from bot.errors import MotCuaError
from tests.commands import Station
from tests.small import change

QUESTIONS = """\
questions:
  - {question: đăng ký khai sinh cho con mới đẻ, expect: khai-sinh}
  - {question: giấy khai sinh, expect: khai-sinh}
  - {question: mất giấy khai sinh làm lại, expect: khai-sinh}
  - {question: "lệ phí đăng ký tạm trú", expect: tam-tru, facets: [fee]}
  - {question: xin việc ở đâu, expect: tam-tru}
  - {question: hôm nay trời có mưa không, expect: none}
  - {question: đăng ký tạm trú, expect: none}
  - {question: làm giấy khai sinh, expect: none}
"""
FAR = "9000-01-01"  # no test is run after it


@pytest.fixture
def station(folder: Path) -> Station:
    station = Station(folder)
    (station.knowledge / "questions" / "ho-tich.yaml").write_text(QUESTIONS, "utf-8")
    return station


def run(station: Station, *arguments: str) -> Result:
    settings = station.settings() | {"MOTCUA_LOCAL": ""}
    return CliRunner().invoke(trial, arguments, env=settings)


def prints(station: Station, *arguments: str) -> str:
    result = run(station, *arguments)
    assert (result.exception, result.exit_code, result.stderr) == (None, 0, "")
    return result.stdout


def tells(station: Station, *arguments: str) -> Any:
    return json.loads(prints(station, *arguments, "--json"))


def test_a_first_run_prints_shares_rows_and_what_is_wrong(station: Station) -> None:
    text = prints(station)
    assert text.startswith("8 câu hỏi thử, 5 câu có mục trả lời:\n")
    for words in (
        "đúng         2     40 %: trả lời ngay, đúng mục",
        "chọn         1     20 %: cho chọn, trong đó có mục đúng",
        "sai          1     20 %: trả lời bằng mục khác",
        "không ra     1     20 %",
        "3 câu không mục nào trả lời:",
        "giữ im       1   33,3 %",
        "Phần được hỏi (lệ phí, giấy tờ …): đúng 1/1, 100 %",
        "Trả lời sai (1):\n  mất giấy khai sinh làm lại\n      cần khai-sinh, bot trả lời khai-sinh-lai\n",
        "Không ra mục cần tìm (1):\n  xin việc ở đâu\n      cần tam-tru, bot chưa biết (place)\n",
        "Không nên trả lời mà trả lời (1):\n  đăng ký tạm trú\n      bot trả lời tam-tru\n",
        "Không nên trả lời mà đưa ra lựa chọn (1):\n  làm giấy khai sinh\n      bot cho chọn khai-sinh",
        "\nLần chạy đầu: lần sau sẽ nêu câu nào đổi kết quả.\n",
    ):
        assert words in text
    rows = [" ".join(line.split()) for line in text.splitlines()]
    assert "Cư trú 2 1 0 0 1 1/1" in rows
    assert "Hộ tịch 3 1 1 1 0 0/0" in rows


def test_several_entries_and_what_was_asked_before_are_told(station: Station) -> None:
    (station.knowledge / "questions" / "ho-tich.yaml").write_text(
        """\
questions:
  - {question: đăng ký tạm trú, expect: [khai-sinh, khai-sinh-lai]}
  - {question: lệ phí, after: đăng ký tạm trú, expect: [khai-sinh, khai-sinh-lai], both: true}
""",
        "utf-8",
    )
    text = prints(station)
    assert "  đăng ký tạm trú\n      cần khai-sinh / khai-sinh-lai, bot trả lời tam-tru\n" in text
    assert "  đăng ký tạm trú → lệ phí\n      cần khai-sinh và khai-sinh-lai, bot trả lời tam-tru (fee)\n" in text
    results = tells(station)["results"]
    assert [(r["expect"], r.get("after"), r.get("both")) for r in results] == [
        (["khai-sinh", "khai-sinh-lai"], None, None),
        (["khai-sinh", "khai-sinh-lai"], "đăng ký tạm trú", True),
    ]


def test_the_next_run_names_what_changed(station: Station) -> None:
    prints(station)
    assert "\nKhông câu nào đổi kết quả so với lần chạy trước.\n" in prints(station)
    change(station.knowledge, "procedures/cu-tru.yaml", "      - thuê trọ phải đăng ký gì\n", "      - xin việc\n")
    assert (
        "\nĐổi kết quả so với lần chạy trước (1):\n"
        "  xin việc ở đâu\n      trước: chưa biết (place)\n      nay:   trả lời tam-tru (place)\n"
    ) in prints(station)
    assert "Không câu nào đổi" in prints(station)


def test_json_holds_everything(station: Station) -> None:
    first = tells(station)
    assert first["knowledge_before"] is None
    assert first["total"] == {
        "answerable": 5,
        "negative": 3,
        "right": 2,
        "helped": 1,
        "wrong": 1,
        "missed": 1,
        "quiet": 1,
        "offered": 1,
        "answered": 1,
        "right_share": 0.4,
        "facets_asked": 1,
        "facets_right": 1,
    }
    assert {field: counted["answerable"] for field, counted in first["fields"].items()} == {"Cư trú": 2, "Hộ tịch": 3}
    assert first["results"][3] == {
        "question": "lệ phí đăng ký tạm trú",
        "expect": "tam-tru",
        "facets": ["fee"],
        "verdict": "right",
        "facets_right": True,
        "given": {"outcome": "answer", "shown": ["tam-tru"], "facets": ["fee"]},
    }
    assert first["changed"] == []
    change(station.knowledge, "procedures/cu-tru.yaml", "      - thuê trọ phải đăng ký gì\n", "      - xin việc\n")
    second = tells(station)
    assert second["knowledge_before"] == first["knowledge"] != second["knowledge"]
    assert second["changed"] == [
        {
            "question": "xin việc ở đâu",
            "expect": "tam-tru",
            "facets": [],
            "verdict": "right",
            "facets_right": None,
            "given": {"outcome": "answer", "shown": ["tam-tru"], "facets": ["place"]},
            "before": {"outcome": "unknown", "shown": [], "facets": ["place"]},
        }
    ]


def test_bases_are_remembered_apart_beside_the_database(station: Station) -> None:
    prints(station)
    assert len(list((station.folder / "kb-test").iterdir())) == 1
    result = CliRunner().invoke(trial, [], env=station.settings() | {"MOTCUA_LOCAL": "hai-phong"})
    assert "Lần chạy đầu" in result.stdout
    assert len(list((station.folder / "kb-test").iterdir())) == 2


def test_a_spoilt_memory_is_told_and_replaced(station: Station) -> None:
    prints(station)
    memory = next((station.folder / "kb-test").iterdir())
    memory.write_text("{", "utf-8")
    result = run(station)
    assert (result.exit_code, "Lần chạy đầu" in result.stdout) == (0, True)
    assert result.stderr.startswith(f"Không đọc được lần chạy trước ở {memory}")
    assert "Không câu nào đổi" in prints(station)


@pytest.mark.parametrize(("percent", "code"), [("0", 0), ("40", 0), ("40.5", 1), ("100", 1)])
def test_fail_under(station: Station, percent: str, code: int) -> None:
    result = run(station, "--fail-under", percent)
    assert result.exit_code == code
    words = f"Đúng 40 %, thấp hơn mức {percent.replace('.', ',')} %.\n"
    assert result.stderr == (words if code else "")


@pytest.mark.parametrize("arguments", [("--fail-under", "101"), ("--on", "mai"), ("--on", FAR, "--fail-under", "9")])
def test_wrong_calls(station: Station, arguments: tuple[str, ...]) -> None:
    result = run(station, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_base_without_questions_says_where_to_write_them(station: Station) -> None:
    (station.knowledge / "questions" / "ho-tich.yaml").unlink()
    result = run(station)
    assert isinstance(result.exception, MotCuaError)
    assert "Chưa có câu hỏi thử nào: hãy viết vào" in str(result.exception)


def test_on_another_day(station: Station) -> None:
    """tam-tru's facts rest on a source made to end long after any test is run; khai-sinh's fee may have ended."""
    old = "cong: {origin: cong-dvcqg, confidence: cao, checked_on: 2026-07-20}"
    change(station.knowledge, "procedures/cu-tru.yaml", old, old.replace("}", ", effective_until: 8999-12-31}"))
    text = prints(station, "--on", FAR)
    assert text.startswith("Ngày 01/01/9000 so với hôm nay ")
    assert "\ntam-tru · Hồ sơ: thêm lời nhắc\n  + Thông tin này đã hết hạn ngày 31/12/8999." in text
    assert "\ntam-tru · Tóm tắt: " in text
    told = tells(station, "--on", FAR)
    assert told["on"] == FAR
    answers = [answer for answer in told["answers"] if answer["entry"] == "tam-tru"]
    assert {answer["kind"] for answer in answers} == {"warned"}
    assert (answers[0]["name"], answers[0]["facet"], answers[1]["facet"]) == ("Đăng ký tạm trú", None, "documents")
    assert set(answers[1]["before"]) < set(answers[1]["after"])


def test_today_nothing_differs_from_today(station: Station) -> None:
    today = tells(station, "--on", FAR)["from"]
    assert prints(station, "--on", today).count("\n") == 1
    assert ": 0 câu trả lời khác, ở 0 mục." in prints(station, "--on", today)
