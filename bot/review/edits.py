"""What staff change in the office's own base, each edit as new bytes of the files that it concerns; nothing is written.

An edit that stands there already changes nothing, so that what was cut short may be done again.
"""

import copy
import hashlib
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from bot import yamlfile
from bot.cache import PROGRAM
from bot.curation.adding import FOLDERS, with_entry
from bot.curation.shelf import items
from bot.editing import writing
from bot.editing.folder import Changes, edited
from bot.errors import ConflictError, MotCuaError
from bot.knowledge.likeness import too_close
from bot.procedures import Facet
from bot.review.places import Place, place_of, readable
from bot.review.stage import Stage
from bot.text import folded_words, syllables
from bot.yamlfile import Node

LONGEST_PHRASE = 200  # characters: of a long story, what is worth matching
LONGEST_TEST = 300  # characters of a test question, as its schema has it
LEARNED = "questions/tu-nguoi-dan.yaml"  # questions of citizens that became phrases
HEAD = "# Câu người dân đã hỏi, nay đã có mục trả lời: kb test vẫn hỏi lại, không tính vào tỷ lệ đúng.\nquestions:\n"


class Edit(Protocol):
    """Anything that staff want changed."""

    def changes(self, stage: Stage) -> Changes:
        """The files that it changes, with their new bytes; empty where all of it stands there already."""
        ...


@dataclass(frozen=True)
class AddPhrase:
    """A wording by which an entry or guide may be asked for; the citizen's own question becomes its test question."""

    entry: str
    phrase: str
    question: str | None = None
    facets: tuple[Facet, ...] = ()

    def changes(self, stage: Stage) -> Changes:
        """One line under `phrases`, one among the test questions."""
        folder = stage.folder
        place = _worded(folder, stage.local, self.entry)
        phrase = " ".join(self.phrase.split())
        if not folded_words(phrase):
            raise MotCuaError("Cách hỏi đang để trống: hãy ghi câu hỏi của người dân, ngắn gọn.")
        learned = asked(folder, self.question, self.entry, self.facets)
        return {**_with_phrase(place, phrase), **_proving_nothing(folder, self.entry, phrase, learned), **learned}


@dataclass(frozen=True)
class NewEntry:
    """A procedure or guide, its text as `motcua kb new` begins it, put into the file of its field."""

    text: str
    file: str
    field: str = ""
    question: str | None = None

    def changes(self, stage: Stage) -> Changes:
        """The entry as the last of its file, and its test question."""
        folder = stage.folder
        path = _inside(folder, self.file)
        if path.parent.name not in FOLDERS or path.parent.parent != folder:
            raise MotCuaError(f"{self.file} không phải tệp thủ tục hay hướng dẫn: chọn tệp trong procedures/, guides/.")
        entry = self.entry
        if _stands(folder, entry, self.text):
            return asked(folder, self.question, entry)
        new = with_entry(path, self.text.strip() + "\n", writing.scalar(self.field) if self.field else "")
        return {self.file: new.encode("utf-8", "replace"), **asked(folder, self.question, entry)}

    @property
    def entry(self) -> str:
        """The id of the new entry."""
        content = readable(self.text.encode("utf-8", "replace"), self.file).content
        if not isinstance(content, list) or len(content) != 1 or not isinstance(content[0], dict):
            raise MotCuaError("Mục mới cần viết thành một mục, bắt đầu bằng: - id: ten-ngan-khong-dau")
        return str(content[0].get("id", ""))


@dataclass(frozen=True)
class EditEntry:
    """The whole text of an entry or guide as staff left it; `seen` is the `digest` of the file that they began from."""

    entry: str
    text: str
    seen: str = ""

    def changes(self, stage: Stage) -> Changes:
        """Its lines in their place; everything around keeps its bytes."""
        place = place_of(stage.folder, self.entry)
        _as_seen(place.name, place.raw, self.seen)
        new = place.replaced(self.text)
        return {} if new == place.raw else {place.name: new}


@dataclass(frozen=True)
class EditFile:
    """The whole text of a file as staff left it; `seen` is the `digest` of what they began from."""

    name: str
    text: str
    seen: str = ""

    def changes(self, stage: Stage) -> Changes:
        """The file, with the line ends that it had."""
        path = _inside(stage.folder, self.name)
        raw = path.read_bytes() if path.is_file() else b""
        _as_seen(self.name, raw, self.seen)
        text = "\n".join(self.text.splitlines()) + "\n"
        new = (text.replace("\n", "\r\n") if b"\r\n" in raw else text).encode("utf-8", "replace")
        return {} if new == raw else {self.name: new}


def digest(raw: bytes) -> str:
    """A name for what a file holds."""
    return hashlib.sha256(raw).hexdigest()[:16]


def asked(folder: Path, question: str | None, entry: str, facets: tuple[Facet, ...] = ()) -> Changes:
    """A citizen's question as a test question of an entry, marked as learned; nothing where it is one already.

    Of a long story it is the beginning: as much as a test question holds.
    """
    text = textwrap.shorten(question or "", LONGEST_TEST, placeholder="")
    if not text or any(text == known for known in _tested(folder, entry)):
        return {}
    path = folder / LEARNED
    raw = path.read_bytes() if path.is_file() else HEAD.encode()
    line: dict[str, Node] = {"question": text, "expect": entry}
    if facets:
        line["facets"] = [facet.value for facet in facets]
    wanted = copy.deepcopy(readable(raw, LEARNED).content) if path.is_file() else {"questions": []}
    if not isinstance(wanted, dict) or not isinstance(listed := wanted.get("questions"), list):
        raise MotCuaError(f"{LEARNED} không có danh sách questions: hãy sửa tệp này trước.")
    listed.append({**line, "learned": "true"})
    return {LEARNED: _appended(raw, f"  - {writing.one_line(line)[:-1]}, learned: true}}", wanted)}


def own_base(folder: Path) -> None:
    """Refuse to edit what belongs to the program."""
    if folder.resolve().is_relative_to(PROGRAM.resolve()):
        raise MotCuaError("Bộ tri thức đi kèm chương trình không sửa được. Hãy chép bộ riêng: motcua kb init")


def _appended(raw: bytes, line: str, wanted: Node) -> bytes:
    """A line more at the end; the whole rewritten where that is not what is wanted."""
    ending = b"\r\n" if b"\r\n" in raw else b"\n"
    new = raw + (b"" if raw.endswith(b"\n") else ending) + line.encode("utf-8", "replace") + ending
    document = yamlfile.parse(new, LEARNED)
    return new if not document.faults and document.content == wanted else edited(raw, LEARNED, wanted)


def _tested(folder: Path, entry: str) -> Iterator[str]:
    wanted = entry.encode()
    for path in yamlfile.files(folder / "questions"):
        raw = path.read_bytes()
        if wanted in raw:
            for item in items(yamlfile.parse(raw, path.name), "questions"):
                if item.get("expect") == entry and "after" not in item:
                    yield str(item.get("question"))


def _worded(folder: Path, local: str | None, entry: str) -> Place:
    """Where the phrases of an entry stand; those of the place's overlay hide those of the entry itself."""
    place = place_of(folder, entry)
    path = folder / "local" / f"{local}.yaml"
    if local is None or not path.is_file():
        return place
    document = readable(raw := path.read_bytes(), f"local/{local}.yaml")
    for index, item in enumerate(items(document, "procedures")):
        if item.get("id") == entry and "phrases" in item:
            return Place(document.name, raw, document, "procedures", index, 0, 0)
    return place


def _with_phrase(place: Place, phrase: str) -> Changes:
    wanted = copy.deepcopy(place.document.content)
    listed = wanted.get(place.register) if isinstance(wanted, dict) else None
    entry = listed[place.index] if isinstance(listed, list) else None
    phrases = entry.get("phrases") if isinstance(entry, dict) else None
    if not isinstance(phrases, list):
        raise MotCuaError(f"{place.name}: mục này không có danh sách phrases. Hãy thêm khóa phrases rồi thử lại.")
    if _toned(phrase) in {_toned(str(known)) for known in phrases}:
        return {}
    phrases.append(phrase)
    return {place.name: edited(place.raw, place.name, wanted)}


def _proving_nothing(folder: Path, entry: str, phrase: str, learned: Changes) -> Changes:
    """Test questions so near to the phrase that from now on they are learned: the check would refuse them otherwise."""
    changes: dict[str, bytes | None] = {}
    for path in yamlfile.files(folder / "questions"):
        raw, name = path.read_bytes(), path.relative_to(folder).as_posix()
        if entry.encode() not in raw or name in learned:
            continue
        wanted = copy.deepcopy(readable(raw, name))
        near = [item for item in items(wanted, "questions") if _proves(item, entry, phrase)]
        for item in near:
            item["learned"] = "true"
        if near:
            changes[name] = edited(raw, name, wanted.content)
    return changes


def _proves(item: dict[str, Node], entry: str, phrase: str) -> bool:
    named = [name for key in ("expect", "also") for name in _listed(item.get(key, []))]
    return "learned" not in item and entry in named and too_close(str(item.get("question", "")), phrase)


def _listed(node: Node) -> list[Node]:
    return node if isinstance(node, list) else [node]


def _toned(text: str) -> tuple[str, ...]:
    return tuple(word.toned for word in syllables(text))


def _stands(folder: Path, entry: str, text: str) -> bool:
    """Whether an entry with these very lines is there: then an edit that was cut short goes on."""
    try:
        return place_of(folder, entry).text.split() == text.split()
    except MotCuaError:
        return False


def _inside(folder: Path, name: str) -> Path:
    """The path of a YAML file of the base; nothing outside, nothing hidden."""
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts or inside.suffix != ".yaml" or yamlfile.hidden(inside):
        raise MotCuaError(f"{name} không phải tệp của bộ tri thức: tên có dạng procedures/ho-tich.yaml.")
    return folder / inside


def _as_seen(name: str, raw: bytes, seen: str) -> None:
    if seen and digest(raw) != seen:
        raise ConflictError(
            f"Chưa ghi gì: {name} vừa được người khác sửa. Hãy tải lại trang để xem bản mới, rồi sửa tiếp."
        )


def contents(folder: Path) -> Mapping[str, str]:
    """Every file that a base is read from, with the digest of what it holds."""
    return {
        path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in yamlfile.files(folder, "**/*.yaml")
    }
