"""Teencode: words spelled as a table's people spell them, the same on every run."""

from pathlib import Path

import pytest

from bot.trial.teencode import spelled

TABLE = """,original,normalized
0,Ko bít nx,không biết nữa
1,ngta đi r,người ta đi rồi
2,"ủa, k biết :))","ủa, không biết :))"
3,giống nhau,giống nhau
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_words_are_spelled_as_in_the_table(table: Path) -> None:
    hand = spelled(table)
    typed = {hand(f"Người ta không biết {number}") for number in range(40)}
    for way in ("ngta", "ko", "k", "bít"):
        assert any(way in text.split() for text in typed), way
    assert {text.split()[-1] for text in typed} == {str(number) for number in range(40)}
    assert all("nữa" not in text for text in typed)


def test_the_same_on_every_run(table: Path) -> None:
    texts = [f"người ta không biết nữa {number}" for number in range(20)]
    assert list(map(spelled(table), texts)) == list(map(spelled(table), texts))


def test_what_the_table_does_not_spell_stays(table: Path) -> None:
    for text in ("giống nhau", "biếtt", ":))", "", "không-gì", "Đăng ký tạm trú"):
        assert spelled(table)(text).replace("ko", "không").replace("k-", "không-") == text


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "original,normalized\ngiống,giống\n", "original\nko\n"])
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"other\.csv"):
        spelled(path)
