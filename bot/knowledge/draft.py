"""The files of a base as read, before they are checked against each other: every entry and wording with its place."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from bot.knowledge.files import (
    GuidesFile,
    LawsFile,
    Lexicon,
    MenuFile,
    OfficesFile,
    OriginsFile,
    ProceduresFile,
    QuestionsFile,
    RoutesFile,
    UnitsFile,
)
from bot.knowledge.said import Said, listed
from bot.procedures import Guide, Procedure, Value
from bot.text import syllables
from bot.yamlfile import Document, KeyPath

Form = TypeVar("Form", bound=Value)
Placed = tuple[Document, KeyPath, Procedure]


class Topic(enum.StrEnum):
    """What a warning is about, as staff read it over a group of them; the gravest first."""

    FEES = "Mức thu"
    DATES = "Quá hạn, lâu chưa đọc lại"
    SOURCES = "Nguồn chưa ghi số văn bản"
    NAMES = "Tên giống nhau"
    LIKENESS = "Cách hỏi gần giống nhau"
    PLAINNESS = "Lời văn khó hiểu"
    LENGTH = "Câu trả lời quá dài"
    PHRASES = "Cách hỏi còn ít"
    QUESTIONS = "Câu hỏi thử"


@dataclass(frozen=True)
class Read(Generic[Form]):
    """A file as read; no content where its own form is wrong."""

    document: Document
    content: Form | None


class Wording(NamedTuple):
    """One phrase of an entry; `toned` is one for all its spellings, `folded` are its words without accents, sorted."""

    document: Document
    path: KeyPath
    entry: str
    text: str
    toned: tuple[str, ...]
    folded: str


@dataclass(frozen=True)
class Draft:
    """All files of a base before they are checked against each other."""

    procedures: tuple[Read[ProceduresFile], ...]
    questions: tuple[Read[QuestionsFile], ...]
    lexicon: Read[Lexicon]
    routes: Read[RoutesFile]
    laws: Read[LawsFile]
    offices: Read[OfficesFile]
    origins: Read[OriginsFile]
    guides: tuple[Read[GuidesFile], ...] = ()
    units: tuple[Read[UnitsFile], ...] = ()
    menu: Read[MenuFile] = field(default_factory=lambda: Read(Document("menu.yaml"), MenuFile()))

    def guided(self) -> Iterator[tuple[Document, KeyPath, Guide]]:
        """Every guide with its place."""
        for file in self.guides:
            for index, guide in enumerate(file.content.guides if file.content else ()):
                yield file.document, ("guides", index), guide

    def entries(self) -> Iterator[Placed]:
        """Every entry with its place."""
        for file in self.procedures:
            for index, entry in enumerate(file.content.procedures if file.content else ()):
                yield file.document, ("procedures", index), entry

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """Every phrase of every entry and guide with its place."""
        owned = [(document, path, entry.id, entry.phrases) for document, path, entry in self.entries()]
        owned += [(document, path, guide.id, guide.phrases) for document, path, guide in self.guided()]
        return tuple(
            Wording(document, (*path, "phrases", index), owner, phrase, *_forms(phrase))
            for document, path, owner, phrases in owned
            for index, phrase in enumerate(phrases)
        )

    @cached_property
    def texts(self) -> tuple[tuple[Document, tuple[Said, ...]], ...]:
        """What citizens read of each entry, twin set, guide, route and office."""
        read: list[tuple[Document, str]] = []
        for file in self.procedures:
            read += [(file.document, key) for key in ("procedures", "twins") if file.content]
        read += [(file.document, "guides") for file in self.guides if file.content]
        read += [(self.routes.document, "routes")] if self.routes.content else []
        read += [(self.offices.document, "offices")] if self.offices.content else []
        return tuple((document, texts) for document, key in read for texts in listed(document.content, key))


def _forms(phrase: str) -> tuple[tuple[str, ...], str]:
    words = syllables(phrase)
    return tuple([s.toned for s in words]), " ".join(sorted([s.folded for s in words]))
