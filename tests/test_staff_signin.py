"""Signing in: a link is worth something once, for five minutes, for one person; sessions end when they should."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.passes import SESSION_LASTS, hash_of, new_key
from bot.roles import Role
from bot.staff import Address
from bot.storage import CONSOLE
from tests.pages import HOME, OWN, Browser, House, seen

GONE = "đã dùng rồi hoặc đã quá 5 phút"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
async def browser(house: House) -> AsyncIterator[Browser]:
    async with Browser(house) as browser:
        yield browser


async def test_a_stranger_is_shown_how_to_sign_in(browser: Browser) -> None:
    page = await browser.opens("/hang-doi")
    assert (page.status_code, page.headers["location"]) == (303, "/dang-nhap")
    assert "/dangnhap" in await browser.reads("/dang-nhap")


async def test_a_preview_spends_nothing_and_the_button_signs_in(house: House, browser: Browser) -> None:
    link = house.link("Bình")
    for method in ("GET", "HEAD", "GET"):  # as Telegram, a proxy and then Bình look at it
        looked = await browser.asks(method, link)
        assert (looked.status_code, dict(looked.cookies)) == (200, {})
    assert "dành cho Bình (vai trò: biên tập)" in await browser.reads(link)
    entered = await browser.sends(link)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "Bình biên tập" in await browser.reads("/hang-doi")


async def test_a_link_is_worth_something_once(house: House, browser: Browser) -> None:
    link = house.link("Bình")
    await browser.sends(link)
    async with Browser(house) as thief:
        for page in (await thief.sends(link), await thief.opens(link)):
            assert page.status_code == 410
            assert GONE in seen(page.text)
            assert not thief.cookies


async def test_a_link_ends_after_five_minutes(house: House, browser: Browser) -> None:
    link = house.link("Bình")
    house.clock.moves(minutes=5)
    assert (await browser.opens(link)).status_code == 410
    assert (await browser.sends(link)).status_code == 410
    assert not browser.cookies


@pytest.mark.parametrize("key", ["x", "a" * 5000, "%00", "..%2f..", "'; DROP TABLE links; --"])
async def test_a_made_up_link_signs_nobody_in(browser: Browser, key: str) -> None:
    page = await browser.sends(f"/dang-nhap/{key}")
    assert page.status_code in (404, 410)
    assert not browser.cookies


async def test_a_link_of_somebody_who_was_removed_is_worth_nothing(house: House, browser: Browser) -> None:
    link = house.link("Bình")
    house.site.staff.remove("501", CONSOLE, house.clock())
    assert (await browser.sends(link)).status_code == 410


async def test_no_session_can_be_planted_before_signing_in(house: House, browser: Browser) -> None:
    planted = new_key()
    browser.cookies.set("motcua", planted, domain="127.0.0.1")
    assert (await browser.opens("/hang-doi")).status_code == 303
    entered = await browser.sends(house.link("Bình"))
    fresh = entered.cookies["motcua"]
    assert fresh != planted
    async with Browser(house) as thief:
        thief.cookies.set("motcua", planted, domain="127.0.0.1")
        assert (await thief.opens("/hang-doi")).status_code == 303


async def test_signing_in_again_ends_the_session_of_the_old_cookie(house: House, browser: Browser) -> None:
    old = (await browser.sends(house.link("Bình"))).cookies["motcua"]
    new = (await browser.sends(house.link("Bình"))).cookies["motcua"]
    assert old != new
    now = house.clock()
    assert house.site.staff.session(hash_of(old), now) is None
    assert house.site.staff.session(hash_of(new), now) == house.staff["Bình"]


async def test_signing_out_ends_the_session_wherever_it_was_copied_to(house: House, browser: Browser) -> None:
    await browser.signs_in("Bình")
    async with Browser(house) as thief:
        thief.cookies.set("motcua", browser.cookies["motcua"], domain="127.0.0.1")
        assert (await thief.opens("/hang-doi")).status_code == 200
        left = await browser.sends("/dang-xuat")
        assert (left.status_code, left.headers["location"]) == (303, "/dang-nhap")
        assert (await thief.opens("/hang-doi")).status_code == 303
    assert not browser.cookies


async def test_a_session_ends_after_a_working_day(house: House, browser: Browser) -> None:
    await browser.signs_in("Bình")
    house.clock.now += SESSION_LASTS
    assert (await browser.opens("/hang-doi")).status_code == 303


async def test_whoever_is_removed_is_out_at_once(house: House, browser: Browser) -> None:
    await browser.signs_in("Bình")
    house.site.staff.remove("501", CONSOLE, house.clock())
    assert (await browser.opens("/hang-doi")).status_code == 303


async def test_whoever_is_demoted_may_less_at_once(house: House, browser: Browser) -> None:
    await browser.signs_in("Dung")
    assert (await browser.opens("/can-bo")).status_code == 200
    house.site.staff.add("502", "Dung", Role.VIEWER, CONSOLE, house.clock())
    refused = await browser.opens("/can-bo")
    assert refused.status_code == 403
    assert "Vai trò của bạn là “xem”" in seen(refused.text)
    assert "Cán bộ" not in await browser.reads("/hang-doi")


async def test_what_was_typed_is_given_back_when_the_session_is_over(house: House, browser: Browser) -> None:
    await browser.signs_in("Bình")
    house.clock.moves(days=1)
    page = await browser.sends("/nhom/1/tra-loi", words="Lệ phí <b>là</b> 15.000 đồng.", version="1")
    assert page.status_code == 401
    assert "Lệ phí &lt;b&gt;là&lt;/b&gt; 15.000 đồng." in page.text


async def test_keys_are_kept_as_hashes_alone(house: House, browser: Browser) -> None:
    link = house.link("Bình")
    await browser.sends(link)
    key = browser.cookies["motcua"]
    kept = "\n".join(sqlite3.connect(house.folder / "pages.db").iterdump())
    assert hash_of(key) in kept
    assert key not in kept
    assert link.rpartition("/")[2] not in kept


async def test_the_cookie_is_kept_from_scripts_and_other_sites(house: House, browser: Browser) -> None:
    given = (await browser.sends(house.link("Bình"))).headers["set-cookie"]
    name, *rest = given.split("; ")
    assert name.startswith("motcua=")
    assert set(rest) == {"HttpOnly", f"Max-Age={12 * 3600}", "Path=/", "SameSite=lax"}


@pytest.mark.parametrize("home", ["https://canbo.example.vn", "http://canbo.example.vn"])
async def test_by_https_the_cookie_belongs_to_this_host_alone(tmp_path: Path, home: str) -> None:
    """Behind a proxy that has the certificate the request itself comes by HTTP."""
    house = House(tmp_path, Address(frozenset({"canbo.example.vn"}), encrypted=True))
    async with Browser(house, home) as browser:
        name, *rest = (await browser.sends(house.link("Bình"))).headers["set-cookie"].split("; ")
        assert name.startswith("__Host-motcua=")
        assert set(rest) == {"HttpOnly", f"Max-Age={12 * 3600}", "Path=/", "SameSite=lax", "Secure"}
    house.close()


@pytest.mark.parametrize("exposed", [True, False])
async def test_the_page_says_plainly_when_a_cookie_can_be_overheard(tmp_path: Path, exposed: bool) -> None:
    house = House(tmp_path, Address(frozenset({"127.0.0.1"}), exposed=exposed))
    async with Browser(house, HOME) as browser:
        before = await browser.reads("/dang-nhap")
        await browser.signs_in("Bình")
        after = await browser.reads("/hang-doi")
    house.close()
    assert [("Kết nối này chưa được mã hóa." in text) for text in (before, after)] == [exposed, exposed]


async def test_two_who_press_at_once_come_in_once(house: House) -> None:
    link = house.link("Bình")
    spent = [house.site.staff.spend(hash_of(link.rpartition("/")[2]), house.clock()) for _ in range(2)]
    assert spent == [house.staff["Bình"], None]


async def test_signing_in_from_another_site_is_refused(house: House, browser: Browser) -> None:
    """Else somebody could sign others in under their own name, and read what they then write."""
    link = house.link("Bình")
    assert (await browser.sends_from({"Sec-Fetch-Site": "cross-site"}, link)).status_code == 403
    assert (await browser.sends_from(OWN, link)).status_code == 303
