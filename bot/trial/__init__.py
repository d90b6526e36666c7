"""The base put on trial: its own test questions asked at the desk, and its answers read on another day."""

from bot.trial.days import Kind, Shift, shifts
from bot.trial.memory import Change, Memory, changes, recall, remember
from bot.trial.verdicts import Given, Tally, Tried, Verdict, by_field, given_by, said, tally, tried, tried_by

__all__ = [
    "Change",
    "Given",
    "Kind",
    "Memory",
    "Shift",
    "Tally",
    "Tried",
    "Verdict",
    "by_field",
    "changes",
    "given_by",
    "recall",
    "remember",
    "said",
    "shifts",
    "tally",
    "tried",
    "tried_by",
]
