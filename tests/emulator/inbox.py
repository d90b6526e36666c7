"""The updates of one bot: a queue read by long polling or pushed to a webhook, each kept until it is confirmed."""

import asyncio
import contextlib
import itertools
import time
from dataclasses import dataclass
from typing import Any

import httpx

from .errors import ApiError

Update = dict[str, Any]
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
AGAIN = 0.3  # seconds until an update is pushed again
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(frozen=True)
class Webhook:
    url: str
    secret: str
    connections: int = 40


class Inbox:
    def __init__(self) -> None:
        self._queue: list[Update] = []
        self._ids = itertools.count(500_000_001)
        self._allowed: frozenset[str] = frozenset()
        self._changed = asyncio.Condition()
        self._poll = 0
        self._webhook: Webhook | None = None
        self._pusher: asyncio.Task[None] | None = None
        self._last_error = ""
        self._pushing: set[tuple[str, object]] = set()

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed."""
        return len(self._queue)

    @property
    def in_hands(self) -> int:
        """How many updates a bot may be working on: those being pushed, or a batch that it fetched."""
        return len(self._pushing) if self._webhook else min(len(self._queue), 100)

    async def put(self, *updates: Update) -> bool:
        """Queue updates in one batch; False where the bot did not ask for a kind among them, which is left out."""
        for update in updates:
            update["update_id"] = next(self._ids)
        wanted = [update for update in updates if self._wants(update)]
        self._queue += wanted
        if wanted:
            await self._wake()
        return len(wanted) == len(updates)

    def _wants(self, update: Update) -> bool:
        kind = next((name for name in update if name != "update_id"), "")
        return kind in self._allowed if self._allowed else kind not in ON_REQUEST

    async def get_updates(self, params: dict[str, Any]) -> list[Update]:
        if self._webhook:
            raise ApiError(409, f"Conflict: {WEBHOOK_ACTIVE}")
        self._allow(params)
        self._confirm(int(params.get("offset") or 0))
        self._poll += 1
        mine = self._poll
        await self._wake()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(50, int(params.get("timeout") or 0))), self._changed:
                await self._changed.wait_for(lambda: bool(self._queue) or self._poll != mine)
        if self._poll != mine:
            cause = "terminated by setWebhook request" if self._webhook else OTHER_POLLER
            raise ApiError(409, f"Conflict: {cause}")
        return self._queue[: int(params.get("limit") or 100)]

    async def set_webhook(self, params: dict[str, Any]) -> bool:
        url = str(params.get("url") or "")
        if not url:
            return await self.delete_webhook(params)
        await self.delete_webhook(params)
        self._allow(params)
        self._webhook = Webhook(url, str(params.get("secret_token") or ""), int(params.get("max_connections") or 40))
        self._poll += 1
        await self._wake()
        self._pusher = asyncio.create_task(self._push(self._webhook))
        return True

    async def delete_webhook(self, params: dict[str, Any]) -> bool:
        if self._pusher:
            self._pusher.cancel()
        self._webhook = self._pusher = None
        self._pushing.clear()
        if params.get("drop_pending_updates"):
            self._queue.clear()
        return True

    def webhook_info(self) -> dict[str, Any]:
        url = self._webhook.url if self._webhook else ""
        info = {"url": url, "has_custom_certificate": False, "pending_update_count": self.waiting}
        if self._last_error:
            info |= {"last_error_date": int(time.time()), "last_error_message": self._last_error}
        return info

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _allow(self, params: dict[str, Any]) -> None:
        if "allowed_updates" in params:
            self._allowed = frozenset(params["allowed_updates"])

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            self._queue = [update for update in self._queue if update["update_id"] >= offset]
        elif offset < 0:
            self._queue = self._queue[offset:]

    async def _push(self, webhook: Webhook) -> None:
        """Many chats at once; the messages of one chat one after the other, its taps in a queue of their own."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        async with (
            httpx.AsyncClient(headers=headers, trust_env=False, timeout=60) as http,
            asyncio.TaskGroup() as pushing,
        ):
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: self._next(webhook) is not None)
                update = self._next(webhook)
                if update:
                    self._pushing.add(_lane(update))
                    pushing.create_task(self._deliver(http, webhook, update))

    def _next(self, webhook: Webhook) -> Update | None:
        if len(self._pushing) >= webhook.connections:
            return None
        return next((update for update in self._queue if _lane(update) not in self._pushing), None)

    async def _deliver(self, http: httpx.AsyncClient, webhook: Webhook, update: Update) -> None:
        try:
            wait = await self._post(http, webhook.url, update)
            if wait:
                await asyncio.sleep(wait)
            elif update in self._queue:
                self._queue.remove(update)
        finally:
            self._pushing.discard(_lane(update))
        await self._wake()

    async def _post(self, http: httpx.AsyncClient, url: str, update: Update) -> float:
        """Seconds after which it must be sent again; 0: it was taken."""
        try:
            reply = await http.post(url, json=update)
        except httpx.HTTPError as error:
            self._last_error = repr(error)
            return AGAIN
        self._last_error = "" if reply.is_success else f"Wrong response from the webhook: {reply.status_code}"
        return 0 if reply.is_success else float(reply.headers.get("Retry-After", AGAIN))


def _lane(update: Update) -> tuple[str, object]:
    """Of what an update waits its turn: the kind of queue and the chat."""
    for kind, content in update.items():
        if isinstance(content, dict):
            chat = content.get("chat") or content.get("from") or {}
            return ("message" if "message" in kind else kind), chat.get("id")
    return "", update["update_id"]
