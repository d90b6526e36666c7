"""All places by name: today's communes, what stood there before 2025-07-01, and the rest of the country by name."""

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.knowledge.files import (
    Commune,
    DistrictKind,
    FormerCommune,
    FormerDistrict,
    ProvinceKind,
    UnitKind,
    UnitsFile,
)
from bot.text import Syllable, fold, syllables

Kind = UnitKind | DistrictKind | ProvinceKind
Words = tuple[Syllable, ...]


class Scope(enum.StrEnum):
    """What a name stands for."""

    NEW = "new"
    OLD = "old"
    DISTRICT = "district"
    PROVINCE = "province"
    ELSEWHERE = "elsewhere"
    HERE = "here"  # the province whose old names are known
    ABROAD = "abroad"  # a province without a table of old names: it only says where a commune is not


class Certainty(enum.StrEnum):
    """How sure it is that the place is what is asked for."""

    SURE = "sure"  # what it became, or what it was made of, is asked in words
    LIKELY = "likely"  # where it is, or nothing but the place is written
    MENTIONED = "mentioned"  # it only stands there


@dataclass(frozen=True)
class Part:
    """An old unit that a new one was formed from, whole or in part."""

    name: str
    partly: bool


@dataclass(frozen=True)
class Place:
    """A unit of today or of before 2025-07-01; `now` holds today's units, `within` what an old one lay in.

    `within` is ("thành phố Hải Dương", "tỉnh Hải Dương") for a ward of the old city, smallest first. `whole` says that
    nothing but the place is asked in the message.
    """

    id: str
    scope: Scope
    kind: Kind
    name: str
    within: tuple[str, ...]
    province: str
    resolution: str
    now: tuple[Commune, ...] = ()
    parts: tuple[Part, ...] = ()
    certainty: Certainty = Certainty.MENTIONED
    whole: bool = False

    @property
    def asks(self) -> bool:
        """Whether the message is about this place and nothing else."""
        return self.whole and self.certainty is not Certainty.MENTIONED

    @property
    def title(self) -> str:
        """Its kind and name: "phường Cẩm Thượng"."""
        return f"{self.kind} {self.name}"

    @property
    def divided(self) -> bool:
        """Whether an old commune went to several new ones."""
        return self.scope is Scope.OLD and len(self.now) > 1


def split(place: Place) -> tuple[Place, ...]:
    """A divided commune as a choice: one value for each unit that took a part of it, `id` with its code."""
    return tuple(replace(place, id=f"{place.id}:{new.code}", now=(new,)) for new in place.now)


class Gazetteer:
    """All names of a base's units, found by words with or without accents."""

    def __init__(self, files: Iterable[UnitsFile]) -> None:
        self.places: dict[str, Place] = {}
        self._names: dict[tuple[str, ...], list[tuple[Words, Place]]] = {}
        held = tuple(files)
        local = {file.place for file in held}
        for file in held:
            for place in (*_local(file), *_country(file, local)):
                self._add(place)
        self.communes = tuple(p.now[0] for p in self.places.values() if p.scope is Scope.NEW)
        self.longest = max((len(name) for name in self._names), default=0)

    def _add(self, place: Place) -> None:
        if place.id in self.places:  # two names that differ in their marks only
            place = replace(place, id=f"{place.id}.{len(self.places)}")
        self.places[place.id] = place
        words = syllables(place.name)
        self._names.setdefault(tuple(w.folded for w in words), []).append((words, place))

    def named(self, words: Words) -> tuple[Place, ...]:
        """Every place of that name; accents must agree where they were typed."""
        known = self._names.get(tuple(w.folded for w in words), ())
        return tuple(place for name, place in known if all(map(agree, words, name)))

    def place(self, id: str) -> Place | None:
        """The place of an id that was given out, `split` ones included."""
        name, _, code = id.partition(":")
        place = self.places.get(name)
        if place is None or not code:
            return place
        return next((part for part in split(place) if part.id == id), None)

    def commune(self, code: str) -> Commune | None:
        """The commune of today with this code."""
        place = self.places.get(code)
        return place.now[0] if place and place.scope is Scope.NEW else None


def agree(typed: Syllable, known: Syllable) -> bool:
    """Whether a typed word may be the known one: "thuong" may be "thượng", "thường" may not."""
    return typed.folded == known.folded and (not typed.marked or same_tone(typed, known))


def same_tone(typed: Syllable, known: Syllable) -> bool:
    """Whether two words carry the same marks; "thuợng" is how many people type "thượng"."""
    return typed.toned.replace("uơ", "ươ") == known.toned


def _local(file: UnitsFile) -> Iterator[Place]:
    if file.place is None:
        return
    kind = ProvinceKind(_kind_of(file.place))
    bare = file.place.removeprefix(f"{kind} ")
    yield Place(_slug("nay", kind, bare), Scope.HERE, kind, bare, (), file.place, file.resolution)
    known = {new.code: new for new in file.communes}
    parts: dict[str, list[Part]] = {}
    for district in file.districts:
        yield _district(district, known, file.place, file.resolution)
        for old in district.units:
            yield _old(old, district, known, file.place, file.resolution)
            for code in old.now:
                parts.setdefault(code, []).append(Part(f"{old.kind} {old.name}", len(old.now) > 1))
    for new in file.communes:
        made = tuple(parts.get(new.code, ()))
        yield Place(new.code, Scope.NEW, new.kind, new.name, (), file.place, file.resolution, (new,), made)
    for name in dict.fromkeys(d.province for d in file.districts if d.province != file.place):
        kind = ProvinceKind(_kind_of(name))
        bare = name.removeprefix(f"{kind} ")
        yield Place(_slug("cu", kind, bare), Scope.PROVINCE, kind, bare, (), file.place, "202/2025/QH15")


def _district(district: FormerDistrict, known: Mapping[str, Commune], place: str, resolution: str) -> Place:
    codes = dict.fromkeys((*district.now, *(code for unit in district.units for code in unit.now)))
    now = tuple(known[code] for code in codes)
    slug = _slug("cu", district.kind, district.name)
    return Place(slug, Scope.DISTRICT, district.kind, district.name, (district.province,), place, resolution, now)


def _old(
    old: FormerCommune, district: FormerDistrict, known: Mapping[str, Commune], place: str, resolution: str
) -> Place:
    slug = _slug("cu", old.kind, old.name, district.name)
    within = (f"{district.kind} {district.name}", district.province)
    now = tuple(known[code] for code in old.now)
    return Place(slug, Scope.OLD, old.kind, old.name, within, place, resolution, now)


def _country(file: UnitsFile, local: Collection[str | None]) -> Iterator[Place]:
    """Every commune of the provinces that have no table of their own."""
    for province in (p for p in file.provinces if f"{p.kind} {p.name}" not in local):
        title = f"{province.kind} {province.name}"
        yield Place(_slug(province.code), Scope.ABROAD, province.kind, province.name, (), title, file.resolution)
        for kind, names in (
            (UnitKind.WARD, province.wards),
            (UnitKind.COMMUNE, province.communes),
            (UnitKind.ZONE, province.zones),
        ):
            for name in names:
                slug = _slug(province.code, kind, name)
                yield Place(slug, Scope.ELSEWHERE, kind, name, (), title, file.resolution)


def _kind_of(title: str) -> str:
    return next(kind for kind in ProvinceKind if title.startswith(f"{kind} "))


def _slug(*words: str) -> str:
    return ".".join("-".join(fold(word).split()) for word in words)
