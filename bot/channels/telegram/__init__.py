"""Telegram as a channel: the only room that knows it."""

import os

from bot.channels.telegram.connection import Settings
from bot.channels.telegram.probe import Probe, probe
from bot.channels.telegram.registration import Info, info, register, unregister
from bot.channels.telegram.service import serve
from bot.channels.telegram.staffroom_access import Backroom
from bot.channels.telegram.statistics import Statistics

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming form of intervals; read at each use

__all__ = [
    "Backroom",
    "Info",
    "Probe",
    "Settings",
    "Statistics",
    "info",
    "probe",
    "register",
    "serve",
    "unregister",
]
