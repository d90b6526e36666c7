"""Questions asked of a base before and after an edit, by two processes where there are many.

Their memory goes with them. Only questions that the edit can touch are asked at all (`matching.touching`).
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from bot.answers import Outcome
from bot.cache import settle
from bot.desk import Brain, Desk, decided
from bot.errors import Fault, KnowledgeError
from bot.knowledge import Knowledge, TestQuestion
from bot.language import language_of
from bot.matching.touching import Touch
from bot.procedures import CODE_IN_TEXT
from bot.replies import Voice
from bot.review.stage import Stage
from bot.text import clean
from bot.trial import Given, Tried, given_by, tried_by

WORKERS = 2
BATCH = 200  # questions: a second of work where all of them are asked
FEW = 600  # questions that one process has asked before others have started

Progress = Callable[[int, int], None]


def unheard(done: int, total: int) -> None:
    """Progress that nobody waits for."""


@dataclass(frozen=True)
class Bases:
    """A base as it stands, and its changed copy."""

    stage: Stage
    after: Path


@dataclass(frozen=True)
class Asked:
    """A question and what it gets before and after."""

    question: str
    before: Given
    after: Given

    def answered_by(self, entry: str) -> bool:
        """Whether it gets one entry at once, after the edit."""
        return self.after.outcome is Outcome.ANSWER and self.after.shown == (entry,)


@dataclass(frozen=True)
class TestAsked:
    """A test question before and after."""

    before: Tried
    after: Tried


@dataclass(frozen=True)
class Batch:
    """Questions for one process: test questions by their place in the changed base, and texts; `all` asks each."""

    tests: tuple[int, int] = (0, 0)
    texts: tuple[str, ...] = ()
    all: bool = False

    @property
    def size(self) -> int:
        """How many questions."""
        return self.tests[1] - self.tests[0] + len(self.texts)


@dataclass(frozen=True)
class Found:
    """What differs in a batch; with `all`, all that was asked."""

    tests: tuple[TestAsked, ...] = ()
    asked: tuple[Asked, ...] = ()


class Pair:
    """Both brains, each at a desk of its own."""

    def __init__(self, bases: Bases) -> None:
        one, other = bases.stage.brain(), bases.stage.brain(bases.after)
        self.before, self.after = (Desk(mind, Voice(""), _now) for mind in (one, other))
        self._touch = Touch(one.matcher, other.matcher, _told_apart(one.knowledge, other.knowledge))
        self._same_places = _places(one.knowledge) == _places(other.knowledge)
        self._same_codes = _codes(one.knowledge) == _codes(other.knowledge)

    def ask(self, batch: Batch) -> Found:
        """What a batch gets, where that differs."""
        tests = self.after.knowledge.questions[slice(*batch.tests)]
        return Found(
            tuple(found for test in tests if batch.all or self._concerns(test) for found in self._tested(test)),
            tuple(found for text in batch.texts for found in self._asked(text, batch.all)),
        )

    def _concerns(self, test: TestQuestion) -> bool:
        return any(self.touches(text) for text in (test.question, test.after) if text)

    def touches(self, question: str) -> bool:
        """Whether the edit may change what a question gets."""
        text = clean(question)
        named = not self._same_places or (not self._same_codes and CODE_IN_TEXT.search(text) is not None)
        return named or self._touch.touches(text)

    def _tested(self, test: TestQuestion) -> Iterator[TestAsked]:
        found = TestAsked(tried_by(self.before, test), tried_by(self.after, test))
        if found.before.given != found.after.given or test.learned:
            yield found

    def _asked(self, text: str, always: bool) -> Iterator[Asked]:
        if always or self.touches(text):
            found = Asked(text, *(given(desk.brain, text) for desk in (self.before, self.after)))
            if always or found.before != found.after:
                yield found


def given(mind: Brain, question: str) -> Given:
    """What somebody gets who asks this first."""
    text = clean(question)
    return given_by(decided(mind, text, language_of(text))[1])


def _told_apart(one: Knowledge, other: Knowledge) -> frozenset[str]:
    """The entries of deciding questions that are not the same in both."""
    changed = set(one.twins) ^ set(other.twins)
    return frozenset(option.procedure for twins in changed for option in twins.options)


def _places(knowledge: Knowledge) -> list[object]:
    """What places are called: they are found without any likeness."""
    return [
        (u.place, u.districts, u.provinces, [(c.code, c.kind, c.name) for c in u.communes]) for u in knowledge.units
    ]


def _codes(knowledge: Knowledge) -> set[tuple[str, str]]:
    """Which entry has which code."""
    return {(code, entry.id) for entry in knowledge.procedures for code in entry.codes}


class Askers:
    """Processes that ask, or this one; none is started for a few questions."""

    def __init__(self, bases: Bases, pool: ProcessPoolExecutor | None) -> None:
        self._bases, self._pool = bases, pool

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the changed base."""
        return self._pool.submit(_faults, self._bases).result() if self._pool else _faults(self._bases)

    def tests(self) -> int:
        """How many test questions the changed base has."""
        return self._pool.submit(_tests, self._bases).result() if self._pool else _tests(self._bases)

    def ask(self, batches: Sequence[Batch], progress: Progress) -> list[Found]:
        """What all batches get, in their order."""
        total = sum(batch.size for batch in batches)
        progress(0, total)
        if self._pool is None:
            pair, found, done = _pair(self._bases), [], 0
            for batch in batches:
                found.append(pair.ask(batch))
                done += batch.size
                progress(done, total)
            return found
        return _gathered([self._pool.submit(_ask, self._bases, batch) for batch in batches], batches, progress)


@contextmanager
def askers(bases: Bases, questions: int) -> Iterator[Askers]:
    """Those for so many questions; they end with the work, or with its fault."""
    if questions <= FEW:
        try:
            yield Askers(bases, None)
        finally:
            _pair.cache_clear()
        return
    pool = ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"))
    try:
        yield Askers(bases, pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _gathered(futures: Sequence["Future[Found]"], batches: Sequence[Batch], progress: Progress) -> list[Found]:
    sizes = {future: batch.size for future, batch in zip(futures, batches, strict=True)}
    done, total = 0, sum(sizes.values())
    for future in as_completed(futures):
        future.result()
        done += sizes[future]
        progress(done, total)
    return [future.result() for future in futures]


@lru_cache(1)
def _pair(bases: Bases) -> Pair:
    """Made once in each process."""
    pair = Pair(bases)
    settle()
    return pair


def _ask(bases: Bases, batch: Batch) -> Found:
    return _pair(bases).ask(batch)


def _faults(bases: Bases) -> tuple[Fault, ...]:
    """Checked by one process, which then keeps all that the others need."""
    try:
        _pair(bases)
    except KnowledgeError as error:
        if not error.faults:
            raise
        return error.faults
    return ()


def _tests(bases: Bases) -> int:
    return len(_pair(bases).after.knowledge.questions)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
