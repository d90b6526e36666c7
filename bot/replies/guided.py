"""Guides told: what people ask that is no procedure."""

from bot.procedures import Guide, GuideSection
from bot.replies.blocks import Button, Line, Reply, Show, Span, line
from bot.replies.telling import Speaker, date, expired, law_name


def guided(speaker: Speaker, name: str) -> Reply:
    """A guide: its summary, its sections in order, where it was read and when; related procedures as buttons."""
    guide = speaker.knowledge.guides_by_id[name]
    told: list[Line] = [line(speaker.name(guide), strong=True), line(speaker.summary(guide))]
    for section in guide.sections:
        told += _section(speaker, guide, section)
    told += [line(note) for note in guide.notes]
    told += [*speaker.asides(guide), _source_line(speaker, guide)]
    entries = speaker.knowledge.by_id
    related = [Button(speaker.name(entries[r])[:60], Show(r)) for r in guide.related if r in entries]
    return Reply(tuple(told), tuple((button,) for button in related))


def _section(speaker: Speaker, guide: Guide, section: GuideSection) -> list[Line]:
    source = guide.sources[section.source]
    told = [line(section.title, strong=True), *(line(text) for text in section.lines)]
    told += [line(f"{number}. {step}") for number, step in enumerate(section.steps, 1)]
    if expired(speaker, source) and source.effective_until:
        told.append(line(speaker.say.expired.format(date=date(source.effective_until))))
    return [*told, line(section.doubt)] if section.doubt else told


def _source_line(speaker: Speaker, guide: Guide) -> Line:
    say, origins = speaker.say, speaker.knowledge.origins
    sources = list(dict.fromkeys(guide.sources[section.source] for section in guide.sections))
    names = dict.fromkeys(law_name(s.document) if s.document else origins[s.origin].name for s in sources)
    told = f"{say.source.format(source=', '.join(names))} · {say.checked.format(date=date(guide.checked_on))}"
    if guide.portal_url is None:
        return (Span(told),)
    return (Span(f"{told} · "), Span(say.official_page, url=guide.portal_url))
