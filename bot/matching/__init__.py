"""From a question to ranked procedures, with scores in [0, 1] and the reasons for them."""

from bot.matching.candidates import ROUTE_PREFIX, Candidate, Ranking
from bot.matching.matcher import Matcher
from bot.matching.readings import Spoken

__all__ = ["ROUTE_PREFIX", "Candidate", "Matcher", "Ranking", "Spoken"]
