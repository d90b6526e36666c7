"""What is said in place of a page: in words, with a way on."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from bot.staff.forms import Form
from bot.staff.site import Site

MEMBER = "motcua.member"  # in a request's scope: who the door found them to be
WORDS = {
    HTTPStatus.BAD_REQUEST: ("Không đọc được yêu cầu", "Hãy quay lại trang trước rồi làm lại."),
    HTTPStatus.UNAUTHORIZED: ("Chưa đăng nhập", "Hãy đăng nhập rồi làm lại."),
    HTTPStatus.FORBIDDEN: ("Không được phép", "Vai trò của bạn không làm được việc này."),
    HTTPStatus.NOT_FOUND: ("Không có trang này", "Địa chỉ có thể đã bị chép thiếu, hoặc mục này không còn nữa."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Không làm như vậy được", "Hãy mở trang rồi bấm nút trên đó."),
    HTTPStatus.CONFLICT: ("Có người vừa làm trước", "Hãy mở lại trang để xem tình trạng mới."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("Nội dung quá dài", "Hãy rút ngắn rồi gửi lại."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("Không đọc được yêu cầu", "Hãy mở lại trang rồi gửi lại biểu mẫu."),
    HTTPStatus.MISDIRECTED_REQUEST: ("Sai địa chỉ", "Hãy mở trang bằng đúng địa chỉ của cơ quan."),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Tạm thời chưa làm được", "Hãy thử lại sau ít phút."),
}
BROKEN = (
    "Trang gặp lỗi",
    "Lỗi đã được ghi vào nhật ký máy chủ. Hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị máy chủ.",
)


def fault_page(
    site: Site, request: Request, status: int, words: str = "", headers: Mapping[str, str] | None = None
) -> Response:
    """A page that says what is wrong."""
    title, usual = WORDS.get(HTTPStatus(status), BROKEN)
    member = request.scope.get(MEMBER)
    page = site.pages.response("fault.html", status, member, request.url.path, title=title, words=words or usual)
    page.headers.update(headers or {})
    return page


def signed_out_page(site: Site, request: Request, form: Form) -> Response:
    """The session is over: nothing was done, and what was typed is given back."""
    typed = [text for text in form.texts().values() if " " in text.strip()]
    return site.pages.response("signed_out.html", 401, None, request.url.path, typed=typed)


def refused(site: Site, request: Request, error: Exception) -> Response:
    """The page for what the framework or a page refuses."""
    if not isinstance(error, HTTPException):
        return fault_page(site, request, 500)
    standard = error.detail == HTTPStatus(error.status_code).phrase
    return fault_page(site, request, error.status_code, "" if standard else error.detail, error.headers)


def turned_away(site: Site, scope: Scope, status: HTTPStatus, words: str) -> Response:
    """The page for a request that does not reach the application."""
    return fault_page(site, Request(scope), status, words)
