"""`motcua kb impact`: what rests on a document of law."""

from pathlib import Path

import pytest

from bot.cli.kb.impact import impact
from tests.keeping import Keeper
from tests.small import change


@pytest.mark.parametrize("typed", [("60/2014/QH13",), ("luật", "60", "/", "2014/qh13")])
def test_entries_and_facts_are_listed(folder: Path, typed: tuple[str, ...]) -> None:
    text = Keeper(folder, impact).prints(*typed)
    lines = text.splitlines()
    assert lines[0] == "60/2014/QH13: Luật Hộ tịch, hiệu lực từ 01/01/2016"
    assert lines[1].split() == ["Mục", "Tên", "Phần", "Nội", "dung", "Dựa", "vào", "qua", "Sửa", "ở"]
    assert [line.split()[0] for line in lines[2:4]] == ["khai-sinh", "khai-sinh-lai"]
    assert "procedures/ho-tich.yaml:" in lines[2]
    assert lines[-1] == "2 mục, 2 ý. Xem cả mục: motcua kb show ID"


def test_what_the_register_says_of_a_law_is_told(folder: Path) -> None:
    keeper = Keeper(folder, impact)
    change(keeper.base, "laws.yaml", "title: Luật Cư trú", "effective_until: 2027-06-30")
    told = "chưa ghi tên trong laws.yaml, hết hiệu lực sau ngày 30/06/2027"
    assert keeper.prints("68/2020/QH14").startswith(f"68/2020/QH14: {told}\n")
    assert keeper.prints("163/QĐ-BTP").startswith("163/QĐ-BTP: chưa có trong laws.yaml\n")


def test_a_law_on_which_nothing_rests_is_said_so(folder: Path) -> None:
    keeper = Keeper(folder, impact)
    change(keeper.base, "laws.yaml", "laws:\n", "laws:\n  - number: 1/2020/NĐ-CP\n")
    assert keeper.prints("1/2020/nd-cp").splitlines()[1] == "Chưa mục nào dựa vào văn bản này."


def test_an_unknown_number_is_refused_with_near_ones(folder: Path) -> None:
    keeper = Keeper(folder, impact)
    assert keeper.refuses("60/2014/QH14") == (
        "Bộ tri thức không nhắc đến văn bản 60/2014/QH14. Có phải bạn tìm: 60/2014/QH13; 68/2020/QH14"
    )
    assert keeper.refuses("lá thư").endswith("Hãy xem các số hiệu trong laws.yaml.")
