"""A ticket's wording added to an entry from the group: tried on a copy, told in words, and done only when confirmed.

What was tried is kept in memory: whoever confirms after a restart is asked to try again.
"""

import textwrap
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.answers import Outcome
from bot.errors import MotCuaError
from bot.phrases import staffroom as say
from bot.review.asking import Asked
from bot.review.edits import LONGEST_PHRASE, AddPhrase
from bot.review.rehearsal import Rehearsal
from bot.review.settling import Settling
from bot.storage import Member, Ticket
from bot.trial import Given

KEPT = 20  # rehearsals that can still be confirmed
LISTED = 5  # questions told of each kind
SHORT = 80


@dataclass(frozen=True)
class Tried:
    """An edit that was rehearsed for a ticket, as that then was."""

    ticket: Ticket
    edit: AddPhrase
    rehearsal: Rehearsal


class Adding:
    """Settling by a phrase, in two steps; both may take seconds."""

    def __init__(self, settling: Settling, name_of: Callable[[str], str]) -> None:
        self._settling = settling
        self._name_of = name_of
        self._tried: OrderedDict[tuple[int, str], Tried] = OrderedDict()

    def rehearse(self, ticket: Ticket, entry: str) -> tuple[str, bool]:
        """What would change, in words, and whether it may be done. Raises MotCuaError when it cannot be tried."""
        phrase = textwrap.shorten(ticket.wording, LONGEST_PHRASE, placeholder="")
        edit = AddPhrase(entry, phrase, ticket.wording)
        tried = self._settling.rehearse(edit, ticket)
        self._tried[ticket.id, entry] = Tried(ticket, edit, tried)
        if len(self._tried) > KEPT:
            self._tried.popitem(last=False)
        answered = sum(asked.answered_by(entry) for asked in tried.wordings)
        fine = bool(answered) and not tried.worse and not tried.unproven
        return "\n".join(self._told(tried, answered, fine)), fine

    def apply(self, ticket: int, entry: str, member: Member) -> str:
        """Do what was rehearsed, if base and ticket are still as they were; what was done, in words."""
        tried = self._tried.pop((ticket, entry), None)
        if tried is None:
            raise MotCuaError(say.NOT_TRIED.format(id=ticket))
        return str(self._settling.by_edit(tried.rehearsal, tried.edit, tried.ticket, member))

    def _told(self, tried: Rehearsal, answered: int, fine: bool) -> list[str]:
        told = [say.TRIED_ANSWERED.format(answered=answered, wordings=len(tried.wordings))]
        told += [say.TRIED_WORSE.format(count=len(tried.worse))] if tried.worse else []
        changed = [asked for asked in tried.logged if asked.before != asked.after]
        told.append(say.TRIED_LOGGED.format(count=len(changed), asked=tried.asked))
        told += [self._changed(asked) for asked in changed[:LISTED]]
        return [*told, say.TRIED_FINE if fine else say.TRIED_BAD]

    def _changed(self, asked: Asked) -> str:
        question = textwrap.shorten(asked.question, SHORT, placeholder="…")
        return say.TRIED_CHANGED.format(
            question=question, before=self._given(asked.before), after=self._given(asked.after)
        )

    def _given(self, given: Given) -> str:
        if given.outcome is Outcome.UNKNOWN:
            return say.TRIED_NOTHING
        return " / ".join(map(self._name_of, given.shown)) or say.TRIED_NOTHING
