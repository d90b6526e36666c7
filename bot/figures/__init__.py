"""Figures of the log and the base, counted by the database and put together once for pages, messages and reports."""

from bot.figures.definitions import FIGURES, OUTCOMES, Definition
from bot.figures.figures import Figures, Ground, Ranked, figures
from bot.figures.periods import Period, Unit
from bot.figures.rows import COLUMNS, TABLE_KEYS, Cell, Table, shown, tables

__all__ = [
    "COLUMNS",
    "FIGURES",
    "OUTCOMES",
    "TABLE_KEYS",
    "Cell",
    "Definition",
    "Figures",
    "Ground",
    "Period",
    "Ranked",
    "Table",
    "Unit",
    "figures",
    "shown",
    "tables",
]
