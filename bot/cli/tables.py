"""Tables on the screen: what people typed is shown as it is, never read as markup."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPED_WIDTH = 100_000  # columns where nobody looks: rows stay on one line for grep


def show(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]], empty: str) -> None:
    """Print a table, or a sentence when there are no rows."""
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    if not rows:
        console.print(Text(empty))
        return
    table = Table(*headings, box=None)
    for row in rows:
        table.add_row(*(Text(" ".join(cell.split())) for cell in row))
    console.print(table)
