"""`motcua review`: what was not answered, gathered into tickets, the most askers first, and settled once."""

from pathlib import Path

import pytest
import yaml

from bot.persons import Alias
from bot.storage import Judgements, Vote
from tests.commands import Station
from tests.entries import NOW, answered, entry, on
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


def test_the_most_askers_come_first_then_the_oldest(station: Station) -> None:
    an = Alias(1, "an")
    station.keeps(
        on(1, "xin visa"),
        on(2, "nuôi mèo", reference="abc"),
        on(3, "mua chó", matches=(), person=an),
        on(4, "Nuôi mèo?"),
        on(5, "Mua chó", matches=(), person=an),
    )
    with station.log() as log:
        log.asked_staff("abc", NOW).result()
    near = "khai-sinh 0.31, tam-tru 0.20"
    assert [[cell.strip() for cell in row] for row in table(station)] == [
        ["2", "Nuôi mèo?", "2 (gửi cán bộ: 1)", "2026-11-04", near],
        ["1", "xin visa", "1", "2026-11-01", near],
        ["3", "Mua chó", "2", "2026-11-05"],
    ]


def test_a_later_question_of_the_same_words_joins_its_group(station: Station) -> None:
    station.keeps(entry("xin visa"), entry("nuôi mèo"))
    assert [row[0] for row in table(station)] == ["1", "2"]
    station.keeps(entry("Nuoi meo"))
    assert [[row[0], row[2].strip()] for row in table(station)] == [["2", "2"], ["1", "1"]]


def test_what_was_told_wrongly_is_a_group_of_its_procedure(station: Station) -> None:
    station.keeps(answered("đăng ký tạm trú", "tam-tru", reference="abc"))
    with station.log() as log:
        Judgements(log.database).report("tam-tru", "old", "0a1b", Vote("An", None, NOW))
        Judgements(log.database).judge("abc", False, "wrong", Vote("Chi", None, NOW))
    assert [[cell.strip() for cell in row][:3] for row in table(station)] == [
        ["1", "Bị báo cần xem lại: tam-tru", "2"],
    ]
    assert station.prints("review", "answer", "1", "tam-tru") == "Đã xếp 2 câu vào: Đăng ký tạm trú.\n"
    assert station.prints("review") == "Không còn câu nào chưa trả lời.\n"


def test_at_most_three_near_procedures_are_shown(station: Station) -> None:
    station.keeps(entry("nuôi mèo", matches=tuple((f"m{number}", 0.125) for number in range(5))))
    assert table(station)[0][-1].strip() == "m0 0.12, m1 0.12, m2 0.12"


def test_no_more_groups_than_wanted(station: Station) -> None:
    station.keeps(*(entry(f"câu {number}") for number in range(40)))
    assert len(table(station)) == 30
    assert [row[0] for row in table(station, "--limit", "2")] == ["1", "2"]
    assert "--limit" in station.misused("review", "--limit", "0")


@pytest.mark.parametrize(
    "question", ["số [số giấy tờ] thì sao", "xin [bold]visa[/bold]", "xin [/b] visa", ":smile: a", "[link=x]a"]
)
def test_a_question_is_shown_as_it_is_kept(station: Station, question: str) -> None:
    station.keeps(entry(question))
    assert f" {question} " in station.prints("review")


def test_answering_settles_the_whole_group_once(station: Station) -> None:
    station.keeps(entry("Thue tro?"), entry("thuê trọ"), entry("nuôi mèo"))
    table(station)
    printed = station.prints("review", "answer", "1", "tam-tru")
    assert printed.splitlines() == [
        "Đã xếp 2 câu vào: Đăng ký tạm trú.",
        "Để bot trả lời được, thêm dòng này vào phrases của tam-tru, rồi chạy: motcua kb check",
        '      - "thuê trọ"',
    ]
    assert station.refuses("review", "answer", "1", "tam-tru") == DONE.format(1)
    assert station.refuses("review", "ignore", "1", "--note", "trùng") == DONE.format(1)
    assert [row[0] for row in table(station)] == ["2"]


def test_ignoring_settles_the_whole_group_once(station: Station) -> None:
    station.keeps(entry("nuôi mèo"), entry("Nuoi meo"), entry("thuê trọ"))
    table(station)
    assert " 2 câu" in station.prints("review", "ignore", "1", "--note", "không phải thủ tục")
    assert station.refuses("review", "ignore", "1", "--note", "trùng") == DONE.format(1)
    assert [row[0] for row in table(station)] == ["2"]


def test_what_was_ignored_stays_so_and_what_was_answered_is_asked_anew(station: Station) -> None:
    station.keeps(entry("nuôi mèo"), entry("bán xe"))
    assert [row[0] for row in table(station)] == ["1", "2"]
    station.prints("review", "ignore", "1", "--note", "không phải thủ tục")
    station.prints("review", "answer", "2", "tam-tru")
    station.keeps(entry("nuôi mèo"), entry("bán xe"))
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
    table(station)
    words = f"Không có thủ tục nào tên nuoi-meo. Hãy xem các id trong {station.knowledge / 'procedures'}."
    assert station.refuses("review", "answer", "1", "nuoi-meo") == words
    assert len(table(station)) == 1


@pytest.mark.parametrize(
    "question",
    ["thuê trọ", 'thuê "trọ" \\ phòng', "thuê: trọ # phòng", "- thuê trọ", "thuê\ntrọ", "[số giấy tờ]", "@trọ"],
)
def test_the_printed_line_is_the_question_in_yaml(station: Station, question: str) -> None:
    station.keeps(entry(question))
    table(station)
    line = station.prints("review", "answer", "1", "tam-tru").splitlines()[-1]
    assert yaml.safe_load(line) == [question.replace("\n", " ")]


def test_after_the_line_is_added_the_question_is_answered(station: Station) -> None:
    station.prints("ask", "cấp hộ chiếu")
    table(station)
    pasted(station, station.prints("review", "answer", "1", "tam-tru"))
    assert "không có lỗi" in station.prints("kb", "check")
    assert station.prints("ask", "cấp hộ chiếu").startswith("Đăng ký tạm trú\n")


def test_a_long_story_can_be_added_too(station: Station) -> None:
    station.prints("ask", "zzz yyy ở ngõ bên " * 30)
    table(station)
    pasted(station, station.prints("review", "answer", "1", "tam-tru"))
    assert "không có lỗi" in station.prints("kb", "check")
