"""A YAML text changed in place: what differs is written, every other byte stays."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editing import folder, writing
from bot.editing.rewrite import rewritten
from bot.errors import KnowledgeError
from bot.yamlfile import Node
from tests.running import KNOWLEDGE

FEES = """\
# Lệ phí của xã
fee:   # xem bảng niêm yết
  source: 'cong'   # đọc ngày 01/10
  items:
    # nộp tại quầy
    - {name: Lệ phí,   amount: 8000, channels: [trực tiếp, bưu chính]}

    # nộp trên mạng
    - {name: "Lệ phí", amount: 4000}  # rẻ hơn
  exempt: >-
    Hộ nghèo
    được miễn.
# hết
"""


def changed(text: str, **keys: Node) -> str:
    """The text with some of its first keys changed."""
    return rewritten(text, {**yaml.load(text, yaml.BaseLoader), **keys})


def fee(**keys: Node) -> dict[str, Node]:
    whole: dict[str, Node] = yaml.load(FEES, yaml.BaseLoader)["fee"]
    return {key: value for key, value in {**whole, **keys}.items() if value != "-"}


PAY, ONLINE = yaml.load(FEES, yaml.BaseLoader)["fee"]["items"]


@pytest.mark.parametrize(
    ("wanted", "old", "new"),
    [
        pytest.param(fee(source="van-ban"), "'cong' ", '"van-ban" ', id="quotes stay quotes"),
        pytest.param(fee(exempt="Không ai."), " >-\n    Hộ nghèo\n    được miễn.", " Không ai.", id="a folded text"),
        pytest.param(fee(items=[{**PAY, "amount": "9000"}, ONLINE]), "amount: 8000", "amount: 9000", id="one amount"),
        pytest.param(
            fee(items=[{**PAY, "channels": ["trực tiếp"]}, ONLINE]),
            "[trực tiếp, bưu chính]",
            "[trực tiếp]",
            id="the last of a short list",
        ),
        pytest.param(
            fee(items=[{**PAY, "channels": ["bưu chính", "trực tuyến"]}, ONLINE]),
            "[trực tiếp, bưu chính]",
            "[bưu chính, trực tuyến]",
            id="the first goes and another comes",
        ),
        pytest.param(
            fee(items=[{"name": "Lệ phí", "per": "bản, lần", "amount": "8000"}, ONLINE]),
            "Lệ phí,   amount: 8000, channels: [trực tiếp, bưu chính]}",
            'Lệ phí, per: "bản, lần",   amount: 8000}',
            id="keys in braces",
        ),
        pytest.param(
            fee(items=[PAY, ONLINE, {"name": "Bản sao", "amount": "5000"}]),
            "  # rẻ hơn\n",
            "  # rẻ hơn\n    - {name: Bản sao, amount: 5000}\n",
            id="a new item like its neighbours",
        ),
        pytest.param(
            fee(items=[{"name": "Bản sao"}, PAY, ONLINE]),
            "    - {name: Lệ phí, ",
            "    - {name: Bản sao}\n    - {name: Lệ phí, ",
            id="a new first item",
        ),
        pytest.param(
            fee(items=[PAY]), '    - {name: "Lệ phí", amount: 4000}  # rẻ hơn\n', "", id="an item goes, notes stay"
        ),
        pytest.param(
            fee(doubt="Hỏi lại: xã đổi."),
            "    được miễn.\n",
            '    được miễn.\n  doubt: "Hỏi lại: xã đổi."\n',
            id="a key more",
        ),
        pytest.param(fee(exempt="-"), "  exempt: >-\n    Hộ nghèo\n    được miễn.\n", "", id="a key less"),
        pytest.param(
            fee(source="-"), "  source: 'cong'   # đọc ngày 01/10\n", "", id="the first key, its comment with it"
        ),
    ],
)
def test_only_what_differs_is_written(wanted: Node, old: str, new: str) -> None:
    assert FEES.count(old) == 1
    assert changed(FEES, fee=wanted) == FEES.replace(old, new)


@pytest.mark.parametrize(
    ("text", "wanted", "after"),
    [
        ("- k: a\n  name: b\n", [{"name": "b"}], "- name: b\n"),
        ("- k: a\n  # ghi chú\n  name: b\n", [{"name": "b"}], "- \n  # ghi chú\n  name: b\n"),
        ("- name: b\n", [{"k": "a", "name": "b"}], "- k: a\n  name: b\n"),
        ("a: # ghi chú\n  b: c\n", {"a": ["x"]}, "a: [x]\n"),
        ("a: # ghi chú\n  - b\n", {"a": {"b": {"c": "d"}}}, "a: # ghi chú\n  b: {c: d}\n"),
        ("a:\nb: c\n", {"a": "1", "b": "c"}, "a: 1\nb: c\n"),
        ("a:\n# ghi chú\nb: c\n", {"a": "1", "b": "c"}, "a: 1\n# ghi chú\nb: c\n"),
        ("a: # ghi chú\nb: c\n", {"a": {"x": {"k": {"z": "1"}}}, "b": "c"}, None),
        ("a:\n  -\n  - b\n  -", {"a": ["x", "b"]}, "a:\n  - x\n  - b\n"),
        ("a: {b: c, d: e}\n", {"a": {"x": "z"}}, "a: {x: z}\n"),
        ("a: [b, c, d]\n", {"a": ["x", "c", "e", "d"]}, "a: [x, c, e, d]\n"),
        ("a: [b, c]\n", {"a": [["x"], "c"]}, "a: [[x], c]\n"),
        ("a: {b, c: , d: e}\n", {"a": {"b": "1", "c": "2"}}, None),
        ("- a\n-\n  # một\n  b: c\n", ["a"], "- a\n"),
        ("- - a\n  - b\n- c\n", [["b"], "c"], "- [b]\n- c\n"),
        ("- - a\n  - b\n- c\n", [["a", "d"], "c"], "- - a\n  - d\n- c\n"),
        ("a:\n  b: c\n  d: e\n", {"a": {"x": "z", "d": "e"}}, "a:\n  x: z\n  d: e\n"),
        ("a: []\nb: c", {"a": ["x", "z"], "b": "d"}, "a: [x, z]\nb: d\n"),
        ("a: {}\n", {"a": {"x": {"k": {"z": "1"}}}}, "a:\n  x:\n    k: {z: 1}\n"),
        ("a: [x]\n", {"a": []}, "a: []\n"),
        ("a: {x: [y]}\n", {"a": {"x": {"z": "1"}}}, "a: {x: {z: 1}}\n"),
        ("a: [[x]]\n", {"a": [[]]}, "a: [[]]\n"),
        ("a:\n- x\n- y\n", {"a": ["x", {"b": "c"}]}, "a:\n- x\n- {b: c}\n"),
        ("a: {b: c}\n", "chữ", "chữ\n"),
        ("- a\n- b\n", ["b", "a"], "- b\n- a\n"),
        ("# chỉ ghi chú\n", {"a": "b"}, "# chỉ ghi chú\na: b\n"),
        ("# chỉ ghi chú\n", "b", "# chỉ ghi chú\n"),
        ("", {"a": "b"}, "a: b\n"),
        ("a: b\r\nc:\r\n  - d\r\n", {"a": "b", "c": ["d", "e"]}, "a: b\r\nc:\r\n  - d\r\n  - e\r\n"),
        ("a:\n  - id: x\n\n  - id: y\n", {"a": [{"id": "x"}, {"id": "y"}, {"id": "z"}]}, None),
        ("a:\n  - id: x\n\n  - id: y\n", {"a": [{"id": "z"}, {"id": "x"}, {"id": "y"}]}, None),
        ("a:\n  - id: x\n\n  - id: y\n", {"a": [{"id": "x"}]}, "a:\n  - id: x\n"),
    ],
)
def test_small_texts(text: str, wanted: Node, after: str | None) -> None:
    new = rewritten(text, wanted)
    assert after is None or new == after
    assert after == "# chỉ ghi chú\n" or yaml.load(new, yaml.BaseLoader) == wanted
    assert after is not None or new.count("\n\n") == 2 * text.count("\n\n")


@pytest.mark.parametrize(
    ("text", "block", "flow"),
    [
        ("Giấy ủy quyền", "Giấy ủy quyền", "Giấy ủy quyền"),
        ("(mới)", "(mới)", "(mới)"),
        ("8000", "8000", "8000"),
        ("2026-07-18", "2026-07-18", "2026-07-18"),
        ("1.001193", '"1.001193"', '"1.001193"'),
        ("0123", '"0123"', '"0123"'),
        ("1e5", '"1e5"', '"1e5"'),
        ("No", '"No"', '"No"'),
        ("null", '"null"', '"null"'),
        ("một, hai", "một, hai", '"một, hai"'),
        ("a: b", '"a: b"', '"a: b"'),
        ("https://a.vn", "https://a.vn", '"https://a.vn"'),
        ("a #b", '"a #b"', '"a #b"'),
        ("cuối:", '"cuối:"', '"cuối:"'),
        ("-gạch", '"-gạch"', '"-gạch"'),
        ("", '""', '""'),
        (" hở", '" hở"', '" hở"'),
        ('hai\ndòng\t"x" \\', '"hai\\ndòng\\t\\"x\\" \\\\"', '"hai\\ndòng\\t\\"x\\" \\\\"'),
        ("\u2028\ufeff\U000e0001", '"\\u2028\\uFEFF\\U000E0001"', '"\\u2028\\uFEFF\\U000E0001"'),
    ],
)
def test_texts_are_quoted_only_where_a_reader_would_stumble(text: str, block: str, flow: str) -> None:
    assert (writing.scalar(text), writing.scalar(text, flow=True)) == (block, flow)
    assert yaml.load(block, yaml.BaseLoader) == text
    assert yaml.safe_load(f"[{flow}]")[0] == text or flow[0] in "82"


def test_long_things_stand_on_several_lines() -> None:
    phrases: list[Node] = ["làm giấy khai sinh cho con ở đâu", "con mới đẻ thì phải làm giấy tờ gì", "khai sinh cho bé"]
    value: Node = {"phrases": phrases, "fee": {"items": [{"name": "x" * 300}], "cases": [["a"], ["b"]]}}
    assert writing.after_key(value, 0) == (
        "\n  phrases:\n    - làm giấy khai sinh cho con ở đâu\n    - con mới đẻ thì phải làm giấy tờ gì\n"
        f"    - khai sinh cho bé\n  fee:\n    items:\n      - name: {'x' * 300}\n    cases:\n      - [a]\n      - [b]"
    )


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029"), max_size=12) | st.sampled_from(
    [
        "",
        "no",
        "0123",
        "1.001193",
        "=1+1",
        "a: b",
        "# x",
        "- y",
        "hai\ndòng",
        "'",
        '"',
        "{x}",
        "[y]",
        "khai sinh",
        "a\r\nb",
    ]
)
KEYS = st.sampled_from(["id", "name", "fee", "a: b", "nộp ở đâu", "1", "#", ""])
TREES: st.SearchStrategy[Node] = st.recursive(
    TEXTS, lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4), max_leaves=12
)
FILES = st.dictionaries(KEYS, TREES, min_size=1, max_size=4)


@given(FILES, FILES, st.booleans())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_becomes_any_other(old: dict[str, Node], new: dict[str, Node], windows: bool) -> None:
    text = writing.block(old, 0) + "\n"
    raw = text.replace("\n", "\r\n" if windows else "\n").encode()
    assert yaml.load(raw, yaml.BaseLoader) == old
    assert yaml.load(folder.edited(raw, "a.yaml", new), yaml.BaseLoader) == new


@pytest.mark.parametrize("name", [n for n in folder.names(KNOWLEDGE) if n.endswith(".yaml")][::7])
def test_nothing_changed_is_nothing_written(name: str) -> None:
    raw = (KNOWLEDGE / name).read_bytes()
    assert folder.edited(raw, name, folder.tree(KNOWLEDGE, name)) == raw


def test_the_mark_of_windows_notepad_stays(tmp_path: Path) -> None:
    assert folder.edited(b"\xef\xbb\xbfa: b\n", "a.yaml", {"a": "c"}) == b"\xef\xbb\xbfa: c\n"


def test_a_manner_of_writing_that_cannot_be_changed_is_said() -> None:
    with pytest.raises(KnowledgeError, match="máy không sửa được → sửa tay"):
        folder.edited(b"? a\n: b\n", "a.yaml", {"a": "b", "c": "\x01"})
