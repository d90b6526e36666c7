"""The log as a table for other programs: CSV with a heading, masked once more, every cell made harmless."""

import csv
from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import TextIO

from bot.privacy import mask
from bot.storage import LoggedQuestion

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")  # a spreadsheet would run what follows


def write_csv(stream: TextIO, rows: Iterable[LoggedQuestion]) -> int:
    """Write logged questions; how many there were."""
    writer = csv.writer(stream)
    writer.writerow([f.name for f in fields(LoggedQuestion)])
    count = 0
    for row in rows:
        cells = {**asdict(row), "question": mask(row.question)}
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells.values()])
        count += 1
    return count


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA_SIGNS) or cell.startswith("\t") else cell
