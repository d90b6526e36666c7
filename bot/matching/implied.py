"""Everyday words and the words of official titles that they stand for, learned from the base's own phrases."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

Implied: TypeAlias = Mapping[str, Mapping[str, float]]
FILE = Path(__file__).with_name("implied.txt")


def read(lines: Iterable[str]) -> Implied:
    """The table in its lines: "cuoi: ket hon 93, ket 41" says that "cưới" stands for "kết" with a force of 0.93."""
    table: dict[str, dict[str, float]] = {}
    for line in lines:
        word, colon, rest = line.partition(": ")
        if colon:
            cells = (cell.rpartition(" ") for cell in rest.split(", "))
            table[word] = {implied: int(force) / 100 for implied, _, force in cells}
    return table


def written(table: Implied) -> str:
    """The lines of a table, in the order of the alphabet; the strongest first in each."""
    lines = []
    for word in sorted(table):
        cells = sorted((-round(100 * force), implied) for implied, force in table[word].items())
        lines.append(f"{word}: " + ", ".join(f"{implied} {-number}" for number, implied in cells) + "\n")
    return "".join(lines)


IMPLIED = read(FILE.read_text("utf-8").splitlines())
