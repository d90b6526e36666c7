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


def test_it_answers_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(target)
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MOTCUA_")}
    env = clean | {"PYTHONPATH": str(target), "XDG_DATA_HOME": str(tmp_path / "data"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "dk khai sinh can giay to gi"],
        cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.startswith("Đăng ký khai sinh: giấy tờ cần có."), done.stderr
    assert (tmp_path / "data" / "motcua" / "motcua.db").is_file()
