"""The knowledge on the staff pages: found by name, code, document and meaning; its freshness; a question tried."""

import datetime
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.knowledge import load
from bot.storage import LogFilter
from tests.entries import entry
from tests.pages import Browser, House, seen
from tests.small import change


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
async def giang(house: House) -> AsyncIterator[Browser]:
    """Who may only read."""
    async with Browser(house) as browser:
        yield await browser.signs_in("Giang")


@pytest.mark.parametrize("words", ["tam tru", "TẠM TRÚ", "1.004194", "tam-tru", "nguoi ngoai tinh den thue nha"])
async def test_an_entry_is_found_however_it_is_called(giang: Browser, words: str) -> None:
    assert "Đăng ký tạm trú" in await giang.reads(f"/tri-thuc?tim={words}")


async def test_what_is_nowhere_is_said(giang: Browser) -> None:
    text = await giang.reads("/tri-thuc?tim=zzzqqq")
    assert "Không có mục nào như vậy" in text


async def test_sources_read_long_ago_and_ending_facts_are_seen(house: House, giang: Browser) -> None:
    assert "nên đọc lại" not in await giang.reads("/tri-thuc")
    house.clock.now += datetime.timedelta(days=800)
    await giang.signs_in("Giang")
    text = await giang.reads("/tri-thuc?tinh-trang=can-doc-lai")
    assert "nên đọc lại" in text
    assert "Đăng ký tạm trú" in text


async def test_an_entry_shows_what_citizens_see_and_what_it_rests_on(giang: Browser) -> None:
    text = await giang.reads("/muc/tam-tru")
    assert "15.000 đồng" in text
    assert "độ tin cậy" in text
    assert "đăng ký tạm trú" in text


async def test_the_pages_follow_the_base(house: House, giang: Browser) -> None:
    change(house.folder / "kb", "procedures/cu-tru.yaml", "amount: 15000", "amount: 19000")
    house.desk.knowledge = load(house.folder / "kb", None)
    assert "19.000 đồng" in await giang.reads("/muc/tam-tru")


async def test_a_tried_question_gets_the_reply_and_the_reasons_and_is_not_kept(house: House, giang: Browser) -> None:
    page = await giang.sends("/hoi-thu", question="lệ phí đăng ký tạm trú bao nhiêu")
    text = seen(page.text)
    assert "15.000 đồng" in text
    assert "Vì sao tam-tru đứng đầu" in text
    assert list(house.log.search(LogFilter())) == []
    assert "Chưa trả lời được" in seen((await giang.sends("/hoi-thu", question="qqq zzz")).text)
    assert "<b>" not in (await giang.sends("/hoi-thu", question="<b>tạm trú</b>")).text


async def test_the_entry_that_a_link_of_the_group_names_comes_first(house: House) -> None:
    number = house.gathers(entry("nuôi mèo trong phòng"))
    async with Browser(house) as browser:
        binh = await browser.signs_in("Bình")
        text = await binh.reads(f"/nhom/{number}?muc=khai-sinh")
        assert text.index("Đăng ký khai sinh") < text.index("Thêm vào mục này")
        assert (await binh.opens(f"/nhom/{number}?muc=khong-co")).status_code == 200
