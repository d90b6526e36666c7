"""Edits of the office's base: one line where one thing was said, everything around as it was, or refused in words."""

from pathlib import Path

import pytest

from bot.cache import PROGRAM
from bot.errors import ConflictError, MotCuaError
from bot.knowledge import load
from bot.procedures import Facet
from bot.review.edits import LEARNED, AddPhrase, Edit, EditEntry, EditFile, NewEntry, digest
from bot.review.places import place_of
from bot.review.rehearsal import rehearse
from bot.review.stage import Stage
from tests.small import change, write_base

PHRASE = "cho người lạ ngủ nhờ phải báo ai"
GUIDE = """\
- id: wifi
  name: Dùng wifi ở nhà văn hóa # tên dễ nhớ
  summary: Cách vào mạng.
  sources:
    nguon: {origin: cong-dvcqg, confidence: vừa, checked_on: 2026-07-18}
  sections:
    - {title: Cách vào, source: nguon, lines: [Chọn mạng của phường.]}
  phrases:
    - mật khẩu wifi nhà văn hóa
"""


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(write_base(tmp_path / "kb"), None, tmp_path / "shelf")


def write(stage: Stage, edit: Edit) -> dict[str, tuple[list[str], list[str]]]:
    """Make an edit; for each file the lines that went and those that came."""
    told: dict[str, tuple[list[str], list[str]]] = {}
    for name, raw in edit.changes(stage).items():
        path = stage.folder / name
        before = path.read_text("utf-8").splitlines() if path.exists() else []
        assert raw is not None
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw)
        after = raw.decode().splitlines()
        told[name] = ([line for line in before if line not in after], [line for line in after if line not in before])
    load(stage.folder, stage.local)
    return told


def test_a_phrase_is_one_line_in_each_file(stage: Stage) -> None:
    write(stage, AddPhrase("khai-sinh", "em bé mới chào đời", "em bé mới chào đời thì sao ạ"))
    assert write(stage, AddPhrase("tam-tru", f" {PHRASE}  ", f"{PHRASE} vậy", (Facet.PLACE,))) == {
        "procedures/cu-tru.yaml": ([], [f"      - {PHRASE}"]),
        LEARNED: ([], [f"  - {{question: {PHRASE} vậy, expect: tam-tru, facets: [place], learned: true}}"]),
    }


def test_remarks_and_layout_stay(stage: Stage) -> None:
    change(
        stage.folder, "procedures/cu-tru.yaml", "    phrases:\n", "    phrases: # người dân hỏi\n      # khi ở trọ\n"
    )
    before = (stage.folder / "procedures/cu-tru.yaml").read_text("utf-8")
    write(stage, AddPhrase("tam-tru", PHRASE))
    assert (stage.folder / "procedures/cu-tru.yaml").read_text("utf-8") == f"{before}      - {PHRASE}\n"


@pytest.mark.parametrize("again", [PHRASE, "Cho  người lạ ngủ nhờ phải báo ai"])
def test_what_stands_there_already_changes_nothing(stage: Stage, again: str) -> None:
    write(stage, AddPhrase("tam-tru", PHRASE, PHRASE))
    assert write(stage, AddPhrase("tam-tru", again, PHRASE)) == {}


def test_a_phrase_of_a_guide(stage: Stage) -> None:
    write(stage, NewEntry(GUIDE, "guides/so.yaml", "Đời sống số"))
    assert write(stage, AddPhrase("wifi", "internet ở nhà văn hóa"))["guides/so.yaml"][1] == [
        "      - internet ở nhà văn hóa"
    ]


def test_phrases_of_the_places_own_overlay_are_the_ones_that_count(stage: Stage) -> None:
    change(
        stage.folder,
        "local/hai-phong.yaml",
        "  - id: tam-tru\n",
        "  - id: tam-tru\n    phrases:\n      - ở trọ tại Hải Phòng\n",
    )
    here = Stage(stage.folder, "hai-phong", stage.shelf)
    assert list(write(here, AddPhrase("tam-tru", PHRASE))) == ["local/hai-phong.yaml"]
    assert PHRASE in load(stage.folder, "hai-phong").by_id["tam-tru"].phrases


def test_a_test_question_that_becomes_a_phrase_no_longer_counts(stage: Stage) -> None:
    told = write(stage, AddPhrase("khai-sinh", "sinh con xong khai ở đâu"))
    assert told["questions/ho-tich.yaml"][1] == [
        '  - {question: sinh con xong phải khai ở đâu, expect: khai-sinh, facets: [place], learned: "true"}'
    ]
    assert [test.learned for test in load(stage.folder, None).questions] == [True, False]


def test_a_new_guide_with_its_question(stage: Stage) -> None:
    told = write(stage, NewEntry(GUIDE, "guides/so.yaml", "Đời sống số", "wifi nhà văn hóa mật khẩu gì"))
    assert list(told) == ["guides/so.yaml", LEARNED]
    assert load(stage.folder, None).guide_fields["wifi"] == "Đời sống số"
    assert write(stage, NewEntry(GUIDE, "guides/so.yaml", question="wifi nhà văn hóa mật khẩu gì")) == {}


def test_a_new_procedure_stands_last_in_its_file(stage: Stage) -> None:
    new = place_of(stage.folder, "tam-tru").text.replace("tam-tru", "tam-vang").replace("1.004194", "1.003677")
    new = new.replace("1.010038", "1.010039").replace("tạm trú", "tạm vắng").replace("trọ", "nơi khác")
    new = new.replace("người thuê nhà", "người đi xa")
    assert list(write(stage, NewEntry(new, "procedures/cu-tru.yaml"))) == ["procedures/cu-tru.yaml"]
    assert [entry.id for entry in load(stage.folder, None).procedures][-1] != "khai-sinh"
    assert place_of(stage.folder, "tam-vang").text == new


def test_an_entry_is_cut_out_and_put_back(stage: Stage) -> None:
    for entry in ("khai-sinh", "khai-sinh-lai", "tam-tru"):
        place = place_of(stage.folder, entry)
        assert place.text.startswith(f"- id: {entry}\n")
        assert place.replaced(place.text) == place.raw
    text = place_of(stage.folder, "khai-sinh").text
    told = write(stage, EditEntry("khai-sinh", text.replace("amount: 8000", "amount: 9000").replace("\n", "\r\n")))
    assert told == {
        "procedures/ho-tich.yaml": (
            ["        - {name: Đăng ký quá hạn, amount: 8000, per: lần, channels: [trực tiếp, bưu chính]}"],
            ["        - {name: Đăng ký quá hạn, amount: 9000, per: lần, channels: [trực tiếp, bưu chính]}"],
        )
    }


def test_a_file_keeps_its_line_ends(stage: Stage) -> None:
    path = stage.folder / "offices.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    text = path.read_text("utf-8").replace("1 Trần Phú", "2 Trần Phú")
    assert EditFile("offices.yaml", text).changes(stage) == {
        "offices.yaml": path.read_bytes().replace("1 Trần".encode(), "2 Trần".encode())
    }
    assert EditFile("offices.yaml", path.read_text("utf-8")).changes(stage) == {}


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(stage: Stage) -> None:
    seen = digest((stage.folder / "offices.yaml").read_bytes())
    change(stage.folder, "offices.yaml", "1 Trần Phú", "2 Trần Phú")
    with pytest.raises(ConflictError, match=r"offices.yaml vừa được người khác sửa"):
        EditFile("offices.yaml", "offices: []", seen).changes(stage)
    with pytest.raises(ConflictError, match=r"cu-tru.yaml vừa được người khác sửa"):
        EditEntry("tam-tru", "- id: tam-tru", "khác").changes(stage)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (AddPhrase("khong-co", PHRASE), "Không có mục nào tên khong-co"),
        (AddPhrase("tam-tru", " ?! "), "Cách hỏi đang để trống"),
        (NewEntry("id: x", "procedures/cu-tru.yaml"), "bắt đầu bằng: - id"),
        (NewEntry("- id: [", "procedures/cu-tru.yaml"), "không đọc được YAML"),
        (NewEntry(GUIDE, "offices.yaml"), "không phải tệp thủ tục hay hướng dẫn"),
        (NewEntry(GUIDE, "procedures/../../x.yaml"), "không phải tệp của bộ tri thức"),
        (EditFile("../x.yaml", ""), "không phải tệp của bộ tri thức"),
        (EditFile("/etc/x.yaml", ""), "không phải tệp của bộ tri thức"),
        (EditFile(".motcua/x.yaml", ""), "không phải tệp của bộ tri thức"),
        (EditFile("README.md", ""), "không phải tệp của bộ tri thức"),
    ],
)
def test_what_is_no_edit_is_refused_in_words(stage: Stage, edit: Edit, words: str) -> None:
    with pytest.raises(MotCuaError, match=words):
        edit.changes(stage)


def test_the_base_of_the_program_is_not_edited(tmp_path: Path) -> None:
    shipped = Stage(PROGRAM / "_base", None, tmp_path)
    with pytest.raises(MotCuaError, match="motcua kb init"):
        rehearse(AddPhrase("tam-tru", PHRASE), shipped)
