"""Three trees made one: what the office changed stays, what only the release changed is taken, the rest is a conflict.

A fact group of an entry is one whole: an amount of the office is never put beside a source of the release.
Lists of phrases and notes are merged as sets.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from bot.editing.trees import Tree, both_orders, register, texts, union
from bot.editing.words import key_words, value_words
from bot.yamlfile import Node

Path: TypeAlias = tuple[str, ...]
SETS = ("phrases", "notes")  # keys of an entry whose texts stand each for itself
ENTRIES = ("procedures", "guides")  # lists of entries, and the folders in which each entry stands once
BY_NAME = ("sources",)  # keys of an entry that hold things by name


@dataclass(frozen=True)
class Conflict:
    """A place that the office and the release both changed; the office's version stands until somebody decides."""

    name: str
    file: str
    path: Path
    ours: Node | None
    theirs: Node | None

    def __str__(self) -> str:
        return (
            f"{self.file}: {key_words(self.path) or 'cả tệp'}\n"
            f"    đơn vị:  {value_words(self.ours)}\n"
            f"    bản mới: {value_words(self.theirs)}\n"
            f"    giữ bản của đơn vị; lấy bản mới thì thêm: --take '{self.name}'"
        )


def name_of(file: str, path: Path) -> str:
    """What people type for a place: `khai-sinh.fee`, `laws:60/2014/QH13.title`, `lexicon:abbreviations.ks`."""
    if not path:
        return file
    stem = file.removesuffix(".yaml")
    known = len(path) > 1 and (path[0] in ENTRIES or path[0] == stem)
    rest = ".".join(path[1:] if known else path)
    return rest if known and file.split("/")[0] == path[0] else f"{stem}:{rest}"


class Merge:
    """One merge of many files; keeps the conflicts that it met and the decisions that it used."""

    def __init__(
        self, take: Collection[str] = (), keep: Collection[str] = (), open_names: Collection[str] = ()
    ) -> None:
        self.take = frozenset(take)
        self.keep = frozenset(keep)
        self.open_names = frozenset(open_names)
        self.used: set[str] = set()
        self.conflicts: list[Conflict] = []

    def file(self, name: str, base: Node | None, ours: Node | None, theirs: Node | None) -> Node | None:
        """A whole file; None where it is no more."""
        return self._node(name, (), base, ours, theirs, entry=False)

    def choice(self, file: str, path: Path, base: Node | None, ours: Node | None, theirs: Node | None) -> Node | None:
        """A value that is taken or left as one whole."""
        name = name_of(file, path)
        if name in self.take | self.keep:
            self.used.add(name)
        if ours == theirs or name in self.keep:
            return ours
        if name in self.take:
            return theirs
        if ours == base:
            return theirs
        if theirs != base or name in self.open_names:
            self.conflicts.append(Conflict(name, file, path, ours, theirs))
        return ours

    def _node(
        self, file: str, path: Path, base: Node | None, ours: Node | None, theirs: Node | None, entry: bool
    ) -> Node | None:
        if ours is None or theirs is None or (entry and path[-1] not in (*SETS, *BY_NAME)):
            return self._codes(file, path, base, ours, theirs)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            return self._mapping(file, path, base if isinstance(base, dict) else {}, ours, theirs, entry)
        if isinstance(ours, list) and isinstance(theirs, list):
            return self._list(file, path, base if isinstance(base, list) else [], ours, theirs)
        return self.choice(file, path, base, ours, theirs)

    def _mapping(self, file: str, path: Path, base: Tree, ours: Tree, theirs: Tree, entry: bool) -> Tree:
        merged: Tree = {}
        for key in both_orders(ours, theirs):
            sides = base.get(key), ours.get(key), theirs.get(key)
            value = self.choice(file, (*path, key), *sides) if entry else self._node(file, (*path, key), *sides, entry)
            if value is not None:
                merged[key] = value
        return merged

    def _list(self, file: str, path: Path, base: list[Node], ours: list[Node], theirs: list[Node]) -> Node | None:
        plain = texts(base), texts(ours), texts(theirs)
        if plain[0] is not None and plain[1] is not None and plain[2] is not None:
            return list(union(plain[0], plain[1], plain[2]))
        named = register(base), register(ours), register(theirs)
        if named[0] is None or named[1] is None or named[2] is None:
            return self.choice(file, path, base, ours, theirs)
        return self._register(file, path, named[0], named[1], named[2])

    def _register(self, file: str, path: Path, base: Tree, ours: Tree, theirs: Tree) -> list[Node]:
        merged: list[Node] = []
        for name in both_orders(ours, theirs):
            item = self._entry(file, (*path, name), base.get(name), ours.get(name), theirs.get(name))
            if item is not None:
                merged.append(item)
        return merged

    def _entry(self, file: str, path: Path, base: Node | None, ours: Node | None, theirs: Node | None) -> Node | None:
        if not isinstance(ours, dict) or not isinstance(theirs, dict) or name_of(file, path) in self.take | self.keep:
            return self.choice(file, path, base, ours, theirs)
        start = base if isinstance(base, dict) else {}
        merged: Tree = {}
        for key in both_orders(ours, theirs):
            value = self._node(file, (*path, key), start.get(key), ours.get(key), theirs.get(key), entry=True)
            if value is not None:
                merged[key] = value
        return with_sources(merged, ours, theirs)

    def _codes(self, file: str, path: Path, base: Node | None, ours: Node | None, theirs: Node | None) -> Node | None:
        """A key of an entry: other codes one by one, everything else as a whole."""
        named = register(base or []), register(ours), register(theirs)
        if path and path[-1].endswith("_codes") and named[0] is not None and named[1] and named[2]:
            merged: list[Node] = []
            for name in both_orders(named[1], named[2]):
                item = self.choice(file, (*path, name), *(side.get(name) for side in named if side is not None))
                if item is not None:
                    merged.append(item)
            return merged or None
        return self.choice(file, path, base, ours, theirs)


def with_sources(entry: Tree, *sides: Tree) -> Tree:
    """An entry with every source that its facts name, also one that the other side dropped."""
    known = [side["sources"] for side in (entry, *sides) if isinstance(side.get("sources"), dict)]
    sources = {name: source for kept in reversed(known) if isinstance(kept, dict) for name, source in kept.items()}
    own = known[0] if known and "sources" in entry else {}
    lost = {name: sources[name] for name in sorted(_used(entry)) if name in sources and name not in own}
    return {**entry, "sources": {**own, **lost}} if lost and isinstance(own, dict) else entry


def _used(node: Node) -> set[str]:
    found: set[str] = set()
    if isinstance(node, dict):
        if isinstance(source := node.get("source"), str):
            found.add(source)
        for child in node.values():
            found |= _used(child)
    elif isinstance(node, list):
        for child in node:
            found |= _used(child)
    return found
