"""Guides and communes in the workbook: what staff change there comes back, and nothing else is touched."""

from pathlib import Path

import openpyxl
import pytest

from bot.knowledge import load
from tests.editors import files_of
from tests.guiding import GUIDES, UNITS, write_whole
from tests.small import change
from tests.test_kb_spreadsheet import Staff

COUNTRY = "units/viet-nam.yaml"


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    """Bình, with guides and communes in his copy, and a workbook of it."""
    editor = Staff(tmp_path)
    write_whole(editor.shipped)
    editor.starts()
    return editor.exports()


def test_nothing_changed_is_nothing_written(staff: Staff) -> None:
    before = files_of(staff.own)
    assert staff.imports("--yes") == "Bảng tính không đổi gì so với bộ tri thức.\n"
    assert files_of(staff.own) == before


def test_communes_stand_on_sheets_that_staff_can_read(staff: Staff) -> None:
    book = openpyxl.load_workbook(staff.book)
    assert [cell.value for cell in book["Xã, phường"][2]] == [
        UNITS,
        "10507",
        "phường",
        "Thành Đông",
        "UBND phường Cẩm Thượng cũ",
        None,
        None,
        None,
    ]
    assert [cell.value for cell in book["Xã, phường cũ"][3]] == [
        UNITS,
        "1",
        "Hải Dương",
        "phường",
        "Trần Phú",
        "10507; 10525",
    ]
    assert [cell.value for cell in book["Tỉnh, thành phố"][2]][1:] == [
        "01",
        "thành phố",
        "Hà Nội",
        "Ba Đình; Ngọc Hà",
        "Sóc Sơn",
        None,
    ]
    assert [row[3].value for row in book["Phần khác"].iter_rows(min_row=2)] == ['["districts", 1, "units"]']


def test_a_seat_and_a_one_stop_centre(staff: Staff) -> None:
    before = staff.text(UNITS)
    staff.sets("Xã, phường", "Trụ sở ủy ban", "1 Bạch Đằng", "Tên", "Hải Dương")
    staff.sets("Xã, phường", "Trung tâm phục vụ hành chính công", "2 Bạch Đằng, tầng 1", "Tên", "Hải Dương")
    said = staff.imports("--yes")
    assert f"{UNITS}: 10525 Hải Dương: trụ sở: (không có) → 1 Bạch Đằng\n" in said
    assert staff.text(UNITS) == before.replace(
        "name: Hải Dương}  # chưa", 'name: Hải Dương, seat: 1 Bạch Đằng, one_stop: "2 Bạch Đằng, tầng 1"}  # chưa'
    )


def test_what_became_of_an_old_unit_and_a_commune_of_another_province(staff: Staff) -> None:
    staff.sets("Xã, phường cũ", "Nay thuộc (mã đơn vị, cách nhau bằng ;)", 10525, "Xã, phường cũ", "Trần Phú")
    staff.sets("Tỉnh, thành phố", "Các phường (cách nhau bằng ;)", "Ba Đình; Giảng Võ", "Tên", "Hà Nội")
    said = staff.imports("--yes")
    assert "huyện, quận cũ 1, xã, phường cũ 2, nay thuộc: 10507; 10525 → 10525\n" in said
    assert f"{COUNTRY}: 01 Hà Nội: các phường: Ba Đình; Ngọc Hà → Ba Đình; Giảng Võ\n" in said
    assert '{kind: phường, name: Trần Phú, now: ["10525"]}' in staff.text(UNITS)
    assert "wards: [Ba Đình, Giảng Võ]" in staff.text(COUNTRY)


def test_a_code_that_leads_nowhere_is_refused(staff: Staff) -> None:
    staff.sets("Xã, phường cũ", "Nay thuộc (mã đơn vị, cách nhau bằng ;)", "99999", "Xã, phường cũ", "Trần Phú")
    words = staff.cannot_import()
    assert "Hãy sửa các ô này trong bảng tính, rồi chạy lại:" in words
    assert "không có đơn vị nào mã 99999" in words


def test_a_guide_changed_and_a_new_one(staff: Staff) -> None:
    row = {"Tệp": GUIDES, "Mã mục (id)": "wifi"}
    before = staff.text(GUIDES)
    staff.sets("Hướng dẫn - bước", "Bước", "Cài ứng dụng VNeID.", "Bước", "Cài ứng dụng.")
    staff.adds("Hướng dẫn", {**row, "Tên": "Dùng wifi", "Tóm tắt": "Wifi công cộng."})
    staff.adds(
        "Hướng dẫn - nguồn",
        {**row, "Tên nguồn": "tin", "Nơi đọc": "van-ban", "Độ tin cậy": "cao", "Ngày đọc": "2026-09-01"},
    )
    staff.adds("Hướng dẫn - phần", {**row, "Phần số": "1", "Tên phần": "Ở đâu", "Nguồn": "tin"})
    staff.adds("Hướng dẫn - lời", {**row, "Phần số": "1", "Câu": "Ở nhà văn hóa."})
    staff.adds("Hướng dẫn - cách hỏi", {**row, "Cách hỏi": "wifi ở đâu miễn phí"})
    said = staff.imports("--yes")
    assert f"{GUIDES}: dung-vneid: phần 2, các bước 1: Cài ứng dụng. → Cài ứng dụng VNeID.\n" in said
    text = staff.text(GUIDES)
    assert text.startswith(before.replace("- Cài ứng dụng.", "- Cài ứng dụng VNeID."))
    added = text[len(before) :]
    keys = [line.strip().split(":")[0] for line in added.splitlines() if line.startswith("    ") and line[4] != " "]
    assert keys == ["name", "summary", "sources", "sections", "phrases"]
    assert load(staff.own, None).guides_by_id["wifi"].sections[0].lines == ("Ở nhà văn hóa.",)


def test_a_new_commune_and_one_taken_out(staff: Staff) -> None:
    staff.adds("Xã, phường", {"Tệp": UNITS, "Mã đơn vị": "10999", "Loại": "xã", "Tên": "Mới"})
    staff.drops("Xã, phường", "11948")
    assert "không có đơn vị nào mã 11948" in staff.cannot_import()
    change(staff.own, UNITS, 'now: ["11948"]', 'now: ["10525"]')
    said = staff.imports("--yes")
    assert f"{UNITS}: 10999 Mới: thêm mục\n" in said
    assert f"{UNITS}: 11948 Bạch Long Vĩ: xóa mục\n" in said
    assert [unit.code for unit in load(staff.own, None).units[0].communes] == ["10507", "10525", "10999"]


def test_a_release_and_the_office_change_different_communes(staff: Staff) -> None:
    change(staff.own, UNITS, "name: Hải Dương}", "name: Hải Dương, one_stop: 2 Bạch Đằng}")
    change(staff.shipped, UNITS, "one_stop: Khu trung tâm", "one_stop: Khu Bến Cảng")
    assert "cùng sửa" not in staff.prints("upgrade", "--from", str(staff.shipped))
    communes = load(staff.own, None).units[0].communes
    assert [unit.one_stop for unit in communes] == [None, "2 Bạch Đằng", "Khu Bến Cảng"]


def test_hours_and_a_point_come_back_from_the_workbook(staff: Staff) -> None:
    staff.sets("Xã, phường", "Giờ làm việc", "Thứ hai đến thứ sáu", "Tên", "Thành Đông")
    staff.sets("Xã, phường", "Vị trí (vĩ độ; kinh độ)", "20.9594; 106.325", "Tên", "Thành Đông")
    staff.sets("Cơ quan", "Nhận việc gì", "Hộ tịch, chứng thực.", "Tên", "Trung tâm Phục vụ hành chính công xã")
    staff.imports("--yes")
    knowledge = load(staff.own, None)
    [commune] = [unit for file in knowledge.units for unit in file.communes if unit.name == "Thành Đông"]
    assert (commune.hours, commune.at) == ("Thứ hai đến thứ sáu", (20.9594, 106.325))
    assert knowledge.offices["ttpvhcc-xa"].handles == "Hộ tịch, chứng thực."
