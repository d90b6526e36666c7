"""A ticket as staff read it in their group: what was asked, how often, what is near, and what can be tapped."""

import datetime
import textwrap
from collections.abc import Sequence

from bot.phrases import staffroom as say
from bot.replies import Line, Reply, line
from bot.replies.personal import day_of
from bot.storage import Kind, Settled, State, Ticket, Wording

WORDINGS = 10  # told under a ticket; the others are counted
LONGEST = 200  # characters of each
SHORT = 60  # and where many stand in a list
TOPIC = 128  # characters of a topic's name
OPEN = (State.NEW, State.TAKEN)


def short(text: str, most: int = LONGEST) -> str:
    """A text on one line, cut between words where it is long."""
    return textwrap.shorten(text, most, placeholder="…") or "…"


def topic(ticket: Ticket, name: str) -> str:
    """What a topic is called: the newest wording, or the procedure that is disputed."""
    return say.TOPIC.format(id=ticket.id, wording=short(subject(ticket, name), TOPIC - 20))


def subject(ticket: Ticket, name: str) -> str:
    """What a ticket is about, in a few words; `name` is what its procedure is called."""
    return ticket.wording if ticket.kind is Kind.QUESTION or not name else name


def head(ticket: Ticket) -> str:
    """The first line of everything that is said of a ticket: its number and its state."""
    if ticket.state is State.TAKEN and ticket.staff:
        return say.HEAD_TAKEN.format(id=ticket.id, who=ticket.staff.name)
    return say.HEAD.format(id=ticket.id, state=say.STATES[ticket.state])


def told(ticket: Ticket, wordings: Sequence[Wording], name: str) -> Reply:
    """A ticket with its wordings and, while it is open, how to answer it."""
    lines = [line(head(ticket), strong=True)]
    if ticket.kind is Kind.DISPUTED:
        lines.append(line(say.DISPUTED.format(name=name)))
    counts = say.COUNTS.format(askers=ticket.askers, times=ticket.times, date=day_of(ticket.opened_at.isoformat()))
    lines.append(line(counts))
    if ticket.asked:
        lines.append(line(say.ASKED.format(count=ticket.asked)))
    lines += map(wording, wordings[:WORDINGS])
    if len(wordings) > WORDINGS:
        lines.append(line(say.MORE_WORDINGS.format(count=len(wordings) - WORDINGS)))
    watched = say.WATCHERS.format(count=ticket.watchers) if ticket.watchers else say.NOBODY_WATCHES
    lines += [line(watched), line(say.HOW)] if ticket.state in OPEN else [line(settled(ticket, name))]
    return Reply(tuple(lines))


def wording(one: Wording) -> Line:
    """One way in which it was asked."""
    form = say.WORDING_TIMES if one.times > 1 else say.WORDING
    return line(form.format(question=short(one.question), times=one.times))


def settled(ticket: Ticket, name: str) -> str:
    """How a ticket ended."""
    by = (
        say.SETTLED_BY.format(id=ticket.id, who=ticket.staff.name) if ticket.staff else say.SETTLED.format(id=ticket.id)
    )
    how = {
        Settled.PHRASE: say.SETTLED_PHRASE.format(name=name),
        Settled.ENTRY: say.SETTLED_ENTRY.format(name=name),
        Settled.EDIT: say.SETTLED_EDIT.format(name=name),
        Settled.WORDS: say.SETTLED_WORDS,
        Settled.IGNORED: say.SETTLED_IGNORED.format(reason=ticket.note or ""),
    }
    return f"{by} {how[ticket.settled_as]}" if ticket.settled_as in how else by


def queue(tickets: Sequence[Ticket], count: int, now: datetime.datetime, names: dict[str, str]) -> Reply:
    """The first open tickets, by rank."""
    if not tickets:
        return Reply((line(say.QUEUE_EMPTY),))
    form = say.QUEUE if count == len(tickets) else say.QUEUE_MANY
    rows = [line(row(one, now, names, say.QUEUE_ROW)) for one in tickets]
    return Reply((line(form.format(count=count, shown=len(tickets)), strong=True), *rows))


def row(ticket: Ticket, now: datetime.datetime, names: dict[str, str], form: str) -> str:
    """A ticket on one line."""
    taken = f"; {ticket.staff.name} {say.STATES['taken']}" if ticket.state is State.TAKEN and ticket.staff else ""
    words = short(subject(ticket, names.get(ticket.procedure or "", "")), SHORT)
    return form.format(id=ticket.id, wording=words, askers=ticket.askers, age=age(ticket, now), state=taken)


def age(ticket: Ticket, now: datetime.datetime) -> str:
    """How long a ticket is open."""
    days = (now - ticket.opened_at).days
    return say.AGE_DAYS.format(days=days) if days else say.AGE_TODAY
