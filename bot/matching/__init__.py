"""From a question to ranked procedures, with scores in [0, 1] and the reasons for them."""

from bot.matching.candidates import ROUTE_PREFIX, Candidate, Ranking
from bot.matching.explaining import Ground, pulls
from bot.matching.matcher import Matcher
from bot.matching.reading import Reading
from bot.matching.routes import TOPICS
from bot.matching.signals import Signals

__all__ = ["ROUTE_PREFIX", "TOPICS", "Candidate", "Ground", "Matcher", "Ranking", "Reading", "Signals", "pulls"]
