"""Who is of the staff, and where they may act: in a private chat and in the one group, with a message of their own."""

import asyncio
import datetime
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from telegram import Update, User
from telegram.ext import ContextTypes, filters

from bot.curation.stale import Ending
from bot.storage import Database, Member, Staff

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
Handle: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]
# What somebody else wrote, or what nobody signs, is no word of a staff member, whoever sends it on.
OWN_WORDS = filters.UpdateType.MESSAGE & ~filters.FORWARDED & ~filters.SenderChat.ALL & ~filters.VIA_BOT


class Adding(Protocol):
    """Making an entry answer a ticket's questions: tried on a copy first, then published. Both may take seconds."""

    def rehearse(self, ticket: int, entry: str) -> str:
        """What would change, in words. Raises MotCuaError, saying why it cannot be done."""

    def apply(self, ticket: int, entry: str, member: Member) -> str:
        """Do it, if the base is still what was rehearsed; what was done, in words. Raises MotCuaError."""


@dataclass(frozen=True)
class Backroom:
    """What the staff side of the bot stands on; `group` is the staff group, `ending` tells facts that end soon.

    `adding` is None where the base of this office cannot be edited from here: the buttons then lead to the staff page.
    """

    database: Database
    clock: Callable[[], datetime.datetime]
    gather: Callable[[], object]
    ending: Callable[[], Sequence[Ending]]
    group: int | None = None
    staff_url: str | None = None
    digest_at: datetime.time = datetime.time(7, 30)
    adding: Adding | None = None


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
