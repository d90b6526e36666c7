"""Where to go, told: a commune with its offices, what is handled where, and the person's own place."""

from collections.abc import Iterable, Sequence

from bot.knowledge.files import Commune
from bot.phrases import ENGLISH
from bot.phrases.places import PLACES_EN, PLACES_VI, PlaceWords
from bot.phrases.where import WHERE_EN, WHERE_VI, WhereWords
from bot.places import Near, Place, Scope, label, lines, split
from bot.procedures import Office
from bot.replies.blocks import Button, Line, MyPlace, Reply, ShowPlace, line
from bot.replies.telling import Speaker, sentence_part

OFFERED = 10  # places of one name, or of one district, that are offered
EVERYWHERE = "xã, phường, đặc khu"  # how the name of an office ends that every commune has
FAR_KM = 30  # the middle of the largest commune lies 20 km from its farthest town


def where_words(speaker: Speaker) -> WhereWords:
    """The sentences in the speaker's language."""
    return WHERE_EN if speaker.say is ENGLISH else WHERE_VI


def ask_where(speaker: Speaker) -> Reply:
    """Asks for the commune; where one is kept, tells that one."""
    words, own = where_words(speaker), speaker.home.commune
    if own is None:
        return Reply((line(words.ask, strong=True), line(words.ask_how)))
    offices = _each(speaker.knowledge.offices.values())
    told = [*(_own_line(words, own, office) for office in offices), *_handled(speaker, own), words.elsewhere]
    lines_told = (line(words.kept.format(place=place_title(own)), strong=True), *map(line, told))
    return Reply(lines_told, ((Button(words.forget, MyPlace("")),),))


def near_places(speaker: Speaker, near: Sequence[Near], province: str) -> Reply:
    """The nearest communes to choose from; says so where none is near or no point is known."""
    words = where_words(speaker)
    if not near:
        return Reply((line(words.no_points), line(words.typed_then)))
    if near[0].km > FAR_KM:
        return Reply((line(words.far.format(province=province)), line(words.typed_then)))
    buttons = tuple((Button(_distance(words, found), ShowPlace(found.commune.code)),) for found in near)
    return Reply((line(words.near, strong=True), line(words.not_kept)), buttons)


def told_places(speaker: Speaker, places: Sequence[Place]) -> Reply:
    """One place with its offices, or the choice between several of that name."""
    words = PLACES_EN if speaker.say is ENGLISH else PLACES_VI
    if len(places) == 1:
        return _told(speaker, places[0], words)
    asked = lines(places, words)
    buttons = [Button(label(p, words), ShowPlace(p.id)) for p in places[:OFFERED]]
    labels = {button.label for button in buttons}
    head = [text for text in asked if text not in labels]
    return Reply(tuple(line(t, strong=n == 0) for n, t in enumerate(head)), tuple((b,) for b in buttons))


def kept_place(speaker: Speaker, own: Commune | None) -> Reply:
    """What is said when a place was kept for the person, or, without one, forgotten."""
    words = where_words(speaker)
    if own is None:
        return Reply((line(words.forgotten),))
    told = (line(words.remembered.format(place=place_title(own)), strong=True), line(words.remembered_for))
    return Reply(told, ((Button(words.forget, MyPlace("")),),))


def own_offices(speaker: Speaker, offices: Iterable[Office]) -> list[Line]:
    """The person's own office for each of these that every commune has."""
    own = speaker.home.commune
    return [] if own is None else [line(_own_line(where_words(speaker), own, office)) for office in _each(offices)]


def office_line(speaker: Speaker, office: Office) -> list[Line]:
    """An office with its address and its hours, where they are known."""
    known = [speaker.say.address.format(address=office.address)] if office.address else []
    known += [_hours(where_words(speaker), office.hours)] if office.hours else []
    return [line(f"• {office.name}. {sentence_part('. '.join(map(sentence_part, known)))}")] if known else []


def place_title(commune: Commune) -> str:
    """A commune with its kind: "phường Thành Đông"."""
    return f"{commune.kind} {commune.name}"


def _told(speaker: Speaker, place: Place, words: PlaceWords) -> Reply:
    *told, source = lines(place, words)
    if len(place.now) == 1:
        told += _handled(speaker, place.now[0])
    rows = _keeping(speaker, place.now[0]) if len(place.now) == 1 else _parts(place, words)
    return Reply(tuple(line(text, strong=n == 0) for n, text in enumerate([*told, source])), rows)


def _parts(place: Place, words: PlaceWords) -> tuple[tuple[Button, ...], ...]:
    """Today's communes of a divided commune or of a former district, to choose from."""
    if place.scope is Scope.OLD:
        return tuple((Button(label(part, words), ShowPlace(part.id)),) for part in split(place))
    return tuple((Button(place_title(new), ShowPlace(new.code)),) for new in place.now[:OFFERED])


def _keeping(speaker: Speaker, commune: Commune) -> tuple[tuple[Button, ...], ...]:
    if not speaker.home.keeps:
        return ()
    words = where_words(speaker)
    kept = speaker.home.commune is not None and speaker.home.commune.code == commune.code
    return ((Button(words.forget, MyPlace("")) if kept else Button(words.remember, MyPlace(commune.code)),),)


def _handled(speaker: Speaker, commune: Commune) -> list[str]:
    """What is handled where, for the offices of which that is known; those of every commune by their own name."""
    words = where_words(speaker)
    told = [_handles(words, office, commune) for office in speaker.knowledge.offices.values() if office.handles]
    return [words.also, *told] if told else []


def _handles(words: WhereWords, office: Office, commune: Commune) -> str:
    name = ", ".join(part for part in (_named(office, commune), office.address) if part)
    told = words.handles.format(office=name, handles=office.handles)
    return f"{told} {_hours(words, office.hours)}" if office.hours else told


def _each(offices: Iterable[Office]) -> list[Office]:
    """Those that every commune has."""
    return [office for office in offices if office.name.endswith(EVERYWHERE)]


def _named(office: Office, commune: Commune) -> str:
    """Its name in a commune: "Công an phường Thành Đông"."""
    return office.name.removesuffix(EVERYWHERE) + place_title(commune) if _each([office]) else office.name


def _own_line(words: WhereWords, own: Commune, office: Office) -> str:
    name = _named(office, own)
    if not office.one_stop:
        return words.own.format(office=name)
    told = words.own_at.format(office=name, address=own.one_stop) if own.one_stop else words.own.format(office=name)
    return f"{told} {_hours(words, own.hours)}" if own.hours else told


def _hours(words: WhereWords, hours: str) -> str:
    return words.hours.format(hours=sentence_part(hours))


def _distance(words: WhereWords, near: Near) -> str:
    if near.km < 1:
        return words.near_under.format(place=place_title(near.commune))
    return words.near_one.format(place=place_title(near.commune), km=round(near.km))
