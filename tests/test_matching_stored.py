"""Indexes and phrases kept between two starts: the same ranking, and never from a file that does not fit."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cache import Shelf, packed, unpacked
from bot.catalogue import EMPTY, Catalogue, Listed
from bot.desk import brain
from bot.knowledge import Knowledge, load
from bot.matching.index import Index, Target, build
from bot.matching.reading import Reader
from bot.matching.readings import Readings
from bot.matching.stored import parts, understood
from tests.running import KNOWLEDGE as SHIPPED
from tests.small import write_base

LIST = Catalogue((Listed("1.015002", "Thủ tục đăng ký nhãn hiệu"),))
QUESTIONS = ("đăng ký khai sinh", "nhãn hiệu", "thuê trọ phải đăng ký gì", "1.004194", "xin chào", "mất khai sinh")
KINDS = ("entries", "routes", "phrases", "titles")
TARGETS = (Target("dat", ("Tách thửa", "tách thửa đất")), Target("ho-chieu", ("Làm hộ chiếu",)))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache")


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    return load(write_base(tmp_path / "kb"), None)


def files(shelf: Shelf, kind: str) -> list[Path]:
    return sorted(shelf.folder.glob(f"{kind}-*.bin"))


def counts(shelf: Shelf) -> dict[str, int]:
    return {kind: len(files(shelf, kind)) for kind in KINDS}


def index() -> Index:
    return build(TARGETS, Readings(Reader({}, {}, (), {})), ["lam"])


def test_what_is_kept_ranks_the_same(shelf: Shelf, knowledge: Knowledge) -> None:
    slow, first, second = (brain(knowledge, LIST, kept) for kept in (None, shelf, shelf))
    assert counts(shelf) == dict.fromkeys(KINDS, 1)
    for question in QUESTIONS:
        assert slow.matcher.rank(question) == first.matcher.rank(question) == second.matcher.rank(question)


def test_the_shipped_base_is_kept_to_the_last_figure(shelf: Shelf) -> None:
    shipped = load(SHIPPED, None)
    first, second = (brain(shipped, EMPTY, shelf).matcher.index for _ in range(2))
    assert first == second


def test_a_changed_entry_is_counted_anew_and_routes_are_not(shelf: Shelf, knowledge: Knowledge) -> None:
    brain(knowledge, LIST, shelf)
    fewer = brain(replace(knowledge, procedures=knowledge.procedures[:1]), EMPTY, shelf)
    assert counts(shelf) == {"entries": 2, "routes": 1, "phrases": 1, "titles": 1}
    assert fewer.matcher.rank("nhãn hiệu").listed == ()


def test_another_lexicon_reads_and_counts_anew(shelf: Shelf, knowledge: Knowledge) -> None:
    brain(knowledge, LIST, shelf)
    brain(replace(knowledge, lexicon=knowledge.lexicon.model_copy(update={"padding": ()})), LIST, shelf)
    assert counts(shelf) == dict.fromkeys(KINDS, 2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": ["b"]}', b'{"a": ["b c", "d"]}', b"\xff", packed({"a": b""})])
def test_a_file_of_another_form_is_made_anew(shelf: Shelf, knowledge: Knowledge, kind: str, content: bytes) -> None:
    expected = brain(knowledge, LIST, shelf).matcher.rank("đăng ký khai sinh")
    for path in shelf.folder.iterdir():
        which, key = path.stem.split("-")
        if which == kind or kind in {"phrases", "titles"}:  # phrases are only looked for where an index is missing
            shelf.keep(which, key, content)
    assert brain(knowledge, LIST, shelf).matcher.rank("đăng ký khai sinh") == expected


def test_an_index_comes_back_from_its_bytes() -> None:
    made = index()
    assert understood(unpacked(packed(parts(made))), made.targets, made.weak) == made


@pytest.mark.parametrize(
    "changed",
    [
        {"texts": b"mot"},
        {"texts": b"\xff"},
        {"numbers": b"mot"},
        {"tones": b""},
        {"starts": b""},
        {"roots": b""},
        {"weights": b"1"},
        {"odds": b""},
        {"places.bounds": b""},
        {"counts.numbers": b""},
        {"toned.bounds": b""},
    ],
)
def test_parts_that_do_not_fit_together_are_no_index(changed: Mapping[str, bytes]) -> None:
    made = index()
    with pytest.raises(ValueError, match="no index"):
        understood({**parts(made), **changed}, made.targets, made.weak)


@pytest.mark.parametrize("missing", ["texts", "odds", "toned.numbers"])
def test_an_index_lacks_no_part(missing: str) -> None:
    made = index()
    with pytest.raises(ValueError, match="no index"):
        understood({name: part for name, part in parts(made).items() if name != missing}, made.targets, made.weak)


def test_an_index_of_other_targets_is_none() -> None:
    made = index()
    with pytest.raises(ValueError, match="no index"):
        understood(parts(made), made.targets[:1], made.weak)
