"""The terminal as a channel: a conversation with numbers for buttons; the same desk, no token, no network."""

from collections.abc import Callable, Iterable

from bot.desk import Desk, Question
from bot.phrases import VIETNAMESE
from bot.replies import Button, NoneOfThese, Reply, Show, line
from bot.storage import Questions

CHAT = "terminal"


class Conversation:
    """One person at a keyboard (or a pipe). `log` is None where nothing is to be kept."""

    def __init__(self, desk: Desk, log: Questions | None, write: Callable[[Reply], None]) -> None:
        self._desk = desk
        self._log = log
        self._write = write
        self._buttons: list[Button] = []

    def hear(self, lines: Iterable[str]) -> None:
        """Answer every line until there are no more."""
        for raw in lines:
            typed = raw.strip()
            if typed:
                self._tap(typed) if self._is_choice(typed) else self._ask(typed)

    def _is_choice(self, typed: str) -> bool:
        return typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= len(self._buttons)

    def _ask(self, typed: str) -> None:
        handled = self._desk.ask(Question(typed, CHAT, chat=CHAT))
        if self._log:
            self._log.add(handled.entry).result()
            self._log.replied(handled.entry.reference, self._desk.clock()).result()
        self._say(handled.reply)

    def _tap(self, typed: str) -> None:
        action = self._buttons[int(typed) - 1].action
        if isinstance(action, NoneOfThese):
            if self._log:
                self._log.none_of_these(action.question).result()
            self._say(Reply((line(VIETNAMESE.noted_none),)))
            return
        if isinstance(action, Show) and action.question and self._log:
            self._log.picked(action.question, action.procedure).result()
        reply = self._desk.show(action, CHAT) if isinstance(action, Show) else self._desk.show_place(action)
        if reply:
            self._say(reply)

    def _say(self, reply: Reply) -> None:
        self._buttons = list(reply.flat_buttons())
        self._write(reply)
