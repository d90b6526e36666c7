"""Which old key or item becomes which new one, so that only what differs is written."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TypeAlias

from bot.editing.trees import canonical, identity
from bot.yamlfile import Node

Step: TypeAlias = tuple[int | None, int | None]  # (old place, new place); None for one that comes or goes


def new_keys(keys: list[str], wanted: dict[str, Node]) -> Iterator[tuple[int, list[str]]]:
    """(after how many of the old keys, new keys): behind the key they follow in `wanted`."""
    found: dict[int, list[str]] = {}
    at = 0
    for key in wanted:
        if key in keys:
            at = keys.index(key) + 1
        else:
            found.setdefault(at, []).append(key)
    yield from found.items()


def pairs(old: list[Node], new: list[Node]) -> list[Step]:
    """Which old item becomes which new one; None for one that goes or comes."""
    names = [str(identity(item) or canonical(item)) for item in old]
    others = [str(identity(item) or canonical(item)) for item in new]
    found: list[Step] = []
    for kind, a, b, c, d in SequenceMatcher(None, names, others, autojunk=False).get_opcodes():
        alike = b - a if kind == "equal" else 0
        while kind == "replace" and a + alike < b and c + alike < d and _same_kind(old[a + alike], new[c + alike]):
            alike += 1
        found += [(a + n, c + n) for n in range(alike)]
        found += [(n, None) for n in range(a + alike, b)]
        found += [(None, n) for n in range(c + alike, d)]
    return found


def _same_kind(old: Node, new: Node) -> bool:
    return type(old) is type(new) and identity(old) is None and identity(new) is None


def anchor(before: list[Step]) -> int:
    """After how many of the old items a new one comes that has these pairs before it."""
    return next((at + 1 for at, _ in reversed(before) if at is not None), 0)
