"""The way to Telegram, on aiohttp: what comes of each call is told as one of a few kinds, never with what was said."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp_socks import ProxyConnector
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

OK = "ok"
KINDS = {400: "refused", 401: "token", 403: "blocked", 404: "token", 409: "conflict", 429: "flood"}
ANSWER, CONNECT, FILE = 5.0, 5.0, 30.0  # seconds for an answer, for a connection, for a call that carries a file
KEPT = 60.0  # seconds that a connection without work is kept
ENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


class Heard(BaseRequest):
    """Calls of the Bot API through a proxy or straight. On aiohttp they take half the time that they take on httpx."""

    def __init__(self, told: Callable[[str], None], connections: int, proxy: str | None) -> None:
        self._told = told
        self._connections = connections
        socks = proxy is not None and proxy.startswith("socks")
        self._socks = proxy.replace("socks5h://", "socks5://") if proxy and socks else None  # names are looked up there
        self._proxy = None if socks else proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for an answer where a call says nothing else."""
        return ANSWER

    async def initialize(self) -> None:
        """Open the connections; none is made before it is needed."""
        if self._session is None:
            keep: dict[str, Any] = {"limit": self._connections, "keepalive_timeout": KEPT}
            connector = ProxyConnector.from_url(self._socks, **keep) if self._socks else aiohttp.TCPConnector(**keep)
            self._session = aiohttp.ClientSession(connector=connector, proxy=self._proxy)

    async def shutdown(self) -> None:
        """Close them."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        *_args: Any,
        **_kwargs: Any,
    ) -> tuple[int, bytes]:
        """Status and body of what Telegram answers. Raises NetworkError, TimedOut among them."""
        try:
            status, body = await self._called(url, method, request_data, read_timeout)
        except NetworkError as error:
            self._told("timeout" if isinstance(error, TimedOut) else "network")
            raise
        self._told(kind(status))
        return status, body

    async def _called(self, url: str, method: str, data: RequestData | None, patience: object) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        files = data.multipart_data if data else None
        seconds = float(patience) if isinstance(patience, int | float) else FILE if files else ANSWER
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_connect=CONNECT, sock_read=seconds)
        content: dict[str, Any] = {}
        if data:
            content = {"data": _form(data)} if files else {"data": _encoded(data), "headers": ENCODED}
        try:
            async with self._session.request(method, url, timeout=timeout, **content) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from None
        except Exception as error:  # also of the proxy's library; their own words hold addresses, token and password
            raise NetworkError(type(error).__name__) from None


def _encoded(data: RequestData) -> bytes:
    return urlencode(data.json_parameters).encode()


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def kind(status: int) -> str:
    """What an HTTP status of Telegram means: `kind(429) == "flood"`."""
    if status < 300:
        return OK
    return KINDS.get(status, "server" if status >= 500 else "other")
