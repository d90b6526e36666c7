"""Persons at the counter: told once what is kept, spoken to in their language, shown and erased on their word."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.desk import Desk, sentences
from bot.persons import Alias, Caller, KeyRing
from bot.reception.keeping import kept
from bot.reception.visitor import Visitor
from bot.replies import Agree, Erase, Reply, Speak, personal
from bot.storage import Known, Persons


@dataclass(frozen=True)
class Terms:
    """On what terms questions are linked: `ask` for consent before, else from the first with a notice.

    What is kept of a person goes after so many `months`.
    """

    ask: bool
    office: str
    clock: Callable[[], datetime.datetime]
    months: int = 12


class Guests:
    """The persons of all channels, on one store; `ring` makes their names. Everything may wait for the disk."""

    def __init__(self, desk: Desk, store: Persons, ring: KeyRing, terms: Terms) -> None:
        self._desk = desk
        self._store = store
        self._ring = ring
        self._terms = terms

    def recognised(self, visitor: Visitor) -> Visitor:
        """The visitor with what is known of them; among others no place is told, and no stranger linked."""
        if visitor.caller is None:
            return visitor
        known = self._store.known(self._ring.aliases(visitor.caller))
        return replace(
            visitor,
            language=known.language or visitor.language,
            chosen=known.language is not None,
            person=self._ring.alias(visitor.caller) if self._linked(known, visitor.group) else None,
            place=None if visitor.group else known.place or "",
            new=known.noticed_at is None and not visitor.group,
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
        return personal.privacy(
            say, self._terms.office, self._terms.months, visitor.person is not None, self._terms.ask
        )

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

    def keep_place(self, caller: Caller, place: str) -> None:
        """Keep the code of a commune for a person; "" forgets it."""
        self._keep(caller, place=place or None)

    def voter(self, visitor: Visitor, subject: str) -> str:
        """The name under which a person judges one subject; "" where a channel knows no persons."""
        return self._ring.alias(visitor.caller, subject).name if visitor.caller else ""

    def alias(self, caller: Caller) -> Alias:
        """The person's own name in rows that they asked for themselves."""
        return self._ring.alias(caller)

    def _linked(self, known: Known, group: bool) -> bool:
        """By consent, or where that is not asked for, without a refusal and not before the notice is given."""
        if self._terms.ask or known.consent is not None:
            return bool(known.consent)
        return not group or known.noticed_at is not None

    def _keep(self, caller: Caller, **chosen: str | bool | None) -> None:
        self._store.keep(self._ring.aliases(caller), **chosen)

    def _voters(self, caller: Caller) -> Callable[[str], tuple[str, ...]]:
        return lambda subject: tuple(alias.name for alias in self._ring.aliases(caller, subject))

    def _kept(self, visitor: Visitor) -> personal.Kept:
        if visitor.caller is None:
            return personal.Kept((), (), (), ())
        found = self._store.everything(self._ring.aliases(visitor.caller), self._voters(visitor.caller))
        return kept(self._desk, visitor.language, found)
