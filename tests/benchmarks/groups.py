"""How well like questions are gathered, beside simpler ways, and how long 100,000 of them take.

    python -m tests.benchmarks.groups             # figures
    python -m tests.benchmarks.groups --write     # learn the weights from tests/grouped/open.yaml first

Prints pairwise precision, recall and F1 on the open part, which the weights were learned from, and on the sealed part,
then seconds for 100,000 questions made of the base's own, each with words of its own put in. Wants `.[bench]`.
"""

import argparse
import datetime
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.desk import Desk, brain
from bot.grouping import Gist, Profile, signals, weights
from bot.knowledge import load
from bot.replies import Voice
from bot.text import folded_words
from tests.grouping import Labelled, gathered, gist_of, labelled, pairs
from tests.running import KNOWLEDGE

MANY = 100_000
ROUNDS = 12  # orders in which the questions come when the weights are learned
NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
PEERS: dict[str, Callable[[str, str], float]] = {
    "same words": lambda one, other: 100.0 * (one == other),
    "rapidfuzz token_set_ratio": fuzz.token_set_ratio,
    "rapidfuzz token_sort_ratio": fuzz.token_sort_ratio,
}


def learn(questions: Sequence[Labelled]) -> tuple[float, ...]:
    """The bias and the weights: what a question is to its own group against all others, in many orders."""
    shuffled, rows, right = random.Random(0), [], []
    for _ in range(ROUNDS):
        groups: dict[int, Profile] = {}
        for one in shuffled.sample(questions, len(questions)):
            found = {number: signals(one.gist, group) for number, group in groups.items()}
            rows += [row for row in found.values() if any(row)]
            right += [number == one.group for number, row in found.items() if any(row)]
            groups.setdefault(one.group, Profile()).add(one.gist)
    model = LogisticRegression(max_iter=3000).fit(np.array(rows), right)
    return tuple(round(float(w), 2) for w in (model.intercept_[0], *model.coef_[0]))


def leaders(texts: Sequence[str], likeness: Callable[[str, str], float], enough: float) -> list[int]:
    """Groups as a fuzzy matcher makes them: each text joins the group whose first text is likest, if like enough."""
    firsts: list[str] = []
    numbers = []
    for text in texts:
        scores = [likeness(text, first) for first in firsts]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < enough:
            firsts.append(text)
            best = len(firsts) - 1
        numbers.append(best)
    return numbers


def cosine(texts: Sequence[str]) -> Callable[[str, str], float]:
    """TF-IDF likeness in hundredths."""
    matrix = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2)).fit_transform(texts)
    likeness, place = (matrix @ matrix.T).toarray(), {text: n for n, text in enumerate(texts)}
    return lambda one, other: 100 * float(likeness[place[one], place[other]])


def told(name: str, found: Sequence[int], questions: Sequence[Labelled]) -> str:
    """One row of the table."""
    got = pairs(found, [one.group for one in questions])
    return f"| {name} | {100 * got.precision:.1f} | {100 * got.recall:.1f} | {100 * got.f1:.1f} |"


def table(part: str, questions: Sequence[Labelled]) -> None:
    """This grouping and simpler ones, each of those at the best of its thresholds on this very part."""
    right = [one.group for one in questions]
    print(f"\n{part}: {len(questions)} questions, {len(set(right))} groups\n")
    print("| way | precision | recall | F1 |\n| --- | --- | --- | --- |")
    print(told("Một Cửa", gathered(one.gist for one in questions), questions))
    texts = [" ".join(folded_words(one.text)) for one in questions]
    for name, likeness in {**PEERS, "TF-IDF": cosine(texts)}.items():
        tries = [leaders(texts, likeness, enough) for enough in range(10, 101, 5)]
        best = max(tries, key=lambda found: pairs(found, right).f1)
        print(told(f"{name}, its best threshold", best, questions))


def many(desk: Desk) -> None:
    """Seconds that a whole log takes."""
    words = [f"tu{n}" for n in range(5000)]
    picked = random.Random(1)
    own = [gist_of(desk, one.question) for one in desk.knowledge.questions[::4]]
    gists = [Gist({**(gist := picked.choice(own)).words, picked.choice(words): 7.0}, gist.entries) for _ in range(MANY)]
    started = time.perf_counter()
    numbers = gathered(gists)
    print(f"\n{MANY:,} questions, {len(set(numbers)):,} groups: {time.perf_counter() - started:.1f} s")


def write(learned: Sequence[float]) -> None:
    """Put the weights down."""
    path = Path(weights.__file__)
    head = path.read_text("utf-8").split("WEIGHTS")[0]
    path.write_text(f"{head}WEIGHTS = ({', '.join(map(str, learned))})\n", "utf-8")


def main() -> None:
    """Learn if asked to, then measure."""
    parser = argparse.ArgumentParser(description="Measure how well like questions are gathered.")
    parser.add_argument("--write", action="store_true", help="learn the weights and write them down; then run again")
    options = parser.parse_args()
    desk = Desk(brain(load(KNOWLEDGE, "hai-phong")), Voice("x"), lambda: NOW)
    if options.write:
        write(learn(labelled(desk, "open")))
        return
    for part in ("open", "sealed"):
        table(part, labelled(desk, part))
    many(desk)


if __name__ == "__main__":
    main()
