"""Figures of the log and the base, counted by the database and put together once for pages, messages and reports."""

from bot.figures.definitions import FIGURES, OUTCOMES, Definition
from bot.figures.figures import Figures, Ground, Ranked, figures
from bot.figures.periods import Period, Unit
from bot.figures.rows import Cell, Table, tables

__all__ = [
    "FIGURES",
    "OUTCOMES",
    "Cell",
    "Definition",
    "Figures",
    "Ground",
    "Period",
    "Ranked",
    "Table",
    "Unit",
    "figures",
    "tables",
]
