"""Each facet of a procedure told in lines: the thing asked first, then its cases, then what is doubtful."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.phrases import Sentences
from bot.procedures import (
    Channel,
    Confidence,
    Document,
    DocumentCase,
    Facet,
    Fact,
    Fee,
    Fees,
    Procedure,
    Source,
    Statement,
    TimeLimit,
    TimeLimits,
)
from bot.replies.blocks import Line, line

NAMES = ("Ủy ban", "Trung tâm", "Công an", "Phòng", "Văn phòng", "Cổng", "Tòa án", "Sở", "Cục")
SHORT_LIST, SHORT_SENTENCE = 3, 160  # so many amounts or limits, in so many characters, fit into the first sentence


@dataclass(frozen=True)
class Speaker:
    """What a section needs to speak: the sentences, the base, and the day (facts have their time)."""

    say: Sentences
    knowledge: Knowledge
    today: datetime.date


@dataclass(frozen=True)
class Section:
    """Lines of one facet and the sources they rest on."""

    lines: tuple[Line, ...]
    sources: tuple[Source, ...] = ()


def section(speaker: Speaker, entry: Procedure, facet: Facet) -> Section:
    """The section of one facet; where no fact is known, it says so and where to ask."""
    told = SECTIONS[facet](speaker, entry)
    if told is not None:
        return told
    say = speaker.say
    return Section(
        (line(say.missing.format(name=entry.name, facet=say.facets[facet].lower(), authority=entry.authority)),)
    )


def has_section(entry: Procedure, facet: Facet) -> bool:
    """Whether anything is known of a facet."""
    if facet is Facet.FORM:
        return entry.documents is not None
    return getattr(entry, FIELDS.get(facet, facet.value)) is not None


def date(day: datetime.date) -> str:
    """A day as Vietnamese papers write it: 18/07/2026."""
    return f"{day:%d/%m/%Y}"


def law_name(number: str) -> str:
    """The number with its kind, where its sign tells it: "Thông tư 75/2022/TT-BTC"."""
    return next((f"{kind} {number}" for sign, kind in LAW_KINDS.items() if sign in number), number)


def sentence_part(text: str) -> str:
    """A text to stand before a full stop."""
    return text.rstrip(". ")


def fees_shown(speaker: Speaker, entry: Procedure) -> list[Fee]:
    """The fees that may be told today: none of low confidence, none past its last day."""
    fees = entry.fee
    if fees is None:
        return []
    sources = [entry.source_of(fee, fees) for fee in fees.items]
    told = zip(fees.items, sources, strict=True)
    return [f for f, source in told if source.confidence is not Confidence.LOW and not _expired(speaker, source)]


def fee_words(speaker: Speaker, entry: Procedure) -> list[str]:
    """The amounts that may be told today, one each, without a full stop."""
    return [_fee(speaker, entry, fee) for fee in fees_shown(speaker, entry)]


def time_words(speaker: Speaker, limits: TimeLimits) -> list[str]:
    """The time limits, one each, without a full stop."""
    return [_time(speaker, limit) for limit in limits.items]


def _fee_section(speaker: Speaker, entry: Procedure) -> Section | None:
    fees, say = entry.fee, speaker.say
    if fees is None:
        return None
    cases = say.fee_cases.replace("{amounts}", _range(speaker, entry))
    lines: list[Line] = _listed(fee_words(speaker, entry), entry.name, say.fee_line, cases, say.no_fee)
    lines += [line(words) for words in _fee_warnings(speaker, entry, fees)]
    if fees.exempt:
        lines.append(line(say.exempt.format(text=fees.exempt)))
    return _doubtful(speaker, entry, fees, lines, sources_of(speaker, entry, fees))


def sources_of(speaker: Speaker, entry: Procedure, fact: Fact) -> list[Source]:
    """The sources of what is told of a group: of its shown amounts or limits where they have their own."""
    if isinstance(fact, Fees):
        return [entry.source_of(fee, fact) for fee in fees_shown(speaker, entry)] or [entry.source_of(fact)]
    if isinstance(fact, TimeLimits):
        return [entry.source_of(limit, fact) for limit in fact.items]
    return [entry.source_of(fact)]


def _expired(speaker: Speaker, source: Source) -> bool:
    return source.effective_until is not None and source.effective_until < speaker.today


def _listed(words: list[str], name: str, single: str, cases: str, none: str) -> list[Line]:
    """One sentence if all fits into it, else a heading that already says what can be said, and a list."""
    if not words:
        return [line(none.format(name=name), strong=True)]
    joined = "; ".join(map(lowered, words))
    if len(words) <= SHORT_LIST and len(joined) < SHORT_SENTENCE:
        return [line(single.format(name=name, all=joined), strong=True)]
    return [line(cases.format(name=name), strong=True), *(line(f"• {w}.") for w in words)]


def _range(speaker: Speaker, entry: Procedure) -> str:
    """From the least to the most that is charged today."""
    sources = [(fee, entry.source_of(fee, entry.fee)) for fee in fees_shown(speaker, entry)]
    today = [fee for fee, source in sources if not (source.effective_from and source.effective_from > speaker.today)]
    amounts = sorted({fee.amount for fee in today or [fee for fee, _ in sources]})
    if len(amounts) < 2:
        return "".join(map(_dong, amounts))
    return speaker.say.amounts.format(low=_dong(amounts[0]), high=_dong(amounts[-1]))


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đồng"


def _fee_warnings(speaker: Speaker, entry: Procedure, fees: Fees) -> Iterable[str]:
    say = speaker.say
    sources = [(fee, entry.source_of(fee, fees)) for fee in fees.items]
    for fee, source in sources:
        if _expired(speaker, source) and source.confidence is not Confidence.LOW and source.effective_until:
            yield say.fee_expired.format(amount=_money(fee), date=date(source.effective_until))
    if any(source.confidence is Confidence.LOW for _, source in sources):
        yield say.fee_unsure
    if fees.unknown:
        yield fees.unknown


def _fee(speaker: Speaker, entry: Procedure, fee: Fee) -> str:
    say, source = speaker.say, entry.source_of(fee, entry.fee)
    parts = [f"{fee.name} {_money(fee)}", _by(say, fee.channels)]
    if fee.when:
        parts.append(f"({lowered(fee.when)})")
    if source.effective_from and source.effective_from > speaker.today:
        parts.append(say.fee_later.format(date=date(source.effective_from)))
    if source.effective_until:
        parts.append(say.fee_until.format(date=date(source.effective_until)))
    if fee.note:
        parts.append(f"({lowered(sentence_part(fee.note))})")
    return " ".join(p for p in parts if p)


def _money(fee: Fee) -> str:
    return f"{_dong(fee.amount)}/{fee.per}" if fee.per else _dong(fee.amount)


def _by(say: Sentences, channels: tuple[Channel, ...]) -> str:
    if set(channels) == set(Channel):
        return ""
    return say.if_by.format(channels=say.or_by.join(say.channels[c] for c in channels))


def lowered(text: str) -> str:
    """The text to stand inside a sentence: its first letter small, unless it begins with a name or a short form."""
    return text if text[1:2].isupper() or text.startswith(NAMES) else text[:1].lower() + text[1:]


def _time_section(speaker: Speaker, entry: Procedure) -> Section | None:
    limits, say = entry.time_limit, speaker.say
    if limits is None:
        return None
    lines = _listed(time_words(speaker, limits), entry.name, say.time_line, say.time_cases, say.time_cases)
    if limits.note:
        lines.append(line(limits.note))
    return _doubtful(speaker, entry, limits, lines, sources_of(speaker, entry, limits))


def _time(speaker: Speaker, limit: TimeLimit) -> str:
    text = sentence_part(limit.text) if limit.text else f"{limit.quantity} {limit.unit.value}"
    parts = [lowered(text), _by(speaker.say, limit.channels), f"({lowered(limit.when)})" if limit.when else ""]
    return " ".join(p for p in parts if p)


def _documents_section(speaker: Speaker, entry: Procedure) -> Section | None:
    documents, say = entry.documents, speaker.say
    if documents is None:
        return None
    lines = [line(say.documents_line.format(name=entry.name), strong=True)]
    for case in documents.cases:
        lines += _case(say, case)
    return _doubtful(speaker, entry, documents, lines, [entry.source_of(documents)])


def _case(say: Sentences, case: DocumentCase) -> list[Line]:
    head = [line(say.case.format(when=sentence_part(case.when)) + ":", strong=True)] if case.when else []
    return [*head, *(line(f"• {_document(say, document)}") for document in case.items)]


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
    lines = [line(head.format(name=entry.name), strong=True), *(line(f"• {f}") for f in forms)]
    return Section(tuple(lines), (entry.source_of(documents),))


def _place_section(speaker: Speaker, entry: Procedure) -> Section | None:
    place, say = entry.place, speaker.say
    if place is None:
        return None
    lines = [line(say.place_line.format(name=entry.name), strong=True), line(place.text)]
    offices = [speaker.knowledge.offices[name] for name in place.offices]
    lines += [line(f"• {o.name}. {say.address.format(address=o.address)}") for o in offices if o.address]
    return _doubtful(speaker, entry, place, lines, [entry.source_of(place)])


def _online_section(speaker: Speaker, entry: Procedure) -> Section | None:
    online, say = entry.online, speaker.say
    if online is None:
        return None
    head = line(f"{entry.name}: {say.online_levels[online.level]}.", strong=True)
    lines = [head, line(online.text)]
    return _doubtful(speaker, entry, online, lines, [entry.source_of(online)])


def _proxy_section(speaker: Speaker, entry: Procedure) -> Section | None:
    proxy, say = entry.proxy, speaker.say
    if proxy is None:
        return None
    lines = [line(f"{entry.name}: {say.permissions[proxy.allowed]}.", strong=True), line(proxy.text)]
    return _doubtful(speaker, entry, proxy, lines, [entry.source_of(proxy)])


def _deadline_section(speaker: Speaker, entry: Procedure) -> Section | None:
    deadline, say = entry.deadline, speaker.say
    if deadline is None:
        return None
    lines = [line(f"{entry.name}: {lowered(deadline.text)}", strong=True)]
    if deadline.late:
        lines.append(line(say.late.format(text=lowered(deadline.late))))
    return _doubtful(speaker, entry, deadline, lines, [entry.source_of(deadline)])


def _steps_section(speaker: Speaker, entry: Procedure) -> Section | None:
    steps, say = entry.steps, speaker.say
    if steps is None:
        return None
    lines = [line(say.steps_line.format(name=entry.name), strong=True)]
    lines += [line(f"{number}. {step}") for number, step in enumerate(steps.items, 1)]
    return _doubtful(speaker, entry, steps, lines, [entry.source_of(steps)])


def _basis_section(speaker: Speaker, entry: Procedure) -> Section | None:
    basis, say = entry.legal_basis, speaker.say
    if basis is None:
        return None
    lines = [line(say.basis_line.format(name=entry.name), strong=True)]
    for number in basis.documents:
        title = speaker.knowledge.laws[number].title
        lines.append(line(f"• {law_name(number)}" + (f": {title}" if title else "")))
    return _doubtful(speaker, entry, basis, lines, [entry.source_of(basis)])


def _stated(key: str, head: Callable[[Sentences], str]) -> Callable[[Speaker, Procedure], Section | None]:
    def told(speaker: Speaker, entry: Procedure) -> Section | None:
        fact: Statement | None = getattr(entry, key)
        if fact is None:
            return None
        lines = [line(head(speaker.say).format(name=entry.name), strong=True), line(fact.text)]
        return _doubtful(speaker, entry, fact, lines, [entry.source_of(fact)])

    return told


def _doubtful(speaker: Speaker, entry: Procedure, fact: Fact, lines: list[Line], sources: Iterable[Source]) -> Section:
    told = tuple(dict.fromkeys(sources))
    lines += [line(words) for words in doubts(speaker, entry, fact, told)]
    return Section(tuple(lines), told)


def doubts(speaker: Speaker, entry: Procedure, fact: Fact, sources: Iterable[Source]) -> list[str]:
    """What must be said beside a group: that a source is past its last day, and what is doubtful."""
    past = sorted({s.effective_until for s in (*sources, entry.source_of(fact)) if s.effective_until})
    ended = [day for day in past if day < speaker.today]
    warning = [speaker.say.expired.format(date=date(ended[-1]))] if ended else []
    return [*warning, fact.doubt] if fact.doubt else warning


LAW_KINDS = {
    "/NĐ-CP": "Nghị định",
    "/TT-": "Thông tư",
    "/NQ-": "Nghị quyết",
    "/QĐ-": "Quyết định",
    "/TTLT-": "Thông tư liên tịch",
}
FIELDS = {Facet.TIME: "time_limit"}
SECTIONS: dict[Facet, Callable[[Speaker, Procedure], Section | None]] = {
    Facet.DOCUMENTS: _documents_section,
    Facet.FEE: _fee_section,
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
