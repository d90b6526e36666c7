"""From a question to ranked procedures, with scores in [0, 1] and the reasons for them."""

from bot.matching.matcher import ROUTE_PREFIX, Candidate, Matcher, Ranking

__all__ = ["ROUTE_PREFIX", "Candidate", "Matcher", "Ranking"]
