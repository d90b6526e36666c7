"""Refusals that depend on what happened before: edits, deletions, replies and answers to queries."""

from typing import Any

from .account import Account
from .errors import bad_request
from .visible import visible

Params = dict[str, Any]
QUERIES = {"answercallbackquery": "callback_query_id", "answerinlinequery": "inline_query_id"}
RELAYS = {"copymessage": "copy", "forwardmessage": "forward"}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


async def check_history(account: Account, method: str, params: Params) -> None:
    if method in QUERIES and params[QUERIES[method]] not in account.queries:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if method.startswith("editmessage") and "inline_message_id" not in params:
        await _check_edit(account, method, params)
    if method == "deletemessage" and not await account.message(params["chat_id"], params["message_id"]):
        raise bad_request("message to delete not found")
    if method in RELAYS and not await account.message(params["from_chat_id"], params["message_id"]):
        raise bad_request(f"message to {RELAYS[method]} not found")
    if "reply_parameters" in params:
        await _check_reply(account, params)


async def _check_edit(account: Account, method: str, params: Params) -> None:
    old = await account.message(params.get("chat_id"), params.get("message_id"))
    if old is None:
        raise bad_request("message to edit not found")
    if not old.get("from", {}).get("is_bot"):
        raise bad_request("message can't be edited")
    field = {"editmessagetext": "text", "editmessagecaption": "caption"}.get(method)
    if field is None and method != "editmessagereplymarkup":
        return
    same_text = field is None or visible(params.get(field, ""), params.get("parse_mode")) == old.get(field)
    if same_text and _rows(params.get("reply_markup")) == _rows(old.get("reply_markup")):
        raise bad_request(NOT_MODIFIED)


def _rows(markup: Params | None) -> list[Any]:
    return list(markup.get("inline_keyboard", [])) if markup else []


async def _check_reply(account: Account, params: Params) -> None:
    reply = params["reply_parameters"]
    found = await account.message(reply.get("chat_id", params["chat_id"]), reply["message_id"])
    if not found and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
