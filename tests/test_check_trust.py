"""Facts trusted too much: past their day, read long ago, without a document, free by mistake, hardly tested."""

import datetime
from pathlib import Path

import pytest

from bot.knowledge import Topic, examine
from tests.small import change, faults_of, write_base

TODAY = datetime.date(2026, 11, 23)
LATER = datetime.date(2027, 1, 1)
HO_TICH, CU_TRU, LAWS, OFFICES = "procedures/ho-tich.yaml", "procedures/cu-tru.yaml", "laws.yaml", "offices.yaml"
OVERLAY, QUESTIONS = "local/hai-phong.yaml", "questions/ho-tich.yaml"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


def told(base: Path, topic: Topic, today: datetime.date = TODAY, local: str | None = None) -> list[str]:
    """The warnings of a topic, as they are printed."""
    return [str(fault) for fault in examine(base, local, today).warnings if fault.topic == topic]


def line_of(base: Path, name: str, text: str) -> int:
    """The line of a file on which a text stands."""
    return change(base, name, text, text)


def test_a_fact_past_its_last_day_is_told_from_the_next_day_on(base: Path) -> None:
    line = line_of(base, HO_TICH, "tam: {origin: van-ban")
    words = "hết hiệu lực sau ngày 31/12/2026 → tìm quy định mới, sửa nội dung và nguồn"
    ended = f"{HO_TICH}:{line}: procedures.0.sources.tam.effective_until: {words}"
    assert ended not in told(base, Topic.DATES, datetime.date(2026, 12, 31))
    assert ended in told(base, Topic.DATES, LATER)


def test_a_source_that_no_fact_uses_may_end(base: Path) -> None:
    change(base, HO_TICH, ", source: tam}", "}")
    assert not [fault for fault in told(base, Topic.DATES, LATER) if ".tam." in fault]


def test_a_law_past_its_last_day_names_the_entries_that_rest_on_it(base: Path) -> None:
    line = line_of(base, LAWS, "{number: 123/2015/NĐ-CP")
    words = "123/2015/NĐ-CP hết hiệu lực sau ngày 31/12/2026, còn là căn cứ của khai-sinh"
    fault = f"{LAWS}:{line}: laws.1.effective_until: {words} → tìm văn bản thay thế, sửa các mục này"
    assert fault not in told(base, Topic.DATES)
    assert fault in told(base, Topic.DATES, LATER)
    change(base, HO_TICH, "[60/2014/QH13, 123/2015/NĐ-CP]", "[60/2014/QH13]")
    assert fault not in told(base, Topic.DATES, LATER)


@pytest.mark.parametrize(
    ("today", "stale"),
    [(datetime.date(2027, 1, 17), False), (datetime.date(2027, 1, 18), True)],
)
def test_what_was_read_half_a_year_ago_is_told_by_its_oldest_source(
    base: Path, today: datetime.date, stale: bool
) -> None:
    change(base, HO_TICH, "confidence: vừa, checked_on: 2026-07-18", "confidence: vừa, checked_on: 2026-07-19")
    line = line_of(base, HO_TICH, "cong: {origin: cong-dvcqg, document: 163/QĐ-BTP")
    words = "đọc lần cuối ngày 18/07/2026, đã 184 ngày → đọc lại nguồn, sửa chỗ khác, ghi ngày mới"
    fault = f"{HO_TICH}:{line}: procedures.0.sources.cong.checked_on: {words}"
    assert (fault in told(base, Topic.DATES, today)) is stale
    office = f"{OFFICES}:{line_of(base, OFFICES, 'id: cong-an-xa') + 6}: offices.1.checked_on: {words}"
    assert (office in told(base, Topic.DATES, today)) is stale


def test_entries_of_one_file_read_long_ago_are_told_together(base: Path) -> None:
    first = line_of(base, HO_TICH, "cong: {origin: cong-dvcqg, document: 163/QĐ-BTP")
    second = line_of(base, HO_TICH, "cong: {origin: cong-dvcqg, confidence: vừa")
    words = f"2 mục có nguồn đọc đã hơn 183 ngày, ở các dòng {first}, {second}"
    mend = "đọc lại nguồn, sửa chỗ khác, ghi ngày mới"
    stale = [fault for fault in told(base, Topic.DATES, LATER + datetime.timedelta(days=17)) if HO_TICH in fault]
    assert f"{HO_TICH}:{first}: procedures.0.sources.cong.checked_on: {words} → {mend}" in stale
    assert not [fault for fault in stale if fault.startswith(f"{HO_TICH}:{second}:")]


@pytest.mark.parametrize("name", ["cong", "phi"])
def test_a_day_of_reading_still_to_come_is_told(base: Path, name: str) -> None:
    day = {"cong": "2026-07-20", "phi": "2026-08-01"}[name]
    line = change(base, CU_TRU, f"checked_on: {day}", "checked_on: 2062-07-20")
    words = "ngày đọc 20/07/2062 còn ở tương lai → ghi ngày đã đọc nguồn"
    assert told(base, Topic.DATES) == [f"{CU_TRU}:{line}: procedures.0.sources.{name}.checked_on: {words}"]


def test_an_office_visited_on_a_day_still_to_come_is_told(base: Path) -> None:
    text = (base / OFFICES).read_text("utf-8")
    (base / OFFICES).write_text(text.replace("2026-07-18}", "2062-07-18}"), "utf-8")
    words = "ngày đọc 18/07/2062 còn ở tương lai → ghi ngày đã đọc nguồn"
    assert told(base, Topic.DATES) == [f"{OFFICES}:2: offices.0.checked_on: {words}"]


def test_groups_without_a_document_are_named(base: Path) -> None:
    line = line_of(base, CU_TRU, "cong: {origin: cong-dvcqg")
    groups = "who, documents, time_limit, proxy, place, result, validity, legal_basis"
    words = f"nguồn của {groups} chưa ghi số văn bản → thêm document: số hiệu văn bản"
    assert f"{CU_TRU}:{line}: procedures.0.sources.cong: {words}" in told(base, Topic.SOURCES)


def test_sources_of_one_file_without_a_document_are_told_together(base: Path) -> None:
    tam, doan = line_of(base, HO_TICH, "tam: {origin"), line_of(base, HO_TICH, "doan: {origin")
    again = line_of(base, HO_TICH, "cong: {origin: cong-dvcqg, confidence: vừa")
    words = f"3 nguồn chưa ghi số văn bản, ở các dòng {tam}, {doan}, {again} → thêm document: số hiệu văn bản"
    assert [fault for fault in told(base, Topic.SOURCES) if HO_TICH in fault] == [
        f"{HO_TICH}:{tam}: procedures.0.sources.tam: {words}"
    ]


def test_what_the_portal_shows_for_no_decision_is_no_document(base: Path) -> None:
    change(base, CU_TRU, "cong: {origin: cong-dvcqg, ", "cong: {origin: cong-dvcqg, document: QĐ/0001-BCA, ")
    assert [fault.split(": ")[1] for fault in told(base, Topic.SOURCES) if CU_TRU in fault] == [
        "procedures.0.sources.cong"
    ]


def test_a_source_with_its_document_is_not_told(base: Path) -> None:
    assert not [fault for fault in told(base, Topic.SOURCES) if f"{CU_TRU}:" in fault and ".phi:" in fault]


def test_an_unknown_source_is_an_error_only(base: Path) -> None:
    change(base, CU_TRU, "source: phi", "source: phii")
    assert len(faults_of(base)) == 1
    assert not [fault for fault in told(base, Topic.FEES) if CU_TRU in fault]
    assert not [fault for fault in told(base, Topic.SOURCES) if "phii" in fault]


def test_an_entry_that_uses_no_source_it_has_is_not_called_old(base: Path) -> None:
    text = (
        (base / HO_TICH).read_text("utf-8").replace("source: cong", "source: khac").replace("source: tam", "source: k")
    )
    (base / HO_TICH).write_text(text.replace("source: doan", "source: k"), "utf-8")
    assert not [fault for fault in told(base, Topic.DATES, LATER) if HO_TICH in fault]


@pytest.mark.parametrize(
    ("old", "new", "index", "words"),
    [
        (
            "{name: Đăng ký đúng hạn, amount: 0}",
            "{name: Đăng ký đúng hạn, amount: 0}",
            0,
            "0 đồng mà 163/QĐ-BTP chỉ công bố thủ tục: “miễn phí” trên Cổng thường là ô để trống"
            " → tìm văn bản đặt mức 0, ghi nó vào document của nguồn",
        ),
        ("amount: 8000", "amount: 8", 1, "8 đồng: có thể thiếu ba số 0 → viết đủ số đồng: 8000"),
        (
            "amount: 9000",
            "amount: 9000",
            3,
            "nguồn có độ tin thấp: bot không nói mức này → tìm nguồn chắc hơn, hoặc xóa",
        ),
    ],
)
def test_fee_traps(base: Path, old: str, new: str, index: int, words: str) -> None:
    line = change(base, HO_TICH, old, new)
    assert f"{HO_TICH}:{line}: procedures.0.fee.items.{index}.amount: {words}" in told(base, Topic.FEES)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("tam: {origin: van-ban", True),
        ("tam: {origin: van-ban, document: QĐ/0001-BTP", True),
        ("tam: {origin: van-ban, document: 281/2016/TT-BTC", False),
        ("tam: {origin: cong-dvcqg, document: 17/2023/QH15", False),
    ],
)
def test_a_fee_of_zero_without_a_document_is_an_error(base: Path, source: str, wrong: bool) -> None:
    change(base, HO_TICH, "tam: {origin: van-ban", source)
    line = change(base, HO_TICH, "đúng hạn, amount: 0}", "đúng hạn, amount: 0, source: tam}")
    mend = "ghi document của nguồn; không có văn bản thì bỏ mức 0 và viết unknown"
    place = f"{HO_TICH}:{line}: procedures.0.fee.items.0.amount"
    assert faults_of(base) == [f"{place}: 0 đồng mà nguồn không ghi số văn bản → {mend}"] * wrong
    assert not [fault for fault in told(base, Topic.FEES) if fault.startswith(place)]


def test_a_free_item_by_a_document_read_itself_is_no_trap(base: Path) -> None:
    change(base, CU_TRU, "amount: 7000", "amount: 0")
    assert not [fault for fault in told(base, Topic.FEES) if CU_TRU in fault]


def test_faults_of_the_overlay_stand_in_the_overlay(base: Path) -> None:
    line = change(base, OVERLAY, "document: 23/2026/NQ-HĐND, ", "")
    zero = change(base, OVERLAY, "amount: 10000", "amount: 0")
    sources = told(base, Topic.SOURCES, local="hai-phong")
    assert [fault.split(": ")[0] for fault in sources if OVERLAY in fault] == [f"{OVERLAY}:{line}"]
    assert [fault.split(": ")[0] for fault in faults_of(base, "hai-phong")] == [f"{OVERLAY}:{zero}"]


def test_too_few_phrases_are_counted(base: Path) -> None:
    line = line_of(base, CU_TRU, "    phrases:")
    assert f"{CU_TRU}:{line}: procedures.0.phrases: mới có 3 cách hỏi → thêm cho đủ 12, mỗi câu một kiểu" in told(
        base, Topic.PHRASES
    )
    more = "".join(f"      - thuê nhà số {number}\n" for number in range(9))
    change(base, CU_TRU, "    phrases:\n", "    phrases:\n" + more)
    assert not [fault for fault in told(base, Topic.PHRASES) if CU_TRU in fault]


def test_too_few_test_questions_are_counted_at_the_entry(base: Path) -> None:
    assert [fault.split(" → ")[0] for fault in told(base, Topic.QUESTIONS)] == [
        f"{CU_TRU}:3: procedures.0: mới có 0 câu hỏi thử",
        f"{HO_TICH}:3: procedures.0: mới có 1 câu hỏi thử",
        f"{HO_TICH}:{line_of(base, HO_TICH, '- id: khai-sinh-lai')}: procedures.1: mới có 0 câu hỏi thử",
    ]
    asked = ("ở nhờ nhà bạn", "mới dọn đến khu trọ", "chuyển phòng", "sinh viên ở ký túc")
    extra = "".join(f"  - {{question: {question}, expect: tam-tru}}\n" for question in asked)
    change(base, QUESTIONS, "questions:\n", "questions:\n" + extra)
    assert not [fault for fault in told(base, Topic.QUESTIONS) if CU_TRU in fault]


def test_test_questions_are_not_counted_where_some_cannot_be_read(base: Path) -> None:
    change(base, QUESTIONS, "facets: [place]", "facets: [nơi]")
    assert told(base, Topic.QUESTIONS) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        (
            HO_TICH,
            "effective_until: 2026-12-31",
            "effective_from: 2027-01-01, effective_until: 2026-12-31",
            "0.sources.tam",
        ),
        (LAWS, "effective_until: 2026-12-31", "effective_from: 2027-01-01, effective_until: 2026-12-31", "1"),
    ],
)
def test_what_ends_before_it_begins_is_an_error(base: Path, name: str, old: str, new: str, key: str) -> None:
    line = change(base, name, old, new)
    register = name.split("/")[0].removesuffix(".yaml")
    words = "hết hiệu lực 2026-12-31 trước khi có hiệu lực 2027-01-01 → xem lại hai ngày"
    assert faults_of(base) == [f"{name}:{line}: {register}.{key}.effective_until: {words}"]
