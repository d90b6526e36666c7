"""Work that staff wait for: its page tells how far it is, and in the end what came of it, with a button to go on."""

from functools import partial

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.errors import MotCuaError
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post, see
from bot.staff.jobs import BROKEN, Job
from bot.storage import Member

AGAIN = "2"  # seconds; a header and not a tag, so that nobody's reading is cut off once the work has ended
GONE = "Việc này không còn nữa: trang cán bộ đã khởi động lại, hoặc việc đã quá cũ. Hãy mở lại hàng đợi."


def job(visit: Visit) -> Response:
    """How far it is; a browser comes back by itself."""
    found = _found(visit.site.jobs.of(_id(visit), visit.member.id))
    if found.problem:
        return visit.page("job_failed.html", 200, job=found)
    if found.outcome:
        return visit.page("job_done.html", 200, job=found)
    if found.ended and not found.taken:
        return visit.page(found.template, 200, job=found, result=found.result, name=partial(_name, visit, found))
    page = visit.page("job.html", 200, job=found)
    page.headers["Refresh"] = AGAIN
    return page


def _name(visit: Visit, job: Job, id: str) -> str:
    return job.names.get(id) or visit.site.desk.name_of(id)


def finish(visit: Visit) -> Response:
    """Do what the work was for; whoever presses twice looks at what the first press does."""
    taken = visit.site.jobs.take(_id(visit), visit.member.id)
    if taken and not taken.problem:
        _finish(taken, visit.member)
    return see(f"/viec/{_found(visit.site.jobs.of(_id(visit), visit.member.id)).id}")


def _finish(taken: Job, member: Member) -> None:
    try:
        taken.outcome = taken.finish(taken.result, member)
    except MotCuaError as error:
        taken.problem = str(error)
    except Exception:
        taken.problem = BROKEN
        raise


def discard(visit: Visit) -> Response:
    """Leave all as it is."""
    visit.site.jobs.take(_id(visit), visit.member.id)
    return see(_found(visit.site.jobs.of(_id(visit), visit.member.id)).back)


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
