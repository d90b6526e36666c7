"""`motcua ask --file`: many questions, one answer each, in their order; nothing kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands import Station

THREE = ["cấp hộ chiếu", "đăng ký tạm trú", "giấy khai sinh"]


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def answers(station: Station, content: str | bytes) -> list[dict[str, Any]]:
    """The JSON answers to a file of questions."""
    path = station.folder / "hỏi.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [json.loads(line) for line in station.prints("ask", "--json", "--file", str(path)).splitlines()]


def questions(told: list[dict[str, Any]]) -> list[str]:
    return [one["question"] for one in told]


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(THREE),
        "\r\n".join(THREE) + "\r\n",
        "\ufeff" + "\n\n  \n".join(THREE) + "\n\n",
        "\n".join(json.dumps({"question": question}) for question in THREE),
        '{"question": "cấp hộ chiếu", "thêm": [1]}\nđăng ký tạm trú\n  {"question": "giấy khai sinh"}',
    ],
)
def test_every_line_is_answered_in_its_order(station: Station, content: str) -> None:
    told = answers(station, content)
    assert questions(told) == THREE
    assert [one["outcome"] for one in told] == ["unknown", "answer", "choose"]


def test_the_answers_are_those_of_single_questions(station: Station) -> None:
    single = [json.loads(station.prints("ask", "--json", question)) for question in THREE]
    for one, other in zip(answers(station, "\n".join(THREE)), single, strict=True):
        assert one | {"ms": 0} == other | {"ms": 0}


def test_without_json_the_texts_are_printed(station: Station) -> None:
    printed = station.prints("ask", "--file", "-", stdin="\n".join(THREE))
    assert printed == "".join(station.prints("ask", question) for question in THREE)


def test_reasons_are_said_for_every_line(station: Station) -> None:
    printed = station.prints("ask", "--explain", "--file", "-", stdin="\n".join(THREE))
    assert printed.count("\nKết quả: ") == 3


@pytest.mark.parametrize("stdin", ["đăng ký tạm trú\n", "\ufeffđăng ký tạm trú", '{"question": "đăng ký tạm trú"}'])
def test_a_dash_is_the_standard_input(station: Station, stdin: str) -> None:
    [told] = station.prints("ask", "--json", "--file", "-", stdin=stdin).splitlines()
    assert json.loads(told)["procedures"][0]["id"] == "tam-tru"


def test_lines_of_one_chat_share_what_they_speak_of(station: Station) -> None:
    lines = [
        {"question": "đăng ký tạm trú", "chat": "An"},
        {"question": "đăng ký lại khai sinh", "chat": 7},
        {"question": "lệ phí?", "chat": "An"},
        {"question": "lệ phí?", "chat": "7"},
        {"question": "lệ phí?", "chat": "Chi"},
        {"question": "lệ phí?", "chat": None},
        {"question": "lệ phí?"},
    ]
    told = answers(station, "\n".join(map(json.dumps, lines)))
    firsts = [one["procedures"][0]["id"] if one["procedures"] else one["reason"] for one in told]
    assert firsts == ["tam-tru", "khai-sinh-lai", "tam-tru", "khai-sinh-lai", *["no_procedure"] * 3]


def test_plain_lines_share_nothing(station: Station) -> None:
    assert [one["reason"] for one in answers(station, "đăng ký tạm trú\nlệ phí?")] == ["direct", "no_procedure"]


def test_an_empty_chat_is_not_the_chat_of_those_without_one(station: Station) -> None:
    told = answers(station, '{"question": "đăng ký tạm trú", "chat": ""}\nlệ phí?\n')
    assert [one["reason"] for one in told] == ["direct", "no_procedure"]


def test_nothing_is_kept(station: Station) -> None:
    assert len(answers(station, "\n".join(THREE))) == 3
    assert not station.database.exists()


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "\ufeff\r\n"])
def test_a_file_without_questions_has_no_answers(station: Station, content: str) -> None:
    assert answers(station, content) == []


def test_an_object_may_hold_an_empty_question(station: Station) -> None:
    assert [one["reason"] for one in answers(station, '{"question": ""}')] == ["empty"]


NEEDED = 'cần một đối tượng JSON có khóa "question" (và "chat" nếu có).'


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", NEEDED),
        ('{"question": "a"', NEEDED),
        ('{"question": "a"} b', NEEDED),
        ('{"hỏi": "a"}', NEEDED),
        ("{}", NEEDED),
        ('{"question": null}', '"question" phải là chữ.'),
        ('{"question": ["a"]}', '"question" phải là chữ.'),
        ('{"question": "a", "n": ' + "1" * 5000 + "}", NEEDED),
        ('{"question": ' + "[" * 100_000, NEEDED),
    ],
)
def test_a_bad_line_is_told_with_its_number_after_the_good_ones(station: Station, line: str, words: str) -> None:
    path = station.folder / "hỏi.jsonl"
    path.write_text(f"đăng ký tạm trú\n\n{line}\ngiấy khai sinh\n", "utf-8")
    assert station.refuses("ask", "--file", str(path)) == f"{path}:3: {words}"
    assert station.run("ask", "--file", str(path)).stdout == station.prints("ask", "đăng ký tạm trú")


def test_a_lone_surrogate_in_json_is_answered(station: Station) -> None:
    told = answers(station, '{"question": "\\ud800 đăng ký tạm trú"}')
    assert told[0]["procedures"][0]["id"] == "tam-tru"


@pytest.mark.parametrize("name", ["khong-co.txt", "."])
def test_a_file_that_cannot_be_opened_is_named(station: Station, name: str) -> None:
    path = str(station.folder / name)
    words = station.refuses("ask", "--file", path)
    assert words.startswith(f"Không mở được tệp {path}: ")
    assert words.endswith(". Hãy xem lại đường dẫn.")


def test_a_file_that_is_not_utf_8_is_named(station: Station) -> None:
    path = station.folder / "cũ.txt"
    path.write_bytes("đăng ký tạm trú".encode("cp1258", "replace") + b"\xff")
    assert station.refuses("ask", "--file", str(path)) == f"Tệp {path} không phải UTF-8. Hãy lưu lại với mã UTF-8."


def test_standard_input_that_is_not_utf_8_is_told(station: Station) -> None:
    words = "Tệp - không phải UTF-8. Hãy lưu lại với mã UTF-8."
    assert station.refuses("ask", "--file", "-", stdin=b"l\xe0m") == words
