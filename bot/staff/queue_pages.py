"""The queue: groups of questions that wait for staff, the most askers first, then the oldest."""

from urllib.parse import urlencode

from starlette.responses import Response

from bot.roles import Right
from bot.staff.doors import Door, Visit, get
from bot.storage import Kind, State

ROWS = 20
LAST_PAGE = 10_000
STATES = {"moi": State.NEW, "dang-xu-ly": State.TAKEN, "xong": State.DONE, "bo-qua": State.IGNORED}
KINDS = {"chua-tra-loi": Kind.QUESTION, "bao-sai": Kind.DISPUTED}
NEAREST = 3


def queue(visit: Visit) -> Response:
    """One page of the groups of one kind in one state."""
    site = visit.site
    if site.tickets.loose(1):
        site.gatherer.soon()
    kind, state = visit.asked.text("loai"), visit.asked.text("tinh-trang")
    kind = kind if kind in KINDS else "chua-tra-loi"
    state = state if state in STATES else "moi"
    number = min(max(visit.asked.number("trang", 1), 1), LAST_PAGE)
    found = site.tickets.page(STATES[state], KINDS[kind], ROWS + 1, (number - 1) * ROWS)
    return visit.page(
        "queue.html",
        tickets=found[:ROWS],
        totals=site.tickets.totals(),
        kinds=[(name, address(name, state), name == kind) for name in KINDS],
        states=[(name, address(kind, name), name == state) for name in STATES],
        kind=kind,
        state=state,
        number=number,
        newer=address(kind, state, number - 1) if number > 1 else "",
        older=address(kind, state, number + 1) if len(found) > ROWS else "",
    )


def address(kind: str, state: str, number: int = 1) -> str:
    """Where a page of the queue is."""
    return "/hang-doi?" + urlencode({"loai": kind, "tinh-trang": state, **({"trang": number} if number > 1 else {})})


DOORS: tuple[Door, ...] = (get("/hang-doi", queue, Right.READ),)
