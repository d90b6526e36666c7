"""What a button does, in at most 64 bytes and with nothing stored: it works after a restart and after months.

A letter says the kind, its parts follow between colons: `s:<procedure>:<facets>` shows a procedure. Facets and reasons
are single letters. Whatever comes back is untrusted: a strict pattern for each kind, then look-ups.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from bot.procedures import Facet
from bot.replies import (
    Action,
    Agree,
    AskStaff,
    Browse,
    By,
    Checklist,
    Erase,
    Judge,
    MyPlace,
    NewSubject,
    NoneOfThese,
    Report,
    Show,
    ShowPlace,
    Speak,
    StillWrong,
    Thank,
    Watch,
    Why,
)

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
WHY_LETTERS = {Why.WRONG: "w", Why.OLD: "o", Why.MISSING: "m", Why.UNCLEAR: "u", Why.OTHER_QUESTION: "q"}
WHYS = {letter: why for why, letter in WHY_LETTERS.items()}
BY_LETTERS = {By.FIELD: "f", By.EVENT: "e"}
BYS = {letter: by for by, letter in BY_LETTERS.items()}
MOST_BYTES = 64
MOST_FACETS = 6  # of those asked, what a button can carry beside the longest id

NAME, REFERENCE, PLACE = r"[a-z0-9-]{1,40}", r"[0-9a-f]{12}", r"[a-z0-9'.:-]{1,60}"
ASKED = f"[{''.join(FACETS)}]{{0,{MOST_FACETS}}}"
REASON = f"[{''.join(WHYS)}]?"


class Kind(NamedTuple):
    """One kind of button: what its parts look like, and the action that they say."""

    pattern: re.Pattern[str]
    action: Callable[..., Action]


KINDS = {
    "s": Kind(re.compile(f"({NAME}):({ASKED})"), lambda name, asked: Show(name, _facets(asked))),
    "p": Kind(
        re.compile(f"({NAME}):({ASKED}):({REFERENCE})"), lambda name, asked, told: Show(name, _facets(asked), told)
    ),
    "n": Kind(re.compile(f"({REFERENCE})"), NoneOfThese),
    "u": Kind(re.compile(f"({PLACE})"), ShowPlace),
    "c": Kind(re.compile(f"({NAME}):([0-9]{{1,2}})"), lambda name, case: Checklist(name, int(case))),
    "b": Kind(
        re.compile(f"([{''.join(BYS)}]):([a-z0-9-]{{0,40}}):([0-9]{{1,3}})"),
        lambda by, name, page: Browse(BYS[by], name, int(page)),
    ),
    "j": Kind(
        re.compile(f"({REFERENCE}):([01]):({REASON})"), lambda told, good, why: Judge(told, good == "1", WHYS.get(why))
    ),
    "r": Kind(re.compile(f"({NAME}):({REASON})"), lambda name, why: Report(name, WHYS.get(why))),
    "a": Kind(re.compile(f"({REFERENCE})"), AskStaff),
    "w": Kind(re.compile(f"({REFERENCE}|):({NAME}|)"), Watch),
    "k": Kind(re.compile(""), Thank),
    "v": Kind(re.compile(f"({REFERENCE})"), StillWrong),
    "x": Kind(re.compile(""), NewSubject),
    "l": Kind(re.compile("(vi|en)"), Speak),
    "m": Kind(re.compile(f"({PLACE}|)"), MyPlace),
    "g": Kind(re.compile("([01])"), lambda yes: Agree(yes == "1")),
    "e": Kind(re.compile("([01])"), lambda sure: Erase(sure == "1")),
}


DATA: dict[type[Action], Callable[[Any], str]] = {
    NoneOfThese: lambda a: f"n:{a.question}",
    ShowPlace: lambda a: f"u:{a.place}",
    Show: lambda a: (
        f"p:{a.procedure}:{_letters(a.facets)}:{a.question}" if a.question else f"s:{a.procedure}:{_letters(a.facets)}"
    ),
    Checklist: lambda a: f"c:{a.procedure}:{a.case}",
    Browse: lambda a: f"b:{BY_LETTERS[a.by]}:{a.name}:{a.page}",
    Judge: lambda a: f"j:{a.question}:{int(a.good)}:{WHY_LETTERS.get(a.why, '')}",
    Report: lambda a: f"r:{a.procedure}:{WHY_LETTERS.get(a.why, '')}",
    AskStaff: lambda a: f"a:{a.question}",
    Watch: lambda a: f"w:{a.question}:{a.procedure}",
    Thank: lambda _: "k:",
    StillWrong: lambda a: f"v:{a.question}",
    NewSubject: lambda _: "x:",
    Speak: lambda a: f"l:{a.language}",
    MyPlace: lambda a: f"m:{a.place}",
    Agree: lambda a: f"g:{int(a.yes)}",
    Erase: lambda a: f"e:{int(a.sure)}",
}


def encode(action: Action) -> str:
    """Callback data for an action; buttons that copy or open work without the bot and have none."""
    return DATA[type(action)](action)


def decode(data: str) -> Action | None:
    """The action of callback data; None if it is not of ours."""
    letter, _, rest = data.partition(":")
    kind = KINDS.get(letter)
    match = kind.pattern.fullmatch(rest) if kind else None
    return kind.action(*match.groups()) if kind and match else None


def _letters(facets: tuple[Facet, ...]) -> str:
    return "".join(LETTERS[f] for f in facets[:MOST_FACETS])


def _facets(letters: str) -> tuple[Facet, ...]:
    return tuple(FACETS[letter] for letter in letters)
