"""The terminal as a channel: a conversation with numbers for buttons; the same desk, no token, no network."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.commands import Commands
from bot.counter import Counter
from bot.finding import Finding
from bot.reception import Visitor
from bot.replies import Button, Reply, Speak

CHAT = "terminal"


class Conversation:
    """One person at a keyboard (or a pipe), of whom nothing is kept; a chosen language holds until the end."""

    def __init__(self, counter: Counter, write: Callable[[Reply], None]) -> None:
        self._counter = counter
        self._commands = Commands(counter, Finding(counter.desk))
        self._write = write
        self._visitor = Visitor(CHAT, CHAT)
        self._buttons: list[Button] = []

    def hear(self, lines: Iterable[str]) -> None:
        """Answer every line until there are no more: a number, a command, a question."""
        for raw in lines:
            typed = raw.strip()
            command = self._commands.typed(typed)
            if self._is_choice(typed):
                self._tap(typed)
            elif command:
                self._say(command(self._visitor))
            elif typed:
                self._ask(typed)

    def _is_choice(self, typed: str) -> bool:
        return typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= len(self._buttons)

    def _ask(self, typed: str) -> None:
        desk, log = self._counter.desk, self._counter.log
        handled = self._counter.ask(typed, self._visitor)
        if log:
            log.add(handled.entry).result()
            log.replied(handled.entry.reference, desk.clock()).result()
        self._say(handled.reply)

    def _tap(self, typed: str) -> None:
        action = self._buttons[int(typed) - 1].action
        reply = self._counter.tap(action, self._visitor)
        if isinstance(action, Speak):
            self._visitor = replace(self._visitor, language=action.language, chosen=True)
        if reply:
            self._say(reply)

    def _say(self, reply: Reply) -> None:
        self._buttons = reply.choices()
        self._write(reply)
