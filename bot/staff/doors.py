"""Every page stands behind one door: who comes is recognised afresh, their right is looked at, their form is read."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.errors import MotCuaError
from bot.roles import Right
from bot.staff.access import member_of
from bot.staff.faults import MEMBER, fault_page, signed_out_page
from bot.staff.forms import Form, asked, number, posted
from bot.staff.site import Site
from bot.storage import Member, SwitchName

NO_RIGHT = "Vai trò của bạn là “{role}”, không làm được việc này. Người có vai trò “quản trị” đổi được vai trò."

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Visit:
    """One request to one page: who comes, to where, with what."""

    site: Site
    request: Request
    form: Form = field(default_factory=Form)
    known: Member | None = None

    @property
    def member(self) -> Member:
        """Who is signed in; pages behind a right always have one."""
        if self.known is None:
            raise HTTPException(401)
        return self.known

    @property
    def asked(self) -> Form:
        """What stands behind the question mark of the address."""
        return asked(self.request)

    def number(self, name: str) -> int:
        """A number within the address; 0 for what is none, and no row has that."""
        return number(str(self.request.path_params.get(name, "")))

    def may(self, right: Right) -> bool:
        """Whether who comes has a right now."""
        return self.known is not None and self.known.may(right)

    def page(self, template: str, status: int = 200, /, **values: object) -> Response:
        """A page filled in."""
        paused = self.site.switches.get(SwitchName.PAUSE) if self.known else None
        shared = {"paused": paused, "name": self.site.desk.name_of, **values}
        return self.site.pages.response(template, status, self.known, self.request.url.path, **shared)


Page = Callable[[Visit], Response]


@dataclass(frozen=True)
class Door:
    """One address: with which method, which page, and the right it needs; None lets everybody in."""

    path: str
    method: str
    page: Page
    right: Right | None

    def route(self, site: Site) -> Route:
        """The same as the framework wants it."""

        async def enter(request: Request) -> Response:
            return await self._enter(site, request)

        return Route(self.path, enter, methods=[self.method])

    async def _enter(self, site: Site, request: Request) -> Response:
        try:
            return await self._entered(site, request)
        except HTTPException:
            raise
        except MotCuaError as error:
            return fault_page(site, request, 503, str(error))
        except Exception as error:
            where = "".join(traceback.format_tb(error.__traceback__))  # its words may hold a question
            logger.error("%s failed: %s\n%s", self.path, type(error).__name__, where)
            return fault_page(site, request, 500)

    async def _entered(self, site: Site, request: Request) -> Response:
        known = request.scope[MEMBER] = await run_in_threadpool(member_of, site, request)
        form = await posted(request) if self.method == "POST" else Form()
        if self.right and known is None:
            return _to_sign_in(site, request, form)
        if self.right and known and not known.may(self.right):
            raise HTTPException(403, NO_RIGHT.format(role=known.role.value))
        return await run_in_threadpool(self.page, Visit(site, request, form, known))


def _to_sign_in(site: Site, request: Request, form: Form) -> Response:
    """Nobody is let in; what was typed is given back, so that it can be copied."""
    if request.method != "POST":
        return RedirectResponse("/dang-nhap", 303)
    return signed_out_page(site, request, form)


def see(path: str) -> Response:
    """Look at another page after a form was dealt with, so that reloading sends nothing twice."""
    return RedirectResponse(path, 303)


def get(path: str, page: Page, right: Right | None) -> Door:
    """A page to look at."""
    return Door(path, "GET", page, right)


def post(path: str, page: Page, right: Right | None) -> Door:
    """A form that is sent."""
    return Door(path, "POST", page, right)
