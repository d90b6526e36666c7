"""The log of questions, masked: searched, and one question with what came of it; and the audit."""

import datetime
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from bot.answers import Outcome
from bot.config import OFFICE_TIME
from bot.exports import write_csv
from bot.roles import Right
from bot.staff.doors import Door, Visit, get, post
from bot.staff.forms import Form
from bot.storage import LogFilter, Questions, inspect

ROWS = 50
PIECE = 65536  # characters of a file sent at once
NO_DAY = "Ngày viết như 23/11/2026. Ngày không đọc được thì không dùng để lọc."
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
LONGEST_TEXT = 200


def log(visit: Visit) -> Response:
    """Search in the log."""
    asked, wanted = visit.asked, _wanted(visit.asked)
    rows = list(islice(visit.site.questions.search(wanted, before=asked.number("truoc") or None), ROWS + 1))
    values = {"rows": rows[:ROWS], "outcomes": list(Outcome), "typed": asked}
    older = _older(visit, rows[ROWS - 1].id) if len(rows) > ROWS else ""
    return visit.page("log.html", 200, **values, older=older, problem=_unread(visit, wanted.since, wanted.until))


def export(visit: Visit) -> Response:
    """Every question that a search finds, as a file; who took it stands in the audit, with the days searched."""
    wanted = _wanted(visit.form)
    days = " – ".join(str(day or "…") for day in (wanted.since, wanted.until))
    visit.site.audit.write(visit.site.clock(), visit.member, "log.export", "log", after=f"ngày {days}")
    headers = {"Content-Disposition": 'attachment; filename="nhat-ky.csv"', "Cache-Control": "no-store"}
    return StreamingResponse(_table(visit.site.questions, wanted), media_type="text/csv", headers=headers)


def _table(questions: Questions, wanted: LogFilter) -> Iterator[bytes]:
    """A million questions may be wanted: they lie on disk, not in memory, while they are sent."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="") as stream:
        write_csv(stream, questions.search(wanted, newest_first=False))
        stream.seek(0)
        yield BOM_UTF8
        while piece := stream.read(PIECE):
            yield piece.encode("utf-8", "replace")


def _wanted(asked: Form) -> LogFilter:
    return LogFilter(
        day_of(asked.text("tu")),
        day_of(asked.text("den")),
        asked.text("ket-qua") or None,
        asked.text("thu-tuc") or None,
        asked.text("chu")[:LONGEST_TEXT] or None,
    )


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
    post("/nhat-ky/tai", export, Right.MANAGE),
    get("/cau-hoi/{id}", question, Right.READ),
    get("/kiem-toan", audit, Right.READ),
)
