"""A line of the catalogue told honestly: official name, agency, code and page, and that no more is known."""

from collections.abc import Iterable

from bot.catalogue import Catalogue, Listed
from bot.phrases import ENGLISH, Sentences
from bot.phrases.cards import card_words
from bot.phrases.catalogue import ENGLISH_CATALOGUE, VIETNAMESE_CATALOGUE, CatalogueSentences
from bot.procedures import Facet
from bot.replies.blocks import Button, Line, Open, Reply, Span, line
from bot.replies.cards import copy_button, judged
from bot.replies.telling import Speaker, date, sentence_part

OPENINGS = ("thủ tục ", "thủ tục: ")  # said by every other title and worth nothing on a button


def catalogued(
    speaker: Speaker, catalogue: Catalogue, name: str, facets: tuple[Facet, ...], question: str | None = None
) -> Reply:
    """One line of the catalogue; asked facets are named as not known. Its buttons lead to the official page."""
    entry, say = catalogue.by_id[name], speaker.say
    words = _words(say)
    told = [line(entry.name, strong=True)]
    if facets:
        told.append(line(words.asked.format(facets=", ".join(say.facets[f].lower() for f in facets))))
    else:
        told.append(line(words.thin))
    if entry.agency:
        told.append(line(words.agency.format(agency=sentence_part(entry.agency))))
    if entry.issuer and (entry.is_provincial or not entry.agency):
        told.append(line(words.issuer.format(issuer=sentence_part(entry.issuer))))
    about = [words.field.format(field=sentence_part(entry.field))] if entry.field else []
    told.append(line(" ".join([words.code.format(code=entry.code), *about])))
    page = Button(say.official_page, Open(entry.portal_url))
    row = (page, copy_button(card_words(say).copy_code.format(code=entry.code), entry.code))
    return Reply((*told, _source_line(say, catalogue, entry)), (row, *judged(speaker, question)))


def full_titles(say: Sentences, entries: Iterable[Listed]) -> list[Line]:
    """Full titles with who handles them, to be read above buttons that have room for their beginning only."""
    words = _words(say)
    return [line(words.option.format(code=e.code, name=e.name, agency=e.agency or e.issuer or e.code)) for e in entries]


def button_label(entry: Listed, room: int) -> str:
    """What a button can say of a title: its code, and as much of the name as there is room for."""
    name = entry.name
    for opening in OPENINGS:
        if name.lower().startswith(opening):
            name = name[len(opening) :]
    whole = f"{entry.code} {name[:1].upper()}{name[1:]}"
    return whole if len(whole) <= room else whole[:room].rpartition(" ")[0].rstrip(" ,;(") + "…"


def _source_line(say: Sentences, catalogue: Catalogue, entry: Listed) -> Line:
    words = _words(say)
    parts = [words.source]
    if catalogue.imported_on:
        parts.append(words.imported.format(date=date(catalogue.imported_on)))
    return (Span(" · ".join(parts) + " · "), Span(say.official_page, url=entry.portal_url))


def _words(say: Sentences) -> CatalogueSentences:
    return ENGLISH_CATALOGUE if say is ENGLISH else VIETNAMESE_CATALOGUE
