"""`motcua kb new`: the skeleton of an entry, put into its file without touching anything else."""

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import yamlfile
from bot.cli.kb.new import new
from bot.cli.office import PACKAGE
from bot.curation.adding import put, with_entry
from bot.curation.listing import Listed, listed
from bot.curation.shelf import items
from bot.curation.skeleton import LONGEST_ID, entry_id, scalar, skeleton
from bot.errors import MotCuaError
from bot.knowledge import load
from bot.procedures import Procedure
from tests.keeping import Keeper
from tests.small import change, faults_of

CU_TRU, HO_TICH = "procedures/cu-tru.yaml", "procedures/ho-tich.yaml"
CATALOGUE = """\
code,name,fields,executing_departments,link
1.000010,"Thủ tục đăng ký tàu cá: nhỏ, vừa",Hộ tịch; Thủy sản,Chi cục Thủy sản,https://dichvucong.gov.vn/1
1.000011,Tên không lĩnh vực,Rất lạ,,http://khong-an-toan
"""
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)


@pytest.fixture
def keeper(folder: Path) -> Keeper:
    return Keeper(folder, new)


@pytest.fixture
def catalogue(folder: Path) -> str:
    path = folder / "danh-muc.csv"
    path.write_text(CATALOGUE, "utf-8-sig")
    return str(path)


def uncommented(text: str) -> str:
    """The skeleton with every part that waits in a comment made live."""
    return re.sub(r"^( *)# (?=( |- |[a-z_]+:))", r"\1", text, flags=re.MULTILINE)


def test_the_skeleton_names_every_key_of_an_entry(keeper: Keeper) -> None:
    text = uncommented(keeper.prints("1.999999", "--print"))
    (keeper.base / "all.yaml").write_text(text, "utf-8")
    document = yamlfile.read(keeper.base / "all.yaml", "all.yaml")
    assert document.faults == []
    assert isinstance(document.content, list)
    assert isinstance(document.content[0], dict)
    assert list(document.content[0]) == list(Procedure.model_fields)


def test_every_part_of_the_skeleton_has_the_right_form(keeper: Keeper) -> None:
    text = uncommented(keeper.prints("1.999999", "--print"))
    path = keeper.base / CU_TRU
    path.write_text(path.read_text("utf-8") + "".join(f"  {line}\n" for line in text.splitlines()), "utf-8")
    faults = [fault for fault in faults_of(keeper.base) if "procedures.1." in fault]
    assert faults
    assert [fault for fault in faults if "khóa lạ" in fault or "thiếu khóa" in fault or "cần một danh" in fault] == []


def test_a_filled_skeleton_is_a_valid_entry(keeper: Keeper) -> None:
    text = keeper.prints("1.999999", "--field", "cu-tru")
    assert text.startswith(f"Đã thêm khung 1.999999 vào {keeper.base / CU_TRU}.\n")
    for old, filled in (
        ("    name: ", "    name: Khai báo lưu trú"),
        ("    official_name: ", "    official_name: Thông báo lưu trú"),
        ("    level: ", "    level: xã"),
        ("    authority: ", "    authority: Công an cấp xã"),
        ("    summary: ", "    summary: Có khách ngủ lại thì báo."),
        ("    portal_url: ", "    portal_url: https://dichvucong.gov.vn/luu-tru"),
        (
            "origin: , document: , confidence: , checked_on: }",
            "origin: cong-dvcqg, confidence: cao, checked_on: 2026-07-18}",
        ),
        ("      -\n", "      - có khách ngủ lại phải báo ai\n"),
    ):
        lines = (keeper.base / CU_TRU).read_text("utf-8")
        head, tail = lines[: lines.index("thu-tuc-1-999999")], lines[lines.index("thu-tuc-1-999999") :]
        assert old in tail
        (keeper.base / CU_TRU).write_text(head + tail.replace(old, filled, 1), "utf-8")
    entry = load(keeper.base, "hai-phong").by_id["thu-tuc-1-999999"]
    assert (entry.code, entry.name, entry.phrases) == (
        "1.999999",
        "Khai báo lưu trú",
        ("có khách ngủ lại phải báo ai",),
    )


def test_the_catalogue_fills_what_it_knows(keeper: Keeper, catalogue: str) -> None:
    keeper.prints("1.000010", "--catalogue", catalogue)
    entry = items(yamlfile.read(keeper.base / HO_TICH, HO_TICH), "procedures")[-1]
    name = "Đăng ký tàu cá: nhỏ, vừa"
    assert (entry["id"], entry["name"]) == ("dang-ky-tau-ca-nho-vua", name)
    assert entry["official_name"] == "Thủ tục đăng ký tàu cá: nhỏ, vừa"
    assert (entry["portal_url"], entry["phrases"]) == ("https://dichvucong.gov.vn/1", [name.lower()])
    assert "danh mục ghi: Chi cục Thủy sản" in (keeper.base / HO_TICH).read_text("utf-8")


def test_nothing_else_in_the_file_changes(keeper: Keeper) -> None:
    path = keeper.base / HO_TICH
    path.write_text(path.read_text("utf-8").replace("twins:", "# Dễ nhầm\n\ntwins:"), "utf-8")
    before = path.read_text("utf-8")
    keeper.prints("1.999999", "--field", "ho-tich.yaml")
    after = path.read_text("utf-8")
    start = before.index("\n# Dễ nhầm")
    assert after.startswith(before[:start])
    assert after.endswith(before[start:])
    added = after[start : len(after) - len(before) + start]
    assert added.startswith("\n  - id: thu-tuc-1-999999 ")
    assert list(path.parent.glob(".*")) == []


def test_a_second_skeleton_stands_behind_the_first(keeper: Keeper) -> None:
    keeper.prints("1.999998", "--field", "cu-tru")
    keeper.prints("1.999999", "--field", "cu-tru")
    text = (keeper.base / CU_TRU).read_text("utf-8")
    first, second = text.index('"1.999998"'), text.index('"1.999999"')
    assert first < text.index("# english:", first) < second


def test_line_ends_of_windows_stay_and_a_missing_last_one_is_added(keeper: Keeper) -> None:
    path = keeper.base / CU_TRU
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text("utf-8").rstrip("\n").replace("\n", "\r\n").encode())
    keeper.prints("1.999999", "--field", "cu-tru")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbffield")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert yamlfile.read(path, CU_TRU).faults == []


def test_a_new_field_gets_its_own_file(keeper: Keeper, catalogue: str) -> None:
    text = keeper.prints("1.000011", "--catalogue", catalogue, "--field", "thuy-san")
    assert "vào tệp mới " in text
    made = (keeper.base / "procedures" / "thuy-san.yaml").read_text("utf-8")
    assert made.startswith("field: Rất lạ\n\nprocedures:\n  - id: ten-khong-linh-vuc ")
    assert "khong-an-toan" not in made


@pytest.mark.parametrize(
    ("code", "owner"),
    [
        ("1.004194", "tam-tru (Đăng ký tạm trú), procedures/cu-tru.yaml:3"),
        ("1.010038", "tam-tru"),
        ("1.000656", "khai-sinh"),
    ],
)
def test_a_code_that_stands_already_is_refused(keeper: Keeper, code: str, owner: str) -> None:
    assert f"Mã {code} đã đứng ở mục {owner}" in keeper.refuses(code, "--field", "cu-tru")


def test_a_code_that_stands_in_an_overlay_or_a_skeleton_is_refused(keeper: Keeper) -> None:
    change(
        keeper.base, "local/hai-phong.yaml", "  - id: khai-sinh-lai\n", '  - id: khai-sinh-lai\n    code: "1.115600"\n'
    )
    assert "local/hai-phong.yaml:" in keeper.refuses("1.115600", "--print")
    keeper.prints("1.999999", "--field", "cu-tru")
    assert "Mã 1.999999 đã đứng ở mục thu-tuc-1-999999, procedures" in keeper.refuses("1.999999", "--print")


def test_what_cannot_be_done_is_said(keeper: Keeper, catalogue: str) -> None:
    assert "mã có dạng 1.004194" in keeper.refuses("1004194")
    assert keeper.refuses("1.999999").endswith("hãy nêu --field. Các tệp đang có: cu-tru, ho-tich")
    assert "hãy nêu --field" in keeper.refuses("1.000011", "--catalogue", catalogue)
    assert "Tên tệp Hộ tịch không dùng được" in keeper.refuses("1.999999", "--field", "Hộ tịch")


def test_a_code_that_the_catalogue_lacks_is_said_and_goes_on(keeper: Keeper, catalogue: str) -> None:
    result = keeper.run("1.999999", "--catalogue", catalogue, "--print")
    assert (result.exit_code, result.stderr) == (0, f"Danh mục {catalogue} không có mã 1.999999: khung để trống tên.\n")
    assert "thu-tuc-1-999999" in result.stdout


def test_the_shipped_base_is_not_edited(keeper: Keeper) -> None:
    base = str(PACKAGE / "_base")
    assert "motcua kb init" in keeper.refuses("1.999999", "--field", "ho-tich", MOTCUA_KNOWLEDGE=base)


def test_a_broken_file_is_mended_first(keeper: Keeper) -> None:
    (keeper.base / CU_TRU).write_text("field: [", "utf-8")
    assert "hãy sửa tệp này trước:\n  procedures/cu-tru.yaml:" in keeper.refuses("1.999999", "--print")


@pytest.mark.parametrize("text", ["field: X\nprocedures: [{id: a}]\n", "field: X\nprocedures: []\n", "field: X\n"])
def test_a_list_in_another_style_is_left_alone(keeper: Keeper, text: str) -> None:
    (keeper.base / CU_TRU).write_text(text, "utf-8")
    assert "hãy dùng --print rồi tự chép" in keeper.refuses("1.999999", "--field", "cu-tru")
    assert (keeper.base / CU_TRU).read_text("utf-8") == text


def test_a_text_that_would_change_the_file_is_never_written(keeper: Keeper) -> None:
    path = keeper.base / CU_TRU
    before = path.read_text("utf-8")
    for text in (with_entry(path, "- id: a\n", "X").replace("15000", "1"), before, "x: [", before + "more: 1\n"):
        with pytest.raises(MotCuaError, match="giữ nguyên phần cũ"):
            put(path, text)
    assert path.read_text("utf-8") == before
    assert list(path.parent.glob(".*")) == []


def test_a_folder_that_cannot_be_written_is_said(keeper: Keeper) -> None:
    shutil.rmtree(keeper.base / "procedures")
    (keeper.base / "procedures").write_text("", "utf-8")
    with pytest.raises(MotCuaError, match="Không ghi được"):
        put(keeper.base / CU_TRU, "procedures:\n- id: a\n")


@pytest.mark.parametrize(
    ("name", "taken", "wanted"),
    [
        ("Đăng ký tạm trú", (), "dang-ky-tam-tru"),
        ("Đăng ký tạm trú", ("dang-ky-tam-tru",), "dang-ky-tam-tru-1-004194"),
        ("Cấp, cấp lại giấy chứng nhận đủ điều kiện an ninh trật tự", (), "cap-cap-lai-giay-chung-nhan-du-dieu-kien"),
        ("", (), "thu-tuc-1-004194"),
        ("", ("thu-tuc-1-004194",), "thu-tuc-1-004194-1-004194"),
    ],
)
def test_an_id_is_made_of_the_name(name: str, taken: tuple[str, ...], wanted: str) -> None:
    made = entry_id(name, "1.004194", taken)
    assert made == wanted
    assert len(made) <= LONGEST_ID


@given(st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
def test_any_name_is_read_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.mktemp("scalar") / "a.yaml"
    path.write_text(f"name: {scalar(name)} # tên\n", "utf-8")
    assert yamlfile.read(path, "a.yaml").content == {"name": name}


@given(name=st.lists(WORDS, max_size=6).map(" ".join), agency=st.lists(WORDS, max_size=3).map(" ".join))
def test_any_listed_name_makes_a_skeleton(tmp_path_factory: pytest.TempPathFactory, name: str, agency: str) -> None:
    path = tmp_path_factory.mktemp("skeleton") / "a.yaml"
    path.write_text(skeleton(Listed("1.004194", name, agency), (), ("van-ban",)), "utf-8")
    document = yamlfile.read(path, "a.yaml")
    assert document.faults == []
    assert isinstance(document.content, list)
    assert isinstance(document.content[0], dict)
    assert document.content[0]["official_name"] == name


@pytest.mark.parametrize("heading", ["Mã thủ tục,Tên thủ tục", "MÃ,TÊN", "code,official_name"])
def test_headings_of_a_catalogue_may_be_vietnamese(folder: Path, heading: str) -> None:
    path = folder / "a.csv"
    path.write_text(f"{heading}\n1.004194, Đăng ký  tạm trú\n", "utf-8")
    assert listed(path, "1.004194") == Listed("1.004194", "Đăng ký tạm trú")
    assert listed(path, "1.004195") is None


@pytest.mark.parametrize("raw", [b"", b"a,b\n1,2\n", b"code,name\n\xff\xfe\n"])
def test_a_file_that_is_no_catalogue_is_said(folder: Path, raw: bytes) -> None:
    (folder / "a.csv").write_bytes(raw)
    with pytest.raises(MotCuaError, match=r"a\.csv"):
        listed(folder / "a.csv", "1.004194")
