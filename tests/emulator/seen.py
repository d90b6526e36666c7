"""What a test sees of a bot: its calls, and the messages and buttons that they put before a person."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call of the bot with all its parameters as sent; the status is None while it is not answered."""

    index: int
    token: str
    method: str
    chat_id: int | str | None
    params: dict[str, Any]
    status: int | None
    result: Any
    description: str

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def text(self) -> str | None:
        return self.params.get("text")

    @property
    def reply_markup(self) -> dict[str, Any] | None:
        return self.params.get("reply_markup")


@dataclass(frozen=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Message:
    """A message as the person sees it after this call; HTML tags are not shown, `params` has the call as sent."""

    method: str
    message_id: int
    chat_id: int | str | None
    text: str
    buttons: list[list[Button]]
    params: dict[str, Any] = field(repr=False)

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]

    def button(self, label: str) -> Button:
        for row in self.buttons:
            for button in row:
                if button.text == label:
                    return button
        raise AssertionError(f"no button {label!r} among {self.labels}")


def messages(calls: list[Call]) -> list[Message]:
    """The messages that these calls sent or changed."""
    return [message for call in calls if call.ok for message in _messages(call)]


def _messages(call: Call) -> list[Message]:
    results = call.result if isinstance(call.result, list) else [call.result]
    return [_message(call, result) for result in results if isinstance(result, dict) and "message_id" in result]


def _message(call: Call, result: dict[str, Any]) -> Message:
    markup = call.reply_markup or {}
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    text = result.get("text") or result.get("caption") or ""
    buttons = [[_button(button) for button in row] for row in rows]
    return Message(call.method, result["message_id"], call.chat_id, text, buttons, call.params)


def _button(button: dict[str, Any] | str) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(button["text"], button.get("callback_data"), button.get("url"))
