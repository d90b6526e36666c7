"""A test question asked at the desk as a citizen would ask it, and what to think of the answer."""

import enum
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.answers import Answer, Answered, Choice, Outcome, Routed, outcome
from bot.desk import Desk, Question
from bot.knowledge import Knowledge, TestQuestion
from bot.procedures import Facet, Value

CHANNEL = "test"
CHATS = itertools.count(1)
GUIDES = "Hướng dẫn"  # what is no procedure has a heading of its own, behind the fields


class Verdict(enum.StrEnum):
    """What to think of an answer; the last three are for questions that no entry answers."""

    RIGHT = "right"
    HELPED = "helped"
    WRONG = "wrong"
    MISSED = "missed"
    QUIET = "quiet"
    OFFERED = "offered"
    ANSWERED = "answered"


ANSWERABLE = (Verdict.RIGHT, Verdict.HELPED, Verdict.WRONG, Verdict.MISSED)
NEGATIVE = (Verdict.QUIET, Verdict.OFFERED, Verdict.ANSWERED)


class Given(Value):
    """What the desk gave: `shown` are the answered entry, the choices, or the route."""

    outcome: Outcome
    shown: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True)
class Tried:
    """A test question with its answer; `facets_right` is None where the question names no facet."""

    question: TestQuestion
    given: Given
    verdict: Verdict
    facets_right: bool | None


@dataclass(frozen=True)
class Tally:
    """Verdicts counted; shares are in [0, 1], and 1 where nothing was asked."""

    counts: Mapping[Verdict, int]
    facets_asked: int
    facets_right: int

    @property
    def answerable(self) -> int:
        """Questions that an entry answers."""
        return sum(self.counts[v] for v in ANSWERABLE)

    @property
    def negative(self) -> int:
        """Questions that no entry answers."""
        return sum(self.counts[v] for v in NEGATIVE)

    def share(self, verdict: Verdict) -> float:
        """Of the answerable questions, or of the negative ones, those with this verdict."""
        return _share(self.counts[verdict], self.answerable if verdict in ANSWERABLE else self.negative)

    @property
    def facet_share(self) -> float:
        """Of the questions that name facets, those that got exactly these."""
        return _share(self.facets_right, self.facets_asked)


def tried(desk: Desk) -> Iterator[Tried]:
    """Every test question of the desk's base, each in a chat of its own; nothing is logged."""
    for question in desk.knowledge.questions:
        yield tried_by(desk, question)


def tally(results: Iterable[Tried]) -> Tally:
    """All results counted, without questions that became phrases: those prove only that nothing was lost."""
    counts: Counter[Verdict] = Counter()
    facets: Counter[bool | None] = Counter()
    for result in (one for one in results if not one.question.learned):
        counts[result.verdict] += 1
        facets[result.facets_right] += 1
    return Tally(counts, facets[True] + facets[False], facets[True])


def by_field(results: Iterable[Tried], knowledge: Knowledge) -> dict[str, Tally]:
    """Results counted for each field of administration, by its name, then guides; negatives have no field."""
    fields: dict[str, list[Tried]] = {}
    for result in results:
        if result.question.wanted:
            fields.setdefault(knowledge.fields.get(result.question.wanted[0], GUIDES), []).append(result)
    return {field: tally(fields[field]) for field in sorted(fields, key=lambda field: (field == GUIDES, field))}


def said(question: TestQuestion) -> str:
    """The words of a test question, with those it follows: "đăng ký tạm trú → còn lệ phí?"."""
    return f"{question.after} → {question.question}" if question.after else question.question


def given_by(answer: Answer) -> Given:
    """What an answer gave."""
    return Given(outcome=outcome(answer), shown=_shown(answer), facets=answer.facets)


def new_chat() -> str:
    """A chat in which nothing was said."""
    return f"{CHANNEL}-{next(CHATS)}"


def tried_by(desk: Desk, question: TestQuestion) -> Tried:
    """One test question, which need not be of the desk's own base."""
    chat = new_chat()
    if question.after:
        desk.ask(Question(question.after, CHANNEL, chat))
    given = given_by(desk.ask(Question(question.question, CHANNEL, chat)).answer)
    facets_right = set(given.facets) == set(question.facets) if question.facets else None
    return Tried(question, given, _verdict(question, given), facets_right)


def _verdict(question: TestQuestion, given: Given) -> Verdict:
    if given.outcome is Outcome.ROUTE and set(question.wanted) & set(given.shown):
        return Verdict.RIGHT
    if given.outcome not in (Outcome.ANSWER, Outcome.CHOOSE):
        return Verdict.MISSED if question.wanted else Verdict.QUIET
    direct = given.outcome is Outcome.ANSWER
    if not question.wanted:
        return Verdict.ANSWERED if direct else Verdict.OFFERED
    if question.both and set(given.shown) & set(question.expected):
        return Verdict.RIGHT if set(question.expected) <= set(given.shown) else Verdict.MISSED
    if set(question.wanted) & set(given.shown):
        return Verdict.RIGHT if direct else Verdict.HELPED
    return Verdict.WRONG if direct else Verdict.MISSED


def _shown(answer: Answer) -> tuple[str, ...]:
    match answer:
        case Answered(procedure=name):
            return (name,)
        case Choice(options=options):
            return tuple(dict.fromkeys(o.procedure for o in options))
        case Routed(route=name):
            return (name,)
        case _:
            return ()


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
