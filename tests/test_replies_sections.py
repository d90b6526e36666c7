"""What is told of each facet, in Vietnamese and English sentences, with and without facts."""

import datetime
from typing import Any

import pytest

from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.procedures import Facet, Law, Office
from bot.replies.sections import SECTIONS, has_section, section
from bot.replies.telling import date, law_name, sentence_part
from tests.values import TODAY, entry, source, speaker

LAWS = (Law(number="60/2014/QH13", title="Luật Hộ tịch"), Law(number="123/2015/NĐ-CP"))
OFFICES = (
    Office(id="xa", name="Trung tâm xã", address="1 Trần Phú", origin="cong", checked_on=TODAY),
    Office(id="tinh", name="Trung tâm tỉnh", origin="cong", checked_on=TODAY),
)
FACTS: dict[str, Any] = {
    "who": {"source": "cong", "text": "Cha hoặc mẹ."},
    "documents": {
        "source": "cong",
        "cases": [
            {
                "items": [
                    {"name": "Tờ khai", "form": "TK-01", "count": 1},
                    {"name": "Đơn", "form": "Mẫu số 02"},
                    {"name": "Phiếu HS01", "form": "HS01"},
                    {"name": "Giấy chứng sinh", "copy": "bản chính", "count": 2, "note": "Không có thì viết cam đoan."},
                    {"name": "Thẻ căn cước", "copy": "xuất trình", "count": 1},
                ]
            },
            {"when": "Trẻ bị bỏ rơi.", "items": [{"name": "Biên bản"}]},
        ],
    },
    "fee": {"source": "cong", "items": [{"name": "Lệ phí", "amount": 8000}]},
    "time_limit": {"source": "cong", "items": [{"quantity": 3, "unit": "ngày làm việc"}], "note": "Tính từ khi đủ."},
    "deadline": {"source": "cong", "text": "Trong 60 ngày.", "late": "Vẫn làm được."},
    "proxy": {"source": "cong", "allowed": "có điều kiện", "text": "Cần giấy ủy quyền."},
    "place": {"source": "cong", "text": "Nơi cha hoặc mẹ cư trú.", "offices": ["xa", "tinh"]},
    "online": {"source": "cong", "level": "một phần", "text": "Nộp trên Cổng."},
    "steps": {"source": "cong", "items": ["Nộp hồ sơ.", "Nhận giấy."]},
    "result": {"source": "cong", "text": "Giấy khai sinh."},
    "validity": {"source": "cong", "text": "Không thời hạn."},
    "legal_basis": {"source": "cong", "documents": ["60/2014/QH13", "123/2015/NĐ-CP"]},
}
KEYS = {f: {Facet.TIME: "time_limit", Facet.FORM: "documents"}.get(f, f.value) for f in Facet}
NAME = "Đăng ký khai sinh"
CODE = "Mã thủ tục trên Cổng Dịch vụ công: 1.001193"
TOLD_IN_VIETNAMESE = {
    Facet.DOCUMENTS: [
        f"{NAME}: giấy tờ cần có.",
        "☐ Tờ khai (mẫu TK-01, 1 bản)",
        "☐ Đơn (Mẫu số 02)",
        "☐ Phiếu HS01",
        "☐ Giấy chứng sinh (bản chính, 2 bản). Không có thì viết cam đoan.",
        "☐ Thẻ căn cước (xuất trình)",
        "Trường hợp: Trẻ bị bỏ rơi",
        "☐ Biên bản",
    ],
    Facet.FEE: [f"{NAME}: lệ phí 8.000 đồng."],
    Facet.TIME: [f"{NAME}: 3 ngày làm việc.", "Tính từ khi đủ."],
    Facet.PLACE: [
        f"{NAME}: nơi nộp hồ sơ.",
        "Nơi cha hoặc mẹ cư trú.",
        "• Trung tâm xã. Địa chỉ: 1 Trần Phú",
    ],
    Facet.ONLINE: [f"{NAME}: làm trực tuyến một phần, có bước vẫn phải đến nơi.", "Nộp trên Cổng.", CODE],
    Facet.STEPS: [f"{NAME}: các bước.", "1. Nộp hồ sơ.", "2. Nhận giấy."],
    Facet.FORM: [
        f"{NAME}: mẫu cần điền.",
        "• Tờ khai (mẫu TK-01, 1 bản)",
        "• Đơn (Mẫu số 02)",
        "• Phiếu HS01",
    ],
    Facet.WHO: [f"{NAME}: ai được làm.", "Cha hoặc mẹ."],
    Facet.PROXY: [f"{NAME}: tùy trường hợp.", "Cần giấy ủy quyền."],
    Facet.DEADLINE: [f"{NAME}: trong 60 ngày.", "Nếu muộn: vẫn làm được."],
    Facet.RESULT: [f"{NAME}: kết quả nhận được.", "Giấy khai sinh."],
    Facet.VALIDITY: [f"{NAME}: giá trị của giấy tờ.", "Không thời hạn."],
    Facet.LEGAL_BASIS: [f"{NAME}: căn cứ pháp lý.", "• 60/2014/QH13: Luật Hộ tịch", "• Nghị định 123/2015/NĐ-CP"],
}
HEADS_IN_ENGLISH = {
    Facet.DOCUMENTS: f"{NAME}: papers to bring.",
    Facet.FEE: f"{NAME}: lệ phí 8.000 đồng.",
    Facet.TIME: f"{NAME}: 3 ngày làm việc.",
    Facet.PLACE: f"{NAME}: where to apply.",
    Facet.ONLINE: f"{NAME}: partly online, a visit is needed.",
    Facet.STEPS: f"{NAME}: steps.",
    Facet.FORM: f"{NAME}: forms to fill in.",
    Facet.WHO: f"{NAME}: who may apply.",
    Facet.PROXY: f"{NAME}: it depends.",
    Facet.DEADLINE: f"{NAME}: trong 60 ngày.",
    Facet.RESULT: f"{NAME}: what you get.",
    Facet.VALIDITY: f"{NAME}: how long it is valid.",
    Facet.LEGAL_BASIS: f"{NAME}: legal basis.",
}


def told(facet: Facet, facts: dict[str, Any], say: Sentences = VIETNAMESE, **more: Any) -> list[str]:
    some = entry(**{"sources": {"cong": source()}, **facts})
    found = section(speaker(some, say=say, laws=LAWS, offices=OFFICES, **more), some, facet)
    return ["".join(span.text for span in line) for line in found.lines]


@pytest.mark.parametrize("facet", list(Facet))
def test_a_known_facet_is_told(facet: Facet) -> None:
    assert told(facet, FACTS) == TOLD_IN_VIETNAMESE[facet]


@pytest.mark.parametrize("facet", list(Facet))
def test_the_facts_stay_the_same_in_english_sentences(facet: Facet) -> None:
    lines = told(facet, FACTS, ENGLISH)
    assert lines[0] == HEADS_IN_ENGLISH[facet]
    assert len(lines) == len(TOLD_IN_VIETNAMESE[facet])


@pytest.mark.parametrize("facet", list(Facet))
def test_an_unknown_facet_is_said_to_be_unknown_with_whom_to_ask(facet: Facet) -> None:
    part = VIETNAMESE.facets[facet].lower()
    assert told(facet, {}) == [
        f"{NAME}, phần {part}: chưa có thông tin đã kiểm chứng. "
        "Hãy hỏi nơi tiếp nhận (Ủy ban nhân dân cấp xã) hoặc xem trang chính thức."
    ]
    part = ENGLISH.facets[facet].lower()
    assert told(facet, {}, ENGLISH) == [
        f"{NAME}, {part}: no confirmed information. Ask the office (Ủy ban nhân dân cấp xã) or see the official page."
    ]


@pytest.mark.parametrize("facet", list(Facet))
def test_a_section_rests_on_its_source_and_a_missing_one_on_none(facet: Facet) -> None:
    full, bare = entry(**FACTS), entry()
    known = section(speaker(full, laws=LAWS, offices=OFFICES), full, facet)
    assert known.sources == (full.sources["cong"],)
    assert section(speaker(bare), bare, facet).sources == ()


@pytest.mark.parametrize("facet", list(Facet))
def test_has_section_tells_what_is_known(facet: Facet) -> None:
    assert has_section(entry(**{KEYS[facet]: FACTS[KEYS[facet]]}), facet)
    assert not has_section(entry(**{k: v for k, v in FACTS.items() if k != KEYS[facet]}), facet)


@pytest.mark.parametrize("facet", list(Facet))
def test_only_headlines_are_strong(facet: Facet) -> None:
    some = entry(**FACTS)
    lines = section(speaker(some, laws=LAWS, offices=OFFICES), some, facet).lines
    strong = [line[0].text for line in lines if line[0].strong]
    assert strong == [lines[0][0].text, *["Trường hợp: Trẻ bị bỏ rơi"] * (facet is Facet.DOCUMENTS)]


def test_every_facet_has_its_section() -> None:
    assert set(SECTIONS) == set(Facet)


@pytest.mark.parametrize("facet", [f for f in Facet if f is not Facet.FORM])
def test_a_doubt_is_told_last(facet: Facet) -> None:
    key = KEYS[facet]
    lines = told(facet, {key: {**FACTS[key], "doubt": "Hãy hỏi lại."}})
    assert lines == [*TOLD_IN_VIETNAMESE[facet], "Hãy hỏi lại."]


@pytest.mark.parametrize("facet", [f for f in Facet if f not in (Facet.FORM, Facet.FEE)])
@pytest.mark.parametrize(
    ("until", "warned"), [("2026-11-22", True), ("2026-11-23", False), ("2026-12-31", False), (None, False)]
)
def test_a_fact_past_its_last_day_is_told_with_a_warning(facet: Facet, until: str | None, warned: bool) -> None:
    lines = told(facet, {**FACTS, "sources": {"cong": source(effective_until=until)}})
    warning = "Thông tin này đã hết hạn ngày 22/11/2026. Hãy hỏi lại nơi tiếp nhận."
    assert lines == TOLD_IN_VIETNAMESE[facet] + [warning] * warned


def test_a_time_limit_whose_own_source_has_ended_is_told_with_a_warning() -> None:
    item = {"quantity": 3, "unit": "ngày", "source": "cu"}
    facts = {
        "sources": {"cong": source(), "cu": source(effective_until="2026-01-01")},
        "time_limit": {"source": "cong", "items": [item]},
    }
    assert "Thông tin này đã hết hạn ngày 01/01/2026. Hãy hỏi lại nơi tiếp nhận." in told(Facet.TIME, facts)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"quantity": 1, "unit": "giờ"}, "1 giờ"),
        ({"quantity": 2, "unit": "tháng"}, "2 tháng"),
        ({"quantity": 1, "unit": "ngày", "text": "Trong ngày. "}, "trong ngày"),
        ({"quantity": 7, "unit": "ngày", "channels": ["trực tuyến"]}, "7 ngày nếu nộp trực tuyến"),
        (
            {"quantity": 7, "unit": "ngày", "channels": ["trực tiếp", "bưu chính"], "when": "Phải xác minh"},
            "7 ngày nếu nộp trực tiếp hoặc qua bưu chính (phải xác minh)",
        ),
        ({"quantity": 7, "unit": "ngày", "when": "UBND xã xác minh"}, "7 ngày (UBND xã xác minh)"),
    ],
)
def test_a_time_limit_says_its_unit_channel_and_case(item: dict[str, Any], words: str) -> None:
    assert told(Facet.TIME, {"time_limit": {"source": "cong", "items": [item]}}) == [f"{NAME}: {words}."]


def test_three_short_limits_stand_in_one_sentence_and_four_in_a_list() -> None:
    items = [{"quantity": n, "unit": "ngày", "when": f"Cấp {n}"} for n in (1, 2, 3, 4)]
    three = told(Facet.TIME, {"time_limit": {"source": "cong", "items": items[:3]}})
    assert three == [f"{NAME}: 1 ngày (cấp 1); 2 ngày (cấp 2); 3 ngày (cấp 3)."]
    four = told(Facet.TIME, {"time_limit": {"source": "cong", "items": items}})
    assert four == [
        f"{NAME}: thời hạn theo từng trường hợp.",
        *(f"• {n} ngày (cấp {n})." for n in (1, 2, 3, 4)),
    ]


@pytest.mark.parametrize(("length", "lines"), [(159, 1), (160, 2)])
def test_a_long_limit_stands_on_its_own_line(length: int, lines: int) -> None:
    item = {"quantity": 1, "unit": "ngày", "text": "x" * length}
    assert len(told(Facet.TIME, {"time_limit": {"source": "cong", "items": [item]}})) == lines


def test_no_form_known_is_said() -> None:
    facts = {"documents": {"source": "cong", "cases": [{"items": [{"name": "Giấy chứng sinh"}]}]}}
    assert told(Facet.FORM, facts) == [f"{NAME}: chưa rõ số mẫu. Tờ khai có ở nơi tiếp nhận và trên trang chính thức."]


def test_a_form_needed_in_two_cases_is_told_once() -> None:
    item = {"name": "Tờ khai", "form": "TK-01"}
    facts = {"documents": {"source": "cong", "cases": [{"items": [item]}, {"when": "Gửi thư", "items": [item]}]}}
    assert told(Facet.FORM, facts) == [f"{NAME}: mẫu cần điền.", "• Tờ khai (mẫu TK-01)"]


def test_a_deadline_without_what_being_late_means() -> None:
    assert told(Facet.DEADLINE, {"deadline": {"source": "cong", "text": "Trong 60 ngày."}}) == [
        f"{NAME}: trong 60 ngày."
    ]


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("123/2015/NĐ-CP", "Nghị định 123/2015/NĐ-CP"),
        ("75/2022/TT-BTC", "Thông tư 75/2022/TT-BTC"),
        ("02/2020/TTLT-BCA-BTP", "Thông tư liên tịch 02/2020/TTLT-BCA-BTP"),
        ("12/2018/NQ-HĐND", "Nghị quyết 12/2018/NQ-HĐND"),
        ("163/QĐ-BTP", "Quyết định 163/QĐ-BTP"),
        ("60/2014/QH13", "60/2014/QH13"),
    ],
)
def test_a_law_is_named_by_its_kind_where_its_sign_tells_it(number: str, name: str) -> None:
    assert law_name(number) == name


def test_dates_and_sentences_are_written_as_on_paper() -> None:
    assert date(datetime.date(2026, 7, 8)) == "08/07/2026"
    assert [sentence_part(t) for t in ("Xong.", "Xong", "Xong. . ")] == ["Xong"] * 3
