"""What a message denies speaks against an entry as much as it would speak for it: "không phải mất, hết hạn"."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.matching import Candidate, Matcher, Ranking
from bot.text import MATCHED_CHARACTERS, WORD, Syllable, folded_words

MOST = 4.0  # nats that denied words weigh at most
LEAST = 0.3  # nats by which denied words must speak for another entry, to make the one that is meant surer
DENIED = 0.5  # of what speaks for an entry is left where all of it is denied
AMONG = 3  # what is said without them counts where it names one of the first so many


def contrasted(matcher: Matcher, ranking: Ranking, text: str) -> Ranking:
    """The ranking with what is denied held against the entries; the same where nothing is denied.

    Without its denied words a message may say clearly what is meant ("thẻ hết hạn" of "thẻ không phải mất, hết hạn"),
    or not even of what it speaks: then the words are only weighed against the entries.
    """
    denied = ranking.reading.denied
    if not denied:
        return ranking
    found = (c if _spoken_for(matcher, c, denied) else replace(c, score=c.score * DENIED) for c in ranking.candidates)
    ranking = replace(ranking, candidates=tuple(sorted(found, key=_best_first)))
    before = _entries(matcher, ranking)
    if not before:
        return ranking
    against = [Syllable(word, word, word) for word in sorted(denied)]
    weighed = _weighed(matcher, before, against)
    left = matcher.rank_part(_without(denied, text))
    entries = _together(matcher, before, weighed, _entries(matcher, left), against)
    fits = {c.id: c.score for c in left.candidates}
    routes = (
        # "bố mẹ không ly hôn" is no matter of courts; "không muốn sống nữa" is an emergency for all its denial
        c if matcher.is_alarm(c.id) else replace(c, score=min(c.score, fits.get(c.id, 0.0)))
        for c in ranking.candidates
        if not matcher.is_entry(c.id)
    )
    return replace(ranking, candidates=tuple(sorted([*entries, *routes], key=_best_first)))


def _spoken_for(matcher: Matcher, candidate: Candidate, denied: Collection[str]) -> bool:
    """Whether more than denied words speak for an entry: no passport in "không phải hộ chiếu, trời mưa"."""
    return not matcher.is_entry(candidate.id) or any(set(words.split()) - set(denied) for words in candidate.matched)


def _together(
    matcher: Matcher,
    before: Sequence[Candidate],
    weighed: Sequence[Candidate],
    said: Sequence[Candidate],
    against: Sequence[Syllable],
) -> Sequence[Candidate]:
    """What the whole message and what is left of it say: agreed they are surer, at odds neither is sure."""
    if not said or said[0].id not in {c.id for c in weighed[:AMONG]}:
        return weighed
    if said[0].id != weighed[0].id:
        return _mean(weighed, said)
    own = matcher.likelihood(against, said[0].id)
    others = (c.id for c in before[:AMONG] if c.id != said[0].id)
    told = any(matcher.likelihood(against, other) >= own + LEAST for other in others)
    return _product(weighed, said) if told else weighed


def _weighed(matcher: Matcher, entries: Sequence[Candidate], against: Sequence[Syllable]) -> list[Candidate]:
    """What one entry loses the others gain: that none of them is meant is no more probable than before."""
    found = {c.id: matcher.likelihood(against, c.id) for c in entries}
    least = min(found.values())
    kept = {c.id: c.score * math.exp(-min(found[c.id] - least, MOST)) for c in entries}
    before, after = math.fsum(c.score for c in entries), math.fsum(kept.values()) or 1.0
    return sorted((replace(c, score=round(kept[c.id] * before / after, 4)) for c in entries), key=_best_first)


def _mean(one: Sequence[Candidate], other: Sequence[Candidate]) -> list[Candidate]:
    scores = {c.id: c.score for c in other}
    return [replace(c, score=round((c.score + scores.get(c.id, 0.0)) / 2, 4)) for c in one]


def _product(one: Sequence[Candidate], other: Sequence[Candidate]) -> list[Candidate]:
    """Probabilities multiplied, that of none of the entries too."""
    scores = {c.id: c.score for c in other}
    both = {c.id: c.score * scores.get(c.id, 0.0) for c in one}
    none = max(1 - math.fsum(c.score for c in one), 0.0) * max(1 - math.fsum(scores.values()), 0.0)
    total = math.fsum(both.values()) + none or 1.0
    return [replace(c, score=round(both[c.id] / total, 4)) for c in one]


def _entries(matcher: Matcher, ranking: Ranking) -> list[Candidate]:
    return [c for c in ranking.candidates if matcher.is_entry(c.id)]


def _without(denied: Collection[str], text: str) -> str:
    """What is read of a text, without the denied words."""
    return WORD.sub(lambda word: "" if _folded(word[0]) in denied else word[0], text[:MATCHED_CHARACTERS])


def _folded(word: str) -> str:
    return next(iter(folded_words(word)), "")


def _best_first(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.id
