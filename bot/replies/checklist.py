"""The papers of one case as one plain message: made to be forwarded to who goes to the office, or to be printed."""

from bot.phrases.cards import card_words
from bot.procedures import Facet, Procedure
from bot.replies.blocks import Button, Checklist, Line, Reply, line
from bot.replies.cards import WHICH, case_name, cases_of, shortened
from bot.replies.fees import fee_words
from bot.replies.sections import papers, sources_of
from bot.replies.silence import Voice
from bot.replies.telling import Speaker, date, doubts, lowered, sentence_part, source_words, where

READABLE = 35  # characters of a button that a small phone shows


def checklist(speaker: Speaker, entry: Procedure, case: int, voice: Voice, bot: str | None = None) -> Reply | None:
    """The list of a case, or the question which one; None where the case is no longer known. `bot` is its user name."""
    cases, words = cases_of(entry), card_words(speaker.say)
    if case == WHICH and cases:
        return _which(speaker, entry)
    if case not in cases:
        return None
    title = line(words.list_title.format(name=speaker.name(entry)), strong=True)
    by = words.list_by_bot if bot else words.list_by
    signed = line(by.format(office=voice.office, bot=bot, date=date(speaker.today)))
    parts = [_papers(speaker, entry, case), _to_know(speaker, entry), _sources(speaker, entry)]
    told = [row for part in parts if part for row in (*part, ())]
    return Reply((title, *told, signed), apart=True)


def _which(speaker: Speaker, entry: Procedure) -> Reply:
    """Which case is asked for; names that a button of a small phone cuts are read above."""
    asked = line(card_words(speaker.say).which_case.format(name=speaker.name(entry)), strong=True)
    cases = {n: case_name(speaker, case) for n, case in cases_of(entry).items()}
    long = [line(f"• {name}") for name in cases.values() if len(name) > READABLE]
    buttons = [(Button(shortened(name), Checklist(entry.id, n)),) for n, name in cases.items()]
    return Reply((asked, *long), tuple(buttons), apart=True)


def _papers(speaker: Speaker, entry: Procedure, chosen: int) -> list[Line]:
    """The papers for everybody, then those of the case; a list for everybody says which cases need more."""
    say, documents = speaker.say, entry.documents
    if documents is None:
        return []
    cases = documents.cases
    own = [case for n, case in enumerate(cases) if n == chosen and case.when]
    head = [line(say.case.format(when=sentence_part(case.when or ""))) for case in own]
    told = [*head, *(row for case in cases if not case.when for row in papers(say, case))]
    told += [row for case in own for row in papers(say, case)]
    more = [] if own else [lowered(sentence_part(case.when)) for case in cases if case.when]
    return [*told, line(card_words(say).more_cases.format(cases="; ".join(more)))] if more else told


def _to_know(speaker: Speaker, entry: Procedure) -> list[Line]:
    """What it costs, where it is handed in, and when that is open where this is known."""
    say, words = speaker.say, card_words(speaker.say)
    fees = fee_words(speaker, entry)
    told = [line(f"{say.facets[Facet.FEE]}:"), *(line(f"• {fee}.") for fee in fees)] if fees else []
    if entry.place is None:
        return told
    told.append(line(say.overview_place.format(text=where(entry.place.text))))
    offices = [speaker.knowledge.offices[name] for name in entry.place.offices]
    for office in offices:
        told += [line(f"{office.name}. {say.address.format(address=office.address)}")] if office.address else []
        told += [line(f"{office.name}. {words.list_hours.format(hours=office.hours)}")] if office.hours else []
    return told


def _sources(speaker: Speaker, entry: Procedure) -> list[Line]:
    """What is doubtful, and where it was read, in words that survive paper."""
    facts = [fact for fact in (entry.documents, entry.fee, entry.place) if fact]
    told = {id(fact): sources_of(speaker, entry, fact) for fact in facts}
    unsure = dict.fromkeys(words for fact in facts for words in doubts(speaker, fact, told[id(fact)]))
    sources = [source for fact in facts for source in told[id(fact)]]
    page = card_words(speaker.say).list_page.format(url=entry.portal_url)
    return [*map(line, unsure), line(source_words(speaker, sources)), line(page)]
