"""Titles alone: found by what they say and by what people say instead, and the files that this was learned into."""

import math
from pathlib import Path

import numpy as np
import pytest

from bot.catalogue import Listed
from bot.matching import thin_weights
from bot.matching.implied import FILE, IMPLIED, read
from bot.matching.implied import written as table_written
from bot.matching.reading import Reader
from bot.matching.readings import Readings
from bot.matching.thin import Figures, Thin
from bot.matching.thin_weights import WEIGHTS
from bot.text import fold, syllables
from tests.benchmarks.implied import LEAST, Lesson, Said, learned
from tests.benchmarks.thin import written

TITLES = (
    Listed("1.000001", "Thủ tục đăng ký kết hôn", agency="Ủy ban nhân dân cấp xã"),
    Listed("1.000002", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài", agency="Ủy ban nhân dân cấp xã"),
    Listed("1.000003", "Cấp đổi giấy phép lái xe", agency="Công an cấp tỉnh"),
    Listed("1.000004", "Cấp lại giấy phép lái xe", agency="Công an cấp tỉnh"),
    Listed("1.000005", "Hỗ trợ chi phí hỏa táng"),
    *(Listed(f"2.00{n:04}", f"Báo cáo thống kê biểu số {n} về ngân hàng") for n in range(40)),
)
TABLE = read(["cuoi: ket 120, hon 90", "bang lai: giay 80, phep 120, xe 60", "hoa thieu: tang 90"])
READINGS = Readings(Reader({}, {}, (), {}))
THIN = Thin(TITLES, READINGS, ("lam",), TABLE)
PLAIN = Thin(TITLES, READINGS, ("lam",), {})


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("đăng ký kết hôn", "c-1-000001"),
        ("đăng ký kết hôn với người nước ngoài", "c-1-000002"),
        ("làm đám cưới", "c-1-000001"),
        ("cấp lại giấy phép lái xe", "c-1-000004"),
        ("đổi bằng lái", "c-1-000003"),
        ("lấy lại bằng lái", "c-1-000004"),
        ("hỏa táng cho mẹ", "c-1-000005"),
    ],
)
def test_a_title_is_found(question: str, code: str) -> None:
    assert THIN.rank(syllables(question))[0].id == code
    assert THIN.rank(syllables(fold(question)))[0].id == code


def test_only_what_is_said_is_covered() -> None:
    """What is implied ranks; the lead over full entries is won by words alone."""
    assert PLAIN.rank(syllables("đám cưới")) == ()
    found = THIN.rank(syllables("đám cưới"))[0]
    assert (found.matched, found.coverage) == ((), 0.0)
    assert found.score > 0


def test_a_table_is_read_as_it_was_written() -> None:
    assert TABLE["cuoi"] == {"ket": 1.2, "hon": 0.9}
    assert read(table_written(TABLE).splitlines()) == TABLE
    assert table_written({"b": {"y": 0.5, "x": 0.5}, "a": {"z": 0.01}}) == "a: z 1\nb: x 50, y 50\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "line 2: ''; wanted is"),
        ("cuoi", "line 2: 'cuoi'; wanted is"),
        ("cuoi:", "wanted is"),
        ("cuoi: ket", "wanted is"),
        ("cuoi: ket 0", "wanted is"),
        ("cuoi: ket -3", "wanted is"),
        ("cuoi: ket 1.2", "wanted is"),
        ("cuoi: ket 93,hon 41", "wanted is"),
        ("cuoi: ket hon 93", "wanted is"),
        ("lam dam cuoi: ket 93", "wanted is"),
        ("cuoi: ket 93, ket 41", "stands twice"),
        ("bang lai: xe 41", "stands twice"),
    ],
)
def test_a_bad_line_of_the_table_is_told_with_its_number(line: str, said: str) -> None:
    with pytest.raises(ValueError, match="line 2") as found:
        read(["bang lai: xe 60", line, "hoa thieu: tang 90"])
    assert said in str(found.value)


def test_the_shipped_table_is_small_and_written_by_the_script() -> None:
    text = FILE.read_text("utf-8")
    assert table_written(IMPLIED) == text
    assert len(text) <= 150_000
    assert all(0 < sure < 5 for implied in IMPLIED.values() for sure in implied.values())


def test_the_shipped_weights_are_written_by_the_script() -> None:
    assert written(WEIGHTS) == Path(thin_weights.__file__).read_text("utf-8")
    assert list(WEIGHTS) == list(Figures._fields)


def test_figures_of_a_title() -> None:
    found = {candidate.id: figures for figures, candidate in THIN.weighed(syllables("đổi bằng lái"))}
    best = found["c-1-000003"]
    assert best.hinted > 0
    assert best.coverage > 0
    assert best.commune == 0.0
    wedding = THIN.weighed(syllables("đám cưới"))[0][0]
    assert wedding.heard > wedding.coverage == 0
    assert THIN.weighed(syllables("kết hôn"))[0][0].commune == 1.0
    assert all(math.isfinite(value) for figures in found.values() for value in figures)


SPOKEN = (
    ("dam cuoi", "dang ki ket hon"),
    ("bang lai", "giay phep xe"),
    ("bao tu", "khai tu"),
    ("moi de", "khai sinh"),
    ("so do", "quyen dat"),
    ("tro hoc", "tam tru"),
)
SAID = Said(
    tuple(tuple(phrase.split()) for phrase, _ in SPOKEN for _ in range(4)),
    tuple(number for number in range(len(SPOKEN)) for _ in range(4)),
    (1.0,) * 4 * len(SPOKEN),
    tuple(tuple(title.split()) for _, title in SPOKEN),
)


def test_words_that_stand_beside_a_title_come_to_imply_it() -> None:
    titles = [Listed(f"1.{number:06}", title) for number, (_, title) in enumerate(SPOKEN)]
    thin = Thin(titles, READINGS, (), {})
    table = learned(Lesson(SAID, thin, frozenset(["lai"])))
    assert {"ket", "hon"} <= set(table["cuoi"])
    assert table["cuoi"] == table["dam"]
    assert "phep" not in table["cuoi"]
    assert "lai" not in table  # a word that tells nothing implies nothing
    assert "bang lai" in table
    assert all(force >= LEAST for implied in table.values() for force in implied.values())
    assert table == learned(Lesson(SAID, thin, frozenset(["lai"])))


def test_the_slope_of_a_lesson_is_its_slope() -> None:
    titles = [Listed(f"1.{number:06}", title) for number, (_, title) in enumerate(SPOKEN)]
    lesson = Lesson(SAID, Thin(titles, READINGS, (), {}), frozenset())
    forces = np.full(len(lesson.rows), 0.3)
    slope = lesson(forces)[1]
    more = forces.copy()
    more[0] += 1e-6
    assert (lesson(more)[0] - lesson(forces)[0]) / 1e-6 == pytest.approx(float(slope[0]), rel=1e-3)


def test_what_is_said_of_one_title_alone_implies_only_if_it_is_said_often() -> None:
    titles = [Listed(f"1.{number:06}", title) for number, (_, title) in enumerate(SPOKEN)]
    thrice = Said(SAID.phrases[:-1], SAID.right[:-1], SAID.worth[:-1], SAID.titles)
    table = learned(Lesson(thrice, Thin(titles, READINGS, (), {}), frozenset()))
    assert "cuoi" in table
    assert "hoc" not in table
    assert "hoc" in learned(Lesson(SAID, Thin(titles, READINGS, (), {}), frozenset()))
