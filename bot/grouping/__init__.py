"""Like questions gathered into groups: words and what they seemed to ask for in, groups out; nothing else is known."""

from bot.grouping.gist import Gist
from bot.grouping.groups import JOIN_FROM, Groups
from bot.grouping.likeness import Profile, alike, signals

__all__ = ["JOIN_FROM", "Gist", "Groups", "Profile", "alike", "signals"]
