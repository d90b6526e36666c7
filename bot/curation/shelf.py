"""A base with the file and line of every value: what `load` gives, and where each entry stands."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from bot import yamlfile
from bot.errors import MotCuaError
from bot.knowledge import Knowledge, load
from bot.knowledge.overlay import Overlay, overlaid
from bot.procedures import Procedure
from bot.text import fold
from bot.yamlfile import Document, KeyPath

NEAR = 5  # names offered in place of one that is not found


@dataclass(frozen=True)
class Shelf:
    """A checked base and the document and number of each entry, by id; `local` is the overlay laid over it."""

    knowledge: Knowledge
    documents: dict[str, tuple[Document, int]]
    registers: dict[str, Document]
    local: str | None

    def place(self, entry: Procedure, path: KeyPath = ()) -> tuple[str, int]:
        """The file, seen from the base, and the line of one value of an entry."""
        document, index = self.documents[entry.id]
        return document.place(("procedures", index, *path))

    def line(self, entry: Procedure, path: KeyPath = ()) -> str:
        """The same as editors take it: `procedures/cu-tru.yaml:58`."""
        return ":".join(map(str, self.place(entry, path)))


def shelve(folder: Path, local: str | None) -> Shelf:
    """Read and check a base, and keep the places of its values."""
    knowledge = load(folder, local)
    overlay = Overlay(_read(folder, folder / "local" / f"{local}.yaml")) if local else None
    documents: dict[str, tuple[Document, int]] = {}
    for path in sorted((folder / "procedures").glob("*.yaml")):
        document = _read(folder, path)
        if overlay:
            overlaid(document, overlay)
        for index, entry in enumerate(items(document, "procedures")):
            documents[str(entry["id"])] = (document, index)
    registers = {name: _read(folder, folder / f"{name}.yaml") for name in ("offices", "laws")}
    return Shelf(knowledge, documents, registers, local)


def everywhere(folder: Path) -> tuple[Shelf, ...]:
    """The base by itself, then under each of its overlays: a fact replaced by one still counts for the others."""
    places = sorted(path.stem for path in (folder / "local").glob("*.yaml"))
    return tuple(shelve(folder, local) for local in (None, *places))


def items(document: Document, key: str) -> list[dict[str, yamlfile.Node]]:
    """The mappings of a list in a file as read, whatever else stands in it: `items(document, "procedures")`."""
    content = document.content if isinstance(document.content, dict) else {}
    found = content.get(key, [])
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def find(knowledge: Knowledge, name: str) -> Procedure:
    """The entry of an id or of any of its codes; else the nearest ones are named."""
    wanted = name.strip()
    for entry in knowledge.procedures:
        if wanted.lower() == entry.id or wanted in entry.codes:
            return entry
    near = nearest(knowledge, wanted)
    offer = "\n".join(f"  {entry.id}: {entry.name} ({entry.code})" for entry in near)
    mend = f"Có phải bạn tìm:\n{offer}" if near else "Hãy tìm bằng một câu hỏi: motcua ask --explain …"
    raise MotCuaError(f"Không có mục nào mang id hay mã {wanted}. {mend}")


def nearest(knowledge: Knowledge, name: str) -> tuple[Procedure, ...]:
    """Entries whose id, code or name is written like `name`, the likest first; at most five."""
    names: dict[str, Procedure] = {}
    for entry in knowledge.procedures:
        for known in (entry.id, *entry.codes, fold(entry.name)):
            names.setdefault(known, entry)
    likely = difflib.get_close_matches(fold(name), names, n=3 * NEAR, cutoff=0.6)
    found = {names[known].id: names[known] for known in likely}
    return tuple(found.values())[:NEAR]


def _read(folder: Path, path: Path) -> Document:
    return yamlfile.read(path, path.relative_to(folder).as_posix())
