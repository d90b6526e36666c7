"""What is known about a procedure, in pairs of words: a question more about it is likely to speak of them."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from bot.procedures import Procedure
from bot.text import MATCHED_CHARACTERS, folded_words

NO_FACTS = {"id", "sources", "portal_url"}  # of an entry: they speak of nobody's case
KEPT = 256  # entries: what is known about most of those that people ask for is read once


def facts_of(entry: Procedure) -> frozenset[str]:
    """Unmarked neighbours in its name, its phrases, papers, steps, fees and all: "hop dong", "thue nha"."""
    return _pairs(tuple(texts(entry.model_dump(exclude=NO_FACTS))))


def texts(value: object) -> Iterator[str]:
    """All texts in a value, in pieces that are read as a whole."""
    if isinstance(value, str):
        yield from (value[start : start + MATCHED_CHARACTERS] for start in range(0, len(value), MATCHED_CHARACTERS))
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


@lru_cache(maxsize=KEPT)
def _pairs(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(pair) for text in known for pair in pairwise(folded_words(text)))
