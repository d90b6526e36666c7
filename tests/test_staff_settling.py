"""A phrase added from a page: tried on a copy, shown, written by a button, taken back by another; nobody overwrites."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bot.knowledge import load
from bot.storage import Outbox, State
from tests.entries import entry
from tests.pages import Browser, House, seen
from tests.small import change

ASKED = "cho người lạ ngủ nhờ phải báo ai"
FILE = "procedures/cu-tru.yaml"
SECONDS = 30.0


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
async def binh(house: House) -> AsyncIterator[Browser]:
    async with Browser(house) as browser:
        yield await browser.signs_in("Bình")


def phrases(house: House) -> tuple[str, ...]:
    """By what tam-tru may be asked for, as it is on disk."""
    return load(house.folder / "kb", None).by_id["tam-tru"].phrases


async def waited(browser: Browser, path: str) -> httpx.Response:
    """The page of a job, once it has ended; until then it asks to be looked at again."""
    async with asyncio.timeout(SECONDS):
        while "refresh" in (page := await browser.opens(path)).headers:
            assert page.headers["refresh"] == "2"
            await asyncio.sleep(0.05)
    return page


async def rehearsed(browser: Browser, number: int, **fields: str) -> str:
    """Press "Thêm vào mục này"; the address of the job that then runs."""
    form = {"version": "1", "entry": "tam-tru", "phrase": ASKED} | fields
    begun = await browser.sends(f"/nhom/{number}/them", **form)
    assert begun.status_code == 303, seen(begun.text)
    return str(begun.headers["location"])


async def test_a_phrase_is_tried_shown_and_written_by_a_button(house: House, binh: Browser) -> None:
    one = entry(ASKED)
    number = house.gathers(one)
    house.waits(one.reference)
    job = await rehearsed(binh, number)
    page = seen((await waited(binh, job)).text)
    assert f"Thêm “{ASKED}” vào Đăng ký tạm trú" in page
    assert "Không câu hỏi thử nào kém đi" in page
    assert f"{ASKED} chưa trả lời được Đăng ký tạm trú" in page
    assert f"+ - {ASKED}" in page
    assert ASKED not in phrases(house)
    done = await binh.sends(f"{job}/ghi")
    assert done.headers["location"] == job
    assert "1 người sẽ được báo." in await binh.reads(job)
    assert ASKED in phrases(house)
    ticket = house.site.tickets.ticket(number)
    assert ticket
    assert (ticket.state, ticket.settled_procedure) == (State.DONE, "tam-tru")
    assert Outbox(house.database).counts(number).waiting == 1
    assert "Xong dưới 1 phút trước, Bình: đã thêm làm cách hỏi của mục Đăng ký tạm trú" in await binh.reads(
        f"/nhom/{number}"
    )


async def test_pressing_twice_writes_once(house: House, binh: Browser) -> None:
    number = house.gathers(entry(ASKED))
    job = await rehearsed(binh, number)
    await waited(binh, job)
    first, second = await asyncio.gather(binh.sends(f"{job}/ghi"), binh.sends(f"{job}/ghi"))
    assert (first.status_code, second.status_code) == (303, 303)
    assert "Đã ghi" in seen((await waited(binh, job)).text)
    assert phrases(house).count(ASKED) == 1
    assert [row.what for row in house.site.audit.of(f"ticket:{number}")] == ["knowledge.edit", "ticket.settle"]


async def test_nothing_is_written_by_whoever_thinks_better_of_it(house: House, binh: Browser) -> None:
    number = house.gathers(entry(ASKED))
    job = await rehearsed(binh, number)
    await waited(binh, job)
    left = await binh.sends(f"{job}/bo")
    assert left.headers["location"] == f"/nhom/{number}"
    await binh.sends(f"{job}/ghi")
    assert ASKED not in phrases(house)


async def test_a_change_is_taken_back_and_the_group_waits_again(house: House, binh: Browser) -> None:
    before = (house.folder / "kb" / FILE).read_bytes()
    number = house.gathers(entry(ASKED))
    job = await rehearsed(binh, number)
    await waited(binh, job)
    await binh.sends(f"{job}/ghi")
    page = (await binh.opens("/thay-doi")).text
    assert f"Thêm cách hỏi vào tam-tru: {ASKED} (nhóm {number})" in page
    path = page.partition('action="/thay-doi/')[2].partition('"')[0]
    assert (await binh.sends(f"/thay-doi/{path}", reason="")).status_code == 422
    assert (await binh.sends(f"/thay-doi/{path}", reason="nhầm mục")).status_code == 303
    assert (house.folder / "kb" / FILE).read_bytes() == before
    ticket = house.site.tickets.ticket(number)
    assert ticket
    assert ticket.state is State.NEW
    again = await binh.sends(f"/thay-doi/{path}", reason="lần nữa")
    assert again.status_code == 409


async def test_a_file_that_changed_meanwhile_is_not_written_over(house: House, binh: Browser) -> None:
    number = house.gathers(entry(ASKED))
    job = await rehearsed(binh, number)
    await waited(binh, job)
    change(house.folder / "kb", FILE, "Dành cho người đến ở", "Cho người đến ở")
    await binh.sends(f"{job}/ghi")
    page = await binh.reads(job)
    assert "Không ghi được, bộ tri thức không đổi" in page
    assert f"{FILE} vừa được người khác sửa" in page
    assert ASKED not in phrases(house)
    assert "Cho người đến ở" in (house.folder / "kb" / FILE).read_text("utf-8")


async def test_who_settles_while_another_rehearses_wins(house: House, binh: Browser) -> None:
    number = house.gathers(entry(ASKED))
    job = await rehearsed(binh, number)
    await waited(binh, job)
    async with Browser(house) as dung:
        await dung.signs_in("Dung")
        await dung.sends(f"/nhom/{number}/bo-qua", version="1", reason="trùng")
        await binh.sends(f"{job}/ghi")
    assert "Dung vừa giải quyết xong nhóm này" in await binh.reads(job)
    assert ASKED not in phrases(house)


async def test_what_helps_nobody_is_refused_in_words(house: House, binh: Browser) -> None:
    number = house.gathers(entry("nuôi mèo trong nhà"))
    job = await rehearsed(binh, number, phrase="đăng ký ở trọ dài ngày")
    await waited(binh, job)
    await binh.sends(f"{job}/ghi")
    assert "chưa câu nào của nhóm này được trả lời thẳng" in await binh.reads(job)


async def test_a_broken_base_is_told_with_file_and_line(house: House, binh: Browser) -> None:
    number = house.gathers(entry(ASKED))
    change(house.folder / "kb", FILE, "level: xã", "level: làng")
    page = seen((await waited(binh, await rehearsed(binh, number))).text)
    assert "Không ghi được" in page
    assert f"{FILE}:" in page


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"phrase": ""}, 422, "Hãy ghi cách hỏi cần thêm"),
        ({"phrase": "a" * 201}, 422, "Hãy ghi cách hỏi cần thêm"),
        ({"entry": "khong-co"}, 422, "Mục này không còn"),
        ({"version": "7"}, 409, "nhóm câu hỏi này vừa thay đổi"),
    ],
)
async def test_what_cannot_be_tried_is_told(
    house: House, binh: Browser, fields: dict[str, str], status: int, words: str
) -> None:
    number = house.gathers(entry(ASKED))
    form = {"version": "1", "entry": "tam-tru", "phrase": ASKED} | fields
    page = await binh.sends(f"/nhom/{number}/them", **form)
    assert (page.status_code, words in seen(page.text)) == (status, True)


async def test_a_settled_group_gets_no_phrase(house: House, binh: Browser) -> None:
    number = house.gathers(entry(ASKED))
    await binh.sends(f"/nhom/{number}/bo-qua", version="1", reason="trùng")
    page = await binh.sends(f"/nhom/{number}/them", version="2", entry="tam-tru", phrase=ASKED)
    assert "Nhóm này đã được xử lý" in seen(page.text)


async def test_a_job_belongs_to_who_began_it(house: House, binh: Browser) -> None:
    job = await rehearsed(binh, house.gathers(entry(ASKED)))
    await waited(binh, job)
    async with Browser(house) as dung:
        await dung.signs_in("Dung")
        assert (await dung.opens(job)).status_code == 404
        assert (await dung.sends(f"{job}/ghi")).status_code == 404
        assert (await dung.sends(f"{job}/bo")).status_code == 404
    assert ASKED not in phrases(house)


async def test_whoever_was_demoted_meanwhile_writes_nothing(house: House, binh: Browser) -> None:
    job = await rehearsed(binh, house.gathers(entry(ASKED)))
    await waited(binh, job)
    house.site.staff.remove("501", house.staff["Dung"], house.clock())
    assert (await binh.sends(f"{job}/ghi")).status_code == 401
    assert ASKED not in phrases(house)
