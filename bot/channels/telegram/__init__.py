"""Telegram as a channel: the only room that knows it."""

import os

from bot.channels.telegram.service import Settings, serve
from bot.channels.telegram.staffroom_access import Backroom
from bot.channels.telegram.statistics import Statistics

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming form of intervals; read at each use

__all__ = ["Backroom", "Settings", "Statistics", "serve"]
