"""From a question without an answer to the push: one citizen, one clerk, the real processes, a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.passes import SIGN_IN
from tests.browsing import CHROMIUM, chromium, picture, window
from tests.emulator.client import Emulator
from tests.emulator.person import Person
from tests.reviewing import ASKED, Repository
from tests.running import free_port, running
from tests.small import write_base
from tests.staffing import hire, sends_to_staff, staff_group, staffed, value

OTHER = "bị người lạ ngủ nhờ lấy trộm xe máy"  # like An's question, and yet about something else

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs chromium")


@pytest.fixture
def office(folder: Path) -> Repository:
    """The office's own base, in a repository."""
    write_base(folder / "kb" / "bo-rieng")
    repository = Repository(folder / "kb")
    repository.begin()
    return repository


def test_an_unanswered_question_becomes_an_answer_and_its_asker_is_told(
    emulator: Emulator, folder: Path, office: Repository
) -> None:
    port = free_port()
    base, home = office.root / "bo-rieng", f"http://127.0.0.1:{port}"
    own = staffed(emulator, staff_group(), MOTCUA_KNOWLEDGE=str(base), MOTCUA_LOCAL="null", MOTCUA_STAFF_URL=home)
    an, hoa, binh = (emulator.person(name) for name in ("An", "Hoa", "Bình"))
    with running(folder, **own) as bot, running(folder, "staff", "--port", str(port), **own) as pages:
        bot.wait_for("đang chạy")
        pages.wait_for("Trang cán bộ:")
        hire(folder, binh)
        sends_to_staff(an, ASKED)
        sends_to_staff(hoa, OTHER)
        emulator.wait_until(lambda: value(folder, "SELECT count(*) FROM questions WHERE ticket = 1") == 2, 20)
        [link] = binh.says("/dangnhap")
        with chromium() as browser, window(browser, home) as context:
            page = context.new_page()
            page.goto(next(word for word in link.text.split() if SIGN_IN in word))
            settles(page)
            told_once(emulator, folder, an, hoa)
            page.goto("/kiem-toan")
            expect(page.get_by_role("row").filter(has_text="ghi vào bộ tri thức")).to_contain_text("Bình")
            picture(page, "chuoi-kiem-toan")
        [answer] = an.says(ASKED)
        assert answer.text.startswith("Đăng ký tạm trú")
        assert "failed:" not in bot.output()
    assert office.git("show", "--numstat", "--format=%an").splitlines() == [
        "Bình",
        "",
        "1\t0\tbo-rieng/procedures/cu-tru.yaml",
        "3\t0\tbo-rieng/questions/tu-nguoi-dan.yaml",
    ]
    assert f"\n+      - {ASKED}\n" in office.git("show")


def settles(page: Page) -> None:
    """What Bình does from the button behind the link to the word that it is written."""
    page.get_by_role("button", name="Đăng nhập với tên Bình").click()
    page.get_by_role("link", name=OTHER).click()  # a group bears the words of its newest question
    page.get_by_label("Cách hỏi sẽ thêm").fill(ASKED)
    page.get_by_role("button", name="Tìm mục theo chữ này").click()
    page.get_by_role("link", name="Đăng ký tạm trú").click()  # what citizens will be told
    expect(page.get_by_role("region", name="Người dân thấy")).to_contain_text("Giấy tờ về chỗ ở")
    page.go_back()
    page.get_by_role("button", name="Thêm vào: Đăng ký tạm trú").click()
    expect(page.get_by_role("heading", name="Kết quả thử")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("row", name=ASKED)).to_contain_text("Đăng ký tạm trú")
    expect(page.get_by_text("1 câu của người dân sau khi thêm vẫn chưa được trả lời thẳng")).to_be_visible()
    page.get_by_role("button", name="Ghi vào bộ tri thức").click()
    expect(page.get_by_role("status")).to_contain_text("1 người sẽ được báo.")


def told_once(emulator: Emulator, folder: Path, an: Person, hoa: Person) -> None:
    """An is told; Hoa, whose question goes back into the queue, is not, and waits on."""
    push = an.hears(30)[-1]
    assert push.text.startswith("Câu hỏi của bạn nay đã có câu trả lời.")
    assert f'Bạn đã hỏi: "{ASKED}"' in push.text
    assert push.labels[-2:] == ["Cảm ơn", "Vẫn chưa đúng"]
    again = f"SELECT count(*) FROM questions WHERE ticket = 2 AND question = '{OTHER}'"
    emulator.wait_until(lambda: value(folder, again) == 1, 20)
    assert value(folder, "SELECT count(*) FROM outbox") == 1
    assert value(folder, "SELECT count(*) FROM watches") == 1
    heard = [call.text or "" for call in emulator.calls("sendMessage") if call.chat_id == hoa.chat_id]
    assert not [text for text in heard if "nay đã có câu trả lời" in text]
