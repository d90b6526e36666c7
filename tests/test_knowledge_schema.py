"""knowledge: a wrong value is named in Vietnamese, with its line, its key and the form that is wanted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge import load
from bot.yamlfile import KeyPath, Node
from tests.small import PROCEDURES, change, faults_of, write_base

HO_TICH, CU_TRU = "procedures/ho-tich.yaml", "procedures/cu-tru.yaml"
NUMBER = "viết 8000, không viết 8.000 hay 8 nghìn"
CODE = "mã thủ tục có dạng 1.001193, viết trong dấu nháy"
DATE = "viết năm-tháng-ngày, ví dụ 2026-07-18"
PAIRS = "cần các cặp khóa: giá trị → xem lại thụt đầu dòng"
LIST = "cần một danh sách → viết mỗi mục một dòng, bắt đầu bằng dấu gạch"
TEXT = "cần một dòng chữ → viết chữ, không viết danh sách"
MISSING = "thiếu khóa này → thêm khóa, xem knowledge/README.md"
UNKNOWN = "khóa lạ → xem lại chính tả của khóa, hoặc xóa"
EMPTY = "để trống → ghi nội dung, hoặc xóa khóa"
GOOD: Node = yaml.load(PROCEDURES["ho-tich"], yaml.BaseLoader)
ENGLISH = ("should", "Input", "valid", "Unable", "must", "string", "required")

anything = st.recursive(
    st.sampled_from(
        ["", "xã", "0123", "no", "50.000", "8:30", "1.004222", "2026-07-18", "9" * 5000, "x" * 2000, "a\nb"]
    )
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "id", "items", "x"]), inner),
    max_leaves=5,
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


@pytest.mark.parametrize(
    "amount",
    ["no", "8:30", "8 nghìn", "8000 đ", "1e3", "1.5", "0x10", "", "50.000", "8.000", "0123", "1_000"],
)
def test_an_amount_is_written_in_digits_alone(base: Path, amount: str) -> None:
    line = change(base, HO_TICH, "amount: 8000", f"amount: {amount}")
    (fault,) = faults_of(base)
    assert fault.startswith(f"{HO_TICH}:{line}: procedures.0.fee.items.1.amount: cần một số nguyên")
    assert fault.endswith(f" → {NUMBER}")


@pytest.mark.parametrize("amount", ["[8000]", "{a: 8000}", "9" * 5000])
def test_an_amount_of_another_kind_is_told_in_vietnamese(base: Path, amount: str) -> None:
    line = change(base, HO_TICH, "amount: 8000", f"amount: {amount}")
    (fault,) = faults_of(base)
    assert fault.startswith(f"{HO_TICH}:{line}: procedures.0.fee.items.1.amount: ")
    assert [word for word in ENGLISH if word in fault] == []


@pytest.mark.parametrize("code", ["1.00422", "1.0042222", "no", "0123", "50.000", "8:30", "１.004222", "1.00422٢"])
def test_a_code_has_its_form(base: Path, code: str) -> None:
    line = change(base, HO_TICH, 'code: "1.001193"', f"code: {code}")
    assert faults_of(base) == [f"{HO_TICH}:{line}: procedures.0.code: sai dạng: {code} → {CODE}"]


def test_a_code_needs_no_quotes(base: Path) -> None:
    change(base, HO_TICH, 'code: "1.001193"', "code: 1.004222")
    assert load(base, None).by_id["khai-sinh"].code == "1.004222"


@pytest.mark.parametrize(
    "day", ["2026-7-18", "18/07/2026", "20260718", "2026-02-30", "no", "hôm nay", "0", "86400", "2026-07-18 00:00"]
)
def test_a_day_is_written_year_month_day(base: Path, day: str) -> None:
    line = change(base, HO_TICH, "thấp, checked_on: 2026-09-01", f"thấp, checked_on: {day}")
    (fault,) = faults_of(base)
    assert fault == f"{HO_TICH}:{line}: procedures.0.sources.doan.checked_on: cần một ngày: {day} → {DATE}"


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        (
            "quantity: 25, unit: ngày",
            "quantity: 0, unit: ngày",
            "1.time_limit.items.1.quantity",
            "số ngoài khoảng cho phép: 0 → giới hạn: 1",
        ),
        (
            "quantity: 25, unit: ngày",
            "quantity: 401, unit: ngày",
            "1.time_limit.items.1.quantity",
            "số ngoài khoảng cho phép: 401 → giới hạn: 400",
        ),
        (
            "quantity: 25, unit: ngày",
            "quantity: 25, unit: tuần",
            "1.time_limit.items.1.unit",
            "không có giá trị này: tuần → dùng một trong: 'giờ', 'ngày', 'ngày làm việc', 'tháng'",
        ),
        (
            "amount: 8000",
            "amount: -8000",
            "0.fee.items.1.amount",
            "số ngoài khoảng cho phép: -8000 → giới hạn: 0",
        ),
        (
            "amount: 8000",
            "amount: 1000000001",
            "0.fee.items.1.amount",
            "số ngoài khoảng cho phép: 1000000001 → giới hạn: 1000000000",
        ),
        ("amount: 8000", "amount: 50,000", "0.fee.items.1.000", UNKNOWN),
        (
            "url: https://dichvucong.gov.vn/khai-sinh\n    steps",
            "url: http://dichvucong.gov.vn\n    steps",
            "0.online.url",
            "sai dạng: http://dichvucong.gov.vn → cần một địa chỉ bắt đầu bằng https://",
        ),
        (
            "[ttpvhcc-xa]",
            "[Công an]",
            "0.place.offices.0",
            "sai dạng: Công an → chỉ dùng chữ thường không dấu, số và gạch nối",
        ),
        ("[ttpvhcc-xa]", "ttpvhcc-xa", "0.place.offices", LIST),
        ("[60/2014/QH13]", "[]", "1.legal_basis.documents", "danh sách thiếu mục → thêm mục, hoặc xóa khóa"),
        ("- Nhận Giấy khai sinh.", "- [Nhận]", "0.steps.items.1", TEXT),
        ("- Nhận Giấy khai sinh.", "-", "0.steps.items.1", EMPTY),
        ("late: Quá hạn", "lates: Quá hạn", "0.deadline.lates", UNKNOWN),
        ("late: Quá hạn", f"late: {'x' * 1000} Quá hạn", "0.deadline.late", "quá dài → viết ngắn lại"),
        ("name: Đăng ký lại khai sinh\n", "name: ''\n", "1.name", EMPTY),
        ("{quantity: 25, unit", "[quantity, unit]\n        - {quantity: 5, unit", "1.time_limit.items.1", PAIRS),
    ],
)
def test_a_wrong_value_is_one_fault(base: Path, old: str, new: str, key: str, words: str) -> None:
    line = change(base, HO_TICH, old, new)
    assert faults_of(base) == [f"{HO_TICH}:{line}: procedures.{key}: {words}"]


@pytest.mark.parametrize(
    ("value", "words"), [("abc", PAIRS), ("", PAIRS), ("{}", "danh sách thiếu mục → thêm mục, hoặc xóa khóa")]
)
def test_sources_are_pairs(base: Path, value: str, words: str) -> None:
    old = "sources:\n      cong: {origin: cong-dvcqg, confidence: vừa, checked_on: 2026-07-18}\n"
    line = change(base, HO_TICH, old, f"sources: {value}\n")
    assert faults_of(base) == [f"{HO_TICH}:{line}: procedures.1.sources: {words}"]


def test_more_options_than_buttons_are_refused(base: Path) -> None:
    option = "      - {label: Chưa đăng ký lần nào, procedure: khai-sinh}\n"
    line = change(base, HO_TICH, option, option * 4) - 1
    fault = "twins.0.options: danh sách quá nhiều mục → bớt mục"
    assert faults_of(base) == [f"{HO_TICH}:{line}: {fault}"]


def test_a_missing_key_points_to_its_entry(base: Path) -> None:
    change(base, HO_TICH, "    summary: Đăng ký lại khi sổ hộ tịch và bản chính đều mất.\n", "")
    line = change(base, HO_TICH, "- id: khai-sinh-lai", "- id: khai-sinh-lai")
    assert faults_of(base) == [f"{HO_TICH}:{line}: procedures.1.summary: {MISSING}"]


def test_a_wrong_entry_is_not_called_missing_too(base: Path) -> None:
    line = change(base, CU_TRU, "level: xã", "level: huyện")
    words = "không có giá trị này: huyện → dùng một trong: 'xã', 'tỉnh', 'trung ương'"
    assert faults_of(base) == [f"{CU_TRU}:{line}: procedures.0.level: {words}"]


def test_fees_that_say_nothing_stand_where_their_group_stands(base: Path) -> None:
    line = change(base, HO_TICH, "unknown: Mức thu do tỉnh quyết định. Hãy hỏi nơi nộp hồ sơ.", "exempt: Hộ nghèo") - 2
    (fault,) = faults_of(base)
    problem, mend = fault.split(" → ")
    assert problem.startswith(f"{HO_TICH}:{line}: procedures.1.fee: cần ít nhất một mức thu")
    assert mend


def test_a_fault_is_one_line_even_if_the_value_is_not(base: Path) -> None:
    change(base, HO_TICH, 'code: "1.001193"', 'code: "1.001193\\n1.000656"')
    (fault,) = faults_of(base)
    assert "\n" not in fault


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        ("laws.yaml", "", [f"laws.yaml:1: laws: {MISSING}"]),
        ("offices.yaml", "- a\n", [f"offices.yaml:1: {PAIRS}"]),
        ("sources.yaml", "chữ\n", [f"sources.yaml:1: {PAIRS}"]),
        ("routes.yaml", "routes: {a: b}\n", [f"routes.yaml:1: routes: {LIST}"]),
        (
            "questions/ho-tich.yaml",
            "# câu\nquestion: []\n",
            [f"questions/ho-tich.yaml:2: question: {UNKNOWN}", f"questions/ho-tich.yaml:2: questions: {MISSING}"],
        ),
        (
            "procedures/zz.yaml",
            "",
            [f"procedures/zz.yaml:1: field: {MISSING}", f"procedures/zz.yaml:1: procedures: {MISSING}"],
        ),
        (
            "procedures/zz.yaml",
            "procedures: chữ\n",
            [f"procedures/zz.yaml:1: field: {MISSING}", f"procedures/zz.yaml:1: procedures: {LIST}"],
        ),
    ],
)
def test_a_file_of_the_wrong_form_is_a_fault(base: Path, name: str, text: str, faults: list[str]) -> None:
    (base / name).write_text(text, "utf-8")
    assert faults_of(base) == faults


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("ks: khai sinh", "ks: [khai sinh]", "abbreviations.ks", TEXT),
        ("khai sinh: [làm khai sinh]", "khai sinh: làm khai sinh", "synonyms.khai sinh", LIST),
        ("names: [giấy tờ]", "name: [giấy tờ]", "name", UNKNOWN),
    ],
)
def test_a_wrong_word_of_the_lexicon_is_a_fault(base: Path, old: str, new: str, key: str, words: str) -> None:
    line = change(base, "lexicon.yaml", old, new)
    assert faults_of(base) == [f"lexicon.yaml:{line}: {key}: {words}"]


def test_an_unknown_facet_is_a_fault(base: Path) -> None:
    line = change(base, "lexicon.yaml", "fee: [", "phi: [")
    (fault,) = faults_of(base)
    assert fault.startswith(f"lexicon.yaml:{line}: facets.phi")
    assert "không có giá trị này: phi → dùng một trong: 'documents', 'fee', 'time', " in fault


def test_an_empty_lexicon_is_allowed(base: Path) -> None:
    (base / "lexicon.yaml").write_text("", "utf-8")
    assert load(base, None).lexicon.facets == {}


def places(node: Node, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every place in a node, the deepest ones too."""
    yield path
    if isinstance(node, dict):
        for name, value in node.items():
            yield from places(value, (*path, name))
    if isinstance(node, list):
        for index, value in enumerate(node):
            yield from places(value, (*path, index))


def put(node: Node, path: KeyPath, value: Node) -> Node:
    """The node with another value at one place."""
    if not path:
        return value
    if isinstance(node, dict):
        return {k: put(v, path[1:], value) if k == path[0] else v for k, v in node.items()}
    return [put(v, path[1:], value) if i == path[0] else v for i, v in enumerate(node)]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(list(places(GOOD))), anything)
def test_any_value_anywhere_is_taken_or_named(base: Path, path: KeyPath, value: Node) -> None:
    changed = yaml.safe_dump(put(GOOD, path, value), allow_unicode=True, default_style='"')
    (base / HO_TICH).write_text(changed, "utf-8")
    for fault in faults_of(base):
        assert [word for word in ENGLISH if word in fault] == [], fault
        assert "\n" not in fault
