"""`kb upgrade`: the office edits its copy, the release moves on, and nobody's work is lost."""

import datetime
import json
from pathlib import Path

import pytest

from bot.editing.folder import backups, write
from bot.editing.upgrade import Decisions, Upgrade
from bot.knowledge import files as knowledge_files
from bot.knowledge import load
from tests.editors import Editor, files_of
from tests.small import change

HO_TICH, CU_TRU = "procedures/ho-tich.yaml", "procedures/cu-tru.yaml"
OVERDUE = "{name: Đăng ký quá hạn, amount: 8000, per: lần, channels: [trực tiếp, bưu chính]}"
NEW_ENTRY = """\
  - id: tam-vang  # bản mới thêm
    code: "1.003677"
    name: Khai báo tạm vắng
    official_name: Khai báo tạm vắng
    level: xã
    authority: Công an cấp xã
    summary: Báo với công an trước khi đi xa.
    portal_url: https://dichvucong.gov.vn/tam-vang
    sources:
      cong: {origin: cong-dvcqg, confidence: cao, checked_on: 2026-07-20}
    phrases:
      - khai báo tạm vắng
"""


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    """Bình, with a copy of his own."""
    return Editor(tmp_path).starts()


def release(editor: Editor, name: str, old: str, new: str) -> None:
    """The next release says something else."""
    change(editor.shipped, name, old, new)


def upgraded(editor: Editor, *options: str) -> str:
    return editor.prints("upgrade", "--from", str(editor.shipped), *options)


def undecided(editor: Editor) -> list[str]:
    names: list[str] = json.loads((editor.own / ".motcua" / "release.json").read_text("utf-8"))["undecided"]
    return names


def test_nothing_new(editor: Editor) -> None:
    before = files_of(editor.own)
    assert "Không tệp nào phải đổi." in upgraded(editor)
    assert files_of(editor.own) == before
    assert not (editor.own / ".motcua" / "backup").exists()


def test_edits_of_both_sides_stand_side_by_side(editor: Editor) -> None:
    change(editor.own, HO_TICH, "amount: 9000, per: bản sao", "amount: 8000, per: bản sao")
    change(
        editor.own, HO_TICH, "      - con mới đẻ làm giấy tờ gì\n", "      - làm khai sinh cho cu Tí  # chị Hoa hỏi\n"
    )
    release(
        editor,
        HO_TICH,
        "      - làm giấy khai sinh cho con\n",
        "      - làm giấy khai sinh cho con\n      - khai sinh cho bé\n",
    )
    release(editor, HO_TICH, "Phải đăng ký trong 60 ngày kể từ ngày sinh.", "Phải đăng ký trong 90 ngày.")
    release(editor, "lexicon.yaml", "weak: [giấy]", "weak: [giấy, tờ]")
    office = editor.text(HO_TICH)
    said = upgraded(editor)
    assert "cùng sửa" not in said
    assert editor.text(HO_TICH) == office.replace("trong 60 ngày kể từ ngày sinh", "trong 90 ngày").replace(
        "      - làm giấy khai sinh cho con\n", "      - làm giấy khai sinh cho con\n      - khai sinh cho bé\n"
    )
    assert (editor.own / "lexicon.yaml").read_bytes() == (editor.shipped / "lexicon.yaml").read_bytes()
    assert files_of(editor.own / ".motcua" / "base") == files_of(editor.shipped)
    (backup,) = (editor.own / ".motcua" / "backup").iterdir()
    assert (backup / HO_TICH).read_bytes().decode() == office
    assert len(load(editor.own, "hai-phong").procedures) == 3


def test_a_conflict_keeps_the_office_and_is_told_in_words(editor: Editor) -> None:
    change(editor.own, HO_TICH, OVERDUE, OVERDUE.replace("8000", "5000"))
    release(editor, HO_TICH, OVERDUE, OVERDUE.replace("8000", "6000"))
    said = upgraded(editor)
    assert (
        "1 chỗ đơn vị và bản mới cùng sửa:\n  procedures/ho-tich.yaml: thủ tục, khai-sinh, lệ phí\n    đơn vị:  {"
        in said
    )
    assert "--take 'khai-sinh.fee'" in said
    assert "5000" in editor.text(HO_TICH)
    assert undecided(editor) == ["khai-sinh.fee"]


@pytest.mark.parametrize(("decision", "amount"), [("--take", "6000"), ("--keep", "5000")])
def test_the_office_decides_later(editor: Editor, decision: str, amount: str) -> None:
    change(editor.own, HO_TICH, OVERDUE, OVERDUE.replace("8000", "5000"))
    release(editor, HO_TICH, OVERDUE, OVERDUE.replace("8000", "6000"))
    upgraded(editor)
    assert "khai-sinh.fee" in upgraded(editor)
    assert "khai-sinh.fee" not in upgraded(editor, decision, "khai-sinh.fee")
    assert amount in editor.text(HO_TICH)
    assert undecided(editor) == []
    assert "khai-sinh.fee" not in upgraded(editor)


def test_a_dry_run_writes_nothing(editor: Editor) -> None:
    release(editor, "lexicon.yaml", "weak: [giấy]", "weak: [giấy, tờ]")
    before = files_of(editor.own / ".motcua") | files_of(editor.own)
    said = upgraded(editor, "--dry-run")
    assert said.endswith("  đổi: lexicon.yaml\nChạy thử: chưa ghi gì.\n")
    assert files_of(editor.own / ".motcua") | files_of(editor.own) == before


def test_a_name_that_is_nowhere(editor: Editor) -> None:
    words = editor.refuses("upgrade", "--from", str(editor.shipped), "--take", "khai-sin.fee")
    assert words == "Không có chỗ nào tên khai-sin.fee: hãy chép tên từ danh sách của --dry-run."


def test_new_and_dropped_entries_and_files(editor: Editor) -> None:
    change(editor.own, CU_TRU, "    notes:\n", "    # xã tự ghi\n    notes:\n")
    release(editor, CU_TRU, "    phrases:\n      - đăng ký tạm trú\n", "    phrases:\n      - làm tạm trú\n")
    with (editor.shipped / CU_TRU).open("a", encoding="utf-8") as file:
        file.write(NEW_ENTRY)
    (editor.shipped / "README.md").write_text("bản mới", "utf-8")
    (editor.own / "ghi-chu.md").write_text("của xã", "utf-8")
    (editor.own / "local" / "xa.yaml").write_text("procedures: []\n", "utf-8")
    upgraded(editor)
    assert [p.id for p in load(editor.own, None).procedures] == ["tam-tru", "tam-vang", "khai-sinh", "khai-sinh-lai"]
    assert "    # xã tự ghi\n    notes:\n" in editor.text(CU_TRU)
    assert (editor.text("README.md"), editor.text("ghi-chu.md")) == ("bản mới", "của xã")
    release(editor, CU_TRU, NEW_ENTRY, "")
    (editor.shipped / "README.md").unlink()
    upgraded(editor)
    assert [p.id for p in load(editor.own, None).procedures] == ["tam-tru", "khai-sinh", "khai-sinh-lai"]
    assert not (editor.own / "README.md").exists()
    assert (editor.own / "local" / "xa.yaml").exists()


def test_a_text_file_that_both_changed(editor: Editor) -> None:
    for folder, text in ((editor.own, "của xã"), (editor.shipped, "bản mới")):
        (folder / "README.md").write_text(text, "utf-8")
    assert "README.md: cả tệp\n    đơn vị:  tệp 9 byte, " in upgraded(editor)
    assert editor.text("README.md") == "của xã"
    upgraded(editor, "--take", "README.md")
    assert editor.text("README.md") == "bản mới"


def move(folder: Path, old: str, new: str) -> None:
    """tam-tru moves to another file."""
    text = (folder / old).read_text("utf-8")
    (folder / old).unlink()
    (folder / new).write_text(text, "utf-8")


def test_an_entry_that_the_release_moved_and_the_office_changed(editor: Editor) -> None:
    change(editor.own, CU_TRU, "name: Đăng ký tạm trú\n    official", "name: Tạm trú\n    official")
    release(editor, CU_TRU, "có giá trị 2 năm", "có giá trị 3 năm")
    move(editor.shipped, CU_TRU, "procedures/cong-an.yaml")
    upgraded(editor)
    (entry,) = [p for p in load(editor.own, None).procedures if p.id == "tam-tru"]
    assert (entry.name, entry.validity and entry.validity.text) == ("Tạm trú", "Tạm trú có giá trị 3 năm.")
    assert not (editor.own / "procedures" / "cong-an.yaml").exists()


def test_an_entry_that_the_release_moved_alone(editor: Editor) -> None:
    change(editor.own, CU_TRU, "field: Cư trú", "field: Cư trú, tạm trú")
    move(editor.shipped, CU_TRU, "procedures/cong-an.yaml")
    assert "cùng sửa" not in upgraded(editor)
    assert editor.text(CU_TRU).startswith("field: Cư trú, tạm trú\n")
    assert [p.id for p in load(editor.own, None).procedures].count("tam-tru") == 1


def test_an_entry_that_the_office_moved(editor: Editor) -> None:
    move(editor.own, CU_TRU, "procedures/cua-xa.yaml")
    release(editor, CU_TRU, "có giá trị 2 năm", "có giá trị 3 năm")
    upgraded(editor)
    assert "có giá trị 3 năm" in editor.text("procedures/cua-xa.yaml")
    assert not (editor.own / CU_TRU).exists()


def test_entries_moved_between_files_that_both_sides_have(tmp_path: Path) -> None:
    texts = {
        "base": ("procedures:\n  - {id: a, name: x}\n", "procedures:\n  - {id: b}\n"),
        "ours": ("procedures:\n  - {id: a, name: y}  # xã sửa\n", "procedures:\n  - {id: b}\n"),
        "theirs": ("procedures: []\n", "procedures:\n  - {id: b}\n  - {id: a, name: x, level: xã}\n"),
    }
    for side, pair in texts.items():
        (tmp_path / side / "procedures").mkdir(parents=True)
        for name, text in zip("12", pair, strict=True):
            (tmp_path / side / "procedures" / f"{name}.yaml").write_text(text, "utf-8")
        (tmp_path / side / "procedures" / "0.yaml").write_text("chữ", "utf-8")
    found = Upgrade(tmp_path / "base", tmp_path / "ours", tmp_path / "theirs", Decisions()).merged()
    assert found.changes == {"procedures/1.yaml": "procedures:\n  - {id: a, name: y, level: xã}  # xã sửa\n".encode()}
    assert found.conflicts == ()


def test_what_the_office_names_is_not_dropped(editor: Editor) -> None:
    change(editor.own, CU_TRU, "documents: [68/2020/QH14]", "documents: [68/2020/QH14, 123/2015/NĐ-CP]")
    change(editor.own, CU_TRU, "text: Tạm trú có giá trị 2 năm.", "text: Tạm trú có giá trị hai năm.")
    change(editor.shipped, HO_TICH, "documents: [60/2014/QH13, 123/2015/NĐ-CP]", "documents: [60/2014/QH13]")
    law = "  - {number: 123/2015/NĐ-CP, title: Nghị định về Luật Hộ tịch, effective_until: 2026-12-31}\n"
    release(editor, "laws.yaml", law, "")
    upgraded(editor)
    assert sorted(load(editor.own, None).laws) == ["123/2015/NĐ-CP", "60/2014/QH13", "68/2020/QH14"]


def test_a_phrase_that_the_office_gave_to_another_entry(editor: Editor) -> None:
    phrase = "      - khai báo tạm trú cho người thuê nhà\n"
    change(editor.own, CU_TRU, phrase, phrase + "      - đăng kí khai sinh muộn\n")
    release(
        editor,
        HO_TICH,
        "      - đăng ký lại khai sinh\n",
        "      - đăng ký lại khai sinh\n      - đăng ký khai sinh muộn\n",
    )
    said = upgraded(editor)
    assert "khai-sinh-lai: cách hỏi “đăng ký khai sinh muộn” của bản mới, vì đơn vị đã đặt ở mục tam-tru" in said
    assert "đăng ký khai sinh muộn" not in editor.text(HO_TICH)


def test_a_phrase_that_the_release_moved(editor: Editor) -> None:
    release(editor, CU_TRU, "      - thuê trọ phải đăng ký gì\n", "")
    release(
        editor,
        HO_TICH,
        "      - đăng ký lại khai sinh\n",
        "      - đăng ký lại khai sinh\n      - thuê trọ phải đăng ký gì\n",
    )
    assert "Không lấy" not in upgraded(editor)
    assert "thuê trọ" in editor.text(HO_TICH)


def test_a_result_with_faults_is_not_written(editor: Editor) -> None:
    change(editor.own, CU_TRU, 'code: "1.004194"', 'code: "1.009999"')
    release(editor, HO_TICH, 'code: "1.004884"', 'code: "1.009999"')
    before = files_of(editor.own)
    words = editor.refuses("upgrade", "--from", str(editor.shipped))
    assert words.startswith("Chưa ghi gì: sửa như vậy thì bộ tri thức có 1 lỗi. Hãy sửa các chỗ này trong thư mục của")
    assert "hoặc giữ chỗ của đơn vị và bỏ chỗ của bản mới bằng --keep TÊN, rồi chạy lại:\n  procedures/ho-" in words
    assert "mã 1.009999 đã đứng ở mục tam-tru" in words
    assert files_of(editor.own) == before


def test_a_broken_file_of_the_office_is_named(editor: Editor) -> None:
    (editor.own / HO_TICH).write_text("procedures: [", "utf-8")
    assert f"Không đọc được {editor.own / HO_TICH}" in editor.refuses("upgrade", "--from", str(editor.shipped))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ("release.json", "không do `motcua kb init` tạo ra"),
        ("base", "Thiếu thư mục"),
        ("words", "hãy lấy lại tệp này từ bản sao lưu"),
    ],
)
def test_a_folder_whose_origin_is_not_known(editor: Editor, spoil: str, words: str) -> None:
    place = editor.own / ".motcua"
    if spoil == "words":
        (place / "release.json").write_text("[]", "utf-8")
    else:
        (place / spoil).rename(place / "khac")
    assert words in editor.refuses("upgrade", "--from", str(editor.shipped))


def test_the_release_itself_is_not_upgraded(editor: Editor) -> None:
    words = editor.refuses("upgrade", "--from", str(editor.own))
    assert words.startswith(f"{editor.own} là chính bản mới")


def test_the_base_inside_the_program_is_not_edited(editor: Editor) -> None:
    inside = Path(knowledge_files.__file__).parent
    words = editor.refuses("upgrade", "--from", str(editor.shipped), MOTCUA_KNOWLEDGE=str(inside))
    assert words.startswith("Đang dùng bộ tri thức nằm trong chương trình")


def test_two_backups_in_one_second_stand_apart_and_three_are_kept(editor: Editor) -> None:
    kept = editor.own / ".motcua" / "backup" / "truoc-sap-nhap"
    kept.mkdir(parents=True)
    for number in range(5):
        old = "weak: [giấy" + ", tờ" * number
        release(editor, "lexicon.yaml", old + "]", old + ", tờ]")
        said = upgraded(editor)
    assert len(list((editor.own / ".motcua" / "backup").iterdir())) == 4
    assert [path.name for path in backups(editor.own)] != []
    assert kept.is_dir()
    newest = backups(editor.own)[-1]
    assert f"Bản cũ giữ ở {newest}; chỉ giữ 3 bản gần nhất.\n" in said
    assert "giấy, tờ, tờ, tờ, tờ]" in (newest / "lexicon.yaml").read_text("utf-8")


def test_backups_are_told_apart_by_day_and_number(tmp_path: Path) -> None:
    place = tmp_path / ".motcua" / "backup"
    for name in ("20261123-090000", "20261123-090000-10", "20261123-090000-2", "20261122-235959", "khac"):
        (place / name).mkdir(parents=True)
    assert [path.name for path in backups(tmp_path)] == [
        "20261122-235959",
        "20261123-090000",
        "20261123-090000-2",
        "20261123-090000-10",
    ]


def test_a_clock_set_back_does_not_cost_the_newest_backup(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: a\n", "utf-8")
    for year in (2028, 2028, 2029, 2026):
        made = write(tmp_path, {"a.yaml": b"a: b\n"}, datetime.datetime(year, 1, 1, tzinfo=datetime.UTC))
        assert made.backup.is_dir()
    assert len(backups(tmp_path)) == 3
