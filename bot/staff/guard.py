"""The outermost wall of the staff pages: who is called by a wrong name or posted to from elsewhere is turned away."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = ("GET", "HEAD", "OPTIONS")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PROTECTION = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    # With `no-referrer` a browser says "Origin: null" in its own forms too, and old phones say nothing else.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
WRONG_HOST = "Địa chỉ này không phải địa chỉ của trang cán bộ. Hãy mở đúng địa chỉ ghi ở khóa staff_url."
FROM_ELSEWHERE = (
    "Trình duyệt không cho biết yêu cầu này được gửi từ chính trang cán bộ, nên không có gì thay đổi. "
    "Hãy mở lại trang từ địa chỉ của cơ quan rồi bấm lại nút."
)

Refuse = Callable[[Scope, HTTPStatus, str], Response]


@dataclass(frozen=True)
class Address:
    """How the pages are reached: the names they answer to, and whether what is sent to them is encrypted on the way.

    `exposed`: it is not, and the way is longer than this machine.
    """

    hosts: frozenset[str] = LOOPBACK
    encrypted: bool = False
    exposed: bool = False


class Guard:
    """Around the whole application, so that faults and refusals carry the same headers as pages."""

    def __init__(self, app: ASGIApp, address: Address, refuse: Refuse) -> None:
        self._app = app
        self._address = address
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(PROTECTION)
            await send(message)

        problem = self._problem(scope)
        app = self._refuse(scope, *problem) if problem else self._app
        await app(scope, receive, protected)

    def _problem(self, scope: Scope) -> tuple[HTTPStatus, str] | None:
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or _name(headers["host"]) not in self._address.hosts:
            return HTTPStatus.MISDIRECTED_REQUEST, WRONG_HOST
        if scope["method"] not in SAFE and not self._is_own(headers, scope["scheme"]):
            return HTTPStatus.FORBIDDEN, FROM_ELSEWHERE
        return None

    def _is_own(self, headers: Headers, scheme: str) -> bool:
        """Whether a form was sent by a page of ours; a browser that says nothing of it is not believed."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return headers.get("origin") == f"{'https' if self._address.encrypted else scheme}://{headers['host']}"


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
