"""What must hold of guides, administrative units and the menu: names that exist, codes that lead somewhere."""

from collections.abc import Iterable, Iterator, Sequence

from bot.errors import Fault
from bot.knowledge.draft import Draft
from bot.knowledge.files import UnitsFile
from bot.procedures import Source
from bot.yamlfile import Document, KeyPath


def guide_faults(draft: Draft) -> Iterator[Fault]:
    """Each id once, also among procedures; sources and related entries exist."""
    entries = {entry.id for _, _, entry in draft.entries()}
    taken = set(entries)
    for document, path, guide in draft.guided():
        if guide.id in taken:
            yield document.fault((*path, "id"), f"id {guide.id} đã có ở mục khác", "đặt id khác")
        taken.add(guide.id)
        yield from _origins(draft, document, path, guide.sources)
        for place, name in guide.source_names():
            if name not in guide.sources:
                problem = f"không có nguồn tên {name}"
                yield document.fault((*path, *place), problem, "thêm nguồn này vào sources của mục")
        for index, name in enumerate(guide.related):
            if name not in entries and all(file.content for file in draft.procedures):
                yield document.fault((*path, "related", index), f"không có mục nào tên {name}", "xem lại id của mục")


def unit_faults(draft: Draft) -> Iterator[Fault]:
    """Each code once in a file, and every old unit leads to a unit of that file."""
    for file in draft.units:
        if file.content:
            yield from _origins(draft, file.document, (), file.content.sources)
            yield from _codes(file.document, file.content)


def menu_faults(draft: Draft) -> Iterator[Fault]:
    """Everything that the menu offers exists, and each thing stands once in its list."""
    menu, document = draft.menu.content, draft.menu.document
    contents = [*(file.content for file in draft.procedures), *(file.content for file in draft.guides)]
    if menu is None or not all(contents):
        return
    entries = {entry.id for _, _, entry in draft.entries()} | {guide.id for _, _, guide in draft.guided()}
    fields = {content.field for content in contents if content}
    yield from _offered(document, ("common",), menu.common, entries)
    for number, event in enumerate(menu.events):
        yield from _offered(document, ("events", number, "entries"), event.entries, entries)
    events = [event.id for event in menu.events]
    yield from _offered(document, ("events",), events, set(events), ("id",))
    yield from _offered(document, ("fields",), [f.name for f in menu.fields], fields, ("name",), "lĩnh vực", "tên")


def _offered(
    document: Document,
    path: KeyPath,
    names: Sequence[str],
    known: set[str],
    key: KeyPath = (),
    kind: str = "mục",
    word: str = "id",
) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name not in known:
            problem = f"không có {kind} nào tên {name}"
            yield document.fault((*path, index, *key), problem, f"xem lại {word} của {kind}")
        elif name in names[:index]:
            yield document.fault((*path, index, *key), f"{name} ghi hai lần", "giữ lại một, xóa một")


def _codes(document: Document, units: UnitsFile) -> Iterator[Fault]:
    known: set[str] = set()
    for index, new in enumerate(units.communes):
        if new.code in known:
            yield document.fault(("communes", index, "code"), f"mã {new.code} ghi hai lần", "giữ lại một, xóa một")
        known.add(new.code)
    for number, district in enumerate(units.districts):
        path: KeyPath = ("districts", number)
        yield from _leading_nowhere(document, path, district.now, known)
        for index, old in enumerate(district.units):
            yield from _leading_nowhere(document, (*path, "units", index), old.now, known)


def _leading_nowhere(document: Document, path: KeyPath, codes: Iterable[str], known: set[str]) -> Iterator[Fault]:
    for index, code in enumerate(codes):
        if code not in known:
            yield document.fault((*path, "now", index), f"không có đơn vị nào mã {code}", "xem lại mã ở communes")


def _origins(draft: Draft, document: Document, path: KeyPath, sources: dict[str, Source]) -> Iterator[Fault]:
    origins = {o.id for o in draft.origins.content.sources} if draft.origins.content else None
    for name, source in sources.items():
        if origins is not None and source.origin not in origins:
            problem = f"không có nơi đọc tên {source.origin}"
            yield document.fault((*path, "sources", name, "origin"), problem, "thêm vào sources.yaml")
