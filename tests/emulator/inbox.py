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
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(frozen=True)
class Webhook:
    url: str
    secret: str


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

    @property
    def waiting(self) -> int:
        """How many updates are not confirmed."""
        return len(self._queue)

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
        self._webhook = Webhook(url, str(params.get("secret_token") or ""))
        self._poll += 1
        await self._wake()
        self._pusher = asyncio.create_task(self._push(self._webhook))
        return True

    async def delete_webhook(self, params: dict[str, Any]) -> bool:
        if self._pusher:
            self._pusher.cancel()
        self._webhook = self._pusher = None
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
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        async with httpx.AsyncClient(headers=headers, trust_env=False, timeout=10) as http:
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: bool(self._queue))
                update = self._queue[0]
                if not await self._post(http, webhook.url, update):
                    await asyncio.sleep(0.3)
                elif update in self._queue:
                    self._queue.remove(update)

    async def _post(self, http: httpx.AsyncClient, url: str, update: Update) -> bool:
        try:
            reply = await http.post(url, json=update)
        except httpx.HTTPError as error:
            self._last_error = repr(error)
            return False
        self._last_error = "" if reply.is_success else f"Wrong response from the webhook: {reply.status_code}"
        return reply.is_success
