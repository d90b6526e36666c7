"""The base looked after: what stands where, what rests on a law, what is old, what changed for citizens."""

from bot.curation.card import card
from bot.curation.changes import changes
from bot.curation.freshness import Freshness, freshness
from bot.curation.impact import Resting, impact, known_numbers, near_numbers
from bot.curation.shelf import Shelf, everywhere, find, nearest, shelve
from bot.curation.stale import Aged, Ending, aged, ending

__all__ = [
    "Aged",
    "Ending",
    "Freshness",
    "Resting",
    "Shelf",
    "aged",
    "card",
    "changes",
    "ending",
    "everywhere",
    "find",
    "freshness",
    "impact",
    "known_numbers",
    "near_numbers",
    "nearest",
    "shelve",
]
