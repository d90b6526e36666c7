"""One bot as the emulator knows it: its updates, profile, chats, open queries and, in telemelya, its messages."""

import time
import uuid
from typing import Any

from .inbox import Inbox, Update
from .peers import Telemelya
from .profile import Profile

ChatId = int | str | None
MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")


class Account:
    def __init__(self, token: str, telemelya: Telemelya) -> None:
        self.token = token
        self.session = token.split(":")[0]
        self.me: dict[str, Any] = telemelya.bot_info | {"id": int(self.session)}
        self.inbox = Inbox()
        self.profile = Profile()
        self.queries: dict[str, int] = {}
        self.topics: dict[tuple[int, int], bool] = {}  # open or closed
        self._chats: dict[ChatId, dict[str, Any]] = {}
        self._peer = telemelya

    def chat(self, chat_id: ChatId) -> dict[str, Any]:
        """The chat as an update described it, else a plausible one."""
        if chat_id in self._chats:
            return self._chats[chat_id]
        if not isinstance(chat_id, int):
            return {"id": 0, "type": "channel", "title": str(chat_id)}
        if chat_id > 0:
            return {"id": chat_id, "type": "private"}
        return {"id": chat_id, "type": "supergroup", "title": "Group"}

    def is_plain(self, chat_id: ChatId) -> bool:
        """Whether an update has shown this chat as one without topics."""
        return chat_id in self._chats and not self._chats[chat_id].get("is_forum")

    async def new_id(self) -> int:
        return await self._peer.state.next_message_id(self.session)

    async def message(self, chat_id: ChatId, message_id: object) -> dict[str, Any] | None:
        if not isinstance(message_id, int):
            return None
        stored = await self._peer.state.get_message(self.session, message_id)
        return stored if stored and stored["chat"]["id"] == self.chat(chat_id)["id"] else None

    async def keep(self, message: dict[str, Any]) -> None:
        await self._peer.state.store_message(self.session, message["message_id"], message)

    async def forget(self, message_id: int) -> None:
        await self.keep({"message_id": message_id, "chat": {"id": None}})

    async def save_file(self, name: str, data: bytes) -> str:
        file_id = uuid.uuid4().hex
        await self._peer.media.upload(self.session, file_id, name, data)
        await self._peer.state.set_file_meta(file_id, {"session_id": self.session, "filename": name})
        return file_id

    async def deliver(self, *updates: Update) -> bool:
        """Complete the updates as Telegram would, remember what they tell, and queue them together for the bot.

        A malformed update is queued as it is: tests send such ones on purpose.
        """
        for update in updates:
            await self._complete(update)
        return await self.inbox.put(*updates)

    async def _complete(self, update: Update) -> None:
        for kind, content in update.items():
            if not isinstance(content, dict):
                continue
            if kind in MESSAGES and "chat" in content:
                await self._complete_message(content)
            elif kind in ("callback_query", "inline_query") and "from" in content:
                await self._complete_query(kind, content)

    async def _complete_message(self, message: dict[str, Any]) -> None:
        if "message_id" not in message:
            message["message_id"] = await self.new_id()
        message.setdefault("date", int(time.time()))
        self._chats[message["chat"]["id"]] = message["chat"]
        if "reply_to_message" in message:
            await self._complete_reply(message)
        await self.keep(message)

    async def _complete_reply(self, message: dict[str, Any]) -> None:
        """The whole quoted message, and its topic, from its id."""
        quoted = await self.message(message["chat"]["id"], message["reply_to_message"]["message_id"])
        if quoted:
            message["reply_to_message"] = {name: quoted[name] for name in quoted if name != "reply_to_message"}
            for field in ("message_thread_id", "is_topic_message"):
                if field in quoted:
                    message.setdefault(field, quoted[field])

    async def _complete_query(self, kind: str, query: dict[str, Any]) -> None:
        query.setdefault("id", uuid.uuid4().hex)
        self.queries[query["id"]] = query["from"]["id"]
        if kind == "inline_query":
            query.setdefault("offset", "")
            return
        query.setdefault("chat_instance", query["id"])
        if shown := query.get("message"):
            query["message"] = await self.message(shown["chat"]["id"], shown["message_id"]) or shown
            self.queries[query["id"]] = shown["chat"]["id"]
