"""What rests on a document of law: every fact, and every source and code that names it."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.curation.facts import Entry, Told, facts
from bot.curation.shelf import Shelf, entries_of
from bot.curation.words import OTHER_CODES
from bot.knowledge import Knowledge
from bot.knowledge.files import UnitsFile
from bot.text import fold
from bot.yamlfile import KeyPath

NEAR = 5  # numbers offered in place of one that is not known
NUMBER = re.compile(r"[\d.]+/[\d./a-z-]+|qd/\d+-[a-z]+")
JOINED = re.compile(r"\s*([/-])\s*")
DASHES = str.maketrans("–—−", "---")


@dataclass(frozen=True)
class Resting:
    """One thing that rests on a document: whose it is, what it is, through what it rests, and where it stands."""

    id: str
    name: str
    group: str
    words: str
    through: str
    at: str


def plain_number(number: str) -> str:
    """A number to compare: "Thông tư 75/2022/TT – BTC" and "75/2022/tt-btc" are one; so are NĐ-CP and nd-cp."""
    joined = JOINED.sub(r"\1", fold(number.translate(DASHES)))
    found = NUMBER.search(joined)
    return found.group().strip(".-/") if found else " ".join(joined.split())


def impact(shelves: Iterable[Shelf], number: str) -> tuple[Resting, ...]:
    """All that rests on a document of law, each thing once, entry by entry."""
    wanted = plain_number(number)
    found: dict[tuple[str, str, str], Resting] = {}
    for shelf in shelves:
        rest = [resting for entry in shelf.entries() for resting in _of_entry(shelf, entry, wanted)]
        for resting in (*rest, *_of_units(shelf, wanted)):
            found.setdefault((resting.at, resting.words, resting.through), resting)
    first_seen = list(dict.fromkeys(resting.id for resting in found.values()))
    return tuple(sorted(found.values(), key=lambda resting: first_seen.index(resting.id)))


def known_numbers(knowledge: Knowledge) -> tuple[str, ...]:
    """Every document that the base names, sorted, each once."""
    named = set(knowledge.laws)
    for entry in knowledge.procedures:
        named |= {other.document for other in (*entry.former_codes, *entry.equivalent_codes) if other.document}
    sources = [source for entry in entries_of(knowledge) for source in entry.sources.values()]
    sources += [source for units in knowledge.units for source in units.sources.values()]
    named |= {source.document for source in sources if source.document}
    named |= {units.resolution for units in knowledge.units}
    return tuple(sorted(named))


def near_numbers(numbers: Iterable[str], number: str) -> tuple[str, ...]:
    """Numbers that may be meant: first those of the same count and year, then those written alike; at most five."""
    wanted = plain_number(number)
    plain = {plain_number(known): known for known in numbers}
    begun = [name for name in sorted(plain) if name.startswith(wanted) or _count(name) == _count(wanted)]
    alike = difflib.get_close_matches(wanted, plain, n=NEAR, cutoff=0.7)
    return tuple(plain[name] for name in dict.fromkeys((*begun, *alike)))[:NEAR]


def _count(plain: str) -> str:
    """ "75/2022/tt-btc" begins with 75/2022."""
    return "/".join(plain.split("/")[:2])


def _of_entry(shelf: Shelf, entry: Entry, wanted: str) -> Iterator[Resting]:
    named = {name for name, source in entry.sources.items() if source.document and _is(source.document, wanted)}
    for told in facts(entry):
        if told.source in named:
            yield _resting(shelf, entry, told, f"nguồn {told.source}")
        elif told.path[:2] == ("legal_basis", "documents") and _is(told.label, wanted):
            yield _resting(shelf, entry, told, "căn cứ pháp lý")
    used = {told.source for told in facts(entry)}
    for name in sorted(named - used):
        at = shelf.line(entry, ("sources", name))
        yield Resting(entry.id, entry.name, "Nguồn", name, "nguồn chưa phần nào dùng", at)
    yield from _codes(shelf, entry, wanted)


def _codes(shelf: Shelf, entry: Entry, wanted: str) -> Iterator[Resting]:
    for key, title in OTHER_CODES.items():
        for index, other in enumerate(getattr(entry, key, ())):
            if other.document and _is(other.document, wanted):
                path: KeyPath = (key, index)
                yield Resting(entry.id, entry.name, title, other.code, "lý do đổi mã", shelf.line(entry, path))


def _of_units(shelf: Shelf, wanted: str) -> Iterator[Resting]:
    """Tables of communes: the resolution that made them, and their sources."""
    for document, units in shelf.units:
        name = units.place or "cả nước"
        places: list[tuple[KeyPath, str, str]] = [(("resolution",), units.resolution, "nghị quyết sắp xếp")]
        places += [(("sources", key), source.document or "", f"nguồn {key}") for key, source in units.sources.items()]
        for path, number, through in places:
            if _is(number, wanted):
                at = ":".join(map(str, document.place(path)))
                yield Resting(document.name.removesuffix(".yaml"), name, "Xã, phường", _held(units), through, at)


def _held(units: UnitsFile) -> str:
    """What a table of communes holds: "114 xã, phường, đặc khu; 27 huyện, quận cũ"."""
    counted = {
        "xã, phường, đặc khu": len(units.communes),
        "huyện, quận cũ": len(units.districts),
        "tỉnh, thành phố": len(units.provinces),
    }
    return "; ".join(f"{count} {what}" for what, count in counted.items() if count)


def _resting(shelf: Shelf, entry: Entry, told: Told, through: str) -> Resting:
    return Resting(entry.id, entry.name, told.title, told.words, through, shelf.line(entry, told.path))


def _is(document: str, wanted: str) -> bool:
    return plain_number(document) == wanted
