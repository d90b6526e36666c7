"""What a bot says about itself: its commands by scope and language, its name and its descriptions by language."""

import json
from typing import Any

Params = dict[str, Any]
TEXTS = ("name", "description", "short_description")


class Profile:
    def __init__(self) -> None:
        self._commands: dict[tuple[str, str], list[Params]] = {}
        self._texts: dict[tuple[str, str], str] = {}
        self._menu_buttons: dict[object, Params] = {}

    def knows(self, method: str) -> bool:
        return method in _ANSWERS

    def answer(self, method: str, params: Params) -> Any:
        field, verb = _ANSWERS[method]
        if field == "commands":
            return self._on_commands(verb, params)
        if field == "menu_button":
            return self._on_menu_button(verb, params)
        return self._on_text(field, verb, params)

    def _on_commands(self, verb: str, params: Params) -> Any:
        scope = params.get("scope") or {"type": "default"}
        key = (json.dumps(scope, sort_keys=True), str(params.get("language_code") or ""))
        if verb == "get":
            return self._commands.get(key, [])
        self._commands.pop(key, None)
        if verb == "set":
            self._commands[key] = params["commands"]
        return True

    def _on_text(self, field: str, verb: str, params: Params) -> Any:
        language = str(params.get("language_code") or "")
        if verb == "get":
            return {field: self._texts.get((field, language), self._texts.get((field, ""), ""))}
        self._texts[field, language] = str(params.get(field) or "")
        return True

    def _on_menu_button(self, verb: str, params: Params) -> Any:
        chat = params.get("chat_id")
        if verb == "get":
            return self._menu_buttons.get(chat, self._menu_buttons.get(None, {"type": "commands"}))
        self._menu_buttons[chat] = params.get("menu_button") or {"type": "default"}
        return True


_ANSWERS = {f"{verb}my{field.replace('_', '')}": (field, verb) for verb in ("get", "set") for field in TEXTS} | {
    "getmycommands": ("commands", "get"),
    "setmycommands": ("commands", "set"),
    "deletemycommands": ("commands", "delete"),
    "getchatmenubutton": ("menu_button", "get"),
    "setchatmenubutton": ("menu_button", "set"),
}
