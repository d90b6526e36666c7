"""Near twins of a procedure, and which of them a message goes over to: "thế còn cấp lại thì sao"."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.matching import Matcher
from bot.text import folded_words
from bot.turns.message import Message

UNOPENED_FROM = 6.0  # nats by which a message's words must be likelier from a near twin
SWITCH_FROM = 4.0  # the same where it opens as one that goes on, from one whose name shares no word
SUPPOSED_FROM = 3.0  # the same in a condition: "nếu mất thì sao"
OPENED_FROM = 1.5  # the same where it begins or ends as one that goes on: "thế còn … thì sao"
CORRECTED_FROM = 0.75  # and where it takes something back: "không, … cơ"
LABEL = 1.5  # nats for a word that only the twin's label has
OLDEST = 200
AGE = re.compile(r"\b(\d{1,3}) tuoi\b")
BOUND = re.compile(
    r"\b(duoi|tren|tu du|tu|du) (\d{1,3})\b(?! (?:nam|thang|ngay|gio|trieu|nghin|ti|dong|met|m2|phan)\b)"
)


@dataclass(frozen=True)
class Ages:
    """Years of age from `least` up to `most`."""

    least: int = 0
    most: int = OLDEST

    def meets(self, other: "Ages") -> bool:
        """Whether some age is in both."""
        return self.least <= other.most and other.least <= self.most


def kin(knowledge: Knowledge, name: str) -> dict[str, str]:
    """The near twins of a procedure and itself, each with its labels in the deciding questions that they share."""
    found: dict[str, str] = {name: ""}
    for twins in knowledge.twins:
        if any(option.procedure == name for option in twins.options):
            for option in twins.options:
                found[option.procedure] = f"{found.get(option.procedure, '')} {option.label}".strip()
    return found


def ages_of(text: str) -> Ages | None:
    """The ages that a text speaks of: "bé 7 tuổi" is 7 to 7, "trẻ dưới 14 tuổi" 0 to 13; None if it speaks of none."""
    spoken = " ".join(folded_words(text))
    bound = BOUND.search(spoken)
    if bound:
        years = int(bound[2])
        return Ages(most=years - 1) if bound[1] == "duoi" else Ages(least=years)
    age = AGE.search(spoken)
    return Ages(int(age[1]), int(age[1])) if age else None


def of_age(matcher: Matcher, family: Mapping[str, str], name: str, text: str) -> str | None:
    """The one of a family that is for the age of which a text speaks, where `name` is not: cards under and from 14."""
    asked = ages_of(text)
    if asked is None:
        return None
    bounds = {n: ages_of(matcher.name_of(n)) or ages_of(label) for n, label in family.items()}
    own = bounds.get(name)
    if own is None or own.meets(asked):
        return None
    fitting = [n for n, ages in bounds.items() if ages is not None and ages.meets(asked)]
    return fitting[0] if len(fitting) == 1 else None


def leads(matcher: Matcher, family: Mapping[str, str], name: str, message: Message) -> dict[str, float]:
    """By how many nats a message speaks for each of a family rather than for `name`.

    Words of a label count only where `name` has none of them in its own, unless it is denied.
    """
    words, denied = message.telling, message.ranking.reading.denied
    said, own = {w.folded for w in words}, _telling(matcher, name, family.get(name, ""), message)
    found: dict[str, float] = {}
    for other in sorted(family.keys() - {name}):
        label = set(folded_words(family[other])) - message.ranking.weak - (set() if own & denied else own)
        found[other] = matcher.lead(words, denied, other, name) + LABEL * len(label & said)
    return found


def switched(matcher: Matcher, family: Mapping[str, str], name: str, message: Message) -> str | None:
    """The near twin of `name` that a message goes over to; None if it speaks of `name` itself."""
    aged = of_age(matcher, family, name, message.text)
    if aged or not message.telling:
        return aged
    own = _telling(matcher, name, "", message)
    found = leads(matcher, family, name, message)
    akin = {n: len(own & _telling(matcher, n, "", message)) for n in found}
    enough = {n: _enough(message, akin[n] > 0) for n in found}
    fitting = [n for n in found if found[n] >= enough[n]]
    return max(fitting, key=lambda n: found[n] - enough[n] + akin[n], default=None)


def _enough(message: Message, akin: bool) -> float:
    """The lead that a near twin must have; one whose name shares no word may only be what a condition speaks of."""
    if not message.opens:
        return UNOPENED_FROM
    if not akin:
        return math.inf if message.supposes else SWITCH_FROM
    if message.supposes:
        return SUPPOSED_FROM
    return CORRECTED_FROM if message.corrects else OPENED_FROM


def _telling(matcher: Matcher, name: str, label: str, message: Message) -> set[str]:
    return {*folded_words(matcher.name_of(name)), *folded_words(label)}.difference(message.ranking.weak)
