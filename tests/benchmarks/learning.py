"""What each signal of the matcher weighs, learned from the repository's own data alone.

    python -m tests.benchmarks.learning            # prints what the weights now and the learned ones do
    python -m tests.benchmarks.learning --write    # and writes bot/matching/weights.py

Learned from: the base's own test questions, those with `expect: none` too, and phrases of the procedures and of topics
that no office knows, each asked of a base without it. A sixth of the procedures (`bot.trial.parts`) is set aside:
judged on, never learned from. The weights make what is right as probable as they can
(`bot.matching.matcher.probabilities`); where no entry is right, "none" is, and any route as well. Nothing is drawn by
lot: two runs write the same file.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from scipy.optimize import minimize

import bot.matching.weights
from bot.answers import SHIPPED, TOPIC_FROM
from bot.knowledge import Knowledge, Route, load
from bot.matching import ROUTE_PREFIX, TOPICS, Matcher
from bot.matching.signals import Signals
from bot.matching.weights import WEIGHTS
from bot.procedures import Procedure
from bot.text import clean
from bot.trial.parts import set_aside
from tests.running import KNOWLEDGE

Vector: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]
Weights: TypeAlias = Mapping[str, float]
Named = TypeVar("Named", Procedure, Route)

FOLDS, LEFT_OUT = 6, (0, 3)  # every third phrase is asked, a sixth of all at a time
OF_PHRASES = 1.0  # what all left-out phrases weigh together, where all own questions weigh 1
OF_NEGATIVES, OF_TOPICS = 1300, 600  # own questions that all negatives, and all left-out phrases of topics, are worth
ASKED_OFTEN = 1  # a question weighs as this power of its entry's phrases: what has many is asked often
RIDGE = 1e-4  # times the squares of the weights, the constant's apart: nothing is believed that little speaks for
STEEPEST = 60.0  # e to it is a number still
SHOWN = 3
HEAD = '''"""What each signal weighs: learned by `python -m tests.benchmarks.learning`; written by it, never by hand."""

WEIGHTS = {
'''


@dataclass(frozen=True)
class Wanted:
    """A text, and the entries of which any is right; none for a negative."""

    text: str
    entries: Set[str]

    @property
    def aside(self) -> bool:
        """Whether it is only judged on."""
        return any(map(set_aside, self.entries))


@dataclass(frozen=True)
class Seen:
    """A text as the matcher sees it: candidates, their signals (one row each), and which of them are right."""

    wanted: Wanted
    names: tuple[str, ...]
    signals: Vector
    right: Mask

    @property
    def teaches(self) -> bool:
        """Whether anything can be learned from it: a right entry that is no candidate is beyond any weight."""
        return not self.wanted.entries or bool(self.right.any())


@dataclass(frozen=True)
class Lessons:
    """All that is learned from and judged on."""

    own: tuple[Seen, ...]
    negatives: tuple[Seen, ...]
    phrases: tuple[Seen, ...]
    topics: tuple[Seen, ...]
    counts: Mapping[str, int]

    def often(self, seen: Seen) -> float:
        """How many phrases the entries have that are right, against the mean of all: about how often they are asked."""
        mean = sum(self.counts.values()) / len(self.counts)
        return max(self.counts[name] for name in seen.wanted.entries) / mean


def lessons(knowledge: Knowledge, console: Console | None = None) -> Lessons:
    """Every question and every left-out phrase seen by the matcher; with a terminal, with a progress bar."""
    matcher = Matcher(knowledge)
    entries = knowledge.by_id.keys() | knowledge.guides_by_id.keys()  # where a route is right, none of them is
    asked = [q for q in knowledge.questions if not q.after]  # what goes on about another question says little alone
    own = [Wanted(q.question, entries & set(q.wanted)) for q in asked]
    work = [(matcher, own)]
    for fold in LEFT_OUT:
        rows, rest = left_out(knowledge, fold)
        work.append((Matcher(rest), rows))
    todo = [(by, wanted) for by, rows in work for wanted in rows]
    bar = track(todo, "Learning", console=console, transient=True, disable=console is None)
    seen = [see(by, wanted) for by, wanted in bar]
    counts = {e.id: 1 + len(e.phrases) for e in knowledge.procedures} | {
        g.id: 1 + len(g.phrases) for g in knowledge.guides
    }
    return Lessons(*_sorted(seen[: len(own)]), *_sorted(seen[len(own) :]), counts)


def _sorted(seen: Sequence[Seen]) -> tuple[tuple[Seen, ...], tuple[Seen, ...]]:
    """What an entry answers, and what none does."""
    return tuple(s for s in seen if s.wanted.entries), tuple(s for s in seen if not s.wanted.entries)


def left_out(knowledge: Knowledge, fold: int) -> tuple[list[Wanted], Knowledge]:
    """A sixth of the phrases of each procedure and topic to ask, and the base without them."""
    topics = [route for route in knowledge.routes if route.reason in TOPICS]
    rows = [Wanted(text, {entry.id}) for entry in knowledge.procedures for text in entry.phrases[fold::FOLDS]]
    rows += [Wanted(text, set()) for route in topics for text in route.phrases[fold::FOLDS]]
    procedures = tuple(_without(entry, fold) for entry in knowledge.procedures)
    routes = tuple(_without(route, fold) if route in topics else route for route in knowledge.routes)
    return rows, replace(knowledge, procedures=procedures, routes=routes)


def _without(named: Named, fold: int) -> Named:
    kept = tuple(text for number, text in enumerate(named.phrases) if number % FOLDS != fold)
    return named.model_copy(update={"phrases": kept})


def see(matcher: Matcher, wanted: Wanted) -> Seen:
    """A text's candidates with their signals."""
    found = matcher.weighed(matcher.read(clean(wanted.text)))
    names = tuple(name for name, _, _ in found)
    signals = np.array([s for _, s, _ in found], np.float64).reshape(len(found), len(Signals._fields))
    right = [name in wanted.entries if wanted.entries else name.startswith(ROUTE_PREFIX) for name in names]
    return Seen(wanted, names, signals, np.array(right, np.bool_))


class Loss:
    """How improbable the weights make what is right: mean of -log(probability), in nats, and its slope."""

    def __init__(self, weighed: Iterable[tuple[Seen, float]]) -> None:
        taught = [(seen, weight) for seen, weight in weighed if seen.teaches and weight > 0]
        self.signals = np.vstack([seen.signals for seen, _ in taught])
        self.right = np.concatenate([seen.right for seen, _ in taught])
        self.weights = np.array([weight for _, weight in taught], np.float64)
        self.none = np.array([0.0 if seen.wanted.entries else 1.0 for seen, _ in taught])
        self.of = np.repeat(np.arange(len(taught)), [len(seen.names) for seen, _ in taught])

    def __call__(self, told: Vector) -> tuple[float, Vector]:
        """The loss and its slope at some weights."""
        shares = np.exp(np.clip(self.signals @ told, -STEEPEST, STEEPEST))
        total = self._summed(shares) + 1.0
        right = self._summed(shares * self.right) + self.none
        loss = -(self.weights * np.log(right / total)).sum() / self.weights.sum()
        pull = shares / total[self.of] - np.where(self.right, shares / right[self.of], 0.0)
        slope = (self.weights[self.of] * pull) @ self.signals / self.weights.sum()
        ridge = np.concatenate([[0.0], told[1:]])
        return float(loss + RIDGE * (ridge @ ridge)), slope + 2 * RIDGE * ridge

    def _summed(self, values: Vector) -> Vector:
        return np.bincount(self.of, values, len(self.weights)).astype(np.float64)


def loss_of(found: Lessons) -> Loss:
    """What is learned from, each kind with its weight; nothing that is set aside."""
    own = [s for s in found.own if not s.wanted.aside]
    phrases = [s for s in found.phrases if not s.wanted.aside]
    each = OF_PHRASES * len(own) / max(len(phrases), 1)
    weighed = [(s, found.often(s) ** ASKED_OFTEN) for s in own]
    weighed += [(s, each * found.often(s) ** (ASKED_OFTEN - 1)) for s in phrases]  # many of them already are many
    for part, worth in ((found.negatives, OF_NEGATIVES), (found.topics, OF_TOPICS)):
        weighed += [(s, worth / max(len(part), 1)) for s in part]
    return Loss(weighed)


def learned(found: Lessons) -> dict[str, float]:
    """The weights, to three decimals."""
    start = np.zeros(len(Signals._fields))
    options = {"maxiter": 5000, "maxfun": 10_000, "ftol": 1e-13, "gtol": 1e-8}
    best = minimize(loss_of(found), start, jac=True, method="L-BFGS-B", options=options).x
    return {name: round(float(weight), 3) + 0.0 for name, weight in zip(Signals._fields, best, strict=True)}


def written(weights: Weights) -> str:
    """The module that holds them."""
    return HEAD + "".join(f'    "{name}": {weight:.3f},\n' for name, weight in weights.items()) + "}\n"


@dataclass(frozen=True)
class Judged:
    """What an answer by some weights would be: the outcome, and the procedures shown."""

    outcome: str
    shown: tuple[str, ...]


def judged(seen: Seen, weights: Weights) -> Judged:
    """As `bot.answers.decide` does it, routes of a whole message and twins apart."""
    told = seen.signals @ np.array([weights.get(name, 0.0) for name in Signals._fields])
    highest = max(told.max(initial=0.0), 0.0)
    shares = np.exp(told - highest) / (np.exp(told - highest).sum() + np.exp(-highest))
    order = [int(n) for n in np.argsort(-shares, kind="stable")]
    if order and seen.names[order[0]].startswith(ROUTE_PREFIX) and shares[order[0]] >= TOPIC_FROM:
        return Judged("routed", ())
    kept = [n for n in order if not seen.names[n].startswith(ROUTE_PREFIX)][:SHOWN]
    scores = [*(float(shares[n]) for n in kept), 0.0, 0.0]
    names = tuple(seen.names[n] for n in kept)
    if scores[0] < SHIPPED.first_from or sum(scores) < SHIPPED.choose_from:
        return Judged("unknown", ())
    sure = scores[0] >= SHIPPED.answer_from and scores[0] - scores[1] >= SHIPPED.answer_margin
    return Judged("answer", names[:1]) if sure else Judged("choice", names)


def lines(found: Lessons, before: Weights, after: Weights) -> Iterator[str]:
    """The table: each part with the weights before and after."""
    head = ("", "", "n", "first", "three", "direct", "precision", "refused")
    yield "{:<34}{:<8}{:>6}{:>8}{:>8}{:>8}{:>11}{:>9}".format(*head)
    for name, rows in _parts(found):
        for when, weights in (("before", before), ("after", after)):
            yield f"{name:<34}{when:<8}{len(rows):>6}" + _figures([(s, judged(s, weights)) for s in rows])
    yield "{:<34}{:<8}{:>6}{:>10}{:>9}{:>9}".format("", "", "n", "answered", "offered", "routed")
    for name, negatives in _negatives(found):
        for when, weights in (("before", before), ("after", after)):
            outcomes = [judged(s, weights).outcome for s in negatives]
            shares = [outcomes.count(o) / max(len(outcomes), 1) for o in ("answer", "choice", "routed")]
            yield f"{name:<34}{when:<8}{len(outcomes):>6}" + "{:>10.3f}{:>9.3f}{:>9.3f}".format(*shares)


def _parts(found: Lessons) -> Iterator[tuple[str, list[Seen]]]:
    for kind, rows in (("own questions", found.own), ("left-out phrases", found.phrases)):
        yield f"{kind}, learned from", [s for s in rows if not s.wanted.aside]
        yield f"{kind}, set aside", [s for s in rows if s.wanted.aside]


def _negatives(found: Lessons) -> Iterator[tuple[str, tuple[Seen, ...]]]:
    yield "no entry answers, learned from", found.negatives
    yield "left-out phrases of topics", found.topics


def _figures(rows: Sequence[tuple[Seen, Judged]]) -> str:
    count = max(len(rows), 1)
    first = sum(j.shown[:1] != () and j.shown[0] in s.wanted.entries for s, j in rows)
    three = sum(not s.wanted.entries.isdisjoint(j.shown) for s, j in rows)
    direct = [(s, j) for s, j in rows if j.outcome == "answer"]
    right = sum(j.shown[0] in s.wanted.entries for s, j in direct)
    refused = sum(not j.shown for _, j in rows)
    shares = (first / count, three / count, len(direct) / count, right / max(len(direct), 1), refused / count)
    return "{:>8.3f}{:>8.3f}{:>8.3f}{:>11.3f}{:>9.3f}".format(*shares)


def told(before: Weights, after: Weights) -> None:
    """Print each weight as it was and as it is."""
    print("\n".join(f"{name:<14}{before.get(name, 0.0):>9.3f} → {weight:>8.3f}" for name, weight in after.items()))


def keep(path: Path, text: str) -> None:
    """Write a file whole or not at all, and say so."""
    beside = path.with_suffix(".tmp")
    beside.write_text(text, "utf-8")
    beside.replace(path)
    print(f"written: {path.name}")


def main() -> None:
    """Learn, print, and write if asked to."""
    parser = argparse.ArgumentParser(description="Learn the weights of the matcher's signals from the base itself.")
    parser.add_argument("--write", action="store_true", help="write bot/matching/weights.py")
    parser.add_argument("--knowledge", type=Path, default=KNOWLEDGE, help="the base to learn from")
    wanted = parser.parse_args()
    found = lessons(load(wanted.knowledge, None), Console(stderr=True))
    weights = learned(found)
    print("\n".join(lines(found, WEIGHTS, weights)))
    told(WEIGHTS, weights)
    if wanted.write:
        keep(Path(bot.matching.weights.__file__), written(weights))


if __name__ == "__main__":
    main()
