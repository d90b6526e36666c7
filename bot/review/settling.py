"""A ticket settled: the knowledge edited where that is how, the ticket closed, and those told whom it answers.

Order, so that a crash loses nothing: first the files (with a record that takes them back, and the commit), then the
ticket, its audit and its pushes in one transaction of the database. Killed before the files, nothing has happened.
Killed between the two, the base answers already and the ticket is still open: to settle it again finds the phrase
there, writes nothing and goes on. The other way round people would be told of an answer that is not there.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.errors import ConflictError, MotCuaError
from bot.review.asking import Progress, unheard
from bot.review.edits import AddPhrase, Edit, EditEntry, NewEntry
from bot.review.faster import faster
from bot.review.lock import Hold, alone
from bot.review.publishing import mended, publish, roll_back
from bot.review.records import Record
from bot.review.rehearsal import LOGGED, Rehearsal, rehearse
from bot.review.stage import Stage
from bot.review.telling import answered_by, drafts, is_answered, waiting_for
from bot.storage import (
    Audit,
    Database,
    Kind,
    Member,
    Questions,
    Settled,
    State,
    Ticket,
    Tickets,
    Watches,
)

OPEN = (State.NEW, State.TAKEN)
TICKET = "ticket:"  # what an audit row of a ticket is about
KINDS: tuple[tuple[type, Settled], ...] = ((AddPhrase, Settled.PHRASE), (NewEntry, Settled.ENTRY))
NOBODY = (
    "Chưa ghi gì: sửa như vậy thì chưa câu nào của nhóm này được trả lời thẳng bằng mục {entry}. "
    "Hãy ghi cách hỏi gần với câu của người dân hơn, hoặc chọn mục khác."
)


@dataclass(frozen=True)
class Done:
    """What came of settling: the change of the knowledge, if there was one; questions settled, people to be told."""

    record: Record | None
    settled: int
    told: int

    def __str__(self) -> str:
        files = f"Đã sửa {', '.join(self.record.files)}. {self.record.note}".rstrip() if self.record else ""
        told = f"{self.told} người sẽ được báo." if self.told else "Không có ai chờ báo."
        return f"{files} {told}".strip()


class Settling:
    """Settles the tickets of one database by the base of one stage."""

    def __init__(self, stage: Stage, database: Database, clock: Callable[[], datetime.datetime]) -> None:
        self._stage = stage
        self._clock = clock
        self._tickets = Tickets(database)
        self._watches = Watches(database)
        self._audit = Audit(database)
        self._log = Questions(database)

    def rehearse(self, edit: Edit, ticket: Ticket | None = None, progress: Progress = unheard) -> Rehearsal:
        """Try an edit on a copy, with the log and the wordings of a ticket; what was cut short before is mended."""
        with alone(self._stage.folder) as hold:
            mended(hold)
        wordings = self._tickets.wordings(ticket.id) if ticket else []
        texts = dict.fromkeys(wording.question for wording in wordings if wording.question)
        return rehearse(edit, self._stage, self._log.distinct(LOGGED), tuple(texts), progress)

    def by_edit(self, tried: Rehearsal, edit: Edit, ticket: Ticket, member: Member, reason: str = "") -> Done:
        """Settle by what was rehearsed: a phrase, a new entry, or (a disputed ticket) a corrected fact."""
        entry, kind = _entry(edit), _kind(edit)
        with alone(self._stage.folder) as hold:
            self._still(ticket)
            self._helps(tried, ticket, entry)
            record = self._published(hold, tried, member, f"{_title(edit)} (nhóm {ticket.id})", ticket, reason)
            try:
                return self._settled(ticket, kind, entry, member, reason, record)
            except MotCuaError:
                if record:
                    self._undone(hold, record, member, f"ticket:{ticket.id}", "nhóm đã đổi")
                raise

    def edit(self, tried: Rehearsal, edit: Edit, member: Member, reason: str = "") -> Record | None:
        """Publish an edit that settles nothing."""
        with alone(self._stage.folder) as hold:
            return self._published(hold, tried, member, _title(edit), None, reason)

    def by_words(self, ticket: Ticket, references: Collection[str], words: str, member: Member) -> Done:
        """Answer by hand, once, those of the ticked questions; all others go back into the queue."""
        if not words.strip():
            raise MotCuaError("Câu trả lời đang để trống: hãy ghi lời gửi cho người hỏi.")
        watches = self._watches.of_ticket(ticket.id)
        asked = ticket.kind is Kind.QUESTION
        told = drafts(ticket, waiting_for(watches, references) if asked else watches, Settled.WORDS, words)
        taken = tuple(references) if asked else None
        now = self._clock()
        won = self._tickets.settle(ticket.id, ticket.version, Settled.WORDS, None, words, member, now, taken, told)
        self._won(won, ticket)
        return Done(None, len(references), len(told))

    def ignore(self, ticket: Ticket, reason: str, member: Member) -> Done:
        """Nobody is told; what is asked in the same words later joins it silently."""
        if not reason.strip():
            raise MotCuaError("Hãy ghi lý do bỏ qua nhóm này.")
        now = self._clock()
        self._won(self._tickets.settle(ticket.id, ticket.version, Settled.IGNORED, None, reason, member, now), ticket)
        return Done(None, ticket.times, 0)

    def correct(self, ticket: Ticket, entry: str, member: Member) -> Done:
        """Close a disputed ticket whose entry was mended in its file, by hand: who agreed hears that it was."""
        with alone(self._stage.folder):
            self._still(ticket)
            return self._settled(ticket, Settled.EDIT, entry, member, "", None)

    def settled_by(self, record: Record) -> Ticket | None:
        """The ticket that a change settled, while it counts as settled: the audit has its row at the same moment."""
        moment = record.at + datetime.timedelta(microseconds=1)
        rows = self._audit.search(record.at, moment, what="knowledge.edit")
        numbers = [int(row.subject.removeprefix(TICKET)) for row in rows if row.subject.startswith(TICKET)]
        found = [self._tickets.ticket(number) for number in numbers]
        return next((one for one in found if one and one.state is State.DONE), None)

    def undo(self, id: str, member: Member, reason: str = "", ticket: Ticket | None = None) -> Record:
        """Take a published change back; the ticket that it settled is new again. Who was told was told."""
        with alone(self._stage.folder) as hold:
            mended(hold)
            if ticket:
                self._still(ticket, (State.DONE,))
            record = self._undone(hold, id, member, f"ticket:{ticket.id}" if ticket else f"edit:{id}", reason)
        if ticket and not self._tickets.reopen(ticket.id, ticket.version, member, self._clock(), reason):
            self._won(False, ticket)
        return record

    def _settled(
        self, ticket: Ticket, kind: Settled, entry: str, member: Member, reason: str, record: Record | None
    ) -> Done:
        """The transaction, with who is told as it is now: questions may have joined since the rehearsal."""
        watches = self._watches.of_ticket(ticket.id)
        references: tuple[str, ...] | None = None
        if ticket.kind is Kind.QUESTION:
            references = answered_by(self._stage.brain(), entry, self._tickets.wordings(ticket.id))
            watches = waiting_for(watches, references)
        told = drafts(ticket, watches, kind, entry)
        now = self._clock()
        won = self._tickets.settle(ticket.id, ticket.version, kind, entry, reason, member, now, references, told)
        self._won(won, ticket)
        return Done(record, ticket.times if references is None else len(references), len(told))

    def _published(
        self, hold: Hold, tried: Rehearsal, member: Member, title: str, ticket: Ticket | None, reason: str
    ) -> Record | None:
        """The files written, and what differs in the audit; None where all of it stood there already."""
        if not tried.changes:
            return None
        record = publish(hold, tried, member, title, self._clock())
        subject = f"ticket:{ticket.id}" if ticket else f"edit:{record.id}"
        before, after = tried.lines
        self._audit.write(record.at, member, "knowledge.edit", subject, before, after, reason or record.message)
        return record

    def _undone(self, hold: Hold, record: Record | str, member: Member, subject: str, reason: str) -> Record:
        published = record if isinstance(record, str) else record.id
        undone = roll_back(hold, published, self._stage.local, member, self._clock())
        self._audit.write(undone.at, member, "knowledge.undo", subject, "", undone.message, reason)
        return undone

    def _helps(self, tried: Rehearsal, ticket: Ticket, entry: str) -> None:
        """Refuse what answers none of the ticket's questions; what stands there already was looked at before."""
        if ticket.kind is not Kind.QUESTION:
            return
        answered = any(asked.answered_by(entry) for asked in tried.wordings)
        if not tried.changes:
            mind, wordings = self._stage.brain(), self._tickets.wordings(ticket.id)
            answered = any(is_answered(mind, entry, wording.question) for wording in wordings)
        if not answered:
            raise MotCuaError(NOBODY.format(entry=entry))

    def _still(self, ticket: Ticket, states: Collection[State] = OPEN) -> None:
        """Before anything is written: nobody was faster."""
        now = self._tickets.ticket(ticket.id)
        self._won(now is not None and now.version == ticket.version and now.state in states, ticket)

    def _won(self, won: bool, ticket: Ticket) -> None:
        if not won:
            raise ConflictError(faster(self._audit.of(f"ticket:{ticket.id}")))


def _entry(edit: Edit) -> str:
    if isinstance(edit, AddPhrase | NewEntry | EditEntry):
        return edit.entry
    raise MotCuaError("Sửa cả một tệp thì không giải quyết một nhóm câu hỏi: hãy sửa mục mà người dân hỏi.")


def _kind(edit: Edit) -> Settled:
    return next((kind for form, kind in KINDS if isinstance(edit, form)), Settled.EDIT)


def _title(edit: Edit) -> str:
    """What a commit says."""
    match edit:
        case AddPhrase(entry=entry, phrase=phrase):
            return f"Thêm cách hỏi vào {entry}: {' '.join(phrase.split())}"
        case NewEntry():
            return f"Thêm mục {edit.entry}"
        case EditEntry(entry=entry):
            return f"Sửa mục {entry}"
        case _:
            return f"Sửa {getattr(edit, 'name', 'bộ tri thức')}"
