"""What each figure of a title weighs, learned from the base's own questions asked of all official titles.

    MOTCUA_REFERENCE=../shared/data python -m tests.benchmarks.thin            # prints both parts, before and after
    MOTCUA_REFERENCE=../shared/data python -m tests.benchmarks.thin --write    # and writes bot/matching/thin_weights.py

Each question is asked twice: with the shipped table of implied words, and with one that has not seen the phrases of its
procedure (learned from the other half of them), since the titles that the bot will search have no phrases. The rest is
as in `tests.benchmarks.learning`: a sixth of the procedures is judged on alone, and for what no entry answers, none is
right.
"""

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from scipy.optimize import minimize

import bot.matching.thin_weights
from bot.catalogue import Catalogue
from bot.desk import Brain, brain
from bot.knowledge import load
from bot.matching.implied import IMPLIED, Implied
from bot.matching.readings import Readings
from bot.matching.thin import Figures, Thin
from bot.matching.thin_weights import WEIGHTS
from bot.text import clean, folded_words
from bot.trial.parts import set_aside
from tests.benchmarks.implied import table_of
from tests.benchmarks.learning import Loss, Seen, Wanted, keep, told
from tests.running import KNOWLEDGE
from tests.titles import Titles, catalogue_of

OF_NEGATIVES = 0.5  # what all questions that nothing answers weigh together, where the others weigh 1
HEAD = '''"""What each figure of a title weighs: learned by `python -m tests.benchmarks.thin`, never written by hand."""

WEIGHTS = {
'''


def seen(mind: Brain, thin: Thin, titles: Titles, wanted: Wanted) -> Seen:
    """A question's titles with their figures."""
    reading = mind.matcher.read(clean(wanted.text))
    found = thin.weighed(reading.words or reading.all_words)
    names = tuple(candidate.id for _, candidate in found)
    right = titles.of(wanted.entries)
    signals = np.array([figures for figures, _ in found], np.float64).reshape(len(found), len(Figures._fields))
    return Seen(wanted, names, signals, np.array([name in right for name in names], np.bool_))


def questions(mind: Brain, titles: Titles) -> list[Wanted]:
    """Own questions whose entries have titles in the catalogue, and those that nothing answers."""
    asked = [q for q in mind.knowledge.questions if not q.after]
    routes = {route.id for route in mind.knowledge.routes}
    none = [Wanted(q.question, frozenset()) for q in asked if not set(q.wanted) - routes]
    own = [Wanted(q.question, frozenset(q.wanted)) for q in asked if titles.of(q.wanted)]
    return [*own, *none]


def half(entry: str) -> bool:
    """In which half of the procedures one is."""
    return sum(entry.encode()) % 2 == 0


def _side(row: Wanted) -> bool:
    """Which half has not the procedure of a question."""
    return not half(min(row.entries, default=""))


def lessons(mind: Brain, catalogue: Catalogue, console: Console | None) -> tuple[list[Seen], list[Seen]]:
    """Every question with the shipped table, and with one that has not seen its procedure."""
    titles = Titles(mind)
    rows = questions(mind, titles)
    shipped = _thin(mind, catalogue, IMPLIED)
    learn = [entry for entry in mind.knowledge.procedures if not set_aside(entry.id)]
    other = {
        side: _thin(mind, catalogue, table_of(mind.knowledge, mind.matcher, [e for e in learn if half(e.id) is side]))
        for side in (True, False)
    }
    bar = track(rows, "Learning", console=console, transient=True, disable=console is None)
    both = [(seen(mind, shipped, titles, row), seen(mind, other[_side(row)], titles, row)) for row in bar]
    return [one for one, _ in both], [two for _, two in both]


def _thin(mind: Brain, catalogue: Catalogue, implied: Implied) -> Thin:
    weak = [word for phrase in mind.knowledge.lexicon.weak for word in folded_words(phrase)]
    return Thin(catalogue.entries, Readings(mind.matcher.reader), weak, implied)


def learned(found: Sequence[Seen]) -> dict[str, float]:
    """The weights, to three decimals; nothing that is set aside teaches."""
    own = [one for one in found if one.wanted.entries and not one.wanted.aside]
    none = [one for one in found if not one.wanted.entries]
    each = OF_NEGATIVES * len(own) / max(len(none), 1)
    loss = Loss([*((one, 1.0) for one in own), *((one, each) for one in none)])
    options = {"maxiter": 5000, "maxfun": 10_000, "ftol": 1e-13, "gtol": 1e-8}
    best = minimize(loss, np.zeros(len(Figures._fields)), jac=True, method="L-BFGS-B", options=options).x
    return {name: round(float(weight), 3) + 0.0 for name, weight in zip(Figures._fields, best, strict=True)}


def lines(
    parts: Mapping[str, Sequence[Seen]], before: Mapping[str, float], after: Mapping[str, float]
) -> Iterator[str]:
    """The shares that find their title first and among the first three, before and after."""
    yield "{:<44}{:>6}{:>9}{:>9}{:>9}{:>9}".format("", "n", "first", "three", "→ first", "→ three")
    for table, found in parts.items():
        for part, aside in (("learned from", False), ("set aside", True)):
            rows = [one for one in found if one.wanted.entries and one.wanted.aside is aside]
            figures = [*_shares(rows, before), *_shares(rows, after)]
            yield f"{f'{table}, {part}':<44}{len(rows):>6}" + "".join(f"{share:>9.3f}" for share in figures)


def _shares(rows: Sequence[Seen], weights: Mapping[str, float]) -> tuple[float, float]:
    told = np.array([weights.get(name, 0.0) for name in Figures._fields])
    found = [one.right[np.argsort(-(one.signals @ told), kind="stable")] for one in rows]
    return (
        sum(bool(right[:1].any()) for right in found) / max(len(rows), 1),
        sum(bool(right[:3].any()) for right in found) / max(len(rows), 1),
    )


def written(weights: Mapping[str, float]) -> str:
    """The module that holds them."""
    return HEAD + "".join(f'    "{name}": {weight:.3f},\n' for name, weight in weights.items()) + "}\n"


def main() -> None:
    """Learn, print, and write if asked to."""
    parser = argparse.ArgumentParser(description="Learn the weights of the figures of titles.")
    parser.add_argument("--write", action="store_true", help="write bot/matching/thin_weights.py")
    wanted = parser.parse_args()
    catalogue = catalogue_of(Path(os.environ["MOTCUA_REFERENCE"]))
    mind = brain(load(KNOWLEDGE, None), catalogue)
    shipped, unseen = lessons(mind, catalogue, Console(stderr=True))
    weights = learned([*shipped, *unseen])
    parts = {"the shipped table": shipped, "a table that has not seen them": unseen}
    print("\n".join(lines(parts, WEIGHTS, weights)))
    told(WEIGHTS, weights)
    if wanted.write:
        keep(Path(bot.matching.thin_weights.__file__), written(weights))


if __name__ == "__main__":
    main()
