"""`motcua kb catalogue`: an office imports, looks at and takes away its list, and asks about it."""

from pathlib import Path

import pytest
from click.testing import Result

from bot.catalogue import load
from bot.cli.kb.catalogue import SHOWN
from bot.errors import MotCuaError
from tests.commands import Station

ROWS = [
    "code,name,fields,promulgated_by,executing_departments",
    "1.015002,Thủ tục đăng ký nhãn hiệu,Sở hữu trí tuệ,Bộ Khoa học và Công nghệ,Cục Sở hữu trí tuệ",
    "1.001193,Thủ tục đăng ký khai sinh,Hộ tịch,Bộ Tư pháp,Ủy ban nhân dân cấp xã",
    "1.115200,Cho thuê bến thủy,Đường thủy,UBND tỉnh Gia Lai,",
    "1.000009,Việc chưa rõ nơi làm,,,",
]


class Counter:
    """An office with a CSV beside it."""

    def __init__(self, folder: Path) -> None:
        self.station = Station(folder)
        self.csv = folder / "danh-muc.csv"
        self.csv.write_text("\n".join(ROWS) + "\n", "utf-8")
        self.kept = folder / "catalogue.json"

    def run(self, *arguments: str, stdin: str = "") -> Result:
        return self.station.run("kb", "catalogue", *arguments, stdin=stdin)

    def prints(self, *arguments: str, stdin: str = "") -> list[str]:
        result = self.run(*arguments, stdin=stdin)
        assert (result.exception, result.exit_code) == (None, 0)
        return result.stdout.splitlines()


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return Counter(tmp_path)


def test_a_list_is_imported_and_asked_about(counter: Counter) -> None:
    assert counter.prints("import", str(counter.csv)) == [
        f"Đã nhập 4 thủ tục từ danh-muc.csv vào {counter.kept}.",
        "Tìm theo lời hỏi: 2 thủ tục. Còn lại: 1 đã có hướng dẫn đầy đủ, 1 của riêng tỉnh khác (chỉ tìm theo mã).",
    ]
    assert "dich-vu-cong-truc-tuyen/1.015002" in counter.station.prints("ask", "đăng ký nhãn hiệu")
    assert '"kind":"catalogue"' in counter.station.prints("ask", "--json", "đăng ký nhãn hiệu")
    assert "8.000 đồng" in counter.station.prints("ask", "1.001193")


def test_the_list_may_stand_where_the_settings_say(counter: Counter, tmp_path: Path) -> None:
    elsewhere = tmp_path / "chung" / "danh mục.json"
    counter.station.config.write_text(f"catalogue: {elsewhere}\n", "utf-8")
    assert counter.prints("import", str(counter.csv))[0] == f"Đã nhập 4 thủ tục từ danh-muc.csv vào {elsewhere}."
    assert "1.015002" in counter.station.prints("ask", "đăng ký nhãn hiệu")
    assert len(load(elsewhere, "hai-phong").entries) == 4
    assert not counter.kept.exists()
    assert counter.station.run("ask", "đăng ký nhãn hiệu", MOTCUA_CATALOGUE="không-có.json").exit_code == 0


def test_a_second_import_replaces_the_first_and_says_what_was_left_out(counter: Counter) -> None:
    counter.prints("import", str(counter.csv))
    counter.csv.write_text("\n".join([*ROWS[:2], *["x,y"] * (SHOWN + 2)]), "utf-8")
    printed = counter.prints("import", str(counter.csv))
    assert printed[1:3] == ["Danh mục trước đó có 4 thủ tục.", f"Bỏ qua {SHOWN + 2} dòng:"]
    assert printed[3] == "  dòng 3: mã x không có dạng 1.001193"
    assert printed[3 + SHOWN] == "  … và 2 dòng khác"
    assert len(load(counter.kept).entries) == 1


def test_a_file_that_cannot_be_used_leaves_the_list_as_it_was(counter: Counter) -> None:
    counter.prints("import", str(counter.csv))
    before = counter.kept.read_bytes()
    counter.csv.write_text("a,b\n1,2\n", "utf-8")
    assert isinstance(counter.run("import", str(counter.csv)).exception, MotCuaError)
    assert isinstance(counter.run("import", "không có.csv").exception, MotCuaError)
    assert counter.kept.read_bytes() == before


def test_a_broken_list_is_told_and_can_be_replaced(counter: Counter) -> None:
    counter.kept.write_text("{", "utf-8")
    assert "bị hỏng" in counter.station.refuses("ask", "đăng ký nhãn hiệu")
    assert counter.prints("import", str(counter.csv))[0].startswith("Đã nhập 4 thủ tục")
    assert counter.station.prints("ask", "đăng ký nhãn hiệu")


def test_columns_are_named_on_the_command_line(counter: Counter) -> None:
    counter.csv.write_text("số hiệu,việc\n1.015002,Đăng ký nhãn hiệu\n", "utf-8")
    counter.prints("import", str(counter.csv), "--columns", "code=Số hiệu, name=Việc")
    assert load(counter.kept).entries[0].name == "Đăng ký nhãn hiệu"
    for wrong in ("mã=x", "code", "code="):
        result = counter.run("import", str(counter.csv), "--columns", wrong)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "viết như code=Mã số,name=Tên gọi" in result.stderr


def test_the_list_is_shown_and_searched(counter: Counter) -> None:
    assert counter.prints("show") == ["Chưa có danh mục. Hãy nhập: motcua kb catalogue import TỆP.csv"]
    counter.prints("import", str(counter.csv))
    shown = counter.prints("show")
    assert shown[0].startswith("4 thủ tục, từ tệp danh-muc.csv, nhập ngày ")
    assert shown[1] == f"Nơi lưu: {counter.kept}"
    assert counter.prints("show", "nhan", "hiệu") == [
        "1.015002 Thủ tục đăng ký nhãn hiệu",
        "  Cục Sở hữu trí tuệ",
        "  https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/1.015002",
        "Tìm thấy 1 thủ tục.",
    ]
    assert counter.prints("show", "1.115200")[1] == "  UBND tỉnh Gia Lai"
    assert counter.prints("show", "1.000009")[1] == "  không rõ nơi giải quyết"
    assert counter.prints("show", "không có gì") == ["Tìm thấy 0 thủ tục."]


def test_many_that_are_found_are_counted(counter: Counter) -> None:
    rows = [f"1.{n:06},Việc số {n}" for n in range(1200)]
    counter.csv.write_text("\n".join(["code,name", *rows]), "utf-8")
    counter.prints("import", str(counter.csv))
    assert counter.prints("show", "việc")[-1] == f"Tìm thấy 1.200 thủ tục ({SHOWN} thủ tục đầu ở trên)."


def test_the_list_is_taken_away_after_a_yes(counter: Counter) -> None:
    assert counter.prints("remove") == ["Chưa có danh mục nào, không có gì để gỡ."]
    counter.prints("import", str(counter.csv))
    assert counter.run("remove", stdin="n\n").exit_code == 1
    assert counter.kept.exists()
    assert counter.prints("remove", stdin="y\n")[-1] == f"Đã gỡ {counter.kept}."
    counter.prints("import", str(counter.csv))
    assert counter.prints("remove", "--yes") == [f"Đã gỡ {counter.kept}."]


def test_a_list_without_a_day_is_still_shown(counter: Counter) -> None:
    counter.kept.write_text(
        '{"form":1,"source":"a.csv","imported_on":null,"rows":[["1.015002","Việc","","",""]]}', "utf-8"
    )
    assert counter.prints("show")[0] == "1 thủ tục, từ tệp a.csv, nhập ngày không rõ."
