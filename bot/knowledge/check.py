"""What must hold between the files of a base, whatever the day; every error at once, each with its file and line."""

import datetime
from collections.abc import Iterable, Iterator

from bot.errors import Fault
from bot.knowledge.beside import guide_faults, menu_faults, unit_faults
from bot.knowledge.draft import Draft, Placed
from bot.knowledge.files import NOBODY, TestQuestion
from bot.knowledge.likeness import proves_nothing
from bot.knowledge.plainness import officialese
from bot.knowledge.trust import free_without_document
from bot.yamlfile import Document, KeyPath


def crossing_faults(draft: Draft) -> Iterator[Fault]:
    """Faults between entries, their tests, sources and the registers they name; and words that nobody speaks."""
    placed = list(draft.entries())
    yield from _claimed_twice(placed)
    yield from _same_phrase(draft)
    yield from _registers(draft)
    yield from _ends_before_it_begins(draft, placed)
    yield from _named(draft, placed)
    yield from guide_faults(draft)
    yield from unit_faults(draft)
    yield from menu_faults(draft)
    yield from proves_nothing(draft)
    yield from free_without_document(draft)
    yield from officialese(draft)
    if all(file.content for file in draft.procedures) and all(file.content for file in draft.guides):
        guides = {guide.id for _, _, guide in draft.guided()}
        routes = {route.id for route in draft.routes.content.routes} if draft.routes.content else set()
        yield from _expected(draft, {entry.id for _, _, entry in placed}, guides | routes)


def _registers(draft: Draft) -> Iterator[Fault]:
    """Each register names a thing once."""
    laws, offices, origins, routes = draft.laws, draft.offices, draft.origins, draft.routes
    yield from _twice(
        laws.document, "laws", "number", [law.number for law in laws.content.laws] if laws.content else []
    )
    yield from _twice(
        offices.document, "offices", "id", [o.id for o in offices.content.offices] if offices.content else []
    )
    yield from _twice(
        origins.document, "sources", "id", [o.id for o in origins.content.sources] if origins.content else []
    )
    yield from _twice(routes.document, "routes", "id", [r.id for r in routes.content.routes] if routes.content else [])


def _twice(document: Document, register: str, key: str, names: list[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield document.fault((register, index, key), f"{name} ghi hai lần", "giữ lại một, xóa một")
        seen.add(name)


def _named(draft: Draft, placed: list[Placed]) -> Iterator[Fault]:
    """Sources, laws and offices that entries name exist, where their register could be read."""
    origins = {o.id for o in draft.origins.content.sources} if draft.origins.content else None
    laws = {law.number for law in draft.laws.content.laws} if draft.laws.content else None
    offices = {o.id for o in draft.offices.content.offices} if draft.offices.content else None
    for document, path, entry in placed:
        for place, name in entry.source_names():
            if name not in entry.sources:
                yield document.fault(
                    (*path, *place), f"không có nguồn tên {name}", "thêm nguồn này vào sources của mục"
                )
        for name, source in entry.sources.items():
            if origins is not None and source.origin not in origins:
                place = (*path, "sources", name, "origin")
                yield document.fault(place, f"không có nơi đọc tên {source.origin}", "thêm vào sources.yaml")
        cited = entry.legal_basis.documents if entry.legal_basis else ()
        for index in _missing(cited, laws):
            place = (*path, "legal_basis", "documents", index)
            yield document.fault(
                place, f"chưa có văn bản {cited[index]} trong laws.yaml", "thêm số hiệu và tên văn bản"
            )
        taken = entry.place.offices if entry.place else ()
        for index in _missing(taken, offices):
            place = (*path, "place", "offices", index)
            yield document.fault(place, f"không có nơi nào tên {taken[index]}", "thêm vào offices.yaml")
    for index, office in enumerate(draft.offices.content.offices if draft.offices.content else ()):
        if origins is not None and office.origin not in origins:
            place = ("offices", index, "origin")
            yield draft.offices.document.fault(place, f"không có nơi đọc tên {office.origin}", "thêm vào sources.yaml")


def _missing(names: Iterable[str], known: set[str] | None) -> list[int]:
    return [index for index, name in enumerate(names) if known is not None and name not in known]


def _expected(draft: Draft, ids: set[str], others: set[str]) -> Iterator[Fault]:
    """Twins lead to entries that exist, test questions to entries, guides or routes."""
    for file in draft.procedures:
        for number, twins in enumerate(file.content.twins if file.content else ()):
            for index in _missing((o.procedure for o in twins.options), ids):
                place = ("twins", number, "options", index, "procedure")
                problem = f"không có mục nào tên {twins.options[index].procedure}"
                yield file.document.fault(place, problem, "xem lại id của mục")
    for asked in draft.questions:
        for index, question in enumerate(asked.content.questions if asked.content else ()):
            for at, name in _named_by(question):
                if name not in {*ids, *others}:
                    problem = f"không có mục nào tên {name}"
                    yield asked.document.fault(("questions", index, *at), problem, "xem lại id của mục")


def _named_by(question: TestQuestion) -> Iterator[tuple[KeyPath, str]]:
    """The ids of a test question, each with its place."""
    one = isinstance(question.expect, str)
    for number, name in enumerate(question.expected):
        if name != NOBODY:
            yield ("expect",) if one else ("expect", number), name
    yield from ((("also", number), name) for number, name in enumerate(question.also))


def _claimed_twice(placed: list[Placed]) -> Iterator[Fault]:
    ids: dict[str, str] = {}
    codes: dict[str, str] = {}
    for document, path, entry in placed:
        if entry.id in ids:
            yield document.fault((*path, "id"), f"id {entry.id} đã có ở {ids[entry.id]}", "đặt id khác")
        ids.setdefault(entry.id, ":".join(map(str, document.place(path))))
        for place, code in entry.code_places():
            if codes.setdefault(code, entry.id) != entry.id:
                problem = f"mã {code} đã đứng ở mục {codes[code]}"
                yield document.fault((*path, *place), problem, "một mã chỉ đứng ở một mục")


def _same_phrase(draft: Draft) -> Iterator[Fault]:
    owners: dict[tuple[str, ...], str] = {}
    for wording in draft.wordings:
        owner = owners.setdefault(wording.toned, wording.entry)
        if owner != wording.entry:
            problem = f"cách hỏi này đã đứng ở mục {owner}"
            yield wording.document.fault(wording.path, problem, "giữ ở một mục, hoặc viết rõ hơn")


def _ends_before_it_begins(draft: Draft, placed: list[Placed]) -> Iterator[Fault]:
    """Nothing ends before its first day: one of the two was mistyped."""
    held = [(document, path, entry.sources) for document, path, entry in placed]
    held += [(document, path, guide.sources) for document, path, guide in draft.guided()]
    held += [(file.document, (), file.content.sources) for file in draft.units if file.content]
    for document, path, sources in held:
        for name, source in sources.items():
            place = (*path, "sources", name, "effective_until")
            yield from _days(document, place, source.effective_from, source.effective_until)
    for index, law in enumerate(draft.laws.content.laws if draft.laws.content else ()):
        place = ("laws", index, "effective_until")
        yield from _days(draft.laws.document, place, law.effective_from, law.effective_until)


def _days(
    document: Document, path: KeyPath, first: datetime.date | None, last: datetime.date | None
) -> Iterator[Fault]:
    if first and last and last < first:
        yield document.fault(path, f"hết hiệu lực {last} trước khi có hiệu lực {first}", "xem lại hai ngày")
