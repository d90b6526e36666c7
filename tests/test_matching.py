"""Ranking: what comes first, why, and how surely."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.matching import Candidate, Matcher, Ranking
from bot.matching.index import PAIR_WEIGHT, WEAK_WEIGHT, Target, build, features
from bot.matching.matcher import SURVIVORS
from bot.matching.reading import Reader, Reading
from bot.matching.readings import Readings
from bot.procedures import Facet
from bot.text import clean, folded_words
from tests.values import base, entry, ranking, registry

MATCHER = Matcher(registry())
PLAIN = Reader({}, {}, (), {})


def first(question: str) -> str | None:
    found = MATCHER.rank(question).candidates
    return found[0].id if found else None


def score(matcher: Matcher, question: str, id: str) -> float:
    return next((c.score for c in matcher.rank(question).candidates if c.id == id), 0.0)


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("đăng ký khai sinh", "khai-sinh"),
        ("dang ky khai sinh", "khai-sinh"),
        ("đăng kí khai sinh", "khai-sinh"),
        ("làm ks cho con", "khai-sinh"),
        ("đăng ký lại khai sinh", "khai-sinh-lai"),
        ("mất giấy khai sinh bản chính", "khai-sinh-lai"),
        ("cccd", "can-cuoc"),
        ("chứng minh thư", "can-cuoc"),
        ("cancuoc", "can-cuoc"),
        ("căn cuocc", "can-cuoc"),
        ("làm hộ chiếu", "ho-chieu"),
        ("làm hc cần giấy tờ gì", "ho-chieu"),
        ("nhà tôi cháy", "route:chay"),
        ("ly hôn", "route:toa"),
        ("dangkykhaisinh", "khai-sinh"),
        ("xin chào", "route:chao"),
        ("pizza", None),
        ("", None),
    ],
)
def test_what_is_meant_comes_first(question: str, id: str | None) -> None:
    assert first(question) == id


def test_facets_are_those_of_the_reading_in_order() -> None:
    assert MATCHER.rank("khai sinh bao lâu, lệ phí").facets == (Facet.TIME, Facet.FEE)
    assert MATCHER.rank("khai sinh").facets == ()


def test_the_matched_words_are_those_that_spoke_for_an_entry() -> None:
    found = MATCHER.rank("đăng ký khai sinh xyz")
    assert found.candidates[0].matched == ("dang", "ki", "khai", "sinh", "dang ki", "ki khai", "khai sinh")
    assert {c.id: c.matched for c in MATCHER.rank("làm căn cước").candidates} == {
        "can-cuoc": ("lam", "can", "cuoc", "lam can", "can cuoc"),
        "khai-sinh": ("lam",),
        "ho-chieu": ("lam",),
    }


def test_an_entrys_own_name_covers_a_question_and_is_its_most_alike_phrase() -> None:
    best = MATCHER.rank("làm hộ chiếu").candidates[0]
    assert (best.id, best.likeness) == ("ho-chieu", 1.0)
    assert score(MATCHER, "làm hộ chiếu", "ho-chieu") > score(MATCHER, "hộ chiếu", "ho-chieu")
    assert 0.8 < best.coverage < 1.0


def test_typed_accents_of_another_word_count_less_than_none() -> None:
    plain, right, wrong = (score(MATCHER, q, "can-cuoc") for q in ("can cuoc", "căn cước", "cần cuộc"))
    assert plain == right
    assert 0 < wrong < right


def test_an_unknown_word_lowers_the_score() -> None:
    assert score(MATCHER, "căn cước zzz", "can-cuoc") < score(MATCHER, "căn cước", "can-cuoc")


def test_weak_words_weigh_little() -> None:
    heavy = Matcher(base(*registry().procedures, lexicon={}))
    assert score(MATCHER, "căn cước thì sao", "can-cuoc") > score(heavy, "căn cước thì sao", "can-cuoc")


def test_padding_alone_is_ranked_by_its_own_words() -> None:
    found = Matcher(base(entry(name="Chào mừng", phrases=["chào mừng"]))).rank("xin chào")
    assert found.reading.words == ()
    assert [c.id for c in found.candidates] == ["khai-sinh"]
    assert found.candidates[0].matched == ("chao",)


def test_at_most_twelve_candidates_are_looked_at() -> None:
    many = [entry(f"so-{n:02}", name=f"Đất {n}", official_name="Đất đai", phrases=["đất"]) for n in range(20)]
    found = Matcher(base(*many)).rank("đất đai").candidates
    assert len(found) == SURVIVORS
    assert [c.id for c in found] == [f"so-{n:02}" for n in range(SURVIVORS)]


def test_a_tie_is_settled_by_the_id() -> None:
    same = {"name": "Tách thửa", "official_name": "Tách thửa đất", "phrases": ["tách thửa"]}
    for order in (("b", "a"), ("a", "b")):
        found = Matcher(base(*(entry(name, **same) for name in order))).rank("tách thửa").candidates
        assert [c.id for c in found] == ["a", "b"]
        assert found[0].score == found[1].score


def test_candidates_stand_best_first() -> None:
    found = MATCHER.rank("đăng ký khai sinh cho con").candidates
    assert list(found) == sorted(found, key=lambda c: (-c.score, c.id))
    assert [c.id for c in found][:2] == ["khai-sinh", "khai-sinh-lai"]


@pytest.mark.parametrize(
    ("scores", "margin"),
    [((), 0.0), ((0.5,), 0.5), ((0.75, 0.5), 0.25), ((0.75, 0.75, 0.1), 0.0)],
)
def test_the_margin_is_the_lead_of_the_first(scores: tuple[float, ...], margin: float) -> None:
    assert ranking(*((f"so-{n}", s) for n, s in enumerate(scores))).margin == margin


def test_the_same_question_ranks_alike_in_every_matcher() -> None:
    again = Matcher(registry())
    for question in ("làm ks cho con bn tiền", "mất giấy tờ", "cccd ở đâu", "đăng ký"):
        assert MATCHER.rank(question) == MATCHER.rank(question) == again.rank(question)


def test_words_and_pairs_stand_once_and_in_order() -> None:
    assert features(["a", "b", "a", "b"]) == ("a", "b", "a b", "b a")
    assert features(["a"]) == ("a",)
    assert features([]) == ()


def test_rare_words_tell_more_and_pairs_half_as_much() -> None:
    index = build(
        [Target("x", ("đất nhà",)), Target("y", ("đất ao",)), Target("z", ("xe",))], Readings(PLAIN), ["ao", "rau"]
    )
    assert index.weight("nha") > index.weight("dat") > 0
    assert index.weight("dat nha") == pytest.approx(index.weight("nha") * PAIR_WEIGHT)
    assert index.weight("ao") == pytest.approx(index.weight("nha") * WEAK_WEIGHT)
    assert index.weight("rau") == WEAK_WEIGHT
    assert index.weight("nha dat") == 0.0
    assert index.weight("la") == index.rarest > 0


def test_the_vocabulary_counts_in_how_many_targets_a_word_stands() -> None:
    index = build([Target("x", ("đất nhà", "đất")), Target("y", ("đất",))], Readings(PLAIN))
    assert index.vocabulary() == {"dat": 2, "nha": 1}


def check(found: Ranking) -> None:
    for c in found.candidates:
        assert 0 <= c.score <= 1
        assert 0 <= c.coverage <= 1
        assert 0 <= c.likeness <= 1
        assert c.matched
    assert 0 <= found.margin <= 1


WORDS = sorted({w for p in registry().procedures for text in (p.name, *p.phrases) for w in folded_words(text)})


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=40))
def test_scores_lie_between_nothing_and_one(words: list[str]) -> None:
    check(MATCHER.rank(clean(" ".join(words))))


def test_every_name_of_the_shipped_base_has_scores_between_nothing_and_one(shipped: Knowledge) -> None:
    matcher = Matcher(shipped)
    for procedure in shipped.procedures:
        found = matcher.rank(procedure.name)
        check(found)
        assert procedure.id in {c.id for c in found.candidates}


def test_a_ranking_without_words_is_empty() -> None:
    ranking = MATCHER.rank("!!!")
    assert (ranking.candidates, ranking.reading) == ((), Reading((), (), ()))


def test_a_candidate_says_all_of_itself() -> None:
    found = Matcher(base(entry(name="Tách thửa", official_name="Tách thửa", phrases=["tách thửa"]))).rank("tách thửa")
    (only,) = found.candidates
    assert only == Candidate("khai-sinh", only.score, ("tach", "thua", "tach thua"), 0.8929, 1.0)
    assert 0.5 < only.score < 1
