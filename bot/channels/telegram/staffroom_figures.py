"""Figures for staff: told on demand with one chart, and a report of each past period sent to their group once."""

import asyncio
import datetime
import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

from telegram import InputFile, Message, ReplyParameters
from telegram.ext import ExtBot

from bot.channels.telegram.sending import insist
from bot.channels.telegram.staffroom_access import Backroom
from bot.channels.telegram.statistics import Statistics
from bot.config import OFFICE_TIME
from bot.desk import Desk
from bot.errors import MotCuaError
from bot.figures import FIGURES, OUTCOMES, Figures, Ground, Period, Unit, shown, tables
from bot.phrases import staffroom as say
from bot.replies import Line, Reply, line
from bot.storage import Audit
from bot.text import fold

ASKED = {"hom nay": Unit.DAY, "ngay": Unit.DAY, "tuan": Unit.WEEK, "thang": Unit.MONTH}
CHARTED = {Unit.DAY: "hours", Unit.WEEK: "series", Unit.MONTH: "series"}
TOP = 5  # entries named
LATE = datetime.timedelta(days=7)  # after its day a report is still sent; later it is old news
WHAT = "report"

logger = logging.getLogger(__name__)


class StaffFigures:
    """The answer to /thongke."""

    def __init__(self, bot: ExtBot[Any], desk: Desk, back: Backroom, statistics: Statistics) -> None:
        self._bot = bot
        self._desk = desk
        self._back = back
        self._statistics = statistics

    async def told(self, words: list[str], to: Message) -> Reply:
        """The figures of the day, week or month so far, said under their chart where one can be drawn."""
        unit = ASKED.get(fold(" ".join(words)), None if words else Unit.DAY)
        if unit is None:
            return Reply((line(say.HOW_FIGURES),))
        day = self._back.clock().astimezone(OFFICE_TIME).date()
        ground = Ground(Period.around(day, unit), Unit.DAY)
        found = await asyncio.to_thread(self._statistics.count, ground)
        if found.questions:
            await self._chart(found, CHARTED[unit], to)
        return Reply(tuple(self._lines(found)))

    async def _chart(self, found: Figures, key: str, to: Message) -> None:
        """In a process of its own; without what draws it the text is all."""
        table = next(one for one in tables(found, self._desk.name_of) if one.key == key)
        title = say.FIGURES_CHART.format(what=table.title.lower(), period=found.ground.period)
        try:
            picture = await asyncio.to_thread(self._statistics.draw, table, title)
        except MotCuaError as error:
            logger.warning("no chart: %s", error)
            return
        reply = ReplyParameters(to.message_id, allow_sending_without_reply=True)
        thread = to.message_thread_id if to.is_topic_message else None
        await insist(
            partial(self._bot.send_photo, to.chat_id, picture, reply_parameters=reply, message_thread_id=thread)
        )

    def _lines(self, found: Figures) -> Iterator[Line]:
        """The figures in the words of the pages; classes apart, those of nought left out."""
        yield line(say.FIGURES.format(period=found.ground.period), strong=True)
        rows = [(FIGURES["questions"].title, f"{shown(found.questions)} (kỳ trước {shown(found.questions_before)})")]
        rows.append((FIGURES["persons"].title, shown(found.persons)))
        rows += [
            (OUTCOMES[name].title, f"{shown(count)} ({shown(100 * count / found.questions)}%)")
            for name, count in found.outcomes.items()
            if count
        ]
        rows.append((FIGURES["disputed"].title, shown(found.disputed)))
        if found.outside is not None:
            rows.append((FIGURES["outside"].title, f"{shown(100 * found.outside)}%"))
        rows.append((FIGURES["waiting"].title, shown(found.waiting.groups)))
        yield from (line(f"{title}: {told}") for title, told in rows)
        if found.procedures:
            yield line(FIGURES["procedures"].title, strong=True)
        for number, row in enumerate(found.procedures[:TOP], 1):
            yield line(f"{number}. {self._desk.name_of(row.name)}: {shown(row.count)}")
        if self._back.staff_url:
            yield line(
                f"{self._back.staff_url.rstrip('/')}/so-lieu?tu={found.ground.period.since}&den={found.ground.period.until}"
            )


class Reporting:
    """Sends the report of the period that has just ended; that it was sent stands in the audit."""

    def __init__(self, bot: ExtBot[Any], group: int, back: Backroom, statistics: Statistics) -> None:
        self._bot = bot
        self._group = group
        self._back = back
        self._audit = Audit(back.database)
        self._statistics = statistics

    async def turn(self) -> None:
        """Write and send it, when its hour has come and it was not sent."""
        now = self._back.clock()
        local = now.astimezone(OFFICE_TIME)
        current = Period.around(local.date(), self._statistics.every or Unit.MONTH)
        due = datetime.datetime.combine(current.since, self._back.digest_at, OFFICE_TIME)
        subject = f"{WHAT}:{current.before.since}:{current.before.until}"
        if not due <= local < due + LATE:
            return
        said = await asyncio.to_thread(self._audit.of, subject)
        if said:
            return
        outcome = await self._sent(current.before)
        await asyncio.to_thread(self._audit.write, now, None, WHAT, subject, "", outcome)

    async def _sent(self, period: Period) -> str:
        """What became of it: the file's name, or why there is none, which the group is told."""
        try:
            name, content = await asyncio.to_thread(self._statistics.write, period)
        except MotCuaError as error:
            told = say.NO_REPORT.format(period=period, why=error)
            await insist(partial(self._bot.send_message, self._group, told))
            return str(error)
        caption = say.REPORT.format(period=period)
        file = InputFile(content, filename=name)
        await insist(partial(self._bot.send_document, self._group, file, caption=caption))
        return name
