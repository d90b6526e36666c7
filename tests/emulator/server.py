"""The HTTP side: /bot<token>/<method> and /file/bot<token>/<path> for bots, /emulator/... for tests."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from .account import Account
from .answers import Answers
from .decoding import read_params
from .errors import ApiError
from .faults import Fault, Faults
from .journal import Entry, Journal
from .limits import METHODS, checked
from .peers import Telemelya
from .rules import QUERIES, check_history
from .topics import check_topics

TOKEN = re.compile(r"\d+:[\w-]+")
NOT_FOUND = ApiError(404, "Not Found")
UNAUTHORIZED = ApiError(401, "Unauthorized")


class Server:
    """The accounts of all good tokens, and what tests ordered and want to know."""

    def __init__(self, good_tokens: list[str]) -> None:
        self._telemelya = Telemelya()
        self._telemelya.deliver_by(self._deliver_for_telemelya)
        self._accounts = {token: Account(token, self._telemelya) for token in good_tokens}
        self._bot = Bot("1:TEREMOK")
        self._answers = Answers(self._telemelya, self._bot)
        self._journal = Journal()
        self._faults = Faults()

    def application(self) -> Starlette:
        routes = [
            Route("/bot{token}/{method}", self.bot_call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.file),
            Route("/emulator/ready", self.ready),
            Route("/emulator/tokens", self.tokens, methods=["POST"]),
            Route("/emulator/update", self.update, methods=["POST"]),
            Route("/emulator/upload", self.upload, methods=["POST"]),
            Route("/emulator/calls", self.calls),
            Route("/emulator/pending", self.pending),
            Route("/emulator/fault", self.fault, methods=["POST"]),
            Mount("/", self._telemelya.app),
        ]
        return Starlette(routes=routes, lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        yield
        for account in self._accounts.values():
            await account.inbox.delete_webhook({})

    async def bot_call(self, request: Request) -> Response:
        token, name = request.path_params["token"], request.path_params["method"].lower()
        method = METHODS[name].__api_method__ if name in METHODS else name
        if name == "getupdates":
            entry = Entry(-1, token, method)
        else:
            entry = await self._journal.begin(token, method)
        try:
            entry.result, entry.status = await self._result(request, entry), 200
            body = {"ok": True, "result": entry.result}
        except ApiError as error:
            entry.status, entry.description = error.status, error.description
            body = error.body()
        except Exception as error:
            entry.status, entry.description = 500, f"emulator: {error!r}"
            raise
        finally:
            if entry.index >= 0:
                await self._journal.touch()
        return JSONResponse(body, entry.status)

    async def _result(self, request: Request, entry: Entry) -> Any:
        account = self._account(entry.token)
        name = entry.method.lower()
        if name not in METHODS:
            raise NOT_FOUND
        params = entry.params = await read_params(request, METHODS[name], account.save_file)
        entry.chat_id = params.get("chat_id") or account.queries.get(params.get(QUERIES.get(name, ""), ""))
        ordered = await self._faults.strike(name, entry.chat_id)
        if ordered is not None:
            return ordered
        call = checked(self._bot, name, params)
        await check_history(account, name, params)
        await check_topics(account, name, params)
        return await self._answers.answer(account, call, params)

    def _account(self, token: str) -> Account:
        if not TOKEN.fullmatch(token):
            raise NOT_FOUND
        if token not in self._accounts:
            raise UNAUTHORIZED
        return self._accounts[token]

    async def _deliver_for_telemelya(self, token: str, update: dict[str, Any]) -> dict[str, Any]:
        return {"delivered": await self._accounts[token].deliver(update)}

    async def file(self, request: Request) -> Response:
        data = self._telemelya.media.files.get(request.path_params["path"])
        if data is None or request.path_params["token"] not in self._accounts:
            return JSONResponse(NOT_FOUND.body(), 404)
        return Response(data, media_type="application/octet-stream")

    async def ready(self, _request: Request) -> Response:
        return JSONResponse({"ok": True})

    async def tokens(self, request: Request) -> Response:
        """Make a token good or bad; a token made bad keeps nothing."""
        order = await request.json()
        self._accounts.pop(order["token"], None)
        if order["good"]:
            self._accounts[order["token"]] = Account(order["token"], self._telemelya)
        return JSONResponse({"ok": True})

    async def update(self, request: Request) -> Response:
        order = await request.json()
        queued = await self._accounts[order["token"]].deliver(*order["updates"])
        return JSONResponse({"queued": queued, "updates": order["updates"]})

    async def upload(self, request: Request) -> Response:
        account = self._accounts[request.query_params["token"]]
        return JSONResponse({"file_id": await account.save_file(request.query_params["name"], await request.body())})

    async def calls(self, request: Request) -> Response:
        asked = request.query_params
        where = int(asked["start"]), int(asked["version"]), float(asked["wait"])
        read = await self._journal.read(*where, asked["method"])
        pending = self._accounts[asked["token"]].inbox.waiting if asked["token"] in self._accounts else 0
        return Response(json.dumps(read | {"pending": pending}), media_type="application/json")

    async def pending(self, request: Request) -> Response:
        return JSONResponse({"pending": self._accounts[request.query_params["token"]].inbox.waiting})

    async def fault(self, request: Request) -> Response:
        self._faults.order(Fault(**await request.json()))
        return JSONResponse({"ok": True})
