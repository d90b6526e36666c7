"""`motcua qr`: what is written where, what is refused, and that nothing is left half done."""

from pathlib import Path

import pytest

from tests.commands import Station
from tests.guiding import write_whole
from tests.printed import drawn, scanned, words
from tests.running import motcua
from tests.small import change

FILES = ["{}-a4.pdf", "{}-a4.svg", "{}-a6.pdf", "{}-a6.svg"]


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that is not there yet, in one that is not there either."""
    return tmp_path / "quầy" / "áp phích"


def files(*ids: str) -> list[str]:
    return sorted(name.format(entry) for entry in ids for name in FILES)


def written(out: Path) -> list[str]:
    """Every file there, hidden ones too."""
    return sorted(path.name for path in out.rglob("*"))


def test_each_entry_has_four_files_whose_code_opens_it(station: Station, out: Path) -> None:
    printed = station.prints("qr", "khai-sinh", "tam-tru", "--bot", "@hoithutuc_bot", "--out", str(out))
    assert written(out) == files("khai-sinh", "tam-tru")
    assert "Đăng ký tạm trú: https://t.me/hoithutuc_bot?start=tam-tru\n" in printed
    assert str(out / "khai-sinh-a6.pdf") in printed
    assert printed.endswith(f"Đã ghi 8 tệp vào {out}.\n")
    for path in out.iterdir():
        content, form = path.read_bytes(), path.suffix.removeprefix(".")
        entry = path.stem.rpartition("-")[0]
        assert scanned(drawn(content, form)) == f"https://t.me/hoithutuc_bot?start={entry}"
    assert "Đăng ký khai sinh" in words((out / "khai-sinh-a4.pdf").read_bytes())
    assert "@hoithutuc_bot" in words((out / "khai-sinh-a4.pdf").read_bytes())


@pytest.mark.parametrize(
    "names", [("tam-tru",), ("1.004194",), ("đăng ký tạm trú",), ("TAM-TRU", "1.004194", "tam-tru", "Đăng ký tạm trú")]
)
def test_ids_codes_and_names_do_and_each_entry_is_made_once(station: Station, out: Path, names: tuple[str]) -> None:
    assert "Đã ghi 4 tệp" in station.prints("qr", *names, "--bot", "hoithutuc_bot", "--out", str(out))
    assert written(out) == files("tam-tru")


def test_all_makes_guides_too(station: Station, out: Path) -> None:
    write_whole(station.knowledge)
    printed = station.prints("qr", "--all", "--bot", "hoithutuc_bot", "--out", str(out))
    assert {"tam-tru-a4.pdf", "dung-vneid-a6.svg"} <= set(written(out))
    assert printed == f"Đã ghi {len(written(out))} tệp vào {out}.\n"


def test_two_runs_write_the_same_bytes(station: Station, out: Path) -> None:
    for number, zone in (("1", "Asia/Ho_Chi_Minh"), ("2", "America/New_York")):
        settings = {**station.settings(), "PYTHONHASHSEED": number, "TZ": zone}
        arguments = ("qr", "khai-sinh", "--bot", "hoithutuc_bot", "--out", str(out / number))
        done = motcua(station.folder, *arguments, **settings)
        assert (done.returncode, done.stderr) == (0, "")
    for name in files("khai-sinh"):
        assert (out / "1" / name).read_bytes() == (out / "2" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("khai-sinhh", "--bot", "hoithutuc_bot"), "Không có mục nào mang id, mã hay tên khai-sinhh. Có phải bạn tìm:"),
        (("khai-sinh", "--bot", "hoithutuc"), "hoithutuc không phải tên bot trên Telegram."),
    ],
)
def test_what_a_person_can_mend_is_refused(station: Station, out: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in station.refuses("qr", *arguments, "--out", str(out))
    assert not out.exists()


@pytest.mark.parametrize("arguments", [(), ("khai-sinh", "--all")])
def test_it_is_either_some_or_all(station: Station, out: Path, arguments: tuple[str, ...]) -> None:
    told = station.misused("qr", *arguments, "--bot", "hoithutuc_bot", "--out", str(out))
    assert "Cần id của thủ tục, hoặc --all." in told
    assert not out.exists()


def test_what_a_person_can_mend_ends_with_2(station: Station, out: Path) -> None:
    for arguments, said in ((("tam-truu", "--bot", "hoithutuc_bot"), "tên tam-truu"), (("tam-tru",), "--bot")):
        done = motcua(station.folder, "qr", *arguments, "--out", str(out), **station.settings())
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert not out.exists()


def test_all_unknown_names_are_told_at_once_and_nothing_is_written(station: Station, out: Path) -> None:
    said = station.refuses("qr", "tam-truu", "tam-tru", "bay-len-trang", "--bot", "hoithutuc_bot", "--out", str(out))
    assert "tên tam-truu. Có phải bạn tìm:\n  tam-tru: Đăng ký tạm trú (1.004194)" in said
    assert "tên bay-len-trang. " in said
    assert said.endswith("\nChưa ghi tệp nào.")
    assert not out.exists()


def test_posters_that_are_there_are_kept_unless_forced(station: Station, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "tam-tru-a6.svg").write_text("của tôi")
    call = ("qr", "khai-sinh", "tam-tru", "--bot", "hoithutuc_bot", "--out", str(out))
    said = station.refuses(*call)
    assert said.startswith(f"Đã có {out / 'tam-tru-a6.svg'}: ")
    assert "--force" in said
    assert written(out) == ["tam-tru-a6.svg"]
    station.prints(*call, "--force")
    assert written(out) == files("khai-sinh", "tam-tru")
    assert scanned(drawn((out / "tam-tru-a6.svg").read_bytes(), "svg")).endswith("tam-tru")
    assert " và 5 tệp khác: " in station.refuses(*call)


def test_a_letter_that_cannot_be_drawn_stops_all_before_the_first_file(station: Station, out: Path) -> None:
    change(station.knowledge, "procedures/cu-tru.yaml", "    name: Đăng ký tạm trú\n", "    name: Đăng ký tạm trú 家\n")
    said = station.refuses("qr", "khai-sinh", "tam-tru", "--bot", "hoithutuc_bot", "--out", str(out))
    assert said.startswith("tam-tru: Phông chữ của áp phích không có ký tự 家 ")
    assert said.endswith("Chưa ghi tệp nào.")
    assert not out.exists()


def test_a_folder_that_cannot_be_made_is_told(station: Station, tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    said = station.refuses("qr", "tam-tru", "--bot", "hoithutuc_bot", "--out", str(tmp_path / "tệp" / "trong"))
    assert said.startswith(f"Không ghi được {tmp_path / 'tệp' / 'trong' / 'tam-tru-a6.svg'}: ")
    assert "Traceback" not in said


def test_no_part_of_a_file_is_left_behind(station: Station, out: Path) -> None:
    (out / "tam-tru-a6.svg").mkdir(parents=True)
    assert "Không ghi được" in station.refuses("qr", "tam-tru", "--bot", "hoithutuc_bot", "--out", str(out), "--force")
    assert written(out) == ["tam-tru-a6.svg"]
