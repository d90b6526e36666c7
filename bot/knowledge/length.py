"""Answers too long for one message, told before anybody sees them cut: estimated from an entry's texts."""

from collections import defaultdict
from collections.abc import Iterator

from bot.errors import Fault
from bot.knowledge.draft import Draft, Topic
from bot.knowledge.said import Said
from bot.procedures import Procedure

MESSAGE_UNITS = 4096  # Telegram counts UTF-16 units of a message
FRAME_UNITS = 400  # heading, line of sources, warnings of expired facts
TEXT_UNITS = 20  # what stands around a text: a bullet, brackets, "số lượng: 1"
OVERVIEW = ("place", "time_limit", "fee", "documents")  # what the first answer tells beside the summary
TITLE_UNITS = 30  # what stands around a document's title: bullet, kind, colon


def length(draft: Draft) -> Iterator[Fault]:
    """Warnings: entries of which one section may not fit into one message."""
    texts = {(document.name, group[0].path[:2]): group for document, group in draft.texts if group}
    registers = _law_titles(draft) | _addresses(draft)
    for document, path, entry in draft.entries():
        for key, size in section_sizes(entry, texts[document.name, path], registers).items():
            if size > MESSAGE_UNITS:
                problem = f"câu trả lời dài khoảng {size} ký tự, một tin nhắn chứa {MESSAGE_UNITS}"
                mend = "viết gọn lại, hoặc chia mục này làm nhiều mục"
                yield document.fault((*path, key), problem, mend).warning(Topic.LENGTH)


def section_sizes(entry: Procedure, texts: tuple[Said, ...], registers: dict[str, int]) -> dict[str, int]:
    """The estimated size of each section in UTF-16 units, never below what is sent; `summary` is the overview's."""
    sizes: dict[str, int] = defaultdict(lambda: FRAME_UNITS + _units(entry.name))
    for text in texts:
        key, size = str(text.path[2]), _units(text.text) + TEXT_UNITS
        sizes[key] += size
        if key in OVERVIEW and (key != "documents" or text.path[-1] == "name"):
            sizes["summary"] += size
    for name in entry.legal_basis.documents if entry.legal_basis else ():
        sizes["legal_basis"] += registers.get(name, 0) + _units(name) + TITLE_UNITS
    for name in entry.place.offices if entry.place else ():
        sizes["place"] += registers.get(name, 0) + TITLE_UNITS
    return sizes


def _law_titles(draft: Draft) -> dict[str, int]:
    laws = draft.laws.content.laws if draft.laws.content else ()
    return {law.number: _units(law.title or "") for law in laws}


def _addresses(draft: Draft) -> dict[str, int]:
    offices = draft.offices.content.offices if draft.offices.content else ()
    return {office.id: _units(office.name + (office.address or "")) for office in offices}


def _units(text: str) -> int:
    """Its length as Telegram counts it: "ờ" is one, an emoji two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
