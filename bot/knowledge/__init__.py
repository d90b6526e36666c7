"""The knowledge base: a folder of YAML files, checked as a whole, held as one frozen value."""

from bot.knowledge.base import Knowledge, load
from bot.knowledge.files import Lexicon, Route, TestQuestion

__all__ = ["Knowledge", "Lexicon", "Route", "TestQuestion", "load"]
