"""What people ask for by a command, in any channel that has commands: each by a Vietnamese and an English name."""

from collections.abc import Callable
from functools import partial

from bot.counter import Counter
from bot.finding import Finding
from bot.reception import Visitor
from bot.replies import Erase, Reply, help_text
from bot.replies.browsing import whole_list
from bot.replies.personal import languages

Names = tuple[str, ...]
Told = Callable[[str, Visitor], Reply]  # the words behind the command, and who gives it


class Commands:
    """`ways` lead to answers; `own_data` are about what is kept of a person, and none where a channel knows none.

    Both may wait for the disk.
    """

    def __init__(self, counter: Counter, finding: Finding) -> None:
        self._desk = counter.desk
        self.ways: dict[Names, Told] = {
            ("start",): lambda _, visitor: finding.first(visitor.language),
            ("help",): lambda _, visitor: self._help(visitor),
            ("danhmuc", "browse"): lambda _, visitor: whole_list(self._desk.speaker(visitor.language)),
            ("tim", "find"): lambda words, visitor: self._find(counter, finding, words, visitor),
            ("noinop", "where"): counter.whereabouts.where,
            ("ngonngu", "language"): lambda *_: languages(),
        }
        if counter.lookup:
            self.ways["tracuu", "lookup"] = counter.lookup
        self.own_data: dict[Names, Told] = {}
        guests = counter.guests
        if guests:
            self.own_data = {
                ("quyenriengtu", "privacy"): lambda _, visitor: guests.privacy(visitor),
                ("dulieucuatoi", "mydata"): lambda _, visitor: guests.my_data(visitor),
                ("xoadulieu", "erase"): lambda _, visitor: guests.erase(Erase(), visitor),
            }

    def typed(self, text: str) -> Callable[[Visitor], Reply] | None:
        """What "/tim sổ đỏ" asks for; None where it is no command."""
        name, _, words = text.partition(" ")
        named = (told for names, told in {**self.ways, **self.own_data}.items() if name.removeprefix("/") in names)
        told = next(named, None) if name.startswith("/") else None
        return partial(told, words.strip()) if told else None

    @staticmethod
    def _find(counter: Counter, finding: Finding, words: str, visitor: Visitor) -> Reply:
        found = finding.find(words, visitor.language)
        return counter.noticed(found, visitor) or found

    def _help(self, visitor: Visitor) -> Reply:
        speaker = self._desk.speaker(visitor.language)
        return help_text(speaker.say, self._desk.voice, speaker.now)
