"""One code in two entries: the office wrote an entry of its own, then the release ships one with the same code.

Both cannot stand. The office's entry stays until the office decides, and whatever names the other one names it instead.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.editing.trees import Tree
from bot.yamlfile import Node

Homes: TypeAlias = Mapping[str, tuple[str, Tree]]  # id → (file, entry)
OTHERS = ("former_codes", "equivalent_codes")
NAMING = ("expect", "procedure")  # keys that hold the id of an entry; `related` holds several


@dataclass(frozen=True)
class Collision:
    """A code, the office's entry that has it, and the release's; `file` is where the release has its own."""

    code: str
    own: str
    own_file: str
    shipped: str
    file: str

    @property
    def name(self) -> str:
        """What people type to decide on it."""
        return self.shipped

    def __str__(self) -> str:
        return (
            f"{self.file}: mục {self.shipped} của bản mới trùng mã {self.code} "
            f"với mục {self.own} của đơn vị ({self.own_file})\n"
            "    giữ mục của đơn vị, chưa lấy mục của bản mới; "
            f"câu hỏi thử của {self.shipped} nay chờ {self.own} trả lời\n"
            f"    lấy mục của bản mới thay cho mục của đơn vị thì thêm: --take '{self.shipped}'\n"
            f"    giữ hẳn mục của đơn vị, không hỏi lại thì thêm: --keep '{self.shipped}'"
        )


def collisions(ours: Homes, theirs: Homes) -> Iterator[Collision]:
    """Entries of one side alone that share a code with an entry of the other side alone."""
    owners = {code: name for name, (_, entry) in ours.items() if name not in theirs for code in _codes(entry)}
    for name, (file, entry) in theirs.items():
        shared = next((code for code in _codes(entry) if code in owners), None)
        if name not in ours and shared:
            yield Collision(shared, owners[shared], ours[owners[shared]][0], name, file)


def renamed(node: Node, old: str, new: str) -> Node:
    """A tree in which whatever names the entry `old` names `new`."""
    if isinstance(node, list):
        return [renamed(item, old, new) for item in node]
    if isinstance(node, str):
        return node
    return {key: _value(key, value, old, new) for key, value in node.items()}


def _value(key: str, value: Node, old: str, new: str) -> Node:
    if key in NAMING and value == old:
        return new
    if key == "related" and isinstance(value, list) and old in value:
        kept = [item for item in value if item != new]
        return [new if item == old else item for item in kept]
    return renamed(value, old, new)


def _codes(entry: Tree) -> list[str]:
    others = [other for key in OTHERS if isinstance(found := entry.get(key), list) for other in found]
    codes = [entry.get("code"), *(other.get("code") for other in others if isinstance(other, dict))]
    return [code for code in codes if isinstance(code, str)]
