"""From a question to ranked procedures, with scores in [0, 1] and the reasons for them."""

from bot.matching.matcher import Candidate, Matcher, Ranking

__all__ = ["Candidate", "Matcher", "Ranking"]
