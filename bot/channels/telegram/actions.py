"""What a button does, in at most 64 bytes and with nothing stored: it works after a restart and after months.

`s:<procedure>:<facets>` shows; `p:<procedure>:<facets>:<question>` shows what was chosen; `n:<question>` is none of
these; `u:<place>` shows a commune. Facets are single letters. Whatever comes back is untrusted: a strict pattern, then
look-ups.
"""

import re

from bot.procedures import Facet
from bot.replies import Action, NoneOfThese, Show, ShowPlace

LETTERS = {
    Facet.DOCUMENTS: "d",
    Facet.FEE: "f",
    Facet.TIME: "t",
    Facet.PLACE: "p",
    Facet.ONLINE: "o",
    Facet.STEPS: "s",
    Facet.FORM: "m",
    Facet.WHO: "w",
    Facet.PROXY: "x",
    Facet.DEADLINE: "h",
    Facet.RESULT: "r",
    Facet.VALIDITY: "v",
    Facet.LEGAL_BASIS: "l",
}
FACETS = {letter: facet for facet, letter in LETTERS.items()}
MOST_BYTES = 64
MOST_FACETS = 6  # of those asked, what a button can carry beside the longest id
PATTERN = re.compile(
    r"(?:s:([a-z0-9-]{1,40}):([a-z]{0,6})|p:([a-z0-9-]{1,40}):([a-z]{0,6}):([0-9a-f]{12})|n:([0-9a-f]{12})"
    r"|u:([a-z0-9'.:-]{1,60}))"
)


def encode(action: Action) -> str:
    """Callback data for an action."""
    match action:
        case NoneOfThese(question=question):
            return f"n:{question}"
        case ShowPlace(place=place):
            return f"u:{place}"
        case Show(procedure=procedure, facets=facets, question=None):
            return f"s:{procedure}:{_letters(facets)}"
        case Show(procedure=procedure, facets=facets, question=question):
            return f"p:{procedure}:{_letters(facets)}:{question}"


def decode(data: str) -> Action | None:
    """The action of callback data; None if it is not of ours."""
    match = PATTERN.fullmatch(data)
    if match is None:
        return None
    shown, letters, picked, picked_letters, question, none, place = match.groups()
    if none:
        return NoneOfThese(none)
    if place:
        return ShowPlace(place)
    asked = letters or picked_letters or ""
    if not set(asked) <= FACETS.keys():
        return None
    return Show(shown or picked, tuple(FACETS[letter] for letter in asked), question)


def _letters(facets: tuple[Facet, ...]) -> str:
    return "".join(LETTERS[f] for f in facets[:MOST_FACETS])
