"""Which everyday words stand for which words of official titles, learned from the base's own phrases alone.

    python -m tests.benchmarks.implied            # prints how well phrases find their titles without it and with it
    python -m tests.benchmarks.implied --write    # and writes bot/matching/implied.txt

For every phrase the official name of its entry is to be found among those of all entries. Words and pairs of a phrase
imply words of its title as far as that makes the right one more probable (a conditional logit, cosine plus what is
implied), each at a price (Tibshirani, "Regression shrinkage and selection via the lasso", 1996): most cost more than
they are worth and stay out. A sixth of the procedures (`bot.trial.parts`) is set aside: judged on, never learned from.
Nothing is drawn by lot: two runs write the same file.
"""

import argparse
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from bot.catalogue import Listed
from bot.knowledge import Knowledge, load
from bot.matching import Matcher
from bot.matching.implied import FILE, Implied, written
from bot.matching.index import features
from bot.matching.readings import Readings
from bot.matching.thin import Thin
from bot.procedures import Procedure
from bot.text import Syllable, clean, folded_words
from bot.trial.parts import set_aside
from tests.running import KNOWLEDGE

SHARP = 14.0  # by which the cosine is multiplied before it is a probability
PRICE = 5e-5  # of a force of 1, in nats of the mean phrase
TIMES = 3  # a word or pair of fewer phrases implies nothing, one of them may be a slip; nor does a bare number
LIFT = 4.0  # by which it must be likelier with it than without
TOGETHER = 3  # phrases that must hold it where the title holds what it implies
SUPPORT = 2  # titles of such phrases that must hold it: what is said of one procedure alone may be said by chance
OFTEN = 4  # phrases that make up for it
LEAST = 0.2  # a force below is left out
MOST = 10  # words that one may imply, the strongest
STEPS, STEP = 60, 0.05
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Said:
    """Phrases with the number of the title that each is to find; `words` are folded, `title` are those of the entry."""

    phrases: tuple[tuple[str, ...], ...]
    right: tuple[int, ...]
    worth: tuple[float, ...]
    titles: tuple[tuple[str, ...], ...]


def said(entries: Sequence[Procedure], matcher: Matcher) -> Said:
    """All phrases of some entries; an entry with many counts for more than one with few, but not as many times."""
    spoken = Readings(matcher.reader).read
    titles = list(dict.fromkeys(spoken(entry.official_name).folded for entry in entries))
    rows = [
        (tuple(spoken(phrase).folded.split()), titles.index(spoken(entry.official_name).folded), len(entry.phrases))
        for entry in entries
        for phrase in entry.phrases
    ]
    phrases, right, many = zip(*rows, strict=True)
    worth = tuple(1 / math.sqrt(count) for count in many)
    return Said(phrases, right, worth, tuple(tuple(title.split()) for title in titles))


class Lesson:
    """The phrases as matrices: what is asked, what titles hold, how near they are by their own words.

    Phrases run along the columns; sums are made in one order, without BLAS, so that they are the same everywhere.
    """

    def __init__(self, found: Said, thin: Thin, weak: frozenset[str]) -> None:
        self.right = np.array(found.right)
        worth = np.array(found.worth)
        self.worth = worth / math.fsum(found.worth)
        counted = Counter(f for words in found.phrases for f in features(words))
        said = sorted(f for f, count in counted.items() if count >= TIMES and f not in weak)
        self.says = [f for f in said if not f.replace(" ", "").isdigit()]
        held = {feature for title in found.titles for feature in features(title)} - weak
        self.words = sorted(f for f in held if " " not in f and not any(c.isdigit() for c in f))
        self.asked = _matrix(found.phrases, self.says).T.tocsr()
        self.roots = np.array([_root(words, thin) for words in found.phrases])
        lengths = np.array([_root(words, thin) for words in found.titles])
        tells = np.array([thin.weight(word) for word in self.words])
        self.held = (sparse.diags(1 / lengths) @ _matrix(found.titles, self.words) @ sparse.diags(tells)).tocsr()
        self.near = self._near(found, thin) / lengths[:, None] / self.roots
        self.open = 1.0 - _matrix(found.phrases, self.words).T.toarray()
        self.rows, self.columns = np.nonzero(self._together() & ~self._same() & self._supported())

    def _near(self, found: Said, thin: Thin) -> Numbers:
        known = sorted({f for title in found.titles for f in features(title)})
        tells = sparse.diags(np.array([thin.weight(feature) for feature in known]))
        return np.asarray((_matrix(found.titles, known) @ tells @ _matrix(found.phrases, known).T).toarray())

    def _together(self) -> NDArray[np.bool_]:
        """What stands together more often than by chance."""
        held = (self.held > 0).astype(float).tocsr()[self.right]
        titled = (sparse.diags(self.worth) @ held).tocsr()
        together = (self.asked @ held).toarray()
        share = (self.asked @ titled).toarray() / (self.asked @ self.worth)[:, None]
        chance = np.asarray(titled.sum(0)).ravel()
        return np.asarray((together >= TOGETHER) & (share >= LIFT * chance))

    def _same(self) -> NDArray[np.bool_]:
        """What implies itself: a word, and a pair that holds it."""
        number = {word: at for at, word in enumerate(self.words)}
        same = np.zeros((len(self.says), len(self.words)), np.bool_)
        for at, feature in enumerate(self.says):
            for word in features(tuple(feature.split())):
                if word in number:
                    same[at, number[word]] = True
        return same

    def _supported(self) -> NDArray[np.bool_]:
        """What is said for several titles that hold the word, or often for one."""
        titles = sparse.csr_matrix((np.ones(len(self.right)), (range(len(self.right)), self.right)))
        held, said = (self.held > 0).astype(float), self.asked @ titles
        several = ((said > 0).astype(float) @ held).toarray() >= SUPPORT
        return np.asarray(several | ((said @ held).toarray() >= OFTEN))

    def __call__(self, forces: Numbers) -> tuple[float, Numbers]:
        """How improbable the right titles are (mean of -log, in nats) and the slope of it."""
        shape = (len(self.words), len(self.says))
        force = sparse.csr_matrix((forces, (self.columns, self.rows)), shape)
        left = np.exp(-(force @ self.asked).toarray())
        told = SHARP * (self.near + self.held @ ((1 - left) * self.open) / self.roots)
        shares = np.exp(told - told.max(0))
        shares /= shares.sum(0)
        phrase = np.arange(len(self.right))
        loss = -math.fsum(self.worth * np.log(shares[self.right, phrase] + 1e-9))
        shares[self.right, phrase] -= 1
        shares *= SHARP * self.worth / self.roots
        slope = self.asked @ ((self.held.T.tocsr() @ shares) * self.open * left).T
        return loss, np.asarray(slope[self.rows, self.columns])


def learned(lesson: Lesson) -> dict[str, dict[str, float]]:
    """The table: steps along the slope (Kingma and Ba, "Adam", 2015), no force below nothing, each at its price."""
    forces = np.zeros(len(lesson.rows))
    mean, spread = np.zeros_like(forces), np.zeros_like(forces)
    for step in range(1, STEPS + 1):
        slope = lesson(forces)[1] + PRICE
        mean += 0.1 * (slope - mean)
        spread += 0.01 * (slope**2 - spread)
        forces -= STEP * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-7)
        np.maximum(forces, 0, out=forces)
    return _table(lesson, forces)


def _table(lesson: Lesson, forces: Numbers) -> dict[str, dict[str, float]]:
    found: dict[str, list[tuple[float, str]]] = {}
    for row, column, force in zip(lesson.rows, lesson.columns, forces, strict=True):
        if force >= LEAST:
            found.setdefault(lesson.says[row], []).append((-round(float(force), 2), lesson.words[column]))
    return {says: {word: -number for number, word in sorted(cells)[:MOST]} for says, cells in found.items()}


def _matrix(texts: Sequence[Sequence[str]], columns: Sequence[str]) -> sparse.csr_matrix:
    """1 where a text has a word or a pair."""
    number = {feature: at for at, feature in enumerate(columns)}
    found = [[number[f] for f in features(tuple(words)) if f in number] for words in texts]
    rows = np.repeat(np.arange(len(texts)), [len(row) for row in found])
    places = np.array([at for row in found for at in row], np.int64)
    return sparse.csr_matrix((np.ones(len(places)), (rows, places)), (len(texts), len(columns)))


def _root(words: Sequence[str], thin: Thin) -> float:
    return math.sqrt(math.fsum(thin.weight(f) for f in features(tuple(words)))) or 1.0


def table_of(knowledge: Knowledge, matcher: Matcher, entries: Sequence[Procedure]) -> dict[str, dict[str, float]]:
    """What the phrases of some entries teach."""
    weak = frozenset(word for phrase in knowledge.lexicon.weak for word in folded_words(phrase))
    official = {Readings(matcher.reader).read(entry.official_name).folded: entry for entry in entries}
    titles = [Listed(entry.code, entry.official_name) for entry in official.values()]
    thin = Thin(titles, Readings(matcher.reader), weak, {})
    return learned(Lesson(said(entries, matcher), thin, weak))


def found_by(thin: Thin, rows: Sequence[tuple[tuple[Syllable, ...], set[str]]]) -> str:
    """The shares of phrases that find their title first, and among the first three."""
    shown = [([c.id for c in thin.rank(words)[:3]], right) for words, right in rows]
    first = sum(not right.isdisjoint(ids[:1]) for ids, right in shown)
    three = sum(not right.isdisjoint(ids) for ids, right in shown)
    return f"{len(rows):>7}{first / max(len(rows), 1):>9.3f}{three / max(len(rows), 1):>9.3f}"


def lines(knowledge: Knowledge, matcher: Matcher, table: Implied) -> Iterator[str]:
    """Own questions among the official names of the base: without the table and with it, in both parts."""
    titles = [Listed(entry.code, entry.official_name) for entry in knowledge.procedures]
    of_entry = {entry.id: title.id for entry, title in zip(knowledge.procedures, titles, strict=True)}
    weak = [word for phrase in knowledge.lexicon.weak for word in folded_words(phrase)]
    asked = [q for q in knowledge.questions if not q.after and any(name in of_entry for name in q.wanted)]
    yield "{:<16}{:<10}{:>7}{:>9}{:>9}".format("own questions", "table", "n", "first", "three")
    for when, implied in (("without", {}), ("with", table)):
        thin = Thin(titles, Readings(matcher.reader), weak, implied)
        for part, aside in (("learned from", False), ("set aside", True)):
            rows = [
                (_words(matcher, q.question), {of_entry[name] for name in q.wanted if name in of_entry})
                for q in asked
                if any(map(set_aside, q.wanted)) is aside
            ]
            yield f"{part:<16}{when:<10}" + found_by(thin, rows)


def _words(matcher: Matcher, question: str) -> tuple[Syllable, ...]:
    reading = matcher.read(clean(question))
    return reading.words or reading.all_words


def main() -> None:
    """Learn, print, and write if asked to."""
    parser = argparse.ArgumentParser(description="Learn from the base which everyday words stand for those of titles.")
    parser.add_argument("--write", action="store_true", help="write bot/matching/implied.txt")
    wanted = parser.parse_args()
    knowledge = load(KNOWLEDGE, None)
    matcher = Matcher(knowledge)
    table = table_of(knowledge, matcher, [entry for entry in knowledge.procedures if not set_aside(entry.id)])
    print("\n".join(lines(knowledge, matcher, table)))
    print(f"{len(table):,} words and pairs imply {sum(map(len, table.values())):,} words of titles")
    if wanted.write:
        beside = FILE.with_suffix(".tmp")
        beside.write_text(written(table), "utf-8")
        beside.replace(FILE)
        print(f"written: {FILE.name}")


if __name__ == "__main__":
    main()
