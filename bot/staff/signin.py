"""Signing in by a link that lasts five minutes and is worth something once; signing out."""

from http import HTTPStatus

from starlette.responses import Response

from bot.passes import hash_of
from bot.staff.access import close_session, open_session
from bot.staff.doors import Door, Visit, get, post, see

GONE = "Liên kết đăng nhập đã dùng rồi hoặc đã quá 5 phút. Hãy xin liên kết mới: nhắn /dangnhap cho bot."


def how(visit: Visit) -> Response:
    """How one signs in."""
    return see("/") if visit.known else visit.page("sign_in.html")


def offer(visit: Visit) -> Response:
    """A button that signs in. Looking spends nothing: Telegram fetches every link that it shows."""
    member = visit.site.staff.peek(_hash(visit), visit.site.clock())
    if member is None:
        return visit.page("sign_in.html", HTTPStatus.GONE, problem=GONE)
    return visit.page("sign_in_button.html", newcomer=member)


def enter(visit: Visit) -> Response:
    """Spend the link; of two who press at once, one comes in."""
    member = visit.site.staff.spend(_hash(visit), visit.site.clock())
    if member is None:
        return visit.page("sign_in.html", HTTPStatus.GONE, problem=GONE)
    response = see("/")
    open_session(visit.site, visit.request, member, response)
    return response


def leave(visit: Visit) -> Response:
    """End the session."""
    response = see("/dang-nhap")
    close_session(visit.site, visit.request, response)
    return response


def _hash(visit: Visit) -> str:
    return hash_of(str(visit.request.path_params["key"]))


DOORS: tuple[Door, ...] = (
    get("/dang-nhap", how, None),
    get("/dang-nhap/{key}", offer, None),
    post("/dang-nhap/{key}", enter, None),
    post("/dang-xuat", leave, None),
)
