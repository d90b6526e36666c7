"""What every section shares: who speaks on which day, how a list is told, what is said beside doubtful facts."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.knowledge import Knowledge
from bot.knowledge.files import Commune
from bot.phrases import ENGLISH, Sentences
from bot.phrases.english import CALLED, DETAILS
from bot.procedures import Channel, English, Fact, Guide, Procedure, Source
from bot.replies.blocks import Line, Span, line

NAMES = ("Ủy ban", "Trung tâm", "Công an", "Phòng", "Văn phòng", "Cổng", "Tòa án", "Sở", "Cục")
SHORT_LIST, SHORT_SENTENCE = 3, 160  # so many amounts or limits, in so many characters, fit into the first sentence
LONG_LIST, LONG_TEXT = 8, 600  # from so many rows, or characters, a list is folded
APPLY = re.compile(r"^Nộp (?:hồ sơ )?(?:ở|tại) ")
OPEN = 3  # rows of a folded list that stay open
LITTLE = 140  # characters: a folded quote shows three lines, so that less would be none the shorter
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
    """What a section needs to speak: the sentences, the base, the office's day and time (facts have theirs), the
    person's place, and whether somebody reads what people think of answers."""

    say: Sentences
    knowledge: Knowledge
    today: datetime.date
    home: Home = NOWHERE
    now: datetime.datetime | None = None
    feedback: bool = False

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


def labelled(words: str, text: str) -> Line:
    """A line of which what stands before the text is strong: it is found at a glance."""
    head, _, tail = words.partition("{text}")
    return (Span(head, strong=True), Span(text + tail))


def source_words(speaker: Speaker, sources: Iterable[Source]) -> str:
    """Where facts were read, each source named once, and the oldest day on which one of them was checked."""
    read, origins = list(sources), speaker.knowledge.origins
    names = dict.fromkeys(law_name(s.document) if s.document else origins[s.origin].name for s in read)
    checked = speaker.say.checked.format(date=date(min(s.checked_on for s in read)))
    return f"{speaker.say.source.format(source=', '.join(names))} · {checked}"


def where(text: str) -> str:
    """A place to stand after "Nộp ở:": "Nộp ở công an xã." is "công an xã." there."""
    return lowered(APPLY.sub("", text))


def listed(words: list[str], name: str, single: str, cases: str, none: str) -> list[Line]:
    """One sentence if all fits into it, else a heading that already says what can be said, and a list."""
    if not words:
        return [line(none.format(name=name), strong=True)]
    joined = "; ".join(map(lowered, words))
    if len(words) <= SHORT_LIST and len(joined) < SHORT_SENTENCE:
        return [line(single.format(name=name, all=joined), strong=True)]
    return [line(cases.format(name=name), strong=True), *folding([line(f"• {w}.") for w in words])]


def folding(rows: list[Line]) -> list[Line]:
    """The rows of a list; of a long one only the first few stay open."""
    return rows if _is_short(rows) else [*rows[:OPEN], *_saved(rows[OPEN:])]


def accordion(groups: list[tuple[list[Line], list[Line]]]) -> list[Line]:
    """Headings and their rows. Where they are long together, headings and the first few rows of all stay open."""
    if _is_short([row for _, rows in groups for row in rows]):
        return [line for heads, rows in groups for line in (*heads, *rows)]
    told: list[Line] = []
    for heads, rows in groups:
        open_rows = 0 if told else OPEN
        told += [*heads, *rows[:open_rows], *_saved(rows[open_rows:])]
    return told


def folded(row: Line) -> Line:
    """The same row, to be read when it is unfolded."""
    return tuple(replace(span, folded=True) for span in row)


def _saved(rows: list[Line]) -> list[Line]:
    """The rows folded, where that saves room."""
    return rows if len(rows) <= OPEN and _size(rows) <= LITTLE else [*map(folded, rows)]


def _size(rows: list[Line]) -> int:
    return sum(len(span.text) for row in rows for span in row)


def _is_short(rows: list[Line]) -> bool:
    return len(rows) < LONG_LIST and _size(rows) < LONG_TEXT


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
