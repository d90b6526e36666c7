"""A base as rows and back: nothing is lost, whatever the base holds, and every cell is harmless."""

import datetime
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editing import importing, spreadsheet
from bot.editing.folder import names
from bot.editing.readback import Line, read_back
from bot.editing.sheets import OTHER_HEADINGS, OTHERS, SHEETS
from bot.editing.spreadsheet import Page, harmless, read, restored, write
from bot.editing.tables import Leaves, Unit, bound, leaves_of, others, tables, tree_of, units
from bot.errors import KnowledgeError
from bot.yamlfile import Node
from tests.running import KNOWLEDGE

ODD = ["=1+1", "+84", "-gạch", "@ai", "#N/A", "'nháy", "''", "'json:", "", " hở ", "hai\ndòng", "a\r\nb", "\t", "0123"]
ODD += [
    "8000",
    "1.001193",
    "TRUE",
    "_x000D_",
    "x005F_",
    "\x01",
    "\ufeff",
    "\ufffe",
    "a; b",
    ";",
    "＝1",
    "no",
    "2026-07-18",
]
TEXTS = st.sampled_from(ODD) | st.text(st.characters(codec="utf-8"), max_size=10)


@given(TEXTS)
def test_a_cell_is_harmless_and_comes_back(text: str) -> None:
    cell = harmless(text)
    assert cell[:1] not in ("", "=", "+", "-", "@", "#", "\t")
    assert restored(cell) == text


@pytest.mark.parametrize(("cell", "text"), [("'json:{", "'json:{"), ("'", ""), ("'=1", "=1"), ("thường", "thường")])
def test_what_people_type_themselves(cell: str, text: str) -> None:
    assert restored(cell) == text


KEYS = st.sampled_from(
    ["name", "fee", "items", "cases", "documents", "channels", "phrases", "text", "sources", "#", "*", ""]
)
TREES: st.SearchStrategy[Node] = st.recursive(
    TEXTS, lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3), max_leaves=10
)
ITEMS = st.lists(st.fixed_dictionaries({"name": TEXTS, "channels": st.lists(TEXTS, max_size=3)}), max_size=3)
PAPERS = st.lists(
    st.fixed_dictionaries({"when": TEXTS, "items": st.lists(st.fixed_dictionaries({"name": TEXTS}))}), max_size=2
)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXTS,
        "documents": st.fixed_dictionaries({"source": TEXTS, "cases": PAPERS}) | TREES,
        "fee": st.fixed_dictionaries({"source": TEXTS, "items": ITEMS}) | TREES,
        "place": st.fixed_dictionaries({"offices": st.lists(TEXTS, max_size=3)}) | TREES,
        "sources": st.dictionaries(TEXTS, st.dictionaries(KEYS, TEXTS, max_size=3), max_size=2),
        "phrases": st.lists(TEXTS, max_size=3) | TREES,
        "khác": TREES,
    },
)


def lines(path: Path) -> dict[str, list[Line]]:
    pages = read(path)
    return {t: [(n, dict(zip(p.headings, row, strict=False))) for n, row in p.lines] for t, p in pages.items()}


def written(path: Path, base: dict[Unit, Leaves]) -> None:
    rows = tables(base)
    pages = [Page(s.title, s.headings, [20] * len(s.headings), rows[s.title]) for s in SHEETS]
    write(path, [*pages, Page(OTHERS, OTHER_HEADINGS, [20] * 6, others(base))])


@given(st.lists(ENTRIES, min_size=1, max_size=3), ENTRIES, ENTRIES)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_any_entry_comes_back_through_a_workbook(
    tmp_path: Path, found: list[dict[str, Node]], rest: dict[str, Node], guide: dict[str, Node]
) -> None:
    trees = {Unit("a.yaml", "procedures", f"muc-{n}"): entry for n, entry in enumerate(found)}
    trees |= {Unit("a.yaml"): rest, Unit("b.yaml", "guides", "huong-dan"): guide, Unit("b.yaml", "la", "x"): guide}
    base = {unit: leaves_of(unit, tree) for unit, tree in trees.items()}
    written(tmp_path / "a.xlsx", base)
    book = read_back(lines(tmp_path / "a.xlsx"), ["a.yaml", "b.yaml"])
    assert book.faults == []
    assert {unit: leaves for unit, leaves in book.units.items() if leaves} == {u: x for u, x in base.items() if x}
    for unit, tree in trees.items():
        assert not tree or tree_of(book.units[unit]) == tree


def test_the_shipped_base_comes_back(tmp_path: Path) -> None:
    assert importing.export(KNOWLEDGE, tmp_path / "a.xlsx") > 15_000
    found = importing.imported(KNOWLEDGE, tmp_path / "a.xlsx")
    assert (found.changes, found.clashes, found.files) == ((), (), {})


def test_the_shipped_base_stands_on_the_sheets() -> None:
    """All but the menu, whose lists of ids are easier edited as they are: it travels as other parts."""
    stray = [row for row in others(importing.base_of(KNOWLEDGE)) if row[0] != "menu.yaml"]
    assert {row[3:5] for row in stray} <= {('["districts", 26, "units"]', "danh sách rỗng")}
    shown = {unit.file for unit in importing.base_of(KNOWLEDGE)}
    left = {name for name in names(KNOWLEDGE) if name not in shown}
    assert {name.split("/")[-1] for name in left} <= {"README.md"}


def test_titles_and_headings_are_told_apart() -> None:
    assert len({sheet.title for sheet in SHEETS}) == len(SHEETS)
    assert all(len(set(sheet.headings)) == len(sheet.headings) and len(sheet.title) <= 31 for sheet in SHEETS)


def test_what_marks_stand_for() -> None:
    assert bound(("fee", "items", "#"), ("fee", "items", 2)) == (2,)
    assert bound(("sources", "*"), ("sources", "cong")) == ("cong",)
    for place in (("fee", "items"), ("fee", "items", "2"), ("fee", "khác", 2), ("fee", "items", "#")):
        assert bound(("fee", "items", "#"), place) is None
    assert units("a.yaml", ["danh sách"]) == {}
    assert tree_of({}) == {}


def page(rows: list[tuple[str | None, ...]]) -> list[Page]:
    return [Page("Trang", ("Một", "Hai"), (10, 10), rows)]


def test_a_cell_that_would_be_cut_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"trang Trang:2: Hai: dài hơn 32,767 ký tự"):
        write(tmp_path / "a.xlsx", page([("a", "k" * 32_768)]))
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9000, "9000"),
        (9000.0, "9000"),
        (1.5, "1.5"),
        (datetime.date(2026, 11, 1), "2026-11-01"),
        (datetime.time(7, 30), "07:30:00"),
        ("chữ", "chữ"),
        ("", None),
    ],
)
def test_what_programs_make_of_typing(tmp_path: Path, value: object, text: str | None) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Tên", "Mã"])
    sheet.append([value, 1.0042])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[sheet.title].lines == ((2, (text, "1.004200")),)


def test_formulas_and_their_like_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Tên", "Mã", None], ["=1+1", True, "ngoài bảng"], ["#N/A", "x"], [None, None]):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(KnowledgeError) as caught:
        read(tmp_path / "a.xlsx")
    assert [(f.line, f.key, f.problem) for f in caught.value.faults] == [
        (2, "Tên", "ô có công thức: =1+1"),
        (2, "Mã", "ô đúng/sai: True"),
        (3, "Tên", "ô báo lỗi: #N/A"),
    ]


@pytest.mark.parametrize("content", [b"", b"chu", b"PK\x03\x04hong"])
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(KnowledgeError, match="không phải bảng tính"):
        read(tmp_path / "a.xlsx")


def test_a_workbook_too_large(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        file.truncate(spreadsheet.MAX_BYTES + 1)
    with pytest.raises(KnowledgeError, match="lớn hơn 50,000,000 byte"):
        read(tmp_path / "a.xlsx")


def test_without_openpyxl_the_way_to_get_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(KnowledgeError, match=r"pip install 'motcua\[reports\]'"):
        write(tmp_path / "a.xlsx", [])
    with pytest.raises(KnowledgeError, match=r"pip install 'motcua\[reports\]'"):
        read(tmp_path / "a.xlsx")
