"""The wall around the staff pages: foreign forms, wrong names, large bodies, hostile words; words for every fault."""

import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.knowledge import load
from bot.roles import Right
from bot.staff.app import DOORS
from tests.entries import entry
from tests.pages import OWN, Browser, House, seen, version_of
from tests.small import change, write_base

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
async def binh(house: House) -> AsyncIterator[Browser]:
    async with Browser(house) as browser:
        yield await browser.signs_in("Bình")


PAGES = ["/dang-nhap", "/hang-doi", "/nhat-ky", "/kiem-toan", "/khong-co", "/static/staff.css", "/nhom/1"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
async def test_every_response_carries_the_headers(binh: Browser, path: str, method: str) -> None:
    headers = (await binh.asks(method, path, sec_fetch_site="same-origin")).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8321"},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "https://127.0.0.1:8321"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1:8321.evil.example"},
    ],
)
async def test_a_form_from_elsewhere_changes_nothing(house: House, binh: Browser, headers: dict[str, str]) -> None:
    number = house.gathers(entry("xin visa"))
    refused = await binh.sends_from(headers, f"/nhom/{number}/nhan", version="1")
    assert refused.status_code == 403
    assert "không có gì thay đổi" in seen(refused.text)
    ticket = house.site.tickets.ticket(number)
    assert ticket
    assert ticket.staff is None


@pytest.mark.parametrize("headers", [OWN, {"Origin": "http://127.0.0.1:8321"}])
async def test_a_form_of_our_own_is_taken(house: House, binh: Browser, headers: dict[str, str]) -> None:
    number = house.gathers(entry("xin visa"))
    assert (await binh.sends_from(headers, f"/nhom/{number}/nhan", version="1")).status_code == 303


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_need_to_come_from_here_too(binh: Browser, method: str) -> None:
    assert (await binh.asks(method, "/nhom/1/nhan")).status_code == 403
    assert (await binh.asks(method, "/nhom/1/nhan", sec_fetch_site="same-origin")).status_code == 405


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example", "[::1", "a:b:c"]
)
async def test_a_page_called_by_a_wrong_name_is_not_shown(binh: Browser, host: str) -> None:
    page = await binh.asks("GET", "/hang-doi", host=host)
    assert page.status_code == 421
    assert "xin visa" not in page.text


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "LOCALHOST:8321", "[::1]:8321"])
async def test_this_machine_may_be_called_by_its_names(binh: Browser, host: str) -> None:
    assert (await binh.asks("GET", "/dang-nhap", host=host)).status_code in (200, 303)


async def test_a_large_form_is_refused_before_it_is_read(house: House, binh: Browser) -> None:
    number = house.gathers(entry("xin visa"))
    page = await binh.sends(f"/nhom/{number}/tra-loi", words="a" * 1_000_001, version="1")
    assert page.status_code == 413
    assert "quá dài" in seen(page.text)


async def test_a_large_body_of_no_told_length_is_refused(house: House) -> None:
    """A sender may tell no length at all: reading stops where the limit is."""
    read = []

    async def receive() -> dict[str, object]:
        read.append(1)
        return {"type": "http.request", "body": b"a" * 300_000, "more_body": True}

    sent: list[dict[str, object]] = []

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"sec-fetch-site", b"same-origin")]
    scope = {"type": "http", "method": "POST", "path": "/dang-xuat", "headers": headers, "query_string": b""}
    await house.app({**scope, "scheme": "http", "server": ("127.0.0.1", 8321)}, receive, send)
    assert (sent[0]["status"], len(read)) == (413, 4)


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/json", "text/plain"])
async def test_only_forms_are_read(binh: Browser, kind: str) -> None:
    page = await binh.sends_from(OWN | {"Content-Type": kind}, "/can-bo", user="1")
    assert page.status_code == 415


async def test_a_form_of_too_many_fields_is_refused(binh: Browser) -> None:
    page = await binh.sends_from(OWN, "/dang-xuat", wording=["a"] * 3000)
    assert page.status_code == 400


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_of_citizens_stay_words(house: House, binh: Browser, words: str) -> None:
    number = house.gathers(entry(words))
    pages = [
        (await binh.opens(path)).text
        for path in ("/hang-doi", f"/nhom/{number}", "/nhat-ky", "/cau-hoi/1", f"/nhat-ky?chu={words}")
    ]
    pages.append((await binh.sends(f"/nhom/{number}/tra-loi", words=words, version="9")).text)
    pages.append((await binh.sends(f"/nhom/{number}/bo-qua", other=words * 50, version="1")).text)
    for page in pages:
        assert "<script" not in page.lower()
        assert "<img" not in page.lower()
        assert "<svg" not in page.lower()
        assert 'href="javascript' not in page


async def test_hostile_words_in_the_knowledge_stay_words(tmp_path: Path) -> None:
    """Staff of one office trust their base; a base that was copied from elsewhere may hold anything."""
    write_base(tmp_path / "kb")
    old, new = "    name: Đăng ký tạm trú\n", "    name: Đăng ký tạm trú <script>alert(1)</script>\n"
    change(tmp_path / "kb", "procedures/cu-tru.yaml", old, new)
    house = House(tmp_path, base=load(tmp_path / "kb", None))
    number = house.gathers(entry("đăng ký tạm trú ở trọ"))
    async with Browser(house) as binh:
        await binh.signs_in("Bình")
        for path in ("/hang-doi", f"/nhom/{number}", "/cau-hoi/1"):
            page = (await binh.opens(path)).text
            assert "&lt;script&gt;alert(1)" in page
            assert "<script" not in page
    house.close()


async def test_a_fault_is_told_in_words_and_logged_without_questions(
    house: House, binh: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    house.log.add(entry("xin visa đi chơi")).result()
    house.trouble = "xin visa đi chơi"
    with caplog.at_level(logging.INFO):
        page = await binh.opens("/hang-doi")
    assert page.status_code == 500
    assert "Trang gặp lỗi" in seen(page.text)
    assert "/hang-doi failed: ValueError" in caplog.text
    assert "visa" not in caplog.text + page.text


async def test_a_fault_of_the_database_is_told_in_words(house: House, binh: Browser) -> None:
    with closing(sqlite3.connect(house.folder / "pages.db")) as other:
        other.execute("DROP TABLE switches")
    page = await binh.opens("/hang-doi")
    assert page.status_code == 503
    assert "Hãy xem quyền ghi" in seen(page.text)


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "/khong-co", 404, "Không có trang này"),
        ("GET", "/nhom/999", 404, "Không có trang này"),
        ("GET", "/nhom/abc", 404, "Không có trang này"),
        ("GET", f"/nhom/{'9' * 40}", 404, "Không có trang này"),
        ("GET", "/hang-doi/", 404, "Không có trang này"),
        ("GET", "/cau-hoi/0", 404, "Không có trang này"),
        ("GET", "/viec/khong-co", 404, "Việc này không còn nữa"),
        ("GET", "/nhom/1/nhan", 405, "bấm nút trên đó"),
        ("POST", "/hang-doi", 405, "bấm nút trên đó"),
        ("GET", "/can-bo", 403, "Vai trò của bạn là “biên tập”"),
    ],
)
async def test_what_cannot_be_shown_is_told(binh: Browser, method: str, path: str, status: int, words: str) -> None:
    page = await binh.asks(method, path, sec_fetch_site="same-origin")
    assert page.status_code == status
    assert words in seen(page.text)


async def test_a_page_is_asked_for_without_its_body(binh: Browser) -> None:
    assert (await binh.asks("HEAD", "/hang-doi")).status_code == 200


def test_every_form_and_page_but_signing_in_stands_behind_a_right() -> None:
    opened = {(door.method, door.path) for door in DOORS if door.right is None}
    assert opened == {
        ("GET", "/dang-nhap"),
        ("GET", "/dang-nhap/{key}"),
        ("POST", "/dang-nhap/{key}"),
        ("POST", "/dang-xuat"),
        ("GET", "/static/staff.css"),
    }


CLOSED = [(door.method, door.path) for door in DOORS if door.right]
CHANGES = set(Right) - {Right.READ}


@pytest.mark.parametrize(("method", "path"), CLOSED)
async def test_a_stranger_gets_nowhere(house: House, method: str, path: str) -> None:
    async with Browser(house) as stranger:
        address = path.replace("{id}", "1").replace("{name}", "khan")
        page = await stranger.asks(method, address, sec_fetch_site="same-origin")
    assert page.status_code == (303 if method == "GET" else 401)


@pytest.mark.parametrize("path", [door.path for door in DOORS if door.method == "POST" and door.right in CHANGES])
async def test_who_may_only_read_changes_nothing(house: House, path: str) -> None:
    async with Browser(house) as giang:
        await giang.signs_in("Giang")
        page = await giang.sends(path.replace("{id}", "1").replace("{name}", "khan"), version="1")
    assert page.status_code == 403


def test_the_only_form_for_those_who_read_is_to_try_a_question() -> None:
    assert [door.path for door in DOORS if door.method == "POST" and door.right is Right.READ] == ["/hoi-thu"]


async def test_who_may_only_read_sees_no_buttons(house: House) -> None:
    number = house.gathers(entry("xin visa"))
    async with Browser(house) as giang:
        await giang.signs_in("Giang")
        page = (await giang.opens(f"/nhom/{number}")).text
    assert "xin visa" in page
    assert page.count("<form") == 1  # signing out
    assert "Đăng xuất" in page
    with pytest.raises(AssertionError):
        version_of(page)
