"""A YAML file read as hostile text: everything a string, every value with its line, nothing clever.

No aliases, tags, doubled keys or deep nesting; `0123`, `no` and `50.000` stay what was typed.
The C parser is used where PyYAML has it; both give the same events.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml

from bot.errors import Fault

Node: TypeAlias = str | list["Node"] | dict[str, "Node"]
KeyPath: TypeAlias = tuple[str | int, ...]
Following: TypeAlias = Callable[[], Any]  # events have no common attributes beyond their marks

MAX_BYTES = 2_000_000  # the largest shipped file has 0.2 MB
MAX_DEPTH = 20  # entries need 8; building values deeper than some thousands would end the process
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _RefusedError(Exception):
    def __init__(self, line: int, key: str, problem: str, mend: str) -> None:
        super().__init__(problem)
        self.fault = (line, key, problem, mend)


class Document:
    """One file's content and the line on which each value begins."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.content: Node = {}
        self.places: dict[KeyPath, tuple[str, int]] = {(): (name, 1)}
        self.faults: list[Fault] = []
        self._borrowed: dict[KeyPath, tuple[Document, KeyPath]] = {}

    def fault(self, path: KeyPath, problem: str, mend: str = "") -> Fault:
        """A fault at a value of this file, or of the file that the value was borrowed from."""
        for end in range(len(path) + 1):
            if path[:end] in self._borrowed:
                other, at = self._borrowed[path[:end]]
                return other.fault((*at, *path[end:]), problem, mend)
        return Fault(*self._nearest(path), _dotted(path), problem, mend)

    def place(self, path: KeyPath) -> tuple[str, int]:
        """The file and line of a value, or of the nearest thing around it."""
        fault = self.fault(path, "")
        return fault.file, fault.line

    def _nearest(self, path: KeyPath) -> tuple[str, int]:
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def borrow(self, path: KeyPath, other: "Document", at: KeyPath) -> None:
        """Say that the value at `path` really stands in another file, at `at`."""
        self._borrowed[path] = (other, at)


def read(path: Path, name: str) -> Document:
    """Read one file; what is wrong with it stands in `faults`, and then `content` is empty."""
    document = Document(name)
    try:
        text = _text(path)
        document.content = _build(LOADER(text), document)
    except _RefusedError as refused:
        document.faults.append(Fault(name, *refused.fault))
    except yaml.MarkedYAMLError as error:
        opened = "quoted scalar" in (error.context or "")  # the end of the file is no help to find an open quote
        mark = error.context_mark if opened else error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = f"không đọc được YAML: {error.problem or error}"
        document.faults.append(Fault(name, line, "", problem, "xem thụt đầu dòng, dấu hai chấm và dấu nháy"))
    except yaml.YAMLError as error:
        document.faults.append(Fault(name, 1, "", f"không đọc được YAML: {error}".split("\n")[0], "xóa ký tự lạ"))
    return document


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _RefusedError(1, "", f"không mở được tệp: {error.strerror}", "xem quyền đọc của tệp") from error
    if len(raw) > MAX_BYTES:
        raise _RefusedError(1, "", f"tệp lớn hơn {MAX_BYTES:,} byte", "chia thành nhiều tệp")
    text = _decoded(raw)
    strange = FORBIDDEN.search(text)
    if strange:
        line = text[: strange.start()].count("\n") + 1
        raise _RefusedError(line, "", f"ký tự lạ U+{ord(strange.group()):04X}", "xóa ký tự lạ")
    return text


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _RefusedError(line, "", "tệp không phải UTF-8", "lưu lại tệp với mã UTF-8") from error


def _build(loader: yaml.BaseLoader, document: Document) -> Node:
    following: Following = loader.get_event
    event = following()
    while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
        event = following()
    if isinstance(event, yaml.StreamEndEvent):
        return {}
    content = _value(event, following, document, ())
    following()  # the document's end
    rest = following()
    if isinstance(rest, yaml.DocumentStartEvent):
        raise _RefusedError(_line(rest), "", "nhiều tài liệu YAML trong một tệp", "bỏ dòng ---")
    return content


def _value(event: Any, following: Following, document: Document, path: KeyPath) -> Node:
    if event.anchor or len(path) > MAX_DEPTH or event.tag:  # an alias is its anchor, and has no tag
        _refuse_clever(event, path)
    document.places[path] = (document.name, event.start_mark.line + 1)
    kind = type(event)
    if kind is yaml.ScalarEvent:
        return str(event.value)
    if kind is yaml.SequenceStartEvent:
        return _sequence(following, document, path)
    return _mapping(following, document, path)


def _sequence(following: Following, document: Document, path: KeyPath) -> list[Node]:
    items: list[Node] = []
    while type(event := following()) is not yaml.SequenceEndEvent:
        items.append(_value(event, following, document, (*path, len(items))))
    return items


def _mapping(following: Following, document: Document, path: KeyPath) -> dict[str, Node]:
    mapping: dict[str, Node] = {}
    while type(event := following()) is not yaml.MappingEndEvent:
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise _RefusedError(line, _dotted(path), "khóa phải là chữ", "đặt chữ trước dấu hai chấm")
        if event.anchor or event.tag:
            _refuse_clever(event, path)
        key = str(event.value)
        at = (*path, key)
        if key in mapping:
            raise _RefusedError(line, _dotted(at), "khóa ghi hai lần", "giữ lại một, xóa một")
        mapping[key] = _value(following(), following, document, at)
        document.places[at] = (document.name, line)
    return mapping


def _refuse_clever(event: yaml.Event, path: KeyPath) -> NoReturn:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _refusal(event, path, "không dùng & và * của YAML", "chép lại nội dung, hoặc đặt chữ trong dấu nháy")
    if getattr(event, "tag", None):
        raise _refusal(event, path, "không dùng thẻ ! của YAML", "đặt chữ trong dấu nháy")
    raise _refusal(event, path, f"lồng sâu hơn {MAX_DEPTH} tầng", "xem lại thụt đầu dòng")


def _refusal(event: yaml.Event, path: KeyPath, problem: str, mend: str) -> _RefusedError:
    return _RefusedError(_line(event), _dotted(path), problem, mend)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _dotted(path: KeyPath) -> str:
    return ".".join(str(p) for p in path)
