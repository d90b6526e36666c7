"""Three trees made one: no edit of the office is lost, and what both changed is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.editing.merge import Merge, name_of, with_sources
from bot.editing.trees import both_orders, entries, identity, register, texts, union
from bot.editing.words import key_words, value_words
from bot.yamlfile import Node


def entry(**keys: Node) -> Node:
    return {"procedures": [{"id": "khai-sinh", "name": "Khai sinh", **keys}]}


def merged(base: Node | None, ours: Node | None, theirs: Node | None) -> tuple[Node | None, list[str]]:
    merge = Merge()
    outcome = merge.file("procedures/ho-tich.yaml", base, ours, theirs)
    return outcome, [conflict.name for conflict in merge.conflicts]


FEE: Node = {"source": "cong", "items": [{"name": "Lệ phí", "amount": "8000"}]}
LESS: Node = {"source": "nq23", "items": [{"name": "Lệ phí", "amount": "4000"}]}
MORE: Node = {"source": "cong", "items": [{"name": "Lệ phí", "amount": "9000"}]}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "outcome", "conflicts"),
    [
        pytest.param(entry(fee=FEE), entry(fee=FEE), entry(fee=LESS), entry(fee=LESS), [], id="the release changed it"),
        pytest.param(entry(fee=FEE), entry(fee=LESS), entry(fee=FEE), entry(fee=LESS), [], id="the office changed it"),
        pytest.param(entry(fee=FEE), entry(fee=LESS), entry(fee=LESS), entry(fee=LESS), [], id="both the same way"),
        pytest.param(
            entry(fee=FEE), entry(fee=LESS), entry(fee=MORE), entry(fee=LESS), ["khai-sinh.fee"], id="each its own way"
        ),
        pytest.param(
            entry(fee=FEE), entry(), entry(fee=MORE), entry(), ["khai-sinh.fee"], id="gone here, changed there"
        ),
        pytest.param(entry(fee=FEE), entry(fee=LESS), entry(), entry(fee=LESS), ["khai-sinh.fee"], id="the other way"),
        pytest.param(entry(fee=FEE), entry(), entry(fee=FEE), entry(), [], id="gone here"),
        pytest.param(entry(fee=FEE), entry(fee=FEE), entry(), entry(), [], id="gone there"),
        pytest.param(entry(), entry(fee=LESS), entry(fee=MORE), entry(fee=LESS), ["khai-sinh.fee"], id="new on both"),
        pytest.param(
            entry(phrases=["a", "b", "c"]),
            entry(phrases=["a", "x", "c"]),
            entry(phrases=["a", "b", "y", "z"]),
            entry(phrases=["a", "y", "z", "x"]),
            [],
            id="phrases are sets",
        ),
        pytest.param(
            entry(sources={"a": {"document": "1"}, "b": {"document": "2"}}),
            entry(sources={"a": {"document": "3"}, "b": {"document": "2"}}),
            entry(sources={"a": {"document": "1"}, "b": {"document": "4"}}),
            entry(sources={"a": {"document": "3"}, "b": {"document": "4"}}),
            [],
            id="sources by name",
        ),
        pytest.param(
            entry(sources={"a": {"document": "1"}, "b": {"document": "2"}}),
            entry(sources={"a": {"document": "1"}, "b": {"document": "2"}}, name="Làm khai sinh"),
            entry(sources={"b": {"document": "2"}}),
            entry(sources={"b": {"document": "2"}}, name="Làm khai sinh"),
            [],
            id="a source gone there",
        ),
        pytest.param(
            entry(former_codes=[{"code": "1.000001", "reason": "a"}]),
            entry(former_codes=[{"code": "1.000001", "reason": "a"}, {"code": "1.000002", "reason": "b"}]),
            entry(former_codes=[{"code": "1.000003", "reason": "c"}]),
            entry(former_codes=[{"code": "1.000003", "reason": "c"}, {"code": "1.000002", "reason": "b"}]),
            [],
            id="codes by code",
        ),
        pytest.param(
            entry(former_codes=[{"code": "1.000001"}, {"code": "1.000002"}]),
            entry(former_codes=[{"code": "1.000001"}]),
            entry(former_codes=[{"code": "1.000002"}]),
            entry(),
            [],
            id="each took out a code",
        ),
        pytest.param(
            {"a": ["x", {"y": "z"}]},
            {"a": ["1", {"y": "z"}]},
            {"a": ["2", {"y": "z"}]},
            {"a": ["1", {"y": "z"}]},
            ["procedures/ho-tich:a"],
            id="a list of odd things is one whole",
        ),
        pytest.param({"a": "1"}, {"a": ["1"]}, {"a": "2"}, {"a": ["1"]}, ["procedures/ho-tich:a"], id="another kind"),
        pytest.param(None, {"a": "1"}, None, {"a": "1"}, [], id="a file of the office's own"),
        pytest.param(None, None, {"a": "1"}, {"a": "1"}, [], id="a new file"),
        pytest.param({"a": "1"}, {"a": "2"}, None, {"a": "2"}, ["procedures/ho-tich.yaml"], id="a file dropped"),
        pytest.param(None, {"a": "1"}, {"b": "2"}, {"b": "2", "a": "1"}, [], id="the same new file on both sides"),
    ],
)
def test_the_table(
    base: Node | None, ours: Node | None, theirs: Node | None, outcome: Node, conflicts: list[str]
) -> None:
    assert merged(base, ours, theirs) == (outcome, conflicts)


def test_decisions() -> None:
    sides = entry(fee=FEE, who="a"), entry(fee=LESS, who="b"), entry(fee=MORE, who="c")
    merge = Merge(take=["khai-sinh.fee"], keep=["khai-sinh.who"])
    assert merge.file("procedures/a.yaml", *sides) == entry(fee=MORE, who="b")
    assert (merge.conflicts, merge.used) == ([], {"khai-sinh.fee", "khai-sinh.who"})
    whole = Merge(take=["khai-sinh"])
    assert whole.file("procedures/a.yaml", *sides) == sides[2]


def test_an_open_conflict_stays_open_until_it_is_decided() -> None:
    sides = entry(fee=MORE), entry(fee=LESS), entry(fee=MORE)
    merge = Merge(open_names=["khai-sinh.fee"])
    assert merge.file("procedures/a.yaml", *sides) == entry(fee=LESS)
    assert [str(conflict) for conflict in merge.conflicts] == [
        "procedures/a.yaml: thủ tục, khai-sinh, lệ phí\n"
        "    đơn vị:  {source: nq23, items: [{name: Lệ phí, amount: 4000}]}\n"
        "    bản mới: {source: cong, items: [{name: Lệ phí, amount: 9000}]}\n"
        "    giữ bản của đơn vị; lấy bản mới thì thêm: --take 'khai-sinh.fee'"
    ]
    settled = Merge(open_names=["khai-sinh.fee"])
    assert settled.file("procedures/a.yaml", sides[0], sides[0], sides[2]) == sides[2]
    assert settled.conflicts == []


@pytest.mark.parametrize(
    ("file", "path", "name"),
    [
        ("procedures/a.yaml", ("procedures", "khai-sinh", "fee"), "khai-sinh.fee"),
        ("procedures/a.yaml", ("procedures", "khai-sinh"), "khai-sinh"),
        ("procedures/a.yaml", ("field",), "procedures/a:field"),
        ("procedures/a.yaml", ("twins", "Ai?", "options"), "procedures/a:twins.Ai?.options"),
        ("guides/a.yaml", ("guides", "vneid", "name"), "vneid.name"),
        ("local/hai-phong.yaml", ("procedures", "khai-sinh", "fee"), "local/hai-phong:khai-sinh.fee"),
        ("laws.yaml", ("laws", "60/2014/QH13", "title"), "laws:60/2014/QH13.title"),
        ("lexicon.yaml", ("abbreviations", "ks"), "lexicon:abbreviations.ks"),
        ("README.md", (), "README.md"),
    ],
)
def test_names_that_people_type(file: str, path: tuple[str, ...], name: str) -> None:
    assert name_of(file, path) == name


def test_a_source_stays_while_a_fact_names_it() -> None:
    lost: dict[str, Node] = {"sources": {"a": "1"}, "fee": {"source": "b", "items": [{"source": "c"}, "x"]}}
    ours: dict[str, Node] = {"sources": {"b": "2", "d": "4"}}
    theirs: dict[str, Node] = {"sources": {"b": "0", "c": "3"}}
    assert with_sources(lost, ours, theirs)["sources"] == {"a": "1", "b": "2", "c": "3"}
    assert with_sources({"fee": {"source": "b"}}, ours)["sources"] == {"b": "2"}
    odd: list[dict[str, Node]] = [
        {"sources": {"a": "1"}, "who": {"source": "a"}},
        {"fee": "b"},
        {"sources": "x", "who": {"source": "b"}},
    ]
    assert [with_sources(tree, ours) for tree in odd] == odd


NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(NAMES, NAMES, NAMES)
@settings(deadline=None)
def test_no_edit_of_the_office_is_lost(base: list[str], ours: list[str], theirs: list[str]) -> None:
    kept = union(base, ours, theirs)
    assert len(set(kept)) == len(kept)
    assert set(ours) - set(base) <= set(kept)
    assert not (set(base) - set(ours)) & set(kept) - (set(theirs) - set(base))
    assert set(theirs) - set(base) <= set(kept)
    assert [name for name in kept if name in ours] == [name for name in ours if name in kept]


@given(NAMES, NAMES)
@settings(deadline=None)
def test_both_orders_hold_every_name_once(ours: list[str], theirs: list[str]) -> None:
    both = both_orders(ours, theirs)
    assert sorted(both) == sorted({*ours, *theirs})
    assert [name for name in both if name in ours] == ours


def test_what_is_no_register() -> None:
    assert identity("chữ") is None
    assert register([]) == {}
    twice: list[Node] = [{"id": "a"}, {"id": "a"}]
    mixed: list[Node] = [{"id": "a"}, {"number": "b"}]
    odd: list[Node | None] = [None, "x", ["x"], mixed, twice, [{"x": "a"}]]
    assert [register(items) for items in odd] == [None] * 6
    assert texts(None) is None
    assert texts(["a", []]) is None
    assert entries("x", "procedures") == entries({"procedures": "x"}, "procedures") == {}


def test_words() -> None:
    assert key_words(("fee", "items", 1, "amount")) == "lệ phí, dòng 2, số tiền"
    assert key_words((0, "tu-chon")) == "dòng 1, tu-chon"
    assert (value_words(None), value_words("a\n b")) == ("(không có)", "a b")
    assert value_words("k" * 300) == "k" * 200 + "…"
