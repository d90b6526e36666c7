"""The real process with a staff group: what An asks comes to Bình, and Bình's words come to An, once."""

import datetime
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import OFFICE_TIME
from bot.roles import Role
from bot.storage import Draft, Settled, Switches, SwitchName, Tickets, Watches
from tests.emulator.client import Emulator
from tests.emulator.person import Person
from tests.emulator.seen import Call, Message
from tests.reviewing import ASKED
from tests.running import Running, running
from tests.serving import username
from tests.small import change, write_base
from tests.staffing import (
    QUESTION,
    WATCH,
    audited,
    books,
    dismiss,
    hire,
    now,
    sends_to_staff,
    staff_group,
    staffed,
    value,
)
from tests.test_end_to_end_persons import on_disk

WORDS = "Nuôi voi cần giấy phép của <Chi cục Kiểm lâm>.\nGọi 0225 *123*."


@pytest.fixture
def group() -> dict[str, Any]:
    return staff_group()


@pytest.fixture
def bot(emulator: Emulator, folder: Path, group: dict[str, Any]) -> Iterator[Running]:
    with running(folder, **staffed(emulator, group)) as process:
        process.wait_for("đang chạy")
        yield process
        assert "failed:" not in process.output()
        assert "could not be handled" not in process.output()


@pytest.fixture
def binh(emulator: Emulator, bot: Running, folder: Path, group: dict[str, Any]) -> Person:
    """Bình in the group."""
    person = emulator.person("Bình", chat=group)
    hire(folder, person)
    return person


def calls(emulator: Emulator, method: str) -> list[Call]:
    """All calls of the bot that are answered; of others the emulator may not have read a word yet."""
    return [call for call in emulator.calls(method) if call.token == emulator.token and call.status]


def signs(emulator: Emulator, message: dict[str, Any]) -> list[str]:
    """The signs that the bot put on a message, in order."""
    made = [c.params for c in calls(emulator, "setMessageReaction") if c.ok]
    return [m["reaction"][0]["emoji"] for m in made if m["message_id"] == message["message_id"]]


def told(emulator: Emulator, person: Person, part: str) -> list[Call]:
    """Messages to a person with some words."""
    return [c for c in calls(emulator, "sendMessage") if c.chat_id == person.chat_id and part in (c.text or "")]


def hears(person: Person, part: str, begins: str = "") -> Message:
    """The next message to a person that is not an edit and has these words."""
    while True:
        for message in person.hears():
            if message.method == "sendMessage" and part in message.text and message.text.startswith(begins):
                return message


def edited(person: Person, part: str) -> Message:
    """The next message that was changed and now has these words."""
    while True:
        for message in person.hears():
            if message.method == "editMessageText" and part in message.text:
                return message


def ticket(binh: Person, part: str = QUESTION) -> Message:
    """The post of a new ticket."""
    return hears(binh, f'"{part}', "Nhóm")


def test_a_question_becomes_a_topic_and_staffs_reply_comes_to_its_asker_once(
    emulator: Emulator, folder: Path, binh: Person
) -> None:
    an = emulator.person("An")
    question = an.writes(QUESTION)["message"]
    [answer] = an.hears()
    [sent] = an.taps(answer, "Gửi câu hỏi cho cán bộ")
    assert "/tracuu " in sent.text
    assert "bot giữ số cuộc trò chuyện này" in sent.text
    [promise] = an.taps(sent, WATCH)
    assert "báo xong thì xóa" in promise.text
    post = ticket(binh)
    assert "Chờ được báo: 1 người." in post.text or "Chưa ai nhờ báo." in post.text
    [topic] = calls(emulator, "createForumTopic")
    assert QUESTION in topic.params["name"]
    assert post.params["message_thread_id"] == topic.result["message_thread_id"]
    reply = binh.writes(WORDS, reply_to=post)["message"]
    push = an.hears()[-1]
    assert push.text.startswith(f'Bạn đã hỏi: "{QUESTION}"\nCán bộ trả lời:\n{WORDS}')
    assert "parse_mode" not in push.params
    assert push.params["reply_parameters"]["message_id"] == question["message_id"]
    assert push.labels == ["Cảm ơn", "Vẫn chưa đúng"]
    emulator.wait_until(lambda: signs(emulator, reply) == ["👀", "👌"])
    emulator.wait_until(lambda: bool(calls(emulator, "closeForumTopic")))
    an.hears_nothing(2)
    assert len(told(emulator, an, "Cán bộ trả lời:")) == 1
    assert value(folder, "SELECT count(*) FROM watches") == 0
    assert value(folder, "SELECT chat FROM outbox") == ""
    assert audited(folder, "ticket.settle") == ["Bình: ticket:1"]


def test_thanks_are_a_toast_and_still_wrong_brings_the_question_back(emulator: Emulator, binh: Person) -> None:
    an = emulator.person("An")
    sends_to_staff(an)
    binh.writes("Bạn hỏi Chi cục Kiểm lâm.", reply_to=ticket(binh))
    push = an.hears()[-1]
    assert an.taps(push, "Cảm ơn") == []
    assert an.toast == "Cảm ơn bạn."
    [again] = an.taps(push, "Vẫn chưa đúng")
    assert again.text.startswith("Câu hỏi đã trở lại danh sách chờ của cán bộ.")
    assert again.labels == [WATCH]
    assert ticket(binh).text.startswith("Nhóm 2: mới")


def test_by_its_code_a_question_is_found_and_its_answer_read(emulator: Emulator, binh: Person) -> None:
    an, chi = emulator.person("An"), emulator.person("Chi")
    code = sends_to_staff(an, watch=False).text.split("/tracuu ")[1].split()[0]
    assert "Câu hỏi đang trong danh sách chờ" in an.says(f"/tracuu {code.lower()}")[0].text
    reply = binh.writes("Hỏi kiểm lâm.", reply_to=ticket(binh))["message"]
    assert hears(binh, "chưa ai nhờ báo")
    assert signs(emulator, reply) == ["👀"]
    [found] = chi.says(f"/tracuu {code}")
    assert "Cán bộ trả lời:\nHỏi kiểm lâm." in found.text
    for typed in ("2222A2", "2222A3", "2222A4", "2222A5", "2222A6"):
        assert "Không có câu hỏi nào mang mã này" in chi.says(f"/tracuu {typed}")[0].text
    assert "đợi một phút" in chi.says(f"/tracuu {code}")[0].text
    assert "Cán bộ trả lời" in an.says(f"/tracuu {code}")[0].text


def test_a_person_who_blocked_the_bot_is_told_of_in_the_group(emulator: Emulator, folder: Path, binh: Person) -> None:
    an = emulator.person("An")
    sends_to_staff(an)
    post = ticket(binh)
    emulator.fault("sendMessage", 403, chat=an.chat_id)
    binh.writes("Hỏi kiểm lâm.", reply_to=post)
    assert hears(binh, "không gửi được 1 người (1 người đã chặn bot)")
    assert value(folder, "SELECT state FROM outbox") == "blocked"


def test_a_busy_telegram_is_waited_for_and_nobody_is_told_twice(emulator: Emulator, folder: Path, binh: Person) -> None:
    an = emulator.person("An")
    sends_to_staff(an)
    post = ticket(binh)
    emulator.fault("sendMessage", 429, retry_after=2, chat=an.chat_id)
    binh.writes("Hỏi kiểm lâm.", reply_to=post)
    assert "Cán bộ trả lời" in an.hears()[-1].text
    an.hears_nothing(2)
    assert value(folder, "SELECT tries FROM outbox") == 2


@pytest.mark.parametrize("command", ["/hangdoi", "/nhan 1", "/boqua 1 vì thế", "/thongke", "/dangnhap"])
def test_a_command_of_staff_in_chis_mouth_is_a_word_like_any_other(
    emulator: Emulator, bot: Running, folder: Path, group: dict[str, Any], command: str
) -> None:
    chi, among = emulator.person("Chi"), emulator.person("Chi", chat=group)
    chi.says(command)
    assert value(folder, "SELECT question FROM questions") == command
    among.writes(command)
    among.writes(f"{command.split()[0]}@{username(emulator)}")
    assert hears(among, "Bạn ghi câu hỏi cùng tên bot")  # beside the ticket that her question opens there
    assert value(folder, "SELECT count(*) FROM audit") == 0


def test_what_is_forwarded_edited_or_unsigned_carries_no_command_and_no_answer(
    emulator: Emulator, folder: Path, binh: Person, group: dict[str, Any]
) -> None:
    an = emulator.person("An")
    sends_to_staff(an)
    post = ticket(binh)
    origin = {"type": "hidden_user", "sender_user_name": "Bình", "date": 1}
    anonymous = {"sender_chat": group}
    for words in ("Hỏi kiểm lâm.", "/nhan 1"):
        for more in ({"forward_origin": origin}, anonymous):
            binh.writes(words, reply_to=post, **more)
        old = binh.writes("lời nói riêng")
        binh.changes(old, words)
    binh.sends({"channel_post": {"chat": group, "text": "/nhan 1"}})
    dismissed = emulator.person("Bình")
    dismissed.writes("/nhan 1", forward_origin=origin)
    dismissed.changes(dismissed.writes("xin chào"), "/nhan 1")
    emulator.wait_until(lambda: emulator.pending() == 0)
    an.hears_nothing(3)
    assert value(folder, "SELECT state FROM tickets") == "new"
    assert audited(folder, "ticket.") == []


def test_staff_take_and_put_aside_by_command_and_by_button(
    emulator: Emulator, folder: Path, binh: Person, group: dict[str, Any]
) -> None:
    an, private = emulator.person("An"), emulator.person("Bình")
    sends_to_staff(an, watch=False)
    post = ticket(binh)
    [queue] = private.says("/hangdoi")
    assert f"1. {QUESTION} (1 người, hôm nay)" in queue.text
    assert private.says("/nhan 1")[0].text == "Nhóm 1: Bình nhận xử lý."
    assert "đang do" not in private.says("/nhan 1")[0].text
    dung = emulator.person("Dung", chat=group)
    hire(folder, dung, Role.VIEWER)
    dung.taps(post, "Bỏ qua", answer_only=True)
    assert dung.toast.startswith("Vai trò của bạn là xem")
    binh.taps(post, "Bỏ qua")
    changed = calls(emulator, "editMessageReplyMarkup")[-1]
    reasons = changed.params["reply_markup"]["inline_keyboard"]
    binh.sends(binh.tapped(post, reasons[2][0]["callback_data"]))
    emulator.wait_until(lambda: value(folder, "SELECT state FROM tickets") == "ignored")
    assert value(folder, "SELECT note FROM tickets") == "Hỏi thử, không có nội dung"
    assert private.says("/boqua 1 thử")[0].text == "Nhóm 1 đã được xử lý trước đó (bỏ qua)."
    assert private.says("/nhan 99")[0].text.startswith("Không có nhóm nào mang số 99")
    assert private.says("/boqua 1")[0].text.startswith("Gõ /boqua")


def test_a_role_taken_away_is_gone_at_once(emulator: Emulator, folder: Path, binh: Person) -> None:
    private = emulator.person("Bình")
    assert private.says("/hangdoi")[0].text == "Không còn nhóm câu hỏi nào chờ."
    dismiss(folder, binh)
    assert "nhóm câu hỏi" not in private.says("/hangdoi")[0].text


def test_the_way_in_to_the_staff_page_is_told_in_private_alone(
    emulator: Emulator, folder: Path, group: dict[str, Any]
) -> None:
    with running(folder, **staffed(emulator, group, MOTCUA_STAFF_URL="https://canbo.vn/")) as process:
        process.wait_for("đang chạy")
        private, among = emulator.person("Bình"), emulator.person("Bình", chat=group)
        hire(folder, private)
        [link] = private.says("/dangnhap")
        key = link.text.split("https://canbo.vn/dang-nhap/")[1].split()[0]
        assert len(key) == 43
        assert link.params["link_preview_options"] == {"is_disabled": True}
        assert key.encode() not in on_disk(folder)
        assert key not in process.output()
        assert value(folder, "SELECT count(*) FROM links") == 1
        [refused] = among.says("/dangnhap")
        assert refused.text.startswith("Lệnh này chỉ dùng trong cuộc trò chuyện riêng")
        assert value(folder, "SELECT count(*) FROM links") == 1


def test_commands_of_staff_are_shown_to_staff_alone(emulator: Emulator, folder: Path, group: dict[str, Any]) -> None:
    def scopes(method: str) -> list[int]:
        return [c.params["scope"]["chat_id"] for c in calls(emulator, method) if c.params["scope"]["type"] == "chat"]

    binh, dung = emulator.person("Bình"), emulator.person("Dung")
    hire(folder, binh)
    with running(folder, **staffed(emulator, group)):
        emulator.wait_until(lambda: set(scopes("setMyCommands")) == {group["id"], binh.user["id"]})
        dismiss(folder, binh)
        hire(folder, dung)
        emulator.wait_until(lambda: scopes("deleteMyCommands") == [binh.user["id"]])
        emulator.wait_until(lambda: dung.user["id"] in scopes("setMyCommands"))


def test_of_several_wordings_staff_choose_whom_they_answer(emulator: Emulator, folder: Path, binh: Person) -> None:
    an, chi = emulator.person("An"), emulator.person("Chi")
    sends_to_staff(an)
    post = ticket(binh)
    sends_to_staff(chi, "cấp phép nuôi hổ", watch=True)
    together = "SELECT count(*) FROM questions WHERE ticket = 1"
    emulator.wait_until(lambda: value(folder, together) == 2)  # they are like each other: one group
    binh.writes("Hỏi kiểm lâm.", reply_to=post)
    listed = hears(binh, "nhiều cách hỏi")
    assert listed.labels[-1] == "Gửi cho 2 người"
    tiger = next(label for label in listed.labels if "nuôi hổ" in label)
    [changed] = binh.taps(listed, tiger)
    assert changed.labels[-1] == "Gửi cho 1 người"
    binh.taps(changed, "Gửi cho 1 người", answer_only=True)
    assert "Cán bộ trả lời" in an.hears()[-1].text
    chi.hears_nothing(3)
    assert value(folder, "SELECT count(*) FROM watches") == 1
    assert ticket(binh, "cấp phép nuôi hổ").text.startswith("Nhóm 2: mới")


def test_a_plain_group_has_threads_under_messages(emulator: Emulator, folder: Path) -> None:
    group = staff_group(forum=False)
    binh, an = emulator.person("Bình", chat=group), emulator.person("An")
    with running(folder, **staffed(emulator, group)) as process:
        process.wait_for("đang chạy")
        hire(folder, binh)
        binh.writes("chào cả nhóm")
        emulator.wait_until(lambda: emulator.pending() == 0)
        sends_to_staff(an)
        post = ticket(binh)
        assert "message_thread_id" not in post.params
        binh.writes("Hỏi kiểm lâm.", reply_to=post)
        assert "Cán bộ trả lời" in an.hears()[-1].text
        assert hears(binh, "xong (Bình). Đã trả lời bằng tay.")


def test_after_a_kill_everything_goes_on_where_it_stood(
    emulator: Emulator, folder: Path, group: dict[str, Any]
) -> None:
    own, an, binh = staffed(emulator, group), emulator.person("An"), emulator.person("Bình", chat=group)
    with running(folder, **own) as first:
        first.wait_for("đang chạy")
        hire(folder, binh)
        sends_to_staff(an)
        post = ticket(binh)
        emulator.fault("sendMessage", 502, times=3)
        reply = binh.writes("Hỏi kiểm lâm.", reply_to=post)["message"]
        emulator.wait_until(lambda: value(folder, "SELECT count(*) FROM outbox WHERE detail != ''") == 1)
        first.stop(signal.SIGKILL)
    with running(folder, **own):
        assert "Cán bộ trả lời" in an.hears(90)[-1].text
        emulator.wait_until(lambda: "👌" in signs(emulator, reply))
    assert len([c for c in told(emulator, an, "Cán bộ trả lời:") if c.ok]) == 1
    assert len([c for c in calls(emulator, "createForumTopic") if c.ok]) == 1


def test_a_picture_or_too_many_words_are_no_answer(emulator: Emulator, folder: Path, binh: Person) -> None:
    sends_to_staff(emulator.person("An"))
    post = ticket(binh)
    shown = {"message_id": post.message_id, "chat": binh.chat, "date": 0}
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    binh.sends({"message": {"from": binh.user, "chat": binh.chat, "photo": photo, "reply_to_message": shown}})
    assert hears(binh, "chỉ gửi được chữ cho người hỏi")
    binh.writes("dài " * 1000, reply_to=post)
    assert hears(binh, "dài quá 3000 ký tự")
    binh.writes("tin thường không trả lời ai")
    emulator.wait_until(lambda: emulator.pending() == 0)
    assert value(folder, "SELECT state FROM tickets") == "new"


def test_a_phrase_added_to_the_base_is_told_after_the_reload(
    emulator: Emulator, folder: Path, group: dict[str, Any]
) -> None:
    base, an = write_base(folder / "kb"), emulator.person("An")
    own = staffed(emulator, group, MOTCUA_KNOWLEDGE=str(base), MOTCUA_LOCAL="null")
    with running(folder, **own) as process:
        process.wait_for("đang chạy")
        sends_to_staff(an, QUESTION)
        emulator.wait_until(lambda: value(folder, "SELECT count(*) FROM tickets") == 1)
        with books(folder) as database:
            [watch] = Watches(database).of_ticket(1)
            draft = Draft("k", (watch.id,), 1, "phrase", "tam-tru")
            tickets = Tickets(database)
            assert tickets.settle(1, 1, Settled.PHRASE, "tam-tru", None, None, now(), None, [draft])
        an.hears_nothing(2)
        change(
            base,
            "procedures/cu-tru.yaml",
            "      - đăng ký tạm trú\n",
            f"      - đăng ký tạm trú\n      - {QUESTION}\n",
        )
        push = hears(an, f'Bạn đã hỏi: "{QUESTION}"')
        assert push.text.startswith("Câu hỏi của bạn nay đã có câu trả lời.")
        assert "Đăng ký tạm trú" in push.text
        assert "Đăng ký tạm trú" in an.says(QUESTION)[0].text
    assert value(folder, "SELECT state FROM outbox") == "sent"


def test_from_the_group_a_wording_is_tried_then_added_and_its_asker_told(
    emulator: Emulator, folder: Path, group: dict[str, Any]
) -> None:
    base, an = write_base(folder / "kb"), emulator.person("An")
    own = staffed(emulator, group, MOTCUA_KNOWLEDGE=str(base), MOTCUA_LOCAL="null")
    binh, file = emulator.person("Bình", chat=group), base / "procedures" / "cu-tru.yaml"
    before = file.read_text("utf-8")
    with running(folder, **own) as process:
        process.wait_for("đang chạy")
        hire(folder, binh)
        sends_to_staff(an, ASKED)
        post = ticket(binh, ASKED)
        label = next(one for one in post.labels if one.startswith("Thêm vào: Đăng ký tạm trú ("))
        binh.sends(binh.tapped(post, post.button(label).data or ""))
        tried = edited(binh, "Trả lời thẳng được 1 trong 1 cách hỏi")
        assert file.read_text("utf-8") == before
        assert tried.labels == ["Thêm và áp dụng", "Thôi"]
        binh.sends(binh.tapped(tried, tried.button("Thêm và áp dụng").data or ""))
        assert hears(an, f'Bạn đã hỏi: "{ASKED}"').text.startswith("Câu hỏi của bạn nay đã có câu trả lời.")
        assert file.read_text("utf-8").replace(f"      - {ASKED}\n", "") == before
        binh.taps(tried, "Thêm và áp dụng", answer_only=True)
        assert "đã được xử lý trước đó" in binh.toast
        assert "failed:" not in process.output()
    assert [who.split(":")[0] for who in audited(folder, "knowledge.edit")] == ["Bình"]


def test_a_banner_and_a_pause_hold_from_the_next_question_on(emulator: Emulator, folder: Path, bot: Running) -> None:
    an = emulator.person("An")
    with books(folder) as database:
        switches = Switches(database)
        switches.set(SwitchName.BANNER, "Bộ phận một cửa nghỉ vì bão.", "bão", None, now())
        [answer] = an.says("đăng ký tạm trú")
        assert answer.text.startswith("Bộ phận một cửa nghỉ vì bão.")
        [facet] = an.taps(answer, "Thời hạn")
        assert facet.text.startswith("Bộ phận một cửa nghỉ vì bão.")
        assert an.says("/start tam-tru")[0].text.startswith("Bộ phận một cửa nghỉ vì bão.")
        switches.clear(SwitchName.BANNER, "tan bão", None, now())
        switches.set(SwitchName.PAUSE, "đang sửa mức phí", "phí đổi", None, now())
        resting = ("đăng ký tạm trú", "/tim tạm trú", "/start tam-tru", QUESTION)
        assert {an.says(words)[0].text.split("\n")[0] for words in resting} == {
            "Bot đang bảo trì nên tạm thời chưa trả lời được: đang sửa mức phí"
        }
        assert an.says("nhà tôi cháy")[0].text.startswith("Gọi ngay 114")
        switches.clear(SwitchName.PAUSE, "xong", None, now())
    assert an.says("đăng ký tạm trú")[0].text.startswith("Đăng ký tạm trú")
    assert value(folder, "SELECT count(*) FROM questions WHERE reason = 'paused'") == 2
    assert value(folder, "SELECT count(*) FROM tickets") == 0


def test_the_summary_of_the_day_is_said_at_its_hour_and_not_again_after_a_restart(
    emulator: Emulator, folder: Path, group: dict[str, Any]
) -> None:
    at = datetime.datetime.now(OFFICE_TIME)
    own = staffed(emulator, group, MOTCUA_DIGEST_AT=f"{at:%H:%M}")
    binh, an = emulator.person("Bình", chat=group), emulator.person("An")
    with running(folder, **staffed(emulator, group)) as before:
        before.wait_for("đang chạy")
        sends_to_staff(an, watch=False)
        assert ticket(binh)
    for times in (1, 1):
        with running(folder, **own) as process:
            process.wait_for("đang chạy")
            emulator.wait_until(lambda: value(folder, "SELECT count(*) FROM audit WHERE what = 'digest'") == 1)
            time.sleep(3)
        said = [c.text or "" for c in calls(emulator, "sendMessage") if "Tổng hợp ngày" in (c.text or "")]
        assert len(said) == times
        assert f"• 1. {QUESTION} (1 người, hôm nay)" in said[0]
