"""The folder of a base: its files, a change tried on a copy, and a change written so that nothing is lost."""

import datetime
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from bot import yamlfile
from bot.errors import Fault, KnowledgeError
from bot.knowledge import Knowledge, load
from bot.yamlfile import Node

GENERATED = "schema"  # made by `kb schema` from the program: no part of a base
OWN = ".motcua"  # what these tools keep in an office's folder; every other name that begins with a dot is left alone
BACKUPS = Path(OWN) / "backup"
STAMP = re.compile(r"(\d{8}-\d{6})(?:-(\d+))?")  # the day and second of a copy, and its number in that second
KEPT = 3  # a slip is seen within a change or two, and each copy is a whole base of some 4 MB
BOM = b"\xef\xbb\xbf"
Changes = Mapping[str, bytes | None]  # file → its new content; None takes it away


def names(folder: Path) -> list[str]:
    """Every file of a base, as `procedures/ho-tich.yaml`; hidden ones are not part of it."""
    found = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path.as_posix() for path in found if not hidden(path)]


def hidden(path: PurePath) -> bool:
    """Whether a path below the folder is ours, made anew at will, or the system's own."""
    return path.parts[0] == GENERATED or yamlfile.hidden(path) or "__pycache__" in path.parts


def tree(folder: Path, name: str) -> Node:
    """What a YAML file holds; a file with faults is no ground to stand on."""
    document = yamlfile.read(folder / name, name)
    if document.faults:
        raise KnowledgeError(f"Không đọc được {folder / name}:", document.faults)
    return document.content


def edited(raw: bytes, name: str, wanted: Node) -> bytes:
    """A file's bytes with its values changed to `wanted`, read back and compared before anybody uses them."""
    from bot.editing.rewrite import rewritten  # ruamel.yaml takes a tenth of a second that other commands need not wait

    mark = BOM if raw.startswith(BOM) else b""
    changed = mark + rewritten(raw.decode("utf-8-sig"), wanted).encode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "changed.yaml"
        path.write_bytes(changed)
        document = yamlfile.read(path, name)
    if document.faults or document.content != wanted:
        fault = Fault(name, 1, "", "cách viết YAML của tệp này máy không sửa được", "sửa tay chỗ cần sửa trong tệp")
        raise KnowledgeError("Chưa ghi gì:", [fault])
    return changed


def copied(source: Path, target: Path) -> None:
    """A copy of a base without hidden files."""
    for name in names(source):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, place)


def checked(folder: Path, changes: Changes, local: str | None, mend: str) -> Knowledge:
    """The base as it will be, loaded from a copy; its faults are raised with `mend`, and the folder is not touched."""
    with as_changed(folder, changes) as copy:
        try:
            return load(copy, local)
        except KnowledgeError as error:
            raise refused(error.faults, mend) from error


def refused(faults: Sequence[Fault], mend: str) -> KnowledgeError:
    """What is raised for a change that would break the base."""
    return KnowledgeError(f"Chưa ghi gì: sửa như vậy thì bộ tri thức có {len(faults)} lỗi. {mend}".rstrip(), faults)


@contextmanager
def as_changed(folder: Path, changes: Changes) -> Iterator[Path]:
    """A copy of the base with the changes made, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "base"
        copied(folder, copy)
        for name, content in changes.items():
            put(copy / name, content)
        yield copy


@dataclass(frozen=True)
class Written:
    """What was written, and where the former files are kept."""

    files: tuple[str, ...]
    backup: Path

    def __str__(self) -> str:
        return f"Bản cũ giữ ở {self.backup}; chỉ giữ {KEPT} bản gần nhất."


def write(folder: Path, changes: Changes, when: datetime.datetime) -> Written:
    """Keep a copy of the whole folder, then replace the changed files, each in one step; old copies go at the end."""
    backup = _fresh(folder / BACKUPS / when.strftime("%Y%m%d-%H%M%S"))
    copied(folder, backup)
    replace(folder, changes)
    for old in [path for path in backups(folder) if path != backup][: 1 - KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return Written(tuple(changes), backup)


def backups(folder: Path) -> list[Path]:
    """The copies that `write` kept, the oldest first; what staff put beside them under other names is not ours."""
    found = [(match, path) for path in (folder / BACKUPS).glob("*") if (match := STAMP.fullmatch(path.name))]
    return [path for _, path in sorted(found, key=lambda pair: (pair[0][1], int(pair[0][2] or 1)))]


def still(folder: Path, before: Mapping[str, bytes]) -> None:
    """Refuse to write over files that somebody changed since they were read."""
    changed = [
        name for name, raw in before.items() if not (folder / name).is_file() or (folder / name).read_bytes() != raw
    ]
    if changed:
        raise KnowledgeError(f"Chưa ghi gì: {', '.join(changed)} vừa được người khác sửa. Hãy chạy lại lệnh này.")


def replace(folder: Path, changes: Changes) -> None:
    """Replace the changed files, each in one step, once all of them are written beside."""
    ready: list[Callable[[], object]] = [_ready(folder / name, content) for name, content in changes.items()]
    for step in ready:
        step()


def put(path: Path, content: bytes | None) -> None:
    """Replace one file in one step; None takes it away."""
    _ready(path, content)()


def _ready(path: Path, content: bytes | None) -> Callable[[], object]:
    """The new content written beside; what is returned puts it in place."""
    if content is None:
        return path.unlink
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    if path.exists():
        shutil.copymode(path, beside)
    return lambda: beside.replace(path)


def _fresh(path: Path) -> Path:
    """The path; where copies of this second were kept, path-2, path-3 ... behind the last of them, gone ones or not."""
    matches = [STAMP.fullmatch(other.name) for other in path.parent.glob(f"{path.name}*")]
    last = max((int(match[2] or 1) for match in matches if match), default=0)
    return path.with_name(f"{path.name}-{last + 1}") if last else path
