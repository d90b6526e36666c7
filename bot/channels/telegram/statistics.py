"""What figures for staff stand on: how they are counted, drawn and written."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.figures import Figures, Ground, Period, Table, Unit


@dataclass(frozen=True)
class Statistics:
    """How figures are counted, a table drawn as PNG, a report written as a file; `every`: which reports are sent.

    `draw` and `write` take their time and memory in processes of their own; either raises MotCuaError in words.
    """

    count: Callable[[Ground], Figures]
    draw: Callable[[Table, str], bytes]
    write: Callable[[Period], tuple[str, bytes]]
    every: Unit | None = None
