"""Telling the staff group that questions are answered but not logged, once for each time that begins and ends."""

from bot.channels.telegram.ledger import Ledger
from bot.channels.telegram.staffroom import Staffroom
from bot.phrases import staffroom as say
from bot.replies import Reply, line


class Alarm:
    """Watches a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._raised = False

    async def turn(self, room: Staffroom) -> None:
        """Say what has changed."""
        waiting = self._ledger.unlogged
        if bool(waiting) == self._raised:
            return
        words = say.UNLOGGED.format(count=waiting) if waiting else say.LOGGED_AGAIN
        await room.broadcast(Reply((line(words),)))
        self._raised = bool(waiting)
