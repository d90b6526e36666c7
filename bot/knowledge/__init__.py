"""The knowledge base: a folder of YAML files, checked as a whole, held as one frozen value."""

from bot.knowledge.base import Knowledge, Report, broken, examine, load
from bot.knowledge.draft import Topic
from bot.knowledge.files import Lexicon, Route, TestQuestion

__all__ = ["Knowledge", "Lexicon", "Report", "Route", "TestQuestion", "Topic", "broken", "examine", "load"]
