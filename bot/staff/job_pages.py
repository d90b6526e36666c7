"""Work that staff wait for: its page tells how far it is, and in the end what came of it, with a button to go on."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.errors import MotCuaError
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post, see
from bot.staff.jobs import Job

AGAIN = "2"  # seconds; a header and not a tag, so that nobody's reading is cut off once the work has ended
GONE = "Việc này không còn nữa: trang cán bộ đã khởi động lại, hoặc bạn đã bấm nút rồi. Hãy mở lại nhóm câu hỏi để xem."


def job(visit: Visit) -> Response:
    """How far it is; a browser comes back by itself."""
    found = _found(visit.site.jobs.of(_id(visit), visit.member.id))
    if not found.ended:
        page = visit.page("job.html", 200, job=found)
        page.headers["Refresh"] = AGAIN
        return page
    if found.problem:
        return visit.page("job_failed.html", 200, job=found)
    return visit.page(found.template, 200, job=found, result=found.result)


def finish(visit: Visit) -> Response:
    """Do what the work was for."""
    taken = _found(visit.site.jobs.take(_id(visit), visit.member.id))
    if taken.problem:
        raise HTTPException(409, taken.problem)
    try:
        return see(taken.finish(taken.result, visit.member))
    except MotCuaError as error:
        taken.problem = str(error)
        return visit.page("job_failed.html", 409, job=taken)


def discard(visit: Visit) -> Response:
    """Leave all as it is."""
    taken = _found(visit.site.jobs.take(_id(visit), visit.member.id))
    return see(taken.back)


def _id(visit: Visit) -> str:
    return str(visit.request.path_params["id"])


def _found(job: Job | None) -> Job:
    if job is None:
        raise HTTPException(404, GONE)
    return job


DOORS: tuple[Door, ...] = (
    get("/viec/{id}", job, Right.EDIT),
    post("/viec/{id}/ghi", finish, Right.EDIT),
    post("/viec/{id}/bo", discard, Right.EDIT),
)
