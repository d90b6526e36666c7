"""What is kept: the log of questions and the state of the channels, in one SQLite file."""

from bot.storage.database import Database, open_database
from bot.storage.health import Health, health, set_health
from bot.storage.judgements import Judgement, Judgements, Vote, subject_of
from bot.storage.persons import Asked, Everything, Judged, Known, Persons
from bot.storage.questions import LogEntry, LogFilter, LoggedQuestion, Questions, Receipt, Settlement, UnansweredGroup

__all__ = [
    "Asked",
    "Database",
    "Everything",
    "Health",
    "Judged",
    "Judgement",
    "Judgements",
    "Known",
    "LogEntry",
    "LogFilter",
    "LoggedQuestion",
    "Persons",
    "Questions",
    "Receipt",
    "Settlement",
    "UnansweredGroup",
    "Vote",
    "health",
    "open_database",
    "set_health",
    "subject_of",
]
