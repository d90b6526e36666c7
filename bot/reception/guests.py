"""Persons at the counter: told once what is kept, spoken to in their language, shown and erased on their word."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.desk import Desk, sentences
from bot.persons import Caller, KeyRing
from bot.phrases.persons import LANGUAGES, PersonSentences
from bot.reception.visitor import Visitor
from bot.replies import Agree, Erase, MyPlace, Reply, Speak, personal
from bot.storage import Everything, Known, Persons


@dataclass(frozen=True)
class Terms:
    """On what terms questions are linked: `ask` for consent before, else from the first with a notice."""

    ask: bool
    office: str
    clock: Callable[[], datetime.datetime]


class Guests:
    """The persons of all channels, on one store; `ring` makes their names. Everything may wait for the disk."""

    def __init__(self, desk: Desk, store: Persons, ring: KeyRing, terms: Terms) -> None:
        self._desk = desk
        self._store = store
        self._ring = ring
        self._terms = terms

    def recognised(self, visitor: Visitor) -> Visitor:
        """The visitor with what is known of them."""
        if visitor.caller is None:
            return visitor
        known = self._store.known(self._ring.aliases(visitor.caller))
        return replace(
            visitor,
            language=known.language or visitor.language,
            chosen=known.language is not None,
            person=self._ring.alias(visitor.caller) if self._linked(known) else None,
            new=known.noticed_at is None,
        )

    def told(self, reply: Reply, visitor: Visitor) -> tuple[Reply, ...]:
        """What is sent for a reply: to a stranger with the notice of what is kept."""
        if visitor.caller is None or not visitor.new:
            return (reply,)
        return personal.noticed(sentences(visitor.language), reply, self._terms.ask)

    def noticed(self, visitor: Visitor) -> None:
        """The notice has been sent."""
        if visitor.caller and visitor.new:
            self._keep(visitor.caller, noticed_at=self._terms.clock().isoformat())

    def privacy(self, visitor: Visitor) -> Reply:
        """What is kept, why, how long; where consent is asked for, with the choice."""
        say = sentences(visitor.language)
        return personal.privacy(say, self._terms.office, visitor.person is not None, self._terms.ask)

    def my_data(self, visitor: Visitor) -> Reply:
        """Everything kept of a person."""
        return personal.my_data(sentences(visitor.language), self._kept(visitor), visitor.person is not None)

    def erase(self, action: Erase, visitor: Visitor) -> Reply:
        """Asked once more, then erased."""
        say = sentences(visitor.language)
        if not action.sure:
            return personal.erasing(say, self._kept(visitor))
        if visitor.caller:
            self._store.erase(self._ring.aliases(visitor.caller), self._voters(visitor.caller))
        self._desk.forget(visitor.chat)
        return personal.erased(say)

    def agree(self, action: Agree, visitor: Visitor) -> Reply:
        """Whether questions are linked from now on."""
        if visitor.caller:
            self._keep(visitor.caller, consent=action.yes)
        return personal.consented(sentences(visitor.language), action.yes)

    def speak(self, action: Speak, visitor: Visitor) -> Reply:
        """A language kept for the person."""
        if visitor.caller:
            self._keep(visitor.caller, language=action.language)
        return personal.spoken(sentences(action.language))

    def my_place(self, action: MyPlace, visitor: Visitor) -> Reply | None:
        """A home commune kept for the person, or forgotten; None when it is no longer known."""
        name = self._desk.place_name(action.place) if action.place else None
        if action.place and name is None:
            return None
        if visitor.caller:
            self._keep(visitor.caller, place=action.place or None)
        return personal.place_kept(sentences(visitor.language), name)

    def voter(self, visitor: Visitor, subject: str) -> str:
        """The name under which a person judges one subject; "" where a channel knows no persons."""
        return self._ring.alias(visitor.caller, subject).name if visitor.caller else ""

    def _linked(self, known: Known) -> bool:
        return bool(known.consent) if self._terms.ask else known.consent is not False

    def _keep(self, caller: Caller, **chosen: str | bool | None) -> None:
        self._store.keep(self._ring.aliases(caller), **chosen)

    def _voters(self, caller: Caller) -> Callable[[str], tuple[str, ...]]:
        return lambda subject: tuple(alias.name for alias in self._ring.aliases(caller, subject))

    def _kept(self, visitor: Visitor) -> personal.Kept:
        if visitor.caller is None:
            return personal.Kept((), (), ())
        found = self._store.everything(self._ring.aliases(visitor.caller), self._voters(visitor.caller))
        told = personal.words(sentences(visitor.language))
        questions = (
            f"{personal.day_of(q.local_day)}: {q.question} ({told.outcomes[q.outcome]}{self._of(q.procedure)})"
            for q in found.questions
        )
        return personal.Kept(self._settings(told, found.known), tuple(questions), self._judged(told, found))

    def _settings(self, told: PersonSentences, known: Known) -> tuple[str, ...]:
        place = (self._desk.place_name(known.place) or known.place) if known.place else None
        lines = (
            told.kept_noticed.format(date=personal.day_of(known.noticed_at)) if known.noticed_at else None,
            None if known.consent is None else told.kept_consent[known.consent],
            told.kept_language.format(language=LANGUAGES[known.language]) if known.language else None,
            told.kept_place.format(place=place) if place else None,
        )
        return tuple(text for text in lines if text)

    def _judged(self, told: PersonSentences, found: Everything) -> tuple[str, ...]:
        return tuple(
            f"{personal.day_of(j.judged_at)}{self._of(j.procedure)}: {told.good if j.good else told.bad}"
            + (f" ({told.whys[j.why].lower()})" if j.why else "")
            for j in found.judgements
        )

    def _of(self, procedure: str | None) -> str:
        return f", {self._desk.name_of(procedure)}" if procedure else ""
