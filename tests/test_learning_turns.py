"""The weights of a follow-up, learned on the tiny base: the same twice, better than nothing, written as read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge import Knowledge, load
from bot.turns import weights
from bot.turns.signals import Going
from bot.turns.weights import WEIGHTS
from tests.benchmarks.learning_turns import Followed, Loss, learned, lessons, lines, written
from tests.small import write_base

QUESTIONS = """\
questions:
  - {question: còn lệ phí, after: đăng ký tạm trú, expect: tam-tru}
  - {question: thế cấp lại thì sao, after: đăng ký khai sinh, expect: khai-sinh-lai}
  - {question: thuê trọ khai báo tạm trú, expect: tam-tru}
  - {question: con mới đẻ cần giấy tờ gì, expect: khai-sinh}
  - {question: hôm nay trời có mưa không, expect: none}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = write_base(tmp_path_factory.mktemp("learning") / "kb")
    (folder / "questions" / "ho-tich.yaml").write_text(QUESTIONS, "utf-8")
    return load(folder, None)


@pytest.fixture(scope="module")
def rows(small: Knowledge) -> list[Followed]:
    return lessons(small)


def test_follow_ups_go_on_and_others_stand_by_themselves(rows: list[Followed]) -> None:
    seen = {row.text: row for row in rows}
    assert seen["còn lệ phí"].right == {"tam-tru"}
    assert not seen["còn lệ phí"].alone
    assert seen["còn lệ phí"].weight == 1.0
    assert seen["hôm nay trời có mưa không"].alone
    assert not seen["hôm nay trời có mưa không"].right


def test_learning_is_the_same_twice_and_better_than_nothing(small: Knowledge, rows: list[Followed]) -> None:
    found, loss = learned(rows), Loss([row for row in rows if not row.aside])
    assert found == learned(lessons(small))
    assert list(found) == list(Going._fields)
    assert loss(np.array(list(found.values())))[0] < loss(np.zeros(len(found)))[0]


def test_the_slope_of_the_loss_is_its_slope(rows: list[Followed]) -> None:
    loss, point = Loss(rows), np.linspace(-1, 1, len(Going._fields))
    value, slope = loss(point)
    for number, step in enumerate(np.eye(len(point)) * 1e-6):
        assert (loss(point + step)[0] - value) / 1e-6 == pytest.approx(slope[number], abs=1e-3)


def test_what_is_set_aside_teaches_nothing(rows: list[Followed]) -> None:
    aside = replace(rows[0], right=frozenset(), alone=True, aside=True)
    assert learned([*rows, aside]) == learned(rows)


def test_the_table_has_each_part_before_and_after(rows: list[Followed]) -> None:
    kinds = [line.split("  ")[0] for line in lines(rows, WEIGHTS, learned(rows))]
    assert kinds[1:] == [
        f"{kind}, {part}" for kind in ("follow-ups", "other questions") for part in ("learned from", "set aside")
    ]


def test_the_shipped_weights_are_written_by_the_script() -> None:
    assert written(WEIGHTS) == Path(weights.__file__).read_text("utf-8")
