"""What somebody does in an editor of the staff pages: begin, try, write."""

from html import unescape

import httpx

from tests.pages import Browser, seen

WHY = "theo văn bản mới"


def value(page: str, name: str) -> str:
    """What a field of a page holds."""
    return unescape(page.partition(f'name="{name}"')[2].partition('value="')[2].partition('"')[0])


def text(page: str) -> str:
    """What stands in the editor."""
    return unescape(page.partition('name="text"')[2].partition(">\n")[2].partition("</textarea>")[0])


async def begins(binh: Browser, path: str = "/muc/tam-tru/sua") -> tuple[str, str]:
    """The text of an editor, and the mark of what it began from."""
    page = await binh.opens(path)
    assert page.status_code == 200, seen(page.text)
    return text(page.text), value(page.text, "seen")


async def tries(binh: Browser, path: str, **fields: str) -> httpx.Response:
    """Try on a copy, and look at what came of it."""
    started = await binh.sends(path, lam="thu", reason=WHY, **fields)
    assert started.status_code == 303, seen(started.text)
    while True:
        page = await binh.opens(started.headers["location"])
        if "Refresh" not in page.headers:
            return page


async def writes(binh: Browser, page: httpx.Response) -> str:
    """Press the button under what was tried."""
    return seen((await binh.opens((await binh.sends(f"{page.url.path}/ghi")).headers["location"])).text)
