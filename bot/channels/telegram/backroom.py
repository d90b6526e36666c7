"""The staff side of the bot joined: its handlers before all others, and what it does by itself while the bot runs."""

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any

from telegram import Chat, Update
from telegram.ext import BaseHandler, ExtBot

from bot.channels.telegram.alarm import Alarm
from bot.channels.telegram.chores import Chore
from bot.channels.telegram.digest import Digest
from bot.channels.telegram.handlers import Window
from bot.channels.telegram.ledger import Ledger
from bot.channels.telegram.pushing import Sender
from bot.channels.telegram.staffroom import Staffroom
from bot.channels.telegram.staffroom_access import Access, Backroom, Context
from bot.channels.telegram.staffroom_figures import Reporting
from bot.channels.telegram.staffroom_menus import Menus
from bot.channels.telegram.staffroom_orders import StaffOrders
from bot.channels.telegram.staffroom_receipts import Receipts
from bot.channels.telegram.staffroom_replies import StaffReplies
from bot.channels.telegram.staffroom_settling import Deeds
from bot.channels.telegram.staffroom_taps import StaffTaps
from bot.counter import Counter
from bot.reception import Pushes
from bot.storage import Outbox, Questions, Staff

GATHER, PUSH, POST, SHOW, NIGHTLY = 2.0, 1.0, 1.0, 10.0, 10.0  # seconds between two turns


class Back:
    """All of it, for one bot and one counter."""

    def __init__(self, bot: ExtBot[Any], counter: Counter, window: Window, back: Backroom, ledger: Ledger) -> None:
        desk, database, clock = counter.desk, back.database, back.clock
        staff = Staff(database)
        access, settling = Access(staff, back.group), Deeds(database, back.settling, clock)
        self._back = back
        self._bot = bot
        self._window = window
        self._alarm = Alarm(ledger)
        self._room = Staffroom(bot, desk, back)
        self._receipts = Receipts(bot, self._room, database, back.group or 0, clock)
        self._orders = StaffOrders(bot, desk, back, access, settling, self.otherwise)
        self._replies = StaffReplies(self._room, back, access, settling, self._receipts, window.in_group)
        self._taps = StaffTaps(desk, self._room, back, access, settling, self._replies, window.tap)
        self._sender = Sender(bot, Pushes(desk, Questions(database)), Outbox(database), clock)
        self._menus = Menus(bot, staff, back.group)
        self._digest = Digest(self._room, desk, back)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """Commands, replies and taps of staff; what comes from anybody else is handed on as it came."""
        return [*self._orders.handlers(), *self._replies.handlers(), *self._taps.handlers()]

    def chores(self) -> list[Chore]:
        """Gathering and telling always; the group only where there is one."""
        always = [
            Chore("gathering", GATHER, lambda: asyncio.to_thread(self._back.gather)),
            Chore("telling", PUSH, self._sender.turn),
            Chore("the menus of staff", SHOW, self._menus.turn),
        ]
        nightly = (("backups", self._back.back_up), ("retention", self._back.prune))
        always += [Chore(name, NIGHTLY, partial(asyncio.to_thread, work)) for name, work in nightly if work]
        return always if self._back.group is None else [*always, *self._grouped(self._back.group)]

    def _grouped(self, group: int) -> Iterator[Chore]:
        back = self._back
        yield Chore("the staff group", POST, self._room.turn)
        yield Chore("the alarm", SHOW, lambda: self._alarm.turn(self._room))
        yield Chore("receipts", POST, self._receipts.turn)
        yield Chore("the digest", SHOW, self._digest.turn)
        if back.statistics and back.statistics.every:
            yield Chore("reports", SHOW, Reporting(self._bot, group, back, back.statistics).turn)

    async def otherwise(self, update: Update, context: Context) -> None:
        """What a command of staff is in anybody else's mouth: words, as any unknown command is."""
        private = update.effective_chat and update.effective_chat.type == Chat.PRIVATE
        await (self._window.question if private else self._window.in_group)(update, context)
