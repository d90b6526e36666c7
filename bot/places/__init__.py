"""Which commune of today an old name belongs to: a pure look-up that offers a choice where a name is no answer.

`find("phường Cẩm Thượng giờ là phường nào", Gazetteer(units))` is a `Place` whose `now` is phường Thành Đông.
A repeated or divided name is several `Place`s; a message that merely mentions a place says so: `asks` is false.
"""

from bot.places.gazetteer import Certainty, Gazetteer, Part, Place, Scope, split
from bot.places.nearest import Near, distance, nearest
from bot.places.reading import Found, find
from bot.places.telling import label, lines

__all__ = [
    "Certainty",
    "Found",
    "Gazetteer",
    "Near",
    "Part",
    "Place",
    "Scope",
    "distance",
    "find",
    "label",
    "lines",
    "nearest",
    "split",
]
