"""One report: the figures' tables in the order of the template, with what waits for staff and what staff did."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.config import OFFICE_TIME
from bot.figures import TABLE_KEYS, Cell, Definition, Figures, Period, Table, tables
from bot.privacy import mask
from bot.reports.template import Template, Words
from bot.storage import Audit, Database, Tickets

MOST_WAITING = 20
OWN = {
    "unanswered": Definition(
        "Câu chưa trả lời được", "Nhóm câu hỏi còn mở lúc lập báo cáo: nhiều người hỏi nhất đứng trước."
    ),
    "actions": Definition(
        "Việc cán bộ đã làm", "Số lần cán bộ làm từng việc trong kỳ, theo sổ thay đổi của chương trình."
    ),
}
TABLES = frozenset({*TABLE_KEYS, *OWN})  # what a template may name
DEEDS = {
    "ticket.take": "nhận một nhóm câu hỏi",
    "ticket.settle": "xử lý xong hoặc bỏ qua một nhóm",
    "ticket.reopen": "mở lại một nhóm",
    "ticket.move": "chuyển câu hỏi sang nhóm khác",
    "knowledge.edit": "sửa bộ tri thức",
    "knowledge.undo": "hoàn tác một lần sửa",
    "log.export": "xuất nhật ký",
    "staff.add": "thêm hoặc đổi quyền cán bộ",
    "staff.remove": "bớt cán bộ",
}


@dataclass(frozen=True)
class Part:
    """A heading, words, a table."""

    heading: str
    text: str
    table: Table


@dataclass(frozen=True)
class Report:
    """All of a report; `made` is the day at the office on which it was."""

    words: Words
    period: Period
    made: datetime.date
    parts: Sequence[Part]
    logo: Path | None = None
    letterhead: Path | None = None


def report(
    template: Template,
    office: str,
    found: Figures,
    database: Database,
    name: Callable[[str], str],
    made: datetime.date,
) -> Report:
    """Put together; `name` says what an entry is called."""
    period = found.ground.period
    words = template.filled(office, str(period), made)
    known = {
        table.key: table for table in (*tables(found, name), unanswered(database, name), actions(database, period))
    }
    parts = [Part(part.heading, part.text, known[part.table]) for part in words.parts]
    return Report(words, period, made, parts, template.logo, template.letterhead)


def unanswered(database: Database, name: Callable[[str], str]) -> Table:
    """The open groups, those of the most askers first, in words that are masked once more."""
    rows: list[tuple[Cell, ...]] = [
        (
            mask(one.wording) if one.wording else f"(bị báo sai: {name(one.procedure or '')})",
            one.times,
            one.watchers,
            f"{one.opened_at.astimezone(OFFICE_TIME):%d/%m/%Y}",
        )
        for one in Tickets(database).page(limit=MOST_WAITING)
    ]
    head = ("Câu hỏi", "Số lần", "Người chờ báo", "Mở từ")
    return _own("unanswered", head, rows)


def actions(database: Database, period: Period) -> Table:
    """What staff did in a period, by kind; nobody is named."""
    since, until = (
        datetime.datetime.combine(day, datetime.time(), OFFICE_TIME)
        for day in (period.since, period.until + datetime.timedelta(days=1))
    )
    counts = Audit(database).tally(since, until)
    rows: list[tuple[Cell, ...]] = [(DEEDS[what], counts[what]) for what in DEEDS if what in counts]
    return _own("actions", ("Việc", "Số lần"), rows)


def _own(key: str, head: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(key, OWN[key].title, OWN[key].sentence, head, rows)
