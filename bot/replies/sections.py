"""Each facet of a procedure told in lines: the thing asked first, then its cases, then what is doubtful."""

from collections.abc import Callable

from bot.phrases import Sentences
from bot.phrases.cards import card_words
from bot.procedures import (
    Document,
    DocumentCase,
    Facet,
    Fact,
    Fees,
    Procedure,
    Source,
    Statement,
    TimeLimit,
    TimeLimits,
)
from bot.replies.blocks import Line, line
from bot.replies.fees import fee_section, fee_sources
from bot.replies.telling import (
    Section,
    Speaker,
    accordion,
    by_channels,
    doubtful,
    folding,
    law_name,
    listed,
    lowered,
    sentence_part,
)
from bot.replies.where import office_line, own_offices


def section(speaker: Speaker, entry: Procedure, facet: Facet) -> Section:
    """The section of one facet; where no fact is known, it says so and where to ask."""
    told = SECTIONS[facet](speaker, entry)
    if told is not None:
        return told
    name, words = speaker.name(entry), speaker.say.facets[facet].lower()
    return Section((line(speaker.say.missing.format(name=name, facet=words, authority=entry.authority)),))


def has_section(entry: Procedure, facet: Facet) -> bool:
    """Whether anything is known of a facet."""
    if facet is Facet.FORM:
        return entry.documents is not None
    return getattr(entry, FIELDS.get(facet, facet.value)) is not None


def time_words(speaker: Speaker, limits: TimeLimits) -> list[str]:
    """The time limits, one each, without a full stop."""
    return [_time(speaker, limit) for limit in limits.items]


def sources_of(speaker: Speaker, entry: Procedure, fact: Fact) -> list[Source]:
    """The sources of what is told of a group: of its shown amounts or limits where they have their own."""
    if isinstance(fact, Fees):
        return fee_sources(speaker, entry, fact)
    if isinstance(fact, TimeLimits):
        return [entry.source_of(limit, fact) for limit in fact.items]
    return [entry.source_of(fact)]


def _time_section(speaker: Speaker, entry: Procedure) -> Section | None:
    limits, say = entry.time_limit, speaker.say
    if limits is None:
        return None
    lines = listed(time_words(speaker, limits), speaker.name(entry), say.time_line, say.time_cases, say.time_cases)
    if limits.note:
        lines.append(line(limits.note))
    return doubtful(speaker, limits, lines, sources_of(speaker, entry, limits))


def _time(speaker: Speaker, limit: TimeLimit) -> str:
    text = sentence_part(limit.text) if limit.text else f"{limit.quantity} {limit.unit.value}"
    parts = [lowered(text), by_channels(speaker.say, limit.channels), f"({lowered(limit.when)})" if limit.when else ""]
    return " ".join(p for p in parts if p)


def _documents_section(speaker: Speaker, entry: Procedure) -> Section | None:
    documents, say = entry.documents, speaker.say
    if documents is None:
        return None
    lines = [line(say.documents_line.format(name=speaker.name(entry)), strong=True)]
    lines += accordion([_case(say, case) for case in documents.cases])
    return doubtful(speaker, documents, lines, [entry.source_of(documents)])


def _case(say: Sentences, case: DocumentCase) -> tuple[list[Line], list[Line]]:
    head = [line(say.case.format(when=sentence_part(case.when)), strong=True)] if case.when else []
    return head, papers(say, case)


def papers(say: Sentences, case: DocumentCase) -> list[Line]:
    """The papers of one case, each with a box to tick, its form, kind of copy and count."""
    return [line(f"☐ {_document(say, document)}") for document in case.items]


def _document(say: Sentences, document: Document) -> str:
    form = document.form or ""
    details = [
        "" if form in document.name else form if form.startswith("Mẫu") else say.form.format(form=form),
        document.copy_kind or "",
        say.copies.format(count=document.count) if document.count and document.copy_kind != "xuất trình" else "",
    ]
    told = ", ".join(d for d in details if d)
    return document.name + (f" ({told})" if told else "") + (f". {document.note}" if document.note else "")


def _form_section(speaker: Speaker, entry: Procedure) -> Section | None:
    documents, say = entry.documents, speaker.say
    if documents is None:
        return None
    forms = dict.fromkeys(_document(say, d) for case in documents.cases for d in case.items if d.form)
    head = say.forms_line if forms else say.no_forms
    lines = [line(head.format(name=speaker.name(entry)), strong=True), *folding([line(f"• {f}") for f in forms])]
    return Section(tuple(lines), (entry.source_of(documents),))


def _place_section(speaker: Speaker, entry: Procedure) -> Section | None:
    place, say = entry.place, speaker.say
    if place is None:
        return None
    lines = [line(say.place_line.format(name=speaker.name(entry)), strong=True), line(place.text)]
    offices = [speaker.knowledge.offices[name] for name in place.offices]
    lines += own_offices(speaker, offices)
    lines += [told for office in offices for told in office_line(speaker, office)]
    return doubtful(speaker, place, lines, [entry.source_of(place)])


def _online_section(speaker: Speaker, entry: Procedure) -> Section | None:
    online, say = entry.online, speaker.say
    if online is None:
        return None
    head = line(f"{speaker.name(entry)}: {say.online_levels[online.level]}.", strong=True)
    lines = [head, line(online.text), line(card_words(say).code.format(code=entry.code))]
    return doubtful(speaker, online, lines, [entry.source_of(online)])


def _proxy_section(speaker: Speaker, entry: Procedure) -> Section | None:
    proxy, say = entry.proxy, speaker.say
    if proxy is None:
        return None
    lines = [line(f"{speaker.name(entry)}: {say.permissions[proxy.allowed]}.", strong=True), line(proxy.text)]
    return doubtful(speaker, proxy, lines, [entry.source_of(proxy)])


def _deadline_section(speaker: Speaker, entry: Procedure) -> Section | None:
    deadline, say = entry.deadline, speaker.say
    if deadline is None:
        return None
    lines = [line(f"{speaker.name(entry)}: {lowered(deadline.text)}", strong=True)]
    if deadline.late:
        lines.append(line(say.late.format(text=lowered(deadline.late))))
    return doubtful(speaker, deadline, lines, [entry.source_of(deadline)])


def _steps_section(speaker: Speaker, entry: Procedure) -> Section | None:
    steps, say = entry.steps, speaker.say
    if steps is None:
        return None
    lines = [line(say.steps_line.format(name=speaker.name(entry)), strong=True)]
    lines += folding([line(f"{number}. {step}") for number, step in enumerate(steps.items, 1)])
    return doubtful(speaker, steps, lines, [entry.source_of(steps)])


def _basis_section(speaker: Speaker, entry: Procedure) -> Section | None:
    basis, say = entry.legal_basis, speaker.say
    if basis is None:
        return None
    titles = [(number, speaker.knowledge.laws[number].title) for number in basis.documents]
    rows = [line(f"• {law_name(number)}" + (f": {title}" if title else "")) for number, title in titles]
    lines = [line(say.basis_line.format(name=speaker.name(entry)), strong=True), *folding(rows)]
    return doubtful(speaker, basis, lines, [entry.source_of(basis)])


def _stated(key: str, head: Callable[[Sentences], str]) -> Callable[[Speaker, Procedure], Section | None]:
    def told(speaker: Speaker, entry: Procedure) -> Section | None:
        fact: Statement | None = getattr(entry, key)
        if fact is None:
            return None
        lines = [line(head(speaker.say).format(name=speaker.name(entry)), strong=True), line(fact.text)]
        return doubtful(speaker, fact, lines, [entry.source_of(fact)])

    return told


FIELDS = {Facet.TIME: "time_limit"}
SECTIONS: dict[Facet, Callable[[Speaker, Procedure], Section | None]] = {
    Facet.DOCUMENTS: _documents_section,
    Facet.FEE: fee_section,
    Facet.TIME: _time_section,
    Facet.PLACE: _place_section,
    Facet.ONLINE: _online_section,
    Facet.STEPS: _steps_section,
    Facet.FORM: _form_section,
    Facet.WHO: _stated("who", lambda say: say.who_line),
    Facet.PROXY: _proxy_section,
    Facet.DEADLINE: _deadline_section,
    Facet.RESULT: _stated("result", lambda say: say.result_line),
    Facet.VALIDITY: _stated("validity", lambda say: say.validity_line),
    Facet.LEGAL_BASIS: _basis_section,
}
