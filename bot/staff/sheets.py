"""A text of the base in an editor: shown, previewed as citizens will see it, tried on a copy, written when agreed."""

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.errors import Fault, KnowledgeError, MotCuaError
from bot.review.edits import Edit, EditFile, own_base
from bot.review.faster import faster
from bot.review.rehearsal import Rehearsal
from bot.staff.doors import Visit, see
from bot.staff.jobs import Job
from bot.staff.preview import Message, changed_base, differing, messages
from bot.storage import Member, State, Ticket

LONGEST_REASON = 300
LONGEST_QUOTE = 50  # characters of a line with a fault
NO_REASON = "Hãy ghi vì sao (dài nhất 300 chữ cái): người xem lại sau này cần biết."
UNCHANGED = "Chưa có gì khác với bộ tri thức: hãy sửa rồi bấm lại."
ALONE = " Nếu vẫn muốn ghi mà không gắn với nhóm đó thì bấm lại."
OF_ENTRY = re.compile(r"(?:procedures|guides)\.\d+\.?")  # where an entry stands in its file
FAULTY = "Chưa dùng được, hãy sửa {count} chỗ sau:"


@dataclass(frozen=True)
class Sheet:
    """One text that somebody edits, at the address `action`.

    `about` gives the entry that it will be, None stands for a whole file; `ticket` is settled by it; `kept` are fields
    that stay with it. The text goes into one of `files` (name → its field), or begins one for a new `field`.
    """

    title: str
    action: str
    back: str
    text: str
    edit: Callable[[str], Edit]
    about: Callable[[str], str] | None = None
    ticket: Ticket | None = None
    keys: tuple[tuple[str, str], ...] = ()
    kept: dict[str, str] = made(default_factory=dict)
    files: Mapping[str, str] | None = None
    file: str = ""
    field: str = ""


@dataclass(frozen=True)
class Seen:
    """What citizens will see, and how many messages it is in all."""

    messages: list[Message]
    count: int
    whole: bool


def ticket_of(visit: Visit) -> Ticket | None:
    """The open group for which somebody edits; None for none, or one that needs nothing any more."""
    number = (visit.form if visit.form.fields else visit.asked).number("nhom")
    found = visit.site.tickets.ticket(number) if number else None
    return found if found and found.state in (State.NEW, State.TAKEN) else None


def group(ticket: Ticket | None) -> dict[str, str]:
    """The field by which a form keeps its group."""
    return {"nhom": str(ticket.id)} if ticket else {}


def still_open(visit: Visit, ticket: Ticket | None) -> None:
    """Turn back whoever comes for a group that somebody has dealt with in between."""
    if ticket is None and "nhom" in visit.asked.fields:
        raise HTTPException(409, _gone(visit, visit.asked.number("nhom")))


def own(visit: Visit) -> None:
    """Turn back whoever would edit what belongs to the program, before they have typed anything."""
    try:
        own_base(visit.site.stage.folder)
    except MotCuaError as error:
        raise HTTPException(409, str(error)) from error


def opened(visit: Visit, sheet: Sheet) -> Response:
    """The editor as one comes to it."""
    own(visit)
    still_open(visit, sheet.ticket)
    return _shown(visit, sheet)


def sent(visit: Visit, sheet: Sheet) -> Response:
    """What was typed: back to typing, shown as citizens will see it, or tried on a copy. Nothing is written here."""
    if visit.form.text("lam") == "sua":
        return _shown(visit, sheet)
    trying, reason = visit.form.text("lam") == "thu", visit.form.text("reason")
    if sheet.ticket is None and "nhom" in visit.form.fields:
        return _shown(visit, sheet, _gone(visit, visit.form.number("nhom")) + ALONE, status=409)
    if trying and not 0 < len(reason) <= LONGEST_REASON:
        return _shown(visit, sheet, NO_REASON)
    try:
        seen = _seen(visit, sheet)
        if trying and not sheet.ticket and not sheet.edit(sheet.text).changes(visit.site.stage):
            return _shown(visit, sheet, UNCHANGED)
    except KnowledgeError as error:
        return _shown(visit, sheet, _in_sheet(visit, sheet, error))
    except MotCuaError as error:
        return _shown(visit, sheet, str(error))
    return see(visit.site.jobs.start(_job(visit, sheet, reason, seen))) if trying else _shown(visit, sheet, seen=seen)


def _seen(visit: Visit, sheet: Sheet) -> Seen:
    desk, stage = visit.site.desk, visit.site.stage
    base = changed_base(stage, sheet.edit(sheet.text))
    if sheet.about:
        found = messages(desk, base, sheet.about(sheet.text))
        return Seen(found, len(found), whole=True)
    some, count = differing(desk, stage.knowledge(), base)
    return Seen(some, count, whole=False)


def _job(visit: Visit, sheet: Sheet, reason: str, seen: Seen) -> Job:
    settling, ticket, edit = visit.site.settling, sheet.ticket, sheet.edit(sheet.text)

    def publish(tried: Rehearsal, member: Member) -> str:
        if ticket:
            return str(settling.by_edit(tried, edit, ticket, member, reason))
        record = settling.edit(tried, edit, member, reason)
        return f"Đã sửa {', '.join(record.files)}. {record.note}".rstrip() if record else "Không có gì đổi."

    return Job(
        owner=visit.member.id,
        title=sheet.title,
        back=sheet.back,
        template="rehearsed.html",
        work=lambda progress: settling.rehearse(edit, ticket, progress),
        finish=publish,
        again=sheet.action,
        typed=visit.form.texts(),
        names={sheet.about(sheet.text): seen.messages[0].title} if sheet.about else {},
    )


def _in_sheet(visit: Visit, sheet: Sheet, error: KnowledgeError) -> str:
    """The faults with their lines as they are counted in what was typed."""
    edit = sheet.edit(sheet.text)
    moved = {
        name: 0 if isinstance(edit, EditFile) else _above(raw, sheet.text)
        for name, raw in edit.changes(visit.site.stage).items()
        if raw is not None
    }
    told = [_told(fault, moved.get(fault.file), sheet) for fault in error.faults]
    return "\n".join([FAULTY.format(count=len(told)), *told])


def _told(fault: Fault, above: int | None, sheet: Sheet) -> str:
    """One fault; `above` lines stand before what was typed, None where it is in another file."""
    lines = sheet.text.splitlines()
    if above is None or not 0 < fault.line - above <= len(lines):
        return f"• {fault}"
    number = fault.line - above
    key = OF_ENTRY.sub("", fault.key, count=1) if sheet.about else fault.key
    words = textwrap.shorten(lines[number - 1], LONGEST_QUOTE, placeholder=" …")  # nobody counts lines on a phone
    quoted = f" (“{words}”)" if words else ""
    return f"• dòng {number}{quoted}: {f'{key}: ' if key else ''}{fault.problem} → {fault.mend}"


def _gone(visit: Visit, number: int) -> str:
    return faster(visit.site.audit.of(f"ticket:{number}"))


def _above(raw: bytes, text: str) -> int:
    """How many lines stand before a text in a file that holds it."""
    first = next(iter(text.strip().splitlines()), "").strip()
    lines = raw.decode("utf-8", "replace").splitlines()
    above = next((number for number, line in enumerate(lines) if line.strip() == first), 0)
    blank = len(text) - len(text.lstrip("\n"))
    return above - blank


def _shown(visit: Visit, sheet: Sheet, problem: str = "", seen: Seen | None = None, status: int = 422) -> Response:
    values = {"sheet": sheet, "seen": seen, "reason": visit.form.text("reason")}
    return visit.page("edit.html", status if problem else 200, **values, problem=problem)
