"""The terminal as a channel: a conversation with numbers for buttons; the same desk, no token, no network."""

from collections.abc import Callable, Iterable

from bot.counter import Counter, Visitor
from bot.desk import Question
from bot.replies import Button, Reply

CHAT = "terminal"


class Conversation:
    """One person at a keyboard (or a pipe)."""

    def __init__(self, counter: Counter, write: Callable[[Reply], None]) -> None:
        self._counter = counter
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
        desk, log = self._counter.desk, self._counter.log
        handled = desk.ask(Question(typed, CHAT, chat=CHAT))
        if log:
            log.add(handled.entry).result()
            log.replied(handled.entry.reference, desk.clock()).result()
        self._say(handled.reply)

    def _tap(self, typed: str) -> None:
        reply = self._counter.tap(self._buttons[int(typed) - 1].action, Visitor(CHAT, CHAT))
        if reply:
            self._say(reply)

    def _say(self, reply: Reply) -> None:
        self._buttons = reply.choices()
        self._write(reply)
