"""What must not matter: case, spaces, politeness, Unicode forms, where the tone stands, accents; and no text raises."""

import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Answered, Choice, decide
from bot.knowledge import Knowledge
from bot.matching import Matcher
from bot.text import clean, fold
from tests.values import registry

TONED = {  # "òa" and "oà", "ùy" and "uỳ": where the tone stands is a matter of taste
    old: new
    for pairs in ("òa oà óa oá ỏa oả õa oã ọa oạ", "òe oè óe oé ỏe oẻ õe oẽ ọe oẹ", "ùy uỳ úy uý ủy uỷ ũy uỹ ụy uỵ")
    for old, new in zip(pairs.split()[::2], pairs.split()[1::2], strict=True)
}
CASES: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.title, str.swapcase)


def new_style(text: str) -> str:
    for old, new in TONED.items():
        text = text.replace(old, new)
    return text


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def spread(text: str) -> str:
    return "\n  " + text.replace(" ", " \t  ") + "   "


SPACE = st.sampled_from([" ", "  ", " \t ", "\u00a0"])  # a new line ends a sentence
NUMBER = st.integers(0, 10_000)
VARIATIONS = (str.upper, str.lower, str.title, spread, decomposed, new_style)


class Names:
    """The names of the shipped base, and what comes first for a text; hypothesis prints it, so its repr is short."""

    def __init__(self, knowledge: Knowledge, matcher: Matcher) -> None:
        self.names = [(procedure.id, procedure.name) for procedure in knowledge.procedures]
        self.by_id = dict(self.names)
        self.matcher = matcher
        self._padding = knowledge.lexicon.padding

    def chosen(self, number: int, polite: list[int]) -> tuple[str, str, list[str]]:
        """An id, its name, and padding to say before it, by numbers that may be larger than there are any."""
        entry, name = self.names[number % len(self.names)]
        return entry, name, [self._padding[n % len(self._padding)] for n in polite]

    def first(self, question: str) -> str:
        """The id of what is ranked first, "" for nothing."""
        found = self.matcher.rank(clean(question)).candidates
        return found[0].id if found else ""


@pytest.fixture(scope="module")
def names(shipped: Knowledge, shipped_matcher: Matcher) -> Names:
    return Names(shipped, shipped_matcher)


def test_every_name_comes_first_however_it_is_typed(names: Names) -> None:
    assert [name for entry, name in names.names if names.first(name) != entry] == []
    moved = [
        (entry, typed)
        for entry, name in names.names
        for typed in {vary(name) for vary in VARIATIONS} - {name}
        if names.first(typed) != entry
    ]
    assert moved == []


def test_every_name_comes_first_without_its_accents(names: Names) -> None:
    same = Counter(fold(name) for _, name in names.names)
    assert [name for entry, name in names.names if same[fold(name)] == 1 and names.first(fold(name)) != entry] == []


@settings(deadline=None, max_examples=300)
@given(
    number=NUMBER,
    polite=st.lists(NUMBER, max_size=2),
    space=SPACE,
    gap=SPACE | st.sampled_from([", ", "\n"]),
    styles=st.sets(st.sampled_from([new_style, decomposed])),
    case=st.sampled_from(CASES),
    swapped=st.integers(0, 2**64 - 1),
)
def test_nothing_of_that_matters_together(
    names: Names,
    number: int,
    polite: list[int],
    space: str,
    gap: str,
    styles: set[Callable[[str], str]],
    case: Callable[[str], str],
    swapped: int,
) -> None:
    entry, name, before = names.chosen(number, polite)
    text = case(gap.join([*before, space.join(name.split())]))
    text = "".join(c.swapcase() if swapped >> n & 1 else c for n, c in enumerate(text))
    for style in (new_style, decomposed):
        text = style(text) if style in styles else text
    assert (text, names.first(text)) == (text, entry)


@settings(deadline=None, max_examples=150)
@given(number=NUMBER, space=SPACE, case=st.sampled_from(CASES))
def test_nor_does_it_without_accents(names: Names, number: int, space: str, case: Callable[[str], str]) -> None:
    _, name, _ = names.chosen(number, [])
    text = fold(case(space.join(name.split())))
    assert (text, fold(names.by_id.get(names.first(text), ""))) == (text, fold(name))


@pytest.mark.parametrize(
    ("polite", "id"),
    [
        ("chào ad", "lap-truong-mam-non"),
        ("em chào anh chị", "lap-truong-mam-non"),
        ("ad ơi", "lap-truong-mam-non"),
        ("em chào anh chị", "hoi-hoat-dong-lai"),
        ("chào ad", "khai-bao-tam-tru-nnn-qua-mang"),
        ("em chào anh chị", "khai-bao-tam-tru-nnn-qua-mang"),
        ("ad ơi", "khai-bao-tam-tru-nnn-qua-mang"),
        ("xin cảm ơn", "khai-bao-tam-tru-nnn-qua-mang"),
    ],
)
def test_nor_does_politeness_without_accents(shipped: Knowledge, names: Names, polite: str, id: str) -> None:
    answer = decide(names.matcher.rank(fold(f"{polite} {names.by_id[id]}")), shipped)
    assert isinstance(answer, Answered | Choice)  # no greeting
    assert answer.candidates[0].id == id


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=120) | st.binary(max_size=60).map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_no_text_raises(names: Names, text: str) -> None:
    for typed in (text, clean(text)):
        assert names.matcher.rank(typed) == names.matcher.rank(typed)


@given(st.lists(st.sampled_from(["khai sinh", "không phải", "cccd", "ly hôn", "lệ phí", ",", "sihn", "9", "xin chào"])))
def test_no_mixture_of_known_words_raises(pieces: list[str]) -> None:
    found = Matcher(registry()).rank(" ".join(pieces))
    assert list(found.candidates) == sorted(found.candidates, key=lambda c: (-c.score, c.id))
