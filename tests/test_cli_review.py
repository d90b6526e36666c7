"""`motcua review`: what was not answered, the most frequent first, and settled once."""

from pathlib import Path

import pytest
import yaml

from tests.commands import Station
from tests.entries import answered, entry, on
from tests.small import change

HOW = "\nXử lý: motcua review answer SỐ THỦ_TỤC   hoặc   motcua review ignore SỐ --note LÝ_DO\n"
DONE = "Câu số {} đã được xử lý trước đó."


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


def table(station: Station, *arguments: str) -> list[list[str]]:
    """The rows of the list, cell by cell."""
    printed = station.prints("review", *arguments)
    assert printed.endswith(HOW)
    head, *rows = printed.removesuffix(HOW).splitlines()
    assert head.split() == ["Số", "Câu", "hỏi", "Lần", "Mới", "nhất", "Gần", "nhất", "với"]
    return [[cell for cell in row.strip().split("  ") if cell] for row in rows]


def pasted(station: Station, printed: str) -> None:
    """Do what staff are told: add the printed line to the phrases of tam-tru."""
    change(
        station.knowledge,
        "procedures/cu-tru.yaml",
        "      - đăng ký tạm trú\n",
        f"      - đăng ký tạm trú\n{printed.splitlines()[-1]}\n",
    )


def test_nothing_is_open(station: Station) -> None:
    station.keeps(answered("đăng ký tạm trú", "tam-tru"))
    assert station.prints("review") == "Không còn câu nào chưa trả lời.\n"


def test_the_most_frequent_come_first_then_the_newest(station: Station) -> None:
    station.keeps(
        on(1, "xin visa"), on(2, "nuôi mèo"), on(3, "mua chó", matches=()), on(4, "nuôi mèo"), on(5, "bán xe")
    )
    near = "khai-sinh 0.31, tam-tru 0.20"
    assert [[cell.strip() for cell in row] for row in table(station)] == [
        ["4", "nuôi mèo", "2", "2026-11-04", near],
        ["5", "bán xe", "1", "2026-11-05", near],
        ["3", "mua chó", "1", "2026-11-03"],
        ["1", "xin visa", "1", "2026-11-01", near],
    ]


def test_at_most_three_near_procedures_are_shown(station: Station) -> None:
    station.keeps(entry("nuôi mèo", matches=tuple((f"m{number}", 0.125) for number in range(5))))
    assert table(station)[0][-1].strip() == "m0 0.12, m1 0.12, m2 0.12"


def test_no_more_groups_than_wanted(station: Station) -> None:
    station.keeps(*(entry(f"câu {number}") for number in range(40)))
    assert len(table(station)) == 30
    assert [row[0] for row in table(station, "--limit", "2")] == ["40", "39"]
    assert "--limit" in station.misused("review", "--limit", "0")


@pytest.mark.parametrize(
    "question", ["số [số giấy tờ] thì sao", "xin [bold]visa[/bold]", "xin [/b] visa", ":smile: a", "[link=x]a"]
)
def test_a_question_is_shown_as_it_is_kept(station: Station, question: str) -> None:
    station.keeps(entry(question))
    assert f" {question} " in station.prints("review")


def test_answering_settles_all_of_the_same_words_once(station: Station) -> None:
    station.keeps(entry("thuê trọ"), entry("Thue tro?"), entry("nuôi mèo"))
    printed = station.prints("review", "answer", "1", "tam-tru")
    assert printed.splitlines() == [
        "Đã xếp 2 câu vào: Đăng ký tạm trú.",
        "Để bot trả lời được, thêm dòng này vào phrases của tam-tru, rồi chạy: motcua kb check",
        '      - "thuê trọ"',
    ]
    assert station.refuses("review", "answer", "1", "tam-tru") == DONE.format(1)
    assert station.refuses("review", "ignore", "2", "--note", "trùng") == DONE.format(2)
    assert [row[0] for row in table(station)] == ["3"]


def test_ignoring_settles_all_of_the_same_words_once(station: Station) -> None:
    station.keeps(entry("nuôi mèo"), entry("Nuoi meo"), entry("thuê trọ"))
    assert " 2 câu" in station.prints("review", "ignore", "2", "--note", "không phải thủ tục")
    assert station.refuses("review", "ignore", "1", "--note", "trùng") == DONE.format(1)
    assert [row[0] for row in table(station)] == ["3"]


def test_ignoring_needs_a_reason(station: Station) -> None:
    assert "--note" in station.misused("review", "ignore", "1")


@pytest.mark.parametrize("settle", [("answer", "9", "tam-tru"), ("ignore", "9", "--note", "x")])
def test_a_number_that_is_not_in_the_log_is_told(station: Station, settle: tuple[str, ...]) -> None:
    station.keeps(entry("nuôi mèo"))
    assert station.refuses("review", *settle) == "Không có câu số 9. Hãy xem danh sách: motcua review"


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 400])
def test_a_number_that_no_log_can_hold_is_told(station: Station, number: str) -> None:
    words = station.refuses("review", "ignore", number, "--note", "x")
    assert words == f"Không có câu số {number}. Hãy xem danh sách: motcua review"


@pytest.mark.parametrize("number", ["x", "1.5", ""])
def test_what_is_no_number_is_told(station: Station, number: str) -> None:
    assert "NUMBER" in station.misused("review", "answer", number, "tam-tru")


def test_a_procedure_that_does_not_exist_settles_nothing(station: Station) -> None:
    station.keeps(entry("nuôi mèo"))
    words = f"Không có thủ tục nào tên nuoi-meo. Hãy xem các id trong {station.knowledge / 'procedures'}."
    assert station.refuses("review", "answer", "1", "nuoi-meo") == words
    assert len(table(station)) == 1


def test_a_question_that_was_answered_is_not_said_to_be_settled(station: Station) -> None:
    station.keeps(answered("đăng ký tạm trú", "tam-tru"))
    assert "1" in (words := station.refuses("review", "ignore", "1", "--note", "x"))
    assert words != DONE.format(1)


@pytest.mark.parametrize(
    "question",
    ["thuê trọ", 'thuê "trọ" \\ phòng', "thuê: trọ # phòng", "- thuê trọ", "thuê\ntrọ", "[số giấy tờ]", "@trọ"],
)
def test_the_printed_line_is_the_question_in_yaml(station: Station, question: str) -> None:
    station.keeps(entry(question))
    line = station.prints("review", "answer", "1", "tam-tru").splitlines()[-1]
    assert yaml.safe_load(line) == [question.replace("\n", " ")]


def test_after_the_line_is_added_the_question_is_answered(station: Station) -> None:
    station.prints("ask", "cấp hộ chiếu")
    pasted(station, station.prints("review", "answer", "1", "tam-tru"))
    assert "không có lỗi" in station.prints("kb", "check")
    assert station.prints("ask", "cấp hộ chiếu").startswith("Đăng ký tạm trú\n")


def test_a_long_story_can_be_added_too(station: Station) -> None:
    station.prints("ask", "zzz yyy ở ngõ bên " * 30)
    pasted(station, station.prints("review", "answer", "1", "tam-tru"))
    assert "không có lỗi" in station.prints("kb", "check")
