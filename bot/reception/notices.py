"""What the office says over every answer, or in place of all of them; read anew for each, so that it holds at once."""

import logging
from dataclasses import replace

from bot.answers import Reason, Routed
from bot.desk import Desk, Handled, sentences
from bot.errors import StorageError
from bot.replies import Reply
from bot.replies.pushed import paused, topped
from bot.storage import Switches, SwitchName

PAUSED = "paused"  # the reason in the log; told where to ask, so that no ticket is made of it

logger = logging.getLogger(__name__)


class Notices:
    """The banner and the pause. A database that cannot be read says neither: people are answered."""

    def __init__(self, desk: Desk, switches: Switches) -> None:
        self._desk = desk
        self._switches = switches

    def words(self, name: SwitchName) -> str:
        """What is said by a switch; "" when it is off."""
        try:
            found = self._switches.get(name)
        except StorageError as error:
            logger.error("a switch was not read: %s", error)
            return ""
        return (found.words or found.reason) if found else ""

    @property
    def paused(self) -> bool:
        """Whether nothing is answered now."""
        return bool(self.words(SwitchName.PAUSE))

    def held(self, handled: Handled) -> Handled:
        """A question while the bot is paused: an emergency is answered all the same."""
        words = self.words(SwitchName.PAUSE)
        answer = handled.answer
        if not words or (isinstance(answer, Routed) and answer.reason is Reason.EMERGENCY):
            return handled
        entry = replace(handled.entry, outcome="route", reason=PAUSED, procedure=None, score=None)
        return replace(
            handled, entry=entry, reply=self._resting(words, handled.question.spoken(handled.entry.language))
        )

    def in_place(self, reply: Reply | None, language: str) -> Reply | None:
        """What a tap, a link or a search brings, or why it brings nothing now; an answer stands under the banner."""
        words = self.words(SwitchName.PAUSE)
        return self._resting(words, language) if words else reply and self.topped(reply)

    def topped(self, reply: Reply) -> Reply:
        """An answer under the banner, when there is one."""
        banner = self.words(SwitchName.BANNER)
        return topped(reply, banner) if banner else reply

    def _resting(self, words: str, language: str) -> Reply:
        return paused(sentences(language), words, self._desk.voice.contact)
