"""Cues that say what a question asks for, spelled out once: patterns with gaps and choices as one tree of words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.procedures import Facet
from bot.text import Syllable, folded_words, syllables

GAP = "…"  # some words of the same part of a sentence
TOKEN = re.compile(rf"{GAP}|[^\s{GAP}]+")
ASKING = frozenset(syllables("gì nào lào đâu mô ai sao mấy bao nhiêu không chưa hay what how where who when"))
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


class Node:
    """What may follow in a cue: words by their unmarked form, each with its own next node; a gap; or nothing more."""

    __slots__ = ("cues", "gap", "steps")

    def __init__(self) -> None:
        self.steps: dict[str, list[tuple[Spelled, Node]]] = {}
        self.gap: Node | None = None
        self.cues: tuple[Cue, ...] = ()


class Branch(NamedTuple):
    """A cue as far as it is spelled: where that led, and the words so far."""

    node: Node
    words: tuple[Syllable, ...] = ()


def tree(cues: Mapping[Facet, Iterable[str]]) -> Node:
    """The root of all cues. In a pattern "…" stands for some words, "a/b" for one of them, "a_b" for two in one place;
    a word in brackets is needed but not set aside; "không?" ends what is asked.
    """
    root = Node()
    for facet, patterns in cues.items():
        for pattern in patterns:
            for node, words in _spelled_out(root, pattern):
                cue = _cue(facet, words)
                if cue not in node.cues:
                    node.cues += (cue,)
    return root


def _spelled_out(root: Node, pattern: str) -> list[Branch]:
    branches = [Branch(root)]
    for token in TOKEN.findall(pattern.strip(f" {GAP}")):
        ways = [] if token == GAP else _ways(token)
        branches = [further for branch in branches for further in _further(branch, ways)]
    return branches


def _cue(facet: Facet, words: Sequence[Syllable]) -> Cue:
    topic = words[-1] != ASKING_LAST and ASKING.isdisjoint(words)
    telling = sum(word.folded not in EMPTY for word in words)
    return Cue(facet, topic, telling, len(words) == 1 and words[0].marked)


def _ways(token: str) -> list[tuple[Spelled, ...]]:
    """Each way to write one token of a pattern: "(a/b_c)", "không?"."""
    stays, ends = token.startswith("("), token.rstrip(")").endswith("?")
    ways = (syllables(way.replace("_", " ")) for way in token.split("/"))
    return [tuple(Spelled(w, stays, ends and n == len(way) - 1) for n, w in enumerate(way)) for way in ways if way]


def _further(branch: Branch, ways: Sequence[tuple[Spelled, ...]]) -> Iterator[Branch]:
    """A branch gone on in each of some ways, or over a gap if there are none."""
    if not ways:
        branch.node.gap = branch.node.gap or Node()
        yield Branch(branch.node.gap, branch.words)
    for way in ways:
        node = branch.node
        for spelled in way:
            node = _child(node, spelled)
        yield Branch(node, (*branch.words, *(spelled.word for spelled in way)))


def _child(node: Node, spelled: Spelled) -> Node:
    steps = node.steps.setdefault(spelled.word.folded, [])
    for known, after in steps:
        if known == spelled:
            return after
    steps.append((spelled, Node()))
    return steps[-1][1]
