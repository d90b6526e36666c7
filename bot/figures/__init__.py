"""Figures of the log and the base, counted by the database and put together once for pages, messages and reports."""

from bot.figures.definitions import FIGURES, OUTCOMES, Definition
from bot.figures.figures import Figures, Ground, Ranked, figures
from bot.figures.periods import Period, Unit

__all__ = ["FIGURES", "OUTCOMES", "Definition", "Figures", "Ground", "Period", "Ranked", "Unit", "figures"]
