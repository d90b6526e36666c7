"""`kb export` and `kb import`: staff edit a workbook; what they changed is shown, checked, written, and no more."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.editing.folder import still
from bot.errors import KnowledgeError
from bot.knowledge import load
from tests.editors import Editor, files_of
from tests.small import change

HO_TICH, CU_TRU, LOCAL = "procedures/ho-tich.yaml", "procedures/cu-tru.yaml", "local/hai-phong.yaml"


class Staff(Editor):
    """Bình and the workbook that he took from his copy."""

    @property
    def book(self) -> Path:
        """The workbook."""
        return self.folder / "tri-thuc.xlsx"

    def exports(self) -> "Staff":
        """Take the workbook."""
        self.prints("export", str(self.book))
        return self

    def edits(self, title: str, edit: Callable[[Worksheet], object]) -> None:
        """Change one sheet of it, as a spreadsheet program would."""
        book = openpyxl.load_workbook(self.book)
        edit(book[title])
        book.save(self.book)

    def sets(self, title: str, heading: str, value: str | int | None, where: str, what: str) -> None:
        """Type a value into the first row where the column `where` holds `what`."""

        def edit(sheet: Worksheet) -> None:
            headings = [cell.value for cell in sheet[1]]
            row = next(r for r in sheet.iter_rows(min_row=2) if r[headings.index(where)].value == what)
            sheet.cell(row[0].row or 0, headings.index(heading) + 1).value = value

        self.edits(title, edit)

    def adds(self, title: str, *rows: dict[str, str]) -> None:
        """Type rows at the end of a sheet, by heading."""

        def edit(sheet: Worksheet) -> None:
            headings = [str(cell.value) for cell in sheet[1]]
            for row in rows:
                sheet.append([row.get(heading) for heading in headings])

        self.edits(title, edit)

    def drops(self, title: str, holds: str) -> None:
        """Delete every row that holds a value."""

        def edit(sheet: Worksheet) -> None:
            for row in range(sheet.max_row, 1, -1):
                if holds in [cell.value for cell in sheet[row]]:
                    sheet.delete_rows(row)

        self.edits(title, edit)

    def imports(self, *options: str, stdin: str = "") -> str:
        """Bring it back."""
        return self.prints("import", str(self.book), *options, stdin=stdin)

    def cannot_import(self) -> str:
        """The words of a refusal; nothing is written."""
        before = files_of(self.own)
        words = self.refuses("import", str(self.book), "--yes")
        assert files_of(self.own) == before
        return words


@pytest.fixture
def staff(tmp_path: Path) -> Staff:
    """Bình, with a copy of his own and a workbook of it."""
    editor = Staff(tmp_path)
    editor.starts()
    return editor.exports()


def test_the_workbook_is_one_that_staff_can_read(staff: Staff) -> None:
    book = openpyxl.load_workbook(staff.book)
    assert book.sheetnames[:4] == ["Thủ tục", "Giấy tờ", "Lệ phí", "Thời hạn"]
    assert [cell.value for cell in book["Lệ phí"][1]][:4] == ["Tệp", "Mã mục (id)", "Tên khoản", "Số tiền (đồng)"]
    assert [cell.value for cell in book["Lệ phí"][2]][:5] == [CU_TRU, "tam-tru", "Lệ phí", "15000", "lần"]
    assert (book["_goc"].sheet_state, book["Lệ phí"].freeze_panes) == ("hidden", "A2")


def test_nothing_changed_is_nothing_written(staff: Staff) -> None:
    before = files_of(staff.own)
    assert staff.imports("--yes") == "Bảng tính không đổi gì so với bộ tri thức.\n"
    assert files_of(staff.own) == before


def test_one_amount(staff: Staff) -> None:
    before = staff.text(HO_TICH)
    staff.sets("Lệ phí", "Số tiền (đồng)", 5000, "Tên khoản", "Đăng ký quá hạn")
    said = staff.imports("--yes")
    assert said.startswith("procedures/ho-tich.yaml: khai-sinh: lệ phí, dòng 2, số tiền: 8000 → 5000\nĐã ghi ")
    assert staff.text(HO_TICH) == before.replace("quá hạn, amount: 8000", "quá hạn, amount: 5000")
    (backup,) = (staff.own / ".motcua" / "backup").iterdir()
    assert (backup / HO_TICH).read_bytes().decode() == before


def test_it_asks_before_it_writes(staff: Staff) -> None:
    staff.sets("Lệ phí", "Số tiền (đồng)", "5000", "Tên khoản", "Đăng ký quá hạn")
    before = files_of(staff.own)
    assert staff.imports(stdin="n\n").endswith("Ghi 1 chỗ vào 1 tệp? [y/N]: n\nKhông ghi gì.\n")
    assert staff.imports("--dry-run").endswith("5000\nKhông ghi gì.\n")
    assert files_of(staff.own) == before
    assert "Đã ghi procedures/ho-tich.yaml." in staff.imports(stdin="y\n")


def test_phrases_added_taken_out_and_moved(staff: Staff) -> None:
    row = {"Tệp": CU_TRU, "Mã mục (id)": "tam-tru"}
    staff.adds("Cách hỏi", {**row, "Cách hỏi": "thuê phòng trọ: khai ở đâu"})
    staff.drops("Cách hỏi", "thuê trọ phải đăng ký gì")
    before = staff.text(CU_TRU)
    said = staff.imports("--yes")
    assert "cu-tru.yaml: tam-tru: cách hỏi: thêm “thuê phòng trọ: khai ở đâu”\n" in said
    assert "cu-tru.yaml: tam-tru: cách hỏi: bỏ “thuê trọ phải đăng ký gì”\n" in said
    last = "      - khai báo tạm trú cho người thuê nhà\n"
    new = before.replace("      - thuê trọ phải đăng ký gì\n", "")
    assert staff.text(CU_TRU) == new.replace(last, last + '      - "thuê phòng trọ: khai ở đâu"\n')
    staff.prints("export", str(staff.book), "--force")
    staff.drops("Cách hỏi", "đăng ký tạm trú")
    staff.adds("Cách hỏi", {**row, "Cách hỏi": "đăng ký tạm trú"})
    assert "tam-tru: cách hỏi: đổi thứ tự\n" in staff.imports("--yes")


def test_a_new_entry_and_a_key_taken_out(staff: Staff) -> None:
    row = {"Tệp": CU_TRU, "Mã mục (id)": "tam-vang"}
    texts = {"Mã thủ tục": "1.003677", "Tên thường gọi": "Tạm vắng", "Tên chính thức": "Khai báo tạm vắng", "Cấp": "xã"}
    place = {"Cơ quan": "Công an xã", "Tóm tắt": "Báo trước.", "Trang trên cổng": "https://dichvucong.gov.vn/x"}
    staff.adds(
        "Thủ tục",
        {
            **row,
            **texts,
            **place,
            "Nơi nộp: nguồn": "cong",
            "Nơi nộp: nội dung": "Ở xã.",
            "Nơi nộp: mã cơ quan (cách nhau bằng ;)": "cong-an-xa;ttpvhcc-xa",
        },
    )
    staff.adds(
        "Nguồn", {**row, "Tên nguồn": "cong", "Nơi đọc": "cong-dvcqg", "Độ tin cậy": "cao", "Ngày đọc": "2026-07-20"}
    )
    staff.adds("Cách hỏi", {**row, "Cách hỏi": "khai báo tạm vắng"})
    staff.sets("Thủ tục", "Ai làm: nguồn", None, "Mã mục (id)", "tam-tru")
    staff.sets("Thủ tục", "Ai làm: nội dung", None, "Mã mục (id)", "tam-tru")
    said = staff.imports("--yes")
    assert "cu-tru.yaml: tam-vang: thêm mục\n" in said
    assert "cu-tru.yaml: tam-tru: ai làm, nội dung: Người ở ngoài nơi thường trú từ 30 ngày. → (không có)\n" in said
    base = load(staff.own, "hai-phong").by_id
    assert base["tam-tru"].who is None
    place_of = base["tam-vang"].place
    assert place_of
    assert place_of.offices == ("cong-an-xa", "ttpvhcc-xa")
    assert staff.text(CU_TRU).endswith("    phrases: [khai báo tạm vắng]\n")


def test_an_entry_taken_out(staff: Staff) -> None:
    staff.drops("Thủ tục", "khai-sinh-lai")
    staff.drops("Thủ tục", "khai-sinh")
    assert "procedures/ho-tich.yaml:2: procedures: danh sách thiếu mục" in staff.cannot_import()
    staff.prints("export", str(staff.book), "--force")
    staff.drops("Thủ tục", "khai-sinh-lai")
    staff.drops("Dễ nhầm", "khai-sinh-lai")
    staff.drops("Dễ nhầm", "khai-sinh")
    said = staff.imports("--yes")
    assert "procedures/ho-tich.yaml: khai-sinh-lai: xóa mục\n" in said
    assert "khai-sinh-lai" not in staff.text(HO_TICH) + staff.text(LOCAL)


def test_other_files(staff: Staff) -> None:
    staff.sets("Văn bản", "Tên văn bản", "Luật Hộ tịch 2014", "Số hiệu", "60/2014/QH13")
    staff.adds("Chữ tắt", {"Tệp": "lexicon.yaml", "Chữ tắt": "gks", "Chữ đầy đủ": "giấy khai sinh"})
    staff.adds("Hỏi từng phần", {"Tệp": "lexicon.yaml", "Phần": "fee", "Cách hỏi": "tốn mấy đồng"})
    staff.sets("Lệ phí", "Số tiền (đồng)", "12000", "Tên khoản", "Lệ phí ở Hải Phòng")
    staff.sets("Dễ nhầm", "Trả lời", "Chưa lần nào", "Mã mục", "khai-sinh")
    staff.sets("Giấy tờ", "Khi nào", "Nhờ người thân", "Tên giấy tờ", "Giấy ủy quyền")
    said = staff.imports("--yes")
    assert "laws.yaml: 60/2014/QH13: tên: Luật Hộ tịch → Luật Hộ tịch 2014\n" in said
    assert "lexicon.yaml: chữ tắt, gks: (không có) → giấy khai sinh\n" in said
    base = load(staff.own, "hai-phong")
    fee, documents = base.by_id["tam-tru"].fee, base.by_id["khai-sinh"].documents
    assert (fee and fee.items[0].amount, documents and documents.cases[1].when) == (12000, "Nhờ người thân")
    assert base.twins[0].options[0].label == "Chưa lần nào"
    assert "  đk: đăng ký\n  gks: giấy khai sinh\n" in staff.text("lexicon.yaml")
    assert "fee: [bao nhiêu tiền, lệ phí, tốn mấy đồng]" in staff.text("lexicon.yaml")


def test_what_changed_in_the_files_since_the_export_stays(staff: Staff) -> None:
    change(staff.own, HO_TICH, "name: Đăng ký quá hạn, amount: 8000", "name: Đăng ký quá hạn, amount: 7000")
    change(staff.own, CU_TRU, "có giá trị 2 năm", "có giá trị 1 năm")
    change(staff.own, CU_TRU, "    notes:\n      - Hết hạn thì gia hạn trước 15 ngày.\n", "")
    staff.sets("Lệ phí", "Số tiền (đồng)", "5000", "Tên khoản", "Đăng ký quá hạn")
    staff.sets("Lưu ý", "Lưu ý", "Gia hạn sớm.", "Mã mục (id)", "tam-tru")
    staff.sets("Thủ tục", "Tên thường gọi", "Tạm trú", "Mã mục (id)", "tam-tru")
    said = staff.imports("--yes")
    assert "tam-tru: tên: Đăng ký tạm trú → Tạm trú\nCác chỗ sau đã đổi trong tệp YAML" in said
    assert "  procedures/ho-tich.yaml: khai-sinh: lệ phí, dòng 2, số tiền: 7000 → 5000\n" in said
    assert "amount: 7000" in staff.text(HO_TICH)
    assert "có giá trị 1 năm" in staff.text(CU_TRU)
    assert "notes" not in staff.text(CU_TRU)


def test_entries_that_came_and_went_in_the_files(staff: Staff) -> None:
    law = "  - {number: 68/2020/QH14, title: Luật Cư trú}\n"
    extra = "  - {number: 1/2026/QH16, title: Luật mới}\n  - {number: 2/2026/QH16, title: Luật khác}\n"
    change(staff.own, "laws.yaml", law, law + extra)
    staff.drops("Văn bản", "68/2020/QH14")
    staff.drops("Trả lời sẵn", "chao")
    staff.drops("Trả lời sẵn - cách hỏi", "chao")
    change(staff.own, "laws.yaml", "title: Luật Cư trú", "title: Luật Cư trú 2020")
    said = staff.imports("--yes")
    assert "routes.yaml: chao: xóa mục\n" in said
    assert "  laws.yaml: 68/2020/QH14: xóa mục\n" in said
    assert len(load(staff.own, None).laws) == 5
    assert [route.id for route in load(staff.own, None).routes] == ["khan-cap"]


def test_an_entry_taken_out_of_the_files_does_not_come_back(staff: Staff) -> None:
    change(staff.own, "lexicon.yaml", "weak: [giấy]\n", "")
    text = staff.text("routes.yaml")
    (staff.own / "routes.yaml").write_text(text[: text.index("  - id: chao")], "utf-8")
    assert "  routes.yaml: chao: thêm mục\n" in staff.imports("--yes")
    assert "weak" not in staff.text("lexicon.yaml")


def test_a_workbook_with_fewer_sheets_changes_only_what_it_has(staff: Staff) -> None:
    staff.sets("Lệ phí", "Số tiền (đồng)", "5000", "Tên khoản", "Đăng ký quá hạn")
    book = openpyxl.load_workbook(staff.book)
    for title in book.sheetnames:
        if title not in ("Thủ tục", "Lệ phí"):
            del book[title]
    book.save(staff.book)
    assert staff.imports("--yes").startswith(
        "procedures/ho-tich.yaml: khai-sinh: lệ phí, dòng 2, số tiền: 8000 → 5000\nĐã"
    )
    staff.prints("export", str(staff.folder / "b.xlsx"))
    book = openpyxl.load_workbook(staff.folder / "b.xlsx")
    for title in book.sheetnames:
        if title != "Cách hỏi":
            del book[title]
    book.save(staff.book)
    staff.drops("Cách hỏi", "con mới đẻ làm giấy tờ gì")
    assert staff.imports("--yes").startswith("procedures/ho-tich.yaml: khai-sinh: cách hỏi: bỏ “con mới đẻ")


@pytest.mark.parametrize(
    ("title", "row", "words"),
    [
        ("Cách hỏi", {"Tệp": CU_TRU, "Cách hỏi": "x"}, "trang Cách hỏi:11: Mã mục (id): để trống"),
        ("Cách hỏi", {"Tệp": "x.yaml", "Mã mục (id)": "tam-tru"}, "trang Cách hỏi:11: Tệp: không có tệp x.yaml"),
        ("Cách hỏi", {"Tệp": CU_TRU, "Mã mục (id)": "xx"}, "không có mục xx ở trang Thủ tục → thêm mục ở trang đó"),
        ("Thủ tục", {"Tệp": CU_TRU, "Mã mục (id)": "tam-tru"}, "tam-tru ghi hai lần → giữ lại một dòng"),
        ("Giấy tờ", {"Tệp": CU_TRU, "Mã mục (id)": "tam-tru"}, "Trường hợp số: cần số thứ tự:  → ghi 1, 2, 3 …"),
        ("Nguồn", {"Tệp": CU_TRU, "Mã mục (id)": "tam-tru"}, "trang Nguồn:9: Tên nguồn: để trống → ghi vào ô này"),
        ("Phần khác", {"Tệp": "x.yaml"}, "trang Phần khác:2: Tệp: không có tệp x.yaml"),
        ("Phần khác", {"Tệp": CU_TRU, "Chỗ": "[", "Loại": "chữ"}, "Chỗ: không đọc được chỗ này → xuất lại"),
        ("Phần khác", {"Tệp": CU_TRU, "Chỗ": "[]", "Loại": "chữ"}, "Chỗ: không đọc được chỗ này → xuất lại"),
        (
            "Phần khác",
            {"Tệp": CU_TRU, "Danh sách": "procedures", "Mã mục (id)": "xx", "Chỗ": '["a"]', "Loại": "chữ"},
            "không có mục xx ở trang Thủ tục",
        ),
    ],
)
def test_faults_of_the_workbook(staff: Staff, title: str, row: dict[str, str], words: str) -> None:
    staff.adds(title, row)
    assert words in staff.cannot_import()


def test_rows_of_one_group_that_differ(staff: Staff) -> None:
    staff.adds(
        "Giấy tờ",
        {"Tệp": HO_TICH, "Mã mục (id)": "khai-sinh", "Trường hợp số": "2", "Khi nào": "Khác", "Tên giấy tờ": "x"},
    )
    assert "Khi nào: khác với dòng trên của cùng nhóm → ghi giống nhau, hoặc để trống" in staff.cannot_import()


def test_headings(staff: Staff) -> None:
    staff.edits("Lệ phí", lambda sheet: sheet.cell(1, 4, "Tiền"))
    words = staff.cannot_import()
    assert "trang Lệ phí:1: Số tiền (đồng): dòng đầu cần đúng một cột mang tên này → xuất lại" in words
    assert "trang Lệ phí:1: Tiền: cột lạ → xóa cột này, hoặc sửa lại tên cột" in words


def test_a_workbook_of_something_else(staff: Staff) -> None:
    openpyxl.Workbook().save(staff.book)
    assert "không có trang nào của bộ tri thức" in staff.cannot_import()


def test_facts_that_the_base_cannot_hold(staff: Staff) -> None:
    staff.sets("Lệ phí", "Số tiền (đồng)", "năm nghìn", "Tên khoản", "Đăng ký quá hạn")
    words = staff.cannot_import()
    assert "fee.items.1.amount: cần một số nguyên: năm nghìn → viết 8000" in words


def test_files_that_change_while_one_thinks(staff: Staff) -> None:
    before = {CU_TRU: (staff.own / CU_TRU).read_bytes(), "khong-co.yaml": b""}
    with pytest.raises(KnowledgeError, match=r"Chưa ghi gì: khong-co.yaml vừa được người khác sửa"):
        still(staff.own, before)


def test_the_name_of_the_workbook(staff: Staff) -> None:
    assert "tên tệp phải có đuôi .xlsx" in staff.run("export", str(staff.folder / "a.csv")).stderr
    assert "hãy tạo thư mục đó trước." in staff.refuses("export", str(staff.folder / "khong-co" / "a.xlsx"))
    assert staff.refuses("export", str(staff.book)).endswith("hoặc thêm --force để ghi đè.")
    assert "3 thủ tục, 0 hướng dẫn, 0 xã, phường; tất cả " in staff.prints("export", str(staff.book), "--force")
