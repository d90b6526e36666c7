"""How cues and signs are written: words in their order, with gaps between them and choices among them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.text import WORD

GAP = "…"
TOKEN = re.compile(rf"{GAP}|[^\s{GAP}]+")
END, NEEDED = "?", "("


class Place(NamedTuple):
    """One place of a pattern: the ways to fill it, each as written, and how it stands."""

    ways: tuple[str, ...]
    gap: bool  # words may stand before it
    ends: bool  # it ends what is said
    stays: bool  # it is needed, but no word of the pattern's own


def places(pattern: str) -> Iterator[Place]:
    """The places of a pattern, in order: "cần … (giấy/hồ_sơ) gì?" has three.

    In a pattern "…" stands for some words, "a/b" for one of them, "a_b" for two in one place; a word in brackets is
    needed but stays; "không?" ends its part.
    """
    gap = False
    for token in TOKEN.findall(pattern.strip(f" {GAP}")):
        word = token.strip("()")
        ways = tuple(way for way in word.rstrip(END).replace("_", " ").split("/") if WORD.search(way))
        if ways:
            yield Place(ways, gap, word.endswith(END), token.startswith(NEEDED))
        gap = token == GAP
