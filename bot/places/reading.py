"""A question read for places: names with their kinds and districts, and what is asked of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.knowledge.files import ProvinceKind
from bot.places.cues import ALONE, AREAS, CUE_TABLE, KIND_TABLE, STREETS, Cue
from bot.places.gazetteer import Certainty, Gazetteer, Kind, Place, Scope, Words, same_tone, split
from bot.text import Syllable, syllables

Found = Place | tuple[Place, ...] | None
AREA_SCOPES = (Scope.DISTRICT, Scope.PROVINCE, Scope.HERE, Scope.ABROAD)
FATE = frozenset({Cue.BECAME, Cue.MADE_OF})


@dataclass(frozen=True)
class Mention:
    """A name in a text, the kinds that were written before it, and everything it may stand for."""

    start: int
    end: int
    kinds: frozenset[Kind]
    title: Words
    places: tuple[Place, ...]

    @property
    def is_area(self) -> bool:
        """Whether it was written as a district or a province."""
        return bool(self.kinds & AREAS)

    @property
    def is_abroad(self) -> bool:
        """Whether it can only be a place without a table of old names."""
        return all(p.scope in (Scope.ABROAD, Scope.ELSEWHERE) for p in self.places)


@dataclass(frozen=True)
class Sense:
    """What the words around the names ask, which names are called old or new, and what else was written."""

    cues: frozenset[Cue]
    rest: tuple[Syllable, ...]
    alone: bool


def find(text: str, units: Gazetteer) -> Found:
    """The place that a text is about; several to choose from; or none.

    `find("xa an thuong nay thuoc dau", units)` is xã An Thượng with `now` phường Thành Đông; it is SURE, and it `asks`.
    """
    words = syllables(text)
    mentions = tuple(_mentions(words, units))
    sense = _sense(words, mentions)
    subjects = _subjects(mentions)
    named = [m for m in subjects if m.kinds or _asked_bare(m, sense)]
    found = dict.fromkeys(place for m in named for place in _candidates(m, mentions, words, sense))
    places = _without_confirmed(tuple(found), len(named))
    certainty = _certainty(sense)
    flagged = tuple(replace(p, certainty=certainty, whole=not sense.rest) for p in places)
    if len(flagged) == 1:
        return split(flagged[0]) if flagged[0].divided else flagged[0]
    return flagged or None


def _asked_bare(mention: Mention, sense: Sense) -> bool:
    """A bare name counts beside a cue; "trung tâm ở đâu" is no question about the ward of that name far away."""
    if mention.is_abroad:
        return bool(sense.cues & FATE) and not sense.rest
    return bool(sense.cues & {*FATE, Cue.WHERE})


def _mentions(words: Words, units: Gazetteer) -> Iterator[Mention]:
    position = end = 0
    while position < len(words):
        kind = KIND_TABLE.match(words, position)
        mention = _named(words, position, kind[0], kind[1], units) if kind else None
        if mention is None and (position == end or words[position - 1].typed not in STREETS):
            mention = _named(words, position, 0, frozenset(), units)
        if mention:
            end = mention.end
            yield mention
        position = mention.end if mention else position + 1


def _named(words: Words, start: int, skip: int, kinds: frozenset[Kind], units: Gazetteer) -> Mention | None:
    """The longest name that begins behind the kind; without a kind, one word is no name."""
    first = start + skip
    for length in range(min(units.longest, len(words) - first), 0 if kinds else 1, -1):
        title = words[first : first + length]
        places = units.named(title)
        if places:
            exact = tuple(p for p in places if _spelt(title, p)) if _marked(words) else ()
            return Mention(start, first + length, kinds, title, exact or places)
    return None


def _marked(words: Words) -> bool:
    return any(w.marked for w in words)


def _spelt(typed: Words, place: Place) -> bool:
    return all(map(same_tone, typed, syllables(place.name)))


def _sense(words: Words, mentions: tuple[Mention, ...]) -> Sense:
    named = {index for m in mentions for index in range(m.start, m.end)}
    gaps = tuple(w for i, w in enumerate(words) if i not in named)
    cues: set[Cue] = set()
    rest: list[Syllable] = []
    for run in _runs(words, named):
        position = 0
        while position < len(run):
            cue = CUE_TABLE.match(run, position)
            if cue:
                cues.add(cue[1])
            else:
                rest.append(run[position])
            position += cue[0] if cue else 1
    return Sense(frozenset(cues), tuple(rest), all(w.typed in ALONE for w in gaps))


def _runs(words: Words, named: set[int]) -> Iterator[Words]:
    """The stretches of words between names; no cue reaches across a name."""
    run: list[Syllable] = []
    for index, word in enumerate(words):
        if index not in named:
            run.append(word)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _certainty(sense: Sense) -> Certainty:
    if sense.cues & FATE:
        return Certainty.SURE
    return Certainty.LIKELY if Cue.WHERE in sense.cues or sense.alone else Certainty.MENTIONED


def _subjects(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The names that are asked about; the others only say in which district or province."""
    communes = [m for m in mentions if not m.is_area and _communes(m)]
    local = [m for m in communes if not m.is_abroad]
    helping = [o for o in mentions if any(m is not o and _within(_communes(m), o) for m in communes)]
    asked = tuple(m for m in local or communes if m not in helping)
    return asked or tuple(communes[:1]) or mentions


def _communes(mention: Mention) -> tuple[Place, ...]:
    return tuple(p for p in mention.places if p.scope not in AREA_SCOPES)


def _within(places: tuple[Place, ...], area: Mention) -> tuple[Place, ...]:
    """Those that lie in an area: in the district of that name if there is one, else in the province."""
    name = [w.folded for w in area.title]

    def lies_in(title: str) -> bool:
        return [w.folded for w in syllables(title)][-len(name) :] == name

    if area.kinds != {ProvinceKind.PROVINCE}:
        near = tuple(p for p in places if p.scope is Scope.OLD and lies_in(p.within[0]))
        if near:
            return near
    far = tuple(p for p in places if p.scope is Scope.OLD and lies_in(p.within[-1]) and p.within[-1] != p.province)
    return far or tuple(p for p in places if p.scope is Scope.ELSEWHERE and lies_in(p.province))


def _candidates(mention: Mention, mentions: tuple[Mention, ...], words: Words, sense: Sense) -> tuple[Place, ...]:
    tier = tuple(p for p in mention.places if (p.scope in AREA_SCOPES) == mention.is_area) if mention.kinds else ()
    narrowed = tuple(p for p in mention.places if p.kind in mention.kinds) or tier or mention.places
    for other in mentions:
        if other is not mention:
            narrowed = _within(narrowed, other) or (() if other.is_abroad else narrowed)
    local = tuple(p for p in narrowed if p.scope is not Scope.ELSEWHERE)
    return _meant(local or narrowed, mentions, words, sense)


def _meant(places: tuple[Place, ...], mentions: tuple[Mention, ...], words: Words, sense: Sense) -> tuple[Place, ...]:
    """Old ones where their fate is asked, new ones where their making is; a unit that kept its name counts once."""
    old = tuple(p for p in places if p.scope in (Scope.OLD, Scope.DISTRICT, Scope.PROVINCE))
    new = tuple(p for p in places if p.scope in (Scope.NEW, Scope.ELSEWHERE))
    known = old + new
    communes = tuple(p for p in places if p.scope not in AREA_SCOPES)
    behind = [words[m.end].typed for m in mentions if m.end < len(words)]
    if "cũ" in behind or (Cue.BECAME in sense.cues and "mới" not in behind):
        return old or new
    if Cue.MADE_OF in sense.cues or "mới" in behind:
        return new or old
    kept = {p.now[0].code for p in new if p.now}
    once = tuple(p for p in communes if not (p.scope is Scope.OLD and not p.divided and p.now[0].code in kept))
    return once or known


def _without_confirmed(places: tuple[Place, ...], names: int) -> tuple[Place, ...]:
    """Of "xã A giờ là xã B phải không", only A when B is what it became."""
    if names < 2:
        return places
    became = {code.code for p in places if p.scope is Scope.OLD for code in p.now}
    old = tuple(p for p in places if p.scope is Scope.OLD)
    confirmed = tuple(p for p in places if p.scope is Scope.NEW and p.id in became)
    return tuple(p for p in places if p not in confirmed) if old else places
