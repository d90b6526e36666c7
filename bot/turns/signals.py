"""What speaks for a message going on about a procedure or one of its near twins, rather than standing by itself."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.answers import ANSWER_FROM, CHOOSE_FROM, Answered, Choice, Routed, Unknown
from bot.knowledge import Knowledge, Route
from bot.matching import ROUTE_PREFIX, TOPICS, Matcher
from bot.procedures import Facet
from bot.text import folded_words
from bot.turns.facts import facts_of
from bot.turns.kin import BRACKETS, leads, retold
from bot.turns.message import Message

MOST = 8.0  # nats: what leads by more is no surer
LONG = 10  # words of a subject: what is longer is a story
DOUBT = 0.01  # what is less probable is all the same
NAMED_FROM = 0.6  # share of the subject: what says so much of a name speaks of it
BRIEF = 7  # words of a message
# Where this is asked for, another name may be a paper to bring: "có cần căn cước không" after "đăng ký tạm trú".
BROUGHT = {Facet.DOCUMENTS, Facet.FORM, Facet.WHO, Facet.PROXY, Facet.ONLINE, Facet.STEPS}


class Going(NamedTuple):
    """For one procedure; shares and probabilities are in [0, 1], the others about as large. Alone, all are 0."""

    constant: float  # 1
    opens: float  # 1 if it begins as one that goes on: "còn …"
    ends: float  # 1 if it ends so: "… thì sao"
    points: float  # 1 if it points at something: "giấy đó"
    asks: float  # 1 if it asks for a facet
    wonders: float  # 1 if it asks, but for no facet
    brief: float  # 1 if it asks anything in a few words
    bare: float  # 1 if no word names a procedure
    bare_asks: float  # the same, and it asks for a facet
    length: float  # words that could name a procedure
    words: float  # words that tell anything
    closes: float  # 1 if it ends the talk: "cảm ơn"
    supposes: float  # 1 for a condition: "nếu …"
    corrects: float  # 1 if it takes back what was said: "không phải mất, hết hạn cơ"
    off_topic: float  # share of the words that speak of what no office does
    unknown: float  # 1 if by itself it gets no answer
    unknown_asks: float  # the same, and it asks for a facet
    choice: float  # 1 if by itself it gets a choice
    direct: float  # 1 if by itself it is answered
    routed: float  # 1 if by itself it sounds like no question for an office
    outside: float  # probability of all entries that are no near twins
    outside_named: float  # share of the subject in the name of the first of them
    strange: float  # pairs of neighbours in the subject of which the procedure's facts do not speak
    seeks: float  # 1 if it speaks of something to be done: "xin phép bay"
    topic: float  # probability of the first topic that no office knows
    topic_sure: float  # 1 if that is as sure as a procedure that is answered
    whole: float  # likeness to a greeting, thanks and the like
    known: float  # share of the subject that the procedure's phrases say
    score: float  # probability of the procedure by the message itself
    lead: float  # by how much the subject is likelier from it than from the first outside
    denied: float  # 1 if the message says that it is not meant
    within: float  # probability of the family, where the message is said of the thing that they share
    kin: float  # 1 for a near twin of what was spoken of; the following are 0 for all others
    kin_opens: float
    kin_supposes: float
    kin_corrects: float
    kin_bare: float
    kin_score: float
    kin_first: float  # 1 if no other of the family fits the message better
    kin_lead: float  # by how much the subject is likelier from it than from what was spoken of
    kin_named: float  # share said of the words by which its name differs from that of what was spoken of
    kin_label: float  # words of its label in a deciding question that are said
    kin_akin: float  # share of the name of what was spoken of that it has too
    kin_fits: float  # by how much it fits that better than what was spoken of
    kin_ways: float  # log of how many more ways there are to ask for it


@dataclass(frozen=True)
class Talk:
    """A message after a procedure, `name`, was spoken of; `family` are its near twins and itself, with labels."""

    matcher: Matcher
    knowledge: Knowledge
    message: Message
    name: str
    family: Mapping[str, str]

    def signals(self) -> dict[str, Going]:
        """The figures of the procedure and of each near twin."""
        said = (*self._said(), *self._alone())
        return {name: Going(*said, *self._fits(name), *self._kin(name)) for name in sorted(self.family)}

    def denies(self, name: str) -> bool:
        """Whether the message says that a procedure is not meant: "không … thì sao" supposes."""
        return not self.message.ends and not self.message.ranking.reading.denied.isdisjoint(self._own(name))

    def names_another(self) -> bool:
        """Whether it speaks by name of what has nothing to do with it: "căn cước thì sao" after "đăng ký tạm trú"."""
        named, subject = self._named(self._outside), self.message.subject
        if named < NAMED_FROM or named <= self._named(self.name) or self.message.supposes:
            return False
        brought = BROUGHT.intersection(self.message.ranking.facets)
        known = self.matcher.known(subject, self.name) if brought else 0.0
        return self._elsewhere >= CHOOSE_FROM and known < NAMED_FROM

    def _said(self) -> tuple[float, ...]:
        """The signals of the message."""
        message, reading = self.message, self.message.ranking.reading
        asks, bare = bool(message.ranking.facets), not message.subject
        return (
            1.0,
            message.opens,
            message.ends,
            message.points,
            asks,
            message.asks and not asks,
            message.asks and len(message.spoken.split()) <= BRIEF,
            bare,
            bare and asks,
            min(len(message.subject) / LONG, 1.0),
            min(len(message.words) / LONG, 2.0),
            message.closes,
            message.supposes,
            message.corrects,
            min(reading.off_topic / max(len(reading.words), 1), 1.0),
        )

    def _alone(self) -> tuple[float, ...]:
        """The signals of what it would get by itself."""
        answer, asks = self.message.answer, bool(self.message.ranking.facets)
        return (
            isinstance(answer, Unknown),
            isinstance(answer, Unknown) and asks,
            isinstance(answer, Choice),
            isinstance(answer, Answered),
            isinstance(answer, Routed),
            self._elsewhere,
            self._named(self._outside),
            *self._news(),
            self._topic,
            self._topic >= ANSWER_FROM,
            self._whole,
        )

    def _news(self) -> tuple[float, ...]:
        """The signals of a subject of which what was spoken of says nothing: no register of "flycam" in a residence."""
        strange = [pair for pair in self.message.pairs if pair not in self._facts]
        return min(len(strange) / LONG, 1.0), self.message.seeks

    def _fits(self, name: str) -> tuple[float, ...]:
        """The signals of a procedure by itself."""
        subject = self.message.subject
        known = self.matcher.known(subject, name) if subject else 0.0
        lead = self.matcher.likelihood(subject, name) - self.matcher.likelihood(subject, self._outside)
        within = math.fsum(self._retold.values())
        return known, self._scores.get(name, 0.0), _bounded(lead), self.denies(name), within

    def _kin(self, name: str) -> tuple[float, ...]:
        """The signals of a near twin against what was spoken of."""
        if name == self.name:
            return (0.0,) * 13
        message, own = self.message, self._own(self.name)
        label = set(folded_words(self.family[name])) - message.ranking.weak - own
        return (
            1.0,
            message.opens,
            message.supposes,
            message.corrects,
            not message.subject,
            self._scores.get(name, 0.0),
            self._first == name,
            _bounded(self._leads.get(name, 0.0)),
            self._told_apart(name),
            min(len(label.intersection(word.folded for word in message.telling)), 2) / 2,
            len(own & self._own(name)) / max(len(own), 1),
            self._fitting(name) - self._fitting(self.name),
            math.log(self.matcher.ways(name) / max(self.matcher.ways(self.name), 1)),
        )

    @cached_property
    def _facts(self) -> frozenset[str]:
        """Pairs of neighbours in all that is known about the procedure."""
        entry = self.knowledge.by_id.get(self.name)
        return facts_of(entry) if entry else frozenset()

    @cached_property
    def _scores(self) -> Mapping[str, float]:
        return {c.id: c.score for c in self.message.ranking.candidates}

    @cached_property
    def _retold(self) -> Mapping[str, float]:
        told = bool(self.message.subject)
        return retold(self.matcher, self.family, self.name, self.message.ranking.reading) if told else {}

    def _fitting(self, name: str) -> float:
        """The logarithm of a probability in that, in [-1, 0]."""
        return math.log(self._retold.get(name, 0.0) + DOUBT) / -math.log(DOUBT)

    @cached_property
    def _outside(self) -> str:
        """The first entry outside the family."""
        entries = (c.id for c in self.message.ranking.candidates if self.matcher.is_entry(c.id))
        return next((name for name in entries if name not in self.family), "")

    @cached_property
    def _elsewhere(self) -> float:
        """How probable it is that an entry outside the family is meant."""
        return math.fsum(s for n, s in self._scores.items() if self.matcher.is_entry(n) and n not in self.family)

    @cached_property
    def _first(self) -> str:
        """The first of the family by the message itself."""
        return next((c.id for c in self.message.ranking.candidates if c.id in self.family), "")

    @cached_property
    def _topic(self) -> float:
        return max((self._scores.get(f"{ROUTE_PREFIX}{r.id}", 0.0) for r in self._topics(True)), default=0.0)

    @cached_property
    def _whole(self) -> float:
        return max((self._scores.get(f"{ROUTE_PREFIX}{r.id}", 0.0) for r in self._topics(False)), default=0.0)

    def _topics(self, of_none: bool) -> Iterator[Route]:
        """The routes that are topics of no office, or the others."""
        return (route for route in self.knowledge.routes if (route.reason in TOPICS) is of_none)

    @cached_property
    def _leads(self) -> Mapping[str, float]:
        return leads(self.matcher, self.family, self.name, self.message) if self.message.telling else {}

    def _named(self, name: str) -> float:
        """The share of the subject that is in a name."""
        subject, said = self.message.subject, set(folded_words(self.matcher.name_of(name)))
        return sum(word.folded in said for word in subject) / max(len(subject), 1)

    def _told_apart(self, name: str) -> float:
        """Of "Cấp lại thẻ căn cước (bị mất)" against "Đổi thẻ căn cước": "cấp", "lại"."""
        words = set(folded_words(BRACKETS.sub("", self.matcher.name_of(name))))
        words -= set(folded_words(self.matcher.name_of(self.name)))
        said = words.intersection(word.folded for word in self.message.ranking.reading.words)
        return len(said - self.message.ranking.reading.denied) / max(len(words), 1)

    def _own(self, name: str) -> set[str]:
        """The words of a name that tell."""
        return set(folded_words(self.matcher.name_of(name))) - self.message.ranking.weak


def _bounded(nats: float) -> float:
    return max(min(nats, MOST), -MOST) / MOST
