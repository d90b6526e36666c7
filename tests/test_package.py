"""The installed wheel works away from the checkout: it carries the knowledge base."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(folder.glob("motcua-*.whl"))


def test_the_wheel_carries_the_base_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {str(p.relative_to(ROOT / "knowledge")) for p in (ROOT / "knowledge").rglob("*.yaml")}
    assert shipped == {
        n.removeprefix("bot/_base/") for n in names if n.startswith("bot/_base/") and n.endswith(".yaml")
    }
    assert not any(n.startswith("tests/") for n in names)


def test_the_wheel_carries_the_font_of_the_posters_with_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in ("BeVietnamPro-Regular.ttf", "BeVietnamPro-Bold.ttf", "OFL.txt"):
            assert archive.read(f"bot/posters/fonts/{name}") == (ROOT / "bot/posters/fonts" / name).read_bytes()
        licences = {n.partition(".dist-info/licenses/")[2] for n in archive.namelist()} - {""}
        assert licences == {"LICENSE", "bot/posters/fonts/OFL.txt"}
        (metadata,) = (archive.read(n).decode() for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
    assert "License-Expression: Apache-2.0 AND OFL-1.1\n" in metadata


def installed(wheel: Path, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command of the wheel, unpacked away from the checkout."""
    target = folder / "site"
    zipfile.ZipFile(wheel).extractall(target)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOTCUA_")}
    env = clean | {"PYTHONPATH": str(target), "XDG_DATA_HOME": str(folder / "data"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60)


def test_it_makes_posters_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    done = installed(wheel, tmp_path, "qr", "khai-sinh", "--bot", "hoithutuc_bot", "--out", "in")
    assert done.stdout.endswith("Đã ghi 4 tệp vào in.\n"), done.stderr
    assert (tmp_path / "in" / "khai-sinh-a4.pdf").read_bytes().startswith(b"%PDF-")


def test_it_answers_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    done = installed(wheel, tmp_path, "ask", "dk khai sinh can giay to gi")
    assert done.stdout.startswith("Đăng ký khai sinh: giấy tờ cần có."), done.stderr
    assert (tmp_path / "data" / "motcua" / "motcua.db").is_file()
