"""An outcome made into a reply: the asked facets first and in order, then the source, then what can be tapped."""

from dataclasses import dataclass

from bot.answers import Answer, Answered, Choice, Foreign, Option, Placed, Reason, Routed, Unknown
from bot.catalogue import EMPTY, Catalogue
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.procedures import Facet, Guide, Procedure
from bot.replies.blocks import Button, Line, NoneOfThese, Reply, Show, Span, line
from bot.replies.catalogued import button_label, catalogued, full_titles
from bot.replies.fees import fee_words
from bot.replies.guided import guided
from bot.replies.sections import has_section, section, sources_of, time_words
from bot.replies.telling import Section, Speaker, date, doubts, law_name, lowered, sentence_part
from bot.replies.where import told_places

BUTTONS = (
    Facet.DOCUMENTS,
    Facet.FEE,
    Facet.TIME,
    Facet.PLACE,
    Facet.ONLINE,
    Facet.STEPS,
    Facet.LEGAL_BASIS,
)
ROW = 2  # buttons side by side: two words each still fit on a small screen
LABEL = 60  # characters of a procedure's name on a button


@dataclass(frozen=True)
class Voice:
    """How the office speaks: who it is, and whom to ask when the bot does not know."""

    office: str
    contact: str | None = None


def compose(answer: Answer, speaker: Speaker, voice: Voice, reference: str, catalogue: Catalogue = EMPTY) -> Reply:
    """The reply to a question logged under `reference`."""
    match answer:
        case Answered(procedure=name, facets=facets) if name in catalogue.by_id:
            return catalogued(speaker.say, catalogue, name, facets)
        case Answered(procedure=name) if name in speaker.knowledge.guides_by_id:
            return guided(speaker, name)
        case Answered(procedure=name, facets=facets):
            return answered(speaker, name, facets)
        case Choice():
            return _choice(answer, speaker, reference, catalogue)
        case Unknown():
            return _unknown(answer, speaker, voice, reference)
        case Placed(places=places):
            return told_places(speaker, places)
        case Routed(route=name):
            return _routed(speaker, name)
        case Foreign():
            return Reply((line(ENGLISH.foreign), line(VIETNAMESE.foreign)))


def answered(speaker: Speaker, name: str, facets: tuple[Facet, ...]) -> Reply:
    """One procedure: its asked facets, or its overview, with source, date and link, and buttons for the rest."""
    entry = speaker.knowledge.by_id[name]
    told = [section(speaker, entry, facet) for facet in facets] or [_overview(speaker, entry)]
    lines: list[Line] = []
    for part in told:
        lines += part.lines
    if any(part.sources for part in told):
        lines += speaker.asides(entry)
    lines.append(_source_line(speaker, entry, told))
    rest = [f for f in BUTTONS if f not in facets and has_section(entry, f)]
    return Reply(tuple(lines), _rows([Button(speaker.say.facets[f], Show(name, (f,))) for f in rest]))


def welcome(say: Sentences, voice: Voice) -> Reply:
    """The first screen."""
    return Reply((line(say.welcome.format(office=voice.office), strong=True), line(say.send_as_text), line(say.help)))


def help_text(say: Sentences, voice: Voice) -> Reply:
    """What the bot does and does not do, and whom to ask."""
    lines = [line(say.help), line(say.send_as_text)]
    if voice.contact:
        lines.append(line(say.unknown_contact.format(contact=voice.contact)))
    return Reply(tuple(lines))


def _overview(speaker: Speaker, entry: Procedure) -> Section:
    say = speaker.say
    lines = [line(speaker.name(entry), strong=True), line(speaker.summary(entry))]
    if entry.place:
        lines.append(line(say.overview_place.format(text=lowered(entry.place.text))))
    if entry.time_limit:
        lines.append(line(say.overview_time.format(text="; ".join(time_words(speaker, entry.time_limit)))))
    fees = fee_words(speaker, entry)
    if fees:
        lines.append(line(say.overview_fee.format(text="; ".join(map(lowered, fees)))))
    elif entry.fee and entry.fee.unknown:
        lines.append(line(say.overview_fee.format(text=lowered(sentence_part(entry.fee.unknown)))))
    names = [d.name for case in (entry.documents.cases if entry.documents else ()) if not case.when for d in case.items]
    if names:
        lines.append(line(say.overview_documents.format(text="; ".join(map(lowered, names)))))
    groups = [g for g in (entry.place, entry.time_limit, entry.fee, entry.documents) if g]
    told = {id(group): sources_of(speaker, entry, group) for group in groups}
    for group in groups:
        lines += [line(words) for words in doubts(speaker, group, told[id(group)])]
    return Section(tuple(lines), tuple(dict.fromkeys(s for group in groups for s in told[id(group)])))


def _source_line(speaker: Speaker, entry: Procedure, told: list[Section]) -> Line:
    say = speaker.say
    sources = list(dict.fromkeys(s for part in told for s in part.sources)) or [next(iter(entry.sources.values()))]
    names = dict.fromkeys(
        law_name(s.document) if s.document else speaker.knowledge.origins[s.origin].name for s in sources
    )
    day = min(s.checked_on for s in sources)
    return (
        Span(say.source.format(source=", ".join(names)) + " · "),
        Span(say.checked.format(date=date(day)) + " · "),
        Span(say.official_page, url=entry.portal_url),
    )


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


def _question(answer: Choice, speaker: Speaker) -> str:
    """The deciding question, unless every option has a name in English, which then tells them apart by itself."""
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


def _unknown(answer: Unknown, speaker: Speaker, voice: Voice, reference: str) -> Reply:
    say = speaker.say
    if answer.reason is Reason.NO_PROCEDURE:
        example = f"{say.facets[answer.facets[0]].lower()} {say.example_procedure}"
        return Reply((line(say.no_procedure.format(example=example)),))
    if answer.reason is Reason.EMPTY:
        return Reply((line(say.not_text), line(say.send_as_text)))
    lines = [line(say.unknown), line(say.unknown_hint)]
    if voice.contact:
        lines.append(line(say.unknown_contact.format(contact=voice.contact)))
    if answer.nearest:
        lines.append(line(say.nearest))
    buttons = [
        Button(speaker.name(_entry(speaker, n))[:LABEL], Show(n, answer.facets, reference)) for n in answer.nearest
    ]
    return Reply(tuple(lines), tuple((b,) for b in buttons))


def _routed(speaker: Speaker, name: str) -> Reply:
    route = next(r for r in speaker.knowledge.routes if r.id == name)
    return Reply((line(route.english if speaker.say is ENGLISH else route.text),))


def _rows(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + ROW]) for i in range(0, len(buttons), ROW))
