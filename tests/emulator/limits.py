"""Checks a call against the documented limits: teremok's rules, and the few that teremok 0.2 does not have.

The Bot API counts text "after entities parsing", teremok counts it before, so HTML is checked and then counted as the
reader sees it.
"""

import inspect
import re
from typing import Any

import aiogram.methods
from aiogram import Bot
from aiogram.methods import AnswerInlineQuery, SetMyCommands, TelegramMethod
from aiogram.types import InputTextMessageContent
from pydantic import ValidationError
from teremok.validation import ApiRuleViolation, validate_html, validate_method

from .errors import ApiError, bad_request
from .visible import visible

METHODS: dict[str, type[TelegramMethod[Any]]] = {
    item.__api_method__.lower(): item
    for item in vars(aiogram.methods).values()
    if inspect.isclass(item) and issubclass(item, TelegramMethod) and item is not TelegramMethod
}
START = re.compile(r"[A-Za-z0-9_-]{1,64}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST = {"description": 512, "short_description": 120}
ABOUT_BOT = ("setmydescription", "setmyshortdescription")


def checked(bot: Bot, method_name: str, params: dict[str, Any]) -> TelegramMethod[Any]:
    """The call as aiogram's model of it, or a refusal."""
    model = METHODS[method_name]
    unknown = sorted(set(params) - set(model.model_fields))
    if unknown:
        raise ApiError(400, f"Bad Request: emulator: {model.__api_method__} has no parameter {', '.join(unknown)}")
    try:
        call = model.model_validate(params)
    except ValidationError as error:
        first = error.errors()[0]
        raise bad_request(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    try:
        validate_method(bot, _as_counted(call))
    except ApiRuleViolation as violation:
        raise ApiError(400, violation.description) from violation
    _check_commands(call)
    _check_rest(method_name, call)
    return call


def _as_counted(call: TelegramMethod[Any]) -> TelegramMethod[Any]:
    mode = getattr(call, "parse_mode", None)
    if str(mode).upper() != "HTML" or getattr(call, "entities", None) or getattr(call, "caption_entities", None):
        return call
    counted: dict[str, Any] = {"parse_mode": None}
    for field in ("text", "caption"):
        text = getattr(call, field, None)
        if isinstance(text, str):
            validate_html(text)
            counted[field] = visible(text, mode).strip()
    return call.model_copy(update=counted)


def _check_commands(call: TelegramMethod[Any]) -> None:
    if not isinstance(call, SetMyCommands):
        return
    if len(call.commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for item in call.commands:
        if not COMMAND.fullmatch(item.command):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(item.description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _check_results(call: AnswerInlineQuery) -> None:
    if len(call.results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    if call.button and not START.fullmatch(call.button.start_parameter or ""):
        raise bad_request("START_PARAM_INVALID")
    ids = [result.id for result in call.results]
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(name.encode()) <= 64 for name in ids):
        raise bad_request("RESULT_ID_INVALID")
    for result in call.results:
        content = getattr(result, "input_message_content", None)
        if isinstance(content, InputTextMessageContent):
            _check_content(content)


def _check_content(content: InputTextMessageContent) -> None:
    if str(content.parse_mode).upper() == "HTML":
        try:
            validate_html(content.message_text)
        except ApiRuleViolation as violation:
            raise ApiError(400, violation.description) from violation
    if not 1 <= len(visible(content.message_text, content.parse_mode).encode("utf-16-le")) // 2 <= 4096:
        raise bad_request("MESSAGE_TOO_LONG")


def _check_rest(method_name: str, call: TelegramMethod[Any]) -> None:
    if isinstance(call, AnswerInlineQuery):
        _check_results(call)
    if method_name in ABOUT_BOT:
        for field, longest in LONGEST.items():
            if len(getattr(call, field, None) or "") > longest:
                raise bad_request(f"{field} is too long")
