"""What two versions of the tables of communes say differently: seats, one-stop centres, what became of old units."""

from collections.abc import Iterable, Iterator

from bot.curation.words import quoted
from bot.knowledge.files import Commune, UnitsFile

KEYS = {
    "kind": "loại",
    "name": "tên",
    "seat": "trụ sở",
    "one_stop": "nơi nhận hồ sơ",
    "hours": "giờ làm việc",
    "at": "vị trí",
}


def place_changes(before: Iterable[UnitsFile], after: Iterable[UnitsFile]) -> Iterator[str]:
    """The lines to print, table by table; a table is known by its place."""
    old, new = ({file.place: file for file in files} for files in (before, after))
    for place in (*old, *(place for place in new if place not in old)):
        told = f"bảng xã, phường {place or 'cả nước'}"
        if place not in new:
            yield f"Bỏ {told}"
        elif place not in old:
            yield f"Thêm {told}"
        else:
            yield from _communes(old[place], new[place])
            yield from _sets(_became(old[place]), _became(new[place]))
            yield from _sets(_country(old[place]), _country(new[place]))


def _communes(before: UnitsFile, after: UnitsFile) -> Iterator[str]:
    old, new = ({unit.code: unit for unit in file.communes} for file in (before, after))
    yield from (f"Bỏ {_named(unit)}" for code, unit in old.items() if code not in new)
    for code, unit in new.items():
        yield from _commune(old[code], unit) if code in old else (f"Thêm {_named(unit)}",)


def _commune(old: Commune, new: Commune) -> Iterator[str]:
    for key, title in KEYS.items():
        was, now = (_said(getattr(unit, key)) for unit in (old, new))
        if was != now:
            yield f"{_named(new)}: {title} từ {quoted(was)} thành {quoted(now)}"


def _said(value: str | tuple[float, ...] | None) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value or ""


def _named(unit: Commune) -> str:
    return f"{unit.kind} {unit.name}"


def _became(file: UnitsFile) -> dict[str, list[str]]:
    """Each old unit and the units that it belongs to now: "phường Cẩm Thượng (thành phố Hải Dương cũ)"."""
    names = {unit.code: _named(unit) for unit in file.communes}
    found: dict[str, list[str]] = {}
    for district in file.districts:
        old = f"{district.kind} {district.name}"
        if district.now:
            found[f"{old} cũ nay thuộc"] = [names[code] for code in district.now]
        for unit in district.units:
            found[f"{unit.kind} {unit.name} ({old} cũ) nay thuộc"] = [names[code] for code in unit.now]
    return found


def _country(file: UnitsFile) -> dict[str, list[str]]:
    """The communes of each province, known by name only."""
    return {
        f"{p.kind} {p.name} có": [
            *(f"phường {name}" for name in p.wards),
            *(f"xã {name}" for name in p.communes),
            *(f"đặc khu {name}" for name in p.zones),
        ]
        for p in file.provinces
    }


def _sets(old: dict[str, list[str]], new: dict[str, list[str]]) -> Iterator[str]:
    """What left and what joined each list; a list that is there on one side only joins or leaves whole."""
    for title in (*old, *(title for title in new if title not in old)):
        was, now = old.get(title, []), new.get(title, [])
        gone, added = ([name for name in a if name not in b] for a, b in ((was, now), (now, was)))
        parts = [f"bỏ {', '.join(gone)}"] if gone else []
        parts += [f"thêm {', '.join(added)}"] if added else []
        if parts:
            yield f"{title}: {'; '.join(parts)}"
