"""Files to one checked `Knowledge`, or all faults at once."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot import yamlfile
from bot.errors import Fault, KnowledgeError
from bot.knowledge.check import Draft, Read, crossing_faults
from bot.knowledge.files import (
    LawsFile,
    Lexicon,
    OfficesFile,
    OriginsFile,
    ProceduresFile,
    QuestionsFile,
    Route,
    RoutesFile,
    TestQuestion,
)
from bot.knowledge.overlay import Overlay, overlaid
from bot.knowledge.wording import fault_words
from bot.procedures import Law, Office, Origin, Procedure, TwinSet, Value

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

    @cached_property
    def by_id(self) -> dict[str, Procedure]:
        """Entries by id."""
        return {p.id: p for p in self.procedures}


class _Reader:
    """Reads files one by one and keeps what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()

    def document(self, path: Path) -> yamlfile.Document:
        """A file, its own faults noted, its bytes part of the version."""
        name = str(path.relative_to(self.folder))
        document = yamlfile.read(path, name)
        self.faults += document.faults
        if not document.faults:
            self.digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
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

    def one(self, name: str, form: type[Form]) -> Read[Form]:
        """A file that every base must have."""
        path = self.folder / name
        if path.is_file():
            return self.form(self.document(path), form)
        self.faults.append(Fault(name, 1, "", "thiếu tệp này", "chép lại từ bộ tri thức gốc"))
        return Read(yamlfile.Document(name), None)


def load(folder: Path, local: str | None) -> Knowledge:
    """Read and check a base, with the overlay `local/<local>.yaml` laid over its entries."""
    if not (folder / "procedures").is_dir():
        raise KnowledgeError(
            f"Không thấy bộ tri thức ở {folder}: cần một thư mục có procedures/, lexicon.yaml, routes.yaml. "
            "Hãy sửa khóa knowledge trong config, hoặc bỏ khóa đó để dùng bộ đi kèm."
        )
    reader = _Reader(folder)
    draft = _draft(reader, _overlay(reader, local))
    reader.faults += crossing_faults(draft)
    if reader.faults:
        faults = sorted(reader.faults, key=lambda f: (f.file, f.line, f.key))
        raise KnowledgeError(f"Bộ tri thức ở {folder} có {len(faults)} lỗi:", faults)
    return _knowledge(draft, reader.digest.hexdigest()[:12])


def _draft(reader: _Reader, overlay: Overlay | None) -> Draft:
    procedures: list[Read[ProceduresFile]] = []
    for path in sorted((reader.folder / "procedures").glob("*.yaml")):
        document = reader.document(path)
        if overlay:
            reader.faults += overlaid(document, overlay)
        procedures.append(reader.form(document, ProceduresFile))
    if overlay:
        reader.faults += overlay.unused()
    asked = sorted(reader.folder.glob("questions/*.yaml"))
    return Draft(
        tuple(procedures),
        tuple(reader.form(reader.document(path), QuestionsFile) for path in asked),
        reader.one("lexicon.yaml", Lexicon),
        reader.one("routes.yaml", RoutesFile),
        reader.one("laws.yaml", LawsFile),
        reader.one("offices.yaml", OfficesFile),
        reader.one("sources.yaml", OriginsFile),
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
