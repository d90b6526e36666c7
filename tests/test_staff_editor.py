"""Staff edit the base on the pages: what citizens will see, faults in words, tried first, written when agreed."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.storage import Judgements, Kind, State, Vote, Watches
from bot.storage.watches import Address as Chat
from tests.entries import entry
from tests.pages import Browser, House, seen
from tests.sheets import WHY, begins, text, tries, value, writes
from tests.small import change

FILE = "procedures/cu-tru.yaml"
LINE = "        - {name: Lệ phí, amount: 18000, per: lần, channels: [trực tiếp, bưu chính]}"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
async def binh(house: House) -> AsyncIterator[Browser]:
    async with Browser(house) as browser:
        yield await browser.signs_in("Bình")


def raw(house: House, name: str = FILE) -> str:
    return (house.folder / "kb" / name).read_text("utf-8")


async def test_a_fee_is_changed_by_one_line_seen_first_and_audited(house: House, binh: Browser) -> None:
    change(house.folder / "kb", FILE, "procedures:\n", "procedures:\n# xem lại mỗi quý\n")
    before, (typed, seal) = raw(house), await begins(binh)
    new = typed.replace("15000", "18000")
    looked = seen((await binh.sends("/muc/tam-tru/sua", text=new, seen=seal, lam="xem")).text)
    assert "18.000 đồng" in looked
    assert raw(house) == before
    tried = await tries(binh, "/muc/tam-tru/sua", text=new, seen=seal)
    assert "Bộ tri thức không có lỗi" in tried.text
    assert "Đã sửa procedures/cu-tru.yaml" in await writes(binh, tried)
    pairs = zip(before.splitlines(), raw(house).splitlines(), strict=True)
    assert [(old.replace("15000", "18000"), now) for old, now in pairs if old != now] == [(LINE, LINE)]
    audit = await binh.reads("/kiem-toan")
    assert all(words in audit for words in ("Bình", WHY, "amount: 15000", "amount: 18000"))


async def test_what_is_wrong_is_told_by_the_lines_of_the_box_and_nothing_typed_is_lost(
    house: House, binh: Browser
) -> None:
    before, (typed, seal) = raw(house), await begins(binh)
    broken = typed.replace("amount: 15000", "amount: mười lăm nghìn")
    line = 1 + next(number for number, row in enumerate(broken.splitlines()) if "mười lăm nghìn" in row)
    for deed in ("xem", "thu"):
        page = await binh.sends("/muc/tam-tru/sua", text=broken, seen=seal, lam=deed, reason=WHY)
        assert page.status_code == 422
        assert f"• dòng {line} (“" in seen(page.text)
        assert "mười lăm nghìn" in seen(page.text).partition("Sửa: ")[0]
        assert text(page.text) == broken
        assert value(page.text, "seen") == seal
    assert raw(house) == before


async def test_whoever_edits_an_older_text_is_told_and_keeps_their_own(house: House, binh: Browser) -> None:
    typed, seal = await begins(binh)
    change(house.folder / "kb", FILE, "amount: 15000", "amount: 16000")
    page = await binh.sends("/muc/tam-tru/sua", text=typed.replace("15000", "18000"), seen=seal, lam="thu", reason=WHY)
    assert "vừa được người khác sửa" in seen(page.text)
    assert "18000" in text(page.text)
    assert "16000" in raw(house)


async def test_a_file_that_changes_between_trying_and_writing_is_left_and_the_text_can_be_had_again(
    house: House, binh: Browser
) -> None:
    typed, seal = await begins(binh)
    tried = await tries(binh, "/muc/tam-tru/sua", text=typed.replace("15000", "18000"), seen=seal)
    change(house.folder / "kb", FILE, "amount: 15000", "amount: 16000")
    await binh.sends(f"{tried.url.path}/ghi")
    failed = await binh.opens(tried.url.path)
    assert "Không ghi được, bộ tri thức không đổi" in failed.text
    assert "16000" in raw(house)
    again = await binh.sends("/muc/tam-tru/sua", text=text(failed.text), seen=value(failed.text, "seen"), lam="sua")
    assert "18000" in text(again.text)


async def test_trying_needs_a_reason_and_the_id_stays(binh: Browser) -> None:
    typed, seal = await begins(binh)
    page = await binh.sends("/muc/tam-tru/sua", text=typed, seen=seal, lam="thu")
    assert "Hãy ghi vì sao" in seen(page.text)
    page = await binh.sends("/muc/tam-tru/sua", text=typed.replace("id: tam-tru", "id: khac"), seen=seal, lam="xem")
    assert page.status_code == 422


async def test_who_may_only_read_edits_nothing(house: House) -> None:
    async with Browser(house) as browser:
        giang = await browser.signs_in("Giang")
        for path in ("/muc/tam-tru/sua", "/muc-moi", "/tep", "/tep/sua?ten=offices.yaml"):
            assert (await giang.opens(path)).status_code == 403
        for path in ("/muc/tam-tru/sua", "/muc-moi", "/tep/sua"):
            assert (await giang.sends(path, text="x", lam="xem")).status_code == 403
        assert "Sửa mục này" not in await giang.reads("/muc/tam-tru")


@pytest.mark.parametrize("name", ["../pages.db", "/etc/passwd", "procedures/../../pages.db", ".motcua/x.yaml", "", "x"])
async def test_only_files_of_the_base_are_opened(binh: Browser, name: str) -> None:
    assert (await binh.opens(f"/tep/sua?ten={name}")).status_code == 404
    assert (await binh.sends("/tep/sua", ten=name, text="x", lam="xem")).status_code == 404


@pytest.mark.parametrize("name", ["khong-co", "%2e%2e%2fpages", "<b>"])
async def test_an_entry_that_is_not_there_is_told(binh: Browser, name: str) -> None:
    assert (await binh.opens(f"/muc/{name}/sua")).status_code == 404
    assert (await binh.opens(f"/muc/{name}")).status_code == 404


async def test_an_entry_of_the_program_itself_is_not_edited(house: House, binh: Browser) -> None:
    import bot

    object.__setattr__(house.site.stage, "folder", Path(bot.__file__).parent)
    for path in ("/muc-moi", "/tep"):
        page = await binh.opens(path)
        assert page.status_code == 409
        assert "motcua kb init" in seen(page.text)


async def test_hostile_words_of_the_base_are_shown_as_they_are(house: House, binh: Browser) -> None:
    typed, seal = await begins(binh)
    hostile = typed.replace("Đăng ký tạm trú", "Đăng ký <script>alert(1)</script> {{ 7*7 }}", 1)
    page = await binh.sends("/muc/tam-tru/sua", text=hostile, seen=seal, lam="xem")
    assert "<script>" not in page.text
    assert "{{ 7*7 }}" in seen(page.text)
    assert text(page.text) == hostile


async def test_opening_hours_of_an_office_are_changed_and_seen_first(house: House, binh: Browser) -> None:
    page = await binh.reads("/tep")
    assert "Nơi nhận hồ sơ" in page
    assert "Từ đồng nghĩa" in page
    typed, seal = await begins(binh, "/tep/sua?ten=offices.yaml")
    new = typed.replace("Thứ hai đến thứ sáu, 7 giờ 30", "Thứ hai đến thứ sáu, 8 giờ 15")
    assert new != typed
    looked = await binh.sends("/tep/sua", ten="offices.yaml", text=new, seen=seal, lam="xem")
    assert "Tin người dân nhận sẽ khác đi" in seen(looked.text)
    assert "8 giờ 15" in seen(looked.text)
    tried = await tries(binh, "/tep/sua", ten="offices.yaml", text=new, seen=seal)
    assert "Đã sửa offices.yaml" in await writes(binh, tried)
    assert "8 giờ 15" in raw(house, "offices.yaml")


async def test_a_synonym_changes_what_is_understood_and_no_message(house: House, binh: Browser) -> None:
    typed, seal = await begins(binh, "/tep/sua?ten=lexicon.yaml")
    new = typed + "# ghi chú của đơn vị\n"
    assert "Lời của bot không đổi" in seen(
        (await binh.sends("/tep/sua", ten="lexicon.yaml", text=new, seen=seal, lam="xem")).text
    )
    assert "Đã sửa lexicon.yaml" in await writes(
        binh, await tries(binh, "/tep/sua", ten="lexicon.yaml", text=new, seen=seal)
    )
    assert raw(house, "lexicon.yaml").endswith("# ghi chú của đơn vị\n")


async def test_a_corrected_fact_closes_its_report_and_is_told(house: House, binh: Browser) -> None:
    vote = Vote("v1", None, house.clock())
    Judgements(house.database).report("tam-tru", "old", "v", vote)
    chat = Chat("telegram", "1", "77", None, "vi")
    assert Watches(house.database).add(chat, None, house.clock(), procedure="tam-tru")
    house.gather()
    number = house.site.tickets.page(kind=Kind.DISPUTED)[0].id
    assert f"Có người báo mục này sai hoặc cũ: nhóm {number}" in await binh.reads("/muc/tam-tru")
    page = await binh.opens(f"/muc/tam-tru?nhom={number}")
    assert f"/muc/tam-tru/sua?nhom={number}" in page.text
    typed, seal = await begins(binh, f"/muc/tam-tru/sua?nhom={number}")
    tried = await tries(binh, "/muc/tam-tru/sua", nhom=str(number), text=typed.replace("15000", "18000"), seen=seal)
    assert "1 người sẽ được báo" in await writes(binh, tried)
    found = house.site.tickets.ticket(number)
    assert found
    assert found.state is State.DONE


async def test_whoever_changes_nothing_is_told_so(house: House, binh: Browser) -> None:
    typed, seal = await begins(binh)
    page = await binh.sends("/muc/tam-tru/sua", text=typed, seen=seal, lam="thu", reason=WHY)
    assert page.status_code == 422
    assert "Chưa có gì khác với bộ tri thức" in seen(page.text)


async def test_whoever_edits_for_a_group_that_is_settled_meanwhile_is_told_and_loses_nothing(
    house: House, binh: Browser
) -> None:
    number = house.gathers(entry("tạm trú mấy tiền"))
    typed, seal = await begins(binh, f"/muc/tam-tru/sua?nhom={number}")
    new, found = typed.replace("15000", "18000"), house.site.tickets.ticket(number)
    assert found
    house.site.settling.ignore(found, "trùng nhóm khác", house.staff["Dung"])
    page = await binh.sends("/muc/tam-tru/sua", nhom=str(number), text=new, seen=seal, lam="thu", reason=WHY)
    assert page.status_code == 409
    assert "Dung vừa giải quyết xong nhóm này" in seen(page.text)
    assert text(page.text) == new
    assert 'name="nhom"' not in page.text
    for path in ("/muc/tam-tru/sua", "/muc-moi"):
        assert (await binh.opens(f"{path}?nhom={number}")).status_code == 409
    tried = await tries(binh, "/muc/tam-tru/sua", text=new, seen=seal)
    assert "Đã sửa procedures/cu-tru.yaml" in await writes(binh, tried)
