"""A place told in plain lines, the thing asked first; the sentences come from outside."""

from collections.abc import Sequence

from bot.knowledge.files import Commune
from bot.phrases.places import PlaceWords
from bot.places.gazetteer import Place, Scope

LISTED = 8  # a longer list is no choice any more


def lines(found: Place | Sequence[Place], say: PlaceWords) -> tuple[str, ...]:
    """What is said about a place, or the question that a choice begins with; no line ends the message by itself."""
    if isinstance(found, Place):
        return _place(found, say)
    first = found[0]
    if all(p.id.partition(":")[0] == first.id.partition(":")[0] for p in found):
        return _divided(first, [p.now[0] for p in found], say)
    alike = all(p.name == first.name for p in found)
    question = say.choose.format(name=first.name) if alike else say.choose_one
    return (question, *(label(p, say) for p in found[:LISTED]))


def label(place: Place, say: PlaceWords) -> str:
    """The words of a button: "phường Trần Phú cũ, thành phố Hải Dương"; a share of a divided one is today's name."""
    if ":" in place.id:
        return _title(place.now[0])
    match place.scope:
        case Scope.NEW:
            return say.option_new.format(new=place.title)
        case Scope.ELSEWHERE | Scope.ABROAD:
            return say.option_elsewhere.format(new=place.title, province=place.province)
        case Scope.OLD | Scope.DISTRICT:
            return say.option_old.format(old=place.title, area=place.within[0])
        case Scope.PROVINCE | Scope.HERE:
            return say.option_province.format(old=place.title)


def _place(place: Place, say: PlaceWords) -> tuple[str, ...]:
    source = say.source.format(number=place.resolution)
    match place.scope:
        case Scope.ELSEWHERE | Scope.ABROAD:
            where = say.elsewhere.format(new=place.title, province=place.province)
            return _capital(where), say.elsewhere_only.format(province=place.province), source
        case Scope.PROVINCE | Scope.HERE:
            return _capital(say.province.format(old=place.title, province=place.province)), source
        case Scope.DISTRICT:
            return _district(place, say), source
        case Scope.NEW:
            made = [say.part.format(old=p.name) if p.partly else p.name for p in place.parts]
            today = _capital(say.today.format(new=place.title, province=place.province))
            return today, say.formed.format(parts=", ".join(made)), *_office(place.now[0], say), source
        case Scope.OLD if place.divided:
            return _divided(place, place.now, say)
        case Scope.OLD:
            new = place.now[0]
            form = say.same if place.title == _title(new) else say.now
            first = form.format(old=place.title, area=place.within[0], new=_title(new), province=place.province)
            return _capital(first), *_office(new, say), source


def _divided(place: Place, now: Sequence[Commune], say: PlaceWords) -> tuple[str, ...]:
    named = _listed([_title(new) for new in now], say)
    first = say.divided.format(old=place.title, area=place.within[0], count=len(now), places=named)
    return _capital(first), say.divided_how, say.source.format(number=place.resolution)


def _district(place: Place, say: PlaceWords) -> str:
    if len(place.now) == 1:
        return _capital(say.district_one.format(old=place.title, new=_title(place.now[0]), province=place.province))
    named = _listed([_title(new) for new in place.now], say)
    return _capital(say.district.format(old=place.title, count=len(place.now), places=named))


def _office(new: Commune, say: PlaceWords) -> tuple[str, ...]:
    title = _title(new)
    where = say.office_at.format(new=title, address=new.one_stop) if new.one_stop else say.office.format(new=title)
    seat = (say.seat.format(seat=new.seat),) if new.seat and new.seat != new.one_stop else ()
    hours = say.hours_told.format(hours=new.hours.rstrip(". ")) if new.hours else say.hours.format(new=title)
    return where, *seat, hours


def _title(new: Commune) -> str:
    return f"{new.kind} {new.name}"


def _listed(names: Sequence[str], say: PlaceWords) -> str:
    return say.conjunction.join([", ".join(names[:-1]), names[-1]])


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
