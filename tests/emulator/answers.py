"""Answers a checked call: from our own state, from telemelya where it knows the method, else from teremok."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from pydantic import BaseModel
from teremok.responses import AutoResponder, CannotAutoRespond

from .account import Account
from .errors import ApiError
from .peers import Telemelya
from .rules import RELAYS
from .visible import visible

Params = dict[str, Any]
Answer = Callable[[Account, Params], Awaitable[Any]]
CONTENT = ("text", "caption", "photo", "document")


class Answers:
    def __init__(self, telemelya: Telemelya, bot: Bot) -> None:
        self._telemelya = telemelya
        self._bot = bot
        self._responder = AutoResponder()

    async def answer(self, account: Account, call: TelegramMethod[Any], params: Params) -> Any:
        name = call.__api_method__.lower()
        if name in OWN:
            return await OWN[name](account, params)
        if account.profile.knows(name):
            return account.profile.answer(name, params)
        if "inline_message_id" in params:
            return True
        if name in self._telemelya.methods:
            result = await self._by_telemelya(account, call.__api_method__, params)
        else:
            result = self._by_teremok(call)
            await _number(account, name, params, result)
        if name in RELAYS:
            return await _relay(account, name, params, result)
        await _forget_deleted(account, name, params)
        return await _finish(account, params, result)

    async def _by_telemelya(self, account: Account, method: str, params: Params) -> Any:
        sent = dict(params)
        for field in ("text", "caption"):
            if field in sent:
                sent[field] = visible(sent[field], sent.get("parse_mode"))
        if method.startswith("edit"):
            sent.setdefault("reply_markup", None)
        body = await self._telemelya.call(account.token, account.session, method, sent)
        if not body["ok"]:
            raise ApiError(body["error_code"] or 400, str(body["description"]))
        return body["result"]

    def _by_teremok(self, call: TelegramMethod[Any]) -> Any:
        try:
            return _plain(self._responder.respond(self._bot, call, {}))
        except CannotAutoRespond as error:
            raise ApiError(501, f"emulator: no answer to {call.__api_method__}; order one with answer()") from error


def _plain(result: Any) -> Any:
    if isinstance(result, list):
        return [_plain(item) for item in result]
    if isinstance(result, BaseModel):
        return result.model_dump(mode="json", by_alias=True, exclude_none=True)
    return result


async def _number(account: Account, name: str, params: Params, result: Any) -> None:
    for item in result if isinstance(result, list) else [result]:
        if isinstance(item, dict) and "message_id" in item:
            item["message_id"] = params["message_id"] if name.startswith("edit") else await account.new_id()


async def _relay(account: Account, name: str, params: Params, result: Params) -> Any:
    """A forwarded or copied message has the content of its source; a copy is answered with little more than its id."""
    source = await account.message(params["from_chat_id"], params["message_id"]) or {}
    content = {field: source[field] for field in CONTENT if field in source}
    if "caption" in params:
        content["caption"] = params["caption"]
    message = await _finish(account, params, {"date": int(time.time()), "chat": {}} | content | result)
    if name == "forwardmessage":
        return message
    return {field: message[field] for field in ("message_id", "text", "caption") if field in message}


async def _forget_deleted(account: Account, name: str, params: Params) -> None:
    if name == "deletemessage":
        await account.forget(params["message_id"])
    if name == "deletemessages":
        for message_id in params["message_ids"]:
            await account.forget(message_id)


async def _finish(account: Account, params: Params, result: Any) -> Any:
    """Messages get their chat, sender, thread and quoted message, and are kept for later edits."""
    if isinstance(result, list):
        return [await _finish(account, params, item) for item in result]
    if not isinstance(result, dict) or "chat" not in result:
        return result
    message = {name: value for name, value in result.items() if value is not None}
    message |= {"from": account.me, "chat": account.chat(params.get("chat_id"))}
    for field in ("text", "caption"):
        if field in message:
            message[field] = visible(message[field], params.get("parse_mode"))
    if "inline_keyboard" not in message.get("reply_markup", {}):
        message.pop("reply_markup", None)
    if "document" in params:
        file_id = params["document"]
        message["document"] = {"file_id": file_id, "file_unique_id": file_id[:16]}
    await _relate(account, params, message)
    await account.keep(message)
    return message


async def _relate(account: Account, params: Params, message: dict[str, Any]) -> None:
    if "message_thread_id" in params:
        message |= {"message_thread_id": params["message_thread_id"], "is_topic_message": True}
    reply = params.get("reply_parameters")
    if reply and (quoted := await account.message(params["chat_id"], reply["message_id"])):
        message["reply_to_message"] = {name: value for name, value in quoted.items() if name != "reply_to_message"}


async def _get_me(account: Account, _params: Params) -> Any:
    return account.me


async def _get_updates(account: Account, params: Params) -> Any:
    return await account.inbox.get_updates(params)


async def _set_webhook(account: Account, params: Params) -> Any:
    return await account.inbox.set_webhook(params)


async def _delete_webhook(account: Account, params: Params) -> Any:
    return await account.inbox.delete_webhook(params)


async def _webhook_info(account: Account, _params: Params) -> Any:
    return account.inbox.webhook_info()


async def _get_chat(account: Account, params: Params) -> Any:
    gifts = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False)
    gifts["gifts_from_channels"] = False
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return account.chat(params["chat_id"]) | more


async def _get_chat_member(_account: Account, params: Params) -> Any:
    return {"status": "member", "user": {"id": params["user_id"], "is_bot": False, "first_name": "Member"}}


async def _create_topic(account: Account, params: Params) -> Any:
    thread = await account.new_id()
    first = {"message_id": thread, "date": int(time.time()), "from": account.me}
    await account.keep(first | {"chat": account.chat(params["chat_id"])})
    account.topics[params["chat_id"], thread] = True
    return {"message_thread_id": thread, "name": params["name"], "icon_color": params.get("icon_color", 7322096)}


OWN: dict[str, Answer] = {
    "getme": _get_me,
    "getupdates": _get_updates,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _webhook_info,
    "getchat": _get_chat,
    "getchatmember": _get_chat_member,
    "createforumtopic": _create_topic,
}
