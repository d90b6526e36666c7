"""The log of questions, masked: searched, and one question with what came of it; and the audit."""

import datetime
from itertools import islice
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.answers import Outcome
from bot.config import OFFICE_TIME
from bot.roles import Right
from bot.staff.doors import Door, Visit, get
from bot.storage import LogFilter, inspect

ROWS = 50
NO_DAY = "Ngày viết như 23/11/2026. Ngày không đọc được thì không dùng để lọc."
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
LONGEST_TEXT = 200


def log(visit: Visit) -> Response:
    """Search in the log."""
    asked = visit.asked
    since, until = day_of(asked.text("tu")), day_of(asked.text("den"))
    wanted = LogFilter(
        since,
        until,
        asked.text("ket-qua") or None,
        asked.text("thu-tuc") or None,
        asked.text("chu")[:LONGEST_TEXT] or None,
    )
    rows = list(islice(visit.site.questions.search(wanted, before=asked.number("truoc") or None), ROWS + 1))
    values = {"rows": rows[:ROWS], "outcomes": list(Outcome), "typed": asked}
    older = _older(visit, rows[ROWS - 1].id) if len(rows) > ROWS else ""
    return visit.page("log.html", 200, **values, older=older, problem=_unread(visit, since, until))


def question(visit: Visit) -> Response:
    """One question: what came of it, why, and what was near."""
    found = inspect(visit.site.questions.database, visit.number("id"))
    if found is None:
        raise HTTPException(404)
    deliveries = visit.site.outbox.by_reference(found.reference)
    return visit.page("question.html", 200, row=found, deliveries=deliveries)


def audit(visit: Visit) -> Response:
    """Who changed what, when and why."""
    asked = visit.asked
    since, until = day_of(asked.text("tu")), day_of(asked.text("den"))
    rows = visit.site.audit.search(
        midnight(since) if since else None,
        midnight(until + datetime.timedelta(days=1)) if until else None,
        asked.text("ai") or None,
        asked.text("viec") or None,
        ROWS + 1,
        asked.number("truoc") or None,
    )
    older = _older(visit, rows[ROWS - 1].id) if len(rows) > ROWS else ""
    problem = _unread(visit, since, until)
    return visit.page("audit.html", 200, rows=rows[:ROWS], typed=asked, older=older, problem=problem)


def day_of(text: str) -> datetime.date | None:
    """A day as a browser or a person writes it; None for anything else."""
    for form in DAY_FORMS:
        try:
            return datetime.datetime.strptime(text, form).replace(tzinfo=OFFICE_TIME).date()
        except ValueError:
            continue
    return None


def midnight(day: datetime.date) -> datetime.datetime:
    """When a day begins at the office."""
    return datetime.datetime.combine(day, datetime.time(), OFFICE_TIME)


def _unread(visit: Visit, since: datetime.date | None, until: datetime.date | None) -> str:
    typed = visit.asked
    return NO_DAY if (typed.text("tu") and since is None) or (typed.text("den") and until is None) else ""


def _older(visit: Visit, last: int) -> str:
    """The same search further back."""
    kept = {name: visit.asked.text(name) for name in visit.asked.fields if name != "truoc"}
    return f"{visit.request.url.path}?{urlencode({**kept, 'truoc': last})}"


DOORS: tuple[Door, ...] = (
    get("/nhat-ky", log, Right.READ),
    get("/cau-hoi/{id}", question, Right.READ),
    get("/kiem-toan", audit, Right.READ),
)
