"""A ticket and what belongs to it, as values: one group of like questions, or of disputes about one procedure."""

import datetime
import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.roles import Role
from bot.storage.member import Member
from bot.storage.questions import Weighed
from bot.storage.times import moment


class Kind(enum.StrEnum):
    """QUESTION: what was not answered, gathered by likeness; DISPUTED: what was told wrongly, by procedure."""

    QUESTION = "question"
    DISPUTED = "disputed"


class State(enum.StrEnum):
    """NEW until somebody takes it; DONE or IGNORED once it is settled."""

    NEW = "new"
    TAKEN = "taken"
    DONE = "done"
    IGNORED = "ignored"


class Settled(enum.StrEnum):
    """How: by a PHRASE or a new ENTRY of the knowledge, an EDIT of a fact, WORDS to the askers; or IGNORED."""

    PHRASE = "phrase"
    ENTRY = "entry"
    EDIT = "edit"
    WORDS = "words"
    IGNORED = "ignored"


@dataclass(frozen=True)
class Ticket:
    """A ticket with its figures: `askers` distinct people as far as they may be linked, `times` how often, `asked` how
    often by a tap, `watchers` who wait to be told, `newest` the day, `wording` and `matches` of the newest question.

    `version` grows with each change by staff, and not when questions join.
    """

    id: int
    kind: Kind
    procedure: str | None
    state: State
    staff: Member | None
    opened_at: datetime.datetime
    changed_at: datetime.datetime
    askers: int
    times: int
    asked: int
    watchers: int
    newest: str
    wording: str
    matches: tuple[tuple[str, float], ...]
    version: int
    settled_as: Settled | None
    settled_procedure: str | None
    note: str | None


@dataclass(frozen=True)
class Wording:
    """One way in which a ticket's question was put: its newest row, and all `references` of the same words.

    Of a disputed ticket: a judged question (or "") with the reason `why`; reports have no references.
    """

    reference: str
    question: str
    times: int
    askers: int
    last_day: str
    watched: int
    language: str
    references: tuple[str, ...]
    asked: int = 0
    why: str | None = None


@dataclass(frozen=True)
class Loose:
    """A row that wants a ticket: a question, or a judgement (`kind` DISPUTED, with its `procedure`).

    `id` is of its own table; `asked`: sent to staff by a tap; `words` and `matches` as in `LogEntry`.
    """

    kind: Kind
    id: int
    reference: str | None
    question: str
    folded: str
    language: str
    procedure: str | None
    asked: bool
    words: Weighed = ()
    matches: Weighed = ()


@dataclass(frozen=True)
class Placing:
    """Loose rows of one kind that belong together: for `ticket`, else for a new one.

    `silently`: into a ticket that is ignored, instead of one that is open.
    """

    kind: Kind
    ids: Sequence[int]
    ticket: int | None = None
    procedure: str | None = None
    silently: bool = False


@dataclass(frozen=True)
class Placed:
    """A wording that is in a ticket already; `words` and `matches` as in `LogEntry`."""

    ticket: int
    state: State
    folded: str
    question: str
    words: Weighed = ()
    matches: Weighed = ()


def ticket_of(row: dict[str, Any]) -> Ticket:
    """A ticket out of its row with figures."""
    own = {name: row[name] for name in Ticket.__dataclass_fields__ if name in row}
    changed: dict[str, Any] = {
        "kind": Kind(row["kind"]),
        "state": State(row["state"]),
        "staff": Member(row["staff"], row["user_id"], row["name"], Role(row["role"])) if row["staff"] else None,
        "opened_at": moment(row["opened_at"]),
        "changed_at": moment(row["changed_at"]),
        "matches": tuple((str(name), float(score)) for name, score in json.loads(row["matches"] or "[]")),
        "settled_as": Settled(row["settled_as"]) if row["settled_as"] else None,
    }
    return Ticket(**{**own, **changed})
