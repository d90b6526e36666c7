"""What a YAML file holds, taken as a tree of texts: who an item of a list is, and how two orders become one."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from bot.yamlfile import Node

Tree: TypeAlias = dict[str, Node]
IDS = ("id", "number", "code", "question")  # the keys by which people know an item, best first


def identity(item: Node) -> tuple[str, str] | None:
    """The key and value that name an item: ("id", "khai-sinh"); None for one known only by its content."""
    if isinstance(item, dict):
        for key in IDS:
            if isinstance(value := item.get(key), str):
                return key, value
    return None


def register(items: Node | None) -> dict[str, Node] | None:
    """A list as a mapping from each item's name to the item; None if some item has no name, or two share one."""
    if not isinstance(items, list) or not items:
        return {} if items == [] else None
    names = [identity(item) for item in items]
    kinds = {name[0] for name in names if name}
    if None in names or len(kinds) != 1 or len(set(names)) != len(names):
        return None
    return {name[1]: item for name, item in zip(names, items, strict=True) if name}


def texts(items: Node | None) -> list[str] | None:
    """A list whose items are all texts; else None."""
    if not isinstance(items, list):
        return None
    found = [item for item in items if isinstance(item, str)]
    return found if len(found) == len(items) else None


def entries(tree: Node | None, key: str) -> dict[str, Tree]:
    """The entries with an id that a file lists under `key`."""
    items = tree.get(key, []) if isinstance(tree, dict) else []
    listed = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return {str(item["id"]): item for item in listed if isinstance(item.get("id"), str)}


def both_orders(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """All names once: ours as they stand, each further one of theirs behind the one it follows there."""
    merged = list(dict.fromkeys(ours))
    known = set(merged)
    before: str | None = None
    for name in theirs:
        if name not in known:
            merged.insert(merged.index(before) + 1 if before is not None else 0, name)
            known.add(name)
        before = name
    return merged


def union(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Three lists as sets: what either side took out is out, what either side added is in, in our order."""
    gone = set(base) - set(theirs)
    removed_here = set(base) - set(ours)
    return [text for text in both_orders(ours, (t for t in theirs if t not in removed_here)) if text not in gone]


def leaves(node: Node) -> Iterable[str]:
    """Every text in a tree, keys left out."""
    if isinstance(node, str):
        yield node
        return
    for child in node.values() if isinstance(node, dict) else node:
        yield from leaves(child)


def canonical(node: Node) -> str:
    """A text that is equal for equal trees."""
    return json.dumps(node, ensure_ascii=False, sort_keys=True)


def replaced(items: Node, change: Callable[[Tree], Node | None]) -> list[Node]:
    """A list with each entry changed; None takes it out."""
    listed = items if isinstance(items, list) else []
    changed = [change(item) if isinstance(item, dict) else item for item in listed]
    return [item for item in changed if item is not None]
