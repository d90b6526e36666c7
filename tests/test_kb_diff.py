"""`motcua kb diff`: what changed between two folders, or since a revision in git."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.kb.diff import diff
from tests.keeping import Keeper
from tests.small import change, write_base

OVERLAY = "local/hai-phong.yaml"
RAISED = "  Lệ phí: Lệ phí ở Hải Phòng: từ 10.000 đồng/lần lên 12.000 đồng/lần"


def git(folder: Path, *arguments: str) -> None:
    """A git of its own, with no settings of this person."""
    own = ("-c", "user.name=An", "-c", "user.email=an@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *own, *arguments], check=True, capture_output=True)


def test_two_folders_are_compared_under_the_local_rules(folder: Path) -> None:
    keeper = Keeper(folder, diff)
    other = write_base(folder / "other")
    change(other, OVERLAY, "amount: 10000", "amount: 12000")
    assert keeper.prints(str(keeper.base), str(other)).splitlines() == [
        "0 mục mới, 0 mục bỏ, 1 mục đổi.",
        "",
        "Đăng ký tạm trú (tam-tru, mã 1.004194)",
        RAISED,
    ]


def test_a_base_without_the_local_rules_is_compared_as_it_is(folder: Path) -> None:
    keeper = Keeper(folder, diff)
    other = write_base(folder / "other")
    (other / OVERLAY).unlink()
    assert "Nộp ở đâu: bỏ “Nơi nhận ttpvhcc-xa”" in keeper.prints(str(keeper.base), str(other))


def test_the_same_folder_has_no_changes(folder: Path) -> None:
    keeper = Keeper(folder, diff)
    assert keeper.prints(str(keeper.base), str(keeper.base)) == "Không có gì khác đối với người dân.\n"


def test_a_folder_that_is_no_base_is_refused(folder: Path) -> None:
    keeper = Keeper(folder, diff)
    assert "Không thấy bộ tri thức ở" in keeper.refuses(str(keeper.base), str(folder / "nothing"))


def test_a_revision_of_git_is_compared_with_a_folder(folder: Path) -> None:
    keeper = Keeper(folder, diff)
    git(folder, "init")
    git(folder, "add", "kb")
    git(folder, "commit", "-m", "base")
    change(keeper.base, OVERLAY, "amount: 10000", "amount: 12000")
    assert keeper.prints("HEAD:", str(keeper.base)).splitlines()[-1] == RAISED
    assert "Không lấy được bản v9 của" in keeper.refuses("v9:", str(keeper.base))


@pytest.mark.parametrize("name", ["--output=x:", "-v:"])
def test_an_option_of_git_is_no_revision(folder: Path, name: str) -> None:
    keeper = Keeper(folder, diff)
    assert "không phải một bản trong git" in keeper.refuses("--", name, str(keeper.base))


def test_without_git_two_folders_are_asked_for(folder: Path) -> None:
    keeper = Keeper(folder, diff)
    assert shutil.which("git") is not None
    assert keeper.refuses("HEAD:", str(keeper.base), PATH="") == "Máy này không có git: hãy nêu hai thư mục."
