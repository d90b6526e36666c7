"""A recording request: the seam through which tests see what python-telegram-bot would send to Telegram."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.request import BaseRequest, RequestData

BOT = {"id": 7, "is_bot": True, "first_name": "Một Cửa", "username": "motcua_bot"}


@dataclass
class Recording(BaseRequest):
    """Answers every call as Telegram would, and keeps (method, parameters)."""

    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusals: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    stuck: bool = False  # a message that is sent never comes to its end ...
    reached: asyncio.Event = field(default_factory=asyncio.Event)  # ... and that it was tried is told here

    @property
    def read_timeout(self) -> float:
        """No time-out: nothing is sent."""
        return 0.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """Record the call and answer it."""
        name = url.rsplit("/", 1)[1]
        parameters = dict(request_data.parameters) if request_data else {}
        self.calls.append((name, parameters))
        if name == "sendMessage" and self.stuck:
            self.reached.set()
            await asyncio.Event().wait()
        if name.startswith(("send", "edit")) and self.refusals:
            code, body = self.refusals.pop(0)
            return code, json.dumps({"ok": False, **body}).encode()
        return 200, json.dumps({"ok": True, "result": self._result(name, parameters)}).encode()

    def sent(self, name: str) -> list[dict[str, Any]]:
        """Parameters of all calls of one method."""
        return [parameters for method, parameters in self.calls if method == name]

    def _result(self, name: str, parameters: dict[str, Any]) -> Any:
        if name == "getMe":
            return BOT
        if name in ("sendMessage", "editMessageText"):
            chat = {"id": int(parameters["chat_id"]), "type": "private"}
            return {"message_id": len(self.calls), "date": 0, "chat": chat, "from": BOT, "text": parameters["text"]}
        return True


def message(
    number: int, text: str | None, chat: int = 1, language: str = "vi", kind: str = "private", **more: Any
) -> Update:
    """A message as Telegram delivers it."""
    person = {"id": chat, "is_bot": False, "first_name": "An", "language_code": language}
    content: dict[str, Any] = {
        "message_id": number,
        "date": 0,
        "chat": {"id": chat, "type": kind, "title": "Nhóm"},
        "from": person,
        **more,
    }
    if text is not None:
        content["text"] = text
    if text and text.startswith("/"):
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    return _update({"update_id": number, "message": content})


def tap(number: int, data: str, chat: int = 1) -> Update:
    """A tap on a button."""
    person = {"id": chat, "is_bot": False, "first_name": "An", "language_code": "vi"}
    shown = {"message_id": 5, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
    query = {"id": str(number), "from": person, "chat_instance": "1", "data": data, "message": shown}
    return _update({"update_id": number, "callback_query": query})


def _update(data: dict[str, Any]) -> Update:
    update = Update.de_json(data)
    assert update
    return update
