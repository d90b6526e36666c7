"""What is kept: the log of questions and the state of the channels, in one SQLite file."""

from bot.storage.database import Database, open_database
from bot.storage.health import Health, health, set_health
from bot.storage.questions import LogEntry, LogFilter, LoggedQuestion, Questions, Receipt, Settlement, UnansweredGroup

__all__ = [
    "Database",
    "Health",
    "LogEntry",
    "LogFilter",
    "LoggedQuestion",
    "Questions",
    "Receipt",
    "Settlement",
    "UnansweredGroup",
    "health",
    "open_database",
    "set_health",
]
