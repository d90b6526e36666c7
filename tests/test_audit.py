"""The base held against the official pages of July 2026, where MOTCUA_REFERENCE names a folder that has them."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Knowledge, load
from tests.audit.audit import Auditor, Exceptions, Row, dong, exceptions, same_name, table
from tests.audit.likeness import telling_difference
from tests.audit.reference import Limit, Reference, glued, markdown, own_pages, read, structured
from tests.small import change, load_small, write_base

PORTAL = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh"
CATALOGUE = """\
code,name
1.001193,Thủ tục đăng ký khai sinh
1.000656,Thủ tục đăng ký khai sinh có yếu tố nước ngoài
1.004884,Thủ tục đăng ký lại khai sinh (cấp xã)
1.004194,Đăng ký tạm trú theo danh sách
"""
WORKING_DAY = "ngày làm việc"
MARKDOWN = """\
# Tên
## Cách thức thực hiện

| Hình thức nộp | Thời gian | Phí |
| --- | --- | --- |
| Trực tiếp | 30 (ba mươi) ngày | 25.000 đồng |

## Căn cứ
15 giờ 99.000 đồng
"""


def structured_row(code: str = "1.001193", **changes: Any) -> dict[str, Any]:
    """A page with its fields apart."""
    plain = {
        "code": code,
        "name": "Tên trên trang",
        "portal_url": f"{PORTAL}/{code}",
        "channels": [],
        "processing_cases": [],
        "steps_raw": [],
    }
    return plain | changes


def way(quantity: object, unit: str, note: str = "", fees: tuple[tuple[int | None, str], ...] = ()) -> dict[str, Any]:
    """One way of handing in."""
    told = [{"value_vnd": value, "text": text} for value, text in fees]
    return {"processing": {"qty": quantity, "unit": unit}, "note": note, "fees": told}


def text_row(code: str, ways: str, url: str = f"{PORTAL}/text", steps: str = "") -> dict[str, Any]:
    """A page as text."""
    return {
        "ma_thu_tuc": code,
        "ten_thu_tuc": "Tên dính",
        "detail_url": url,
        "cach_thuc_thuc_hien": ways,
        "trinh_tu_thuc_hien": steps,
    }


def write_reference(folder: Path, **files: list[dict[str, Any]]) -> Reference:
    """A small copy of the pages, read: `structured`, `pages` and `text` as given, the rest as it must be."""
    data = folder / "data" / "procedures"
    data.mkdir(parents=True)
    (data / "catalogue_2026-07.csv").write_text(CATALOGUE, "utf-8")
    (data / "hai_phong_local_74.csv").write_text("code,name\n1.115613,Cấp đổi Giấy chứng nhận\n", "utf-8")
    army = [{"thu_tuc_id": "1.013124", "metadata": {"tên_thủ_tục": "Kế hoạch ứng phó"}}]
    for name in ("portal_structured_2026-07", "portal_pages_2026-07", "portal_text_2026-07", "defence_2025"):
        rows = army if name == "defence_2025" else files.get(name.split("_")[1], [])
        (data / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return read(folder)


def looked(folder: Path, reference: Reference, reasons: dict[str, dict[str, str]] | None = None) -> list[Row]:
    """The small base held against a small copy."""
    return Auditor(load_small(folder / "kb"), reference, Exceptions(reasons or {})).rows()


def of_kind(rows: list[Row], kind: str) -> list[tuple[str, str, str | None]]:
    return [(row.entry, row.told, row.reason) for row in rows if row.kind == kind]


@pytest.fixture(scope="session")
def reference() -> Reference | None:
    """The official pages, or none on a machine that has no copy of them."""
    folder = os.environ.get("MOTCUA_REFERENCE")
    return read(Path(folder)) if folder else None


def test_the_shipped_base_agrees_with_the_official_pages_or_says_why(
    shipped: Knowledge, reference: Reference | None, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = exceptions()
    rows = Auditor(shipped, reference, listed).rows() if reference else []
    with capsys.disabled():
        sys.stdout.write(
            "\n" + "\n".join(table(rows) if reference else ["Không đối chiếu: chưa đặt MOTCUA_REFERENCE."])
        )
        sys.stdout.write("\n")
    assert [f"{row} [khóa {row.key!r} trong tests/audit/exceptions.yaml]" for row in rows if not row.reason] == []
    assert [f"xóa khỏi tests/audit/exceptions.yaml: {key}" for key in (listed.unneeded() if reference else [])] == []


def test_every_exception_gives_a_reason_under_a_known_kind() -> None:
    reasons = exceptions().reasons
    assert set(reasons) <= {"codes", "names", "equivalences", "times", "fees", "addresses"}
    assert [key for keys in reasons.values() for key, reason in keys.items() if len(reason) < 20] == []


def test_codes_and_names(tmp_path: Path) -> None:
    rows = looked(tmp_path, write_reference(tmp_path))
    assert of_kind(rows, "codes") == [("tam-tru", "1.010038", None)]
    assert of_kind(rows, "names") == [
        ("tam-tru", "1.004194 “Đăng ký tạm trú”, trang “Đăng ký tạm trú theo danh sách”", None)
    ]


def test_another_code_is_printed_with_both_names_and_refused_for_a_telling_word(tmp_path: Path) -> None:
    assert of_kind(looked(tmp_path, write_reference(tmp_path)), "equivalences") == [
        (
            "tam-tru",
            "1.004194 “Đăng ký tạm trú theo danh sách” = 1.010038 (không có trong danh mục)",
            "cùng thủ tục ở cấp tỉnh (5555/QĐ-BCA)",
        ),
        (
            "khai-sinh",
            "1.001193 “Thủ tục đăng ký khai sinh” = 1.000656 “Thủ tục đăng ký khai sinh có yếu tố nước ngoài” "
            "[chỉ một bên có: yếu tố nước ngoài]",
            None,
        ),
    ]


def test_a_reason_written_down_settles_a_row_and_one_not_needed_is_named(tmp_path: Path) -> None:
    known = {"equivalences": {"1.001193 1.000656": "Đã gộp."}, "codes": {"9.999999": "Cũ.", "1.010038": "Mới."}}
    listed = Exceptions(known)
    rows = Auditor(load_small(tmp_path / "kb"), write_reference(tmp_path), listed).rows()
    assert [row.reason for row in rows if row.entry == "khai-sinh" and row.kind == "equivalences"] == ["Đã gộp."]
    assert [str(row) for row in rows if row.kind == "codes"] == ["tam-tru: 1.010038 → Mới."]
    assert listed.unneeded() == ["codes: 9.999999"]


@pytest.mark.parametrize(
    ("ways", "rows"),
    [
        pytest.param([way(5, "WORKING_DAY"), way(25, "DAY")], [], id="the same"),
        pytest.param([way(5, "WORKING_DAY", note="Phải xác minh thì 25 ngày.")], [], id="the other one in words"),
        pytest.param(
            [way(7, "WORKING_DAY"), way(5, "WORKING_DAY"), way(25, "DAY")],
            [("khai-sinh-lai", "trang 7 ngày làm việc, mục 5 ngày làm việc; 25 ngày", None)],
            id="one more on the page",
        ),
        pytest.param(
            [way(5, "DAY", note="5 ngày làm việc; xác minh 25 ngày")],
            [
                (
                    "khai-sinh-lai",
                    "trang 5 ngày, mục 5 ngày làm việc; 25 ngày",
                    "cùng con số; chỗ khác của trang ghi đơn vị như mục",
                )
            ],
            id="another unit, ours elsewhere",
        ),
        pytest.param(
            [way("Năm ngày", "OTHER")],
            [
                ("khai-sinh-lai", "mục 5 ngày làm việc, trang không ghi", None),
                ("khai-sinh-lai", "mục 25 ngày, trang không ghi", None),
            ],
            id="none of ours on the page",
        ),
    ],
)
def test_time_limits(tmp_path: Path, ways: list[dict[str, Any]], rows: list[tuple[str, str, str | None]]) -> None:
    reference = write_reference(tmp_path, structured=[structured_row("1.004884", channels=ways)])
    assert of_kind(looked(tmp_path, reference), "times") == rows


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        pytest.param(
            "        - {quantity: 4, unit: ngày làm việc, text: 'Không quá 3,5 ngày làm việc'}\n      note: Nhanh.\n",
            "làm tròn lên để tính; câu trả lời nói đúng nửa ngày",
            id="half a day told",
        ),
        pytest.param("        - {quantity: 4, unit: ngày làm việc}\n", None, id="half a day lost"),
        pytest.param(
            "        - {quantity: 4, unit: ngày làm việc}\n      doubt: Trang ghi hai mức.\n",
            "mục nói rõ: Trang ghi hai mức.",
            id="doubted",
        ),
    ],
)
def test_a_limit_of_ours_that_no_page_has(tmp_path: Path, limits: str, reason: str | None) -> None:
    base = write_base(tmp_path / "kb")
    change(base, "procedures/cu-tru.yaml", "        - {quantity: 3, unit: ngày làm việc}\n", limits)
    row = structured_row("1.004194", channels=[way(3.5, "WORKING_DAY")])
    knowledge = load(base, None)
    rows = Auditor(knowledge, write_reference(tmp_path, structured=[row]), Exceptions({})).rows()
    assert of_kind(rows, "times")[0] == ("tam-tru", "mục 4 ngày làm việc, trang 3,5 ngày làm việc", reason)


def test_a_limit_of_the_page_that_the_entry_tells_in_words(tmp_path: Path) -> None:
    base = write_base(tmp_path / "kb")
    change(base, "procedures/ho-tich.yaml", "      note: Đếm từ khi hồ sơ đủ.", "      note: Có nơi làm trong 7 ngày.")
    row = structured_row("1.004884", channels=[way(5, "WORKING_DAY"), way(25, "DAY"), way(7, "DAY")])
    rows = Auditor(load(base, None), write_reference(tmp_path, structured=[row]), Exceptions({})).rows()
    assert of_kind(rows, "times")[0][2] == "mục nói mức này bằng lời"


def test_fees_rest_on_the_page_or_on_a_document_of_their_own(tmp_path: Path) -> None:
    """khai-sinh's amounts are 0, 8,000 from the page's decision, 4,000 and 9,000 from documents without number."""
    ways = [way(1, "WORKING_DAY", fees=((8000, ""), (20, ""), (None, "Bản sao 50.000 đồng")))]
    rows = looked(tmp_path, write_reference(tmp_path, structured=[structured_row(channels=ways)]))
    page = "trang 8.000 đồng; 50.000 đồng"
    assert of_kind(rows, "fees") == [
        ("khai-sinh", f"mục Đăng ký đúng hạn 0 đồng, {page}", None),
        ("khai-sinh", f"mục Đăng ký trên mạng 4.000 đồng, {page}", "theo Văn bản pháp luật"),
        ("khai-sinh", f"mục Bản sao Giấy khai sinh 9.000 đồng, {page}", "theo Văn bản pháp luật"),
        ("khai-sinh", "trang 50.000 đồng, mục không ghi thành mức thu", None),
    ]


def test_a_fee_with_a_document_and_one_told_in_words(tmp_path: Path) -> None:
    base = write_base(tmp_path / "kb")
    change(
        base, "procedures/cu-tru.yaml", "channels: [trực tuyến]}", "channels: [trực tuyến], note: Trước là 9.000 đồng}"
    )
    rows = Auditor(
        load(base, None),
        write_reference(tmp_path, text=[text_row("1.004194", "Trực tuyến3 Ngày làm việc9,000 VNĐ(15.000 đồng)")]),
        Exceptions({}),
    ).rows()
    assert of_kind(rows, "fees") == [
        ("tam-tru", "mục Lệ phí 7.000 đồng, trang 9.000 đồng; 15.000 đồng", "theo 75/2022/TT-BTC"),
        ("tam-tru", "trang 9.000 đồng, mục không ghi thành mức thu", "mục nói mức này bằng lời"),
    ]
    assert of_kind(rows, "times") == []


def test_addresses_lead_to_the_page_of_the_entry(tmp_path: Path) -> None:
    base = write_base(tmp_path / "kb")
    for name, old, new in (
        ("ho-tich", "portal_url: https://dichvucong.gov.vn/khai-sinh\n", f"portal_url: {PORTAL}/1.001193\n"),
        ("ho-tich", "portal_url: https://dichvucong.gov.vn/khai-sinh-lai", f"portal_url: {PORTAL}/1.001193"),
        ("ho-tich", "url: https://dichvucong.gov.vn/khai-sinh\n    steps", f"url: {PORTAL}/lost\n    steps"),
        ("cu-tru", "https://dichvucong.gov.vn/tam-tru", "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/1.000001"),
    ):
        change(base, f"procedures/{name}.yaml", old, new)
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "procedures.yaml").write_text(f"procedures:\n- code: 1.004884\n  portal_url: {PORTAL}/other\n", "utf-8")
    rows = Auditor(load(base, None), write_reference(tmp_path, structured=[structured_row()]), Exceptions({})).rows()
    assert of_kind(rows, "addresses") == [
        ("tam-tru", "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/1.000001 là trang của mã khác", None),
        ("khai-sinh", f"{PORTAL}/lost không thấy là trang của mã nào", None),
        ("khai-sinh-lai", f"{PORTAL}/1.001193 là trang của mã 1.001193", None),
    ]
    elsewhere = looked(tmp_path / "plain", write_reference(tmp_path / "plain"))
    assert of_kind(elsewhere, "addresses")[0][1].endswith("tam-tru không ở trên Cổng Dịch vụ công quốc gia")


def test_the_table_names_each_kind_and_gathers_entries_of_which_the_same_is_told() -> None:
    rows = [
        Row("fees", "a", "k", "mục 0 đồng", "theo 23/2026/NQ-HĐND"),
        Row("fees", "b", "k", "mục 0 đồng", "theo 23/2026/NQ-HĐND"),
        Row("codes", "c", "k", "1.000001", None),
    ]
    lines = list(table(rows))
    assert lines[0] == "Đối chiếu với trang chính thức: 3 chỗ, 1 chỗ chưa có lý do."
    assert "  c: 1.000001 → KHÔNG CÓ LÝ DO" in lines
    assert "  a, b: mục 0 đồng → theo 23/2026/NQ-HĐND" in lines
    assert "Địa chỉ trang: 0" in lines


@pytest.mark.parametrize(
    ("page", "limits", "said", "amounts"),
    [
        pytest.param(
            structured(
                structured_row(
                    channels=[way(3.5, "WORKING_DAY", "Xong trong ngày làm việc", ((50000, ""), (0, "Miễn phí")))],
                    processing_cases=[{"qty": 0, "unit": "DAY"}, {"qty": "Không quá 08 ngày", "unit": "OTHER"}],
                )
            ),
            {Limit(3.5, WORKING_DAY)},
            {Limit(1, WORKING_DAY), Limit(8, "ngày")},
            {50000},
            id="fields apart",
        ),
        pytest.param(
            markdown({"code": "1.1", "markdown": MARKDOWN}),
            {Limit(30, "ngày")},
            {Limit(30, "ngày"), Limit(15, "giờ")},
            {25000},
            id="Markdown",
        ),
        pytest.param(markdown({"code": "1.1", "markdown": "# Tên"}), set(), set(), set(), id="nothing but a name"),
        pytest.param(
            glued(
                text_row("1.1", "Trực tuyến1100 VNĐTrực tiếp8 Ngày làm việc200,000 Việt Nam Đồng", steps="sau 2 tháng")
            ),
            {Limit(8, WORKING_DAY)},
            {Limit(8, WORKING_DAY), Limit(2, "tháng")},
            {200000},
            id="glued: 1 and 100 are no 1,100 đồng",
        ),
    ],
)
def test_pages_are_read(page: Any, limits: set[Limit], said: set[Limit], amounts: set[int]) -> None:
    assert (page.limits, page.said, page.amounts) == (limits, said, amounts)


def test_of_codes_that_share_an_address_none_is_believed() -> None:
    rows = [text_row("3.000285", "", "u"), text_row("3.000286", "", "u"), text_row("1.004194", "", "v")]
    assert [row["ma_thu_tuc"] for row in own_pages(rows)] == ["1.004194"]


def test_the_reference_may_be_its_data_folder(tmp_path: Path) -> None:
    write_reference(tmp_path, pages=[{"code": "1.004194", "markdown": "# Đăng ký tạm trú\n"}])
    reference = read(tmp_path / "data")
    assert reference.names["1.013124"] == "Kế hoạch ứng phó"
    assert reference.names["1.115613"] == "Cấp đổi Giấy chứng nhận"
    assert [page.code for page in reference.pages["1.004194"]] == ["1.004194"]


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("Cấp thẻ căn cước", "CẤP LẠI THẺ CĂN CƯỚC", {"cấp lại"}),
        ("Cấp đổi thẻ căn cước", "Cấp lại thẻ căn cước", {"cấp đổi", "cấp lại"}),
        ("Đăng ký kết hôn", "Đăng ký kết hôn có yếu tố nước ngoài", {"yếu tố nước ngoài"}),
        ("Cấp thẻ căn cước", "Cấp thẻ căn cước (thực hiện tại cấp tỉnh)", set()),
        ("Trợ cấp hàng tháng", "Trợ cấp hằng tháng", set()),
        ("Cấp thị thực tại Việt Nam", "Cấp thị thực", set()),
        ("Khóa căn cước điện tử", "Mở khóa căn cước điện tử", {"khóa", "mở khóa"}),
    ],
)
def test_telling_words_tell_near_twins_apart(one: str, other: str, difference: set[str]) -> None:
    assert telling_difference(one, other) == telling_difference(other, one) == difference


@pytest.mark.parametrize(
    ("ours", "official", "same"),
    [
        ("Đăng ký khai sinh", "Thủ tục đăng ký khai sinh", True),
        ("Đăng ký khai sinh", "Đăng ký khai sinh (thực hiện tại cấp xã)", True),
        ("Đăng ký khai sinh", "Đăng ký lại khai sinh", False),
        ("Đăng ký khai sinh", "Đăng ký khai sinh cho người đã có hồ sơ", False),
        ("Đăng ký khai sinh… hồ sơ", "Đăng ký khai sinh cho người đã có hồ sơ, giấy tờ", True),
        ("Đăng ký… giấy tờ… hồ sơ", "Đăng ký khai sinh cho người đã có hồ sơ, giấy tờ", False),
        ("Tách thửa (đất ở…) và hợp thửa", "Tách thửa (đất ở, đất vườn) và hợp thửa", True),
    ],
)
def test_same_name(ours: str, official: str, same: bool) -> None:
    assert same_name(ours, official) is same


def test_amounts_are_written_as_the_bot_writes_them() -> None:
    assert dong(1_500_000) == "1.500.000 đồng"
