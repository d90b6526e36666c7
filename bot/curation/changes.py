"""What two versions of a base say differently to citizens, in words, entry by entry."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from bot.curation.facts import Entry, Told, facts
from bot.curation.places import place_changes
from bot.curation.shelf import entries_of
from bot.curation.words import HEAD, OTHER_CODES, day, named, quoted, term
from bot.knowledge import Knowledge
from bot.procedures import Guide, Office, Source

TITLES = {"id": "Tên trong tệp", "code": "Mã", "name": "Tên", **HEAD}
LIKE = 0.7  # from this likeness on, a dropped and an added fact are one that was reworded
OFFICE = {
    "name": "tên",
    "address": "địa chỉ",
    "hours": "giờ làm việc",
    "phone": "điện thoại",
    "handles": "nhận việc gì",
    "note": "ghi chú",
}


def changes(before: Knowledge, after: Knowledge) -> list[str]:
    """The lines to print: how much changed, what is new, what is gone, and each change."""
    pairs = _pairs(before, after)
    taken = {old.id for old, _ in pairs}
    kept = {new.id for _, new in pairs}
    fresh = [f"  {named(entry)}" for entry in entries_of(after) if entry.id not in kept]
    gone = [f"  {named(entry)}" for entry in entries_of(before) if entry.id not in taken]
    changed = [(new, told) for old, new in pairs if (told := list(_entry(old, new)))]
    beside = [*_offices(before, after), *place_changes(before.units, after.units)]
    beside += [*_routes(before, after), *_understanding(before, after)]
    if not (fresh or gone or changed or beside):
        return ["Không có gì khác đối với người dân."]
    lines = [f"{len(fresh)} mục mới, {len(gone)} mục bỏ, {len(changed)} mục đổi."]
    for title, listed in (("Mới", fresh), ("Bỏ", gone)):
        lines += ["", f"{title}:", *listed] if listed else []
    for entry, told in changed:
        lines += ["", named(entry), *(f"  {line}" for line in told)]
    return [*lines, "", "Ngoài các mục:", *(f"  {line}" for line in beside)] if beside else lines


def _pairs(before: Knowledge, after: Knowledge) -> list[tuple[Entry, Entry]]:
    """The same entry in both: by id, else by its code, or a guide's name, where only the id was changed."""
    by_code = {entry.code: entry for entry in before.procedures if entry.id not in after.by_id}
    by_name = {guide.name: guide for guide in before.guides if guide.id not in after.guides_by_id}
    pairs: list[tuple[Entry | None, Entry]] = []
    pairs += [(before.by_id.get(entry.id) or by_code.get(entry.code), entry) for entry in after.procedures]
    pairs += [(before.guides_by_id.get(guide.id) or by_name.get(guide.name), guide) for guide in after.guides]
    return [(old, new) for old, new in pairs if old]


def _entry(old: Entry, new: Entry) -> Iterator[str]:
    for key, title in TITLES.items():
        was, now = (str(getattr(entry, key, None) or "") for entry in (old, new))
        if was != now:
            yield f"{title}: từ {quoted(was)} thành {quoted(now)}"
    for key, title in OTHER_CODES.items():
        codes = ([other.code for other in getattr(entry, key, ())] for entry in (old, new))
        yield from _lists(title, *codes)
    told = [_by_title(entry) for entry in (old, new)]
    for title in (*told[0], *(title for title in told[1] if title not in told[0])):
        was_told, now_told = (side.get(title, []) for side in told)
        yield from _group(title, was_told, now_told)
        yield from _term(title, old, new, was_told, now_told)
    yield from _lists("Ghi chú", old.notes, new.notes)
    yield from _lists("Thủ tục liên quan", *(getattr(entry, "related", ()) for entry in (old, new)))
    yield from _counted("cách hỏi", old.phrases, new.phrases)
    if old.checked_on != new.checked_on:
        yield f"Ngày kiểm tra cũ nhất: từ {day(old.checked_on)} thành {day(new.checked_on)}"


def _by_title(entry: Entry) -> dict[str, list[Told]]:
    """An entry's facts by the part that they stand under."""
    found: dict[str, list[Told]] = {}
    for told in facts(entry):
        found.setdefault(told.title, []).append(told)
    return found


def _group(title: str, old: list[Told], new: list[Told]) -> Iterator[str]:
    """Changes of one group of facts."""
    if not old or not new:
        word = "nay có" if new else "không còn"
        yield from [f"{title}: {word} phần này"] if old or new else []
        yield from (f"{title}: thêm {quoted(told.words)}" for told in new)
        yield from (_dropped(title, told) for told in old)
        return
    was, now = _labelled(old), _labelled(new)
    for key in was:
        if key in now and was[key].value != now[key].value:
            yield _changed(title, was[key], now[key])
    gone = [told for key, told in was.items() if key not in now]
    added = [told for key, told in now.items() if key not in was]
    for fact in gone:
        other = _reworded(fact, added)
        if other:
            added.remove(other)
        yield f"{title}: từ {quoted(fact.words)} thành {quoted(other.words)}" if other else _dropped(title, fact)
    yield from (f"{title}: thêm {quoted(told.words)}" for told in added)


def _reworded(fact: Told, added: list[Told]) -> Told | None:
    """Which of the new facts says the same thing in other words; a number of a law is never another number."""
    if fact.group == "legal_basis" or not added:
        return None
    likeness = [(SequenceMatcher(None, fact.words, told.words, False).ratio(), told) for told in added]
    best, told = max(likeness, key=lambda pair: pair[0])
    return told if best >= LIKE else None


def _dropped(title: str, fact: Told) -> str:
    return f"{title}: bỏ {quoted(fact.words)}"


def _labelled(told: list[Told]) -> dict[tuple[str, int], Told]:
    """Facts by what they are about; of several with one label, each keeps its turn."""
    found: dict[tuple[str, int], Told] = {}
    for fact in told:
        turn = sum(label == fact.label for label, _ in found)
        found[fact.label, turn] = fact
    return found


def _changed(title: str, old: Told, new: Told) -> str:
    about = f"{title}: {old.label}: " if old.label else f"{title}: "
    if old.size and new.size and old.size[1] == new.size[1] and old.size[0] != new.size[0]:
        return f"{about}từ {old.value} {'lên' if new.size[0] > old.size[0] else 'xuống'} {new.value}"
    if old.size:
        return f"{about}từ {old.value} thành {new.value}"
    return f"{about}từ {quoted(old.value)} thành {quoted(new.value)}"


def _term(title: str, old: Entry, new: Entry, was_told: list[Told], now_told: list[Told]) -> Iterator[str]:
    """A group's own last or first day; that of an amount stands beside the amount."""
    if was_told and now_told and was_told[0].group != "fee":
        was, now = term(_source(old, was_told[0])), term(_source(new, now_told[0]))
        if was != now:
            yield f"{title}: hiệu lực từ {quoted(was)} thành {quoted(now)}"


def _source(entry: Entry, told: Told) -> Source:
    """The source of the group that a fact stands in."""
    if isinstance(entry, Guide):
        return entry.sources[told.source]
    return entry.source_of(getattr(entry, told.group))


def _lists(title: str, old: list[str] | tuple[str, ...], new: list[str] | tuple[str, ...]) -> Iterator[str]:
    yield from (f"{title}: bỏ {quoted(text)}" for text in old if text not in new)
    yield from (f"{title}: thêm {quoted(text)}" for text in new if text not in old)


def _counted(what: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    """How many were added and dropped, where each by itself says nothing to a citizen."""
    added, gone = len(set(new) - set(old)), len(set(old) - set(new))
    parts = [f"thêm {added} {what}"] if added else []
    parts += [f"bỏ {gone} {what}"] if gone else []
    if parts:
        words = ", ".join(parts)
        yield words[:1].upper() + words[1:]


def _offices(before: Knowledge, after: Knowledge) -> Iterator[str]:
    for name, old in before.offices.items():
        new = after.offices.get(name)
        yield from _office(old, new) if new else (f"Nơi nhận: bỏ {quoted(old.name)}",)
    for name, new in after.offices.items():
        if name not in before.offices:
            yield f"Nơi nhận: thêm {quoted(new.name)}"


def _office(old: Office, new: Office) -> Iterator[str]:
    for key, title in OFFICE.items():
        was, now = (getattr(office, key) or "" for office in (old, new))
        if was != now:
            yield f"Nơi nhận {new.name}: {title} từ {quoted(was)} thành {quoted(now)}"


def _routes(before: Knowledge, after: Knowledge) -> Iterator[str]:
    was, now = ({route.id: route.text for route in base.routes} for base in (before, after))
    yield from _texts("Lời đáp sẵn", was, now)


def _texts(title: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name in (*old, *(name for name in new if name not in old)):
        was, now = old.get(name, ""), new.get(name, "")
        if was != now:
            yield f"{title} {name}: từ {quoted(was)} thành {quoted(now)}"


def _understanding(before: Knowledge, after: Knowledge) -> Iterator[str]:
    if before.lexicon != after.lexicon:
        yield "Cách hiểu câu hỏi đã đổi (lexicon.yaml)"
    if before.twins != after.twins:
        yield "Câu bot hỏi lại khi dễ nhầm đã đổi (twins)"
