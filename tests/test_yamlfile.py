"""yamlfile: hostile files end as one fault with its line, and what was typed stays what was typed."""

from pathlib import Path, PurePath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import Fault
from bot.yamlfile import MAX_BYTES, MAX_DEPTH, Document, Node, files, hidden, read

NO_ALIAS = ("không dùng & và * của YAML", "chép lại nội dung, hoặc đặt chữ trong dấu nháy")
NO_TAG = ("không dùng thẻ ! của YAML", "đặt chữ trong dấu nháy")
TWICE = ("khóa ghi hai lần", "giữ lại một, xóa một")
NO_KEY = ("khóa phải là chữ", "đặt chữ trước dấu hai chấm")
TOO_DEEP = (f"lồng sâu hơn {MAX_DEPTH} tầng", "xem lại thụt đầu dòng")
ONE_DOCUMENT = ("nhiều tài liệu YAML trong một tệp", "bỏ dòng ---")
NOT_UTF8 = ("tệp không phải UTF-8", "lưu lại tệp với mã UTF-8")
TOO_LARGE = ("tệp lớn hơn 2,000,000 byte", "chia thành nhiều tệp")


def read_bytes(folder: Path, content: bytes) -> Document:
    path = folder / "a.yaml"
    path.write_bytes(content)
    return read(path, "thu-muc/a.yaml")


def content_of(folder: Path, text: str) -> Node:
    document = read_bytes(folder, text.encode())
    assert document.faults == []
    return document.content


@pytest.mark.parametrize(
    ("content", "line", "key", "words"),
    [
        pytest.param("a: 1\nb: &x 1\nc: *x\n", 2, "b", NO_ALIAS, id="anchor"),
        pytest.param("a: 1\nb:\n  - 1\n  - *x\n", 4, "b.1", NO_ALIAS, id="alias"),
        pytest.param("a: 1\nb: &x\n  c: 1\n", 2, "b", NO_ALIAS, id="anchored mapping"),
        pytest.param("a: 1\n&x b: 2\n", 2, "", NO_ALIAS, id="anchored key"),
        pytest.param("a: 1\n*x : 2\n", 2, "", NO_KEY, id="alias as key"),
        pytest.param("a: 1\nb: !!str 5\n", 2, "b", NO_TAG, id="tag"),
        pytest.param("a: 1\nb: !!python/object/apply:os.system [id]\n", 2, "b", NO_TAG, id="python tag"),
        pytest.param("a:\n  - ! x\n", 2, "a.0", NO_TAG, id="bare tag"),
        pytest.param("a: 1\n!x b: 1\n", 2, "", NO_TAG, id="tagged key"),
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "a", TWICE, id="doubled key"),
        pytest.param("p:\n  - a: 1\n    b: 2\n    a: 3\n", 4, "p.0.a", TWICE, id="doubled key inside"),
        pytest.param("a: 1\r\nb: 2\r\na: 3\r\n", 3, "a", TWICE, id="lines of Windows"),
        pytest.param("a: 1\n? [b, c]\n: 2\n", 2, "", NO_KEY, id="list as key"),
        pytest.param("a: {{b: c}: d}\n", 1, "a", NO_KEY, id="mapping as key"),
        pytest.param("\n" + "[" * 200_000, 2, ".".join("0" * 21), TOO_DEEP, id="200 KB of ["),
        pytest.param("- " * 100_000, 1, ".".join("0" * 21), TOO_DEEP, id="200 KB of -"),
        pytest.param("{" * 200_000, 1, "", NO_KEY, id="200 KB of {"),
        pytest.param("? " * 100_000, 1, "", NO_KEY, id="200 KB of ?"),
        pytest.param("".join(" " * i + "a:\n" for i in range(30)), 22, ".".join("a" * 21), TOO_DEEP, id="deep keys"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "", ONE_DOCUMENT, id="two documents"),
        pytest.param("---\na: 1\n...\n---\nb: 2\n", 4, "", ONE_DOCUMENT, id="two marked documents"),
        pytest.param("a: 1\n---\nb: [\n", 2, "", ONE_DOCUMENT, id="second document broken"),
        pytest.param("a: 1\nb: \xe9\n".encode("latin-1"), 2, "", NOT_UTF8, id="latin-1"),
        pytest.param("a: Phí\n".encode("utf-16"), 1, "", NOT_UTF8, id="utf-16"),
        pytest.param(b"a: 1\n\n\nb: \xff", 4, "", NOT_UTF8, id="a stray byte"),
        pytest.param("a: " + "x" * MAX_BYTES, 1, "", TOO_LARGE, id="too large"),
    ],
)
def test_a_hostile_file_is_one_fault(
    tmp_path: Path, content: str | bytes, line: int, key: str, words: tuple[str, str]
) -> None:
    document = read_bytes(tmp_path, content if isinstance(content, bytes) else content.encode())
    assert document.faults == [Fault("thu-muc/a.yaml", line, key, *words)]
    assert document.content == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a:\n\tb: 1\n", 2, id="tab"),
        pytest.param("a: 1\n  b: 2\n", 2, id="indent"),
        pytest.param("a: 1\nb: Công an: 113\n", 2, id="colon in a text"),
        pytest.param("a: 1\nb: @x\n", 2, id="sign"),
        pytest.param("a: 1\nb: *đậm*\n", 2, id="star in a text"),
        pytest.param("a: 1\nb: [c\nd: 1\n", 3, id="open bracket"),
        pytest.param('a: 1\nb: "mở ra\nc: 2\nd: 3\n', 2, id="open quote"),
        pytest.param("%YAML 9.9\n---\na: 1\n", 1, id="directive"),
        pytest.param('a: "\\uD800"\n', 1, id="surrogate in quotes"),
        pytest.param("\na: " + '"' + "x" * 1_000_000, 2, id="a line of 1 MB in an open quote"),
        pytest.param("x" * 1_000_000 + ": 1", 1, id="a key of 1 MB"),
    ],
)
def test_broken_yaml_names_the_line(tmp_path: Path, text: str, line: int) -> None:
    (fault,) = read_bytes(tmp_path, text.encode()).faults
    assert (fault.line, fault.key, fault.mend) == (line, "", "xem thụt đầu dòng, dấu hai chấm và dấu nháy")
    assert fault.problem.startswith("không đọc được YAML: ")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"a: 1\nb: x\0y\n", 2, id="NUL"),
        pytest.param(b"a: 1\nb: 2\nc: \x1b[31m\n", 3, id="escape"),
        pytest.param("a: 1\nb: đ\x07\n".encode(), 2, id="bell"),
        pytest.param("a: 1\n".encode("utf-16-le"), 1, id="utf-16 without mark"),
    ],
)
def test_control_characters_name_the_line(tmp_path: Path, content: bytes, line: int) -> None:
    (fault,) = read_bytes(tmp_path, content).faults
    assert (fault.line, fault.key, fault.mend) == (line, "", "xóa ký tự lạ")
    assert "\n" not in fault.problem


@pytest.mark.parametrize(
    "text", ["0123", "no", "50.000", "8:30", "1.004222", "2026-07-18", "~", "null", "0x1F", "1_000"]
)
def test_a_value_stays_what_was_typed(tmp_path: Path, text: str) -> None:
    assert content_of(tmp_path, f"a: {text}\n{text}: b\n") == {"a": text, text: "b"}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("", {}),
        ("# chỉ có chú thích\n", {}),
        ("---\n", ""),
        ("chữ", "chữ"),
        ("- a\n- [b, {c: d}]\n", ["a", ["b", {"c": "d"}]]),
        ("a:\n", {"a": ""}),
        ("\ufeffa: 1\n", {"a": "1"}),
        ("---\na: 1\n...\n", {"a": "1"}),
        ("a: 'Công an: 113'\n", {"a": "Công an: 113"}),
        ("<<: {a: b}\n", {"<<": {"a": "b"}}),
        ("a: " + "x" * 1_000_000, {"a": "x" * 1_000_000}),
    ],
)
def test_a_good_file_is_read_as_it_stands(tmp_path: Path, text: str, content: Node) -> None:
    assert content_of(tmp_path, text) == content


def test_the_deepest_nesting_that_is_allowed(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1)).faults == []


@pytest.mark.parametrize("name", ["a.yaml", "folder.yaml"])
def test_what_cannot_be_opened_is_a_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (fault,) = read(tmp_path / name, name).faults
    assert (fault.file, fault.line, fault.key, fault.mend) == (name, 1, "", "xem quyền đọc của tệp")
    assert fault.problem.startswith("không mở được tệp: ")


def test_every_value_has_its_line(tmp_path: Path) -> None:
    text = "a: 1\nb:\n  - c: 1\n    d: >-\n      một\n      hai\n  - e\n\nf: {g: 1,\n  h: 2}\n"
    document = read_bytes(tmp_path, text.encode())
    lines = {path: line for path, (_, line) in document.places.items()}
    assert lines == {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "c"): 3,
        ("b", 0, "d"): 4,
        ("b", 1): 7,
        ("f",): 9,
        ("f", "g"): 9,
        ("f", "h"): 10,
    }


def test_a_missing_value_stands_where_its_surroundings_stand(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, b"a: 1\nb:\n  - c: 1\n")
    assert document.place(("b", 0, "x", 7)) == ("thu-muc/a.yaml", 3)
    assert document.place(("x",)) == ("thu-muc/a.yaml", 1)
    fault = document.fault(("b", 0, "x"), "thiếu", "thêm")
    assert str(fault) == "thu-muc/a.yaml:3: b.0.x: thiếu → thêm"


def test_a_borrowed_value_points_to_the_other_file(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, b"p:\n  - a: 1\n    b: 2\n")
    (tmp_path / "other.yaml").write_text("\n\nq:\n  b:\n    - 3\n", "utf-8")
    document.borrow(("p", 0, "b"), read(tmp_path / "other.yaml", "other.yaml"), ("q", "b"))
    assert document.place(("p", 0, "a")) == ("thu-muc/a.yaml", 2)
    assert document.place(("p", 0, "b")) == ("other.yaml", 4)
    assert document.place(("p", 0, "b", 0)) == ("other.yaml", 5)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text(st.sampled_from("ab:-? \n[]{}&*!|>%@`'\"#,\t\x00đ")).map(str.encode))
def test_no_file_ends_the_process(tmp_path: Path, content: bytes) -> None:
    document = read_bytes(tmp_path, content)
    assert len(document.faults) <= 1
    for fault in document.faults:
        assert fault.line >= 1
        assert fault.mend
        assert document.content == {}


def test_the_files_of_a_folder_are_those_of_a_base_and_in_order(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", ".a.yaml", ".a.yaml.new", "a.yaml~", "sub/c.yaml", ".motcua/backup/d.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a: 1", "utf-8")
    (tmp_path / ".#a.yaml").symlink_to("an@may.1234")  # the lock of an editor
    assert [path.name for path in files(tmp_path)] == ["a.yaml", "b.yaml"]
    assert [path.name for path in files(tmp_path, "**/*.yaml")] == ["a.yaml", "b.yaml", "c.yaml"]
    assert [path.name for path in files(tmp_path / ".motcua" / "backup")] == ["d.yaml"]  # a base may stand anywhere
    assert files(tmp_path / "missing") == []


@pytest.mark.parametrize(
    ("path", "is_hidden"),
    [
        ("procedures/ho-tich.yaml", False),
        ("procedures/.ho-tich.yaml", True),
        (".motcua/backup/a.yaml", True),
        ("a.b.yaml", False),
    ],
)
def test_what_begins_with_a_dot_is_hidden(path: str, is_hidden: bool) -> None:
    assert hidden(PurePath(path)) is is_hidden
