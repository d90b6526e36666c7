"""The pages served by this process until it is told to stop: on which address, how safely, and what is logged."""

import ipaddress
import logging
import signal
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import ConfigError
from bot.passes import SIGN_IN
from bot.staff.guard import LOOPBACK, Address

GRACE = 25  # seconds in which a request that runs may end
BACKLOG = 128
IDLE = 20  # seconds that a connection is kept for a next request

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where the pages listen: with a certificate of their own, or behind a proxy that has one, or with neither."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    proxied: bool = False

    def address(self, url: str | None) -> Address:
        """How the pages are reached, when people open them at `url`. Raises ConfigError."""
        named = _host(url) if url else None
        encrypted = self.certificate is not None or self.proxied
        if named is None and _is_everywhere(self.host):
            raise ConfigError(
                f"Nghe ở mọi địa chỉ ({self.host}) thì cần biết người dùng mở trang bằng tên nào: "
                "hãy đặt khóa staff_url, ví dụ https://canbo.example.vn."
            )
        if encrypted and url and not url.startswith("https://"):
            raise ConfigError(
                f"Trang chạy bằng HTTPS nhưng staff_url là {url}: hãy viết staff_url bắt đầu bằng https://"
            )
        hosts = LOOPBACK | (set() if _is_everywhere(self.host) else {self.host}) | ({named} if named else set())
        return Address(frozenset(hosts), encrypted, not encrypted and not _is_here(self.host))

    @property
    def shown(self) -> str:
        """Where a browser on this machine finds the pages."""
        host = "localhost" if _is_everywhere(self.host) else f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}"


def serve(app: ASGIApp, place: Place, ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, letting what runs end. Raises ConfigError."""
    _check(place)
    config = uvicorn.Config(
        Logged(app),
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=GRACE,
    )
    server = uvicorn.Server(config)
    with _listening(place) as listener:
        for number in (signal.SIGINT, signal.SIGTERM):  # early ones count, and uvicorn raises them again at the end
            signal.signal(number, server.handle_exit)
        ready()
        server.run(sockets=[listener])


def _listening(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        return socket.create_server((place.host, place.port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise ConfigError(
            f"Không mở được {place.host}, cổng {place.port} ({error.strerror}): có thể chương trình khác đang dùng "
            "cổng này. Hãy thêm --port với một số khác, hoặc xem lại --host."
        ) from error


class Logged:
    """Notes each request: method, path and status; never what is asked for, and never a key."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                logger.info("%s %s %d", scope["method"], _path(scope["path"]), message["status"])
            await send(message)

        await self._app(scope, receive, noted)


def _path(path: str) -> str:
    """A path with no secret and no line end."""
    told = f"{SIGN_IN}..." if path.startswith(SIGN_IN) else path
    return told.encode("unicode_escape").decode("ascii")


def _check(place: Place) -> None:
    if (place.certificate is None) != (place.key is None):
        raise ConfigError("HTTPS cần cả hai: --cert TỆP_CHỨNG_CHỈ và --key TỆP_KHÓA.")
    if place.certificate and place.key:
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(place.certificate, place.key)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(
                f"Không dùng được chứng chỉ {place.certificate} với khóa {place.key}: hãy xem đường dẫn, quyền đọc, "
                "và khóa có đúng của chứng chỉ đó không."
            ) from error


def _host(url: str) -> str:
    """The name in an address of the pages; they stand at its root."""
    parts = urlsplit(url)
    if not parts.hostname or parts.path not in ("", "/"):
        raise ConfigError(
            f"staff_url là {url}: hãy viết địa chỉ không có phần sau tên máy, ví dụ https://canbo.example.vn"
        )
    return parts.hostname


def _is_everywhere(host: str) -> bool:
    """Whether every address of this machine is meant."""
    try:
        return not host or ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _is_here(host: str) -> bool:
    """Whether only this machine can come."""
    try:
        return host in LOOPBACK or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
