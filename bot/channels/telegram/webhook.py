"""Updates pushed by Telegram: taken at our own route, and answered with 200 only when all is done and committed.

Telegram sends one message of a chat at a time, obeys Retry-After, and sends again what was not answered with 2xx.
"""

import asyncio
import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.errors import ChannelError

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1_048_576  # bytes of a request; Telegram's own are far smaller
LATER = "2"  # seconds after which Telegram may send an update again
GRACE = 8  # seconds in which requests that run may end
IDLE = 75  # seconds that a connection is kept; a proxy in front keeps its own for less

logger = logging.getLogger(__name__)
Take = Callable[[Any], Awaitable[bool]]


def application(take: Take, secret: str) -> Starlette:
    """The pages: one, at any path, since a proxy in front may have its own."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
            raw = json.loads(body) if body is not None else None
        except ClientDisconnect:
            return Response(status_code=400)
        except (ValueError, RecursionError):
            logger.error("a request of Telegram held no JSON")
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        return Response() if await take(raw) else Response(status_code=503, headers={"Retry-After": LATER})

    return Starlette(routes=[Route("/{path:path}", receive, methods=["POST"])])


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is too large."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return None
    return bytes(body)


async def listen(app: Starlette, host: str, port: int, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve until the stop, letting what runs end. Raises ChannelError."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=GRACE,
    )
    server = Server(config)
    with _listening(host, port) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        ready()
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True
        await serving


class Server(uvicorn.Server):
    """A server that leaves signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise ChannelError(
            f"Không mở được {host}, cổng {port} ({error.strerror}): có thể chương trình khác đang dùng cổng này. "
            "Hãy đổi khóa webhook_listen."
        ) from error
