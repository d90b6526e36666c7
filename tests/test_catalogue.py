"""The catalogue: what a CSV gives whatever stands in it, what is kept of it, and whom each line is for."""

import datetime
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.catalogue import Catalogue, Imported, LeftOut, Listed, load, read_table, remove, save
from bot.catalogue.file import LONGEST
from bot.catalogue.table import MAX_BYTES, NOTED, STEP
from bot.errors import MotCuaError
from bot.procedures import EntryId
from tests.titles import official_list

HEAD = "code,name,fields,promulgated_by,executing_departments\n"
MARK = "1.015002,Thủ tục đăng ký nhãn hiệu,Sở hữu trí tuệ,Bộ Khoa học và Công nghệ,Cục Sở hữu trí tuệ\n"
BRAND = Listed(
    "1.015002", "Thủ tục đăng ký nhãn hiệu", "Sở hữu trí tuệ", "Cục Sở hữu trí tuệ", "Bộ Khoa học và Công nghệ"
)
DAY = datetime.date(2026, 11, 23)


def read(folder: Path, content: str | bytes, **named: str) -> Imported:
    path = folder / "danh mục.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, named)


def refused(folder: Path, content: str | bytes, **named: str) -> str:
    with pytest.raises(MotCuaError) as caught:
        read(folder, content, **named)
    return str(caught.value).replace(str(folder / "danh mục.csv"), "TỆP")


def test_a_row_gives_an_entry_with_its_id_and_page(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + MARK)
    assert found.entries == (BRAND,)
    assert found.left_out == ()
    assert BRAND.id == "c-1-015002"
    assert BRAND.portal_url == "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/1.015002"
    assert TypeAdapter(EntryId).validate_python(BRAND.id) == BRAND.id


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Mã TTHC;Tên TTHC;Cơ quan thực hiện", "1.015002;Đăng ký nhãn hiệu;Cục Sở hữu trí tuệ"),
        ("Tên thủ tục hành chính\tMã số\tcơ quan THỰC HIỆN", "Đăng ký nhãn hiệu\t1.015002\tCục Sở hữu trí tuệ"),
        ("name|STT|code|agency", "Đăng ký nhãn hiệu|7|1.015002|Cục Sở hữu trí tuệ"),
        ('"code","name","Đơn vị thực hiện"', '"1.015002","Đăng ký nhãn hiệu","Cục Sở hữu trí tuệ"'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_other_headings_delimiters_and_encodings_are_found(
    tmp_path: Path, heading: str, row: str, encoding: str
) -> None:
    found = read(tmp_path, f"{heading}\r\n{row}\r\n".encode(encoding))
    assert found.entries == (Listed("1.015002", "Đăng ký nhãn hiệu", agency="Cục Sở hữu trí tuệ"),)
    assert set(found.columns) == {"code", "name", "agency"}


def test_columns_can_be_named(tmp_path: Path) -> None:
    content = "Số hiệu,Việc,name\n1.015002,Đăng ký nhãn hiệu,khác\n"
    assert read(tmp_path, content, code="số hiệu", name="VIỆC").entries[0].name == "Đăng ký nhãn hiệu"
    assert "không có cột tên thủ tục" in refused(tmp_path, content, code="Số hiệu", name="Không có")


def test_what_is_no_entry_is_left_out_with_its_line_and_reason(tmp_path: Path) -> None:
    rows = [
        "1.014955-Xoa,Đã bỏ",
        "\n,Không mã",
        "\n1.000001,123",
        "\n1.015002,Lần nữa",
        f"\n1.000002,{'a' * (LONGEST + 1)}",
        "\n1.000003",
    ]
    found = read(tmp_path, HEAD + MARK + "".join(rows) + "\n")
    assert found.entries == (BRAND,)
    assert found.left_out == (
        LeftOut(3, "mã 1.014955-Xoa không có dạng 1.001193"),
        LeftOut(4, "mã (trống) không có dạng 1.001193"),
        LeftOut(5, "không có tên thủ tục"),
        LeftOut(6, "mã 1.015002 đã có ở dòng trước"),
        LeftOut(7, f"tên dài hơn {LONGEST} chữ"),
        LeftOut(8, "không có tên thủ tục"),
    )


def test_the_same_title_at_several_levels_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + MARK + MARK.replace("1.015002", "1.015003") + MARK.replace("1.015002", "2.1234567"))
    assert [entry.code for entry in found.entries] == ["1.015002", "1.015003", "2.1234567"]


@pytest.mark.parametrize(
    ("cell", "agency"),
    [
        ("; ", ""),
        ("Sở Y tế; ;Ủy ban nhân dân cấp xã;", "Sở Y tế; Ủy ban nhân dân cấp xã"),
        ("\u200bSở\u00a0 Y tế\x07", "Sở Y tế"),
        ("; ".join(["Chi nhánh " + "x" * 90] * 25), "; ".join(["Chi nhánh " + "x" * 90] * 3) + " và 22 nơi khác"),
        ("x" * 5000, "x" * NOTED),
    ],
)
def test_agencies_are_listed_plainly(tmp_path: Path, cell: str, agency: str) -> None:
    assert read(tmp_path, f'code,name,agency\n1.000001,Một việc,"{cell}"\n').entries[0].agency == agency


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "TỆP không có cột mã thủ tục và cột tên thủ tục. Các cột đọc được: (không có)."),
        ("stt,tên gì\n1,2\n", "Các cột đọc được: stt, tên gì. Hãy chỉ ra cột bằng --columns"),
        (HEAD, "TỆP không có dòng nào dùng được"),
        (b"PK\x03\x04\x00\x00", "không phải CSV. Nếu là tệp Excel"),
        (b"code,name\n1.000001,\xff\xe9", "không phải UTF-8"),
        (HEAD + '1.000001,"mở mà không đóng', "dòng 2: không đọc được CSV"),
        (HEAD + "1.000001," + "a" * 140_000, "dòng 2: không đọc được CSV"),
        (HEAD + '1.000001,"a" b\n', "Hãy xem dấu nháy kép"),
    ],
)
def test_a_file_that_gives_nothing_says_why(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in refused(tmp_path, content)


def test_a_missing_folder_or_huge_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(MotCuaError, match="Không mở được tệp"):
        read_table(tmp_path / "không có.csv", {})
    with pytest.raises(MotCuaError, match="Không mở được tệp"):
        read_table(tmp_path, {})
    huge = tmp_path / "huge.csv"
    huge.touch()
    os.truncate(huge, MAX_BYTES + 1)
    with pytest.raises(MotCuaError, match="lớn hơn 64 MB"):
        read_table(huge, {})


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    assert "hơn 100,000 dòng" in refused(tmp_path, HEAD + "x\n" * 100_001)


def test_progress_is_told_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + MARK * STEP * 2, "utf-8")
    heard: list[tuple[int, int]] = []
    read_table(path, {}, lambda done, total: heard.append((done, total)))
    total = 2 * STEP + 2
    assert heard == [(STEP, total), (2 * STEP, total), (total, total)]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: (HEAD + MARK + text).encode("utf-8", "ignore"))
    )
)
def test_whatever_stands_in_a_file_gives_entries_or_words(tmp_path: Path, content: bytes) -> None:
    try:
        found = read(tmp_path, content)
    except MotCuaError:
        return
    kept = Catalogue(found.entries, "x.csv", DAY)
    save(kept, tmp_path / "c.json")
    assert load(tmp_path / "c.json") == kept


def test_what_was_saved_is_loaded_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "sâu" / "catalogue.json"
    assert load(path) == Catalogue()
    kept = Catalogue((BRAND,), "danh mục.csv", DAY)
    save(replace(kept, place="hai-phong"), path)
    assert load(path) == kept
    save(Catalogue((BRAND, replace(BRAND, code="1.000001"))), path)
    assert len(load(path).entries) == 2
    assert [p.name for p in path.parent.iterdir()] == ["catalogue.json"]
    assert remove(path)
    assert not remove(path)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"form": 2, "source": "", "imported_on": "2026-11-23", "rows": []}',
        '{"form": 1, "source": "", "imported_on": "2026-11-23", "rows": [["1.1", "a", "", "", ""]]}',
        '{"form": 1, "source": "", "imported_on": "2026-11-23", "rows": [["1.000001", "", "", "", ""]]}',
        '{"form": 1, "source": "", "imported_on": "2026-11-23", "rows": [["1.000001", "a"]]}',
    ],
)
def test_a_broken_file_says_how_to_mend_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "catalogue.json"
    path.write_text(content, "utf-8")
    with pytest.raises(MotCuaError, match=r"bị hỏng\. Hãy nhập lại: motcua kb catalogue import"):
        load(path)


def test_a_place_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    (tmp_path / "thư mục" / "con").mkdir(parents=True)
    for path in (tmp_path / "tệp" / "c.json", tmp_path / "thư mục"):
        with pytest.raises(MotCuaError, match="Không ghi được danh mục"):
            save(Catalogue((BRAND,), "", DAY), path)
    with pytest.raises(MotCuaError, match="Không đọc được danh mục"):
        load(tmp_path / "thư mục")
    with pytest.raises(MotCuaError, match="Không xóa được danh mục"):
        remove(tmp_path / "thư mục")
    assert not list(tmp_path.glob("**/.c.json*"))


@pytest.mark.parametrize(
    ("issuer", "provincial", "here"),
    [
        ("Bộ Tư pháp", False, True),
        ("", False, True),
        ("UBND Thành phố Hải Phòng", True, True),
        ("Ủy ban nhân dân thành phố Hải Phòng", True, True),
        ("UBND tỉnh Gia Lai", True, False),
        ("UBND Thành phố Huế", True, False),
    ],
)
def test_other_provinces_have_lists_of_their_own(issuer: str, provincial: bool, here: bool) -> None:
    entry = replace(BRAND, issuer=issuer)
    assert (entry.is_provincial, entry.belongs_to("hai-phong")) == (provincial, here)


def test_only_what_no_full_entry_covers_is_searched() -> None:
    there = replace(BRAND, code="1.115200", issuer="UBND tỉnh Gia Lai")
    whole = Catalogue((BRAND, there))
    assert whole.searched(set()) == (BRAND, there)
    assert whole.searched({"1.015002"}) == (there,)
    assert replace(whole, place="hai-phong").searched(set()) == (BRAND,)
    assert whole.by_code["1.115200"] is whole.by_id["c-1-115200"] is there


@pytest.mark.skipif(not os.environ.get("MOTCUA_REFERENCE"), reason="MOTCUA_REFERENCE names no reference data")
def test_the_reference_catalogue_is_read_where_it_is() -> None:
    imported = read_table(official_list(Path(os.environ["MOTCUA_REFERENCE"])), {})
    assert len(imported.entries) + len(imported.left_out) == 5670
    assert [row.line for row in imported.left_out] == [3184, 3695]
