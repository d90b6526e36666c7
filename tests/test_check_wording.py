"""Words: phrases and names alike, test questions too close, plain language, answers too long."""

import datetime
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bot.knowledge import Knowledge, Topic, examine
from bot.knowledge.base import _read
from bot.knowledge.length import FRAME_UNITS, _addresses, _law_titles, section_sizes
from bot.knowledge.likeness import ALIKE, _pairs
from bot.knowledge.plainness import OFFICIALESE, sentences
from bot.knowledge.said import Said
from bot.phrases import VIETNAMESE
from bot.procedures import Facet
from bot.replies import Speaker, answered
from bot.replies.sections import has_section
from tests.running import KNOWLEDGE
from tests.small import change, faults_of, write_base

TODAY = datetime.date(2026, 11, 23)
HO_TICH, CU_TRU, QUESTIONS = "procedures/ho-tich.yaml", "procedures/cu-tru.yaml", "questions/ho-tich.yaml"
BIRTH = "- con mới đẻ làm giấy tờ gì"
AGAIN = "- mất giấy khai sinh làm lại"
SECTION = {Facet.TIME: "time_limit", Facet.FORM: "documents"}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


def told(base: Path, topic: Topic) -> list[str]:
    """The warnings of a topic, as they are printed."""
    return [str(fault) for fault in examine(base, None, TODAY).warnings if fault.topic == topic]


@pytest.mark.parametrize(
    "phrase",
    [
        "khai báo tạm trú cho người thuê nha",
        "khai bao tam tru cho nguoi thue nha",
        "khai báo tạm trú cho người thuê nhà ạ",
        "người thuê nhà khai báo tạm trú cho",
        unicodedata.normalize("NFD", "khai báo tam trú cho ngươi thuê nhà"),
    ],
)
def test_phrases_of_two_entries_alike_are_told_once_at_the_later(base: Path, phrase: str) -> None:
    line = change(base, HO_TICH, BIRTH, f"- {phrase}")
    (fault,) = told(base, Topic.LIKENESS)
    assert fault.startswith(f"{HO_TICH}:{line}: procedures.0.phrases.2: “")
    assert "/100 với “khai báo tạm trú cho người thuê nhà” của mục tam-tru → " in fault
    assert faults_of(base) == []


@pytest.mark.parametrize(
    "phrase", ["khai báo tạm vắng khi đi xa", "cho người thuê nhà ở", "Khai báo TẠM TRÚ cho người thuê nhà?"]
)
def test_phrases_less_alike_or_equal_are_no_warning(base: Path, phrase: str) -> None:
    change(base, HO_TICH, BIRTH, f"- {phrase}")
    assert told(base, Topic.LIKENESS) == []


def test_twins_may_be_alike_since_the_bot_asks_which_is_meant(base: Path) -> None:
    change(base, HO_TICH, AGAIN, "- con moi đẻ làm giấy tờ gì")
    assert told(base, Topic.LIKENESS) == []
    change(base, HO_TICH, "procedure: khai-sinh-lai}", "procedure: tam-tru}")
    (fault,) = told(base, Topic.LIKENESS)
    assert "giống 100/100 với “con mới đẻ làm giấy tờ gì” của mục khai-sinh" in fault


def test_only_the_nearest_phrase_is_named(base: Path) -> None:
    change(base, CU_TRU, "- thuê trọ phải đăng ký gì", "- khai báo tạm trú cho người thuê nhà ở đâu")
    change(base, HO_TICH, BIRTH, "- khai bao tạm trú cho người thuê nhà")
    (fault,) = told(base, Topic.LIKENESS)
    assert "giống 100/100 với “khai báo tạm trú cho người thuê nhà”" in fault


def test_comparing_what_shares_a_rare_word_loses_no_pair_of_the_shipped_base() -> None:
    _, draft = _read(KNOWLEDGE, None)
    files = {"ho-tich.yaml", "cu-tru.yaml", "giao-duc.yaml"}
    wordings = tuple(w for w in draft.wordings if Path(w.document.name).name in files)
    found = {(first, second) for _, first, second in _pairs(wordings)}
    texts = [w.folded for w in wordings]
    every = {
        (first, second)
        for second, text in enumerate(texts)
        for first in range(second)
        if wordings[first].entry != wordings[second].entry and fuzz.ratio(texts[first], text, score_cutoff=ALIKE)
    }
    assert len(every) > 5
    assert every <= found


def test_names_equal_without_accents_are_told(base: Path) -> None:
    line = change(base, HO_TICH, "name: Đăng ký lại khai sinh", "name: Đang kí tạm trù")
    (fault,) = told(base, Topic.NAMES)
    assert fault.startswith(f"{HO_TICH}:{line}: procedures.1.name: tên này viết không dấu thì giống tên mục tam-tru: ")
    assert faults_of(base) == []


@pytest.mark.parametrize(
    ("question", "close"),
    [
        ("đăng ký khai sinh", True),
        ("dang ki khai sinh a", True),
        ("khai sinh đăng ký", True),
        ("con mới đẻ thì làm giấy tờ gì", True),
        ("nhà có cháu bé, ra phường khai ở đâu", False),
        ("đăng ký tạm trú", False),
    ],
)
def test_a_test_question_too_close_to_a_phrase_of_its_own_entry_is_an_error(
    base: Path, question: str, close: bool
) -> None:
    line = change(base, QUESTIONS, "sinh con xong phải khai ở đâu", f"'{question}'")
    faults = faults_of(base)
    assert len(faults) == close
    for fault in faults:
        assert fault.startswith(f"{QUESTIONS}:{line}: questions.0.question: giống ")
        assert fault.endswith(" của mục khai-sinh → viết câu thử khác hẳn các cách hỏi của mục")


def test_likeness_knows_entries_whose_file_is_wrong_to_be_missing(base: Path) -> None:
    change(base, HO_TICH, "field: Hộ tịch", "field: [Hộ tịch]")
    assert told(base, Topic.LIKENESS) == []


def words(count: int) -> str:
    """A text of so many words."""
    return " ".join(["chữ"] * count)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Nộp ở xã. Nhận trong ngày.", [3, 3]),
        ("Nộp 8.000 đồng ở 123/2015/NĐ-CP.", [5]),
        ("Có mất không? Không! Thế thì…  thôi\nHết", [3, 1, 2, 1, 1]),
        ("", []),
        (" . ", []),
    ],
)
def test_sentences_and_their_words(text: str, counts: list[int]) -> None:
    assert [sentence.words for sentence in sentences(Said((), text, True))] == counts


@given(st.text(alphabet="ab .!?…\n", max_size=60))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    found = list(sentences(Said((), text, True)))
    assert all(sentence.words == len(sentence.text.split()) > 0 for sentence in found)
    kept = [word for sentence in found for word in sentence.text.split()]
    assert sum(set(word) & {"a", "b"} != set() for word in kept) == sum(
        set(w) & {"a", "b"} != set() for w in text.split()
    )


@pytest.mark.parametrize(("count", "wrong"), [(15, 0), (30, 0), (31, 1), (45, 1)])
def test_a_sentence_of_more_than_thirty_words_is_an_error(base: Path, count: int, wrong: int) -> None:
    line = change(base, CU_TRU, "- Hết hạn thì gia hạn trước 15 ngày.", f"- {words(count)}.")
    place = f"{CU_TRU}:{line}: procedures.0.notes.0: câu dài {count} chữ: “chữ chữ"
    assert [fault.startswith(place) for fault in faults_of(base)] == [True] * wrong


def test_only_the_long_sentence_of_a_text_is_told(base: Path) -> None:
    change(base, CU_TRU, "- Hết hạn thì gia hạn trước 15 ngày.", f"- Ngắn thôi. {words(33)}. {words(29)}.")
    (fault,) = faults_of(base)
    assert ": câu dài 33 chữ: “chữ chữ" in fault


@pytest.mark.parametrize(
    ("name", "old", "key"),
    [
        ("routes.yaml", "text: Xin chào. Bạn cần làm thủ tục gì?", "routes.1.text"),
        ("offices.yaml", "name: Công an xã", "offices.1.name"),
        (HO_TICH, "question: Trẻ đã từng được đăng ký khai sinh chưa?", "twins.0.question"),
        (HO_TICH, "when: Nhờ người khác đi thay", "procedures.0.documents.cases.1.when"),
        (HO_TICH, "- Nộp hồ sơ.", "procedures.0.steps.items.0"),
        (CU_TRU, "summary: Dành cho người đến ở từ 30 ngày.", "procedures.0.summary"),
    ],
)
def test_all_that_citizens_read_is_measured(base: Path, name: str, old: str, key: str) -> None:
    line = change(base, name, old, f"{old.split(' ')[0]} {words(33)}")
    assert [fault.split(": câu dài")[0] for fault in faults_of(base)] == [f"{name}:{line}: {key}"]


def test_what_citizens_do_not_read_is_not_measured(base: Path) -> None:
    change(base, CU_TRU, "official_name: Đăng ký tạm trú", f"official_name: {words(45)} nêu trên")
    change(base, CU_TRU, "- thuê trọ phải đăng ký gì", f"- thuê trọ {words(45)} nêu trên")
    assert told(base, Topic.PLAINNESS) == []
    assert faults_of(base) == []


def test_an_entry_of_long_sentences_is_told_at_its_head(base: Path) -> None:
    text = (base / CU_TRU).read_text("utf-8")
    for old in ("Người ở ngoài nơi", "Người đi thay mang", "Nộp ở công an", "Bạn nhận thông báo", "Tạm trú có giá trị"):
        text = text.replace(old, f"{words(14)} {old}")
    (base / CU_TRU).write_text(text, "utf-8")
    words_ = "một nửa số câu dài từ 21 chữ trở lên → viết câu ngắn hơn, phần lớn dưới 15 chữ"
    assert told(base, Topic.PLAINNESS) == [f"{CU_TRU}:3: procedures.0: {words_}"]


@pytest.mark.parametrize("officialese", OFFICIALESE)
def test_officialese_is_an_error_that_tells_what_to_say_instead(base: Path, officialese: str) -> None:
    text = unicodedata.normalize("NFD", f"Nộp giấy {officialese.upper()} xã.")
    line = change(base, CU_TRU, "text: Nộp ở công an xã nơi tạm trú.", f"text: {text}")
    place = f"{CU_TRU}:{line}: procedures.0.place.text"
    wanted = f"{place}: lời văn hành chính: “{officialese}” → {OFFICIALESE[officialese]}"
    assert wanted in faults_of(base)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Nộp ở công an xã nơi tạm trú.", "text: Nộp giấy đối vớiii xã."),
        ("{name: Giấy tờ về chỗ ở", "{name: Tờ khai đối với người nêu trên"),
        ("form: CT01", "form: Mẫu ban hành kèm theo"),
        ("- Hết hạn thì gia hạn trước 15 ngày.", "- Cán bộ tra được trên Cơ sở dữ liệu dân cư."),
    ],
)
def test_parts_of_words_databases_and_names_of_papers_are_no_officialese(base: Path, old: str, new: str) -> None:
    change(base, CU_TRU, old, new)
    assert faults_of(base) == []


def test_an_answer_longer_than_a_message_is_told(base: Path) -> None:
    steps = "".join(f"        - {words(12)}. {words(13)}.\n" for _ in range(45))
    line = change(base, HO_TICH, "        - Nộp hồ sơ.\n", steps) - 3
    (fault,) = told(base, Topic.LENGTH)
    assert fault.startswith(f"{HO_TICH}:{line}: procedures.0.steps: câu trả lời dài khoảng ")
    assert fault.endswith(" ký tự, một tin nhắn chứa 4096 → viết gọn lại, hoặc chia mục này làm nhiều mục")


def test_the_overview_is_measured_as_a_whole(base: Path) -> None:
    papers = "".join(f"            - {{name: Giấy {number} {words(70)}}}\n" for number in range(11))
    change(base, CU_TRU, "            - {name: Giấy tờ về chỗ ở, copy: xuất trình}\n", papers)
    change(base, CU_TRU, "text: Nộp ở công an xã nơi tạm trú.", f"text: {'. '.join([words(13)] * 17)}")
    assert {fault.split(": ")[1] for fault in told(base, Topic.LENGTH)} == {"procedures.0.summary"}


@pytest.mark.parametrize("local", [None, "hai-phong"])
def test_the_estimate_is_never_below_what_is_really_said(local: str | None) -> None:
    """On the day when most facts have ended, with all their warnings."""
    _, draft = _read(KNOWLEDGE, local)
    knowledge = examine(KNOWLEDGE, local, TODAY).knowledge
    assert isinstance(knowledge, Knowledge)
    speaker = Speaker(VIETNAMESE, knowledge, datetime.date(2027, 3, 2))
    texts = {(document.name, group[0].path[:2]): group for document, group in draft.texts if group}
    registers = _law_titles(draft) | _addresses(draft)
    for document, path, entry in draft.entries():
        sizes = section_sizes(entry, texts[document.name, path], registers)
        for facet in (None, *Facet):
            if facet is None or has_section(entry, facet):
                key = SECTION.get(facet, facet.value) if facet else "summary"
                lines = answered(speaker, entry.id, (facet,) if facet else ()).lines
                said = "\n".join("".join(span.text for span in line) for line in lines)
                assert len(said.encode("utf-16-le")) // 2 <= sizes.get(key, FRAME_UNITS), (entry.id, key)
