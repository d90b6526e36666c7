"""What a person does at the counter, in any channel: a question, a tap; what is said to it, and what is kept."""

from collections.abc import Callable
from typing import Any

from bot.desk import Desk, Handled, Question, sentences
from bot.phrases.cards import card_words
from bot.reception import Feedback, Guests, Visitor
from bot.replies import (
    Action,
    Agree,
    AskStaff,
    Browse,
    Checklist,
    Erase,
    Judge,
    MyPlace,
    NewSubject,
    NoneOfThese,
    Reply,
    Report,
    Show,
    ShowPlace,
    Speak,
    line,
)
from bot.replies.browsing import browsed
from bot.replies.personal import spoken
from bot.storage import Questions
from bot.whereabouts import Whereabouts

Tap = Callable[[Any, Visitor], Reply | None]


class Counter:
    """The desk with its log and its guests; channels bring what people do, and take replies away.

    `log` is None where nothing is to be kept, `guests` where a channel knows no persons. Everything here may wait for
    the disk: a channel calls it in a thread.
    """

    def __init__(self, desk: Desk, log: Questions | None, guests: Guests | None = None) -> None:
        self.desk = desk
        self.log = log
        self.guests = guests
        self.whereabouts = Whereabouts(desk, guests)
        self._taps: dict[type[Action], Tap] = {
            Show: self._show,
            NoneOfThese: self._none_of_these,
            Browse: lambda action, visitor: browsed(self.desk.speaker(visitor.language), action),
            ShowPlace: lambda action, visitor: self.desk.show_place(action, visitor.language, visitor.place),
            MyPlace: self.whereabouts.keep,
            Checklist: lambda action, visitor: self.desk.checklist(action, visitor.language, visitor.bot),
            NewSubject: lambda _, visitor: self._new_subject(visitor),
            Speak: lambda action, _: spoken(sentences(action.language)),
        }
        if log:
            feedback = Feedback(desk, log, guests)
            self._taps |= {Judge: feedback.judge, Report: feedback.report, AskStaff: feedback.ask_staff}
        if guests:
            self._taps |= {Agree: guests.agree, Erase: guests.erase, Speak: guests.speak}

    def recognised(self, visitor: Visitor) -> Visitor:
        """The visitor with what is known of them. Raises StorageError."""
        return self.guests.recognised(visitor) if self.guests else visitor

    def ask(self, text: str, visitor: Visitor, update: tuple[int, int] | None = None) -> Handled:
        """What comes of a visitor's question; `update` as in `Question`. Logging it is left to the channel."""
        who = visitor
        told = Question(text, who.channel, who.chat, update, who.language, who.place, who.chosen, who.person, who.group)
        return self.desk.ask(told)

    def tap(self, action: Action, visitor: Visitor) -> Reply | None:
        """What a button brings; None when it is older than what it speaks of. Raises StorageError."""
        told = self._taps.get(type(action))
        return told(action, visitor) if told else None

    def _show(self, action: Show, visitor: Visitor) -> Reply | None:
        reply = self.desk.show(action, visitor.chat, visitor.language, visitor.place)
        if reply and action.question and self.log:
            self.log.picked(action.question, action.procedure).result()
        return reply

    def _none_of_these(self, action: NoneOfThese, visitor: Visitor) -> Reply:
        if self.log:
            self.log.none_of_these(action.question).result()
        return Reply((line(sentences(visitor.language).noted_none),))

    def _new_subject(self, visitor: Visitor) -> Reply:
        self.desk.forget(visitor.chat)
        return Reply((line(card_words(sentences(visitor.language)).forgotten),), apart=True)
