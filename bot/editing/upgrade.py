"""A newer shipped base taken into an office's copy: by file, entry and key, and no local edit is lost."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bot.editing import folder
from bot.editing.collisions import Collision, collisions, renamed
from bot.editing.merge import ENTRIES, Conflict, Merge
from bot.editing.trees import Tree, entries, leaves, replaced
from bot.editing.words import value_words
from bot.errors import KnowledgeError
from bot.text import syllables
from bot.yamlfile import Node

Side: TypeAlias = dict[str, Node]
REGISTERS = {"laws.yaml": ("laws", "number"), "offices.yaml": ("offices", "id"), "sources.yaml": ("sources", "id")}


@dataclass(frozen=True)
class Decisions:
    """What the office said about conflicts, by name, and which ones are still open from earlier upgrades."""

    take: Collection[str] = ()
    keep: Collection[str] = ()
    undecided: Collection[str] = ()


@dataclass(frozen=True)
class Merged:
    """What an upgrade would write, what needs a decision, what it left out and why, which entries gave way."""

    changes: dict[str, bytes | None]
    conflicts: tuple[Conflict | Collision, ...]
    left_out: tuple[str, ...]
    replaced: tuple[str, ...] = ()


@dataclass
class _Draft:
    """A file on its way: the bytes to start from, what they hold, and what the file shall hold."""

    raw: bytes
    held: Node
    wanted: Node

    def content(self, name: str) -> bytes:
        return self.raw if self.wanted == self.held else folder.edited(self.raw, name, self.wanted)


class Upgrade:
    """One merge of three folders: the release that the office started from, its own, and the new release."""

    def __init__(
        self, base: Path, ours: Path, theirs: Path, decisions: Decisions, done: Callable[[str], None] = lambda _: None
    ) -> None:
        self.folders = base, ours, theirs
        self.merge = Merge(decisions.take, decisions.keep, decisions.undecided)
        self.decisions = decisions
        self.done = done
        self.left_out: list[str] = []
        self.replaced: list[str] = []
        self.files = [set(folder.names(place)) for place in self.folders]
        self.trees: list[Side] = [
            {name: folder.tree(place, name) for name in sorted(files) if name.endswith(".yaml")}
            for place, files in zip(self.folders, self.files, strict=True)
        ]
        self.moved: set[str] = set()
        self.conflicts: list[Conflict | Collision] = []

    def merged(self) -> Merged:
        """The outcome; nothing is written."""
        self._follow_moves()
        drafts: dict[str, _Draft | None] = {}
        changes: dict[str, bytes | None] = {}
        for name in sorted(set().union(*self.files)):
            self.done(name)
            if name.endswith(".yaml"):
                drafts[name] = self._draft(name)
            elif (raw := self._plain(name)) != _bytes(self.folders[1], name):
                changes[name] = raw
        self.conflicts += self.merge.conflicts
        self._one_entry_for_a_code(drafts)
        self._keep_what_is_named(drafts)
        self._drop_claimed_phrases(drafts)
        for name, draft in drafts.items():
            content = draft.content(name) if draft else None
            if content != _bytes(self.folders[1], name):
                changes[name] = content
        self._refuse_unknown()
        return Merged(changes, tuple(self.conflicts), tuple(self.left_out), tuple(self.replaced))

    def _refuse_unknown(self) -> None:
        unknown = sorted({*self.decisions.take, *self.decisions.keep} - self.merge.used)
        if unknown:
            names = ", ".join(unknown)
            raise KnowledgeError(f"Không có chỗ nào tên {names}: hãy chép tên từ danh sách của --dry-run.")

    def _plain(self, name: str) -> bytes | None:
        """A file that is no YAML is taken or left as a whole."""
        base, ours, theirs = (_bytes(place, name) for place in self.folders)
        shown = [None if raw is None else f"tệp {len(raw):,} byte, {hash_words(raw)}" for raw in (base, ours, theirs)]
        return theirs if self.merge.choice(name, (), *shown) == shown[2] else ours

    def _draft(self, name: str) -> _Draft | None:
        raws = [_bytes(place, name) for place in self.folders]
        sides = [side.get(name) for side in self.trees]
        untouched = raws[0] == raws[1] and name not in self.moved
        wanted = sides[2] if untouched else self.merge.file(name, *sides)
        if wanted is None or (name in self.moved and isinstance(wanted, dict) and not wanted.get(_register(name))):
            return None
        from_release = raws[1] is None or untouched
        raw = raws[2] if from_release else raws[1]
        held = folder.tree(self.folders[2 if from_release else 1], name) if raw is not None else {}
        return _Draft(raw or b"", held, wanted)

    def _follow_moves(self) -> None:
        """Compare an entry that one side moved to another file where the office has it, if the office changed it."""
        homes = [_homes(side) for side in self.trees]
        for name, (home, entry) in homes[1].items():
            base, theirs = homes[0].get(name), homes[2].get(name)
            if base and base[0] != home and _register(base[0]) == _register(home):
                self._move(0, name, base[0], home)
            followed = base == (home, entry) and (home in self.trees[2] or self.trees[1][home] == self.trees[0][home])
            if theirs and theirs[0] != home and not followed and _register(theirs[0]) == _register(home):
                self._move(2, name, theirs[0], home)

    def _move(self, side: int, name: str, old: str, new: str) -> None:
        trees, key = self.trees[side], _register(old)
        entry = entries(trees[old], key)[name]
        trees[old] = _with(trees[old], key, lambda item: None if item.get("id") == name else item)
        target = trees.get(new)
        if not isinstance(target, dict):
            started = self.trees[0].get(new)
            target = {k: v for k, v in started.items() if k != key} if isinstance(started, dict) else {}
        there = target
        listed = there.get(key)
        trees[new] = {**there, key: [*(listed if isinstance(listed, list) else []), entry]}
        self.moved |= {old, new}

    def _one_entry_for_a_code(self, drafts: dict[str, _Draft | None]) -> None:
        """Where an entry of the office and one of the release have one code, the office's stays unless it says so."""
        ours, theirs = _homes(self.trees[1]), _homes(self.trees[2])
        standing = _homes({name: draft.wanted for name, draft in drafts.items() if draft})
        own = {name: home for name, home in standing.items() if name in ours}
        for found in collisions(own, theirs):
            self.merge.used.add(found.shipped)  # a file that the office left alone is taken without a look at names
            if found.shipped in self.decisions.take:
                if found.shipped not in standing:
                    self._stand(drafts, found)
                _replace(drafts, found.own, found.shipped)
                self.replaced.append(f"{found.own} ({found.own_file}), thay bằng {found.shipped} ({found.file})")
                continue
            others = [conflict for conflict in self.conflicts if conflict.name != found.shipped]
            told = found.shipped in standing or found.shipped in self.decisions.undecided
            if told and found.shipped not in self.decisions.keep:
                self.conflicts = [*others, found]
            _replace(drafts, found.shipped, found.own)

    def _stand(self, drafts: dict[str, _Draft | None], found: Collision) -> None:
        """Take an entry of the release whose whole file an earlier upgrade left out."""
        tree = self.trees[2][found.file]
        only = _with(tree, "procedures", lambda item: item if item.get("id") == found.shipped else None)
        wanted = {key: value for key, value in only.items() if key != "twins"} if isinstance(only, dict) else only
        drafts[found.file] = _Draft(_bytes(self.folders[2], found.file) or b"", tree, wanted)

    def _keep_what_is_named(self, drafts: dict[str, _Draft | None]) -> None:
        """A law, an office or a source that the release dropped stays while something of the office names it."""
        named = {text for name, d in drafts.items() if d and name not in REGISTERS for text in leaves(d.wanted)}
        offices = drafts.get("offices.yaml")
        named |= set(leaves(offices.wanted)) if offices else set()
        for name, (key, by) in REGISTERS.items():
            draft, ours = drafts.get(name), self.trees[1].get(name)
            if draft and isinstance(draft.wanted, dict) and isinstance(ours, dict):
                now, before = _listed(draft.wanted, key), _listed(ours, key)
                known = {item.get(by) for item in now}
                lost = [item for item in before if item.get(by) in named - {str(k) for k in known}]
                draft.wanted = {**draft.wanted, key: [*now, *lost]} if lost else draft.wanted

    def _drop_claimed_phrases(self, drafts: dict[str, _Draft | None]) -> None:
        """A phrase of the release that the office already gave to another entry stays with the office's entry."""
        owners: dict[tuple[str, ...], str] = {}
        for name, (_, entry) in _homes(self.trees[1]).items():
            owners.update((_folded(phrase), name) for phrase in _phrases(entry))

        def without(entry: Tree) -> Node:
            own = str(entry.get("id"))
            claimed = [p for p in _phrases(entry) if owners.get(_folded(p), own) != own]
            claimed = [p for p in claimed if _still_claimed(drafts, owners[_folded(p)], _folded(p))]
            self.left_out += [
                f"{own}: cách hỏi “{value_words(p)}” của bản mới, vì đơn vị đã đặt ở mục {owners[_folded(p)]}"
                for p in claimed
            ]
            kept: list[Node] = [p for p in _phrases(entry) if p not in claimed]
            return {**entry, "phrases": kept} if claimed else entry

        for name, draft in drafts.items():
            if draft and _register(name):
                draft.wanted = _with(draft.wanted, _register(name), without)


def _still_claimed(drafts: dict[str, _Draft | None], owner: str, folded: tuple[str, ...]) -> bool:
    found = [entries(d.wanted, _register(name)).get(owner) for name, d in drafts.items() if d and _register(name)]
    return any(folded in map(_folded, _phrases(entry)) for entry in found if entry)


def _replace(drafts: dict[str, _Draft | None], gone: str, kept: str) -> None:
    """Take an entry out, with the local rules for it; what names it names the other."""
    for name, draft in drafts.items():
        if draft:
            draft.wanted = renamed(draft.wanted, gone, kept)
        if draft and name.split("/")[0] in ("procedures", "local"):
            draft.wanted = _with(draft.wanted, "procedures", lambda item: None if item.get("id") == gone else item)
            if _register(name) and isinstance(draft.wanted, dict) and not draft.wanted.get("procedures"):
                drafts[name] = None


def _register(file: str) -> str:
    """The key under which a file lists entries that stand nowhere else: its folder's name; empty for other files."""
    folder_name = file.split("/")[0]
    return folder_name if folder_name in ENTRIES else ""


def _with(tree: Node, key: str, change: Callable[[Tree], Node | None]) -> Node:
    if not isinstance(tree, dict) or key not in tree:
        return tree
    return {**tree, key: replaced(tree[key], change)}


def _homes(side: Side) -> dict[str, tuple[str, Tree]]:
    """Each entry's file and content, by id."""
    listed = [(file, entries(tree, _register(file))) for file, tree in side.items() if _register(file)]
    return {name: (file, entry) for file, found in listed for name, entry in found.items()}


def _listed(tree: Tree, key: str) -> list[Tree]:
    items = tree.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _phrases(entry: Tree) -> list[str]:
    phrases = entry.get("phrases")
    return [phrase for phrase in phrases if isinstance(phrase, str)] if isinstance(phrases, list) else []


def _folded(phrase: str) -> tuple[str, ...]:
    """The form in which two phrases must not be the same, as `kb check` compares them."""
    return tuple(s.toned for s in syllables(phrase))


def _bytes(place: Path, name: str) -> bytes | None:
    path = place / name
    return path.read_bytes() if path.is_file() else None


def hash_words(raw: bytes) -> str:
    """A short name for the content of a file, to tell versions apart."""
    return hashlib.sha256(raw).hexdigest()[:8]
