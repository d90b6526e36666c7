"""What was changed in the base lately, each change taken back by one button."""

from starlette.responses import Response

from bot.errors import MotCuaError
from bot.review.records import find, newest
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post, see

SHOWN = 30
LONGEST_REASON = 300
NO_REASON = "Hãy ghi lý do hoàn tác (dài nhất 300 chữ cái)."


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
        settling = visit.site.settling
        settling.undo(record.id, visit.member, reason, settling.settled_by(record))
    except MotCuaError as error:
        return _shown(visit, str(error), 409)
    return see("/thay-doi?da=1")


def _shown(visit: Visit, problem: str = "", status: int = 422) -> Response:
    done = "Đã hoàn tác. Bot dùng lại bản trước sau vài giây." if visit.asked.text("da") else ""
    values = {"records": newest(visit.site.stage.folder, SHOWN), "may_edit": visit.may(Right.EDIT)}
    return visit.page("changes.html", status if problem else 200, problem=problem, done=done, **values)


DOORS: tuple[Door, ...] = (
    get("/thay-doi", changes, Right.READ),
    post("/thay-doi/{id}/hoan-tac", take_back, Right.EDIT),
)
