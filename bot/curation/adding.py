"""A new entry or guide put into its field's file: nothing else in the file changes, and no half file is ever left."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import yamlfile
from bot.curation.shelf import items
from bot.errors import MotCuaError
from bot.text import fold
from bot.yamlfile import Document, Node

FOLDERS = {"procedures": "procedures", "guides": "guides", "local": "procedures"}  # and the list in their files
OTHERS = ("former_codes", "equivalent_codes")


@dataclass(frozen=True)
class Standing:
    """A code, an id or a name that stands already: its entry's id and name, and where."""

    id: str
    name: str
    at: str


class Drawers:
    """The entry files of a base as text: they may hold entries that are not filled in yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {path: _read(folder, path) for name in FOLDERS for path in yamlfile.files(folder / name)}
        faults = [fault for document in self.files.values() for fault in document.faults]
        if faults:
            told = "\n".join(f"  {fault}" for fault in faults)
            raise MotCuaError(f"Chưa thêm được, hãy sửa tệp này trước:\n{told}")

    def ids(self) -> set[str]:
        """The ids of all entries."""
        return {str(entry.get("id")) for path, document in self.files.items() for entry in _entries(path, document)}

    def origins(self) -> list[str]:
        """The ids of `sources.yaml`."""
        found = items(_read(self.folder, self.folder / "sources.yaml"), "sources")
        return [str(origin.get("id")) for origin in found]

    def standing(self, code: str) -> Standing | None:
        """Where a code stands already, as an entry's own or as a former or equivalent one."""
        return next((found for found, entry in self._standing() if code in _codes(entry)), None)

    def called(self, id: str, name: str) -> Standing | None:
        """The entry or guide that has this id, or this name however it is written."""
        for found, _ in self._standing():
            if found.id == id or (name and fold(found.name) == fold(name)):
                return found
        return None

    def _standing(self) -> Iterator[tuple[Standing, dict[str, Node]]]:
        for path, document in self.files.items():
            for index, entry in enumerate(_entries(path, document)):
                at = ":".join(map(str, document.place((FOLDERS[path.parent.name], index))))
                yield Standing(str(entry.get("id")), str(entry.get("name") or ""), at), entry

    def of_field(self, field: str) -> Path | None:
        """The file of a field of administration, by the name that stands in it."""
        wanted = {part.strip().casefold() for part in field.split(";")} - {""}
        for path, document in self.files.items():
            content = document.content if isinstance(document.content, dict) else {}
            if path.parent.name == "procedures" and str(content.get("field")).casefold() in wanted:
                return path
        return None


def with_entry(path: Path, entry: str, field: str) -> str:
    """The text of a field's file with the entry as its last; of a file that does not exist yet, its first."""
    register = FOLDERS[path.parent.name]
    if not path.exists():
        return f"{f'field: {field}'.rstrip()}\n\n{register}:\n{_indented(entry, 2)}"
    text = path.read_bytes().decode("utf-8")
    document = yamlfile.read(path, path.name)
    lines = text.splitlines(keepends=True)
    begin = document.place((register, 0))[1]
    item = re.match(r" *(?=- )", lines[begin - 1].removeprefix("\ufeff"))
    if not items(document, register) or item is None:
        raise MotCuaError(f"{path} không có danh sách {register} viết mỗi mục một gạch: hãy dùng --print rồi tự chép.")
    end = _end(document, lines, begin)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    before, after = "".join(lines[:end]), "".join(lines[end:])
    new = ("\n" + _indented(entry, len(item.group()))).replace("\n", ending)
    return before + ("" if before.endswith("\n") else ending) + new + after


def put(path: Path, text: str) -> None:
    """Write a file that is proven first: read beside the old one, with all that stood there, then set in its place."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.new")  # not *.yaml: a running bot must not see it
    try:
        target.parent.mkdir(exist_ok=True)
        beside.write_bytes(text.encode("utf-8"))
        _prove(path, yamlfile.read(beside, path.name))
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        raise MotCuaError(f"Không ghi được {path}: {error.strerror}. Hãy xem quyền ghi, hoặc dùng --print.") from error
    finally:
        if target.parent.is_dir():
            beside.unlink(missing_ok=True)


def _prove(path: Path, new: Document) -> None:
    register = FOLDERS[path.parent.name]
    old = yamlfile.read(path, path.name) if path.exists() else Document(path.name)
    same = items(new, register)[:-1] == items(old, register) and _others(new, old) == _others(old, new)
    if new.faults or not same:
        raise MotCuaError(f"Chưa thêm được vào {path} mà giữ nguyên phần cũ: hãy dùng --print rồi tự chép.")


def _others(document: Document, other: Document) -> dict[str, Node]:
    """What stands beside the entries; of a file that is new, nothing."""
    content = document.content if isinstance(document.content, dict) and other.content else {}
    return {key: value for key, value in content.items() if key not in FOLDERS.values()}


def _end(document: Document, lines: list[str], begin: int) -> int:
    """How many lines stand before the place of a new entry: the list's end, without remarks on what follows."""
    content = document.content if isinstance(document.content, dict) else {}
    later = [line for key in content if (line := document.places[key,][1]) > begin]
    end = min(later) - 1 if later else len(lines)
    while later and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _indented(entry: str, columns: int) -> str:
    return "".join(" " * columns + line if line.strip() else line for line in entry.splitlines(keepends=True))


def _entries(path: Path, document: Document) -> list[dict[str, Node]]:
    return items(document, FOLDERS[path.parent.name])


def _codes(entry: dict[str, Node]) -> list[Node]:
    others = [other for key in OTHERS if isinstance(found := entry.get(key), list) for other in found]
    return [entry.get("code", ""), *(other.get("code", "") for other in others if isinstance(other, dict))]


def _read(folder: Path, path: Path) -> Document:
    return yamlfile.read(path, path.relative_to(folder).as_posix())
