"""The staff pages as one application: every address in one list, and the wall around all of them."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from bot.roles import Right
from bot.staff.change_pages import DOORS as CHANGE_DOORS
from bot.staff.doors import Door, Visit, get, see
from bot.staff.edit_pages import DOORS as EDIT_DOORS
from bot.staff.faults import refused, turned_away
from bot.staff.figure_pages import DOORS as FIGURE_DOORS
from bot.staff.guard import Guard
from bot.staff.job_pages import DOORS as JOB_DOORS
from bot.staff.knowledge_pages import DOORS as KNOWLEDGE_DOORS
from bot.staff.log_pages import DOORS as LOG_DOORS
from bot.staff.new_pages import DOORS as NEW_DOORS
from bot.staff.notice_pages import DOORS as NOTICE_DOORS
from bot.staff.people_pages import DOORS as PEOPLE_DOORS
from bot.staff.queue_pages import DOORS as QUEUE_DOORS
from bot.staff.signin import DOORS as SIGN_IN_DOORS
from bot.staff.site import Site
from bot.staff.ticket_pages import DOORS as TICKET_DOORS

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
    *SIGN_IN_DOORS,
    *QUEUE_DOORS,
    *TICKET_DOORS,
    *JOB_DOORS,
    *KNOWLEDGE_DOORS,
    *EDIT_DOORS,
    *NEW_DOORS,
    *CHANGE_DOORS,
    *LOG_DOORS,
    *FIGURE_DOORS,
    *PEOPLE_DOORS,
    *NOTICE_DOORS,
)


def staff_app(site: Site) -> ASGIApp:
    """The application of one office."""

    async def fault(request: Request, error: Exception) -> Response:
        return refused(site, request, error)

    app = Starlette(routes=[door.route(site) for door in DOORS], exception_handlers={HTTPException: fault})
    app.router.redirect_slashes = False  # it would name http:// behind a proxy, and send a key on that way
    return Guard(app, site.address, lambda scope, status, words: turned_away(site, scope, status, words))
