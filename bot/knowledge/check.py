"""What must hold between the entries of a base; every fault at once, each with its file and line."""

from collections.abc import Iterator

from bot.errors import Fault
from bot.procedures import Law, Office, Origin, Procedure, TwinSet
from bot.yamlfile import Document, KeyPath

Placed = tuple[Document, KeyPath, Procedure]
PlacedTwins = tuple[Document, KeyPath, TwinSet]


def crossing_faults(
    placed: list[Placed],
    twins: list[PlacedTwins],
    laws: tuple[Law, ...],
    offices: tuple[Office, ...],
    origins: tuple[Origin, ...],
) -> Iterator[Fault]:
    """Faults between entries, and between entries and the registers they name."""
    yield from _claimed_twice(placed)
    yield from _same_phrase(placed)
    known_laws, known_offices = {law.number for law in laws}, {office.id for office in offices}
    known_origins = {origin.id for origin in origins}
    for document, path, entry in placed:
        yield from _sources(document, path, entry, known_origins)
        yield from _registers(document, path, entry, known_laws, known_offices)
    ids = {entry.id for _, _, entry in placed}
    for document, path, twin_set in twins:
        for index, option in enumerate(twin_set.options):
            if option.procedure not in ids:
                place = (*path, "options", index, "procedure")
                yield document.fault(place, f"không có mục nào tên {option.procedure}", "xem lại id của mục")


def _claimed_twice(placed: list[Placed]) -> Iterator[Fault]:
    ids: dict[str, str] = {}
    codes: dict[str, str] = {}
    for document, path, entry in placed:
        if entry.id in ids:
            yield document.fault((*path, "id"), f"id {entry.id} đã có ở {ids[entry.id]}", "đặt id khác")
        ids.setdefault(entry.id, ":".join(map(str, document.place(path))))
        for code in dict.fromkeys(entry.codes):
            if code in codes:
                yield document.fault(path, f"mã {code} đã đứng ở mục {codes[code]}", "một mã chỉ đứng ở một mục")
            codes.setdefault(code, entry.id)


def _same_phrase(placed: list[Placed]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for document, path, entry in placed:
        for index, phrase in enumerate(entry.phrases):
            owner = owners.setdefault(phrase.casefold(), entry.id)
            if owner != entry.id:
                problem = f"cách hỏi này đã đứng ở mục {owner}"
                yield document.fault((*path, "phrases", index), problem, "giữ ở một mục, hoặc viết rõ hơn")


def _sources(document: Document, path: KeyPath, entry: Procedure, origins: set[str]) -> Iterator[Fault]:
    for place, name in entry.source_names():
        if name not in entry.sources:
            yield document.fault((*path, *place), f"không có nguồn tên {name}", "thêm nguồn này vào sources của mục")
    for name, source in entry.sources.items():
        if source.origin not in origins:
            place = (*path, "sources", name, "origin")
            yield document.fault(place, f"không có nơi đọc tên {source.origin}", "thêm vào sources.yaml")


def _registers(
    document: Document, path: KeyPath, entry: Procedure, laws: set[str], offices: set[str]
) -> Iterator[Fault]:
    for index, number in enumerate(entry.legal_basis.documents if entry.legal_basis else ()):
        if number not in laws:
            place = (*path, "legal_basis", "documents", index)
            yield document.fault(place, f"chưa có văn bản {number} trong laws.yaml", "thêm số hiệu và tên văn bản")
    for index, office in enumerate(entry.place.offices if entry.place else ()):
        if office not in offices:
            yield document.fault(
                (*path, "place", "offices", index), f"không có nơi nào tên {office}", "thêm vào offices.yaml"
            )
