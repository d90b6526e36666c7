"""Who is of the staff, and where they may act: in a private chat and in the one group, with a message of their own."""

import asyncio
import datetime
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import Update, User
from telegram.ext import ContextTypes, filters

from bot.channels.telegram.statistics import Statistics
from bot.curation.stale import Ending
from bot.review.settling import Settling
from bot.storage import Database, Member, Staff

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
Handle: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]
# What somebody else wrote, or what nobody signs, is no word of a staff member, whoever sends it on.
OWN_WORDS = filters.UpdateType.MESSAGE & ~filters.FORWARDED & ~filters.SenderChat.ALL & ~filters.VIA_BOT


@dataclass(frozen=True)
class Backroom:
    """What the staff side of the bot stands on; `group` is the staff group, `ending` tells facts that end soon,
    `back_up` copies the database when that is due, `prune` lets go of what was kept long enough.
    """

    database: Database
    clock: Callable[[], datetime.datetime]
    gather: Callable[[], object]
    settling: Settling
    ending: Callable[[], Sequence[Ending]]
    group: int | None = None
    staff_url: str | None = None
    digest_at: datetime.time = datetime.time(7, 30)
    statistics: Statistics | None = None
    back_up: Callable[[], object] | None = None
    prune: Callable[[], object] | None = None


class Access:
    """Looks every time into the database: a role taken away is gone at once."""

    def __init__(self, staff: Staff, group: int | None) -> None:
        self._staff = staff
        self.group = group

    @property
    def in_group(self) -> filters.BaseFilter:
        """A message of a person in the staff group."""
        return filters.Chat(self.group if self.group is not None else []) & OWN_WORDS

    @property
    def anywhere(self) -> filters.BaseFilter:
        """The same, or in a private chat."""
        return self.in_group | filters.ChatType.PRIVATE & OWN_WORDS

    async def member(self, user: User | None) -> Member | None:
        """The staff member, with the role of this moment."""
        return await asyncio.to_thread(self._staff.by_user, str(user.id)) if user else None
