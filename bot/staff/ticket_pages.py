"""One group of questions: all its wordings, what is near, its history, and the four ways to settle it."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.errors import ConflictError, MotCuaError
from bot.review.edits import LONGEST_PHRASE, AddPhrase
from bot.review.faster import faster
from bot.review.proposals import Proposal, meant, nearest, nearest_of
from bot.review.rehearsal import Rehearsal
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post, see
from bot.staff.jobs import Job
from bot.storage import Kind, Member, State, Ticket, Wording

SEEN = 0.005  # a score that is not shown as 0 %
TICKED = 200  # wordings answered at once by hand: a longer list nobody reads to its end
COMPARED = 5  # wordings whose nearest entries are shown
LONGEST_ANSWER = 3500  # characters: with the person's own question it fits into one message
LONGEST_REASON = 300
OPEN = (State.NEW, State.TAKEN)
NO_WORDS = "Hãy viết câu trả lời (dài nhất 3.500 chữ cái)."
NOBODY = "Hãy đánh dấu ít nhất một câu hỏi được trả lời."
NO_REASON = "Hãy ghi lý do bỏ qua (dài nhất 300 chữ cái)."
NO_PHRASE = "Hãy ghi cách hỏi cần thêm (dài nhất 200 chữ cái)."
NO_ENTRY = "Mục này không còn trong bộ tri thức. Hãy chọn mục khác."
SETTLED = "Nhóm này đã được xử lý. Muốn xử lý lại thì bấm “Mở lại”."
DONE = {
    "nhan": "Bạn đã nhận việc này.",
    "tra": "Đã trả lại nhóm vào hàng đợi.",
    "bo-qua": "Đã bỏ qua nhóm này.",
    "tra-loi": "Đã ghi câu trả lời. Ai nhờ báo sẽ nhận được trong ít phút.",
}


@dataclass(frozen=True)
class Sight:
    """A ticket as its page shows it; `phrase` is what was typed or proposed for looking up what is near."""

    ticket: Ticket
    wordings: list[Wording]
    phrase: str
    nearest: list[Proposal]

    @property
    def answerable(self) -> list[Wording]:
        """Those that can be answered by hand at once: a page shows no more, and nobody answers what they do not see."""
        return [one for one in self.wordings if one.references][:TICKED]


def ticket(visit: Visit) -> Response:
    """The page of a group."""
    return _shown(visit, _seen(visit), done=DONE.get(visit.asked.text("da"), ""))


def take(visit: Visit) -> Response:
    """It is mine now."""
    tickets, now = visit.site.tickets, visit.site.clock()
    return _deed(visit, "nhan", lambda seen: _won(visit, tickets.take(seen.id, seen.version, visit.member, now)))


def give_back(visit: Visit) -> Response:
    """It is open again for everybody."""
    tickets, now = visit.site.tickets, visit.site.clock()
    return _deed(visit, "tra", lambda seen: _won(visit, tickets.reopen(seen.id, seen.version, visit.member, now)))


def ignore(visit: Visit) -> Response:
    """Put it aside with a reason."""
    reason = visit.form.text("other") or visit.form.text("reason")
    if not 0 < len(reason) <= LONGEST_REASON:
        return _shown(visit, _seen(visit), NO_REASON)
    return _deed(visit, "bo-qua", lambda seen: visit.site.settling.ignore(seen, reason, visit.member))


def answer(visit: Visit) -> Response:
    """Answer the ticked wordings by hand."""
    sight, words = _seen(visit), visit.form.text("words")
    ticked = set(visit.form.all("wording"))
    references = [name for one in sight.answerable if one.reference in ticked for name in one.references]
    if not 0 < len(words) <= LONGEST_ANSWER:
        return _shown(visit, sight, NO_WORDS)
    if not references and sight.ticket.kind is Kind.QUESTION:
        return _shown(visit, sight, NOBODY)
    settling = visit.site.settling
    return _deed(visit, "tra-loi", lambda seen: settling.by_words(seen, references, words, visit.member))


def add_phrase(visit: Visit) -> Response:
    """Try on a copy what one more way of asking would change; a page tells how far that is."""
    sight, entry = _seen(visit), visit.form.text("entry")
    phrase = " ".join(visit.form.text("phrase").split())
    problem = (
        (not 0 < len(phrase) <= LONGEST_PHRASE and NO_PHRASE)
        or (not visit.site.desk.brain.matcher.is_entry(entry) and NO_ENTRY)
        or (sight.ticket.state not in OPEN and SETTLED)
    )
    if problem:
        return _shown(visit, sight, problem)
    if visit.form.number("version") != sight.ticket.version:
        return _shown(visit, sight, faster(visit.site.audit.of(f"ticket:{sight.ticket.id}")), 409)
    edit = AddPhrase(entry, phrase, meant(phrase, sight.wordings))
    return see(visit.site.jobs.start(_adding(visit, sight.ticket, edit)))


def _adding(visit: Visit, seen: Ticket, edit: AddPhrase) -> Job:
    settling = visit.site.settling

    def publish(tried: Rehearsal, member: Member) -> str:
        return str(settling.by_edit(tried, edit, seen, member))

    return Job(
        owner=visit.member.id,
        title=f"Thêm “{edit.phrase}” vào {visit.site.desk.name_of(edit.entry)}",
        back=f"/nhom/{seen.id}",
        template="rehearsed.html",
        entry=edit.entry,
        work=lambda progress: settling.rehearse(edit, seen, progress),
        finish=publish,
    )


def _seen(visit: Visit) -> Sight:
    site, number = visit.site, visit.number("id")
    found = site.tickets.ticket(number)
    if found is None:
        raise HTTPException(404)
    wordings = site.tickets.wordings(number)
    proposed = next((one.question for one in wordings if one.question), found.wording)
    typed = visit.form.text("phrase") or visit.asked.text("phrase")
    phrase = typed[:LONGEST_PHRASE] or textwrap.shorten(proposed, LONGEST_PHRASE, placeholder="")
    mind, asked = site.desk.brain, [one.question for one in wordings[:COMPARED] if one.question]
    near = nearest(mind, phrase) if typed else nearest_of(mind, asked)
    return Sight(found, wordings, phrase, _wanted_first(visit, [one for one in near if one.score >= SEEN]))


def _wanted_first(visit: Visit, near: list[Proposal]) -> list[Proposal]:
    """What is near, and before it the entry that a link from the group names."""
    wanted = visit.asked.text("muc")
    if not wanted or not visit.site.desk.brain.matcher.is_entry(wanted):
        return near
    score = next((one.score for one in near if one.id == wanted), 0.0)
    rest = [one for one in near if one.id != wanted]
    return [Proposal(wanted, visit.site.desk.name_of(wanted), score), *rest]


def _deed(visit: Visit, done: str, deed: Callable[[Ticket], object]) -> Response:
    """Do it to the ticket as it was when its page was shown."""
    sight = _seen(visit)
    try:
        deed(replace(sight.ticket, version=visit.form.number("version")))
    except ConflictError as error:
        return _shown(visit, _seen(visit), str(error), 409)
    except MotCuaError as error:
        return _shown(visit, sight, str(error), 422)
    return see(f"/nhom/{sight.ticket.id}?da={done}")


def _won(visit: Visit, won: bool) -> None:
    if not won:
        raise ConflictError(faster(visit.site.audit.of(f"ticket:{visit.number('id')}")))


def _shown(visit: Visit, sight: Sight, problem: str = "", status: int = 422, done: str = "") -> Response:
    site, number = visit.site, sight.ticket.id
    return visit.page(
        "ticket.html",
        status if problem else 200,
        sight=sight,
        ticket=sight.ticket,
        open=sight.ticket.state in OPEN,
        may_settle=visit.may(Right.SETTLE),
        typed=visit.form,
        history=site.audit.of(f"ticket:{number}"),
        counts=site.outbox.counts(number),
        problem=problem,
        done=done,
    )


DOORS: tuple[Door, ...] = (
    get("/nhom/{id}", ticket, Right.READ),
    post("/nhom/{id}/nhan", take, Right.SETTLE),
    post("/nhom/{id}/tra", give_back, Right.SETTLE),
    post("/nhom/{id}/bo-qua", ignore, Right.SETTLE),
    post("/nhom/{id}/tra-loi", answer, Right.SETTLE),
    post("/nhom/{id}/them", add_phrase, Right.EDIT),
)
