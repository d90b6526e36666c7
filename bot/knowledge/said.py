"""Every text of a file that a citizen reads, with its path: sentences, and the labels that stand beside them."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.yamlfile import KeyPath, Node

SENTENCES = frozenset(
    # `items` holds the steps of a procedure, `lines` and `steps` are those of a guide
    {"summary", "text", "note", "notes", "items", "lines", "steps", "unknown", "exempt", "doubt", "late", "question"}
)
LABELS = frozenset({"name", "title", "when", "per", "copy", "form", "label"})
SPOKEN = SENTENCES | LABELS
SILENT = frozenset({"sources", "phrases", "english", "legal_basis", "former_codes", "equivalent_codes"})


class Said(NamedTuple):
    """A text where it stands; a label is no sentence."""

    path: KeyPath
    text: str
    sentence: bool


def said(node: Node, path: KeyPath = ()) -> tuple[Said, ...]:
    """The texts of an entry, a route or a twin set, in the order of the file."""
    found: list[Said] = []
    _gather(node, path, "", found)
    return tuple(found)


def _gather(node: Node, path: KeyPath, key: str, found: list[Said]) -> None:
    if isinstance(node, str):
        if key in SPOKEN:
            found.append(Said(path, node, key in SENTENCES))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            _gather(item, (*path, index), key, found)
    else:
        for name, value in node.items():
            if name not in SILENT and (name in SPOKEN or not isinstance(value, str)):
                _gather(value, (*path, name), name, found)


def listed(content: Node, key: str) -> Iterator[tuple[Said, ...]]:
    """The texts of each item of a file's list: `listed(content, "procedures")`."""
    items = content.get(key) if isinstance(content, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else ()):
        yield said(item, (key, index))
