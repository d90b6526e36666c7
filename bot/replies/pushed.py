"""An answer that comes later: the person's own question first, in their words, then what is now known."""

from dataclasses import replace

from bot.phrases import Sentences
from bot.phrases.watching import watch_words
from bot.replies.blocks import Button, Line, Reply, Report, StillWrong, Thank, line

LONGEST = 300  # characters of a question that is said back


def now_answered(say: Sentences, question: str, reference: str, answer: Reply) -> Reply:
    """The question, and the answer that the bot has for it now."""
    words = watch_words(say)
    head = (line(words.answered_now, strong=True), line(_asked(say, question)))
    return Reply((*head, *answer.lines), (_judged(say, StillWrong(reference)),))


def by_staff(say: Sentences, question: str, reference: str, words: str) -> Reply:
    """The question, and what staff wrote to it, as they wrote it."""
    told = watch_words(say)
    rows = [line(text) for text in words.strip().split("\n")]
    lines = (line(_asked(say, question)), line(told.staff_say, strong=True), *rows)
    return Reply(lines, (_judged(say, StillWrong(reference)),))


def to_report(say: Sentences, procedure: str, name: str, words: str) -> Reply:
    """What staff wrote to who reported a procedure."""
    told = watch_words(say)
    rows = [line(text) for text in words.strip().split("\n")]
    head = (line(told.your_report.format(name=name)), line(told.staff_say, strong=True))
    return Reply((*head, *rows), (_judged(say, Report(procedure)),))


def mended(say: Sentences, procedure: str, name: str, answer: Reply) -> Reply:
    """What is told of a procedure now, to who reported it."""
    head = line(watch_words(say).mended_now.format(name=name), strong=True)
    return Reply((head, *answer.lines), (_judged(say, Report(procedure)),))


def looked_up(say: Sentences, question: str, state: str) -> Reply:
    """A question under its code, and where it stands."""
    return Reply((line(_asked(say, question)), line(state)))


def topped(reply: Reply, banner: str) -> Reply:
    """A reply under what everybody must read first."""
    return replace(reply, lines=(*banner_lines(banner), *reply.lines))


def banner_lines(banner: str) -> tuple[Line, ...]:
    """What everybody must read first, as it was written."""
    return tuple(line(text, strong=True) for text in banner.strip().split("\n"))


def paused(say: Sentences, words: str, contact: str | None) -> Reply:
    """Why nothing is answered now, and whom to ask meanwhile."""
    told = watch_words(say)
    lines = [line(told.paused.format(words=words), strong=True)]
    if contact:
        lines.append(line(told.paused_contact.format(contact=contact)))
    return Reply(tuple(lines), apart=True)


def _asked(say: Sentences, question: str) -> str:
    short = question if len(question) <= LONGEST else f"{question[:LONGEST].rstrip()}…"
    return watch_words(say).your_question.format(question=short)


def _judged(say: Sentences, wrong: StillWrong | Report) -> tuple[Button, ...]:
    words = watch_words(say)
    return Button(words.thanks, Thank()), Button(words.still_wrong, wrong)
