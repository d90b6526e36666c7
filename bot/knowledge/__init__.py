"""The knowledge base: a folder of YAML files, checked as a whole, held as one frozen value."""

from bot.knowledge.base import Knowledge, Report, broken, examine, load
from bot.knowledge.draft import Topic
from bot.knowledge.files import NOBODY, Lexicon, Route, RouteReason, TestQuestion

__all__ = [
    "NOBODY",
    "Knowledge",
    "Lexicon",
    "Report",
    "Route",
    "RouteReason",
    "TestQuestion",
    "Topic",
    "broken",
    "examine",
    "load",
]
