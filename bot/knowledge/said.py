"""Every text of a file that a citizen reads, with its path: sentences, and the labels that stand beside them."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.yamlfile import KeyPath, Node

SENTENCES = frozenset(
    # `items` holds the steps of a procedure, `lines` and `steps` are those of a guide
    {"summary", "text", "note", "notes", "items", "lines", "steps", "unknown", "exempt", "doubt", "late", "question"}
)
LABELS = frozenset({"name", "title", "when", "per", "copy", "form", "label"})
SILENT = frozenset({"sources", "phrases", "english", "legal_basis", "former_codes", "equivalent_codes"})


class Said(NamedTuple):
    """A text where it stands; a label is no sentence."""

    path: KeyPath
    text: str
    sentence: bool


def said(node: Node, path: KeyPath = (), key: str = "") -> Iterator[Said]:
    """The texts of an entry, a route or a twin set, in the order of the file."""
    if isinstance(node, str):
        if key in SENTENCES or key in LABELS:
            yield Said(path, node, key in SENTENCES)
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from said(item, (*path, index), key)
    else:
        for name, value in node.items():
            if name not in SILENT:
                yield from said(value, (*path, name), name)


def listed(content: Node, key: str) -> Iterator[tuple[Said, ...]]:
    """The texts of each item of a file's list: `listed(content, "procedures")`."""
    items = content.get(key) if isinstance(content, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        yield tuple(said(item, (key, index)))
