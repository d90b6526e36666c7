"""Files to one checked `Knowledge`, or all faults at once."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bot import yamlfile
from bot.errors import Fault, KnowledgeError
from bot.knowledge.check import Placed, PlacedTwins, crossing_faults
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
        name = str(path.relative_to(self.folder))
        document = yamlfile.read(path, name)
        self.faults += document.faults
        if not document.faults:
            self.digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        return document

    def form(self, document: yamlfile.Document, form: type[Form]) -> Form | None:
        if document.faults:
            return None
        try:
            return form.model_validate(document.content)
        except ValidationError as error:
            self.faults += [document.fault(*fault_words(detail)) for detail in error.errors(include_url=False)]
            return None

    def one(self, name: str, form: type[Form]) -> Form | None:
        path = self.folder / name
        if not path.is_file():
            self.faults.append(Fault(name, 1, "", "thiếu tệp này", "chép lại từ bộ tri thức gốc"))
            return None
        return self.form(self.document(path), form)


def load(folder: Path, local: str | None) -> Knowledge:
    """Read and check a base, with the overlay `local/<local>.yaml` laid over its entries."""
    if not (folder / "procedures").is_dir():
        raise KnowledgeError(
            f"Không thấy bộ tri thức ở {folder}: cần một thư mục có procedures/, lexicon.yaml, routes.yaml. "
            "Hãy sửa khóa knowledge trong config, hoặc bỏ khóa đó để dùng bộ đi kèm."
        )
    reader = _Reader(folder)
    overlay = _overlay(reader, local)
    placed: list[Placed] = []
    twins: list[PlacedTwins] = []
    fields: dict[str, str] = {}
    for path in sorted((folder / "procedures").glob("*.yaml")):
        document = reader.document(path)
        if overlay:
            reader.faults += overlaid(document, overlay)
        content = reader.form(document, ProceduresFile)
        if content:
            placed += [(document, ("procedures", i), p) for i, p in enumerate(content.procedures)]
            twins += [(document, ("twins", i), t) for i, t in enumerate(content.twins)]
            fields |= {p.id: content.field for p in content.procedures}
    if overlay:
        reader.faults += overlay.unused()
    lexicon = reader.one("lexicon.yaml", Lexicon)
    routes = reader.one("routes.yaml", RoutesFile)
    laws = reader.one("laws.yaml", LawsFile)
    offices = reader.one("offices.yaml", OfficesFile)
    origins = reader.one("sources.yaml", OriginsFile)
    questions = [reader.form(reader.document(p), QuestionsFile) for p in sorted(folder.glob("questions/*.yaml"))]
    if laws and offices and origins:
        reader.faults += crossing_faults(placed, twins, laws.laws, offices.offices, origins.sources)
    if reader.faults or not (lexicon and routes and laws and offices and origins):
        faults = sorted(reader.faults, key=lambda f: (f.file, f.line, f.key))
        raise KnowledgeError(f"Bộ tri thức ở {folder} có {len(faults)} lỗi:", faults)
    return Knowledge(
        procedures=tuple(p for _, _, p in placed),
        fields=fields,
        twins=tuple(t for _, _, t in twins),
        lexicon=lexicon,
        routes=routes.routes,
        laws={law.number: law for law in laws.laws},
        offices={office.id: office for office in offices.offices},
        origins={origin.id: origin for origin in origins.sources},
        questions=tuple(q for group in questions if group for q in group.questions),
        version=reader.digest.hexdigest()[:12],
    )


def _overlay(reader: _Reader, local: str | None) -> Overlay | None:
    if local is None:
        return None
    path = reader.folder / "local" / f"{local}.yaml"
    if not path.is_file():
        reader.faults.append(Fault(f"local/{local}.yaml", 1, "", "thiếu tệp này", "sửa khóa local trong config"))
        return None
    return Overlay(reader.document(path))
