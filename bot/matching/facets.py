"""What a question asks for: cues with gaps, the most telling first, and bare topics where nothing else is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from bot.matching.cues import Cue, Cues, Node, Spelled, cue
from bot.procedures import Facet
from bot.text import Syllable, folded_words, is_syllable

WIDEST_GAP = 15
AND, ASKED = "va", frozenset(folded_words("không chưa gì chi đâu nào nhiêu lâu sao"))  # "nộp ở đâu và cần gì"
POLITE = frozenset(
    folded_words(
        "ạ em anh chị cô chú bác ông bà con cháu bạn ad ak mọi người cả nhà mn mng mày hp hè vậy thế ah ta trời nhỉ "
        "nha nhé các shop"
    )
)
NEXT = frozenset(  # what may follow a question without a comma
    folded_words("và hay hoặc mà nếu với để rồi thì cần ở nộp làm bao mấy mất hết lệ phí nhờ xin phải cho")
)
JOINING = frozenset(folded_words("và với cùng hay hoặc còn"))
OPENING = frozenset(  # before a topic that is asked for: "cho hỏi về lệ phí"
    folded_words("về còn và với các những cái mức hỏi biết cho xin em tôi mình anh chị cháu bác cần thì thế nói rõ")
)
HANDLING = frozenset(  # before a topic that is not: "nộp hồ sơ", "thiếu giấy tờ"
    folded_words(
        "nộp làm mang gửi có xin điền viết lấy đóng trả theo sửa giấy trong mọi tiền lỗi của về không đồng bản hết "
        "mất thiếu đủ khớp"
    )
)
ASKING = frozenset(folded_words("là thì gì chi đâu sao nào thế như ra hả những"))  # after a topic: "điều kiện là gì"
FETCHING = frozenset(folded_words("lấy tải in kiếm tìm mua"))  # where a form is: "mẫu nào, lấy ở đâu"
SHORT = 8  # words of a part that may end with its topic: "làm hộ chiếu lệ phí"
Said: TypeAlias = tuple[tuple[Spelled, int], ...]  # words of cues, and where they stand in a text


class Found(NamedTuple):
    """A cue in a text: the words that it sets aside, and all words that it needs, both in order."""

    cue: Cue
    aside: tuple[int, ...]
    places: tuple[int, ...]

    def beside(self, other: "Found") -> bool:
        """Whether the two share no part of the text, gaps included."""
        return self.places[-1] < other.places[0] or other.places[-1] < self.places[0]


@dataclass(frozen=True)
class Text:
    """A question's words, the number of the sentence part that each stands in, and what belongs together.

    `padding` says for each word how many words of politeness begin there; `names` are (first, last + 1).
    """

    words: Sequence[Syllable]
    part: Sequence[int]
    padding: Sequence[int]
    names: Sequence[tuple[int, int]] = ()

    def telling(self, places: Iterable[int]) -> list[int]:
        """Those of some neighbouring places that are no politeness."""
        left, polite = [], 0
        for at in places:
            polite = max(polite - 1, self.padding[at])
            if not polite:
                left.append(at)
        return left


def parts(words: Sequence[Syllable], lengths: Iterable[int]) -> list[int]:
    """The number of the part that each word stands in: parts of given lengths, cut again at "nộp ở đâu và cần gì"."""
    numbers = [number for number, length in enumerate(lengths) for _ in range(length)]
    for at in range(1, len(words)):
        if words[at].folded == AND and words[at - 1].folded in ASKED and numbers[at] == numbers[at - 1]:
            numbers[at:] = [number + 1 for number in numbers[at:]]
    return numbers


class Facets:
    """Finds the cues of a lexicon in questions."""

    def __init__(self, cues: Mapping[Facet, Iterable[str]]) -> None:
        self._root = Cues(cues).root

    def find(self, text: Text) -> tuple[Found, ...]:
        """The cues that count, in the order of the text; no two of them overlap."""
        found: list[Found] = []
        for start, word in enumerate(text.words):
            if word.folded in self._root.steps:
                _step(self._root, text, start, (), found)
        found.sort(key=_rank)
        asked: list[Found] = []
        for one in found:
            if not one.cue.topic and all(map(one.beside, asked)) and not _cut(one, text):
                asked.append(one)
        counted = list(asked)
        for one in found:
            if one.cue.topic and all(map(one.beside, counted)) and not _cut(one, text) and _meant(one, asked, text):
                counted.append(one)
        return tuple(_forms(sorted(counted, key=lambda f: (f.aside or f.places)[0]), text))


def _forms(found: Sequence[Found], text: Text) -> Iterator[Found]:
    """The cues in their order; where a form is told of, the place to fetch something is that of the form."""
    form = False
    for one in found:
        fetched = form and one.cue.facet is Facet.PLACE and text.words[one.places[0]].folded in FETCHING
        yield one._replace(cue=one.cue._replace(facet=Facet.FORM)) if fetched else one
        form = form or one.cue.facet is Facet.FORM


def _ends_asking(text: Text, at: int) -> bool:
    """Whether the word at `at` can end what is asked: only politeness, a joining word or a new question follows."""
    rest = (later for later in range(at + 1, len(text.words)) if text.part[later] == text.part[at])
    following = next((w for n in text.telling(rest) if (w := text.words[n].folded) not in POLITE), None)
    return following is None or following in NEXT


def _walk(node: Node, text: Text, at: int, said: Said, found: list[Found]) -> None:
    """Put down every cue that ends or goes on at `at`, from a node."""
    if node.facets:
        found += _ended(node.facets, said, text.words[at - 1])
    part = text.part
    if at >= len(part) or part[at] != part[at - 1]:
        return
    if text.words[at].folded in node.steps:
        _step(node, text, at, said, found)
    if node.gap:
        known = node.gap.steps
        for later in range(at, min(at + WIDEST_GAP + 1, len(part))):
            if part[later] != part[at]:
                return
            if text.words[later].folded in known:
                _step(node.gap, text, later, said, found)


def _step(node: Node, text: Text, at: int, said: Said, found: list[Found]) -> None:
    """The same, where the word at `at` is one that may follow the node."""
    typed = text.words[at]
    for known, after in node.steps[typed.folded]:
        agrees = not typed.marked or typed.toned == known.word.toned
        if agrees and not (known.ends and not _ends_asking(text, at)):
            _walk(after, text, at + 1, (*said, (known, at)), found)


def _ended(facets: Iterable[Facet], said: Said, last: Syllable) -> Iterator[Found]:
    """The cues that some words are."""
    aside, places = tuple(at for known, at in said if not known.stays), tuple(at for _, at in said)
    for facet in facets:
        one = cue(facet, [known.word for known, _ in said])
        if not (one.lone and _vague(last)):
            yield Found(one, aside, places)


def _vague(typed: Syllable) -> bool:
    """One accented word typed without accents may be another: "phi" is "phí" or "phi"."""
    return not typed.marked and is_syllable(typed.folded)


def _cut(found: Found, text: Text) -> bool:
    """Whether a name lies partly in the cue: "làm hộ" in "làm hộ chiếu", "chi phí" in "chi phí học tập"."""
    own, start = frozenset(found.places), found.places[0]
    names = (range(first, end) for first, end in text.names)
    return not own.issuperset(range(start, start + text.padding[start])) or any(
        not own.isdisjoint(name) and not own.issuperset(name) for name in names
    )


def _rank(found: Found) -> tuple[int, int, int, int]:
    """The most telling cue first; of equals the one with the narrowest gaps, then the longer, then the earlier."""
    gaps = found.places[-1] - found.places[0] + 1 - len(found.places)
    return -found.cue.telling, gaps, -len(found.places), found.places[0]


def _meant(topic: Found, asked: Sequence[Found], text: Text) -> bool:
    """Whether a bare topic is asked for: it opens or ends its part, and nothing else is asked there about it."""
    first, end = topic.places[0], topic.places[-1] + 1
    part = [n for n, number in enumerate(text.part) if number == text.part[first]]
    before = text.telling(n for n in part if n < first)
    after = text.telling(n for n in part if n >= end)
    joined = bool(after) and text.words[after[0]].folded in JOINING
    others = {one.cue.facet for one in asked if text.part[one.places[0]] == text.part[first]}
    if others and not joined:
        return others == {topic.cue.facet}
    opens = all(text.words[n].folded in OPENING for n in before)
    last = text.words[before[-1]].folded if before else ""
    ends = all(text.words[n].folded in ASKING for n in after)
    return opens or last in JOINING or (ends and len(before) <= SHORT and last not in HANDLING)
