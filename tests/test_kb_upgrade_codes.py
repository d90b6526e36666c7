"""`kb upgrade` where the office's own entry and a newly shipped one have one code."""

import json
from pathlib import Path

import pytest

from bot.editing.collisions import renamed
from bot.knowledge import load
from bot.yamlfile import Node
from tests.editors import Editor
from tests.guiding import GUIDES, write_whole
from tests.small import change
from tests.test_kb_upgrade import NEW_ENTRY, upgraded

OWN, CU_TRU, QUESTIONS, LOCAL = (
    "procedures/rieng.yaml",
    "procedures/cu-tru.yaml",
    "questions/ho-tich.yaml",
    "local/hai-phong.yaml",
)
OWN_ENTRY = NEW_ENTRY.replace("id: tam-vang ", "id: vang-nha ").replace("khai báo tạm vắng\n", "đi xa báo ai\n")
ASKED = "  - {question: đi làm ăn xa có phải báo công an, expect: tam-vang}\n"
RULES = """\
  - id: tam-vang
    notes:
      - Ở thành phố, báo qua VNeID.
"""


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """Bình wrote an entry of his own; the release ships one with its code, with questions, rules and a guide."""
    editor = Editor(tmp_path)
    write_whole(editor.shipped)
    editor.starts()
    (editor.own / OWN).write_text(f"field: Của xã\nprocedures:\n{OWN_ENTRY}", "utf-8")
    question = "  - {question: vắng nhà lâu ngày, expect: vang-nha}\n"
    change(editor.own, QUESTIONS, "questions:\n", "questions:\n" + question)
    for name, text in ((CU_TRU, NEW_ENTRY), (QUESTIONS, ASKED), (LOCAL, RULES)):
        with (editor.shipped / name).open("a", encoding="utf-8") as file:
            file.write(text)
    change(editor.shipped, GUIDES, "related: [tam-tru]", "related: [tam-tru, tam-vang]")
    return editor


def state(editor: Editor) -> tuple[set[str], dict[str, str], list[str]]:
    """The entries with that code, what their questions expect, and what is undecided."""
    base = load(editor.own, "hai-phong")
    asked = {q.question: q.expected[0] for q in base.questions if "nhà" in q.question or "xa" in q.question}
    undecided = json.loads((editor.own / ".motcua" / "release.json").read_text("utf-8"))["undecided"]
    return {entry.id for entry in base.procedures if entry.code == "1.003677"}, asked, undecided


def both(name: str) -> dict[str, str]:
    return {"vắng nhà lâu ngày": name, "đi làm ăn xa có phải báo công an": name}


def test_the_offices_entry_stays_and_the_choice_is_told(editor: Editor) -> None:
    said = upgraded(editor)
    assert f"{CU_TRU}: mục tam-vang của bản mới trùng mã 1.003677 với mục vang-nha của đơn vị ({OWN})\n" in said
    assert "--take 'tam-vang'" in said
    assert "--keep 'tam-vang'" in said
    assert state(editor) == ({"vang-nha"}, both("vang-nha"), ["tam-vang"])
    assert load(editor.own, None).guides_by_id["dung-vneid"].related == ("tam-tru", "vang-nha")
    assert "tam-vang" not in editor.text(LOCAL)


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(("option", "name"), [("--take", "tam-vang"), ("--keep", "vang-nha")])
def test_the_office_decides_at_once_or_later(editor: Editor, later: bool, option: str, name: str) -> None:
    if later:
        upgraded(editor)
        assert "mục tam-vang của bản mới trùng mã" in upgraded(editor)
    said = upgraded(editor, option, "tam-vang")
    assert "trùng mã" not in said
    assert (f"  vang-nha ({OWN}), thay bằng tam-vang ({CU_TRU})\n" in said) is (option == "--take")
    assert state(editor) == ({name}, both(name), [])
    assert load(editor.own, None).guides_by_id["dung-vneid"].related == ("tam-tru", name)
    assert (editor.own / OWN).exists() is (option == "--keep")
    assert "trùng mã" not in upgraded(editor)


def test_a_file_of_the_release_with_nothing_but_that_entry_is_not_taken(editor: Editor) -> None:
    change(editor.shipped, CU_TRU, NEW_ENTRY, "")
    (editor.shipped / "procedures" / "vang.yaml").write_text(f"field: Vắng\nprocedures:\n{NEW_ENTRY}", "utf-8")
    for _ in range(2):
        assert "procedures/vang.yaml: mục tam-vang" in upgraded(editor)
        assert not (editor.own / "procedures" / "vang.yaml").exists()
    upgraded(editor, "--take", "tam-vang")
    assert state(editor) == ({"tam-vang"}, both("tam-vang"), [])
    assert "id: tam-vang  # bản mới thêm\n" in editor.text("procedures/vang.yaml")


def test_an_entry_that_the_release_gave_another_id(editor: Editor) -> None:
    """The office changed it, so it stays under its old id; the other one is one and the same."""
    change(editor.shipped, CU_TRU, NEW_ENTRY, "")
    change(editor.shipped, QUESTIONS, ASKED, "")
    change(editor.shipped, LOCAL, RULES, "")
    change(editor.shipped, GUIDES, "related: [tam-tru, tam-vang]", "related: [o-tro]")
    change(editor.shipped, CU_TRU, "id: tam-tru", "id: o-tro")
    change(editor.shipped, LOCAL, "id: tam-tru", "id: o-tro")
    change(editor.own, CU_TRU, "có giá trị 2 năm", "có giá trị hai năm")
    said = upgraded(editor)
    assert "mục o-tro của bản mới trùng mã 1.004194 với mục tam-tru của đơn vị" in said
    base = load(editor.own, "hai-phong")
    assert ("tam-tru" in base.by_id, "o-tro" in base.by_id) == (True, False)
    upgraded(editor, "--take", "o-tro")
    assert "o-tro" in load(editor.own, "hai-phong").by_id


def test_what_names_an_entry_names_the_other() -> None:
    tree: Node = {"a": [{"expect": "x", "name": "x"}, "x"], "related": ["x", "y", "z"], "procedure": "z"}
    assert renamed(tree, "x", "y") == {
        "a": [{"expect": "y", "name": "x"}, "x"],
        "related": ["y", "z"],
        "procedure": "z",
    }
