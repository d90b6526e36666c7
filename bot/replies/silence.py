"""When nothing fits: what was understood, what is near, how to ask, and whom to ask, open or closed."""

import datetime
from dataclasses import dataclass

from bot.answers import Unknown
from bot.hours import Hours, Shift
from bot.phrases import Sentences
from bot.phrases.cards import CardSentences, card_words
from bot.replies.blocks import AskStaff, Button, Line, Reply, line
from bot.replies.cards import judged
from bot.replies.telling import Speaker, date

MOST_WORDS = 12  # that are said back


@dataclass(frozen=True)
class Voice:
    """How the office speaks: who it is, whom to ask when the bot does not know, and when those are there.

    `feedback`: there is where to keep what people judge, report or send to staff; otherwise no button offers it.
    """

    office: str
    contact: str | None = None
    hours: Hours | None = None
    feedback: bool = False


def not_known(
    answer: Unknown, speaker: Speaker, voice: Voice, reference: str, heard: tuple[str, ...], near: list[Button]
) -> Reply:
    """An honest silence; `heard` are the words of the question that the bot knows, `near` what may be meant."""
    say, words = speaker.say, card_words(speaker.say)
    lines = [line(say.unknown), line(_understood(answer, say, heard)), line(say.unknown_hint)]
    lines += contact_lines(say, voice, speaker.now)
    rows = [(button,) for button in near]
    if speaker.feedback:
        lines.append(line(words.ask_staff_notice))
        rows.append((Button(words.ask_staff, AskStaff(reference)),))
    if near:
        lines.append(line(say.nearest))
    return Reply(tuple(lines), (*rows, *judged(speaker, reference)))


def contact_lines(say: Sentences, voice: Voice, now: datetime.datetime | None) -> list[Line]:
    """Whom to ask, at what hours, and while it is closed, when it opens again. `now` is by the office's clock."""
    words, hours = card_words(say), voice.hours
    if voice.contact is None:
        return []
    told = [line(say.unknown_contact.format(contact=voice.contact))]
    if hours is None:
        return told
    told.append(line(words.hours.format(hours="; ".join(_shift(words, shift) for shift in hours.shifts))))
    opens = None if now is None or hours.is_open(now) else hours.opens(now)
    if now and opens:
        closed = words.holiday if now.date() in hours.holidays else words.closed
        told.append(line(closed.format(at=_at(words, opens, now))))
    return told


def _understood(answer: Unknown, say: Sentences, heard: tuple[str, ...]) -> str:
    words, facets = card_words(say), ", ".join(say.facets[f].lower() for f in answer.facets)
    if not heard:
        return words.not_understood
    told = words.understood_facets if facets else words.understood
    return told.format(words=" ".join(heard[:MOST_WORDS]), facets=facets)


def _shift(words: CardSentences, shift: Shift) -> str:
    first, last = words.weekdays[shift.first], words.weekdays[shift.last]
    days = first if shift.first == shift.last else words.days.format(first=first, last=last)
    return f"{days} " + ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in shift.periods)


def _at(words: CardSentences, opens: datetime.datetime, now: datetime.datetime) -> str:
    if opens.date() == now.date():
        return words.at_today.format(time=f"{opens:%H:%M}")
    return words.at_day.format(time=f"{opens:%H:%M}", weekday=words.weekdays[opens.weekday()], date=date(opens.date()))
