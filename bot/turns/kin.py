"""Near twins of a procedure, and which of them a message goes over to: "thế còn cấp lại thì sao"."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.knowledge import Knowledge
from bot.matching import Matcher, Reading
from bot.text import WORD, folded_words
from bot.turns.message import Message

THING = 0.5  # words in so many of the names, against the most, are what they are all about
LABEL = 1.5  # nats for a word that only the twin's label has
OLDEST = 200
BRACKETS = re.compile(r"\(.*?\)")  # of a name: "Cấp lại thẻ căn cước (bị mất, bị hỏng)"
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


def retold(matcher: Matcher, family: Collection[str], name: str, reading: Reading) -> dict[str, float]:
    """Probabilities of a family where a message is said of what they are all about; empty where that is nothing.

    "còn tạm ngừng?" after "Chấm dứt hoạt động hộ kinh doanh" is read as "hộ kinh doanh. còn tạm ngừng?".
    """
    thing = matcher.reader.read(_shared(matcher, family, name))
    if not thing.all_words:
        return {}
    words, heard = (*thing.words, *reading.words), (*thing.all_words, *reading.all_words)
    denied = reading.denied.difference(word.folded for word in heard[: len(thing.all_words)])
    return matcher.among(family, replace(reading, words=words, all_words=heard, denied=denied))


def _shared(matcher: Matcher, family: Collection[str], name: str) -> str:
    """The words of a name that are in most of its near twins' names: what they are all about."""
    names = (set(folded_words(matcher.name_of(other))) for other in family if other != name)
    held = Counter(word for words in names for word in words)
    words = [(word, held[folded]) for word in WORD.findall(matcher.name_of(name)) for folded in folded_words(word)]
    most = max((times for _, times in words), default=0)
    return " ".join(word for word, times in words if times > most * THING)


def _telling(matcher: Matcher, name: str, label: str, message: Message) -> set[str]:
    return {*folded_words(matcher.name_of(name)), *folded_words(label)}.difference(message.ranking.weak)
