"""Templates filled in: everything escaped, times as people say them, and what every page shares."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

import bot.staff.words as words
from bot.config import OFFICE_TIME
from bot.roles import Right
from bot.storage import Member

FOLDER = Path(__file__).parent / "templates"
MINUTE, HOUR, DAY = 60, 3600, 86400
FRESH = 30 * DAY  # from then on a day says more than "45 ngày trước"
SAFE_LINKS = ("https://", "http://")


@dataclass(frozen=True)
class Place:
    """A line of the menu."""

    path: str
    name: str
    right: Right = Right.READ


MENU = (
    Place("/hang-doi", "Hàng đợi"),
    Place("/tri-thuc", "Tri thức"),
    Place("/hoi-thu", "Hỏi thử"),
    Place("/nhat-ky", "Nhật ký"),
    Place("/so-lieu", "Số liệu"),
    Place("/thay-doi", "Lần sửa"),
    Place("/kiem-toan", "Kiểm toán"),
    Place("/can-bo", "Cán bộ", Right.MANAGE),
    Place("/thong-bao", "Thông báo", Right.MANAGE),
)


class Pages:
    """Pages of one office, some of them with a warning that what is sent to them can be overheard."""

    def __init__(self, office: str, clock: Callable[[], datetime.datetime], exposed: bool) -> None:
        self._clock = clock
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(office=office, exposed=exposed, words=words, Right=Right)
        self._environment.filters.update(
            ago=self._ago, moment=moment, day=day, number=grouped, link=link, localday=localday
        )

    def response(
        self, template: str, status: int, member: Member | None, path: str, /, **values: object
    ) -> HTMLResponse:
        """A page as it is sent."""
        menu = [place for place in MENU if member and member.may(place.right)]
        shared = {"member": member, "menu": menu, "path": path, "problem": "", "paused": None}
        return HTMLResponse(self._environment.get_template(template).render(shared | values), status)

    def _ago(self, at: datetime.datetime) -> str:
        return ago(self._clock() - at, at)


def ago(age: datetime.timedelta, at: datetime.datetime) -> str:
    """How long ago something was: "5 phút trước", and of old things the day."""
    seconds = age.total_seconds()
    if seconds < MINUTE:
        return "dưới 1 phút trước"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} phút trước"
    if seconds < DAY:
        return f"{int(seconds // HOUR)} giờ trước"
    return f"{int(seconds // DAY)} ngày trước" if seconds < FRESH else f"ngày {day(at)}"


def moment(at: datetime.datetime) -> str:
    """A moment at the office: "16:05 23/11/2026"."""
    return f"{at.astimezone(OFFICE_TIME):%H:%M %d/%m/%Y}"


def day(at: datetime.datetime) -> str:
    """The day of a moment at the office."""
    return f"{at.astimezone(OFFICE_TIME):%d/%m/%Y}"


def localday(day: str) -> str:
    """A stored day as people write it: "2026-11-23" is 23/11/2026."""
    return "/".join(reversed(day.split("-")))


def grouped(count: int) -> str:
    """A count as it is written in Vietnamese: 100.000."""
    return f"{count:,}".replace(",", ".")


def link(address: str | None) -> str:
    """An address that may stand behind a link; "" for one that a browser would run instead of opening."""
    return address if address and address.startswith(SAFE_LINKS) else ""
