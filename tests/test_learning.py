"""The weights of the signals, learned on the tiny base: the same twice, better than nothing, written as read."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge import Knowledge, load
from bot.matching.signals import Signals
from bot.matching.weights import WEIGHTS
from bot.trial.parts import set_aside
from tests.benchmarks.learning import (
    Lessons,
    Seen,
    Wanted,
    judged,
    learned,
    left_out,
    lessons,
    lines,
    loss_of,
    written,
)
from tests.small import change, write_base

QUESTIONS = """\
questions:
  - {question: đăng ký khai sinh cho cháu, expect: khai-sinh}
  - {question: con mới đẻ cần giấy tờ gì, expect: khai-sinh}
  - {question: bị mất giấy khai sinh, expect: [khai-sinh-lai, khai-sinh]}
  - {question: thuê trọ khai báo tạm trú, expect: tam-tru}
  - {question: còn lệ phí, after: đăng ký tạm trú, expect: tam-tru}
  - {question: xin chào buổi sáng, expect: chao}
  - {question: hôm nay trời có mưa không, expect: none}
  - {question: thuê nhà giá bao nhiêu, expect: none}
"""
TOPIC = """\
  - id: gia-ca
    reason: off_topic
    phrases: [giá vàng hôm nay, giá thuê nhà, tiền nhà bao nhiêu một tháng]
    text: Bot không biết giá.
    english: Prices are not known here.
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = write_base(tmp_path_factory.mktemp("learning") / "kb")
    (folder / "questions" / "ho-tich.yaml").write_text(QUESTIONS, "utf-8")
    change(folder, "routes.yaml", "routes:\n", "routes:\n" + TOPIC)
    return load(folder, None)


@pytest.fixture(scope="module")
def found(base: Knowledge) -> Lessons:
    return lessons(base)


def loss(found: Lessons, weights: Mapping[str, float]) -> float:
    return loss_of(found)(np.array([weights.get(name, 0.0) for name in Signals._fields]))[0]


def test_every_kind_of_lesson_is_seen(found: Lessons) -> None:
    assert [s.wanted.text for s in found.negatives] == [
        "xin chào buổi sáng",
        "hôm nay trời có mưa không",
        "thuê nhà giá bao nhiêu",
    ]
    assert len(found.own) == 4
    assert "giá vàng hôm nay" in [s.wanted.text for s in found.topics]
    assert len(found.phrases) == 3
    assert found.own[2].wanted.entries == {"khai-sinh", "khai-sinh-lai"}


def test_for_a_negative_any_route_is_right(found: Lessons) -> None:
    seen = found.negatives[2]
    right = [name for name, right in zip(seen.names, seen.right, strict=True) if right]
    assert "route:gia-ca" in right
    assert right == [name for name in seen.names if name.startswith("route:")]


def test_a_phrase_is_asked_of_a_base_without_it(base: Knowledge) -> None:
    rows, rest = left_out(base, 0)
    assert Wanted("đăng ký tạm trú", frozenset(["tam-tru"])) in rows
    assert "đăng ký tạm trú" not in rest.by_id["tam-tru"].phrases
    assert len(rest.by_id["tam-tru"].phrases) == len(base.by_id["tam-tru"].phrases) - 1


def test_learning_is_the_same_twice_and_better_than_nothing(base: Knowledge, found: Lessons) -> None:
    weights = learned(found)
    assert weights == learned(lessons(base))
    assert list(weights) == list(Signals._fields)
    assert loss(found, weights) < loss(found, WEIGHTS)
    assert loss(found, weights) < loss(found, {})


def test_the_slope_of_the_loss_is_its_slope(found: Lessons) -> None:
    whole = loss_of(found)
    point = np.linspace(-1, 1, len(Signals._fields))
    value, slope = whole(point)
    for number in range(len(point)):
        step = np.zeros(len(point))
        step[number] = 1e-6
        assert (whole(point + step)[0] - value) / 1e-6 == pytest.approx(slope[number], abs=1e-3)


def test_what_is_set_aside_teaches_nothing(found: Lessons) -> None:
    name = next(f"x-{number}" for number in range(100) if set_aside(f"x-{number}"))
    seen = found.own[0]
    aside = Seen(Wanted("x", frozenset([name])), seen.names, seen.signals, seen.right)
    assert aside.wanted.aside
    more = replace(found, own=(*found.own, aside))
    assert learned(more) == learned(found)


def test_answers_by_some_weights(found: Lessons) -> None:
    sure = {"constant": 0.0, "word_for_word": 50.0, "named": 0.0}
    outcomes = {judged(s, sure).outcome for s in (*found.own, *found.negatives, *found.phrases, *found.topics)}
    assert outcomes <= {"answer", "choice", "routed", "unknown"}
    assert judged(found.own[0], {"constant": -60.0}).outcome == "unknown"
    assert judged(found.negatives[2], {"outside": 60.0}).outcome == "routed"
    assert judged(found.own[0], {}).outcome == "choice"


def test_the_table_has_each_part_before_and_after(found: Lessons) -> None:
    table = list(lines(found, WEIGHTS, learned(found)))
    assert [line.split("  ")[0] for line in table if " after " in line] == [
        "own questions, learned from",
        "own questions, set aside",
        "left-out phrases, learned from",
        "left-out phrases, set aside",
        "no entry answers, learned from",
        "left-out phrases of topics",
    ]


def test_what_is_written_is_read_back(tmp_path: Path, found: Lessons) -> None:
    weights = learned(found)
    names: dict[str, dict[str, float]] = {}
    exec(written(weights), {}, names)
    assert names["WEIGHTS"] == weights
    assert "-0.000" not in written(dict.fromkeys(Signals._fields, 0.0))


def test_the_shipped_weights_are_written_by_the_script() -> None:
    from bot.matching import weights

    assert written(WEIGHTS) == Path(weights.__file__).read_text("utf-8")
