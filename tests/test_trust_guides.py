"""Warnings about guides, and their answers on another day: what holds of procedures holds of them."""

import datetime
import json
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.knowledge import Topic, examine, load
from bot.replies import Voice
from bot.trial import Kind, by_field, shifts, tried
from tests.commands import Station
from tests.guiding import GUIDES, load_whole, write_whole
from tests.small import change
from tests.values import NOW

TODAY = datetime.date(2026, 9, 23)
FEES_END, AFTER = datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)
QUESTION = "  - {question: số vneid để làm gì vậy nhỉ, expect: dung-vneid}\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_whole(tmp_path / "base")


def told(base: Path, topic: Topic, today: datetime.date = TODAY) -> list[str]:
    """The warnings of a topic about guides or laws, as they are printed."""
    found = [str(fault) for fault in examine(base, None, today).warnings if fault.topic == topic]
    return [text for text in found if text.startswith(("guides/", "laws"))]


def test_a_guide_needs_one_source_with_a_number(base: Path) -> None:
    line = change(base, GUIDES, "    sources:\n      tin:", "    sources:\n      tin:")
    words = (
        "chưa nguồn nào của hướng dẫn ghi số văn bản → tìm văn bản của cơ quan nhà nước nói việc này, thêm vào sources"
    )
    assert told(base, Topic.SOURCES) == [f"{GUIDES}:{line}: guides.1.sources: {words}"]
    change(base, GUIDES, "tin: {origin: van-ban,", "tin: {origin: van-ban, document: 1/2026/NĐ-CP,")
    assert told(base, Topic.SOURCES) == []


def test_sources_of_guides_grow_old_and_end(base: Path) -> None:
    assert told(base, Topic.DATES) == []
    assert "guides.0.sources.bao.checked_on: đọc lần cuối ngày 14/05/2026" in told(base, Topic.DATES, FEES_END)[0]
    ended = "guides.0.sources.bao.effective_until: hết hiệu lực sau ngày 31/12/2026"
    assert any(ended in text for text in told(base, Topic.DATES, AFTER))
    assert not any(".thua." in text for text in told(base, Topic.DATES, datetime.date(2028, 1, 1)))


def test_a_law_that_ended_names_the_guides_that_rest_on_it(base: Path) -> None:
    change(base, GUIDES, "document: 5709/QĐ-BCA-C06", "document: 123/2015/NĐ-CP")
    assert any("còn là căn cứ của khai-sinh, dung-vneid →" in text for text in told(base, Topic.DATES, AFTER))


def test_guides_are_asked_and_tested_as_much(base: Path) -> None:
    assert [text.split(": ")[2] for text in told(base, Topic.PHRASES)] == [
        "mới có 2 cách hỏi → thêm cho đủ 12, mỗi câu một kiểu",
        "mới có 1 cách hỏi → thêm cho đủ 12, mỗi câu một kiểu",
    ]
    change(base, "questions/ho-tich.yaml", "questions:\n", "questions:\n" + QUESTION)
    assert ["mới có 1 câu" in text for text in told(base, Topic.QUESTIONS)] == [True, False]


def test_a_guide_past_its_day_is_told_with_a_warning(tmp_path: Path) -> None:
    knowledge = load_whole(tmp_path)
    (shift,) = [shift for shift in shifts(knowledge, FEES_END, AFTER) if shift.entry == "dung-vneid"]
    assert (shift.name, shift.facet, shift.kind, shift.gone) == ("Dùng VNeID", None, Kind.WARNED, ())
    assert "31/12/2026" in shift.new[0]
    assert not [shift for shift in shifts(knowledge, AFTER, datetime.date(2027, 3, 2)) if shift.entry == "dung-vneid"]


def test_guides_have_a_heading_of_their_own_behind_the_fields(base: Path) -> None:
    change(base, "questions/ho-tich.yaml", "questions:\n", "questions:\n" + QUESTION)
    knowledge = load(base, None)
    counted = by_field(tried(Desk(knowledge, Voice("xã An Bình"), lambda: NOW)), knowledge)
    assert {field: tally.answerable for field, tally in counted.items()} == {"Hộ tịch": 1, "Hướng dẫn": 1}
    assert list(counted) == ["Hộ tịch", "Hướng dẫn"]


def test_the_command_lists_guides_that_change_by_a_day(tmp_path: Path) -> None:
    station = Station(tmp_path)
    write_whole(station.knowledge)
    assert "\ndung-vneid · Cả bài hướng dẫn: thêm lời nhắc\n  + " in station.prints("kb", "test", "--on", "2099-01-01")
    answers = json.loads(station.prints("kb", "test", "--on", "2099-01-01", "--json"))["answers"]
    assert [a["name"] for a in answers if a["entry"] == "dung-vneid"] == ["Dùng VNeID"]
