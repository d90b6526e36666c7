"""What a person does at the counter, in any channel: a question, a tap; what is said to it, and what is kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.desk import Desk, Handled, Question, sentences
from bot.phrases.cards import card_words
from bot.replies import (
    Action,
    Browse,
    Checklist,
    MyPlace,
    NewSubject,
    NoneOfThese,
    Reply,
    Show,
    ShowPlace,
    line,
)
from bot.replies.browsing import browsed
from bot.storage import Questions
from bot.whereabouts import Places, Whereabouts


@dataclass(frozen=True)
class Visitor:
    """Who taps: `chat` keys what is spoken of and is never stored; `language` as the channel tells it.

    `person` is known where something may be kept for them on request; `bot` is the name under which the bot is found.
    """

    channel: str
    chat: str | None = None
    language: str = "vi"
    person: str | None = None
    bot: str | None = None


class Counter:
    """The desk with its log; channels bring what people do, and take replies away.

    `log` is None where nothing is to be kept, `places` where no commune is. Everything here may wait for the disk: a
    channel calls it in a thread.
    """

    def __init__(self, desk: Desk, log: Questions | None, places: Places | None = None) -> None:
        self.desk = desk
        self.log = log
        self.whereabouts = Whereabouts(desk, places)
        self._taps: dict[type[Action], Callable[[Any, Visitor], Reply | None]] = {
            Show: self._show,
            NoneOfThese: self._none_of_these,
            Browse: lambda action, visitor: browsed(self.desk.speaker(visitor.language), action),
            ShowPlace: lambda action, visitor: self.desk.show_place(action, visitor.language, self._home(visitor)),
            MyPlace: lambda action, visitor: self.whereabouts.keep(action, visitor.person, visitor.language),
            Checklist: lambda action, visitor: self.desk.checklist(action, visitor.language, visitor.bot),
            NewSubject: lambda _, visitor: self._new_subject(visitor),
        }

    def ask(self, question: Question, person: str | None = None) -> Handled:
        """What comes of a question, with the place kept for the person in it. Logging it is left to the channel."""
        return self.desk.ask(replace(question, place=self.whereabouts.home(person)))

    def tap(self, action: Action, visitor: Visitor) -> Reply | None:
        """What a button brings; None when it is older than what it speaks of. Raises StorageError."""
        told = self._taps.get(type(action))
        return told(action, visitor) if told else None

    def _show(self, action: Show, visitor: Visitor) -> Reply | None:
        reply = self.desk.show(action, visitor.chat, visitor.language, self._home(visitor))
        if reply and action.question and self.log:
            self.log.picked(action.question, action.procedure).result()
        return reply

    def _home(self, visitor: Visitor) -> str | None:
        return self.whereabouts.home(visitor.person)

    def _none_of_these(self, action: NoneOfThese, visitor: Visitor) -> Reply:
        if self.log:
            self.log.none_of_these(action.question).result()
        return Reply((line(sentences(visitor.language).noted_none),))

    def _new_subject(self, visitor: Visitor) -> Reply:
        self.desk.forget(visitor.chat)
        return Reply((line(card_words(sentences(visitor.language)).forgotten),), apart=True)
