"""An outcome made into a reply: the asked facets first and in order, then the source, then what can be tapped."""

import datetime
from dataclasses import replace

from bot.answers import Answer, Answered, Choice, Foreign, Option, Placed, Reason, Routed, Unknown
from bot.catalogue import EMPTY, Catalogue
from bot.knowledge.files import RouteReason
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.phrases.cards import card_words
from bot.procedures import Facet, Guide, Procedure
from bot.replies.blocks import Button, Line, NoneOfThese, Reply, Show, Span, line
from bot.replies.cards import LABEL, card, judged
from bot.replies.catalogued import button_label, catalogued, full_titles
from bot.replies.fees import fee_summary
from bot.replies.guided import guided
from bot.replies.sections import section, sources_of, time_words
from bot.replies.silence import Voice, contact_lines, not_known
from bot.replies.telling import Section, Speaker, doubts, labelled, lowered, source_words, where
from bot.replies.where import told_places

SHORTLY = 5  # lines of each of several answers: a heading and what most people want to know
ANSWERS = (RouteReason.OWN_FILE, RouteReason.OFF_TOPIC, RouteReason.COURT)  # a greeting or an emergency is none


def compose(
    answer: Answer,
    speaker: Speaker,
    voice: Voice,
    reference: str,
    catalogue: Catalogue = EMPTY,
    heard: tuple[str, ...] = (),
) -> Reply:
    """The reply to a question logged under `reference`; `heard` are its words that the bot knows."""
    match answer:
        case Answered(procedure=name, facets=facets, reason=reason):
            return told(speaker, catalogue, Show(name, facets, reference), reason is Reason.FOLLOW_UP)
        case Choice(reason=Reason.SEVERAL):
            return _each(answer, speaker, reference, catalogue)
        case Choice():
            return _choice(answer, speaker, reference, catalogue)
        case Unknown():
            return _unknown(answer, speaker, voice, reference, heard)
        case Placed(places=places):
            return _judgeable(told_places(speaker, places), speaker, reference)
        case Routed(route=name):
            return _routed(speaker, name, reference)
        case Foreign():
            return Reply((line(ENGLISH.foreign), line(VIETNAMESE.foreign)))


def told(speaker: Speaker, catalogue: Catalogue, action: Show, following: bool = False) -> Reply:
    """A procedure, a guide or a line of the catalogue; `following` where the question named none."""
    name = action.procedure
    if name in catalogue.by_id:
        return catalogued(speaker, catalogue, name, action.facets, action.question)
    if name in speaker.knowledge.guides_by_id:
        return guided(speaker, name, action.question)
    return answered(speaker, name, action.facets, action.question, following)


def answered(
    speaker: Speaker, name: str, facets: tuple[Facet, ...], question: str | None = None, following: bool = False
) -> Reply:
    """One procedure: its asked facets, or its overview, with source, date and link, and buttons for the rest.

    `question` is the logged question it answers; after a `following` one that named no procedure, it says which is
    meant, once, and offers a way out.
    """
    entry = speaker.knowledge.by_id[name]
    parts = [section(speaker, entry, facet) for facet in facets] or [_overview(speaker, entry)]
    lines: list[Line] = []
    for part in parts:
        lines += part.lines
    if following:
        lines = _about(speaker, entry, lines)
    if any(part.sources for part in parts):
        lines += speaker.asides(entry)
    lines.append(_source_line(speaker, entry, parts))
    return Reply(tuple(lines), card(speaker, entry, facets, question, following))


def welcome(say: Sentences, voice: Voice) -> Reply:
    """The first screen."""
    return Reply((line(say.welcome.format(office=voice.office), strong=True), line(say.send_as_text), line(say.help)))


def help_text(say: Sentences, voice: Voice, now: datetime.datetime | None = None) -> Reply:
    """What the bot does and does not do, and whom to ask; `now` is by the office's clock."""
    return Reply((line(say.help), line(say.send_as_text), *contact_lines(say, voice, now)))


def _overview(speaker: Speaker, entry: Procedure) -> Section:
    say = speaker.say
    lines = [line(speaker.name(entry), strong=True), line(speaker.summary(entry))]
    if entry.place:
        lines.append(labelled(say.overview_place, where(entry.place.text)))
    if entry.time_limit:
        lines.append(labelled(say.overview_time, "; ".join(time_words(speaker, entry.time_limit))))
    fee = fee_summary(speaker, entry)
    if fee:
        lines.append(labelled(say.overview_fee, fee))
    names = [d.name for case in (entry.documents.cases if entry.documents else ()) if not case.when for d in case.items]
    if names:
        lines.append(labelled(say.overview_documents, "; ".join(map(lowered, names))))
    groups = [g for g in (entry.place, entry.time_limit, entry.fee, entry.documents) if g]
    read = {id(group): sources_of(speaker, entry, group) for group in groups}
    for group in groups:
        lines += [line(words) for words in doubts(speaker, group, read[id(group)])]
    return Section(tuple(lines), tuple(dict.fromkeys(s for group in groups for s in read[id(group)])))


def _about(speaker: Speaker, entry: Procedure, lines: list[Line]) -> list[Line]:
    """What is spoken of in a line of its own, and the headings without it."""
    name = speaker.name(entry)
    bare = [_without(row, name) for row in lines if row[0].text != name]
    return [line(card_words(speaker.say).about.format(name=name)), *bare]


def _without(row: Line, name: str) -> Line:
    first, *rest = row
    if not first.strong or not first.text.startswith(f"{name}: "):
        return row
    text = first.text.removeprefix(f"{name}: ")
    return (replace(first, text=text[:1].upper() + text[1:]), *rest)


def _source_line(speaker: Speaker, entry: Procedure, parts: list[Section]) -> Line:
    sources = [s for part in parts for s in part.sources] or [next(iter(entry.sources.values()))]
    return (Span(f"{source_words(speaker, sources)} · "), Span(speaker.say.official_page, url=entry.portal_url))


def _choice(answer: Choice, speaker: Speaker, reference: str, catalogue: Catalogue) -> Reply:
    say = speaker.say
    buttons = [
        Button(_label(option, speaker, catalogue)[:LABEL], Show(option.procedure, answer.facets, reference))
        for option in answer.options
    ]
    none = Button(say.none_of_these, NoneOfThese(reference))
    known = [catalogue.by_id[o.procedure] for o in answer.options if o.procedure in catalogue.by_id]
    lines = (line(_question(answer, speaker), strong=True), *full_titles(say, known))
    return Reply(lines, tuple((b,) for b in [*buttons, none]))


def _each(answer: Choice, speaker: Speaker, reference: str, catalogue: Catalogue) -> Reply:
    """A short answer for each thing asked for in one message, and a button for the whole of each."""
    shows = [Show(option.procedure, answer.facets, reference) for option in answer.options]
    lines: list[Line] = []
    for show in shows:
        *rows, source = told(speaker, catalogue, show).lines
        lines += [*rows[:SHORTLY], source]
    lines.append(line(card_words(speaker.say).whole_answers))
    labels = [_label(option, speaker, catalogue)[:LABEL] for option in answer.options]
    buttons = tuple((Button(label, show),) for label, show in zip(labels, shows, strict=True))
    return Reply(tuple(lines), (*buttons, *judged(speaker, reference)))


def _question(answer: Choice, speaker: Speaker) -> str:
    """The deciding question, unless every option has a name in English, which then tells them apart by itself."""
    if len(answer.options) == 1:
        return speaker.say.choose_single
    translated = answer.question and all(speaker.english(_entry(speaker, o.procedure)) for o in answer.options)
    return speaker.say.choose if translated else answer.question or speaker.say.choose


def _label(option: Option, speaker: Speaker, catalogue: Catalogue) -> str:
    thin = catalogue.by_id.get(option.procedure)
    if thin:
        return option.label or button_label(thin, LABEL)
    entry = _entry(speaker, option.procedure)
    return option.label if option.label and not speaker.english(entry) else speaker.name(entry)


def _entry(speaker: Speaker, name: str) -> Procedure | Guide:
    return speaker.knowledge.guides_by_id.get(name) or speaker.knowledge.by_id[name]


def _unknown(answer: Unknown, speaker: Speaker, voice: Voice, reference: str, heard: tuple[str, ...]) -> Reply:
    say = speaker.say
    if answer.reason is Reason.NO_PROCEDURE:
        example = f"{say.facets[answer.facets[0]].lower()} {say.example_procedure}"
        return Reply((line(say.no_procedure.format(example=example)),))
    if answer.reason is Reason.EMPTY:
        return Reply((line(say.not_text), line(say.send_as_text)))
    near = [Button(speaker.name(_entry(speaker, n))[:LABEL], Show(n, answer.facets, reference)) for n in answer.nearest]
    return not_known(answer, speaker, voice, reference, heard, near)


def _routed(speaker: Speaker, name: str, reference: str) -> Reply:
    route = next(r for r in speaker.knowledge.routes if r.id == name)
    reply = Reply((line(route.english if speaker.say is ENGLISH else route.text),))
    return _judgeable(reply, speaker, reference) if route.reason in ANSWERS else reply


def _judgeable(reply: Reply, speaker: Speaker, reference: str) -> Reply:
    return replace(reply, buttons=(*reply.buttons, *judged(speaker, reference)))
