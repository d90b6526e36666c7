"""A new entry on the pages: begun from the catalogue or from nothing, put into its field, telling who waits for it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, Listed
from bot.desk import brain
from bot.storage import Outbox, State
from tests.entries import entry
from tests.pages import Browser, House, seen
from tests.sheets import WHY, begins, text, tries, value, writes

FILE = "procedures/cu-tru.yaml"
ASKED = "xin phép nuôi gà chọi ở sân thượng"
THIN = Catalogue(
    (
        Listed("2.000123", "Thủ tục đăng ký nuôi gà chọi", "Chăn nuôi; Thú y", "Sở Nông nghiệp"),
        Listed("2.000124", "Thủ tục xóa đăng ký tạm trú của gà", "Cư trú", "Công an xã"),
    )
)
FILLED = {
    "id: tam-tru": "id: nuoi-ga-choi",
    "Đăng ký tạm trú": "Xin phép nuôi gà chọi",
    "đăng ký tạm trú": ASKED,
    "1.004194": "1.999999",
    "1.010038": "1.999998",
    "thuê trọ": "nuôi gà",
    "khai báo tạm trú": "gà chọi",
}
GUIDE = """\
- id: nuoi-ga
  name: Nuôi gà ở phố
  summary: Nuôi gà trong khu dân cư cần biết gì.
  sources:
    nguon: {origin: van-ban, document: 60/2014/QH13, confidence: cao, checked_on: 2026-07-18}
  sections:
    - title: Chỗ nuôi
      source: nguon
      lines:
        - Giữ chuồng sạch.
  phrases:
    - nuôi gà trong phố có được không
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    house.desk.brain = brain(house.knowledge, THIN)
    yield house
    house.close()


@pytest.fixture
async def binh(house: House) -> AsyncIterator[Browser]:
    async with Browser(house) as browser:
        yield await browser.signs_in("Bình")


async def filled(binh: Browser) -> str:
    """An entry of which nothing is missing: that of another procedure with other words."""
    model = (await begins(binh))[0]
    for old, new in FILLED.items():
        model = model.replace(old, new)
    return model


def chosen(page: str) -> str:
    """The field that stands chosen."""
    return page.partition(" selected>")[2].partition("<")[0]


def kb(house: House, name: str) -> Path:
    return house.folder / "kb" / name


async def test_a_new_entry_answers_a_group_and_its_asker_is_told(house: House, binh: Browser) -> None:
    one = entry(ASKED)
    number = house.gathers(one)
    house.waits(one.reference)
    page = await binh.reads(f"/muc-moi?nhom={number}")
    assert "Soạn từ dòng này" in page
    begun = await binh.opens(f"/muc-moi?nhom={number}&tu=c-2-000124&chu=gà")
    assert 'code: "2.000124"' in text(begun.text)
    assert f"    - {ASKED}\n" in text(begun.text)
    assert chosen(begun.text) == "Cư trú"
    tried = await tries(binh, "/muc-moi", nhom=str(number), loai="trong", text=await filled(binh), file=FILE)
    assert f"{ASKED} chưa trả lời được Xin phép nuôi gà chọi" in seen(tried.text), seen(tried.text)
    assert "1 người sẽ được báo" in await writes(binh, tried)
    found = house.site.tickets.ticket(number)
    assert found
    assert (found.state, found.settled_procedure) == (State.DONE, "nuoi-ga-choi")
    assert Outbox(house.database).counts(number).waiting == 1
    assert "id: nuoi-ga-choi" in kb(house, FILE).read_text("utf-8")
    audit = await binh.reads("/kiem-toan")
    assert all(words in audit for words in ("Bình", WHY, "id: nuoi-ga-choi"))


async def test_a_line_of_the_catalogue_whose_field_is_new_begins_its_own_file(house: House, binh: Browser) -> None:
    begun = await binh.opens("/muc-moi?tu=c-2-000123&chu=gà chọi")
    assert value(begun.text, "field") == "Chăn nuôi"
    assert chosen(begun.text) == ""
    fields = {"loai": "trong", "text": await filled(binh), "file": "", "field": "Chăn nuôi"}
    seen_first = await binh.sends("/muc-moi", lam="xem", **fields)
    assert "Người dân sẽ thấy" in seen(seen_first.text)
    assert value(seen_first.text, "field") == "Chăn nuôi"
    assert not kb(house, "procedures/chan-nuoi.yaml").exists()
    assert "Đã sửa procedures/chan-nuoi.yaml" in await writes(binh, await tries(binh, "/muc-moi", **fields))
    assert (
        kb(house, "procedures/chan-nuoi.yaml")
        .read_text("utf-8")
        .startswith("field: Chăn nuôi\n\nprocedures:\n  - id: ")
    )


async def test_the_name_of_a_field_that_stands_already_means_its_file(house: House, binh: Browser) -> None:
    fields = {"loai": "trong", "text": await filled(binh), "file": "", "field": "cư trú"}
    assert f"Đã sửa {FILE}" in await writes(binh, await tries(binh, "/muc-moi", **fields))


async def test_a_guide_is_put_among_guides_also_when_it_is_the_first(house: House, binh: Browser) -> None:
    begun = await binh.opens("/muc-moi?tu=huong-dan&chu=nuôi gà ở phố")
    assert value(begun.text, "loai") == "huong-dan"
    assert "name: Nuôi gà ở phố" in text(begun.text)
    assert "Cư trú" not in begun.text
    tried = await tries(binh, "/muc-moi", loai="huong-dan", text=GUIDE, file="", field="Đời sống")
    assert "Đã sửa guides/doi-song.yaml" in await writes(binh, tried)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"file": "", "field": ""}, "Hãy chọn lĩnh vực của mục mới"),
        ({"file": FILE, "field": "Chăn nuôi"}, "không ghi cả hai"),
        ({"file": "../../x.yaml"}, "../../x.yaml"),
        ({"file": "offices.yaml"}, "offices.yaml không phải tệp thủ tục hay hướng dẫn"),
        ({"file": FILE, "text": "không phải mục"}, "Mục mới cần viết thành một mục"),
        ({"file": FILE, "text": "- id: a\n"}, "dòng 1"),
    ],
)
async def test_what_cannot_be_put_anywhere_is_told_and_kept(binh: Browser, more: dict[str, str], told: str) -> None:
    fields = {"loai": "trong", "text": await filled(binh), **more}
    page = await binh.sends("/muc-moi", lam="thu", reason=WHY, **fields)
    assert page.status_code == 422
    assert told in seen(page.text)
    assert text(page.text) == fields["text"]


async def test_an_entry_that_is_not_filled_in_says_line_by_line_what_is_missing(binh: Browser) -> None:
    begun = text((await binh.opens("/muc-moi?tu=c-2-000124")).text)
    page = await binh.sends("/muc-moi", loai="trong", text=begun, file=FILE, lam="xem")
    line = 1 + next(number for number, row in enumerate(begun.splitlines()) if "summary:" in row)
    assert f"• dòng {line} (“summary: # một, hai câu: việc này là gì, dành …”): summary: để trống" in seen(page.text)
    assert text(page.text) == begun


async def test_a_line_that_is_not_in_the_catalogue_begins_nothing(binh: Browser) -> None:
    page = await binh.opens("/muc-moi?tu=c-9-999999")
    assert page.status_code == 404
    assert "Không có dòng này trong danh mục" in seen(page.text)


async def test_a_broken_file_of_the_base_takes_nothing_that_was_typed(house: House, binh: Browser) -> None:
    typed = await filled(binh)
    kb(house, "procedures/ho-tich.yaml").write_text("field: [", "utf-8")
    page = await binh.sends("/muc-moi", loai="trong", text=typed, file=FILE, lam="xem")
    assert page.status_code == 422
    assert "procedures/ho-tich.yaml" in seen(page.text)
    assert text(page.text) == typed
