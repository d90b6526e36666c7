"""Cues that say what a question asks for: patterns with gaps and choices as one tree, grown where it is walked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.matching.patterns import Place, places
from bot.procedures import Facet
from bot.text import Syllable, folded_words, syllables

ASKING = frozenset(syllables("gì nào lào đâu mô ai sao mấy bao nhiêu không chưa chứ hay hả what how where who when"))
ASKING_LAST = syllables("chi")[0]  # "giấy tờ chi", but "chi phí"
EMPTY = frozenset(folded_words("có không được chưa chứ thì là"))  # in a cue these words tell nothing


class Cue(NamedTuple):
    """What a cue asks for; a topic ("lệ phí") only names it, without a word that asks ("lệ phí bao nhiêu")."""

    facet: Facet
    topic: bool
    telling: int
    lone: bool  # one accented word


class Spelled(NamedTuple):
    """One word of a cue: `stays` if it is needed but still tells procedures apart, `ends` if it ends what is asked."""

    word: Syllable
    stays: bool
    ends: bool


class Step(NamedTuple):
    """One place of a cue: each way to fill it, word by word; whether some words may stand before it; what follows.

    At the end of a cue there is no way, and the facet that it asks for.
    """

    ways: tuple[tuple[Spelled, ...], ...]
    gap: bool
    then: int
    facet: Facet | None = None


class Reached(NamedTuple):
    """How far a cue is said: what is left of the place begun, and the number of the step after it."""

    left: tuple[Spelled, ...]
    step: int


class Cues:
    """All cues of a lexicon as one tree of words, of which what follows a node is worked out when it is stepped on.

    Spelled out at once, some hundred patterns are 16,000 words. A node is the set of places reached in them, and is
    kept (Thompson, "Regular expression search algorithm", 1968, with its states made as they are read).
    """

    def __init__(self, cues: Mapping[Facet, Iterable[str]]) -> None:
        self._numbers: dict[Step, int] = {}
        self._nodes: dict[tuple[tuple[Reached, ...], bool], Node] = {}
        first = [self._first(facet, pattern) for facet, patterns in cues.items() for pattern in patterns]
        self._steps = tuple(self._numbers)
        self.root = self.node([Reached((), number) for number in first])

    def node(self, reached: Iterable[Reached], after_gap: bool = False) -> "Node":
        """The one node for what is reached; threads that ask at once get the same."""
        key = (tuple(dict.fromkeys(reached)), after_gap)
        return self._nodes.get(key) or self._nodes.setdefault(key, Node(self, *key))

    def following(self, one: Reached, after_gap: bool) -> Iterator[tuple[Spelled, Reached]]:
        """Each word with which a cue may go on, and how far it is said then."""
        step = self._steps[one.step]
        if one.left:
            yield one.left[0], Reached(one.left[1:], one.step)
        elif step.gap is after_gap:
            for way in step.ways:
                yield way[0], Reached(way[1:], step.then)

    def next(self, one: Reached) -> Step | None:
        """The step that comes next; None within one."""
        return None if one.left else self._steps[one.step]

    def _first(self, facet: Facet, pattern: str) -> int:
        """The number of a pattern's first step; what ends alike is one."""
        number = self._number(Step((), False, 0, facet))
        for place in reversed(list(places(pattern))):
            number = self._number(Step(_ways(place), place.gap, number))
        return number

    def _number(self, step: Step) -> int:
        return self._numbers.setdefault(step, len(self._numbers))


class Node:
    """What may follow in a cue: words by their unmarked form, each with its own next node; a gap; or nothing more."""

    def __init__(self, cues: Cues, reached: tuple[Reached, ...], after_gap: bool) -> None:
        self._cues = cues
        self._reached = reached
        self._after_gap = after_gap

    @cached_property
    def steps(self) -> Mapping[str, Sequence[tuple[Spelled, "Node"]]]:
        """The words that may follow at once."""
        further: dict[Spelled, list[Reached]] = {}
        for one in self._reached:
            for word, after in self._cues.following(one, self._after_gap):
                further.setdefault(word, []).append(after)
        found: dict[str, tuple[tuple[Spelled, Node], ...]] = {}
        for word, reached in further.items():
            folded = word.word.folded
            found[folded] = (*found.get(folded, ()), (word, self._cues.node(reached)))
        return found

    @cached_property
    def gap(self) -> "Node | None":
        """What may follow after some words."""
        over = [one for one in self._reached if (step := self._cues.next(one)) and step.gap]
        return self._cues.node(over, after_gap=True) if over and not self._after_gap else None

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """What the cues ask for that end here."""
        steps = (self._cues.next(one) for one in self._reached)
        return tuple(dict.fromkeys(step.facet for step in steps if step and step.facet))


def cue(facet: Facet, words: Sequence[Syllable]) -> Cue:
    """The cue that some words are."""
    topic = words[-1] != ASKING_LAST and ASKING.isdisjoint(words)
    telling = sum(word.folded not in EMPTY for word in words)
    return Cue(facet, topic, telling, len(words) == 1 and words[0].marked)


def _ways(place: Place) -> tuple[tuple[Spelled, ...], ...]:
    return tuple(_spelled(way, place.stays, place.ends) for way in place.ways)


def _spelled(way: str, stays: bool, ends: bool) -> tuple[Spelled, ...]:
    words = syllables(way)
    return tuple(Spelled(word, stays, ends and n == len(words)) for n, word in enumerate(words, 1))
