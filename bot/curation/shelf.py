"""A base with the file and line of every value: what `load` gives, and where each entry stands."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from bot import yamlfile
from bot.curation.facts import Entry
from bot.errors import MotCuaError
from bot.knowledge import Knowledge, load
from bot.knowledge.files import UnitsFile
from bot.knowledge.overlay import Overlay, overlaid
from bot.procedures import Procedure
from bot.text import fold
from bot.yamlfile import Document, KeyPath

NEAR = 5  # names offered in place of one that is not found


@dataclass(frozen=True)
class Shelf:
    """A checked base and where each entry and guide stands, by id; `local` is the overlay laid over it."""

    knowledge: Knowledge
    documents: dict[str, tuple[Document, KeyPath]]
    registers: dict[str, Document]
    units: tuple[tuple[Document, UnitsFile], ...]
    local: str | None

    def entries(self) -> tuple[Entry, ...]:
        """Every procedure, then every guide."""
        return entries_of(self.knowledge)

    def place(self, entry: Entry, path: KeyPath = ()) -> tuple[str, int]:
        """The file, seen from the base, and the line of one value of an entry."""
        document, at = self.documents[entry.id]
        return document.place((*at, *path))

    def line(self, entry: Entry, path: KeyPath = ()) -> str:
        """The same as editors take it: `procedures/cu-tru.yaml:58`."""
        return ":".join(map(str, self.place(entry, path)))

    def field(self, entry: Entry) -> str:
        """The field of administration that stands in its file."""
        content = self.documents[entry.id][0].content
        return str(content.get("field", "")) if isinstance(content, dict) else ""


def shelve(folder: Path, local: str | None) -> Shelf:
    """Read and check a base, and keep the places of its values."""
    knowledge = load(folder, local)
    overlay = Overlay(_read(folder, folder / "local" / f"{local}.yaml")) if local else None
    documents: dict[str, tuple[Document, KeyPath]] = {}
    for register in ("procedures", "guides"):
        for path in yamlfile.files(folder / register):
            document = _read(folder, path)
            if overlay and register == "procedures":
                overlaid(document, overlay)
            for index, entry in enumerate(items(document, register)):
                documents[str(entry["id"])] = (document, (register, index))
    registers = {name: _read(folder, folder / f"{name}.yaml") for name in ("offices", "laws")}
    units = zip([_read(folder, path) for path in yamlfile.files(folder / "units")], knowledge.units, strict=True)
    return Shelf(knowledge, documents, registers, tuple(units), local)


def everywhere(folder: Path) -> tuple[Shelf, ...]:
    """The base by itself, then under each of its overlays: a fact replaced by one still counts for the others."""
    places = [path.stem for path in yamlfile.files(folder / "local")]
    return tuple(shelve(folder, local) for local in (None, *places))


def items(document: Document, key: str) -> list[dict[str, yamlfile.Node]]:
    """The mappings of a list in a file as read, whatever else stands in it: `items(document, "procedures")`."""
    content = document.content if isinstance(document.content, dict) else {}
    found = content.get(key, [])
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def find(knowledge: Knowledge, name: str) -> Entry:
    """The entry or guide of an id, of any of its codes, or of its whole name; else the nearest ones are named."""
    wanted = name.strip()
    for entry in entries_of(knowledge):
        if wanted.lower() == entry.id or wanted in _codes(entry) or fold(wanted) == fold(entry.name):
            return entry
    near = nearest(knowledge, wanted)
    offer = "\n".join(f"  {e.id}: {e.name} ({e.code if isinstance(e, Procedure) else 'hướng dẫn'})" for e in near)
    mend = f"Có phải bạn tìm:\n{offer}" if offer else "Hãy tìm bằng một câu hỏi: motcua ask --explain …"
    raise MotCuaError(f"Không có mục nào mang id, mã hay tên {wanted}. {mend}")


def nearest(knowledge: Knowledge, name: str) -> tuple[Entry, ...]:
    """Entries whose id, code or name is written like `name`, the likest first; at most five."""
    names: dict[str, Entry] = {}
    for entry in entries_of(knowledge):
        for known in (entry.id, *_codes(entry), fold(entry.name)):
            names.setdefault(known, entry)
    likely = difflib.get_close_matches(fold(name), names, n=3 * NEAR, cutoff=0.6)
    found = {names[known].id: names[known] for known in likely}
    return tuple(found.values())[:NEAR]


def entries_of(knowledge: Knowledge) -> tuple[Entry, ...]:
    """Every procedure, then every guide."""
    return (*knowledge.procedures, *knowledge.guides)


def _codes(entry: Entry) -> tuple[str, ...]:
    return entry.codes if isinstance(entry, Procedure) else ()


def _read(folder: Path, path: Path) -> Document:
    return yamlfile.read(path, path.relative_to(folder).as_posix())
