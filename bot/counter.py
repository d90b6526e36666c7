"""What a person does at the counter, in any channel: a question, a tap; what is said to it, and what is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.desk import Desk, sentences
from bot.phrases.cards import card_words
from bot.replies import Action, Browse, Checklist, NewSubject, NoneOfThese, Reply, Show, ShowPlace, line
from bot.replies.browsing import browsed
from bot.storage import Questions


@dataclass(frozen=True)
class Visitor:
    """Who taps: `chat` keys what is spoken of and is never stored; `language` as the channel tells it.

    `bot` is the name under which the bot is found there.
    """

    channel: str
    chat: str | None = None
    language: str = "vi"
    bot: str | None = None


class Counter:
    """The desk with its log; channels bring what people do, and take replies away.

    `log` is None where nothing is to be kept. Everything here may wait for the disk: a channel calls it in a thread.
    """

    def __init__(self, desk: Desk, log: Questions | None) -> None:
        self.desk = desk
        self.log = log
        self._taps: dict[type[Action], Callable[[Any, Visitor], Reply | None]] = {
            Show: self._show,
            NoneOfThese: self._none_of_these,
            Browse: lambda action, visitor: browsed(self.desk.speaker(visitor.language), action),
            ShowPlace: lambda action, visitor: self.desk.show_place(action, visitor.language),
            Checklist: lambda action, visitor: self.desk.checklist(action, visitor.language, visitor.bot),
            NewSubject: lambda _, visitor: self._new_subject(visitor),
        }

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

    def _new_subject(self, visitor: Visitor) -> Reply:
        self.desk.forget(visitor.chat)
        return Reply((line(card_words(sentences(visitor.language)).forgotten),), apart=True)
