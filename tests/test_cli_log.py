"""`motcua log`: the log searched, and written out for a spreadsheet with every cell harmless."""

import csv
import datetime
import io
from pathlib import Path

import pytest

from bot.exports import harmless
from tests.commands import Station
from tests.entries import NOW, answered, entry, on

HEAD = "id,asked_at,local_day,channel,question,outcome,reason,procedure,score,latency_ms,knowledge"
NOTHING = "Không có câu hỏi nào khớp.\n"


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


@pytest.fixture
def filled(station: Station) -> Station:
    station.keeps(
        on(1, "Đăng ký tạm trú", outcome="answer", reason="direct", procedure="tam-tru", score=0.967),
        on(2, "giấy khai sinh", outcome="choose", reason="choice", channel="telegram"),
        on(3, "nuôi mèo", score=None),
    )
    return station


def numbers(printed: str) -> list[str]:
    """The first cell of every row shown."""
    return [] if printed == NOTHING else [row.split()[0] for row in printed.splitlines()[1:]]


def exported(station: Station, *arguments: str) -> list[dict[str, str]]:
    """The rows of the CSV file that a command writes."""
    path = station.folder / "nhật ký.csv"
    station.prints("log", "--csv", str(path), *arguments)
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_an_empty_log(station: Station) -> None:
    assert station.prints("log") == NOTHING


def test_rows_are_shown_newest_first_with_the_time_at_the_office(filled: Station) -> None:
    head, *rows = (line.split() for line in filled.prints("log").splitlines())
    assert " ".join(head) == "Số Lúc Kênh Câu hỏi Kết quả Thủ tục Điểm"
    assert [" ".join(row) for row in rows] == [
        "3 03/11 16:00 terminal nuôi mèo unknown (no_match)",
        "2 02/11 16:00 telegram giấy khai sinh choose (choice) 0.31",
        "1 01/11 16:00 terminal Đăng ký tạm trú answer (direct) tam-tru 0.97",
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("", "3 2 1"),
        ("--from 2026-11-02", "3 2"),
        ("--to 2026-11-02", "2 1"),
        ("--from 2026-11-02 --to 2026-11-02", "2"),
        ("--from 2026-11-04", ""),
        ("--outcome choose", "2"),
        ("--outcome foreign", ""),
        ("--procedure tam-tru", "1"),
        ("--procedure khong-co", ""),
        ("--text dang.ky", "1"),
        ("--text MEO", "3"),
        ("--text ký --outcome unknown", ""),
        ("--limit 2", "3 2"),
        ("--limit 1 --to 2026-11-02", "2"),
    ],
)
def test_only_rows_that_fit_are_shown_and_written(filled: Station, arguments: str, found: str) -> None:
    given = arguments.split()
    assert numbers(filled.prints("log", *given)) == found.split()
    if "--limit" not in given:
        assert [row["id"] for row in exported(filled, *given)] == found.split()[::-1]


def test_the_screen_holds_fifty_rows_and_the_file_all(station: Station) -> None:
    station.keeps(*(entry(f"câu {number}") for number in range(60)))
    assert numbers(station.prints("log")) == [str(number) for number in range(60, 10, -1)]
    assert [row["id"] for row in exported(station, "--limit", "2")] == [str(number) for number in range(1, 61)]


@pytest.mark.parametrize(
    "arguments", ["--from 01-11-2026", "--to 2026-13-01", "--outcome khác", "--limit 0", "--limit x"]
)
def test_wrong_options_are_told(station: Station, arguments: str) -> None:
    option, _ = arguments.split()
    assert option in station.misused("log", *arguments.split())
    assert not station.database.exists()


@pytest.mark.parametrize(
    "question", ["số [số giấy tờ] thì sao", "xin [bold]visa[/bold]", "xin [/b] visa", ":smile: a", "[link=x]a"]
)
def test_a_question_is_shown_as_it_is_kept(station: Station, question: str) -> None:
    station.keeps(entry(question))
    assert f" {question} " in station.prints("log")


def test_a_csv_file_holds_every_part_of_a_row_and_opens_in_spreadsheets(filled: Station) -> None:
    path = filled.folder / "a.csv"
    assert filled.prints("log", "--csv", str(path)) == f"Đã ghi 3 dòng vào {path}.\n"
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,asked_at,")
    assert raw.count(b"\r\n") == 4
    rows = exported(filled)
    assert ",".join(rows[0]) == HEAD
    assert list(rows[0].values()) == [
        "1",
        "2026-11-01 09:00:00+00:00",
        "2026-11-01",
        "terminal",
        "Đăng ký tạm trú",
        "answer",
        "direct",
        "tam-tru",
        "0.967",
        "1.25",
        "0a1b2c3d4e5f",
    ]
    assert (rows[2]["procedure"], rows[2]["score"]) == ("", "")


def test_a_dash_writes_to_the_screen(filled: Station) -> None:
    rows = list(csv.reader(io.StringIO(filled.prints("log", "--csv", "-"))))
    assert ",".join(rows[0]) == HEAD
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"]


def test_no_rows_make_a_file_with_its_head_alone(station: Station) -> None:
    assert exported(station) == []
    assert (station.folder / "nhật ký.csv").read_text("utf-8-sig").strip() == HEAD


CELLS = [
    ("=1+1", "'=1+1"),
    ("+84 tạm trú", "'+84 tạm trú"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\ttạm trú", "'\ttạm trú"),
    ("  =1", "'  =1"),
    ("\n=1", "'\n=1"),
    ("\r=1", "'\r=1"),
    ("\u3000=1", "'\u3000=1"),
    ("\xa0@a", "'\xa0@a"),
    ("＝1", "'＝1"),
    ("＋1", "'＋1"),
    ("－1", "'－1"),
    ("＠a", "'＠a"),
    ("", ""),
    ("1=1", "1=1"),
    ("lệ phí = ?", "lệ phí = ?"),
    ("'=1", "'=1"),
    ("đăng ký", "đăng ký"),
]


@pytest.mark.parametrize(("cell", "written"), CELLS)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert harmless(cell) == written


def test_no_question_in_the_file_is_a_formula(station: Station) -> None:
    station.keeps(*(entry(cell) for cell, _ in CELLS))
    assert [row["question"] for row in exported(station)] == [written for _, written in CELLS]


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("số 030123456789", "số [số giấy tờ]"),
        ("gọi 0912 345 678", "gọi [số điện thoại]"),
        ("+84912345678 gọi", "[số điện thoại] gọi"),
        ("=an@xa.vn", "'=[thư điện tử]"),
    ],
)
def test_personal_numbers_kept_by_an_older_version_are_masked(station: Station, question: str, written: str) -> None:
    station.keeps(entry(question))
    assert [row["question"] for row in exported(station)] == [written]


def test_only_the_question_is_masked(station: Station) -> None:
    station.keeps(entry("nuôi mèo", knowledge="203456789012"))
    assert [row["knowledge"] for row in exported(station)] == ["203456789012"]


def test_a_file_that_cannot_be_written_is_named(filled: Station) -> None:
    words = filled.refuses("log", "--csv", str(filled.folder / "chưa có" / "a.csv"))
    assert words.startswith(f"Không ghi được tệp {filled.folder / 'chưa có' / 'a.csv'}: ")


def test_a_day_is_a_day_at_the_office(station: Station) -> None:
    late, tomorrow = NOW.replace(hour=18), NOW.date() + datetime.timedelta(days=1)
    station.keeps(answered("đăng ký tạm trú", "tam-tru", asked_at=late, local_day=tomorrow))
    assert numbers(station.prints("log", "--from", str(tomorrow))) == ["1"]
    assert " 24/11 01:00 " in station.prints("log")


@pytest.mark.parametrize("question", ["nuôi mèo\nở chung cư", "con mèo nhà bên " * 40])
def test_where_nobody_looks_a_row_stays_on_one_line(station: Station, question: str) -> None:
    station.keeps(entry(question), entry("mua chó"))
    assert numbers(station.prints("log")) == ["2", "1"]
