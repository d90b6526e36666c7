"""Everyday words and the words of official titles that they stand for, learned from the base's own phrases."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

Implied: TypeAlias = Mapping[str, Mapping[str, float]]
FILE = Path(__file__).with_name("implied.txt")
_CELL = r"[^\W_]+ [1-9][0-9]*"
LINE = re.compile(rf"[^\W_]+(?: [^\W_]+)?: {_CELL}(?:, {_CELL})*")


def read(lines: Iterable[str]) -> Implied:
    """The table in its lines: "cuoi: ket 93, hon 41" says that "cưới" stands for "kết" with a force of 0.93.

    A line of another form, and a word told twice, is a ValueError with its number.
    """
    table: dict[str, dict[str, float]] = {}
    for number, line in enumerate(lines, 1):
        if not LINE.fullmatch(line):
            raise ValueError(f'implied words, line {number}: {line!r}; wanted is "cuoi: ket 93, hon 41"')
        word, _, rest = line.partition(": ")
        cells = [cell.rpartition(" ") for cell in rest.split(", ")]
        implied = {meant: int(force) / 100 for meant, _, force in cells}
        if word in table or len(implied) < len(cells):
            raise ValueError(f"implied words, line {number}: a word stands twice in {line!r}; keep it once")
        table[word] = implied
    return table


def written(table: Implied) -> str:
    """The lines of a table, in the order of the alphabet; the strongest first in each."""
    lines = []
    for word in sorted(table):
        cells = sorted((-round(100 * force), implied) for implied, force in table[word].items())
        lines.append(f"{word}: " + ", ".join(f"{implied} {-number}" for number, implied in cells) + "\n")
    return "".join(lines)


IMPLIED = read(FILE.read_text("utf-8").splitlines())
