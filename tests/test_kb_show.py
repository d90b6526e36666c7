"""`motcua kb show`: one entry as a person reads it."""

from pathlib import Path

import pytest

from bot.cli.kb.show import show
from tests.keeping import Keeper


@pytest.mark.parametrize("name", ["tam-tru", "1.004194", "1.010038"])
def test_an_entry_is_shown_by_id_and_by_any_code(folder: Path, name: str) -> None:
    lines = Keeper(folder, show).prints(name).splitlines()
    assert lines[0] == "Đăng ký tạm trú (tam-tru, mã 1.004194)"
    assert "quy định riêng của hai-phong" in lines[1]


def test_without_local_rules_the_national_text_is_shown(folder: Path) -> None:
    keeper = Keeper(folder, show)
    keeper.station.config.write_text("local: null\n", "utf-8")
    assert "7.000 đồng/lần" in keeper.prints("tam-tru")


def test_an_unknown_name_is_refused_with_near_ones(folder: Path) -> None:
    assert "  tam-tru: Đăng ký tạm trú (1.004194)" in Keeper(folder, show).refuses("tam-tr")
