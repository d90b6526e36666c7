"""Where an entry of an office's base stands: its file, its number there, and the lines that are its own."""

import re
from dataclasses import dataclass
from pathlib import Path

from bot import yamlfile
from bot.curation.adding import FOLDERS
from bot.curation.shelf import items
from bot.errors import MotCuaError
from bot.yamlfile import Document, Node

ITEM = re.compile(rb"( *)- ")


@dataclass(frozen=True)
class Place:
    """An entry or guide as text: file, its bytes, the list it stands in, its number, first and last line (from 0)."""

    name: str
    raw: bytes
    document: Document
    register: str
    index: int
    first: int
    last: int

    @property
    def entry(self) -> dict[str, Node]:
        """What stands there."""
        return items(self.document, self.register)[self.index]

    @property
    def text(self) -> str:
        """The entry's own lines at the left margin, as an editor shows them."""
        lines = self.raw.decode("utf-8-sig").splitlines()[self.first : self.last]
        return "".join(f"{line[self.indent :].rstrip()}\n" for line in lines)

    @property
    def indent(self) -> int:
        """How many spaces stand before its dash."""
        found = ITEM.match(self.raw.splitlines()[self.first])
        return len(found[1]) if found else 0

    def replaced(self, text: str) -> bytes:
        """The file with other lines in the place of the entry's own."""
        lines = self.raw.splitlines(keepends=True)
        ending = "\r\n" if lines[0].endswith(b"\r\n") else "\n"
        new = "".join(
            f"{' ' * self.indent if line.strip() else ''}{line.rstrip()}{ending}" for line in text.strip().splitlines()
        )
        return b"".join([*lines[: self.first], new.encode("utf-8", "replace"), *lines[self.last :]])


def place_of(folder: Path, entry: str) -> Place:
    """Where an entry or guide stands in the office's own files; overlays are no entries."""
    wanted = entry.encode()
    for part in ("procedures", "guides"):
        for path in yamlfile.files(folder / part):
            raw = path.read_bytes()
            found = _within(path.relative_to(folder).as_posix(), raw, part, entry) if wanted in raw else None
            if found:
                return found
    raise MotCuaError(f"Không có mục nào tên {entry} trong {folder}. Hãy tìm lại mục này trong danh sách.")


def readable(raw: bytes, name: str) -> Document:
    """A file as read; one with faults is no ground to stand on."""
    document = yamlfile.parse(raw, name)
    if document.faults:
        told = "\n".join(f"  {fault}" for fault in document.faults)
        raise MotCuaError(f"Chưa ghi gì, hãy sửa tệp này trước:\n{told}")
    return document


def _within(name: str, raw: bytes, folder: str, entry: str) -> Place | None:
    document = readable(raw, name)
    register = FOLDERS[folder]
    for index, item in enumerate(items(document, register)):
        if item.get("id") == entry:
            return Place(name, raw, document, register, index, *_lines(document, register, index, raw))
    return None


def _lines(document: Document, register: str, index: int, raw: bytes) -> tuple[int, int]:
    """From the entry's dash up to what follows it; blank lines and remarks at its end belong to what follows."""
    lines = raw.splitlines()
    first = document.place((register, index))[1] - 1
    later = [line - 1 for _, line in document.places.values() if line - 1 > first]
    inside = {line for path, (_, line) in document.places.items() if path[:2] == (register, index)}
    last = min((line for line in later if line + 1 not in inside), default=len(lines))
    while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith(b"#")):
        last -= 1
    return first, last
