"""Where do I go: asked by name or by location, and the commune that is kept for a person on request."""

from bot.answers import placed
from bot.desk import WHERE, Desk
from bot.places import find, nearest
from bot.reception import Guests, Visitor
from bot.replies import MyPlace, Reply, ask_where, kept_place, near_places, told_places


class Whereabouts:
    """The desk asked for places. Without `guests`, or for nobody in particular, nothing is kept or offered."""

    def __init__(self, desk: Desk, guests: Guests | None) -> None:
        self._desk = desk
        self._guests = guests

    def keep(self, action: MyPlace, visitor: Visitor) -> Reply | None:
        """Keep or forget a commune; None where it is no longer known or nothing can be kept. Raises StorageError."""
        commune = self._desk.brain.gazetteer.commune(action.place)
        if self._guests is None or visitor.caller is None or visitor.group or (action.place and commune is None):
            return None
        self._guests.keep_place(visitor.caller, action.place)
        return kept_place(self._desk.speaker(visitor.language), commune)

    def where(self, name: str, visitor: Visitor) -> Reply:
        """A place by its name, old or new; without one the person's own place, or the question for it."""
        speaker = self._desk.speaker(visitor.language, visitor.place)
        found = placed(find(f"{name} {WHERE}", self._desk.brain.gazetteer), ()) if name else None
        return told_places(speaker, found.places) if found else ask_where(speaker)

    def near(self, latitude: float, longitude: float, language: str) -> Reply:
        """The communes nearest to a point. The point is neither kept nor logged."""
        units = self._desk.brain.gazetteer
        found = nearest(units.communes, latitude, longitude)
        province = units.places[found[0].commune.code].province if found else ""
        return near_places(self._desk.speaker(language), found, province)
