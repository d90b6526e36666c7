"""Who is told what, once a ticket is settled: never more than what is right for the person's own question.

Grouping may be wrong. So after a phrase or a new entry only those hear of it whose own question, asked again of the new
base, is answered directly by that entry; after words only those whom staff left ticked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from bot.answers import Outcome
from bot.desk import Brain
from bot.review.asking import given
from bot.storage import Draft, Settled, Ticket, Watch, Wording


def answered_by(mind: Brain, entry: str, wordings: Iterable[Wording]) -> tuple[str, ...]:
    """The references of those questions that a base answers directly by one entry."""
    return tuple(
        reference
        for wording in wordings
        if is_answered(mind, entry, wording.question)
        for reference in wording.references
    )


def is_answered(mind: Brain, entry: str, question: str) -> bool:
    """Whether whoever asks this first gets the entry at once, with nothing asked back."""
    found = given(mind, question)
    return found.outcome is Outcome.ANSWER and found.shown == (entry,)


def drafts(ticket: Ticket, watches: Sequence[Watch], kind: Settled, payload: str) -> list[Draft]:
    """What is put into the outbox: one message for each person, about the last of the questions that they wait for.

    The key is of this settlement alone: whoever settles it again after a crash finds the watch gone or the key taken.
    """
    people: dict[tuple[str, str, str], list[Watch]] = defaultdict(list)
    for watch in watches:
        people[watch.address.channel, watch.address.bot, watch.address.chat].append(watch)
    return [_draft(ticket, own, kind, payload) for own in people.values()]


def waiting_for(watches: Iterable[Watch], references: Collection[str]) -> list[Watch]:
    """Those who wait for one of these questions."""
    wanted = frozenset(references)
    return [watch for watch in watches if watch.reference in wanted]


def _draft(ticket: Ticket, watches: Sequence[Watch], kind: Settled, payload: str) -> Draft:
    last = max(watches, key=lambda watch: watch.id)
    about = last.reference or f"w{last.id}"
    key = f"{ticket.id}:{ticket.version}:{about}:{last.id}"
    return Draft(key, tuple(watch.id for watch in watches), ticket.id, kind.value, payload)
