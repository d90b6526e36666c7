"""The knowledge: all entries with their freshness, one entry as citizens and as staff see it, and a question tried."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.config import OFFICE_TIME
from bot.curation import Freshness, freshness
from bot.curation.facts import Entry, facts
from bot.curation.words import OTHER_CODES
from bot.desk import Question
from bot.explain import compared, reasons
from bot.review.proposals import nearest
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post
from bot.staff.preview import messages
from bot.staff.sheets import ticket_of
from bot.text import fold

ROWS = 50
LONGEST_TEXT = 1000  # characters of a question that is tried
LONGEST_SEARCH = 200
CHANNEL = "staff"  # of a question that is tried: nothing is logged of it
STATES = {
    "can-doc-lai": "Đọc nguồn đã hơn một năm",
    "het-han": "Có ý đã hoặc sắp hết hạn",
    "chua-chac": "Có điều chưa chắc",
    "chua-thu": "Chưa có câu hỏi thử",
}


def knowledge(visit: Visit) -> Response:
    """The list, searched by name, code, document of law, field and state."""
    asked, today = visit.asked, _today(visit)
    rows = freshness(visit.site.desk.knowledge, today)
    fields = sorted({row.field for row in rows if row.field})
    state, field, words = asked.text("tinh-trang"), asked.text("linh-vuc"), asked.text("tim")[:LONGEST_SEARCH]
    found = [row for row in rows if _is(row, state, today) and field in ("", row.field) and _has(row, words)]
    if words:
        found += _near(visit, rows, found, words, field, state)
    first = asked.number("tu")
    counts = {name: sum(_is(row, name, today) for row in rows) for name in STATES}
    return visit.page(
        "knowledge.html",
        200,
        rows=found[first : first + ROWS],
        count=len(found),
        all=len(rows),
        fields=fields,
        states=STATES,
        counts=counts,
        typed=asked,
        today=today,
        newer=_page(visit, max(first - ROWS, 0)) if first else "",
        older=_page(visit, first + ROWS) if first + ROWS < len(found) else "",
    )


def entry(visit: Visit) -> Response:
    """One entry: what citizens are told, and what each part rests on."""
    base, name = visit.site.desk.knowledge, str(visit.request.path_params["entry"])
    found = base.by_id.get(name) or base.guides_by_id.get(name)
    if found is None:
        raise HTTPException(404)
    return visit.page(
        "entry.html",
        200,
        entry=found,
        messages=messages(visit.site.desk, base, name),
        fresh=next(row for row in freshness(base, _today(visit)) if row.entry.id == name),
        groups=[(title, list(told)) for title, told in groupby(facts(found), key=lambda fact: fact.title)],
        others=list(_others(found)),
        tests=[question for question in base.questions if name in question.expected],
        origins=base.origins,
        ticket=ticket_of(visit),
        disputed=visit.site.tickets.disputed().get(name),
        today=_today(visit),
    )


def trial(visit: Visit) -> Response:
    """Where a question is tried."""
    return visit.page("try.html", 200, question="", handled=None)


def tried(visit: Visit) -> Response:
    """What a citizen would get for a question, and why; nothing of it is kept."""
    question = visit.form.text("question")[:LONGEST_TEXT]
    handled = visit.site.desk.ask(Question(question, CHANNEL)) if question else None
    why = list(compared(handled)) if handled else []
    figures = [line for line in reasons(handled) if line and line not in why] if handled else []
    return visit.page("try.html", 200, question=question, handled=handled, why=why, figures=figures)


def _today(visit: Visit) -> datetime.date:
    return visit.site.clock().astimezone(OFFICE_TIME).date()


def _is(row: Freshness, state: str, today: datetime.date) -> bool:
    known = {
        "can-doc-lai": row.is_old,
        "het-han": row.ends_by(today),
        "chua-chac": row.doubts,
        "chua-thu": not row.tests,
    }
    return bool(known.get(state, True))


def _has(row: Freshness, words: str) -> bool:
    """Whether a search is for this entry: part of its name or id, one of its codes, a document that it rests on."""
    entry, wanted = row.entry, fold(words)
    codes = [code for key in ("codes", *OTHER_CODES) for code in getattr(entry, key, ())]
    documents = [source.document or "" for source in entry.sources.values()]
    named = wanted in fold(entry.name) or wanted in entry.id or any(words in str(code) for code in codes)
    return named or any(wanted in fold(document) for document in documents)


def _near(
    visit: Visit, rows: Sequence[Freshness], found: list[Freshness], words: str, field: str, state: str
) -> Iterator[Freshness]:
    """Entries that a question means, behind those that have its words."""
    by_id = {row.entry.id: row for row in rows if row not in found and field in ("", row.field)}
    near = [by_id[one.id] for one in nearest(visit.site.desk.brain, words) if one.id in by_id]
    return (row for row in near if _is(row, state, _today(visit)))


def _others(entry: Entry) -> Iterator[tuple[str, str]]:
    for key, title in OTHER_CODES.items():
        for other in getattr(entry, key, ()):
            yield title, ", ".join(part for part in (other.code, other.reason, other.document or "") if part)


def _page(visit: Visit, first: int) -> str:
    kept = {name: visit.asked.text(name) for name in visit.asked.fields if name != "tu"}
    return f"/tri-thuc?{urlencode({**kept, 'tu': first})}"


DOORS: tuple[Door, ...] = (
    get("/tri-thuc", knowledge, Right.READ),
    get("/muc/{entry}", entry, Right.READ),
    get("/hoi-thu", trial, Right.READ),
    post("/hoi-thu", tried, Right.READ),
)
