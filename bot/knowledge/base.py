"""Files to one checked `Knowledge`, or all faults at once: errors stop a start and a reload, warnings are only told."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot import yamlfile
from bot.cache import Shelf, nothing_thrown_away
from bot.errors import Fault, KnowledgeError, Severity
from bot.knowledge.check import crossing_faults
from bot.knowledge.draft import Draft, Read
from bot.knowledge.files import (
    GuidesFile,
    LawsFile,
    Lexicon,
    MenuFile,
    OfficesFile,
    OriginsFile,
    ProceduresFile,
    QuestionsFile,
    Route,
    RoutesFile,
    TestQuestion,
    UnitsFile,
)
from bot.knowledge.kept import Kept
from bot.knowledge.length import length
from bot.knowledge.likeness import alike
from bot.knowledge.overlay import Overlay, overlaid
from bot.knowledge.plainness import endless_sentences, plainness
from bot.knowledge.trust import trust
from bot.knowledge.wording import fault_words
from bot.procedures import Guide, Law, Office, Origin, Procedure, TwinSet, Value

Form = TypeVar("Form", bound=Value)


@dataclass(frozen=True)
class Knowledge:
    """Everything the bot knows, at one version (a hash of the files, 12 hex digits)."""

    procedures: tuple[Procedure, ...]
    fields: dict[str, str]
    twins: tuple[TwinSet, ...]
    lexicon: Lexicon
    routes: tuple[Route, ...]
    laws: dict[str, Law]
    offices: dict[str, Office]
    origins: dict[str, Origin]
    questions: tuple[TestQuestion, ...]
    version: str
    guides: tuple[Guide, ...] = ()
    units: tuple[UnitsFile, ...] = ()
    menu: MenuFile = field(default_factory=MenuFile)
    guide_fields: dict[str, str] = field(default_factory=dict)

    @cached_property
    def guides_by_id(self) -> dict[str, Guide]:
        """Guides by id."""
        return {g.id: g for g in self.guides}

    @cached_property
    def by_id(self) -> dict[str, Procedure]:
        """Entries by id."""
        return {p.id: p for p in self.procedures}


class _Reader:
    """Reads files one by one and keeps what is wrong with them."""

    def __init__(self, folder: Path, kept: Kept) -> None:
        self.folder = folder
        self._kept = kept
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()

    def document(self, path: Path) -> yamlfile.Document:
        """A file, its own faults noted, its bytes part of the version."""
        name = str(path.relative_to(self.folder))
        try:
            raw = path.read_bytes()
            document = self._kept.parse(raw, name)
        except OSError as error:
            document = yamlfile.unread(name, error)
        self.faults += document.faults
        if not document.faults:
            self.digest.update(name.encode() + b"\0" + raw + b"\0")
        return document

    def form(self, document: yamlfile.Document, form: type[Form]) -> Read[Form]:
        """A file's content in its form."""
        if document.faults:
            return Read(document, None)
        try:
            return Read(document, form.model_validate(document.content))
        except ValidationError as error:
            details = error.errors(include_url=False)
            self.faults += [document.fault(*fault_words(detail)) for detail in details if not _echo(detail, details)]
            return Read(document, None)

    def all(self, folder: str, form: type[Form]) -> tuple[Read[Form], ...]:
        """Every file of a folder that a base may have."""
        return tuple(self.form(self.document(path), form) for path in yamlfile.files(self.folder / folder))

    def one(self, name: str, form: type[Form]) -> Read[Form]:
        """A file that every base must have."""
        path = self.folder / name
        if path.is_file():
            return self.form(self.document(path), form)
        self.faults.append(Fault(name, 1, "", "thiếu tệp này", "chép lại từ bộ tri thức gốc"))
        return Read(yamlfile.Document(name), None)

    def menu(self) -> Read[MenuFile]:
        """The menu, which bases of former releases do not have."""
        path = self.folder / "menu.yaml"
        return self.form(self.document(path) if path.is_file() else yamlfile.Document(path.name), MenuFile)


@dataclass(frozen=True)
class Report:
    """What is to be mended in a base, in the order of its files; the base itself where none of it is an error."""

    faults: tuple[Fault, ...]
    knowledge: Knowledge | None

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What stops a start and a reload."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What is only told."""
        return tuple(fault for fault in self.faults if fault.severity is Severity.WARNING)


def load(folder: Path, local: str | None, shelf: Shelf | None = None) -> Knowledge:
    """Read a base and check it for errors, with the overlay `local/<local>.yaml` laid over its entries.

    With a shelf, only files that changed since the last time are read as YAML.
    """
    with nothing_thrown_away():
        reader, draft = _read(folder, local, shelf)
        errors = [*reader.faults, *_errors(draft)]
    if errors:
        raise broken(folder, errors)
    return _knowledge(draft, reader.digest.hexdigest()[:12])


def examine(folder: Path, local: str | None, today: datetime.date, shelf: Shelf | None = None) -> Report:
    """The same, but all errors and warnings told, as they are `today`; only a folder that is no base is refused."""
    with nothing_thrown_away():
        reader, draft = _read(folder, local, shelf)
        errors = [*reader.faults, *_errors(draft)]
        faults = _in_order([*errors, *_warnings(draft, today)])
    return Report(faults, None if errors else _knowledge(draft, reader.digest.hexdigest()[:12]))


def broken(folder: Path, errors: Iterable[Fault]) -> KnowledgeError:
    """What is raised for a base with errors."""
    faults = _in_order(errors)
    return KnowledgeError(f"Bộ tri thức ở {folder} có {len(faults)} lỗi:", faults)


def _errors(draft: Draft) -> Iterator[Fault]:
    yield from crossing_faults(draft)
    yield from endless_sentences(draft)


def _warnings(draft: Draft, today: datetime.date) -> Iterator[Fault]:
    yield from trust(draft, today)
    yield from alike(draft)
    yield from plainness(draft)
    yield from length(draft)


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.key)))


def _read(folder: Path, local: str | None, shelf: Shelf | None = None) -> tuple[_Reader, Draft]:
    if not (folder / "procedures").is_dir():
        raise KnowledgeError(
            f"Không thấy bộ tri thức ở {folder}: cần một thư mục có procedures/, lexicon.yaml, routes.yaml. "
            "Hãy sửa khóa knowledge trong config, hoặc bỏ khóa đó để dùng bộ đi kèm."
        )
    kept = Kept(folder, shelf)
    reader = _Reader(folder, kept)
    draft = _draft(reader, _overlay(reader, local))
    kept.keep()
    return reader, draft


def _draft(reader: _Reader, overlay: Overlay | None) -> Draft:
    procedures: list[Read[ProceduresFile]] = []
    for path in yamlfile.files(reader.folder / "procedures"):
        document = reader.document(path)
        if overlay:
            reader.faults += overlaid(document, overlay)
        procedures.append(reader.form(document, ProceduresFile))
    if overlay:
        reader.faults += overlay.unused()
    return Draft(
        tuple(procedures),
        reader.all("questions", QuestionsFile),
        reader.one("lexicon.yaml", Lexicon),
        reader.one("routes.yaml", RoutesFile),
        reader.one("laws.yaml", LawsFile),
        reader.one("offices.yaml", OfficesFile),
        reader.one("sources.yaml", OriginsFile),
        reader.all("guides", GuidesFile),
        reader.all("units", UnitsFile),
        reader.menu(),
    )


def _knowledge(draft: Draft, version: str) -> Knowledge:
    files = [file.content for file in draft.procedures if file.content]
    lexicon, routes = draft.lexicon.content, draft.routes.content
    laws, offices, origins = draft.laws.content, draft.offices.content, draft.origins.content
    if not (lexicon and routes and laws and offices and origins):
        raise KnowledgeError("Bộ tri thức thiếu tệp.")
    return Knowledge(
        procedures=tuple(entry for file in files for entry in file.procedures),
        fields={entry.id: file.field for file in files for entry in file.procedures},
        twins=tuple(twins for file in files for twins in file.twins),
        lexicon=lexicon,
        routes=routes.routes,
        laws={law.number: law for law in laws.laws},
        offices={office.id: office for office in offices.offices},
        origins={origin.id: origin for origin in origins.sources},
        questions=tuple(q for file in draft.questions if file.content for q in file.content.questions),
        version=version,
        guides=tuple(guide for file in draft.guides if file.content for guide in file.content.guides),
        units=tuple(file.content for file in draft.units if file.content),
        menu=draft.menu.content or MenuFile(),
        guide_fields={g.id: file.content.field for file in draft.guides if file.content for g in file.content.guides},
    )


def _echo(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """A list whose every item is wrong is called too short by pydantic as well."""
    at = detail["loc"]
    return detail["type"] == "too_short" and any(d["loc"][: len(at)] == at != d["loc"] for d in details)


def _overlay(reader: _Reader, local: str | None) -> Overlay | None:
    if local is None:
        return None
    path = reader.folder / "local" / f"{local}.yaml"
    if not path.is_file():
        reader.faults.append(Fault(f"local/{local}.yaml", 1, "", "thiếu tệp này", "sửa khóa local trong config"))
        return None
    return Overlay(reader.document(path))
