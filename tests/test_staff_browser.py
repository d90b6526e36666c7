"""The pages in Debian's Chromium with scripts switched off: readable by everybody, on a phone, by keyboard alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.persons import Alias
from bot.staff.app import DOORS
from bot.storage import Judgements, Vote
from tests.browsing import (
    CHROMIUM,
    DESKTOP,
    PHONE,
    Colours,
    chromium,
    picture,
    served,
    troubles,
    width_of,
    window,
)
from tests.entries import answered, entry
from tests.pages import House

ASKED = "cho người lạ ngủ nhờ phải báo ai"
LONG = "con em 3 tuổi muốn làm passport thì cần những giấy tờ gì và nộp ở đâu vậy ạ " + "nghĩadài" * 12
PAGES = {
    "hang-doi": "/hang-doi",
    "hang-doi-bao-sai": "/hang-doi?loai=bao-sai",
    "hang-doi-trong": "/hang-doi?tinh-trang=xong",
    "nhom": "/nhom/1",
    "nhom-bao-sai": "/nhom/2",
    "cau-hoi": "/cau-hoi/1",
    "nhat-ky": "/nhat-ky",
    "nhat-ky-loc": "/nhat-ky?tu=2026-11-01&ket-qua=unknown",
    "so-lieu": "/so-lieu?tu=2026-11-01&den=2026-11-30",
    "thay-doi": "/thay-doi",
    "kiem-toan": "/kiem-toan",
    "can-bo": "/can-bo",
    "thong-bao": "/thong-bao",
    "tri-thuc": "/tri-thuc",
    "tri-thuc-loc": "/tri-thuc?tim=tam+tru",
    "tri-thuc-trong": "/tri-thuc?tim=khongcogi&linh-vuc=H%E1%BB%99+t%E1%BB%8Bch",
    "muc": "/muc/tam-tru",
    "muc-khai-sinh": "/muc/khai-sinh",
    "muc-sua": "/muc/tam-tru/sua",
    "muc-sua-nhom": "/muc/tam-tru?nhom=2",
    "muc-moi": "/muc-moi",
    "muc-moi-nhom": "/muc-moi?nhom=1",
    "muc-moi-khung": "/muc-moi?nhom=1&tu=trong",
    "muc-moi-bai": "/muc-moi?tu=huong-dan",
    "tep": "/tep",
    "tep-sua": "/tep/sua?ten=lexicon.yaml",
    "hoi-thu": "/hoi-thu",
    "khong-co": "/khong-co",
}

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    asked = [entry(ASKED, person=Alias(1, f"p{number}")) for number in range(4)]
    house.gathers(*asked, entry(LONG))
    house.waits(asked[0].reference)
    Judgements(house.database).report("tam-tru", "old", "v", Vote("v1", None, house.clock()))
    house.gather()
    for number in range(3):
        house.gathers(entry(f"việc lạ số {number}"))
    house.log.add(answered("đăng ký tạm trú", "tam-tru")).result()
    yield house
    house.close()


@pytest.fixture
def home(house: House) -> Iterator[str]:
    with served(house.app) as home:
        yield home


def test_every_page_is_looked_at() -> None:
    looked = [path.partition("?")[0] for path in PAGES.values()]
    shapes = {d.path: re.sub(r"{\w+}", "[^/]+", d.path) for d in DOORS if d.method == "GET" and d.right}
    missed = [path for path, shape in shapes.items() if not any(re.fullmatch(shape, one) for one in looked)]
    assert missed == ["/", "/viec/{id}", "/so-lieu.csv"]  # leads to the queue; looked at where one runs; a file


def signed_in(page: Page, house: House, name: str = "Dung") -> Page:
    """The page of somebody who pressed the button behind their link."""
    page.goto(house.link(name))
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Hàng đợi", exact=True)).to_be_visible()
    return page


def seen(page: Page, name: str, width: int, colours: Colours) -> list[str]:
    """What is wrong with a page as it stands, of which a picture is kept."""
    picture(page, f"{name}-{width}-{colours}")
    wide = [] if width_of(page) <= width else [f"{width_of(page)} pixels wide"]
    return wide + troubles(page)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everybody_can_read_every_page(
    browser: Browser, house: House, home: str, size: tuple[int, int], colours: Colours
) -> None:
    with window(browser, home, size, colours, scripts=True) as context:
        page = context.new_page()
        page.goto(house.link("Dung"))
        found = {"lien-ket": seen(page, "lien-ket", size[0], colours)}
        page.goto("/dang-nhap")
        found["dang-nhap"] = seen(page, "dang-nhap", size[0], colours)
        signed_in(page, house)
        for name, path in PAGES.items():
            page.goto(path)
            for folded in page.locator("summary").all():
                folded.click()
            found[name] = seen(page, name, size[0], colours)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scripts", [False, True])
def test_a_phrase_is_added_with_no_script_at_all(
    browser: Browser, house: House, home: str, size: tuple[int, int], scripts: bool
) -> None:
    """The page that waits comes back by itself; with scripts axe looks at it too."""
    with window(browser, home, size, "dark", scripts) as context:
        page = signed_in(context.new_page(), house, "Bình")
        page.get_by_role("link", name=LONG).click()
        page.get_by_role("button", name="Nhận việc").click()
        expect(page.get_by_role("status")).to_have_text("Bạn đã nhận việc này.")
        page.get_by_label("Cách hỏi sẽ thêm").fill(ASKED)
        page.get_by_role("button", name="Thêm vào: Đăng ký tạm trú").click()
        picture(page, f"dang-thu-{size[0]}")
        assert width_of(page) <= size[0]
        assert not scripts or troubles(page) == []
        expect(page.get_by_role("heading", name="Kết quả thử")).to_be_visible(timeout=30_000)
        page.get_by_text("Dòng sẽ ghi vào tệp").click()
        picture(page, f"ket-qua-thu-{size[0]}")
        assert width_of(page) <= size[0]
        assert not scripts or troubles(page) == []
        page.get_by_role("button", name="Ghi vào bộ tri thức").click()
        expect(page.get_by_role("status")).to_contain_text("1 người sẽ được báo.")
        picture(page, f"da-ghi-{size[0]}")
        page.get_by_role("link", name="Các lần sửa, hoàn tác").click()
        page.get_by_text("Hoàn tác", exact=True).click()
        assert width_of(page) <= size[0]
        assert not scripts or troubles(page) == []
        picture(page, f"thay-doi-mot-{size[0]}")
    assert ASKED in (house.folder / "kb" / "procedures" / "cu-tru.yaml").read_text("utf-8")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_fee_is_corrected_and_a_question_tried(
    browser: Browser, house: House, home: str, size: tuple[int, int], colours: Colours
) -> None:
    """The pages that come only after something was typed are readable too."""
    found = {}
    with window(browser, home, size, colours, scripts=True) as context:
        page = signed_in(context.new_page(), house, "Bình")
        page.goto("/muc/tam-tru/sua")
        text = page.get_by_label("Nội dung (YAML)")
        right = text.input_value()
        text.fill(right.replace("amount: 15000", "amount: mười tám nghìn"))
        page.get_by_role("button", name="Xem thử").click()
        found["sua-loi"] = seen(page, "sua-loi", size[0], colours)
        text.fill(right.replace("amount: 15000", "amount: 18000"))
        page.get_by_role("button", name="Xem thử").click()
        expect(page.get_by_text("18.000 đồng").first).to_be_visible()
        found["sua-xem"] = seen(page, "sua-xem", size[0], colours)
        page.get_by_label("Vì sao sửa").fill("theo văn bản mới")
        page.get_by_role("button", name="Thử trên bản sao, rồi ghi").click()
        expect(page.get_by_role("heading", name="Kết quả thử")).to_be_visible(timeout=30_000)
        found["sua-thu"] = seen(page, "sua-thu", size[0], colours)
        page.get_by_role("button", name="Ghi vào bộ tri thức").click()
        expect(page.get_by_role("status")).to_contain_text("Đã sửa")
        page.goto("/hoi-thu")
        page.get_by_label("Câu hỏi, viết như người dân viết").fill("đăng ký tạm trú hết bao nhiêu")
        page.get_by_role("button", name="Hỏi", exact=True).click()
        expect(page.get_by_role("region", name="Người dân nhận được")).to_contain_text("đồng/lần")
        found["da-hoi-thu"] = seen(page, "da-hoi-thu", size[0], colours)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def press_until(page: Page, name: str, most: int = 80) -> None:
    """Go on by Tab until something of this name has the focus, as a person without a mouse does."""
    for _ in range(most):
        if page.locator(":focus").count():
            assert outlined(page), page.locator(":focus").inner_text()
            if named(page) == name:
                return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name!r} was not reached")


def named(page: Page) -> str:
    """What has the focus, by its label, its words or the name of its field."""
    focused = page.locator(":focus")
    return (focused.get_attribute("aria-label") or focused.inner_text() or focused.get_attribute("name") or "").strip()


def outlined(page: Page) -> bool:
    """Whether what has the focus shows it."""
    style = page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth")
    return str(style) == "solid3px"


def test_a_group_is_answered_by_keyboard_alone(browser: Browser, house: House, home: str) -> None:
    with window(browser, home) as context:
        page = context.new_page()
        page.goto(house.link("Bình"))
        press_until(page, "Đăng nhập với tên Bình")
        page.keyboard.press("Enter")
        page.wait_for_url("**/hang-doi")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Đến nội dung")
        page.keyboard.press("Enter")
        press_until(page, LONG)
        page.keyboard.press("Enter")
        page.wait_for_url("**/nhom/1")
        press_until(page, "words")
        page.keyboard.type("Bạn báo công an xã nơi ở.")
        press_until(page, "wording")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")  # the second wording means something else
        press_until(page, "Gửi câu trả lời")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Đã ghi câu trả lời")
    assert [row.question for row in house.site.tickets.loose(9)] == [LONG]


def test_a_phrase_is_added_by_keyboard_alone(browser: Browser, house: House, home: str) -> None:
    with window(browser, home) as context:
        page = signed_in(context.new_page(), house, "Bình")
        page.goto("/nhom/1")
        press_until(page, "Thêm vào: Đăng ký tạm trú")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Kết quả thử")).to_be_visible(timeout=30_000)
        press_until(page, "Ghi vào bộ tri thức")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("1 người sẽ được báo.")


def test_enter_in_the_phrase_only_looks(browser: Browser, house: House, home: str) -> None:
    with window(browser, home) as context:
        page = signed_in(context.new_page(), house, "Bình")
        page.goto("/nhom/1")
        page.get_by_label("Cách hỏi sẽ thêm").fill("làm giấy khai sinh cho con")
        page.keyboard.press("Enter")
        page.wait_for_url("**/nhom/1?*")
        expect(page.get_by_role("button", name="Thêm vào: Đăng ký khai sinh", exact=True)).to_be_visible()


def test_a_script_that_a_citizen_sent_does_not_run(browser: Browser, house: House, home: str) -> None:
    house.gathers(entry("<script>document.title='hỏng'</script><img src=x onerror=\"document.title='hỏng'\">"))
    with browser.new_context(base_url=home) as context:
        page = signed_in(context.new_page(), house)
        for path in ("/hang-doi", "/nhom/6", "/nhat-ky"):
            page.goto(path)
            expect(page.get_by_text("<script>document.title='hỏng'</script>").first).to_be_visible()
            assert "hỏng" not in page.title()


def test_a_form_on_another_site_changes_nothing(browser: Browser, house: House, home: str) -> None:
    """Localhost and 127.0.0.1 are two sites to a browser."""
    with browser.new_context(base_url=home) as context:
        page = signed_in(context.new_page(), house)
        form = (
            f"<form method=post action='{home}/nhom/1/bo-qua'><input name=reason value=x><input name=version value=1>"
        )
        page.route(
            "**/evil",
            lambda route: route.fulfill(body=f"{form}<button>Quà</button>", content_type="text/html; charset=utf-8"),
        )
        page.goto(f"{home.replace('127.0.0.1', 'localhost')}/evil")
        page.get_by_role("button", name="Quà").click()
        page.wait_for_url("**/bo-qua")
        expect(page.get_by_role("heading")).to_have_text("Không được phép")
    ticket = house.site.tickets.ticket(1)
    assert ticket
    assert ticket.state == "new"
