"""One line of the portal's catalogue, and all of them: official facts only, with no word of how to do it."""

import datetime
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from bot.text import fold

PAGE = "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/"
PREFIX = "c-"  # no id of a full entry begins so: `c-1-001193` is the procedure 1.001193 in the catalogue
PROVINCES = ("ubnd tinh ", "ubnd thanh pho ", "uy ban nhan dan tinh ", "uy ban nhan dan thanh pho ")


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure by its official name; `agency` carries it out, `issuer` made it public; either may be unknown."""

    code: str
    name: str
    field: str = ""
    agency: str = ""
    issuer: str = ""

    @property
    def id(self) -> str:
        """Its name in answers, buttons and the log."""
        return PREFIX + self.code.replace(".", "-")

    @property
    def portal_url(self) -> str:
        """Its page on the national portal."""
        return PAGE + self.code

    @property
    def is_provincial(self) -> bool:
        """Whether a province made it for itself; the same title stands in the list of others too."""
        return fold(self.issuer).startswith(PROVINCES)

    def belongs_to(self, place: str) -> bool:
        """Whether people of a place ("hai-phong") can use it: it is nationwide, or of their own province."""
        return not self.is_provincial or place in fold(self.issuer).replace(" ", "-")


@dataclass(frozen=True)
class Catalogue:
    """The whole layer, from which file and when. With `place`, other provinces' own procedures answer to codes only."""

    entries: tuple[Listed, ...] = ()
    source: str = ""
    imported_on: datetime.date | None = None
    place: str | None = None

    @cached_property
    def by_id(self) -> dict[str, Listed]:
        """Entries by id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_code(self) -> dict[str, Listed]:
        """Entries by code."""
        return {entry.code: entry for entry in self.entries}

    def searched(self, codes: Set[str]) -> tuple[Listed, ...]:
        """What is found by its words: neither under a full entry (which has these codes) nor of another province."""
        place = self.place
        return tuple(e for e in self.entries if e.code not in codes and (place is None or e.belongs_to(place)))


EMPTY = Catalogue()
