"""The real process and its figures: /thongke for staff alone, with a chart; the report of a past period, sent once."""

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from docx import Document
from PIL import Image

from bot.config import OFFICE_TIME
from bot.storage import Questions
from tests.emulator.client import Emulator
from tests.emulator.person import Person
from tests.entries import answered
from tests.running import Running, running
from tests.serving import settings
from tests.staffing import audited, books, hire, now, staff_group, staffed

MIDNIGHT = "00:00"  # the hour of the report has come whenever the tests run


@pytest.fixture
def group() -> dict[str, Any]:
    return staff_group()


@pytest.fixture
def bot(emulator: Emulator, folder: Path, group: dict[str, Any]) -> Iterator[Running]:
    with running(folder, **staffed(emulator, group, MOTCUA_STAFF_URL="https://canbo.vn")) as process:
        process.wait_for("đang chạy")
        yield process
        assert "failed:" not in process.output()
        assert "could not be handled" not in process.output()


@pytest.fixture
def binh(emulator: Emulator, bot: Running, folder: Path) -> Person:
    """Bình in private."""
    person = emulator.person("Bình")
    hire(folder, person)
    return person


def logs(folder: Path, *days_ago: int) -> None:
    """A question about a temporary residence on each of these days."""
    with books(folder) as database:
        for days in days_ago:
            at = now() - datetime.timedelta(days=days)
            day = at.astimezone(OFFICE_TIME).date()
            Questions(database).add(answered("đăng ký tạm trú", "tam-tru", asked_at=at, local_day=day)).result()


def uploaded(emulator: Emulator, file_id: str) -> bytes:
    """The file of an upload, fetched as the Bot API has it."""
    urls = settings(emulator)
    token = urls["MOTCUA_TOKEN"]
    found = httpx.get(f"{urls['MOTCUA_BASE_URL']}{token}/getFile", params={"file_id": file_id}).json()["result"]
    return httpx.get(f"{urls['MOTCUA_BASE_FILE_URL']}{token}/{found['file_path']}").content


def test_bình_reads_the_figures_under_their_chart(emulator: Emulator, folder: Path, binh: Person) -> None:
    logs(folder, 0, 0)
    picture, text = binh.says("/thongke hôm nay")
    assert "Câu hỏi: 2 (kỳ trước 0)\n" in text.text
    assert "Trả lời thẳng: 2 (100,0%)\n" in text.text
    assert "1. Đăng ký tạm trú: 2\n" in text.text
    assert "Chưa trả lời được" not in text.text
    day = now().astimezone(OFFICE_TIME).date()
    assert text.text.endswith(f"https://canbo.vn/so-lieu?tu={day}&den={day}")
    (call,) = emulator.calls("sendPhoto")[-1:]
    with Image.open(io.BytesIO(uploaded(emulator, call.params["photo"]))) as drawn:
        assert (drawn.format, drawn.width) == ("PNG", 1200)
    assert picture.params["chat_id"] == text.params["chat_id"]


def test_other_spans_and_words_that_name_none(emulator: Emulator, binh: Person) -> None:
    for words, said in (("", "Số liệu ngày "), (" tuan", "Số liệu từ "), (" Tháng", "Số liệu tháng ")):
        [text] = binh.says(f"/thongke{words}")  # nobody asked: there is nothing to draw
        assert text.text.startswith(said)
        assert "Câu hỏi: 0 (kỳ trước 0)" in text.text
    [how] = binh.says("/thongke năm ngoái")
    assert how.text == "Gõ /thongke hôm nay, /thongke tuần hoặc /thongke tháng."


def test_for_chi_it_is_a_word_like_any_other(emulator: Emulator, bot: Running, folder: Path) -> None:
    logs(folder, 0)
    before = len(emulator.calls("sendPhoto"))
    [text] = emulator.person("Chi").says("/thongke tháng")
    assert "Số liệu" not in text.text
    assert len(emulator.calls("sendPhoto")) == before


def test_a_report_goes_to_the_group_once_however_often_the_bot_starts(
    emulator: Emulator, folder: Path, group: dict[str, Any]
) -> None:
    monday = now().astimezone(OFFICE_TIME).date()
    monday -= datetime.timedelta(days=monday.weekday() + 7)
    logs(folder, (now().astimezone(OFFICE_TIME).date() - monday).days)
    weekly = staffed(emulator, group, MOTCUA_REPORT_SCHEDULE="weekly", MOTCUA_DIGEST_AT=MIDNIGHT)
    for _ in range(2):
        with running(folder, **weekly) as process:
            process.wait_for("đang chạy")
            emulator.wait_until(lambda: bool(audited(folder, "report")), timeout=60)
    sent = [call for call in emulator.calls("sendDocument") if call.params["chat_id"] == group["id"]]
    assert len(sent) == 1
    sunday = monday + datetime.timedelta(days=6)
    assert sent[0].params["caption"] == f"Báo cáo từ {monday:%d/%m/%Y} đến {sunday:%d/%m/%Y}."
    document = Document(io.BytesIO(uploaded(emulator, sent[0].params["document"])))
    assert ["Câu hỏi", "1"] in [[cell.text for cell in row.cells][:2] for row in document.tables[1].rows]
    assert audited(folder, "report") == [f"bot: report:{monday}:{sunday}"]


def test_why_there_is_no_report_is_told_once(emulator: Emulator, folder: Path, group: dict[str, Any]) -> None:
    more = {"MOTCUA_REPORT_SCHEDULE": "weekly", "MOTCUA_DIGEST_AT": MIDNIGHT, "MOTCUA_REPORT_TEMPLATE": "khong-co"}
    with running(folder, **staffed(emulator, group, **more)) as process:
        process.wait_for("đang chạy")
        emulator.wait_until(lambda: bool(audited(folder, "report")), timeout=60)
    told = [c.text for c in emulator.calls("sendMessage") if c.params["chat_id"] == group["id"]]
    assert [words for words in told if words and "Không làm được báo cáo" in words and "report.yaml" in words]
