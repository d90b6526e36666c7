"""Like questions find each other; unlike ones stay apart; numbers never move."""

import datetime

import pytest

from bot.desk import Brain, Desk
from bot.grouping import Gist, Groups, Profile, alike
from bot.replies import Voice
from tests.grouping import Labelled, gathered, gist_of, labelled, pairs

NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
LEAST_F1 = 0.68  # as measured on the open part, less what a change of the base may cost


@pytest.fixture(scope="module")
def desk(shipped_brain: Brain) -> Desk:
    return Desk(shipped_brain, Voice("x"), lambda: NOW)


@pytest.fixture(scope="module")
def questions(desk: Desk) -> list[Labelled]:
    return labelled(desk, "open")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bay flycam quay đám cưới có phải xin phép không", "bay flycam o bai bien phai xin ai"),
        ("khoan giếng trong nhà có phải xin phép không", "gieng khoan"),
        ("mở quán karaoke cần giấy tờ gì", "phí karaoke?"),
        ("sang tên xe máy hết bn tien", "mua xe may cu sang ten the nao"),
    ],
)
def test_like_questions_gather_however_they_are_typed(desk: Desk, one: str, other: str) -> None:
    first, second = gathered([gist_of(desk, one), gist_of(desk, other)])
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "cho em hỏi thủ tục mở quán karaoke thì cần giấy tờ gì ạ",
            "cho em hỏi thủ tục tách thửa thì cần giấy tờ gì ạ",
        ),
        ("đăng ký kết hôn ở đâu ạ", "đăng ký khai sinh ở đâu ạ"),
        ("flycam", "gieng khoan"),
        ("", "gieng khoan"),
    ],
)
def test_shared_politeness_gathers_nothing(desk: Desk, one: str, other: str) -> None:
    first, second = gathered([gist_of(desk, one), gist_of(desk, other)])
    assert first != second


def test_the_labelled_questions_gather_as_well_as_measured(questions: list[Labelled]) -> None:
    found = gathered(one.gist for one in questions)
    assert pairs(found, [one.group for one in questions]).f1 >= LEAST_F1


def test_the_same_questions_make_the_same_groups(questions: list[Labelled]) -> None:
    gists = [one.gist for one in questions]
    assert gathered(gists) == gathered(gists)


def test_a_group_keeps_its_number_whatever_comes_later(questions: list[Labelled]) -> None:
    gists = [one.gist for one in questions]
    assert gathered(gists)[:60] == gathered(gists[:60])


def test_a_question_without_words_is_like_nothing() -> None:
    groups = Groups()
    groups.add(Gist.of([], []), 7)
    assert groups.nearest(Gist.of([], [])) is None
    assert groups.nearest(Gist.of([("giếng", 6.0)], [])) is None


def test_being_sure_of_different_entries_keeps_questions_apart() -> None:
    group = Profile()
    group.add(Gist.of([("đất", 2.0)], [("tach-thua", 0.95)]))
    same, other = Gist.of([("đất", 2.0)], [("tach-thua", 0.9)]), Gist.of([("đất", 2.0)], [("sang-ten-dat", 0.9)])
    assert alike(same, group) > 0 > alike(other, group)


def test_what_the_log_keeps_of_routes_says_nothing() -> None:
    assert Gist.of([("x", 1.0)], [("route:chao", 0.9), ("tam-tru", 0.01)]).entries == {}


@pytest.mark.parametrize(
    ("found", "right", "f1"), [([1, 1, 2], [1, 1, 2], 1.0), ([1, 2, 3], [1, 1, 1], 0.0), ([1, 1, 1], [1, 1, 2], 0.5)]
)
def test_pairs_are_counted(found: list[int], right: list[int], f1: float) -> None:
    assert pairs(found, right).f1 == pytest.approx(f1)
