"""The staff pages as one application: every address in one list, and the wall around all of them."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from bot.roles import Right
from bot.staff import faults, job_pages, log_pages, notice_pages, people_pages, queue_pages, signin, ticket_pages
from bot.staff.doors import Door, Visit, get, see
from bot.staff.guard import Guard
from bot.staff.site import Site

STYLE = (Path(__file__).parent / "static" / "staff.css").read_bytes()


def start(_visit: Visit) -> Response:
    """Work begins at the queue."""
    return see("/hang-doi")


def style(_visit: Visit) -> Response:
    """How all pages look."""
    return Response(STYLE, media_type="text/css")


DOORS: tuple[Door, ...] = (
    get("/", start, Right.READ),
    get("/static/staff.css", style, None),
    *signin.DOORS,
    *queue_pages.DOORS,
    *ticket_pages.DOORS,
    *job_pages.DOORS,
    *log_pages.DOORS,
    *people_pages.DOORS,
    *notice_pages.DOORS,
)


def staff_app(site: Site) -> ASGIApp:
    """The application of one office."""

    async def refused(request: Request, error: Exception) -> Response:
        return faults.refused(site, request, error)

    app = Starlette(routes=[door.route(site) for door in DOORS], exception_handlers={HTTPException: refused})
    return Guard(app, site.address, lambda scope, status, words: faults.turned_away(site, scope, status, words))
