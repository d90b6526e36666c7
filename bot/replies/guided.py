"""Guides told: what people ask that is no procedure."""

from bot.procedures import Guide, GuideSection
from bot.replies.blocks import Button, Line, Open, Reply, Show, Span, line
from bot.replies.cards import judged, reported
from bot.replies.telling import Speaker, accordion, date, expired, source_words


def guided(speaker: Speaker, name: str, question: str | None = None) -> Reply:
    """A guide: its summary, its sections in order, where it was read and when; related procedures as buttons.

    `question` is the logged question that it answers.
    """
    guide = speaker.knowledge.guides_by_id[name]
    told: list[Line] = [line(speaker.name(guide), strong=True), line(speaker.summary(guide))]
    told += accordion([_section(speaker, guide, section) for section in guide.sections])
    told += [line(note) for note in guide.notes]
    told += [*speaker.asides(guide), _source_line(speaker, guide)]
    entries = speaker.knowledge.by_id
    buttons = [Button(speaker.name(entries[r])[:60], Show(r)) for r in guide.related if r in entries]
    if guide.portal_url:
        buttons.append(Button(speaker.say.official_page, Open(guide.portal_url)))
    rows = tuple((button,) for button in buttons)
    return Reply(tuple(told), (*rows, *judged(speaker, question), *reported(speaker, name)))


def _section(speaker: Speaker, guide: Guide, section: GuideSection) -> tuple[list[Line], list[Line]]:
    """Its heading with what must not be missed, and its rows."""
    source = guide.sources[section.source]
    heads, told = [line(section.title, strong=True)], [line(text) for text in section.lines]
    told += [line(f"{number}. {step}") for number, step in enumerate(section.steps, 1)]
    if expired(speaker, source) and source.effective_until:
        told.append(line(speaker.say.expired.format(date=date(source.effective_until))))
    return heads, [*told, line(section.doubt)] if section.doubt else told


def _source_line(speaker: Speaker, guide: Guide) -> Line:
    told = source_words(speaker, [guide.sources[section.source] for section in guide.sections])
    if guide.portal_url is None:
        return (Span(told),)
    return (Span(f"{told} · "), Span(speaker.say.official_page, url=guide.portal_url))
