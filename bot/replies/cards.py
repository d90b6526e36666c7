"""The buttons under an answer: the other facets, what can be copied, opened, sent on, and told to the office."""

from collections.abc import Iterable

from bot.phrases.cards import card_words
from bot.procedures import DocumentCase, Facet, Procedure
from bot.replies.blocks import Button, Checklist, Copy, Judge, NewSubject, Open, Report, Show
from bot.replies.sections import has_section
from bot.replies.telling import Speaker, sentence_part

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
LABEL = 60  # characters of a name on a button
COPIED = 256  # characters that a button can copy
OFFERED = 3  # lists that stand on the card itself; of more cases the right one is asked for first
WHICH = 99  # the case of a Checklist that is still to be chosen

Row = tuple[Button, ...]


def card(
    speaker: Speaker, entry: Procedure, asked: tuple[Facet, ...], question: str | None = None, following: bool = False
) -> tuple[Row, ...]:
    """All rows under a procedure; `question` is the logged question it answers, `following` that it named none."""
    say, words = speaker.say, card_words(speaker.say)
    rest = [f for f in BUTTONS if f not in asked and has_section(entry, f)]
    short = [Button(say.facets[f], Show(entry.id, (f,))) for f in rest]
    short.append(Button(say.official_page, Open(entry.portal_url)))
    if following:
        short.append(Button(words.new_subject, NewSubject()))
    rows = [(button,) for button in (*_own(speaker, entry, asked), *_lists(speaker, entry, asked))]
    return (*in_rows(short), *rows, *judged(speaker, question), *reported(speaker, entry.id))


def in_rows(buttons: list[Button]) -> tuple[Row, ...]:
    """Short buttons side by side."""
    return tuple(tuple(buttons[i : i + ROW]) for i in range(0, len(buttons), ROW))


def judged(speaker: Speaker, question: str | None) -> tuple[Row, ...]:
    """The row that asks what a person thinks of the answer to a logged question, where feedback is taken."""
    words = card_words(speaker.say)
    if question is None or not speaker.feedback:
        return ()
    return ((Button(words.useful, Judge(question, True)), Button(words.not_right, Judge(question, False))),)


def reported(speaker: Speaker, name: str) -> tuple[Row, ...]:
    """The row that says that what is told of an entry is wrong or old, where feedback is taken."""
    return ((Button(card_words(speaker.say).report, Report(name)),),) if speaker.feedback else ()


def copy_button(label: str, text: str) -> Button:
    """Copies a text that is short enough for it."""
    return Button(shortened(label), Copy(text))


def shortened(label: str) -> str:
    """A label as long as there is room for, cut between words."""
    return label if len(label) <= LABEL else label[:LABEL].rpartition(" ")[0].rstrip(" ,;(") + "…"


def cases_of(entry: Procedure) -> dict[int, DocumentCase]:
    """The cases that a list can be sent for: each special one, and all that is for everybody as one."""
    cases = entry.documents.cases if entry.documents else ()
    general = next((n for n, case in enumerate(cases) if not case.when), None)
    return {n: case for n, case in enumerate(cases) if case.when or n == general}


def list_buttons(speaker: Speaker, entry: Procedure) -> list[Button]:
    """A button for the list of each case."""
    words, cases = card_words(speaker.say), cases_of(entry)
    if len(cases) == 1:
        return [Button(words.send_list, Checklist(entry.id, next(iter(cases))))]
    named = [(n, words.send_list_of.format(case=case_name(speaker, case))) for n, case in cases.items()]
    return [Button(shortened(name), Checklist(entry.id, n)) for n, name in named]


def case_name(speaker: Speaker, case: DocumentCase) -> str:
    """What a case is called on a button."""
    return sentence_part(case.when) if case.when else card_words(speaker.say).general_case


def _lists(speaker: Speaker, entry: Procedure, asked: tuple[Facet, ...]) -> list[Button]:
    if entry.documents is None or (asked and Facet.DOCUMENTS not in asked):
        return []
    buttons = list_buttons(speaker, entry)
    if len(buttons) == 1 or (asked and len(buttons) <= OFFERED):
        return buttons
    return [Button(card_words(speaker.say).send_list, Checklist(entry.id, WHICH))]


def _own(speaker: Speaker, entry: Procedure, asked: tuple[Facet, ...]) -> Iterable[Button]:
    """What the told facets have to copy or to open."""
    words = card_words(speaker.say)
    if Facet.PLACE in asked and entry.place:
        addresses = (speaker.knowledge.offices[name].address for name in entry.place.offices)
        yield from (copy_button(words.copy.format(text=a), a) for a in addresses if a and len(a) <= COPIED)
    if Facet.ONLINE in asked and entry.online:
        if entry.online.url and entry.online.url != entry.portal_url:
            yield Button(words.open_online, Open(entry.online.url))
        yield copy_button(words.copy_code.format(code=entry.code), entry.code)
