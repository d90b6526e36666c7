"""A strict stub of Telegram: its queue rules as in the emulator, fast, and with any weather on the line."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.emulator.errors import ApiError
from tests.emulator.inbox import Inbox
from tests.running import free_port

TOKEN = "777:FAULTS"
ME = {"id": 777, "is_bot": True, "first_name": "Một Cửa", "username": "motcua_bot"}
Result = TypeVar("Result")


@dataclass(frozen=True)
class Sent:
    """A message that the bot sent and that was taken."""

    chat: int
    to: int | None
    text: str


@dataclass(frozen=True)
class Trouble:
    """What becomes of a call: after a delay in seconds an error, garbage in place of an answer, or all is well."""

    delay: float = 0.0
    error: ApiError | None = None
    garbage: bytes | None = None


Weather = Callable[[str, dict[str, Any]], Trouble]
FINE = Trouble()


@dataclass
class Stub:
    """Telegram for one bot, in a thread of its own."""

    weather: Weather = lambda _method, _params: FINE
    sent: list[Sent] = field(default_factory=list)

    def __enter__(self) -> "Stub":
        self.port = free_port()
        self._answered: set[tuple[int, int]] = set()
        self._messages = 0
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)

    @property
    def base_url(self) -> str:
        """What the bot is told in place of Telegram."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def answered(self) -> int:
        """How many messages have a reply."""
        return len(self._answered)

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed."""
        return self._inbox.waiting

    @property
    def in_flight(self) -> int:
        """How many updates the bot may have in its hands."""
        return self._inbox.in_hands

    def put(self, *updates: dict[str, Any]) -> None:
        """Let persons send these; each gets its `update_id`."""
        self._do(self._inbox.put(*updates))

    def push_to(self, url: str) -> None:
        """Set the webhook without a secret, as a stock bot has it."""
        self._do(self._inbox.set_webhook({"url": url}))

    def wait(self, done: Callable[[], bool], seconds: float) -> bool:
        """Whether it became so in time."""
        deadline = time.monotonic() + seconds
        while not done():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def _do(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._inbox = Inbox()
        app = Starlette(routes=[Route("/bot{token}/{method}", self._call, methods=["GET", "POST"])])
        config = uvicorn.Config(
            app, port=self.port, log_level="critical", access_log=False, lifespan="off", timeout_graceful_shutdown=0
        )
        self._server = uvicorn.Server(config)
        self._loop.call_soon(ready.set)
        self._loop.run_until_complete(self._serve())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self) -> None:
        await self._server.serve()
        await self._inbox.delete_webhook({})

    async def _call(self, request: Request) -> Response:
        if request.path_params["token"] != TOKEN:
            return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        method = str(request.path_params["method"])
        try:
            params = _params(await request.body())
        except ClientDisconnect:  # killed in the middle of it
            return Response(status_code=400)
        trouble = self.weather(method, params)
        try:
            if trouble.delay:
                await asyncio.sleep(trouble.delay)
            if trouble.garbage is not None:
                return Response(trouble.garbage, media_type="text/html")
            if trouble.error:
                raise trouble.error
            return JSONResponse({"ok": True, "result": await self._result(method, params)})
        except ApiError as error:
            return JSONResponse(error.body(), error.status)

    async def _result(self, method: str, params: dict[str, Any]) -> Any:
        inbox = self._inbox
        ways: dict[str, Callable[[], Coroutine[Any, Any, Any]]] = {
            "getUpdates": lambda: inbox.get_updates(params),
            "setWebhook": lambda: inbox.set_webhook(params),
            "deleteWebhook": lambda: inbox.delete_webhook(params),
        }
        if method in ways:
            return await ways[method]()
        if method == "getMe":
            return ME
        if method == "getWebhookInfo":
            return inbox.webhook_info()
        if method.startswith("get"):
            return [] if method == "getMyCommands" else {"name": "", "description": "", "short_description": ""}
        return self._said(params) if method == "sendMessage" else True

    def _said(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = int(params["chat_id"])
        to = (params.get("reply_parameters") or {}).get("message_id")
        self.sent.append(Sent(chat, to, str(params["text"])))
        if to is not None:
            self._answered.add((chat, to))
        self._messages += 1
        shown = {"id": chat, "type": "private", "first_name": "An"}
        return {"message_id": 10**8 + self._messages, "date": 1, "chat": shown, "text": params["text"]}


def _params(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in parse_qsl(body.decode(), keep_blank_values=True):
        try:
            found[name] = value if name == "text" else json.loads(value)
        except ValueError:
            found[name] = value
    return found
