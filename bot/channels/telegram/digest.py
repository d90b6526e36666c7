"""The day's summary in the staff group: said once a day, at its hour, and only when there is something to say."""

import asyncio
import datetime
from collections import Counter as Tally
from collections.abc import Sequence

from bot.channels.telegram.staffroom import Staffroom
from bot.channels.telegram.staffroom_access import Backroom
from bot.channels.telegram.staffroom_words import row
from bot.config import OFFICE_TIME
from bot.curation.stale import Ending
from bot.desk import Desk
from bot.phrases import staffroom as say
from bot.replies import Line, Reply, line
from bot.replies.telling import date
from bot.storage import Audit, Judgement, Judgements, Ticket, Tickets

LATE = datetime.timedelta(hours=2)  # after its hour it is old news, and a bot that starts in the evening says nothing
A_DAY = datetime.timedelta(days=1)
ROWS = 5  # of each part
PAGE = 1000  # open tickets looked through
WHAT = "digest"


class Digest:
    """Said by whoever keeps the staff group; that it was said stands in the audit, so that a restart says it once."""

    def __init__(self, room: Staffroom, desk: Desk, back: Backroom) -> None:
        self._room = room
        self._desk = desk
        self._back = back
        self._audit = Audit(back.database)
        self._tickets = Tickets(back.database)
        self._judgements = Judgements(back.database)

    async def turn(self) -> None:
        """Say it, when its hour has come and it was not said today."""
        now = self._back.clock().astimezone(OFFICE_TIME)
        due = now.replace(hour=self._back.digest_at.hour, minute=self._back.digest_at.minute, second=0, microsecond=0)
        subject = f"{WHAT}:{now.date().isoformat()}"
        if not due <= now < due + LATE:
            return
        said = await asyncio.to_thread(self._audit.of, subject)
        if said:
            return
        reply = await asyncio.to_thread(self.reply, now)
        if reply:
            await self._room.broadcast(reply)
        await asyncio.to_thread(self._audit.write, now, None, WHAT, subject)

    def reply(self, now: datetime.datetime) -> Reply | None:
        """All of it; None when there is nothing to say."""
        tickets = self._tickets.page(limit=PAGE)
        names = {t.procedure: self._desk.name_of(t.procedure) for t in tickets if t.procedure}
        parts = [
            *new(tickets, now, names),
            *oldest(tickets, now, names),
            *rising(tickets, now, names),
            *self._bad([one for one in self._judgements.all() if not one.good and now - one.judged_at <= A_DAY]),
            *ending(self._back.ending()),
        ]
        if not parts:
            return None
        return Reply((line(say.DIGEST.format(date=date(now.date())), strong=True), *parts, line(say.DIGEST_HOW)))

    def _bad(self, judged: Sequence[Judgement]) -> list[Line]:
        if not judged:
            return []
        tally = Tally(self._desk.name_of(one.procedure) for one in judged if one.procedure)
        rows = [say.DIGEST_BAD_ROW.format(name=name, count=count) for name, count in tally.most_common()]
        return _part(say.DIGEST_BAD.format(count=len(judged)), rows)


def new(tickets: Sequence[Ticket], now: datetime.datetime, names: dict[str, str]) -> list[Line]:
    """Open tickets of the last day."""
    found = [row(t, now, names, say.DIGEST_ROW) for t in tickets if now - t.opened_at <= A_DAY]
    return _part(say.DIGEST_NEW.format(count=len(found)), found) if found else []


def oldest(tickets: Sequence[Ticket], now: datetime.datetime, names: dict[str, str]) -> list[Line]:
    """Those that wait longest, of more than a day."""
    found = sorted((t for t in tickets if now - t.opened_at > A_DAY), key=lambda t: t.opened_at)
    return _part(say.DIGEST_OLDEST, [row(t, now, names, say.DIGEST_ROW) for t in found[:ROWS]]) if found else []


def rising(tickets: Sequence[Ticket], now: datetime.datetime, names: dict[str, str]) -> list[Line]:
    """Older tickets that were asked again since yesterday, those of the most people first."""
    yesterday = (now - A_DAY).date().isoformat()
    found = [t for t in tickets if now - t.opened_at > A_DAY and t.newest >= yesterday and t.times > 1]
    return _part(say.DIGEST_RISING, [row(t, now, names, say.DIGEST_ROW) for t in found]) if found else []


def ending(facts: Sequence[Ending]) -> list[Line]:
    """Facts whose last day is near; what is past already is for `motcua kb stale`, not for every morning."""
    rows = [
        say.DIGEST_ENDING_ROW.format(name=f.entry.name, fact=f.group, date=date(f.until)) for f in facts if f.left >= 0
    ]
    rows = list(dict.fromkeys(rows))
    return _part(say.DIGEST_ENDING, rows) if rows else []


def _part(head: str, rows: Sequence[str]) -> list[Line]:
    more = [line(say.DIGEST_MORE.format(count=len(rows) - ROWS))] if len(rows) > ROWS else []
    return [line(head, strong=True), *(line(f"• {text}") for text in rows[:ROWS]), *more]
