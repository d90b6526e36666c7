"""`motcua kb stale`: what was read long ago, what ends soon."""

from pathlib import Path

from bot.cli.kb.stale import stale
from tests.keeping import Keeper
from tests.small import change


def rows(text: str, first: str) -> list[list[str]]:
    """The cells of the lines that begin with a day or a word."""
    return [line.split() for line in text.splitlines() if line.strip().startswith(first)]


def test_old_sources_come_first_and_those_of_one_day_stand_together(folder: Path) -> None:
    text = Keeper(folder, stale).prints("--days", "100", "--on", "2026-11-23")
    assert text.startswith("Nguồn đọc từ 100 ngày trở lên, tính đến 23/11/2026:\n")
    assert [(row[0], row[1]) for row in rows(text, "1")] == [("18/07/2026", "128"), ("18/07/2026", "128")]
    assert "khai-sinh-lai, ttpvhcc-xa, cong-an-xa" in text
    assert [row[0] for row in rows(text, "2")] == ["20/07/2026"]
    assert [row[0] for row in rows(text, "01/08")] == ["01/08/2026"]


def test_many_entries_of_one_source_are_counted_or_listed(folder: Path) -> None:
    keeper = Keeper(folder, stale)
    change(keeper.base, "procedures/cu-tru.yaml", "checked_on: 2026-07-20", "checked_on: 2026-07-18")
    assert "tam-tru, khai-sinh-lai, ttpvhcc-xa và 1 mục nữa" in keeper.prints("--days", "100", "--on", "2026-11-23")
    listed = keeper.prints("--days", "100", "--on", "2026-11-23", "--entries")
    assert "offices.yaml:3" in listed
    assert len(rows(listed, "18/07")) == 5


def test_nothing_old_says_what_is_oldest(folder: Path) -> None:
    text = Keeper(folder, stale).prints("--on", "2026-10-02")
    assert "Không có nguồn nào. Nguồn cũ nhất đọc ngày 18/07/2026, 76 ngày trước." in text
    assert text.endswith("Không có ý nào.\n")


def test_facts_before_on_and_after_their_last_day(folder: Path) -> None:
    keeper = Keeper(folder, stale)
    for on, left in (("2026-12-21", "còn 10 ngày"), ("2026-12-31", "hôm nay"), ("2027-03-02", "quá 61 ngày")):
        text = keeper.prints("--on", on)
        assert len(rows(text, "31/12/2026")) == 2
        assert left in text
        assert "văn bản 123/2015/NĐ-CP" in text


def test_without_a_day_it_is_today(folder: Path) -> None:
    assert "tính đến " in Keeper(folder, stale).prints()
