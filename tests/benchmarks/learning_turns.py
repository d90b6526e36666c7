"""What each signal of a follow-up weighs, learned from the repository's own data alone.

    python -m tests.benchmarks.learning_turns            # prints what the weights now and the learned ones do
    python -m tests.benchmarks.learning_turns --write    # and writes bot/turns/weights.py

Learned from: the base's own test questions that were asked after another in the same chat, and all others, those with
`expect: none` too, each put after a procedure of which it does not speak, and after a near twin of the one of which it
does. A sixth of the procedures (`bot.trial.parts`) is set aside: judged on, never learned from. Nothing is drawn by
lot: two runs write the same file.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import bot.turns.weights
from bot.answers import Answered, decide
from bot.knowledge import Knowledge, TestQuestion, load
from bot.matching import Matcher
from bot.text import clean
from bot.trial.parts import set_aside
from bot.turns import Context, spoken_of, turn
from bot.turns.context import settled
from bot.turns.contrast import contrasted
from bot.turns.following import probabilities, talk_of
from bot.turns.kin import kin
from bot.turns.message import Message
from bot.turns.signals import Going
from bot.turns.weights import WEIGHTS
from tests.benchmarks.learning import keep, told
from tests.running import KNOWLEDGE

Vector: TypeAlias = NDArray[np.float64]

OF_OTHERS = 0.04  # what a question counts that was asked of nothing before: most that follows another goes on about it
OF_NAMES = 0.10  # and one made of what another procedure is called
NAMED = ("còn {} thì sao", "thế {} thì sao ạ", "vậy {} hết bao nhiêu", "còn {}")
OF_NONE = 0.08  # and one that no entry answers: a wrong answer to it is worse
STRIDE = 97  # the n-th question is put after the procedure that stands so many further on
RIDGE = 1e-4  # times the squares of the weights: nothing is believed that little speaks for
STEEPEST = 50.0  # e to it is a number still
HEAD = '''"""What each signal weighs: learned by `python -m tests.benchmarks.learning_turns`, never by hand."""

WEIGHTS = {
'''


@dataclass(frozen=True)
class Followed:
    """A message after a procedure: what it may go on about, with signals, what of that is right, and if alone is."""

    text: str
    found: Mapping[str, Going]
    right: Set[str]
    alone: bool
    weight: float
    aside: bool

    def holds(self, weights: Mapping[str, float]) -> bool:
        """Whether some weights decide it rightly."""
        shares = probabilities(self.found, weights)
        meant = max(shares, key=lambda name: shares[name])
        return meant in self.right if shares[meant] >= 1 - sum(shares.values()) else self.alone


class Loss:
    """How improbable the weights make what is right: mean of -log(probability), in nats, and its slope."""

    def __init__(self, rows: Sequence[Followed]) -> None:
        self.signals = np.array([s for row in rows for s in row.found.values()], np.float64)
        self.right = np.array([name in row.right for row in rows for name in row.found], np.float64)
        self.of = np.repeat(np.arange(len(rows)), [len(row.found) for row in rows])
        self.alone = np.array([row.alone for row in rows], np.float64)
        self.weights = np.array([row.weight for row in rows], np.float64)

    def __call__(self, told: Vector) -> tuple[float, Vector]:
        """The loss and its slope at some weights."""
        shares = np.exp(np.clip(self.signals @ told, -STEEPEST, STEEPEST))
        total, right = self._summed(shares) + 1.0, self._summed(shares * self.right) + self.alone
        loss = -(self.weights * np.log(right / total)).sum() / self.weights.sum()
        pull = shares / total[self.of] - shares * self.right / right[self.of]
        slope = (self.weights[self.of] * pull) @ self.signals / self.weights.sum()
        return float(loss + RIDGE * (told @ told)), slope + 2 * RIDGE * told

    def _summed(self, values: Vector) -> Vector:
        return np.bincount(self.of, values, len(self.weights)).astype(np.float64)


def lessons(knowledge: Knowledge) -> list[Followed]:
    """Every follow-up after what came before it, and every other question after what it does not speak of."""
    matcher = Matcher(knowledge)
    seen = [*_follow_ups(matcher, knowledge), *_others(matcher, knowledge), *_named(matcher, knowledge)]
    return [row for row in seen if row.alone or row.right]


def _follow_ups(matcher: Matcher, knowledge: Knowledge) -> Iterator[Followed]:
    for question in knowledge.questions:
        context = spoken_of(turn(matcher, knowledge, clean(question.after)).answer) if question.after else None
        if context and settled(context, matcher):
            yield _see(matcher, knowledge, question, context, 1.0)


def _others(matcher: Matcher, knowledge: Knowledge) -> Iterator[Followed]:
    names = tuple(knowledge.by_id)
    for number, question in enumerate(q for q in knowledge.questions if not q.after and not q.both):
        twins = [other for name in question.wanted for other in kin(knowledge, name)]
        for name in (names[number * STRIDE % len(names)], *twins[number % 4 : number % 4 + 1]):
            if name not in question.wanted:
                weight = OF_OTHERS if question.wanted else OF_NONE
                yield _see(matcher, knowledge, question, Context(procedure=name), weight)


def _named(matcher: Matcher, knowledge: Knowledge) -> Iterator[Followed]:
    """ "còn tách hộ thì sao" after a near twin of it, and after a procedure that has nothing to do with it."""
    names = tuple(knowledge.by_id)
    for number, entry in enumerate(knowledge.procedures):
        said = min(entry.phrases, key=lambda phrase: (len(phrase), phrase), default=entry.name)
        question = TestQuestion(question=NAMED[number % len(NAMED)].format(said), expect=entry.id)
        twins = [name for name in kin(knowledge, entry.id) if name != entry.id]
        for name in (names[(number + 1) * STRIDE % len(names)], *twins[number % 4 : number % 4 + 1]):
            if name != entry.id:
                yield _see(matcher, knowledge, question, Context(procedure=name), OF_NAMES)


def _see(matcher: Matcher, knowledge: Knowledge, question: TestQuestion, context: Context, weight: float) -> Followed:
    text, name = clean(question.question), settled(context, matcher) or ""
    ranking = contrasted(matcher, matcher.rank(text), text)
    answer = decide(ranking, knowledge)
    found = talk_of(matcher, knowledge, Message(text, ranking, answer), context, name).signals()
    right = found.keys() & set(question.wanted)
    answered = isinstance(answer, Answered) and answer.procedure in question.wanted
    outside = bool(set(question.wanted) - found.keys())
    alone = answered or not question.wanted or (outside and not right)
    return Followed(text, found, right, alone, weight, any(map(set_aside, question.wanted)))


def learned(rows: Iterable[Followed]) -> dict[str, float]:
    """The weights, to three decimals, from what is not set aside."""
    loss = Loss([row for row in rows if not row.aside])
    options = {"maxiter": 5000, "maxfun": 10_000, "ftol": 1e-12, "gtol": 1e-8}
    best = minimize(loss, np.zeros(len(Going._fields)), jac=True, method="L-BFGS-B", options=options).x
    return {name: round(float(weight), 3) + 0.0 for name, weight in zip(Going._fields, best, strict=True)}


def written(weights: Mapping[str, float]) -> str:
    """The module that holds them."""
    return HEAD + "".join(f'    "{name}": {weight:.3f},\n' for name, weight in weights.items()) + "}\n"


def lines(rows: Sequence[Followed], before: Mapping[str, float], after: Mapping[str, float]) -> Iterator[str]:
    """The share of each kind that the weights before and after decide rightly."""
    yield "{:<40}{:>6}{:>9}{:>9}".format("decided rightly", "n", "before", "after")
    for kind, own in (("follow-ups", True), ("other questions", False)):
        for part, aside in (("learned from", False), ("set aside", True)):
            chosen = [row for row in rows if (row.weight == 1.0) is own and row.aside is aside]
            shares = (sum(r.holds(w) for r in chosen) / max(len(chosen), 1) for w in (before, after))
            yield "{:<40}{:>6}{:>9.3f}{:>9.3f}".format(f"{kind}, {part}", len(chosen), *shares)


def main() -> None:
    """Learn, print, and write if asked to."""
    parser = argparse.ArgumentParser(description="Learn the weights of a follow-up's signals from the base itself.")
    parser.add_argument("--write", action="store_true", help="write bot/turns/weights.py")
    parser.add_argument("--knowledge", type=Path, default=KNOWLEDGE, help="the base to learn from")
    wanted = parser.parse_args()
    rows = lessons(load(wanted.knowledge, None))
    weights = learned(rows)
    print("\n".join(lines(rows, WEIGHTS, weights)))
    told(WEIGHTS, weights)
    if wanted.write:
        keep(Path(bot.turns.weights.__file__), written(weights))


if __name__ == "__main__":
    main()
