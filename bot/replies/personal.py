"""What a person is told of their own data: the notice, the privacy page, everything kept, erasing, their language."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.config import OFFICE_TIME
from bot.phrases import ENGLISH, Sentences
from bot.phrases.persons import ENGLISH_PERSONS, LANGUAGES, VIETNAMESE_PERSONS, PersonSentences
from bot.phrases.watching import watch_words
from bot.replies.blocks import Agree, Button, Erase, Line, Reply, Speak, line
from bot.replies.telling import date


@dataclass(frozen=True)
class Kept:
    """All that is kept of a person, ready to be told: days, names and words instead of ids."""

    settings: tuple[str, ...]
    questions: tuple[str, ...]
    judgements: tuple[str, ...]
    waiting: tuple[str, ...]


def words(say: Sentences) -> PersonSentences:
    """The sentences about persons in the language of the others."""
    return ENGLISH_PERSONS if say is ENGLISH else VIETNAMESE_PERSONS


def noticed(say: Sentences, reply: Reply, ask: bool) -> tuple[Reply, ...]:
    """A first reply with the notice under it; where consent is asked for, the notice stands by itself with buttons."""
    told = words(say)
    if ask:
        lines = (*told.unlinked_notice, told.more, told.ask)
        return reply, Reply(tuple(map(line, lines)), (_consent(told),))
    return (replace(reply, lines=(*reply.lines, *map(line, (*told.notice, told.more)))),)


def privacy(say: Sentences, office: str, months: int, linked: bool, ask: bool) -> Reply:
    """What is kept, why, how long, where; and what one can do about it."""
    told = words(say)
    lines = [
        line(told.privacy_title, strong=True),
        *(line(text.format(office=office, months=months)) for text in told.privacy),
    ]
    lines += [line(told.linked if linked else told.not_linked)]
    lines += [line(text) for text in told.privacy_commands.split("\n")]
    return Reply(tuple(lines), (_consent(told),) if ask else ())


def consented(say: Sentences, yes: bool) -> Reply:
    """What a choice about linking means."""
    return Reply((line(words(say).agreed if yes else words(say).refused),))


def my_data(say: Sentences, kept: Kept, linked: bool) -> Reply:
    """Everything kept of the person, as text."""
    told = words(say)
    parts = [map(line, kept.settings), _listed(told.kept_questions, kept.questions)]
    parts += [_listed(told.kept_judgements, kept.judgements), _listed(watch_words(say).kept_watches, kept.waiting)]
    lines = [one for part in parts for one in part]
    head = line(told.kept_title, strong=True) if lines else line(told.nothing_kept)
    return Reply((head, *lines, *([] if linked else [line(told.not_linked)])))


def erasing(say: Sentences, kept: Kept) -> Reply:
    """Asked once more before anything is erased."""
    told = words(say)
    warning = told.erase_warning.format(questions=len(kept.questions), judgements=len(kept.judgements))
    button = Button(told.erase, Erase(sure=True))
    return Reply((line(told.erase_title, strong=True), line(warning)), ((button,),))


def erased(say: Sentences) -> Reply:
    """Everything is gone."""
    return Reply((line(words(say).erased),))


def languages() -> Reply:
    """The choice of a language, in both: who looks for it may not read the other."""
    lines = tuple(line(told.choose_language) for told in (VIETNAMESE_PERSONS, ENGLISH_PERSONS))
    return Reply(lines, (tuple(Button(name, Speak(code)) for code, name in LANGUAGES.items()),))


def spoken(say: Sentences) -> Reply:
    """The language is changed, said in it."""
    return Reply((line(words(say).spoken),))


def not_text(say: Sentences, kind: str) -> Reply:
    """A message that is no text ("photo", "voice", "contact", "other"): what not to send, and an example."""
    return Reply((line(words(say).media[kind]), line(say.send_as_text)))


def with_numbers_warned(say: Sentences, reply: Reply) -> Reply:
    """A reply to a question with personal numbers in it."""
    return replace(reply, lines=(*reply.lines, line(words(say).numbers)))


def day_of(iso: str) -> str:
    """The day of a stored day, or of a stored time by the office's clock: "2026-11-23T22:00:00+00:00" is 24/11/2026."""
    at = datetime.datetime.fromisoformat(iso)
    return date((at.astimezone(OFFICE_TIME) if at.tzinfo else at).date())


def _consent(told: PersonSentences) -> tuple[Button, ...]:
    return Button(told.agree, Agree(True)), Button(told.refuse, Agree(False))


def _listed(head: str, items: Sequence[str]) -> list[Line]:
    return [line(head.format(count=len(items)), strong=True), *(line(f"• {item}") for item in items)] if items else []
