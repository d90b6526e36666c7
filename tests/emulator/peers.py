"""The two foreign peers, loaded with memory in place of Redis and S3, behind the few types that we use of them.

telemelya reads ``.env`` from the working directory and fails on any name it does not know, so it is imported from
an empty directory; it has no type information, so what we call is named here in protocols.
"""

import contextlib
import logging
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from importlib import import_module
from typing import Any, Protocol, cast

import fakeredis
import httpx
from starlette.types import ASGIApp

Json = dict[str, Any]


class Route(Protocol):
    path: str


class Router(Protocol):
    routes: Iterable[Route]


class Settings(Protocol):
    auth_keys: str
    strict_edit: bool


class State(Protocol):
    """What telemelya remembers: messages and files, by session; a session here is one bot."""

    _redis: fakeredis.FakeAsyncRedis | None

    async def next_message_id(self, session_id: str) -> int: ...
    async def store_message(self, session_id: str, message_id: int, message: Json) -> None: ...
    async def get_message(self, session_id: str, message_id: int) -> Json | None: ...
    async def set_file_meta(self, file_id: str, meta: Json) -> None: ...


class BotApi(Protocol):
    router: Router
    media_manager: "MemoryMedia"
    DEFAULT_BOT_INFO: Json


class ControlApi(Protocol):
    media_manager: "MemoryMedia"
    deliver_update: Callable[[str, Json], Awaitable[Json]]


class MemoryMedia:
    """Stands in for telemelya's S3 bucket."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    async def upload(self, session_id: str, file_id: str, filename: str, data: bytes, _content_type: str = "") -> str:
        key = f"{session_id}/{file_id}/{filename}"
        self.files[key] = data
        return key

    async def download(self, session_id: str, file_id: str, filename: str) -> bytes | None:
        return self.files.get(f"{session_id}/{file_id}/{filename}")

    async def download_by_key(self, key: str) -> bytes | None:
        return self.files.get(key)

    async def cleanup_session(self, session_id: str) -> None:
        for key in [key for key in self.files if key.startswith(f"{session_id}/")]:
            del self.files[key]

    async def ping(self) -> bool:
        return True


class Telemelya:
    """The telemelya application, called inside this process."""

    def __init__(self) -> None:
        with tempfile.TemporaryDirectory() as empty, contextlib.chdir(empty):
            self.app = cast("ASGIApp", import_module("telemelya.server.app").app)
        logging.getLogger().setLevel(logging.WARNING)
        self._api = cast("BotApi", import_module("telemelya.server.bot_api"))
        self._control = cast("ControlApi", import_module("telemelya.server.control_api"))
        self.state = cast("State", import_module("telemelya.server.state").state_manager)
        self.media = MemoryMedia()
        self.bot_info = self._api.DEFAULT_BOT_INFO
        self.methods = {route.path.rsplit("/", 1)[1].lower() for route in self._api.router.routes}
        self._configure(cast("Settings", import_module("telemelya.server.config").settings))
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url="http://telemelya")

    def _configure(self, settings: Settings) -> None:
        settings.auth_keys, settings.strict_edit = "", True
        self.state._redis = fakeredis.FakeAsyncRedis(decode_responses=True)
        self._api.media_manager = self._control.media_manager = self.media

    def deliver_by(self, deliver: Callable[[str, Json], Awaitable[Json]]) -> None:
        """Hand the updates that its own control API makes to our queues."""
        self._control.deliver_update = deliver

    async def call(self, token: str, session: str, method: str, params: Json) -> Json:
        """The body of its answer; as JSON, so that it does not turn the text "123" into a number."""
        reply = await self._http.post(f"/bot{token}/{method}", json=params, headers={"X-Test-Session": session})
        body: Json = reply.json()
        return body
