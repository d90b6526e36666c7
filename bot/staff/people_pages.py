"""The staff: who belongs to it, with which role; added, changed and removed by those who manage."""

import re

from starlette.responses import Response

from bot.roles import Right, Role
from bot.staff.doors import Door, Visit, get, post, see
from bot.storage import Member

USER = re.compile(r"[1-9][0-9]{0,18}")
LONGEST_NAME = 80
NO_USER = "Mã Telegram là dãy số, ví dụ 123456789, không phải tên bắt đầu bằng @."
NO_NAME = "Hãy ghi tên cán bộ (dài nhất 80 chữ)."
NO_ROLE = "Hãy chọn một vai trò."
THERE_ALREADY = "Mã này đã là cán bộ “{name}”. Hãy đổi vai trò ở danh sách."
NOT_ONESELF = (
    "Không tự đổi hay gỡ quyền của chính mình được: hãy nhờ một người “quản trị” khác, để luôn còn người quản trị."
)
NOBODY = "Người này không còn trong danh sách cán bộ."


def people(visit: Visit) -> Response:
    """Who belongs to the staff."""
    return _shown(visit)


def add(visit: Visit) -> Response:
    """Somebody more."""
    user, name, role = visit.form.text("user"), visit.form.text("name"), _role(visit)
    there = visit.site.staff.by_user(user) if USER.fullmatch(user) else None
    problem = (
        (not USER.fullmatch(user) and NO_USER)
        or (not 0 < len(name) <= LONGEST_NAME and NO_NAME)
        or (role is None and NO_ROLE)
        or (there and THERE_ALREADY.format(name=there.name))
    )
    if problem or role is None:
        return _shown(visit, str(problem))
    visit.site.staff.add(user, " ".join(name.split()), role, visit.member, visit.site.clock())
    return see("/can-bo")


def change(visit: Visit) -> Response:
    """Another role."""
    member, role = visit.site.staff.by_id(visit.number("id")), _role(visit)
    problem = _problem(visit, member) or ("" if role else NO_ROLE)
    if problem or member is None or role is None:
        return _shown(visit, problem)
    visit.site.staff.add(member.user, member.name, role, visit.member, visit.site.clock())
    return see("/can-bo")


def remove(visit: Visit) -> Response:
    """No longer of the staff: out of every page at once."""
    member = visit.site.staff.by_id(visit.number("id"))
    problem = _problem(visit, member)
    if problem or member is None:
        return _shown(visit, problem)
    visit.site.staff.remove(member.user, visit.member, visit.site.clock())
    return see("/can-bo")


def _problem(visit: Visit, member: Member | None) -> str:
    if member is None:
        return NOBODY
    return NOT_ONESELF if member.id == visit.member.id else ""


def _role(visit: Visit) -> Role | None:
    given = visit.form.text("role")
    return Role(given) if given in set(Role) else None


def _shown(visit: Visit, problem: str = "") -> Response:
    values = {"people": visit.site.staff.all(), "roles": list(Role), "typed": visit.form, "problem": problem}
    return visit.page("people.html", 422 if problem else 200, **values)


DOORS: tuple[Door, ...] = (
    get("/can-bo", people, Right.MANAGE),
    post("/can-bo", add, Right.MANAGE),
    post("/can-bo/{id}/vai-tro", change, Right.MANAGE),
    post("/can-bo/{id}/go", remove, Right.MANAGE),
)
