"""What a person does at the counter, in any channel: a question, a tap; what is said to it, and what is kept."""

from collections.abc import Callable
from typing import Any

from bot.desk import Desk, Handled, Question, sentences
from bot.phrases.cards import card_words
from bot.reception import Feedback, Guests, Lookup, Notices, Visitor
from bot.reception.notices import PAUSED
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
    StillWrong,
    Thank,
    Watch,
    line,
)
from bot.replies.browsing import browsed
from bot.replies.personal import spoken
from bot.storage import LogEntry, Questions, Switches
from bot.whereabouts import Whereabouts

ANSWERING = (Show, Checklist, ShowPlace)  # taps that bring what the office answers for
Tap = Callable[[Any, Visitor], Reply | None]


class Counter:
    """The desk with its log and its guests; channels bring what people do, and take replies away.

    `log` is None where nothing is to be kept, `guests` where a channel knows no persons. Everything here may wait for
    the disk: a channel calls it in a thread. `heard` is told of each question.
    """

    def __init__(
        self,
        desk: Desk,
        log: Questions | None,
        guests: Guests | None = None,
        heard: Callable[[LogEntry], None] = lambda _: None,
    ) -> None:
        self.desk = desk
        self.log = log
        self.guests = guests
        self._heard = heard
        self.whereabouts = Whereabouts(desk, guests)
        self.notices = Notices(desk, Switches(log.database)) if log else None
        self.lookup = Lookup(desk, log) if log else None
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
            self._taps |= {Watch: feedback.watch, Thank: feedback.thank, StillWrong: feedback.still_wrong}
        if guests:
            self._taps |= {Agree: guests.agree, Erase: guests.erase, Speak: guests.speak}

    def recognised(self, visitor: Visitor) -> Visitor:
        """The visitor with what is known of them. Raises StorageError."""
        return self.guests.recognised(visitor) if self.guests else visitor

    def ask(self, text: str, visitor: Visitor, update: tuple[int, int] | None = None) -> Handled:
        """What comes of a visitor's question; `update` as in `Question`. Logging it is left to the channel."""
        who = visitor
        told = Question(text, who.channel, who.chat, update, who.language, who.place, who.chosen, who.person, who.group)
        handled = self.desk.ask(told)
        self._heard(handled.entry)
        return self.notices.held(handled) if self.notices else handled

    def tap(self, action: Action, visitor: Visitor) -> Reply | None:
        """What a button brings; None when it is older than what it speaks of. Raises StorageError."""
        told = self._taps.get(type(action))
        reply = told(action, visitor) if told else None
        return self.noticed(reply, visitor) if isinstance(action, ANSWERING) else reply

    def noticed(self, reply: Reply | None, visitor: Visitor) -> Reply | None:
        """An answer that no question brought, under the banner or, in a pause, held back."""
        return self.notices.in_place(reply, visitor.language) if self.notices else reply

    def topped(self, handled: Handled, reply: Reply) -> Reply:
        """What is told of a question, under the banner; what a pause put in its place is told as it is."""
        if self.notices is None:
            return reply
        return handled.reply if handled.entry.reason == PAUSED else self.notices.topped(reply)

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
