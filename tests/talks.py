"""Conversations as tables: who writes, taps or sends what, and what comes back; played with a running bot.

A step has one key that begins with a name ("An", "An taps", "Kim sends" ...) or "at once" with several of them, which
the bot then fetches in one batch; all its other keys say what must come of it. See `Coming` for those, `VERBS` for
what people do. The next step begins when the bot has confirmed that it is done: nothing is waited for in vain, and
whatever came too much is seen.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from bot.text import fold
from tests.emulator.client import Emulator
from tests.emulator.person import Person
from tests.emulator.seen import Call, Message, messages

CAST = {"An": "vi", "Chi": "vi", "Kim": "en", "Aiko": "ja", "Thu": None}  # names and the language of their Telegram
FILE = {"file_id": "f", "file_unique_id": "u"}
PICTURE = FILE | {"width": 1, "height": 1}
MEDIA: dict[str, dict[str, Any]] = {
    "photo": {"photo": [PICTURE]},
    "voice": {"voice": FILE | {"duration": 3}},
    "file": {"document": FILE | {"file_name": "cccd.pdf"}},
    "video": {"video": PICTURE | {"duration": 1}},
    "contact": {"contact": {"phone_number": "0912345678", "first_name": "Dung"}},
    "sticker": {"sticker": PICTURE | {"type": "regular", "is_animated": False, "is_video": False}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
}
NUMBERS = itertools.count(50_001)  # one for each person and each group of each scenario

Words = Annotated[tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]


class Coming(BaseModel):
    """What a step must bring. Texts are parts of all that came, buttons those of the last message.

    `messages` is how many came (one; none where a toast or cards do); `edited`: it took the place of the tapped one;
    `only` are all its buttons; `opens` parts of addresses behind them; `shown` parts of the message that was tapped
    or answered last, as it stands at the end; `unkept` what must stand in no file of the database.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    messages: int | None = None
    begins: str = ""
    says: Words = ()
    never: Words = ()
    buttons: Words = ()
    without: Words = ()
    only: Words | None = None
    opens: Words = ()
    edited: bool = False
    toast: str = ""
    cards: Words | None = None
    shown: Words = ()
    unkept: Words = ()

    @property
    def count(self) -> int:
        """How many messages must come."""
        none = bool(self.toast) or self.cards is not None
        return self.messages if self.messages is not None else 0 if none else 1


@dataclass(frozen=True)
class Deed:
    """What one person does."""

    name: str
    verb: str
    what: Any


@dataclass(frozen=True)
class Step:
    """What is done at one moment, and what must come of it."""

    deeds: tuple[Deed, ...]
    coming: Coming


@dataclass(frozen=True)
class Scenario:
    """A conversation; `settings` are those of the bot that it is held with, `group`: it is held among others."""

    name: str
    steps: tuple[Step, ...]
    settings: tuple[tuple[str, str], ...] = ()
    group: bool = False

    @property
    def id(self) -> str:
        """The name as a test can carry it."""
        return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in fold(self.name)).split())


def read(path: Path) -> list[Scenario]:
    """The scenarios of a file. Raises ValueError, saying where, when something in it is not understood."""
    file = yaml.safe_load(path.read_text("utf-8"))
    settings = tuple(file.get("settings", {}).items())
    told = []
    for raw in file["scenarios"]:
        try:
            steps = tuple(_step(dict(step)) for step in raw["talk"])
        except ValueError as error:
            raise ValueError(f"{path.name}, {raw['name']}: {error}") from error
        told.append(Scenario(raw["name"], steps, settings, raw.get("group", False)))
    return told


def _step(raw: dict[str, Any]) -> Step:
    first = next(iter(raw))
    what = raw.pop(first)
    deeds = [item for one in what for item in one.items()] if first == "at once" else [(first, what)]
    return Step(tuple(_deed(key, done) for key, done in deeds), Coming.model_validate(raw))


def _deed(key: str, what: Any) -> Deed:
    name, _, verb = key.partition(" ")
    if name not in CAST or verb not in VERBS:
        raise ValueError(f"nobody knows what {key!r} means")
    return Deed(name, verb, what)


class Talk:
    """One conversation, with persons of its own."""

    def __init__(self, emulator: Emulator, scenario: Scenario, bot: str) -> None:
        self.emulator = emulator
        self.bot = bot
        self.heard: list[Message] = []  # as they stand now, the last changed last
        self._typed: list[dict[str, Any]] = []  # messages with text, the last one last
        self._group = {"id": -next(NUMBERS), "type": "supergroup", "title": "Tổ dân phố"} if scenario.group else None
        self._persons: dict[str, Person] = {}
        self._read = 0

    def person(self, name: str) -> Person:
        """The person of this name in this conversation."""
        if name not in self._persons:
            number, language = next(NUMBERS), CAST[name]
            user = {"id": number, "is_bot": False, "first_name": name} | (
                {"language_code": language} if language else {}
            )
            chat = self._group or {"id": number, "type": "private", "first_name": name}
            self._persons[name] = Person(self.emulator, user, chat)
        return self._persons[name]

    def does(self, deeds: tuple[Deed, ...]) -> tuple[list[dict[str, Any]], list[Call]]:
        """Let people do this at one moment; the updates, and all calls that came of them, once the bot is done."""
        self._read = self.emulator.end()
        updates = [VERBS[deed.verb](self, self.person(deed.name), deed.what) for deed in deeds]
        updates = self.emulator.deliver_at_once(*updates)
        self.emulator.wait_until(lambda: self.emulator.pending() == 0)
        chats = {person.chat_id for person in self._persons.values()} | {p.user["id"] for p in self._persons.values()}
        calls = [c for c in self.emulator.read(self._read).calls if c.token == self.emulator.token]
        calls = [call for call in calls if call.chat_id in chats]
        self._listen(calls)
        self._typed += [update["message"] for update in updates if "text" in update.get("message", {})]
        return updates, calls

    def typed(self) -> dict[str, Any]:
        """The message that was typed last."""
        return self._typed[-1]

    def last(self, person: Person, label: str | None = None) -> Message:
        """The newest message in the person's chat, of those with this button if one is named."""
        for message in reversed(self.heard):
            if message.chat_id == person.chat_id and (label is None or label in message.labels):
                return message
        raise AssertionError(f"no message with a button {label!r} among {[m.labels for m in self.heard]}")

    def _listen(self, calls: list[Call]) -> None:
        for message in messages(calls):
            self.heard = [*(m for m in self.heard if m.message_id != message.message_id), message]


Verb = Callable[[Talk, Person, Any], dict[str, Any]]


def _taps(talk: Talk, person: Person, label: str) -> dict[str, Any]:
    message = talk.last(person, label)
    data = message.button(label).data
    assert data is not None, f"the button {label!r} sends nothing"
    return person.tapped(message, data)


def _edits(talk: Talk, _: Person, text: str) -> dict[str, Any]:
    old = talk.typed()
    return {"edited_message": old | {"text": text, "edit_date": old["date"] + 60}}


def _replies(talk: Talk, person: Person, text: str) -> dict[str, Any]:
    return person.written(_named(talk, text), reply_to=talk.last(person))


def _named(talk: Talk, text: str) -> str:
    return text.replace("{bot}", talk.bot)


def _message(person: Person, content: Mapping[str, Any]) -> dict[str, Any]:
    return {"message": {"from": person.user, "chat": person.chat, **content}}


ORIGIN = {"type": "hidden_user", "sender_user_name": "Bà Tư", "date": 1}

VERBS: dict[str, Verb] = {
    "": lambda talk, person, text: person.written(_named(talk, text)),
    "taps": _taps,
    "taps data": lambda talk, person, data: person.tapped(talk.last(person), data),
    "edits": _edits,
    "replies": _replies,
    "forwards": lambda _, person, text: person.written(text, forward_origin=ORIGIN),
    "quotes": lambda _, person, text: person.written(text, quote={"text": text[:5], "position": 0}),
    "sends": lambda _, person, kind: _message(person, MEDIA[kind]),
    "shares": lambda _, person, at: _message(person, {"location": {"latitude": at[0], "longitude": at[1]}}),
    "asks inline": lambda _, person, words: {
        "inline_query": {"from": person.user, "query": words, "chat_type": "sender"}
    },
}


def faults(coming: Coming, talk: Talk, calls: list[Call]) -> Iterator[str]:
    """What is not as the table says."""
    heard = messages(calls)
    text, last = "\n".join(m.text for m in heard), heard[-1] if heard else None
    if len(heard) != coming.count:
        yield f"{len(heard)} messages instead of {coming.count}"
    if not text.startswith(coming.begins):
        yield f"does not begin with {coming.begins!r}"
    yield from (f"does not say {words!r}" for words in coming.says if _named(talk, words) not in text)
    yield from (f"says {words!r}" for words in coming.never if words in text)
    if coming.edited and any(m.method != "editMessageText" for m in heard):
        yield "is a new message"
    if not coming.edited and len(heard) == 1 and heard[0].method == "editMessageText" and coming.messages is None:
        yield "is an edit"
    yield from _wrong_buttons(coming, last)
    yield from _wrong_answers(coming, calls)
    standing = talk.heard[-1].text if talk.heard else ""
    yield from (f"does not show {words!r} at the end" for words in coming.shown if words not in standing)


def _wrong_buttons(coming: Coming, last: Message | None) -> Iterator[str]:
    labels = last.labels if last else []
    addresses = " ".join(b.url or "" for row in (last.buttons if last else []) for b in row)
    yield from (f"has no button {label!r}" for label in coming.buttons if label not in labels)
    yield from (f"has a button {label!r}" for label in coming.without if label in labels)
    if coming.only is not None and labels != [*coming.only]:
        yield "has other buttons"
    yield from (f"opens no {part!r}" for part in coming.opens if part not in addresses)


def _wrong_answers(coming: Coming, calls: list[Call]) -> Iterator[str]:
    toast = " ".join(call.text for call in calls if call.method == "answerCallbackQuery" and call.text)
    if coming.toast not in toast or (toast and not coming.toast):
        yield f"the toast is {toast!r}"
    if coming.cards is not None:
        titles = [r["title"] for c in calls if c.method == "answerInlineQuery" for r in c.params["results"]]
        if titles[: len(coming.cards)] != [*coming.cards] or bool(titles) != bool(coming.cards):
            yield f"the cards are {titles}"
