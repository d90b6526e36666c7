"""Reads a call as bots send it: a query string, a form with or without files, or JSON.

A form carries everything as text, so the type of each parameter decides: what the Bot API calls a string stays as it
came (the text "123" is no number), everything else is JSON. Uploaded files become file ids.
"""

import json
import re
import types
from collections.abc import Awaitable, Callable
from typing import Any, Union, get_args, get_origin

from aiogram.methods import TelegramMethod
from starlette.datastructures import UploadFile
from starlette.requests import Request

from .errors import bad_request

SaveFile = Callable[[str, bytes], Awaitable[str]]
INTEGER = re.compile(r"-?\d+")


async def read_params(request: Request, method: type[TelegramMethod[Any]], save: SaveFile) -> dict[str, Any]:
    kind = request.headers.get("content-type", "")
    params = _typed(method, dict(request.query_params))
    if "json" in kind:
        params |= await _json_body(request)
    elif "form" in kind:
        params |= await _form_body(request, method, save)
    return {name: value for name, value in params.items() if value is not None}


async def _json_body(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse request JSON object")
    return body


async def _form_body(request: Request, method: type[TelegramMethod[Any]], save: SaveFile) -> dict[str, Any]:
    fields: dict[str, str] = {}
    uploads: dict[str, str] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = await save(value.filename or "file.bin", await value.read())
            else:
                fields[name] = value
    named = {name: file_id for name, file_id in uploads.items() if name in method.model_fields}
    attached: dict[str, Any] = _attach(_typed(method, fields), uploads)
    return named | attached


def _attach(value: Any, uploads: dict[str, str]) -> Any:
    """The value with every attach://name replaced by the id of the file of that name."""
    if isinstance(value, dict):
        return {name: _attach(item, uploads) for name, item in value.items()}
    if isinstance(value, list):
        return [_attach(item, uploads) for item in value]
    if isinstance(value, str) and value.startswith("attach://"):
        return uploads.get(value.removeprefix("attach://"), value)
    return value


def _typed(method: type[TelegramMethod[Any]], fields: dict[str, str]) -> dict[str, Any]:
    known = method.model_fields
    return {name: _value(known[name].annotation if name in known else str, text) for name, text in fields.items()}


def _value(annotation: Any, text: str) -> Any:
    union = get_origin(annotation) in (Union, types.UnionType)
    options = get_args(annotation) if union else (annotation,)
    if str in options:
        return int(text) if int in options and INTEGER.fullmatch(text) else text
    try:
        return json.loads(text)
    except ValueError:
        return text
