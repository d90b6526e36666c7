"""A place's own rules laid over the national text: whole keys of an entry replaced, its sources added to."""

from collections.abc import Iterator

from bot.errors import Fault
from bot.yamlfile import Document, KeyPath, Node

KEYS = ("place", "procedures")


class Overlay:
    """`local/<place>.yaml`: entries by id, each with the keys that differ there."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries: dict[str, tuple[int, dict[str, Node]]] = {}
        self.faults: list[Fault] = []
        self.used: set[str] = set()
        content = document.content if isinstance(document.content, dict) else {}
        self.faults += self._form(content)
        for index, entry in enumerate(_list(content.get("procedures", []))):
            self._add(index, entry)

    def _form(self, content: dict[str, Node]) -> Iterator[Fault]:
        if not self.document.faults and not isinstance(self.document.content, dict):
            yield self.document.fault((), "cần các cặp khóa: giá trị", "xem lại thụt đầu dòng")
        for key in content:
            if key not in KEYS:
                yield self.document.fault((key,), "khóa lạ", "xem lại chính tả của khóa, hoặc xóa")
        if not isinstance(content.get("procedures", []), list):
            mend = "viết mỗi mục một dòng, bắt đầu bằng dấu gạch"
            yield self.document.fault(("procedures",), "cần một danh sách", mend)

    def _add(self, index: int, entry: Node) -> None:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            self.faults.append(self.document.fault(("procedures", index), "mục thiếu id", "ghi id của mục được sửa"))
            return
        if str(entry["id"]) in self.entries:
            self.faults.append(self.document.fault(("procedures", index, "id"), "mục ghi hai lần", "gộp làm một"))
        self.entries[str(entry["id"])] = (index, entry)

    def unused(self) -> Iterator[Fault]:
        """Faults of the overlay itself, and entries that change nothing because no such id exists."""
        yield from self.faults
        for name, (index, _) in self.entries.items():
            if name not in self.used:
                yield self.document.fault(("procedures", index, "id"), f"không có mục nào tên {name}", "xem lại id")


def overlaid(document: Document, overlay: Overlay) -> list[Fault]:
    """Lay the overlay over one file's entries, in place; lines then point to where a value really stands."""
    content = document.content
    if not isinstance(content, dict):
        return []
    faults: list[Fault] = []
    for index, entry in enumerate(_list(content.get("procedures", []))):
        if isinstance(entry, dict) and str(entry.get("id")) in overlay.entries:
            name = str(entry["id"])
            overlay.used.add(name)
            at, change = overlay.entries[name]
            faults += _lay(document, overlay.document, ("procedures", index), ("procedures", at), entry, change)
    return faults


def _lay(
    document: Document, local: Document, path: KeyPath, at: KeyPath, entry: dict[str, Node], change: dict[str, Node]
) -> list[Fault]:
    faults: list[Fault] = []
    for key, value in change.items():
        if key == "id":
            continue
        if entry.get(key) == value:
            faults.append(local.fault((*at, key), "giống hệt bản chung", "xóa khóa này khỏi tệp địa phương"))
        old = entry.get(key)
        if key == "sources" and isinstance(old, dict) and isinstance(value, dict):
            entry[key] = {**old, **value}
            for name in value:
                document.borrow((*path, key, name), local, (*at, key, name))
        else:
            entry[key] = value
            document.borrow((*path, key), local, (*at, key))
    return faults


def _list(node: Node) -> list[Node]:
    return node if isinstance(node, list) else []
