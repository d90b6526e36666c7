"""`motcua report`: files opened by the programs that read them, numbers as on the pages, templates, refusals."""

import csv
import datetime
import io
import re
import shutil
import subprocess
import sys
from codecs import BOM_UTF8
from collections.abc import Sequence
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pypdfium2
import pytest
from docx import Document
from numpy.typing import NDArray
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from bot.config import OFFICE_TIME
from bot.figures import Cell, Ground, Period, Table, figures, shown, tables
from bot.reports import OWN_TEMPLATE, TABLES, chart, read_template
from bot.reports.charts import drawable, is_charted
from bot.review.gathering import gather
from bot.roles import Role
from bot.storage import CONSOLE, Audit, Questions, Staff, Tickets, open_database
from tests.commands import Station
from tests.entries import NOW, answered, on
from tests.small import load_small

NOVEMBER = Period(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
EVIL = '=HYPERLINK("http://x.example","nuôi voi")'
MONTH = ("report", "--month", "2026-11")


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A month with answers, an open group whose words are a formula, and things that staff did."""
    station = Station(tmp_path)
    database = open_database(station.database)
    log = Questions(database)
    for day in (2, 3, 3, 9):
        log.add(on(day, EVIL)).result()
    log.add(answered("đăng ký tạm trú", "tam-tru", facets=("fee",))).result()
    log.add(
        answered("hỏi xưa", "khai-sinh", asked_at=NOW.replace(month=10), local_day=datetime.date(2026, 10, 23))
    ).result()
    gather(Tickets(database), NOW)
    staff, audit = Staff(database), Audit(database)
    binh = staff.add("2002", "Bình", Role.EDITOR, CONSOLE, NOW)
    audit.write(NOW, binh, "log.export", "log")
    audit.write(NOW, None, "digest", "digest:2026-11-23")
    audit.write(NOW.replace(month=10), binh, "log.export", "log")
    database.close()
    return station


def on_pages(station: Station, period: Period = NOVEMBER) -> list[Table]:
    """The tables of the staff pages."""
    database, base = open_database(station.database), load_small(station.folder / "again")
    found = figures(database, base, Ground(period, period.unit), datetime.datetime.now(OFFICE_TIME).date())
    database.close()
    return tables(found, lambda entry: (base.by_id.get(entry) or base.guides_by_id[entry]).name)


def written(station: Station, form: str, *more: str, **settings: str) -> bytes:
    out = station.folder / "out" / f"bao-cao.{form}"
    assert f"Đã ghi báo cáo tháng 11/2026 vào {out}." in station.prints(*MONTH, "--out", str(out), *more, **settings)
    assert [path.name for path in out.parent.iterdir()] == [out.name]
    return out.read_bytes()


def sheets(content: bytes) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title.partition(". ")[2] or sheet.title: sheet for sheet in book.worksheets}


def rows_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]


HEADINGS = {part.table: part.heading for part in read_template(OWN_TEMPLATE, TABLES).words.parts}


def test_a_workbook_has_each_table_of_the_pages_to_the_digit(station: Station) -> None:
    found = sheets(written(station, "xlsx"))
    assert rows_of(found["Bìa"])[0] == ("THÀNH PHỐ HẢI PHÒNG",)
    compared = 0
    for table in on_pages(station):
        rows = rows_of(found[HEADINGS[table.key]])
        assert rows[1][0] == table.sentence
        if table.rows:
            assert rows[2] == table.head
            assert rows[3:] == [tuple(row) for row in table.rows]
            compared += len(table.rows)
        else:
            assert rows[2][0] == "Trong kỳ này không có."
    assert compared > 60


def test_what_waits_and_what_staff_did_in_the_month(station: Station) -> None:
    found = sheets(written(station, "xlsx"))
    assert rows_of(found["Câu chưa trả lời được"])[3] == ("'" + EVIL, 4, 0, "23/11/2026")
    assert rows_of(found["Việc cán bộ đã làm"])[3:] == [("xuất nhật ký", 1), ("thêm hoặc đổi quyền cán bộ", 1)]


def test_a_chart_of_the_workbook_shows_the_second_column(station: Station) -> None:
    sheet = sheets(written(station, "xlsx"))["Người dân hỏi vào lúc nào"]
    charts: list[Any] = vars(sheet)["_charts"]  # openpyxl has no other way to them
    (drawn,) = charts
    (series,) = drawn.series
    assert series.val.numRef.f == "'4. Người dân hỏi vào lúc nào'!$B$5:$B$28"
    assert sum(row[1] for row in sheet.iter_rows(5, 28, values_only=True) if isinstance(row[1], int)) == 5


def test_a_word_document_has_the_tables_as_people_write_numbers(station: Station) -> None:
    document = Document(io.BytesIO(written(station, "docx")))
    kept = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    for table in on_pages(station):
        width = 2 if table.key == "series" else len(table.head)
        rows = [list(table.head[:width]), *([shown(cell) for cell in row[:width]] for row in table.rows)]
        assert not table.rows or rows in kept, table.key
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(f". {heading}" in text for heading in HEADINGS.values())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in kept[0][0][1]
    assert (
        len(document.inline_shapes) == sum(is_charted(table) for table in on_pages(station)) + 1
    )  # and of what was done
    paper = document.sections[0]
    assert paper.page_width
    assert paper.page_height
    assert (round(paper.page_width.mm), round(paper.page_height.mm)) == (210, 297)


def test_a_pdf_says_the_same_in_text(station: Station) -> None:
    text = " ".join(read(written(station, "pdf")).split())
    for table in on_pages(station):
        for row in table.rows:
            name, value = drawable(str(row[0])), shown(row[1])
            assert f"{name} {value}" in text, (table.key, row)
    assert "Trang" not in text
    assert "HYPERLINK" in text


def test_the_csv_has_every_cell_on_a_row_of_its_own_and_runs_nothing(station: Station) -> None:
    content = written(station, "csv")
    assert content.startswith(BOM_UTF8)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["Kỳ", "Bảng", "Nghĩa là", "Dòng", "Cột", "Giá trị"]
    for table in on_pages(station):
        cells = [
            [str(row[0]), name, "" if cell is None else str(cell)]
            for row in table.rows
            for name, cell in zip(table.head[1:], row[1:], strict=True)
        ]
        assert [row[3:] for row in rows if row[1] == table.title] == cells
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("form", ["docx", "xlsx", "csv"])
def test_libreoffice_opens_it(station: Station, tmp_path: Path, form: str) -> None:
    written(station, form)
    source, profile = station.folder / "out" / f"bao-cao.{form}", (tmp_path / "profile").as_uri()
    call = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    filters = ["--infilter=CSV:44,34,76"] if form == "csv" else []  # commas, quotes, UTF-8, as its dialog would ask
    for target in ("pdf", "html"):
        done = [*call, target, *filters, "--outdir", str(tmp_path), str(source)]
        subprocess.run(done, check=True, capture_output=True, timeout=120)
    text = " ".join(re.sub("<[^>]*>", " ", unescape((tmp_path / "bao-cao.html").read_text("utf-8"))).split())
    assert "Đăng ký tạm trú" in text
    assert "HYPERLINK" in text
    assert read((tmp_path / "bao-cao.pdf").read_bytes()).count("nuôi voi") >= 1


def test_the_office_words_its_report(station: Station) -> None:
    folder = station.folder / "mau"
    assert f"Đã ghi mẫu vào {folder}." in station.prints("report", "--new-template", str(folder))
    words = folder / "report.yaml"
    for old, new in (
        ("title: BÁO CÁO", 'title: "BÁO CÁO {period}, {day}"'),
        ("parent:", "parent: Ủy ban nhân dân thành phố"),
        ("signer:", "signer: Trần Thị Bình"),
        (
            "  - {table: outcomes, heading: Kết quả trả lời}",
            "  - {table: outcomes, heading: Việc chung, text: Lời thêm.}",
        ),
    ):
        assert old in words.read_text("utf-8")
        words.write_text(words.read_text("utf-8").replace(old, new, 1), "utf-8")
    Image.new("RGB", (40, 40), "red").save(folder / "logo.png")
    letterhead = Document()
    letterhead.sections[0].header.paragraphs[0].text = "Đầu trang của cơ quan"
    letterhead.save(str(folder / "letterhead.docx"))
    document = Document(io.BytesIO(written(station, "docx", "--template", str(folder))))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "BÁO CÁO tháng 11/2026, " in text
    assert ". Việc chung\nLời thêm." in text
    assert "ỦY BAN NHÂN DÂN THÀNH PHỐ" in document.tables[0].rows[0].cells[0].text
    assert "Trần Thị Bình" in document.tables[-1].rows[0].cells[1].text
    assert document.sections[0].header.paragraphs[0].text == "Đầu trang của cơ quan"
    (station.folder / "out" / "bao-cao.docx").unlink()
    for form in ("pdf", "xlsx"):
        assert written(station, form, MOTCUA_REPORT_TEMPLATE=str(folder))
        (station.folder / "out" / f"bao-cao.{form}").unlink()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: BÁO CÁO", "title: {period", "không đọc được YAML"),
        ("title: BÁO CÁO", 'title: "{month}"', "không điền được {month}"),
        ("title: BÁO CÁO", 'title: "{period.year}"', "không điền được"),
        ("table: outcomes", "table: ket-qua", "không có bảng ket-qua"),
        ("closing:", "ending:", "khóa lạ"),
        ("unit:", "unit:\n#", "giá trị không dùng được"),
    ],
)
def test_a_broken_template_is_told_with_its_line(station: Station, old: str, new: str, said: str) -> None:
    folder = station.folder / "mau"
    station.prints("report", "--new-template", str(folder))
    words = folder / "report.yaml"
    words.write_text(words.read_text("utf-8").replace(old, new, 1), "utf-8")
    out = station.folder / "a.csv"
    told = station.refuses(*MONTH, "--out", str(out), "--template", str(folder))
    assert said in told
    assert "report.yaml" in told
    assert not out.exists()


def test_nothing_is_overwritten_and_nothing_half_written(station: Station) -> None:
    out = station.folder / "a.csv"
    out.write_text("cũ", "utf-8")
    assert f"Đã có {out}" in station.refuses(*MONTH, "--out", str(out))
    assert out.read_text("utf-8") == "cũ"
    station.prints(*MONTH, "--out", str(out), "--force")
    assert out.read_bytes().startswith(BOM_UTF8)
    assert f"Đã có {station.folder}" in station.refuses("report", "--new-template", str(station.folder))
    assert "Không thấy" in station.refuses(*MONTH, "--out", "b.csv", "--template", str(station.folder))
    assert "Không ghi được" in station.refuses(*MONTH, "--out", str(out / "b.csv"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Hãy nêu đúng một kỳ"),
        (("--month", "2026-13", "--out", "a.csv"), "Không đọc được kỳ 2026-13"),
        (("--month", "tháng 10", "--out", "a.csv"), "Không đọc được kỳ tháng 10"),
        (("--quarter", "2026-Q5", "--out", "a.csv"), "Không đọc được kỳ 2026-Q5"),
        (("--year", "0000", "--out", "a.csv"), "Không đọc được kỳ 0000"),
        (("--month", "2026-10", "--year", "2026", "--out", "a.csv"), "Hãy nêu đúng một kỳ"),
        (("--month", "2026-10"), "Hãy nêu tệp để ghi"),
        (("--month", "2026-10", "--out", "a.doc"), "Không biết dạng tệp của a.doc"),
    ],
)
def test_a_wrong_call_is_told(station: Station, arguments: Sequence[str], said: str) -> None:
    assert said in station.misused("report", *arguments)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--quarter", "2026-q4"), "quý 4/2026"),
        (("--year", "2026"), "năm 2026"),
        (("--month", "2026-2"), "tháng 02/2026"),
    ],
)
def test_quarters_and_years_too(station: Station, arguments: Sequence[str], said: str) -> None:
    assert f"báo cáo {said} vào" in station.prints("report", *arguments, "--out", str(station.folder / "a.csv"))


def test_without_the_extra_the_way_to_get_it_is_said(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "bot.reports.as_docx", raising=False)
    told = station.refuses(*MONTH, "--out", str(station.folder / "a.docx"))
    assert "pip install 'motcua[reports]'" in told
    assert not (station.folder / "a.docx").exists()


@pytest.mark.parametrize("key", ["fields", "hours"])
def test_a_chart_is_as_long_as_its_values(key: str) -> None:
    rows: list[tuple[Cell, ...]] = [("một", 10), ("hai", 5), ("ba 👍", 0), ("bốn", 20)]
    table = Table(key, "Việc", "", ("Tên", "Số"), rows)
    picture = np.asarray(Image.open(io.BytesIO(chart(table, "Đầu đề"))).convert("RGB")).astype(int)
    blue = np.abs(picture - (0x0B, 0x4A, 0x75)).sum(2) < 30
    along = blue.sum(0 if key == "hours" else 1)
    lengths = [max(run) for run in runs(along)]
    assert [round(20 * length / max(lengths)) for length in lengths] == [10, 5, 20]
    assert chart(table, "Đầu đề") == chart(table, "Đầu đề")


def runs(along: NDArray[np.int64]) -> list[list[int]]:
    """The thick places of a chart, one after the other; letters of its colour are thin."""
    return [[int(value) for value in run] for thick, run in groupby(along, lambda value: value > 40) if thick]


def read(content: bytes) -> str:
    """All text of a PDF."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_every_table_that_a_template_may_name_is_in_the_one_that_is_shipped() -> None:
    assert set(HEADINGS) == TABLES
    assert max(map(len, HEADINGS.values())) <= 27  # with its number it is a sheet's name
