"""The buttons under what is said of a ticket."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.staffroom_buttons import (
    ADD,
    BACK,
    CANCEL,
    CONFIRM,
    IGNORE,
    REASON,
    SEND,
    TAKE,
    TOGGLE,
    Press,
    check_of,
)
from bot.channels.telegram.staffroom_words import OPEN, short
from bot.phrases import staffroom as say
from bot.review.proposals import Proposal
from bot.storage import Kind, State, Ticket, Wording

LABEL = 60  # characters of a button

Keys = InlineKeyboardMarkup


def under(ticket: Ticket, near: Sequence[Proposal], staff_url: str | None) -> Keys | None:
    """What can be done with an open ticket: where there are staff pages, an edit is tried there."""
    if ticket.state not in OPEN:
        return None
    rows = []
    if ticket.kind is Kind.QUESTION:
        rows = [[_add(ticket, entry, staff_url)] for entry in near]
    first = [_key(say.TAKE, Press(TAKE, ticket.id))] if ticket.state is State.NEW else []
    rows.append([*first, _key(say.IGNORE, Press(IGNORE, ticket.id))])
    if staff_url:
        rows.append([InlineKeyboardButton(say.ON_THE_PAGE, url=page(staff_url, ticket.id))])
    return Keys(rows)


def page(staff_url: str, ticket: int) -> str:
    """A ticket on the staff pages."""
    return f"{staff_url.rstrip('/')}/nhom/{ticket}"


def reasons(ticket: int) -> Keys:
    """Why a ticket is put aside."""
    rows = [[_key(reason, Press(REASON, ticket, str(number)))] for number, reason in enumerate(say.REASONS)]
    return Keys([*rows, [_key(say.BACK, Press(BACK, ticket))]])


def confirming(ticket: int, entry: str) -> Keys:
    """After a rehearsal: do it, or not."""
    return Keys([[_key(say.CONFIRM, Press(CONFIRM, ticket, entry)), _key(say.CANCEL, Press(CANCEL, ticket))]])


def toggles(ticket: int, wordings: Sequence[Wording], mask: int, people: int) -> Keys:
    """Each wording with its tick, and the button that sends to those that are ticked."""
    check = check_of([wording.reference for wording in wordings])
    rows = [
        [_key(_ticked(number, wording, mask), Press(TOGGLE, ticket, str(number), mask, check))]
        for number, wording in enumerate(wordings)
    ]
    label = say.SEND_TO.format(count=people) if people else say.SEND_BY_CODE
    return Keys([*rows, [_key(label, Press(SEND, ticket, "", mask, check))]])


def _ticked(number: int, wording: Wording, mask: int) -> str:
    mark = say.TICKED if mask >> number & 1 else say.UNTICKED
    return say.TOGGLE.format(mark=mark, number=number + 1, question=wording.question)


def _add(ticket: Ticket, entry: Proposal, staff_url: str | None) -> InlineKeyboardButton:
    label = say.ADD.format(name=short(entry.name, LABEL - 20), score=f"{entry.score:.2f}".replace(".", ","))
    if staff_url:
        return InlineKeyboardButton(label, url=f"{page(staff_url, ticket.id)}?muc={entry.id}")
    return _key(label, Press(ADD, ticket.id, entry.id))


def _key(label: str, press: Press) -> InlineKeyboardButton:
    return InlineKeyboardButton(short(label, LABEL), callback_data=press.data)
