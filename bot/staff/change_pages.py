"""What was changed in the base lately, each change taken back by one button."""

import datetime

from starlette.responses import Response

from bot.errors import MotCuaError
from bot.review.records import Record, find, newest
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post, see
from bot.storage import State, Ticket

SHOWN = 30
LONGEST_REASON = 300
NO_REASON = "Hãy ghi lý do hoàn tác (dài nhất 300 chữ cái)."
SUBJECT = "ticket:"


def changes(visit: Visit) -> Response:
    """The last changes, newest first."""
    return _shown(visit)


def take_back(visit: Visit) -> Response:
    """Put the former files back; the group that was settled by them waits again."""
    number, reason = str(visit.request.path_params["id"]), visit.form.text("reason")
    if not 0 < len(reason) <= LONGEST_REASON:
        return _shown(visit, NO_REASON)
    try:
        record = find(visit.site.stage.folder, number)
        visit.site.settling.undo(record.id, visit.member, reason, _ticket(visit, record))
    except MotCuaError as error:
        return _shown(visit, str(error), 409)
    return see("/thay-doi?da=1")


def _ticket(visit: Visit, record: Record) -> Ticket | None:
    """The group that a change settled, while it counts as settled: the audit has its row with the very same moment."""
    rows = visit.site.audit.search(record.at, record.at + datetime.timedelta(microseconds=1), what="knowledge.edit")
    numbers = [int(row.subject.removeprefix(SUBJECT)) for row in rows if row.subject.startswith(SUBJECT)]
    found = [visit.site.tickets.ticket(number) for number in numbers]
    return next((one for one in found if one and one.state is State.DONE), None)


def _shown(visit: Visit, problem: str = "", status: int = 422) -> Response:
    done = "Đã hoàn tác. Bot dùng lại bản trước sau vài giây." if visit.asked.text("da") else ""
    values = {"records": newest(visit.site.stage.folder, SHOWN), "may_edit": visit.may(Right.EDIT)}
    return visit.page("changes.html", status if problem else 200, problem=problem, done=done, **values)


DOORS: tuple[Door, ...] = (
    get("/thay-doi", changes, Right.READ),
    post("/thay-doi/{id}/hoan-tac", take_back, Right.EDIT),
)
