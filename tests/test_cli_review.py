"""`motcua review`: what was not answered, gathered into tickets, the most askers first, and settled once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.persons import Alias
from bot.storage import Address, Audit, Judgements, Kind, Outbox, Tickets, Vote, Watches
from tests.commands import Station
from tests.entries import NOW, answered, entry, on

HOW = """
Xem một nhóm:  motcua review show SỐ
Xử lý:         motcua review answer SỐ MỤC | reply SỐ LỜI | ignore SỐ --note LÝ_DO
"""


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


def lines(station: Station) -> list[str]:
    """The file of the entry that the tests add to."""
    return (station.knowledge / "procedures" / "cu-tru.yaml").read_text("utf-8").splitlines()


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
    assert station.prints("review", "answer", "1", "tam-tru") == "Xong nhóm 1. Không có ai chờ báo.\n"
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


def test_answering_adds_the_phrase_and_settles_the_group_once(station: Station) -> None:
    station.keeps(entry("Thue tro?"), entry("thuê trọ"), entry("nuôi mèo"))
    table(station)
    before = lines(station)
    printed = station.run("review", "answer", "1", "tam-tru", stdin="y\n").stdout
    assert "+      - thuê trọ\n" in printed
    assert "Ghi vào bộ tri thức?" in printed
    assert [line for line in lines(station) if line not in before] == ["      - thuê trọ"]
    assert station.prints("ask", "thuê trọ").startswith("Đăng ký tạm trú\n")
    assert "vừa giải quyết xong nhóm này" in station.refuses("review", "answer", "1", "tam-tru", "--yes")
    assert "vừa giải quyết xong nhóm này" in station.refuses("review", "ignore", "1", "--note", "trùng")
    assert [row[0] for row in table(station)] == ["2"]


def test_whoever_does_not_agree_changes_nothing(station: Station) -> None:
    station.keeps(entry("thuê trọ"))
    table(station)
    before = lines(station)
    assert station.run("review", "answer", "1", "tam-tru", stdin="n\n").exit_code == 1
    assert lines(station) == before
    assert len(table(station)) == 1


def test_a_change_is_taken_back_and_its_group_waits_again(station: Station) -> None:
    station.keeps(entry("thuê trọ"))
    table(station)
    before = lines(station)
    assert station.prints("review", "undo") == "Chưa có lần sửa nào qua chương trình này.\n"
    station.prints("review", "answer", "1", "tam-tru", "--yes")
    change = station.prints("review", "undo").splitlines()[1].split()[0]
    assert station.refuses("review", "undo", change) == "Hãy ghi vì sao hoàn tác: --reason LÝ_DO"
    assert station.prints("review", "undo", change, "--reason", "nhầm mục").startswith("Đã đưa về như trước: ")
    assert lines(station) == before
    assert [row[0] for row in table(station)] == ["1"]


def test_a_group_is_shown_with_its_wordings_and_what_is_near(station: Station) -> None:
    station.keeps(entry("thuê trọ ở xã"), entry("Thuê trọ ở xã?"))
    table(station)
    printed = station.prints("review", "show", "1")
    assert "Thuê trọ ở xã?" in printed
    assert "tam-tru" in printed
    assert "motcua review answer 1 MỤC" in printed
    assert station.refuses("review", "show", "9") == "Không có câu số 9. Hãy xem danh sách: motcua review"


def test_words_go_once_to_those_who_wait_and_were_chosen(station: Station) -> None:
    an, chi = entry("nuôi mèo trong nhà trọ"), entry("nuoi meo trong nha tro co phai khai")
    station.keeps(an, chi)
    with station.log() as log:
        tickets, watches = Tickets(log.database), Watches(log.database)
        tickets.open(Kind.QUESTION, None, [row.id for row in tickets.loose(9)], NOW)
        for chat, one in (("1", an), ("2", chi)):
            watches.add(Address("telegram", "1", chat, None, "vi"), None, NOW, reference=one.reference)
    first = tuple(station.prints("review", "show", "1").splitlines()[1].split()[1:5])
    assert station.refuses("review", "reply", "1", "x", "--only", "3").startswith("Nhóm này chỉ có 2 cách hỏi.")
    printed = station.prints("review", "reply", "1", "Không phải khai.", "--only", "1", "--yes")
    assert " ".join(first) in printed
    assert "Xong. 1 người sẽ được báo." in printed
    with station.log() as log:
        push = Outbox(log.database).claim("telegram", "1", datetime.now(UTC), timedelta(seconds=30))
        assert push is not None
        assert push.payload == "Không phải khai."
        assert Outbox(log.database).claim("telegram", "1", datetime.now(UTC), timedelta(seconds=30)) is None


def test_the_audit_names_the_member_who_works_at_the_machine(station: Station) -> None:
    station.prints("staff", "add", "101", "--role", "bien tap", "--name", "Bình")
    station.keeps(entry("nuôi mèo"))
    table(station)
    assert station.refuses("review", "ignore", "1", "--note", "đùa", "--by", "7").startswith("Không có cán bộ nào")
    station.prints("review", "ignore", "1", "--note", "đùa", "--by", "101")
    with station.log() as log:
        assert Audit(log.database).of("ticket:1")[0].who == "Bình"


def test_ignoring_settles_the_whole_group_once(station: Station) -> None:
    station.keeps(entry("nuôi mèo"), entry("Nuoi meo"), entry("thuê trọ"))
    table(station)
    assert " 2 câu" in station.prints("review", "ignore", "1", "--note", "không phải thủ tục")
    assert "vừa giải quyết xong" in station.refuses("review", "ignore", "1", "--note", "trùng")
    assert [row[0] for row in table(station)] == ["2"]


def test_what_was_ignored_stays_so_and_what_was_answered_is_asked_anew(station: Station) -> None:
    station.keeps(entry("nuôi mèo"), entry("bán xe"))
    assert [row[0] for row in table(station)] == ["1", "2"]
    station.prints("review", "ignore", "1", "--note", "không phải thủ tục")
    station.prints("review", "answer", "2", "tam-tru", "--yes")
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
    words = f"Không có mục nào tên nuoi-meo. Hãy xem các id trong {station.knowledge / 'procedures'}."
    assert station.refuses("review", "answer", "1", "nuoi-meo") == words
    assert len(table(station)) == 1


@pytest.mark.parametrize(
    "question",
    ['thuê "trọ" \\ phòng', "thuê: trọ # phòng", "- thuê trọ", "thuê\ntrọ", "@trọ", "thuê trọ ở ngõ bên " * 30],
)
def test_a_question_of_any_form_is_added_as_it_was_asked(station: Station, question: str) -> None:
    station.keeps(entry(question))
    table(station)
    station.prints("review", "answer", "1", "tam-tru", "--yes")
    assert "không có lỗi" in station.prints("kb", "check")
    assert station.prints("ask", "--", question[:200]).startswith("Đăng ký tạm trú\n")
