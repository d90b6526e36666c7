"""Routes: which message is no question about a procedure, told by signs, by all of its words, or by likeness."""

import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bot.knowledge import Lexicon, Route, RouteReason
from bot.matching.candidates import ROUTE_PREFIX, Candidate
from bot.matching.index import Index, Target, features
from bot.matching.reading import Reader, Reading
from bot.matching.readings import Readings
from bot.matching.signs import Signs
from bot.matching.stored import Stored
from bot.text import Syllable, folded_words

TOPICS = (  # routes that a story may lead to; others fit a whole message
    RouteReason.OFF_TOPIC,
    RouteReason.COURT,
    RouteReason.EMERGENCY,
    RouteReason.OWN_FILE,
)
SURE = {RouteReason.COURT: 0.99}  # how well the sign of a topic fits; an entry called by its name is more probable
SURELY = 0.998  # and that of the others
ASKED = 0.95  # where something is asked: what an office does may be more probable
TONELESS = 0.7  # where it was typed without accents: it may be other words,
CERTAIN, TONELESS_SURE = 4, 0.9  # but hardly where so many words of signs stand
# And of a route of a whole message, if a sign of it is enough: a greeting or thanks stand before any question.
ALONE = {RouteReason.ABUSE: 0.9, RouteReason.ABOUT: 0.97}
POLITENESS = ""  # the name of what is said around anything


class Routes:
    """The routes of one base, those first that go before others; never changes after it is built.

    A topic is also a target among the entries (`target`); here its signs and what rules it out are looked for.
    """

    def __init__(self, routes: Sequence[Route], reader: Reader, lexicon: Lexicon, stored: Stored) -> None:
        self.told = tuple((r.id, r.reason, r.phrases, r.signs, r.unless) for r in routes)
        self.topics = tuple(r for r in routes if r.reason in TOPICS)
        self.alarms = frozenset(target(r).id for r in self.topics if r.reason is RouteReason.EMERGENCY)
        self._whole = tuple(r for r in routes if r.reason not in TOPICS)
        self._index = stored.index("routes", map(target, self._whole), Readings(reader, whole=True))
        self._signs = Signs({r.id: r.signs for r in routes}, reader.spell)
        said = {r.id: (*r.phrases, *r.signs) for r in self._whole}
        self._said = Signs({**said, POLITENESS: lexicon.padding}, reader.spell)
        self._unless = Signs({r.id: r.unless for r in routes}, reader.spell)
        self._weak = frozenset(word for phrase in lexicon.weak for word in folded_words(phrase))

    def among(self, candidates: Iterable[Candidate], reading: Reading) -> tuple[Candidate, ...]:
        """The ranked entries and topics with what the routes say to them, best first."""
        ruled_out = self._unless.find(reading.heard)
        signed = {n: at for n, at in self._signs.find(reading.heard).items() if n not in ruled_out}
        found = [*candidates, *self._alike(reading.all_words), *self._told(reading, signed)]
        best: dict[str, Candidate] = {}
        for one in sorted(found, key=lambda c: (-c.score, c.id)):
            if one.id.removeprefix(ROUTE_PREFIX) not in ruled_out:
                best.setdefault(one.id, one)
        return tuple(best.values())

    def _told(self, reading: Reading, signed: Mapping[str, Collection[int]]) -> Iterator[Candidate]:
        """The first topic of which a sign is in the message; if none, the first route that is all that is said."""
        first = next((r for r in self.topics if r.id in signed), None)
        if first:
            yield _candidate(first, _sureness(first, reading, signed[first.id]), reading, signed[first.id])
            return
        found = self._said.find(reading.heard)
        first = next((r for r in self._whole if r.id in found), None)
        if first:
            alone = ALONE.get(first.reason, 0.0) if first.id in signed else 0.0
            yield _candidate(first, max(alone, self._share(reading, found)), reading, found[first.id])

    def _share(self, reading: Reading, found: Mapping[str, frozenset[int]]) -> float:
        """The share in [0, 1] that such routes have of the telling words of a message; 1 where it has no others."""
        told = frozenset(at for name in found if name != POLITENESS for at in found[name])
        aside = found.get(POLITENESS, frozenset()) - told
        telling = {at for at, w in enumerate(reading.heard.words) if w.folded not in self._weak} - aside
        return round(len(told & telling) / len(telling), 4) if telling - told else 1.0

    def _alike(self, words: tuple[Syllable, ...]) -> list[Candidate]:
        """Routes of a whole message, by its likeness to their best phrase: a story around it is a question."""
        found = _likenesses(self._index, words)
        if not found:
            return []
        best = min(found, key=lambda t: (-found[t][0], t))
        score, number = round(found[best][0], 4), found[best][1]
        known = features(self._index.texts[number].split())
        matched = tuple(w for w in dict.fromkeys(word.folded for word in words) if w in known)
        return [Candidate(self._index.targets[best].id, score, matched, score, score)]


def target(route: Route) -> Target:
    """A route as a target of an index."""
    return Target(f"{ROUTE_PREFIX}{route.id}", route.phrases)


def _candidate(route: Route, score: float, reading: Reading, places: Iterable[int]) -> Candidate:
    words = tuple(dict.fromkeys(reading.heard.words[at].folded for at in sorted(places)))
    return Candidate(f"{ROUTE_PREFIX}{route.id}", score, words, score, score)


def _sureness(route: Route, reading: Reading, places: Collection[int]) -> float:
    """How probable a topic is by its sign, in [0, 1]; one's own papers are asked about in many ways."""
    if route.reason is RouteReason.OWN_FILE:
        return SURELY
    if not any(reading.heard.words[at].marked for at in places):
        return TONELESS if len(places) < CERTAIN else TONELESS_SURE
    return ASKED if reading.facets else SURE.get(route.reason, SURELY)


def _likenesses(index: Index, words: tuple[Syllable, ...]) -> dict[int, tuple[float, int]]:
    """For each target its most alike phrase: weighted cosine in [0, 1], and the phrase's number."""
    asked = features([w.folded for w in words])
    total = sum(index.weight(f) for f in asked)
    shared: dict[int, float] = {}
    for feature in asked:
        weight = index.weight(feature)
        for number in index.standing(feature):
            shared[number] = shared.get(number, 0.0) + weight
    best: dict[int, tuple[float, int]] = {}
    for number, weight in shared.items():
        target = bisect_right(index.starts, number) - 1
        cosine = weight / (math.sqrt(total) * index.roots[number]) if total and index.roots[number] else 0.0
        if cosine > best.get(target, (0.0, 0))[0]:
            best[target] = (min(cosine, 1.0), number)
    return best
