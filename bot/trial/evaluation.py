"""Labelled questions asked at the desk as deployed, typed well or badly, and under other thresholds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers import SHIPPED, Thresholds
from bot.desk import Desk, Question
from bot.matching import Matcher, Ranking
from bot.trial.labelled import Case
from bot.trial.scores import Judged
from bot.trial.verdicts import CHANNEL, given_by, new_chat

FROM = (0.50, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95)
MARGINS = (0.0, 0.30, 0.50, 0.70, 0.80, 0.90)


@dataclass(frozen=True)
class Row:
    """What all questions got under some thresholds."""

    thresholds: Thresholds
    judged: tuple[Judged, ...]


def ask_all(desk: Desk, cases: Iterable[Case], typed: Callable[[str], str] = str) -> Iterator[Judged]:
    """Every question, as some hand types it, in a chat of its own after what was asked before; nothing is logged."""
    for case in cases:
        chat = new_chat()
        if case.after:
            desk.ask(Question(typed(case.after), CHANNEL, chat))
        handled = desk.ask(Question(typed(case.text), CHANNEL, chat))
        yield Judged(case, given_by(handled.answer), handled.ms)


def grid() -> tuple[Thresholds, ...]:
    """The thresholds of a direct answer that are compared; all others as deployed.

    Probabilities add up to 1 at most: what is above `start` leads by 2 * start - 1; a lesser margin changes nothing.
    """
    pairs = {(start, max(margin, round(2 * start - 1, 2))) for start in FROM for margin in MARGINS}
    pairs.add((SHIPPED.answer_from, SHIPPED.answer_margin))
    return tuple(Thresholds(answer_from=start, answer_margin=margin) for start, margin in sorted(pairs))


def under_thresholds(desk: Desk, cases: Sequence[Case], several: Iterable[Thresholds]) -> Iterator[Row]:
    """All questions again under each of several thresholds; what was ranked once is not ranked again."""
    mind = replace(desk.brain, matcher=_Remembering(desk.brain.matcher))
    for thresholds in several:
        other = Desk(mind, desk.voice, desk.clock, thresholds)
        yield Row(thresholds, tuple(ask_all(other, cases)))


class _Remembering(Matcher):
    """A matcher that ranks each text once: ranking does not depend on thresholds."""

    def __init__(self, matcher: Matcher) -> None:
        self.__dict__.update(matcher.__dict__)
        self._ranked: dict[str, Ranking] = {}
        self._parts: dict[str, Ranking] = {}

    def rank(self, question: str) -> Ranking:
        """Rank a text, or remember how it was ranked."""
        if question not in self._ranked:
            self._ranked[question] = super().rank(question)
        return self._ranked[question]

    def rank_part(self, text: str) -> Ranking:
        """The same for a part of a text."""
        if text not in self._parts:
            self._parts[text] = super().rank_part(text)
        return self._parts[text]
