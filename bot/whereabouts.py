"""Where do I go: asked by name or by location, and the commune that is kept for a person on request."""

import logging
from typing import Protocol

from bot.answers import placed
from bot.desk import WHERE, Desk
from bot.errors import StorageError
from bot.places import find, nearest
from bot.replies import MyPlace, Reply, ask_where, kept_place, near_places, told_places

logger = logging.getLogger(__name__)


class Places(Protocol):
    """Where the commune of a person is kept, by its code; both may raise StorageError."""

    def place(self, person: str) -> str | None:
        """The code kept for a person; None where none is."""

    def remember(self, person: str, place: str) -> None:
        """Keep a code for a person; "" forgets it."""


class Whereabouts:
    """The desk asked for places. Without `places`, or for nobody in particular, nothing is kept or offered."""

    def __init__(self, desk: Desk, places: Places | None) -> None:
        self._desk = desk
        self._places = places

    def home(self, person: str | None) -> str | None:
        """The code kept for a person, "" where none is, None where none can be kept or it cannot be read."""
        if self._places is None or person is None:
            return None
        try:
            return self._places.place(person) or ""
        except StorageError as error:
            logger.error("the place of a person was not read: %s", error)
            return None

    def keep(self, action: MyPlace, person: str | None, language: str) -> Reply | None:
        """Keep or forget a commune; None where it is no longer known or nothing can be kept. Raises StorageError."""
        commune = self._desk.brain.gazetteer.commune(action.place)
        if self._places is None or person is None or (action.place and commune is None):
            return None
        self._places.remember(person, action.place)
        return kept_place(self._desk.speaker(language), commune)

    def where(self, name: str, person: str | None, language: str) -> Reply:
        """A place by its name, old or new; without one the person's own place, or the question for it."""
        speaker = self._desk.speaker(language, self.home(person))
        found = placed(find(f"{name} {WHERE}", self._desk.brain.gazetteer), ()) if name else None
        return told_places(speaker, found.places) if found else ask_where(speaker)

    def near(self, latitude: float, longitude: float, language: str) -> Reply:
        """The communes nearest to a point. The point is neither kept nor logged."""
        units = self._desk.brain.gazetteer
        found = nearest(units.communes, latitude, longitude)
        province = units.places[found[0].commune.code].province if found else ""
        return near_places(self._desk.speaker(language), found, province)
