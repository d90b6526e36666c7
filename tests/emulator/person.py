"""A person in a chat with the bot, private or a group: writes, taps buttons, and reads what the bot sends there."""

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .seen import Call, Message, messages

if TYPE_CHECKING:
    from .client import Emulator

COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")
MENTION = re.compile(r"(?<!\S)@\w{3,32}")
LONGEST_TEXT = 4096
CONFIRMED_WITHIN = 0.005  # seconds between two looks: a confirmation is no call, and wakes nobody
PATIENCE = 60.0  # seconds; a wait ends as soon as what it is for is there, and other tests run beside


class Person:
    """Reading ends when the bot has said what was waited for, has confirmed every update, and was then quiet for the
    emulator's `settle` seconds.

    `toast` is the text that the answer to the last tap showed, else empty.
    """

    def __init__(self, emulator: "Emulator", user: dict[str, Any], chat: dict[str, Any]) -> None:
        self.user = user
        self.chat = chat
        self.name = str(user["first_name"])
        self.chat_id = int(chat["id"])
        self.toast = ""
        self._emulator = emulator
        self._next = 0

    def says(self, text: str, timeout: float = PATIENCE, reply_to: Message | None = None, **more: Any) -> list[Message]:
        """Send a text and wait for what the bot sends here; `more` are further fields of the message."""
        self._skip_unread()
        self.writes(text, reply_to, **more)
        return messages(self._read(lambda calls: bool(messages(calls)), timeout, f"an answer to {text!r}"))

    def writes(self, text: str, reply_to: Message | None = None, **more: Any) -> dict[str, Any]:
        """Send a text and go on at once; returns the update."""
        return self.sends(self.written(text, reply_to, **more))

    def written(self, text: str, reply_to: Message | None = None, **more: Any) -> dict[str, Any]:
        """The update that a text makes, not sent yet."""
        if _length(text) > LONGEST_TEXT:
            raise ValueError(f"nobody can send {_length(text)} characters in one message")
        message: dict[str, Any] = {"from": self.user, "chat": self.chat, "text": text} | more
        if reply_to:
            message["reply_to_message"] = {"message_id": reply_to.message_id, "chat": self.chat, "date": 0}
        if entities := _entities(text):
            message["entities"] = entities
        return {"message": message}

    def tapped(self, message: Message, data: str) -> dict[str, Any]:
        """The update that a tap on a button with this data makes, not sent yet."""
        shown = {"message_id": message.message_id, "chat": self.chat, "date": 0}
        return {"callback_query": {"from": self.user, "message": shown, "data": data}}

    def edits(self, update: dict[str, Any], text: str, after: int = 60, timeout: float = PATIENCE) -> list[Message]:
        """Change a text written before, so many seconds after it was sent, and wait for what the bot sends here."""
        self._skip_unread()
        self.changes(update, text, after)
        return messages(self._read(lambda calls: bool(messages(calls)), timeout, f"an answer to the edit {text!r}"))

    def changes(self, update: dict[str, Any], text: str, after: int = 60) -> dict[str, Any]:
        """Change a text written before and go on at once; returns the update."""
        message = update["message"] | {"text": text, "edit_date": update["message"]["date"] + after}
        message.pop("entities", None)
        if entities := _entities(text):
            message["entities"] = entities
        return self.sends({"edited_message": message})

    def shares(self, latitude: float, longitude: float, timeout: float = PATIENCE, **more: Any) -> list[Message]:
        """Share a location and wait for what the bot sends here; `more` are further fields of the location."""
        self._skip_unread()
        here = {"latitude": latitude, "longitude": longitude} | more
        self.sends({"message": {"from": self.user, "chat": self.chat, "location": here}})
        return messages(self._read(lambda calls: bool(messages(calls)), timeout, "an answer to a location"))

    def moves(self, latitude: float, longitude: float, message_id: int) -> dict[str, Any]:
        """A live location changes: Telegram delivers it as an edit of its message."""
        here = {"latitude": latitude, "longitude": longitude, "live_period": 900}
        moved = {"message_id": message_id, "from": self.user, "chat": self.chat, "edit_date": 1, "location": here}
        return self.sends({"edited_message": moved})

    def taps(self, message: Message, label: str, timeout: float = PATIENCE, answer_only: bool = False) -> list[Message]:
        """Tap a button and wait for the answer to the tap and for a message, an edit or a toast."""
        data = message.button(label).data
        if data is None:
            raise AssertionError(f"the button {label!r} sends no callback query")
        self._skip_unread()
        update = self.sends(self.tapped(message, data))
        query = {"callback_query_id": update["callback_query"]["id"]}

        def enough(calls: list[Call]) -> bool:
            answers = [call for call in calls if call.ok and query.items() <= call.params.items()]
            self.toast = "".join(call.text or "" for call in answers)
            return bool(answers) and bool(answer_only or self.toast or messages(calls))

        return messages(self._read(enough, timeout, f"an answer to the tap on {label!r}"))

    def asks_inline(self, query: str, timeout: float = PATIENCE) -> list[dict[str, Any]]:
        """Type an inline query; returns the results offered."""
        self._skip_unread()
        self.sends({"inline_query": {"from": self.user, "query": query, "chat_type": "sender"}})
        calls = self._read(lambda calls: bool(_offers(calls)), timeout, f"results for {query!r}")
        return [result for call in _offers(calls) for result in call.params["results"]]

    def sends(self, update: dict[str, Any]) -> dict[str, Any]:
        """Queue a raw update and go on at once; returns it with its ids and dates."""
        return self._emulator.deliver(update)

    def hears(self, timeout: float = PATIENCE) -> list[Message]:
        """All messages not read yet; waits until there is one."""
        return messages(self._read(lambda calls: bool(messages(calls)), timeout, "a message"))

    def hears_nothing(self, seconds: float = 0) -> None:
        """Fails when an unread message is there once every update is confirmed, or comes within so many seconds more,
        for what a bot says of its own accord.
        """
        self._emulator.wait_until(lambda: self._emulator.pending() == 0)
        time.sleep(seconds)
        reading = self._emulator.read(self._next)
        heard = messages(self._mine(reading.calls))
        self._next = reading.length
        assert not heard, f"{self.name} heard {[message.text for message in heard]}"

    def _skip_unread(self) -> None:
        self._next = self._emulator.end()

    def _mine(self, calls: list[Call]) -> list[Call]:
        return [call for call in calls if call.chat_id == self.chat_id and call.token == self._emulator.token]

    def _read(self, enough: Callable[[list[Call]], bool], timeout: float, wanted: str) -> list[Call]:
        """My calls since the last reading, once they are enough and answered, no update is left, and it is quiet."""
        deadline = time.monotonic() + timeout
        known: list[tuple[int, int | None]] | None = None
        version, wait, changed = -1, 0.0, 0.0
        while True:
            reading = self._emulator.read(self._next, version, wait)
            version, now = reading.version, time.monotonic()
            calls = self._mine(reading.calls)
            state = [(call.index, call.status) for call in calls]
            if state != known:
                known, changed = state, now
            ready = enough(calls) and all(call.status for call in calls)
            if ready and not reading.pending and now >= changed + self._emulator.settle:
                self._next = reading.length
                return calls
            if now >= deadline:
                raise AssertionError(f"{self.name} waited {timeout} s for {wanted}; {_story(calls)}")
            wait = max(CONFIRMED_WITHIN, changed + self._emulator.settle - now) if ready else deadline - now


def _offers(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.ok and call.method == "answerInlineQuery"]


def _story(calls: list[Call]) -> str:
    told = [f"{call.method} {call.status} {call.text or ''!r} {call.description}".strip() for call in calls]
    return f"the bot called {told}"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _entities(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that a client marks."""
    found = [(kind, m) for kind, form in (("bot_command", COMMAND), ("mention", MENTION)) for m in form.finditer(text)]
    return [{"type": kind, "offset": _length(text[: m.start()]), "length": len(m.group())} for kind, m in found]
