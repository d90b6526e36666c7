"""The emergency banner and the pause: what citizens read, switched on and off with a reason."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post, see
from bot.storage import SwitchName

LONGEST_WORDS, LONGEST_REASON = 500, 300  # characters: it stands over every answer on a phone
NO_WORDS = "Hãy ghi lời mà người dân sẽ đọc, dài nhất 500 chữ cái."
NO_REASON = "Hãy ghi lý do, dài nhất 300 chữ cái: lý do được giữ trong trang Kiểm toán."
ADDRESSES = {"khan": SwitchName.BANNER, "tam-dung": SwitchName.PAUSE}


def notices(visit: Visit) -> Response:
    """Both switches."""
    return _shown(visit)


def switch_on(visit: Visit) -> Response:
    """Switch one on, or give it other words."""
    name, words, reason = _name(visit), visit.form.text("words"), visit.form.text("reason")
    if not 0 < len(words) <= LONGEST_WORDS:
        return _shown(visit, NO_WORDS)
    if not 0 < len(reason) <= LONGEST_REASON:
        return _shown(visit, NO_REASON)
    visit.site.switches.set(name, words, reason, visit.member, visit.site.clock())
    return see("/thong-bao")


def switch_off(visit: Visit) -> Response:
    """Switch one off; it may be off already."""
    reason = visit.form.text("reason")
    if not 0 < len(reason) <= LONGEST_REASON:
        return _shown(visit, NO_REASON)
    visit.site.switches.clear(_name(visit), reason, visit.member, visit.site.clock())
    return see("/thong-bao")


def _name(visit: Visit) -> SwitchName:
    name = ADDRESSES.get(str(visit.request.path_params["name"]))
    if name is None:
        raise HTTPException(404)
    return name


def _shown(visit: Visit, problem: str = "") -> Response:
    rows = [(address, name, visit.site.switches.get(name)) for address, name in ADDRESSES.items()]
    typed_for = visit.request.path_params.get("name")
    values = {"rows": rows, "typed": visit.form, "typed_for": typed_for, "problem": problem}
    return visit.page("notices.html", 422 if problem else 200, **values)


DOORS: tuple[Door, ...] = (
    get("/thong-bao", notices, Right.MANAGE),
    post("/thong-bao/{name}", switch_on, Right.MANAGE),
    post("/thong-bao/{name}/tat", switch_off, Right.MANAGE),
)
