"""What changed for citizens, said in words."""

from pathlib import Path

import pytest

from bot.curation import changes
from bot.knowledge import load
from tests.small import PROCEDURES, change, load_small, write_base

HO_TICH, CU_TRU = "procedures/ho-tich.yaml", "procedures/cu-tru.yaml"


def told(folder: Path, *edits: tuple[str, str, str]) -> list[str]:
    """The changes that edits (file, old, new) of the tiny base make, without blank lines."""
    before = load_small(folder / "a")
    write_base(folder / "b")
    for name, old, new in edits:
        change(folder / "b", name, old, new)
    return [line for line in changes(before, load(folder / "b", None)) if line]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (
            (CU_TRU, "amount: 7000", "amount: 8000"),
            "Lệ phí: Lệ phí (trực tuyến): từ 7.000 đồng/lần lên 8.000 đồng/lần",
        ),
        (
            (CU_TRU, "amount: 7000", "amount: 0"),
            "Lệ phí: Lệ phí (trực tuyến): từ 7.000 đồng/lần xuống 0 đồng/lần",
        ),
        (
            (CU_TRU, "amount: 7000, per: lần", "amount: 7000, per: người"),
            "Lệ phí: Lệ phí (trực tuyến): từ 7.000 đồng/lần thành 7.000 đồng/người",
        ),
        (
            (CU_TRU, "channels: [trực tuyến]}", "channels: [trực tuyến], when: Cả hộ}"),
            "Lệ phí: từ “Lệ phí (trực tuyến): 7.000 đồng/lần” thành “Lệ phí (trực tuyến; Cả hộ): 7.000 đồng/lần”",
        ),
        (
            (HO_TICH, "effective_until: 2026-12-31", "effective_until: 2027-12-31"),
            "Lệ phí: Đăng ký trên mạng (trực tuyến): "
            "từ 4.000 đồng, đến hết ngày 31/12/2026 thành 4.000 đồng, đến hết ngày 31/12/2027",
        ),
        ((CU_TRU, "{quantity: 3,", "{quantity: 2,"), "Thời hạn: từ 3 ngày làm việc xuống 2 ngày làm việc"),
        ((CU_TRU, "3, unit: ngày làm việc", "72, unit: giờ"), "Thời hạn: từ 3 ngày làm việc thành 72 giờ"),
        (
            (CU_TRU, "            - {name: Giấy tờ về chỗ ở, copy: xuất trình}\n", ""),
            "Hồ sơ: bỏ “Giấy tờ về chỗ ở: xuất trình”",
        ),
        (
            (CU_TRU, "copy: xuất trình}", "copy: bản sao}"),
            "Hồ sơ: Giấy tờ về chỗ ở: từ “xuất trình” thành “bản sao”",
        ),
        (
            (CU_TRU, "{name: Giấy tờ về chỗ ở, copy: xuất trình}", "{name: Giấy tờ về nơi ở, copy: xuất trình}"),
            "Hồ sơ: từ “Giấy tờ về chỗ ở: xuất trình” thành “Giấy tờ về nơi ở: xuất trình”",
        ),
        (
            (CU_TRU, "Nộp ở công an xã nơi tạm trú.", "Nộp ở công an xã nào cũng được."),
            "Nộp ở đâu: từ “Nộp ở công an xã nơi tạm trú.” thành “Nộp ở công an xã nào cũng được.”",
        ),
        (
            (CU_TRU, "allowed: có điều kiện", "allowed: không"),
            "Nhờ người khác: Được hay không: từ “tùy trường hợp” thành “phải tự đi”",
        ),
        ((CU_TRU, "documents: [68/2020/QH14]", "documents: [60/2014/QH13]"), "Căn cứ: bỏ “68/2020/QH14”"),
        ((CU_TRU, "documents: [68/2020/QH14]", "documents: [60/2014/QH13]"), "Căn cứ: thêm “60/2014/QH13”"),
        (
            (CU_TRU, "name: Đăng ký tạm trú\n    off", "name: Tạm trú\n    off"),
            "Tên: từ “Đăng ký tạm trú” thành “Tạm trú”",
        ),
        ((CU_TRU, 'code: "1.010038"', 'code: "1.010039"'), "Mã tương đương: bỏ “1.010038”"),
        (
            (CU_TRU, "Hết hạn thì gia hạn trước 15 ngày.", "Gia hạn trước 9 ngày."),
            "Ghi chú: thêm “Gia hạn trước 9 ngày.”",
        ),
        (
            (CU_TRU, "checked_on: 2026-07-20", "checked_on: 2026-07-30"),
            "Ngày kiểm tra cũ nhất: từ 20/07/2026 thành 30/07/2026",
        ),
        (
            (CU_TRU, "      - thuê trọ phải đăng ký gì\n", "      - ở trọ phải báo ai\n      - mới ra trọ\n"),
            "Thêm 2 cách hỏi, bỏ 1 cách hỏi",
        ),
        ((CU_TRU, "      - thuê trọ phải đăng ký gì\n", ""), "Bỏ 1 cách hỏi"),
        (
            (CU_TRU, "checked_on: 2026-07-20}", "checked_on: 2026-07-20, effective_from: 2027-01-01}"),
            "Thời hạn: hiệu lực từ không ghi thành “từ ngày 01/01/2027”",
        ),
        (
            (CU_TRU, "    result:\n      source: cong\n      text: Bạn nhận thông báo kết quả.\n", ""),
            "Kết quả: không còn phần này",
        ),
    ],
)
def test_a_changed_fact_is_said_in_words(folder: Path, edit: tuple[str, str, str], words: str) -> None:
    lines = told(folder, edit)
    assert lines[0] == "0 mục mới, 0 mục bỏ, 1 mục đổi."
    assert f"  {words}" in lines


def test_a_renamed_entry_is_the_same_by_its_code(folder: Path) -> None:
    lines = told(folder, (CU_TRU, "id: tam-tru", "id: dang-ky-tam-tru"))
    assert lines == [
        "0 mục mới, 0 mục bỏ, 1 mục đổi.",
        "Đăng ký tạm trú (dang-ky-tam-tru, mã 1.004194)",
        "  Tên trong tệp: từ “tam-tru” thành “dang-ky-tam-tru”",
    ]


def test_new_and_dropped_entries_are_named(folder: Path) -> None:
    before = load_small(folder / "a")
    write_base(folder / "b")
    (folder / "b" / CU_TRU).write_text(
        PROCEDURES["cu-tru"].replace("tam-tru", "luu-tru").replace("1.004194", "2.000001"), "utf-8"
    )
    lines = changes(before, load(folder / "b", None))
    assert lines == [
        "1 mục mới, 1 mục bỏ, 0 mục đổi.",
        "",
        "Mới:",
        "  Đăng ký tạm trú (luu-tru, mã 2.000001)",
        "",
        "Bỏ:",
        "  Đăng ký tạm trú (tam-tru, mã 1.004194)",
    ]


def test_a_new_part_tells_what_it_holds(folder: Path) -> None:
    part = "    deadline:\n      source: cong\n      text: Trong 30 ngày.\n    place:\n"
    lines = told(folder, (CU_TRU, "    place:\n", part))
    assert lines[2:] == ["  Hạn phải làm: nay có phần này", "  Hạn phải làm: thêm “Trong 30 ngày.”"]


def test_what_stands_beside_the_entries_is_told(folder: Path) -> None:
    lines = told(
        folder,
        ("offices.yaml", "address: 1 Trần Phú", "address: 2 Trần Phú"),
        ("offices.yaml", "    phone: 0225.3821055\n", ""),
        ("routes.yaml", "Gọi ngay 114.", "Gọi 114 ngay."),
        ("lexicon.yaml", "ks: khai sinh", "ksinh: khai sinh"),
        (HO_TICH, "Chưa đăng ký lần nào", "Chưa lần nào"),
    )
    assert lines == [
        "0 mục mới, 0 mục bỏ, 0 mục đổi.",
        "Ngoài các mục:",
        "  Nơi nhận Công an xã: địa chỉ từ “1 Trần Phú” thành “2 Trần Phú”",
        "  Nơi nhận Công an xã: điện thoại từ “0225.3821055” thành không ghi",
        "  Lời đáp sẵn khan-cap: từ “Gọi ngay 114. Công an: 113. Cấp cứu: 115.” "
        "thành “Gọi 114 ngay. Công an: 113. Cấp cứu: 115.”",
        "  Cách hiểu câu hỏi đã đổi (lexicon.yaml)",
        "  Câu bot hỏi lại khi dễ nhầm đã đổi (twins)",
    ]


def test_offices_come_and_go(folder: Path) -> None:
    lines = told(
        folder,
        (CU_TRU, "offices: [cong-an-xa]", "offices: [cong-an-phuong]"),
        ("offices.yaml", "- id: cong-an-xa\n    name: Công an xã", "- id: cong-an-phuong\n    name: Công an phường"),
    )
    assert lines[-2:] == ["  Nơi nhận: bỏ “Công an xã”", "  Nơi nhận: thêm “Công an phường”"]


def test_the_same_base_has_no_changes(folder: Path) -> None:
    assert told(folder) == ["Không có gì khác đối với người dân."]
