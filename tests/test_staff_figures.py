"""Figures on the staff pages: the numbers of the log, their definitions, charts, filters in the address, files."""

import csv
import datetime
import io
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.figures import FIGURES, OUTCOMES, Ground, Period, figures, shown, tables
from bot.staff.charts import bar, columns
from tests.entries import answered, entry, on
from tests.pages import Browser, House, seen

NOVEMBER = Period(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
DAYS = "tu=2026-11-01&den=2026-11-30"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    house.gathers(*(on(day, "nuôi mèo") for day in (2, 3, 3, 9)))
    house.log.add(answered("đăng ký tạm trú", "tam-tru", facets=("fee",))).result()
    house.log.add(answered("làm giấy khai sinh", "khai-sinh", channel="terminal")).result()
    yield house
    house.close()


@pytest.fixture
async def giang(house: House) -> AsyncIterator[Browser]:
    """Who may only read."""
    async with Browser(house) as browser:
        yield await browser.signs_in("Giang")


async def test_every_table_is_there_with_its_numbers_and_its_sentence(house: House, giang: Browser) -> None:
    text = await giang.reads(f"/so-lieu?{DAYS}")
    found = figures(house.database, house.knowledge, Ground(NOVEMBER), house.clock().date())
    for table in tables(found, house.desk.name_of):
        assert table.sentence in text
        for name, *cells in table.rows:
            told = [cells.pop()] if table.head[-1] == "Nghĩa là" else []
            assert " ".join(map(shown, [name, *told, *cells])) in text, name
    assert "Số liệu: tháng 11/2026" in text
    assert all(definition.title in text for definition in OUTCOMES.values())
    assert FIGURES["persons"].sentence in text


async def test_filters_stand_in_the_address_and_count(giang: Browser) -> None:
    for query, count in (("", 6), ("&muc=tam-tru", 1), ("&linh-vuc=H%E1%BB%99+t%E1%BB%8Bch", 1), ("&kenh=xyz", 0)):
        page = await giang.opens(f"/so-lieu?{DAYS}{query}")
        assert f"Câu hỏi {FIGURES['questions'].sentence} {count} " in seen(page.text)
        assert f"/so-lieu.csv?{DAYS}{query}&bang=outcomes".replace("&", "&amp;") in page.text or count == 0


@pytest.mark.parametrize("typed", ["tu=x", "tu=2026-11-30&den=2026-11-01", "tu=2000-01-01&den=2026-01-01", "den=x"])
async def test_days_of_nonsense_are_told(giang: Browser, typed: str) -> None:
    assert "dài nhất 5 năm" in await giang.reads(f"/so-lieu?{typed}")


@pytest.mark.parametrize("typed", ["don-vi=x", "khia-canh=x", "linh-vuc=%3Cscript%3E", "muc=%27%3B--", "kenh=%00"])
async def test_other_nonsense_finds_nothing_or_everything(giang: Browser, typed: str) -> None:
    page = await giang.opens(f"/so-lieu?{DAYS}&{typed}")
    assert page.status_code == 200
    assert "<script>" not in page.text


async def test_a_table_is_taken_as_a_file(house: House, giang: Browser) -> None:
    taken = await giang.opens(f"/so-lieu.csv?{DAYS}&bang=outcomes")
    assert taken.headers["content-disposition"] == 'attachment; filename="outcomes-2026-11-01-2026-11-30.csv"'
    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert rows[0] == ["Kết quả", "Số câu", "Phần trăm", "Nghĩa là"]
    assert {row[0]: int(row[1]) for row in rows[1:]}["Chưa trả lời được"] == 4
    assert (await giang.opens(f"/so-lieu.csv?{DAYS}&bang=khong-co")).status_code == 404
    house.log.add(entry("x", channel="=1+1")).result()
    taken = await giang.opens(f"/so-lieu.csv?{DAYS}&bang=channels")
    assert "'=1+1,1" in taken.text


def test_columns_are_as_high_as_their_numbers() -> None:
    heights = re.findall(r'height="([\d.]+)"', columns([("a", 1), ("b", 4), ("c", 0), ("<", 2)], 'x"y'))
    assert heights == ["10.00", "40.00", "0.00", "20.00"]
    drawn = columns([("<b>", 2)], 'x"y')
    assert "<b>" not in drawn
    assert "&lt;b&gt;: 2" in drawn
    assert 'aria-label="x&#34;y"' in drawn
    assert 'width="25.00"' in bar(1, 4)
    assert 'width="0.00"' in bar(0, 0)


@pytest.mark.parametrize(
    ("cell", "words"), [(1234567, "1.234.567"), (12.34, "12,3"), (1234.5, "1.234,5"), (0, "0"), (None, "–"), ("a", "a")]
)
def test_numbers_are_written_as_vietnamese_write_them(cell: str | int | float | None, words: str) -> None:
    assert shown(cell) == words
