"""Questions in teencode: words spelled as in a table of sentences, each as it was written and as it is spelled."""

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from bot.text import clean
from bot.trial.noise import Hand, lot

COLUMNS = ("original", "normalized")
SHARE = 0.5  # of the words that the table spells otherwise
WORD = re.compile(r"\w+")
FEW = re.compile(r"\w+( \w+){0,2}")  # what one spelling stands for: "ngta" is "người ta"

Spellings = dict[str, Counter[str]]


def spelled(path: Path) -> Hand:
    """A hand that types as the table's people do, the same on every run; ValueError if the file is no such table."""
    spellings = _spellings(path)
    pattern = re.compile(rf"\b({'|'.join(sorted(map(re.escape, spellings), key=lambda w: (-len(w), w)))})\b", re.I)

    def typed(text: str) -> str:
        chance = lot(text)
        return pattern.sub(lambda found: _typed(found[0], spellings, chance), clean(text))

    return typed


def _typed(words: str, spellings: Spellings, chance: random.Random) -> str:
    ways = spellings[words.lower()]
    return chance.choices(list(ways), list(ways.values()))[0] if chance.random() < SHARE else words


def _spellings(path: Path) -> Spellings:
    """How each word, or few words, is spelled in the table, and how often."""
    found: Spellings = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if None in map(row.get, COLUMNS):
                break
            for spelling, meant in _changed(*(clean(row[column]).lower().split() for column in COLUMNS)):
                found.setdefault(meant, Counter())[spelling] += 1
    if not found:
        raise ValueError(f"{path}: {', '.join(COLUMNS)}")
    return found


def _changed(written: list[str], meant: list[str]) -> Iterator[tuple[str, str]]:
    """Written words and what stands in their place where all is spelled out."""
    for what, start, end, first, last in SequenceMatcher(a=written, b=meant, autojunk=False).get_opcodes():
        if what == "replace":
            whole = " ".join(meant[first:last])
            spelled_out = [whole] if end == start + 1 else meant[first:last]
            pairs = zip(written[start:end], spelled_out, strict=False) if len(spelled_out) == end - start else ()
            yield from (pair for pair in pairs if WORD.fullmatch(pair[0]) and FEW.fullmatch(pair[1]))
