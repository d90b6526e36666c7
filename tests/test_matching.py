"""Ranking: what comes first, why, and how surely."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from bot.matching import Candidate, Matcher, Ranking
from bot.matching.matcher import DENIED, SAID, SURVIVORS, UNSAID, probabilities
from bot.matching.reading import Reading
from bot.procedures import Facet
from bot.text import clean, folded_words, syllables
from tests.values import base, entry, ranking, registry, route

MATCHER = Matcher(registry())


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
    }


def test_what_shares_only_a_weak_word_is_no_candidate() -> None:
    assert MATCHER.rank("làm cho tôi").candidates == ()
    assert {c.id for c in MATCHER.rank("làm khai sinh").candidates} == {"khai-sinh", "khai-sinh-lai"}


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


def test_at_most_fourteen_candidates_are_looked_at() -> None:
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


def check(found: Ranking) -> None:
    for c in found.candidates:
        assert 0 <= c.score <= 1
        assert 0 <= c.coverage <= 1
        assert 0 <= c.likeness <= 1
        assert c.matched
    assert 0 <= found.margin <= 1


def together(matcher: Matcher, question: str) -> float:
    return math.fsum(probabilities([found for _, found, _ in matcher.weighed(matcher.read(question))]))


WORDS = sorted({w for p in registry().procedures for text in (p.name, *p.phrases) for w in folded_words(text)})


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=40))
def test_scores_lie_between_nothing_and_one(words: list[str]) -> None:
    question = clean(" ".join(words))
    check(MATCHER.rank(question))
    assert together(MATCHER, question) <= 1 + 1e-9


def test_every_name_of_the_shipped_base_has_scores_between_nothing_and_one(
    shipped: Knowledge, shipped_matcher: Matcher
) -> None:
    for procedure in shipped.procedures:
        found = shipped_matcher.rank(procedure.name)
        check(found)
        assert procedure.id in {c.id for c in found.candidates}
        assert together(shipped_matcher, procedure.name) <= 1 + 1e-9


def test_a_ranking_without_words_is_empty() -> None:
    ranking = MATCHER.rank("!!!")
    assert (ranking.candidates, ranking.reading) == ((), Reading((), (), ()))


def test_a_candidate_says_all_of_itself() -> None:
    found = Matcher(base(entry(name="Tách thửa", official_name="Tách thửa", phrases=["tách thửa"]))).rank("tách thửa")
    (only,) = found.candidates
    assert only == Candidate("khai-sinh", only.score, ("tach", "thua", "tach thua"), 0.8929, 1.0)
    assert 0.5 < only.score < 1


def test_a_topic_is_ranked_beside_the_entries_and_other_routes_by_the_whole_message() -> None:
    story = MATCHER.rank("vợ chồng tôi muốn ly hôn")
    assert story.candidates[0].id == "route:toa"
    assert story.candidates[0].likeness < 1
    told = {c.id: c for c in MATCHER.rank("xin chào, khai sinh").candidates}
    assert told["route:chao"].score == told["route:chao"].likeness == told["route:chao"].coverage < 1


def test_of_routes_for_whole_messages_only_the_most_alike_is_ranked() -> None:
    routes = [route("b", "thanks", "cảm ơn bạn nhiều"), route("a", "greeting", "chào bạn"), route("c", "abuse", "bạn")]
    found = Matcher(base(entry(), routes=routes, lexicon={})).rank("chào bạn")
    assert [(c.id, c.score, c.matched) for c in found.candidates] == [("route:a", 1.0, ("chao", "ban"))]
    assert Matcher(base(entry(), routes=routes, lexicon={})).rank("tách thửa").candidates == ()


def test_routes_that_are_just_as_alike_stand_in_the_order_of_the_base() -> None:
    routes = [route("b", "thanks", "chào bạn"), route("a", "greeting", "chào bạn")]
    assert [c.id for c in Matcher(base(entry(), routes=routes, lexicon={})).rank("chào bạn").candidates] == ["route:b"]


def test_a_name_belongs_to_full_entries_only() -> None:
    assert [MATCHER.name_of(i) for i in ("ho-chieu", "route:chay", "x")] == ["Làm hộ chiếu", "", ""]
    assert [MATCHER.is_entry(i) for i in ("ho-chieu", "route:chay", "x")] == [True, False, False]
    assert [MATCHER.ways(i) for i in ("ho-chieu", "route:chay", "x")] == [3, 0, 0]


@pytest.mark.parametrize(
    ("words", "id", "known"),
    [
        ("hộ chiếu", "ho-chieu", 1.0),
        ("ho chieu", "ho-chieu", 1.0),
        ("hồ chiêu", "ho-chieu", 0.0),  # other words
        ("hộ chiếu", "khai-sinh", 0.0),
        ("hộ chiếu", "x", 0.0),
        ("", "ho-chieu", 1.0),
        ("", "x", 1.0),
    ],
)
def test_how_much_of_some_words_an_entry_knows(words: str, id: str, known: float) -> None:
    assert MATCHER.known(syllables(words), id) == known


def test_part_of_some_words_is_known_by_weight() -> None:
    assert MATCHER.known(syllables("hộ zzz"), "ho-chieu") == pytest.approx(
        MATCHER.known(syllables("chiếu zzz"), "ho-chieu")
    )
    weak, telling = (MATCHER.known(syllables(words), "ho-chieu") for words in ("làm zzz", "hộ zzz"))
    assert 0 < weak < 0.2
    assert 0.5 < telling < 0.7


def test_words_are_likelier_from_the_entry_that_says_them() -> None:
    words = syllables("hộ chiếu")
    one = MATCHER.likelihood(words, "ho-chieu")
    assert one > 0
    assert MATCHER.likelihood(words + words, "ho-chieu") == one  # each word once
    assert [MATCHER.likelihood(words, i) for i in ("khai-sinh", "x")] == [0.0, 0.0]
    assert MATCHER.likelihood(syllables("hồ chiêu"), "ho-chieu") == 0.0


def test_a_word_of_one_name_speaks_for_it_said_and_against_it_unsaid_or_denied() -> None:
    plain, again = "khai-sinh", "khai-sinh-lai"
    words = syllables("khai sinh lại")
    likelier = MATCHER.likelihood(words, again) - MATCHER.likelihood(words, plain)
    assert MATCHER.lead(words, (), again, plain) == pytest.approx(likelier + SAID)
    assert MATCHER.lead(words, ["lai"], again, plain) == pytest.approx(likelier + SAID - DENIED)
    assert MATCHER.lead(words, ["lai"], plain, again) == pytest.approx(-likelier + DENIED)
    silent = syllables("khai sinh")
    likelier = MATCHER.likelihood(silent, again) - MATCHER.likelihood(silent, plain)
    assert MATCHER.lead(silent, (), again, plain) == pytest.approx(likelier - UNSAID)
    assert [MATCHER.lead(words, (), *pair) for pair in ((again, "x"), ("x", again))] == [0.0, 0.0]


def test_a_base_without_anything_ranks_nothing() -> None:
    for question in ("", "khai sinh", "xin chào"):
        assert Matcher(base(lexicon={})).rank(question).candidates == ()
