"""Rare procedures: found by their titles, told honestly, never before a full entry that fits as well."""

import datetime
import json
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import (
    CATALOGUE_AHEAD,
    CATALOGUE_FROM,
    CATALOGUE_LEAD,
    CATALOGUE_WITHIN,
    Answered,
    Choice,
    Reason,
    Routed,
    Unknown,
    decide,
)
from bot.catalogue import Catalogue, Listed
from bot.channels.telegram.actions import MOST_BYTES, decode, encode
from bot.contract import answer_object
from bot.desk import Desk, Handled, Question, brain
from bot.matching import Candidate, Ranking
from bot.matching.reading import Reader
from bot.matching.readings import Readings, Spoken
from bot.matching.thin import KEPT, Thin
from bot.phrases import ENGLISH, VIETNAMESE
from bot.phrases.catalogue import ENGLISH_CATALOGUE, VIETNAMESE_CATALOGUE
from bot.procedures import Facet
from bot.replies import Show, Voice, catalogued
from bot.replies.catalogued import button_label
from bot.text import clean, syllables
from tests.values import NOW, candidate, ranking, registry

RICE = "Giấy chứng nhận đủ điều kiện kinh doanh xuất khẩu gạo"
LIST = Catalogue(
    (
        Listed("1.015002", "Thủ tục đăng ký nhãn hiệu", "Sở hữu trí tuệ", "Cục Sở hữu trí tuệ", "Bộ Khoa học"),
        Listed("1.000299", "Cấp Giấy chứng nhận đủ điều kiện kinh doanh xuất khẩu gạo", agency="Cục Xuất nhập khẩu"),
        Listed(
            "2.000273", "Cấp lại Giấy chứng nhận đủ điều kiện kinh doanh xuất khẩu gạo", agency="Cục Xuất nhập khẩu"
        ),
        Listed("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch", "Ủy ban nhân dân cấp xã"),
        Listed("1.115200", "Cho thuê bến thủy nội địa", "Đường thủy", issuer="UBND tỉnh Gia Lai"),
        Listed("1.115201", "Công bố cảng cạn", "Đường thủy", "Sở Xây dựng", "UBND Thành phố Hải Phòng"),
        *(Listed(f"2.00{n:04}", f"Báo cáo thống kê biểu số {n} về ngân hàng") for n in range(40)),
    ),
    "danh-muc.csv",
    datetime.date(2026, 11, 1),
    "hai-phong",
)
WORDS = ["đăng", "ký", "nhãn", "hiệu", "cấp", "gạo", "xuất", "khẩu", "báo", "cáo", "biểu", "số", "abc", "12"]
READER = Reader({}, {}, (), {})
THIN = Thin(LIST.entries, Readings(READER), ["lam", "cap"])


@pytest.fixture
def desk() -> Desk:
    return Desk(brain(registry(), LIST), Voice("xã"), lambda: NOW)


def ask(desk: Desk, text: str, language: str = "vi") -> Handled:
    return desk.ask(Question(text, "terminal", "An", language=language))


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("đăng ký nhãn hiệu", "c-1-015002"),
        ("dang ky nhan hieu het bao nhieu tien", "c-1-015002"),
        ("cảng cạn", "c-1-115201"),
        ("1.000299", "c-1-000299"),
        ("mã 1.115200 bao lâu", "c-1-115200"),  # another province's own: by its code only
    ],
)
def test_a_rare_procedure_is_answered_from_the_catalogue(desk: Desk, question: str, id: str) -> None:
    answer = ask(desk, question).answer
    assert isinstance(answer, Answered)
    assert answer.procedure == id == answer.candidates[0].id
    assert answer.reason in (Reason.DIRECT, Reason.CODE)


@pytest.mark.parametrize("question", ["cho thuê bến thủy nội địa", "hôm nay trời mưa to quá", "đăng ký"])
def test_what_no_title_fits_is_not_answered(desk: Desk, question: str) -> None:
    answer = ask(desk, question).answer
    assert not isinstance(answer, Answered)
    assert not any(c.id.startswith("c-") for c in answer.candidates)


@pytest.mark.parametrize(
    ("question", "id"), [("đăng ký khai sinh", "khai-sinh"), ("1.001193", "khai-sinh"), ("làm hộ chiếu", "ho-chieu")]
)
def test_a_full_entry_answers_what_it_fits(desk: Desk, question: str, id: str) -> None:
    with_list, alone = ask(desk, question), ask(Desk(registry(), Voice("xã"), lambda: NOW), question)
    assert isinstance(with_list.answer, Answered)
    assert with_list.answer == alone.answer
    assert with_list.answer.procedure == id


def test_near_titles_are_a_choice_with_their_whole_names(desk: Desk) -> None:
    handled = ask(desk, "xuất khẩu gạo")
    assert isinstance(handled.answer, Choice)
    assert [o.procedure for o in handled.answer.options] == ["c-1-000299", "c-2-000273"]
    assert handled.reply.text.split("\n") == [
        VIETNAMESE.choose,
        "1.000299: Cấp Giấy chứng nhận đủ điều kiện kinh doanh xuất khẩu gạo (Cục Xuất nhập khẩu)",
        "2.000273: Cấp lại Giấy chứng nhận đủ điều kiện kinh doanh xuất khẩu gạo (Cục Xuất nhập khẩu)",
        "[1] 1.000299 Cấp Giấy chứng nhận đủ điều kiện kinh doanh xuất…",
        "[2] 2.000273 Cấp lại Giấy chứng nhận đủ điều kiện kinh doanh…",
        f"[3] {VIETNAMESE.none_of_these}",
    ]


def test_buttons_of_the_catalogue_work(desk: Desk) -> None:
    handled = ask(desk, "xuất khẩu gạo lệ phí")
    for button in handled.reply.flat_buttons():
        data = encode(button.action)
        assert len(data.encode()) <= MOST_BYTES
        assert decode(data) == button.action
        if isinstance(button.action, Show):
            reply = desk.show(button.action, "An")
            assert reply is not None
            assert "chưa trả lời được phần bạn hỏi (lệ phí)" in reply.text
    assert desk.show(Show("c-9-999999"), "An") is None


def test_what_is_told_is_official_and_honest(desk: Desk) -> None:
    page = "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/1.015002"
    source = f"Nguồn: danh mục của Cổng Dịch vụ công quốc gia · nhập ngày 01/11/2026 · Trang chính thức: {page}"
    assert ask(desk, "đăng ký nhãn hiệu").reply.text.split("\n") == [
        "Thủ tục đăng ký nhãn hiệu",
        VIETNAMESE_CATALOGUE.thin,
        "Nơi giải quyết: Cục Sở hữu trí tuệ.",
        "Mã thủ tục: 1.015002. Lĩnh vực: Sở hữu trí tuệ.",
        source,
    ]
    english = ask(desk, "đăng ký nhãn hiệu lệ phí", "en").reply.text.split("\n")
    assert english[1] == ENGLISH_CATALOGUE.asked.format(facets="fee")
    assert english[4] == (
        f"Source: list of the National Public Service Portal · imported on 01/11/2026 · Official page: {page}"
    )


def test_who_made_it_public_is_told_where_it_tells_something(desk: Desk) -> None:
    assert "Nơi công bố: UBND tỉnh Gia Lai." in ask(desk, "1.115200").reply.text
    assert "Nơi giải quyết: Sở Xây dựng.\nNơi công bố: UBND Thành phố Hải Phòng." in ask(desk, "1.115201").reply.text
    undated = catalogued(desk.speaker("vi"), replace(LIST, imported_on=None), "c-1-000299", ())
    assert "Mã thủ tục: 1.000299.\nNguồn: danh mục của Cổng Dịch vụ công quốc gia · Trang chính thức" in undated.text


def test_a_follow_up_stays_with_the_catalogue(desk: Desk) -> None:
    ask(desk, "đăng ký nhãn hiệu")
    handled = ask(desk, "lệ phí")
    assert (handled.answer.reason, handled.entry.procedure) == (Reason.FOLLOW_UP, "c-1-015002")
    desk.brain = brain(registry())
    assert ask(desk, "lệ phí").answer.reason is Reason.NO_PROCEDURE


def test_the_contract_says_where_it_comes_from(desk: Desk) -> None:
    handled = ask(desk, "đăng ký nhãn hiệu")
    value = json.loads(answer_object(handled, desk.knowledge).model_dump_json())
    assert value["procedures"][0] == {
        "id": "c-1-015002",
        "kind": "catalogue",
        "code": "1.015002",
        "codes": ["1.015002"],
        "name": "Thủ tục đăng ký nhãn hiệu",
        "score": handled.answer.candidates[0].score,
    }
    kinds = [
        p["kind"]
        for p in json.loads(answer_object(ask(desk, "khai sinh"), desk.knowledge).model_dump_json())["procedures"]
    ]
    assert set(kinds) == {"procedure"}


def with_listed(full: Ranking, *titles: tuple[str, float, float], rival: float = 0.3) -> Ranking:
    """A ranking with titles: (id, score, coverage)."""
    return replace(full, listed=tuple(Candidate(i, s, (), c, s) for i, s, c in titles), rival=rival)


FAR = ranking(("a", 0.1), ("b", 0.05))
UNSURE = ranking(("a", 0.5), ("b", 0.48), ("c", 0.47))
SURE = ranking(("a", 0.9), ("b", 0.1))


@pytest.mark.parametrize(
    ("ranked", "shown"),
    [
        (with_listed(FAR, ("c-1", 0.9, 0.9)), ["c-1"]),
        (with_listed(FAR, ("c-1", CATALOGUE_FROM, 0.9)), ["c-1"]),
        (with_listed(FAR, ("c-1", CATALOGUE_FROM - 0.01, 0.9)), []),
        (with_listed(FAR, ("c-1", 0.9, 0.3 + CATALOGUE_LEAD - 0.01)), []),
        (with_listed(FAR, ("c-1", 0.9, 0.9), ("c-2", 0.9 - CATALOGUE_WITHIN, 0.9)), ["c-1", "c-2"]),
        (with_listed(FAR, ("c-1", 0.9, 0.9), ("c-2", 0.89 - CATALOGUE_WITHIN, 0.9)), ["c-1"]),
        (with_listed(FAR, *((f"c-{n}", 0.9, 0.9) for n in range(5))), ["c-0", "c-1", "c-2"]),
        (with_listed(UNSURE, ("c-1", 0.5 + CATALOGUE_AHEAD, 0.9)), ["c-1"]),
        (with_listed(UNSURE, ("c-1", 0.49 + CATALOGUE_AHEAD, 0.9)), ["a", "b", "c-1"]),
        (with_listed(SURE, ("c-1", 1.0, 1.0)), ["a", "c-1"]),
        (with_listed(SURE, ("c-1", 1.0, 1.0), rival=0.9), ["a"]),
    ],
)
def test_the_catalogue_stands_below_full_entries(ranked: Ranking, shown: list[str]) -> None:
    answer = decide(ranked, registry())
    match answer:
        case Answered(procedure=name):
            assert [name] == shown
        case Choice(options=options):
            assert [o.procedure for o in options] == shown
            assert [c.id for c in answer.candidates[: len(shown)]] == shown
        case _:
            assert shown == []


def test_a_route_goes_before_the_catalogue() -> None:
    ranked = with_listed(ranking(("route:chay", 0.9)), ("c-1", 1.0, 1.0))
    assert decide(ranked, registry()) == Routed(Reason.EMERGENCY, (), (), "chay")
    assert isinstance(decide(with_listed(ranking(words=""), ("c-1", 1.0, 1.0)), registry()), Unknown)


def test_typed_accents_of_another_word_count_less() -> None:
    def best(question: str) -> Candidate:
        return THIN.rank(syllables(question))[0]

    assert best("nhãn hiệu").id == best("nhan hieu").id == "c-1-015002"
    assert best("nhãn hiệu").score == best("nhan hieu").score
    assert best("nhân hiểu").score < best("nhan hieu").score


def test_weights_of_words() -> None:
    assert THIN.weight("hieu") > THIN.weight("kinh doanh") > 0
    assert THIN.weight("lam") == 0.15
    assert THIN.weight("không có") == 0.0
    assert 0 < THIN.weight("flycam") < THIN.weight("hieu") * 2
    assert THIN.share(("nhan", "hieu", "nhan hieu"), syllables("nhãn hiệu")) == pytest.approx(1.0)
    assert THIN.share((), ()) == 0.0
    assert Thin((), Readings(READER)).rank(syllables("nhãn hiệu")) == ()


@given(
    st.lists(
        st.sampled_from(
            ["đăng", "ký", "nhãn", "hiệu", "cấp", "gạo", "xuất", "khẩu", "báo", "cáo", "biểu", "số", "abc", "12"]
        ),
        max_size=30,
    )
)
def test_scores_lie_between_nothing_and_one(words: list[str]) -> None:
    found = THIN.rank(syllables(clean(" ".join(words))))
    assert len(found) <= KEPT
    assert list(found) == sorted(found, key=lambda c: (-c.score, c.id))
    assert all(0 <= x <= 1 for c in found for x in (c.score, c.coverage, c.likeness))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Thủ tục đăng ký nhãn hiệu", "1.015002 Đăng ký nhãn hiệu"),
        ("THỦ TỤC: cấp phép", "1.015002 Cấp phép"),
        ("Cấp phép (cho tàu, thuyền và phương tiện)", "1.015002 Cấp phép (cho…"),
        ("Công bố cảng cạn (khác)", "1.015002 Công bố cảng cạn…"),
    ],
)
def test_a_button_says_code_and_beginning(name: str, label: str) -> None:
    found = button_label(Listed("1.015002", name), 26)
    assert found == label
    assert len(found) <= 26


def test_readings_are_read_once_and_let_go() -> None:
    first = Readings(READER)
    assert first.read("Đăng ký") == Spoken("dang ki", "ddangw kis") or first.read("Đăng ký").folded == "dang ki"
    assert first.grown
    kept = dict(first.used)
    again = Readings(READER, lambda: kept)
    assert again.read("Đăng ký") == first.read("Đăng ký")
    assert not again.grown
    again.forget()
    assert again.used == {}
    assert Facet.FEE in Reader({}, {}, (), {Facet.FEE: ["lệ phí"]}).read("lệ phí").facets


def test_full_entries_rank_the_same_with_and_without_the_catalogue() -> None:
    alone, loaded = brain(registry()).matcher, brain(registry(), LIST).matcher
    for question in ("đăng ký khai sinh", "xuất khẩu gạo", "cccd mất", "làm hộ chiếu cho con"):
        assert loaded.rank(question).candidates == alone.rank(question).candidates
    assert alone.rank("đăng ký nhãn hiệu").listed == ()


def test_sentences_put_in_the_same_words_in_both_languages() -> None:
    for name, sentence in vars(VIETNAMESE_CATALOGUE).items():
        other = vars(ENGLISH_CATALOGUE)[name]
        fields = [{n for _, n, _, _ in string.Formatter().parse(s) if n} for s in (sentence, other)]
        assert fields[0] == fields[1]
    assert ENGLISH is not VIETNAMESE
    assert candidate("a", 1.0).score == 1.0
