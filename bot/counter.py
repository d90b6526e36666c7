"""What a person does at the counter, in any channel: a question, a tap; what is said to it, and what is kept."""

from collections.abc import Callable
from typing import Any

from bot.desk import Desk, sentences
from bot.reception import Feedback, Guests, Visitor
from bot.replies import (
    Action,
    Agree,
    AskStaff,
    Erase,
    Judge,
    MyPlace,
    NoneOfThese,
    Reply,
    Report,
    Show,
    ShowPlace,
    Speak,
    line,
)
from bot.storage import Questions

__all__ = ["Counter", "Visitor"]


class Counter:
    """The desk with its log and its guests; channels bring what people do, and take replies away.

    `log` is None where nothing is to be kept, `guests` where a channel knows no persons.
    Everything here may wait for the disk: a channel calls it in a thread.
    """

    def __init__(self, desk: Desk, log: Questions | None, guests: Guests | None = None) -> None:
        self.desk = desk
        self.log = log
        self.guests = guests
        self._taps: dict[type[Action], Callable[[Any, Visitor], Reply | None]] = {
            Show: self._show,
            NoneOfThese: self._none_of_these,
            ShowPlace: lambda action, visitor: self.desk.show_place(action, visitor.language),
        }
        if log:
            feedback = Feedback(desk, log, guests)
            self._taps |= {Judge: feedback.judge, Report: feedback.report, AskStaff: feedback.ask_staff}
        if guests:
            self._taps |= {Agree: guests.agree, Erase: guests.erase, Speak: guests.speak, MyPlace: guests.my_place}

    def recognised(self, visitor: Visitor) -> Visitor:
        """The visitor with what is known of them. Raises StorageError."""
        return self.guests.recognised(visitor) if self.guests else visitor

    def tap(self, action: Action, visitor: Visitor) -> Reply | None:
        """What a button brings; None when it is older than what it speaks of. Raises StorageError."""
        told = self._taps.get(type(action))
        return told(action, visitor) if told else None

    def _show(self, action: Show, visitor: Visitor) -> Reply | None:
        reply = self.desk.show(action, visitor.chat, visitor.language)
        if reply and action.question and self.log:
            self.log.picked(action.question, action.procedure).result()
        return reply

    def _none_of_these(self, action: NoneOfThese, visitor: Visitor) -> Reply:
        if self.log:
            self.log.none_of_these(action.question).result()
        return Reply((line(sentences(visitor.language).noted_none),))
