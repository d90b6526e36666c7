"""From rankings written by hand to the five outcomes, each at the edge of its threshold."""

import pytest

from bot.answers import (
    ANSWER_FROM,
    ANSWER_MARGIN,
    CHOOSE_FROM,
    CHOOSE_WITHIN,
    EMERGENCY_FROM,
    FIRST_FROM,
    NEAREST_FROM,
    ROUTE_FROM,
    TOPIC_FROM,
    WORD_FOR_WORD,
    Answer,
    Answered,
    Choice,
    Foreign,
    Option,
    Outcome,
    Reason,
    Routed,
    Thresholds,
    Unknown,
    decide,
    outcome,
)
from bot.knowledge.files import RouteReason
from bot.matching import Candidate
from bot.procedures import Facet, TwinSet
from tests.values import base, candidate, entry, ranking, route, twins

FEE = (Facet.FEE,)
FIRSTS = [hundredths / 100 for hundredths in range(87, 101)]
THIRTIETHS = range(50, 221)  # scores of 0.0050 to 0.0220: a thirtieth of 0.15 to 0.66
ANY = Thresholds(choose_from=0.0)
ROUTES = [route("chay", "emergency", "cháy"), route("chao", "greeting", "xin chào"), route("toa", "court", "ly hôn")]
PLAIN = base(entry(), routes=ROUTES)


def with_twins(*sets: TwinSet) -> Answer:
    knowledge = base(entry(), twin_sets=sets)
    return decide(ranking(("a", 0.70), ("b", 0.68), ("c", 0.60), ("d", 0.2), facets=FEE), knowledge)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((0.9,), Outcome.ANSWER),
        ((0.9, 0.4), Outcome.ANSWER),
        ((0.9, 0.4001), Outcome.CHOOSE),  # the second may be meant as well
        ((ANSWER_FROM,), Outcome.ANSWER),
        ((ANSWER_FROM - 0.0001,), Outcome.CHOOSE),
        ((0.5, 0.5), Outcome.CHOOSE),
        ((CHOOSE_FROM,), Outcome.CHOOSE),
        ((CHOOSE_FROM - 0.0001,), Outcome.UNKNOWN),
        ((0.25, 0.15, 0.05), Outcome.CHOOSE),  # the first three together
        ((0.25, 0.15, 0.0499), Outcome.UNKNOWN),
        ((0.25, 0.1, 0.05, 0.05), Outcome.UNKNOWN),  # a fourth is not shown, so it counts for nothing
        ((FIRST_FROM, 0.15, 0.15), Outcome.CHOOSE),
        ((FIRST_FROM - 0.0001, 0.1499, 0.1499), Outcome.UNKNOWN),  # three mere guesses
        ((0.0,), Outcome.UNKNOWN),
        ((), Outcome.UNKNOWN),
    ],
)
def test_probability_and_lead_decide(scores: tuple[float, ...], expected: Outcome) -> None:
    assert outcome(decide(ranking(*((f"p{n}", s) for n, s in enumerate(scores))), PLAIN)) is expected


@pytest.mark.parametrize(
    ("thresholds", "expected"),
    [
        (Thresholds(), Outcome.CHOOSE),
        (Thresholds(answer_from=0.7), Outcome.CHOOSE),
        (Thresholds(answer_margin=0.45), Outcome.CHOOSE),
        (Thresholds(answer_from=0.7, answer_margin=0.45), Outcome.ANSWER),
        (Thresholds(choose_from=0.96), Outcome.UNKNOWN),
        (Thresholds(first_from=0.71), Outcome.UNKNOWN),
    ],
)
def test_other_thresholds_decide_otherwise(thresholds: Thresholds, expected: Outcome) -> None:
    assert outcome(decide(ranking(("a", 0.7), ("b", 0.25)), PLAIN, None, thresholds)) is expected


def test_a_lead_of_just_the_margin_answers_whatever_floats_make_of_it() -> None:
    for first in FIRSTS:
        just = decide(ranking(("a", first), ("b", round(first - ANSWER_MARGIN, 4))), PLAIN)
        less = decide(ranking(("a", first), ("b", round(first - ANSWER_MARGIN + 0.0001, 4))), PLAIN)
        assert (first, outcome(just), outcome(less)) == (first, Outcome.ANSWER, Outcome.CHOOSE)


def test_three_that_are_just_likely_together_are_offered_whatever_floats_make_of_it() -> None:
    for first in range(round(FIRST_FROM * 10_000), 2_001):
        scores = [n / 10_000 for n in (first, 2_200 - first, round(CHOOSE_FROM * 10_000) - 2_200)]
        just = decide(ranking(*zip("abc", scores, strict=True)), PLAIN)
        less = decide(ranking(*zip("abc", [*scores[:2], round(scores[2] - 0.0001, 4)], strict=True)), PLAIN)
        assert (scores, outcome(just), outcome(less)) == (scores, Outcome.CHOOSE, Outcome.UNKNOWN)


def test_what_lies_just_within_reach_is_offered_whatever_floats_make_of_it() -> None:
    for last in THIRTIETHS:
        first = round(last * CHOOSE_WITHIN) / 10_000
        for third, offered in ((last, "abc"), (last - 1, "ab")):
            answer = decide(ranking(("a", first), ("b", first), ("c", third / 10_000)), PLAIN, None, ANY)
            assert isinstance(answer, Choice)
            assert (first, "".join(o.procedure for o in answer.options)) == (first, offered)


def test_a_direct_answer_keeps_its_facets_and_the_first_five() -> None:
    scores = [("a", 0.9), *((f"p{n}", 0.01) for n in range(6))]
    answer = decide(ranking(*scores, facets=FEE), PLAIN)
    assert answer == Answered(Reason.DIRECT, FEE, tuple(candidate(*s) for s in scores[:5]), "a")


@pytest.mark.parametrize(
    ("scores", "offered"),
    [
        ((0.70, 0.66, 0.64, 0.63), "abc"),  # three at most
        ((0.66, 0.30, 0.022), "abc"),  # a thirtieth of the first
        ((0.66, 0.30, 0.0219), "ab"),
        ((0.66, 0.0219, 0.0219), "a"),
        ((ANSWER_FROM - 0.01, 0.10), "ab"),
        ((ANSWER_FROM - 0.01,), "a"),
    ],
)
def test_a_choice_holds_what_is_near(scores: tuple[float, ...], offered: str) -> None:
    named = list(zip("abcd", scores, strict=False))
    answer = decide(ranking(*named, facets=FEE), PLAIN)
    options = tuple(Option(name) for name in offered)
    assert answer == Choice(Reason.CHOICE, FEE, tuple(candidate(*s) for s in named), options, None)


@pytest.mark.parametrize(
    ("scores", "nearest"),
    [
        ((0.14, 0.13, 0.12, 0.11), ("a", "b", "c")),
        ((0.29, NEAREST_FROM, NEAREST_FROM - 0.0001), ("a", "b")),
        ((NEAREST_FROM - 0.0001,), ()),
        ((), ()),
    ],
)
def test_under_not_known_stands_what_is_worth_a_look(scores: tuple[float, ...], nearest: tuple[str, ...]) -> None:
    named = list(zip("abcd", scores, strict=False))
    answer = decide(ranking(*named, facets=FEE), PLAIN)
    assert answer == Unknown(Reason.NO_MATCH, FEE, tuple(candidate(*s) for s in named), nearest)


def test_twins_bring_their_deciding_question() -> None:
    answer = with_twins(twins("Mất chưa?", b="Đã mất", a="Chưa mất"))
    options = (Option("a", "Chưa mất"), Option("b", "Đã mất"))  # the better ranked first
    ranked = tuple(candidate(*s) for s in (("a", 0.70), ("b", 0.68), ("c", 0.60), ("d", 0.2)))
    assert answer == Choice(Reason.DECIDING_QUESTION, FEE, ranked, options, "Mất chưa?")


def test_of_two_twin_sets_the_one_that_holds_more_of_the_near_is_asked() -> None:
    two, three = twins("Hai?", a="A", b="B"), twins("Ba?", a="A", b="B", c="C")
    for sets in ((two, three), (three, two)):
        answer = with_twins(*sets)
        assert isinstance(answer, Choice)
        assert (answer.question, [o.label for o in answer.options]) == ("Ba?", ["A", "B", "C"])


@pytest.mark.parametrize(
    "set_",
    [twins("Không có cái đầu?", b="B", c="C"), twins("Chỉ một cái gần?", a="A", d="D"), twins("Xa?", x="X", y="Y")],
)
def test_a_twin_set_that_does_not_fit_is_not_asked(set_: TwinSet) -> None:
    answer = with_twins(set_)
    assert isinstance(answer, Choice)
    assert (answer.reason, answer.question) == (Reason.CHOICE, None)
    assert answer.options == (Option("a"), Option("b"), Option("c"))


def test_a_deciding_question_offers_also_what_was_not_ranked_last() -> None:
    answer = with_twins(twins("Ai?", x="X", b="B", a="A"))
    assert isinstance(answer, Choice)
    assert [o.procedure for o in answer.options] == ["a", "b", "x"]
    assert answer.candidates == (
        *(candidate(*s) for s in (("a", 0.70), ("b", 0.68))),
        Candidate("x", 0.0, (), 0.0, 0.0),
        *(candidate(*s) for s in (("c", 0.60), ("d", 0.2))),
    )


def test_of_four_cases_the_three_best_ranked_are_offered() -> None:
    answer = with_twins(twins("Trường hợp nào?", d="D", x="X", b="B", a="A"))
    assert isinstance(answer, Choice)
    assert [o.label for o in answer.options] == ["A", "B", "D"]
    assert [c.id for c in answer.candidates] == ["a", "b", "d", "c"]


def test_a_pair_of_twins_is_asked_about_even_if_the_second_is_far() -> None:
    knowledge = base(entry(), twin_sets=[twins("Mất chưa?", a="Chưa", b="Đã mất")])
    answer = decide(ranking(("a", ANSWER_FROM - 0.01), ("b", 0.30)), knowledge)
    assert isinstance(answer, Choice)
    assert answer.question == "Mất chưa?"


@pytest.mark.parametrize(
    ("facets", "context", "expected"),
    [
        ((), None, Unknown(Reason.EMPTY)),
        ((), "khai-sinh", Unknown(Reason.EMPTY)),
        (FEE, None, Unknown(Reason.NO_PROCEDURE, FEE)),
        (
            FEE,
            "khai-sinh",
            Answered(Reason.FOLLOW_UP, FEE, (Candidate("khai-sinh", 1.0, (), 1.0, 1.0),), "khai-sinh"),
        ),
    ],
)
def test_without_words_the_context_answers(
    facets: tuple[Facet, ...], context: str | None, expected: Answered | Unknown
) -> None:
    assert decide(ranking(("x", 0.4), words="", facets=facets), PLAIN, context) == expected


def test_with_words_the_context_is_silent() -> None:
    answer = decide(ranking(("a", 0.9), facets=FEE), PLAIN, "khai-sinh")
    assert isinstance(answer, Answered)
    assert answer.procedure == "a"


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((("route:chao", ROUTE_FROM), ("a", CHOOSE_FROM - 0.0001)), Outcome.ROUTE),
        ((("route:chao", ROUTE_FROM), ("a", CHOOSE_FROM)), Outcome.CHOOSE),  # "xin chào, hộ khẩu"
        ((("route:chao", ROUTE_FROM), ("a", 0.25), ("b", 0.15), ("c", 0.05)), Outcome.CHOOSE),
        ((("route:chao", ROUTE_FROM), ("a", 0.25), ("b", 0.15), ("c", 0.0499)), Outcome.ROUTE),
        ((("route:chao", WORD_FOR_WORD - 0.0001), ("a", CHOOSE_FROM)), Outcome.CHOOSE),
        ((("route:chao", WORD_FOR_WORD), ("a", WORD_FOR_WORD)), Outcome.ROUTE),
        ((("route:chao", ROUTE_FROM - 0.0001), ("a", 0.2)), Outcome.UNKNOWN),
        ((("route:toa", TOPIC_FROM), ("a", TOPIC_FROM - 0.01)), Outcome.ROUTE),  # a topic need not fill the message
        ((("route:toa", TOPIC_FROM - 0.0001), ("a", 0.2)), Outcome.UNKNOWN),
        ((("route:chay", EMERGENCY_FROM), ("a", EMERGENCY_FROM - 0.01)), Outcome.ROUTE),  # nor an emergency likely
        ((("route:chay", EMERGENCY_FROM - 0.0001), ("a", 0.1)), Outcome.UNKNOWN),
        ((("route:chay", 0.5), ("a", 0.5)), Outcome.ROUTE),
        ((("a", 0.91), ("route:chay", 0.9)), Outcome.ANSWER),
        ((("a", 0.7), ("route:chay", 0.69), ("b", 0.68)), Outcome.CHOOSE),
    ],
)
def test_a_route_must_come_first_and_fit_well(scores: tuple[tuple[str, float], ...], expected: Outcome) -> None:
    answer = decide(ranking(*scores), PLAIN)
    assert outcome(answer) is expected
    assert not any(c.id.startswith("route:") for c in answer.candidates)


@pytest.mark.parametrize("reason", list(RouteReason))
def test_a_route_gives_its_reason(reason: RouteReason) -> None:
    knowledge = base(entry(), routes=[route("khac", "thanks", "x"), route("noi", reason.value, "y")])
    answer = decide(ranking(("route:noi", 0.8), ("a", 0.3), facets=FEE), knowledge)
    assert answer == Routed(Reason(reason.value), (), (candidate("a", 0.3),), "noi")


def test_a_route_answers_also_where_only_padding_was_said() -> None:
    assert decide(ranking(("route:chay", 0.8), words=""), PLAIN) == Routed(Reason.EMERGENCY, (), (), "chay")


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (Answered(Reason.DIRECT), "answer"),
        (Choice(Reason.CHOICE), "choose"),
        (Unknown(Reason.EMPTY), "unknown"),
        (Routed(Reason.THANKS), "route"),
        (Foreign(Reason.LANGUAGE), "foreign"),
    ],
)
def test_each_outcome_has_its_name(answer: Answer, name: str) -> None:
    assert outcome(answer).value == name
