"""What is kept of a person made readable for them: days, names and words instead of ids."""

from bot.desk import Desk, sentences
from bot.phrases import Sentences
from bot.phrases.cards import card_words
from bot.phrases.persons import LANGUAGES
from bot.phrases.watching import watch_words
from bot.replies import place_title
from bot.replies.personal import Kept, day_of, words
from bot.storage import Asked, Everything, Judged, Known, Waiting


def kept(desk: Desk, language: str, found: Everything) -> Kept:
    """All of it, ready to be told."""
    say = sentences(language)
    questions = tuple(_asked(desk, language, one) for one in found.questions)
    judgements = tuple(_judged(desk, language, one) for one in found.judgements)
    waiting = tuple(_waiting(desk, language, one) for one in found.waiting)
    return Kept(_settings(desk, say, found.known), questions, judgements, waiting)


def _settings(desk: Desk, say: Sentences, known: Known) -> tuple[str, ...]:
    told, commune = words(say), desk.brain.gazetteer.commune(known.place or "")
    place = place_title(commune) if commune else known.place
    lines = (
        told.kept_noticed.format(date=day_of(known.noticed_at)) if known.noticed_at else None,
        None if known.consent is None else told.kept_consent[known.consent],
        told.kept_language.format(language=LANGUAGES[known.language]) if known.language else None,
        told.kept_place.format(place=place) if place else None,
    )
    return tuple(text for text in lines if text)


def _asked(desk: Desk, language: str, one: Asked) -> str:
    outcome = words(sentences(language)).outcomes[one.outcome]
    return f"{day_of(one.local_day)}: {one.question} ({outcome}{_of(desk, language, one.procedure)})"


def _judged(desk: Desk, language: str, one: Judged) -> str:
    say = sentences(language)
    said = words(say).good if one.good else words(say).bad
    why = f" ({card_words(say).why[one.why].lower()})" if one.why else ""
    return f"{day_of(one.judged_at)}{_of(desk, language, one.procedure)}: {said}{why}"


def _waiting(desk: Desk, language: str, one: Waiting) -> str:
    told, day = watch_words(sentences(language)), day_of(one.day)
    if one.procedure:
        return told.kept_watch_mended.format(date=day, name=desk.name_of(one.procedure, language))
    form = told.kept_told if one.told else told.kept_watch_question
    return form.format(date=day, question=one.question or "")


def _of(desk: Desk, language: str, procedure: str | None) -> str:
    return f", {desk.name_of(procedure, language)}" if procedure else ""
