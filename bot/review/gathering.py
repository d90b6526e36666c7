"""Questions and judgements that want a ticket find theirs: like questions together, disputes by their procedure."""

import datetime
from collections.abc import Iterable, Sequence

from bot.grouping import Gist, Groups
from bot.storage import Kind, Loose, Placed, Placing, State, Tickets

AT_ONCE = 10_000  # rows put into tickets in one go


def gather(tickets: Tickets, at: datetime.datetime) -> int:
    """Put what has no ticket into one; how many tickets got something.

    A question joins the open ticket it is most like, else opens one; whose words were ignored before joins that ticket
    silently, unless the person sent it to staff. A ticket never changes its number.
    """
    loose = tickets.loose(AT_ONCE)
    if not loose:
        return 0
    questions = [row for row in loose if row.kind is Kind.QUESTION]
    disputes = [row for row in loose if row.kind is Kind.DISPUTED]
    placings = [*_questions(questions, tickets.placed() if questions else []), *_disputes(disputes, tickets)]
    return sum(ticket is not None for ticket in tickets.place(placings, at))


def _questions(loose: Sequence[Loose], placed: Sequence[Placed]) -> Iterable[Placing]:
    """Negative numbers stand for tickets that are still to be opened."""
    groups, ignored = Groups(), {one.folded: one.ticket for one in placed if one.state is State.IGNORED}
    same = {one.folded: one.ticket for one in placed if one.state is not State.IGNORED}
    for one in placed:
        if one.state is not State.IGNORED:
            groups.add(Gist.of(one.words, one.matches), one.ticket)
    joined: dict[tuple[int, bool], list[int]] = {}
    for row in loose:
        if row.folded in ignored and not row.asked:
            joined.setdefault((ignored[row.folded], True), []).append(row.id)
            continue
        gist = Gist.of(row.words, row.matches)
        nearest = same.get(row.folded) or groups.nearest(gist)
        number = same[row.folded] = -1 - len(groups) if nearest is None else nearest
        groups.add(gist, number)
        joined.setdefault((number, False), []).append(row.id)
    for (number, silently), ids in joined.items():
        yield Placing(Kind.QUESTION, ids, number if number > 0 else None, silently=silently)


def _disputes(loose: Sequence[Loose], tickets: Tickets) -> Iterable[Placing]:
    standing = tickets.disputed() if loose else {}
    found: dict[str, list[int]] = {}
    for row in loose:
        found.setdefault(row.procedure or "", []).append(row.id)
    for procedure, ids in found.items():
        yield Placing(Kind.DISPUTED, ids, standing.get(procedure), procedure)
