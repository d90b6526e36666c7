"""A YAML file read as hostile text: everything a string, every value with its line, nothing clever.

No aliases, tags, doubled keys or deep nesting; `0123`, `no` and `50.000` stay what was typed.
The C parser is used where PyYAML has it; both give the same events.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any, TypeAlias

import yaml

from bot.errors import Fault

Node: TypeAlias = str | list["Node"] | dict[str, "Node"]
Lines: TypeAlias = Any  # of a text its line; of a list or mapping [its line, Lines of what is inside]
KeyPath: TypeAlias = tuple[str | int, ...]
Following: TypeAlias = Callable[[], Any]  # events have no common attributes beyond their marks

MAX_BYTES = 2_000_000  # the largest shipped file has 0.2 MB
MAX_DEPTH = 20  # entries need 8; building values deeper than some thousands would end the process
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _RefusedError(Exception):
    """What is wrong on a line; `path` grows from the inside out, while the levels around it are left."""

    def __init__(self, line: int, problem: str, mend: str, *path: str | int) -> None:
        super().__init__(problem)
        self.line, self.problem, self.mend, self.path = line, problem, mend, path

    def within(self, step: str | int) -> "_RefusedError":
        """The same, as seen from one level further out."""
        self.path = (step, *self.path)
        return self


class Document:
    """One file's content and the line on which each value begins; lines are only looked up for faults."""

    def __init__(self, name: str, content: Node | None = None, lines: Callable[[], Lines] = lambda: 1) -> None:
        self.name = name
        self.content: Node = {} if content is None else content
        self._find_lines = lines
        self.faults: list[Fault] = []
        self._borrowed: dict[KeyPath, tuple[Document, KeyPath]] = {}

    def fault(self, path: KeyPath, problem: str, mend: str = "") -> Fault:
        """A fault at a value of this file, or of the file that the value was borrowed from."""
        for end in range(len(path) + 1) if self._borrowed else ():
            if path[:end] in self._borrowed:
                other, at = self._borrowed[path[:end]]
                return other.fault((*at, *path[end:]), problem, mend)
        return Fault(self.name, self._nearest(path), _dotted(path), problem, mend)

    def place(self, path: KeyPath) -> tuple[str, int]:
        """The file and line of a value, or of the nearest thing around it."""
        fault = self.fault(path, "")
        return fault.file, fault.line

    @cached_property
    def lines(self) -> Lines:
        """The lines of all values, in the shape of the content."""
        return self._find_lines()

    @property
    def places(self) -> dict[KeyPath, tuple[str, int]]:
        """The file and line of every value that stands in this file."""
        return {path: (self.name, line) for path, line in _each(self.lines, ())}

    def borrow(self, path: KeyPath, other: "Document", at: KeyPath) -> None:
        """Say that the value at `path` really stands in another file, at `at`."""
        self._borrowed[path] = (other, at)

    def _nearest(self, path: KeyPath) -> int:
        found = self.lines
        for step in path:
            try:
                found = found[1][step]
            except (LookupError, TypeError):  # no such key, or nothing is inside
                break
        return _first(found)


def _first(lines: Lines) -> int:
    line: int = lines if isinstance(lines, int) else lines[0]
    return line


def _each(lines: Lines, path: KeyPath) -> Iterator[tuple[KeyPath, int]]:
    yield path, _first(lines)
    inside = () if isinstance(lines, int) else lines[1]
    for step, value in inside.items() if isinstance(inside, dict) else enumerate(inside):
        yield from _each(value, (*path, step))


def files(folder: Path, pattern: str = "*.yaml") -> list[Path]:
    """The YAML files of a base's folder in the order of their names; those in folders below it too with `**/*.yaml`."""
    return sorted(path for path in folder.glob(pattern) if not hidden(path.relative_to(folder)))


def hidden(path: PurePath) -> bool:
    """Whether a path below a base's folder is no part of it: files of editors, copies that `kb upgrade` keeps."""
    return any(part.startswith(".") for part in path.parts)


def read(path: Path, name: str) -> Document:
    """Read one file; what is wrong with it stands in `faults`, and then `content` is empty."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return unread(name, error)
    return parse(raw, name)


def unread(name: str, error: OSError) -> Document:
    """A file that cannot be opened."""
    document = Document(name)
    document.faults.append(Fault(name, 1, "", f"không mở được tệp: {error.strerror}", "xem quyền đọc của tệp"))
    return document


def parse(raw: bytes, name: str) -> Document:
    """The same for the bytes of a file."""
    document = Document(name)
    try:
        content, lines = _build(LOADER(_text(raw)))
        return Document(name, content, lambda: lines)
    except _RefusedError as refused:
        document.faults.append(Fault(name, refused.line, _dotted(refused.path), refused.problem, refused.mend))
    except yaml.MarkedYAMLError as error:
        opened = "quoted scalar" in (error.context or "")  # the end of the file is no help to find an open quote
        mark = error.context_mark if opened else error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = f"không đọc được YAML: {error.problem or error}"
        document.faults.append(Fault(name, line, "", problem, "xem thụt đầu dòng, dấu hai chấm và dấu nháy"))
    except yaml.YAMLError as error:
        document.faults.append(Fault(name, 1, "", f"không đọc được YAML: {error}".split("\n")[0], "xóa ký tự lạ"))
    return document


def _text(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _RefusedError(1, f"tệp lớn hơn {MAX_BYTES:,} byte", "chia thành nhiều tệp")
    text = _decoded(raw)
    strange = FORBIDDEN.search(text)
    if strange:
        line = text[: strange.start()].count("\n") + 1
        raise _RefusedError(line, f"ký tự lạ U+{ord(strange.group()):04X}", "xóa ký tự lạ")
    return text


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _RefusedError(line, "tệp không phải UTF-8", "lưu lại tệp với mã UTF-8") from error


def _build(loader: yaml.BaseLoader) -> tuple[Node, Lines]:
    following: Following = loader.get_event
    event = following()
    while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
        event = following()
    if isinstance(event, yaml.StreamEndEvent):
        return {}, 1
    built = _value(event, following, 0)
    following()  # the document's end
    rest = following()
    if isinstance(rest, yaml.DocumentStartEvent):
        raise _RefusedError(_line(rest), "nhiều tài liệu YAML trong một tệp", "bỏ dòng ---")
    return built


def _value(event: Any, following: Following, depth: int) -> tuple[Node, Lines]:
    if event.anchor or depth > MAX_DEPTH or event.tag:  # an alias is its anchor, and has no tag
        raise _clever(event)
    kind = type(event)
    line = event.start_mark.line + 1
    if kind is yaml.ScalarEvent:
        return str(event.value), line
    inside = _sequence if kind is yaml.SequenceStartEvent else _mapping
    content, lines = inside(following, depth + 1)
    return content, [line, lines]


def _sequence(following: Following, depth: int) -> tuple[Node, Lines]:
    items: list[Node] = []
    lines: list[Lines] = []
    while type(event := following()) is not yaml.SequenceEndEvent:
        try:
            item, line = _value(event, following, depth)
        except _RefusedError as refused:
            raise refused.within(len(items)) from None
        items.append(item)
        lines.append(line)
    return items, lines


def _mapping(following: Following, depth: int) -> tuple[Node, Lines]:
    mapping: dict[str, Node] = {}
    lines: dict[str, Lines] = {}
    while type(event := following()) is not yaml.MappingEndEvent:
        key = _key(event)
        if key in mapping:
            raise _RefusedError(_line(event), "khóa ghi hai lần", "giữ lại một, xóa một", key)
        try:
            mapping[key], inside = _value(following(), following, depth)
        except _RefusedError as refused:
            raise refused.within(key) from None
        line = event.start_mark.line + 1  # a value stands where its key stands
        lines[key] = line if type(inside) is int else [line, inside[1]]
    return mapping, lines


def _key(event: Any) -> str:
    if not isinstance(event, yaml.ScalarEvent):
        raise _RefusedError(_line(event), "khóa phải là chữ", "đặt chữ trước dấu hai chấm")
    if event.anchor or event.tag:
        raise _clever(event)
    return str(event.value)


def _clever(event: yaml.Event) -> _RefusedError:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return _RefusedError(
            _line(event), "không dùng & và * của YAML", "chép lại nội dung, hoặc đặt chữ trong dấu nháy"
        )
    if getattr(event, "tag", None):
        return _RefusedError(_line(event), "không dùng thẻ ! của YAML", "đặt chữ trong dấu nháy")
    return _RefusedError(_line(event), f"lồng sâu hơn {MAX_DEPTH} tầng", "xem lại thụt đầu dòng")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _dotted(path: KeyPath) -> str:
    return ".".join(str(p) for p in path)
