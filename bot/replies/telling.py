"""What every section shares: who speaks on which day, how a list is told, what is said beside doubtful facts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.knowledge.files import Commune
from bot.phrases import ENGLISH, Sentences
from bot.phrases.english import CALLED, DETAILS
from bot.procedures import Channel, English, Fact, Guide, Procedure, Source
from bot.replies.blocks import Line, line

NAMES = ("Ủy ban", "Trung tâm", "Công an", "Phòng", "Văn phòng", "Cổng", "Tòa án", "Sở", "Cục")
SHORT_LIST, SHORT_SENTENCE = 3, 160  # so many amounts or limits, in so many characters, fit into the first sentence
LAW_KINDS = {
    "/NĐ-CP": "Nghị định",
    "/TT-": "Thông tư",
    "/NQ-": "Nghị quyết",
    "/QĐ-": "Quyết định",
    "/TTLT-": "Thông tư liên tịch",
}


@dataclass(frozen=True)
class Home:
    """The commune kept for a person, if any; `keeps` says whether one can be kept at all."""

    keeps: bool = False
    commune: Commune | None = None


NOWHERE = Home()


@dataclass(frozen=True)
class Speaker:
    """What a section needs to speak: the sentences, the base, the day (facts have their time), the person's place."""

    say: Sentences
    knowledge: Knowledge
    today: datetime.date
    home: Home = NOWHERE

    def english(self, entry: Procedure | Guide) -> English | None:
        """The entry's words in English, where that is spoken and they are known."""
        return entry.english if self.say is ENGLISH else None

    def name(self, entry: Procedure | Guide) -> str:
        """What the entry is called, in English where that is spoken and known."""
        translated = self.english(entry)
        return translated.name if translated else entry.name

    def summary(self, entry: Procedure | Guide) -> str:
        """What the entry is about, in English where that is spoken and known."""
        translated = self.english(entry)
        return translated.summary if translated else entry.summary

    def asides(self, entry: Procedure | Guide) -> list[Line]:
        """What must be said once in English: that facts are not translated, and the name by which to ask for this."""
        if self.say is not ENGLISH:
            return []
        named = isinstance(entry, Procedure) and entry.english
        return [line(f"{DETAILS} {CALLED.format(name=entry.name)}" if named else DETAILS)]


@dataclass(frozen=True)
class Section:
    """Lines of one facet and the sources they rest on."""

    lines: tuple[Line, ...]
    sources: tuple[Source, ...] = ()


def date(day: datetime.date) -> str:
    """A day as Vietnamese papers write it: 18/07/2026."""
    return f"{day:%d/%m/%Y}"


def law_name(number: str) -> str:
    """The number with its kind, where its sign tells it: "Thông tư 75/2022/TT-BTC"."""
    return next((f"{kind} {number}" for sign, kind in LAW_KINDS.items() if sign in number), number)


def sentence_part(text: str) -> str:
    """A text to stand before a full stop."""
    return text.rstrip(". ")


def lowered(text: str) -> str:
    """The text to stand inside a sentence: its first letter small, unless it begins with a name or a short form."""
    return text if text[1:2].isupper() or text.startswith(NAMES) else text[:1].lower() + text[1:]


def listed(words: list[str], name: str, single: str, cases: str, none: str) -> list[Line]:
    """One sentence if all fits into it, else a heading that already says what can be said, and a list."""
    if not words:
        return [line(none.format(name=name), strong=True)]
    joined = "; ".join(map(lowered, words))
    if len(words) <= SHORT_LIST and len(joined) < SHORT_SENTENCE:
        return [line(single.format(name=name, all=joined), strong=True)]
    return [line(cases.format(name=name), strong=True), *(line(f"• {w}.") for w in words)]


def by_channels(say: Sentences, channels: tuple[Channel, ...]) -> str:
    if set(channels) == set(Channel):
        return ""
    return say.if_by.format(channels=say.or_by.join(say.channels[c] for c in channels))


def expired(speaker: Speaker, source: Source) -> bool:
    return source.effective_until is not None and source.effective_until < speaker.today


def doubtful(speaker: Speaker, fact: Fact, lines: list[Line], sources: Iterable[Source]) -> Section:
    told = tuple(dict.fromkeys(sources))
    lines += [line(words) for words in doubts(speaker, fact, told)]
    return Section(tuple(lines), told)


def doubts(speaker: Speaker, fact: Fact, sources: Iterable[Source]) -> list[str]:
    """What must be said beside a group: that a source is past its last day, and what is doubtful."""
    past = sorted({s.effective_until for s in sources if s.effective_until})
    ended = [day for day in past if day < speaker.today]
    warning = [speaker.say.expired.format(date=date(ended[-1]))] if ended else []
    return [*warning, fact.doubt] if fact.doubt else warning
