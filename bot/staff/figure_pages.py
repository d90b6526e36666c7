"""Figures of any days: charts with their tables behind them, filters that a shared link keeps, and files of each."""

import csv
import datetime
import io
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.config import OFFICE_TIME
from bot.exports import harmless
from bot.figures import COLUMNS, Ground, Period, Table, Unit, figures, shown, tables
from bot.procedures import Facet
from bot.roles import Right
from bot.staff.charts import bar, columns
from bot.staff.doors import Door, Visit, get
from bot.staff.log_pages import day_of

MOST_DAYS = 5 * 366
NO_DAY = "Ngày viết như 23/11/2026, ngày đầu trước ngày cuối, dài nhất 5 năm. Dưới đây là tháng này."
UNITS = {"ngay": Unit.DAY, "tuan": Unit.WEEK, "thang": Unit.MONTH, "quy": Unit.QUARTER}


def page(visit: Visit) -> Response:
    """The dashboard."""
    period, problem = _period(visit)
    found = _tables(visit, period)
    knowledge = visit.site.desk.knowledge
    return visit.page(
        "figures.html",
        200,
        period=period,
        tables=found,
        typed=visit.asked,
        quick=_quick(_today(visit)),
        fields=sorted({*knowledge.fields.values(), *knowledge.guide_fields.values()}),
        units=UNITS,
        unit=_unit(visit, period),
        query=urlencode({name: visit.asked.text(name) for name in visit.asked.fields if name != "bang"}),
        drawn_as_columns=COLUMNS,
        columns=columns,
        bar=bar,
        cell=shown,
        problem=problem,
    )


def file(visit: Visit) -> Response:
    """One table as CSV."""
    period, _ = _period(visit)
    wanted = visit.asked.text("bang")
    table = next((one for one in _tables(visit, period) if one.key == wanted), None)
    if table is None:
        raise HTTPException(404)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(table.head)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
    name = f"{table.key}-{period.since}-{period.until}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(stream.getvalue().encode("utf-8-sig"), media_type="text/csv", headers=headers)


def _tables(visit: Visit, period: Period) -> list[Table]:
    desk, asked = visit.site.desk, visit.asked
    facet = asked.text("khia-canh")
    ground = Ground(
        period,
        _unit(visit, period),
        asked.text("kenh") or None,
        asked.text("tieng") or None,
        facet if facet in set(Facet) else None,
        asked.text("muc") or None,
        asked.text("linh-vuc") or None,
    )
    found = figures(
        visit.site.questions.database,
        desk.knowledge,
        ground,
        _today(visit),
        desk.voice.hours,
        catalogue=desk.brain.catalogue,
    )
    return tables(found, desk.name_of)


def _period(visit: Visit) -> tuple[Period, str]:
    """The days that are wanted, and what is wrong with them: then it is this month."""
    month = Period.around(_today(visit), Unit.MONTH)
    typed = visit.asked.text("tu"), visit.asked.text("den")
    if not any(typed):
        return month, ""
    since, until = map(day_of, typed)
    if since and until and since <= until and (until - since).days < MOST_DAYS:
        return Period(since, until), ""
    return month, NO_DAY


def _unit(visit: Visit, period: Period) -> Unit:
    """The unit that is wanted; else one that makes a chart of few columns."""
    wanted = UNITS.get(visit.asked.text("don-vi"))
    return wanted or period.unit


def _quick(today: datetime.date) -> list[tuple[str, Period]]:
    month = Period.around(today, Unit.MONTH)
    return [
        ("Hôm nay", Period(today, today)),
        ("Tuần này", Period.around(today, Unit.WEEK)),
        ("Tháng này", month),
        ("Tháng trước", month.before),
        ("Quý này", Period.around(today, Unit.QUARTER)),
    ]


def _today(visit: Visit) -> datetime.date:
    return visit.site.clock().astimezone(OFFICE_TIME).date()


DOORS: tuple[Door, ...] = (
    get("/so-lieu", page, Right.READ),
    get("/so-lieu.csv", file, Right.READ),
)
