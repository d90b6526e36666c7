"""The staff pages in this process: `Browser` is one person's, with cookies; people sign in by their own link."""

import datetime
import re
from html import unescape
from pathlib import Path
from types import TracebackType

import httpx

from bot.desk import Desk
from bot.knowledge import Knowledge
from bot.passes import LINK_LASTS, hash_of, new_key
from bot.replies import Voice
from bot.review.stage import Stage
from bot.roles import Role
from bot.staff import Address, Site, staff_app
from bot.storage import CONSOLE, Kind, LogEntry, Member, Placing, Questions, Watches, open_database
from bot.storage.watches import Address as Chat
from tests.entries import NOW
from tests.small import load_small

HOME = "http://127.0.0.1:8321"
OWN = {"Sec-Fetch-Site": "same-origin"}
PEOPLE = {"Bình": ("501", Role.EDITOR), "Dung": ("502", Role.ADMIN), "Giang": ("503", Role.VIEWER)}


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime.datetime:
        return self.now

    def moves(self, **by: float) -> None:
        """Time goes by."""
        self.now += datetime.timedelta(**by)


class House:
    """One office with its pages, on the tiny base."""

    def __init__(self, folder: Path, address: Address | None = None, base: Knowledge | None = None) -> None:
        self.folder = folder
        self.clock = Clock()
        self.trouble = ""  # the words of a fault that nobody foresaw
        self.database = open_database(folder / "pages.db")
        self.knowledge = base or load_small(folder / "kb")
        self.desk = Desk(self.knowledge, Voice("xã Kiểm Thử"), self.clock)
        stage = Stage(folder / "kb", None, folder / "shelf")
        self.site = Site(self.database, self.desk, address or Address(), stage, self.gather)
        self.app = staff_app(self.site)
        self.log = Questions(self.database)
        self.staff = {name: self._joins(name, *who) for name, who in PEOPLE.items()}

    def _joins(self, name: str, user: str, role: Role) -> Member:
        return self.site.staff.add(user, name, role, CONSOLE, self.clock())

    def gather(self) -> None:
        """Each loose row into a ticket of its own; of like words, `gathers` makes one."""
        if self.trouble:
            raise ValueError(self.trouble)
        for row in self.site.tickets.loose(1000):
            self.site.tickets.place([Placing(row.kind, [row.id], None, row.procedure)], self.clock())

    def gathers(self, *entries: LogEntry) -> int:
        """These questions, asked and put into one new ticket."""
        before = {row.id for row in self.site.tickets.loose(1000)}
        for one in entries:
            self.log.add(one).result()
        ids = [row.id for row in self.site.tickets.loose(1000) if row.id not in before]
        number = self.site.tickets.open(Kind.QUESTION, None, ids, self.clock())
        assert number
        return number

    def waits(self, reference: str, chat: str = "77") -> None:
        """Somebody wants to be told of their question."""
        address = Chat("telegram", "1", chat, None, "vi")
        assert Watches(self.database).add(address, None, self.clock(), reference=reference)

    def link(self, name: str) -> str:
        """The path of a new link for somebody of the staff."""
        key, now = new_key(), self.clock()
        self.site.staff.link(self.staff[name].id, hash_of(key), now, now + LINK_LASTS)
        return f"/dang-nhap/{key}"

    def close(self) -> None:
        """End of the test."""
        self.site.close()
        self.database.close()


class Browser:
    """Somebody's browser; forms are sent as a browser sends those of the same site."""

    def __init__(self, house: House, home: str = HOME) -> None:
        self.house = house
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(house.app), base_url=home)

    async def __aenter__(self) -> "Browser":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    @property
    def cookies(self) -> httpx.Cookies:
        """What it keeps."""
        return self._client.cookies

    async def signs_in(self, name: str) -> "Browser":
        """Press the button behind a fresh link."""
        done = await self.sends(self.house.link(name))
        assert done.status_code == 303, done.text
        return self

    async def asks(self, method: str, path: str, **more: str) -> httpx.Response:
        """Any request with these headers alone; names are written with underscores."""
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        return await self._client.request(method, path, headers=headers)

    async def opens(self, path: str) -> httpx.Response:
        """Look at a page."""
        return await self._client.get(path)

    async def reads(self, path: str) -> str:
        """The words of a page, as a person sees them."""
        page = await self.opens(path)
        assert page.status_code == 200, (page.status_code, page.text)
        return seen(page.text)

    async def sends(self, path: str, /, **fields: str | list[str]) -> httpx.Response:
        """Send a form from our own page."""
        return await self.sends_from(OWN, path, **fields)

    async def sends_from(self, headers: dict[str, str], path: str, /, **fields: str | list[str]) -> httpx.Response:
        """Send a form with what a browser says of where it stood."""
        return await self._client.post(path, data=fields, headers=headers)


def seen(html: str) -> str:
    """The text of a page without its tags, spaces made one."""
    body = html.partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def version_of(page: str) -> str:
    """The version of the ticket that a page shows."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, page
    return found[1]
