"""The real process and a person's own data: An asks, Bình is staff and reads `motcua review`, Chi is somebody else."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.client import Emulator
from tests.emulator.person import Person
from tests.emulator.seen import Button, Message
from tests.running import Running, motcua, running
from tests.serving import Service, settings, username

GROUP = {"id": -1007, "type": "supergroup", "title": "Tổ dân phố 5"}
STICKER = {
    "file_id": "f",
    "file_unique_id": "u",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}
ABROAD = "máy chủ Telegram ở nước ngoài"


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "test.db")) as outside:
        return outside.execute(sql).fetchall()


def taps_data(person: Person, message: Message, data: str) -> list[Message]:
    """A tap on a button that stands under a message of an earlier or later version."""
    return person.taps(replace(message, buttons=[[Button("nút", data)]]), "nút")


def keeps_ngo_quyen(person: Person) -> Message:
    """A commune kept on request; the first message on the way to it."""
    [asked] = person.says("/noinop Ngô Quyền")
    [place] = person.taps(asked, "phường Ngô Quyền hiện nay")
    [kept] = person.taps(place, "Nhớ nơi này cho tôi")
    assert kept.text.startswith("Đã nhớ nơi của bạn: phường Ngô Quyền.")
    return asked


def reference(folder: Path) -> str:
    return str(rows(folder, "SELECT reference FROM questions ORDER BY id DESC")[0][0])


def test_the_notice_comes_with_the_first_answer_and_never_again(service: Service) -> None:
    an, chi = service.person("An"), service.person("Chi")
    [first] = an.says("đăng ký tạm trú")
    assert first.text.startswith("Đăng ký tạm trú")
    assert ABROAD in first.text
    assert "Tìm hiểu thêm: /quyenriengtu" in first.text
    assert ABROAD not in an.says("đăng ký kết hôn")[0].text
    assert ABROAD in chi.says("/start")[0].text
    assert ABROAD not in chi.says("đăng ký kết hôn")[0].text


@pytest.mark.parametrize(
    ("command", "language", "words"),
    [
        ("/quyenriengtu", "vi", "Bot giữ gì về bạn"),
        ("/privacy", "vi", "Bot giữ gì về bạn"),
        ("/privacy", "en", "What the bot keeps of you"),
        ("/dulieucuatoi", "vi", "Bot không giữ gì gắn với bạn"),
        ("/mydata", "en", "The bot keeps nothing that is linked to you"),
        ("/xoadulieu", "vi", "Xóa mọi thứ bot đang giữ về bạn?"),
        ("/erase", "en", "Erase everything the bot keeps of you?"),
    ],
)
def test_commands_about_ones_own_data(service: Service, command: str, language: str, words: str) -> None:
    assert (
        service.person("An" if language == "vi" else "Kim", language=language).says(command)[0].text.startswith(words)
    )


def test_everything_kept_is_shown_then_erased_to_the_last_byte(service: Service) -> None:
    an, chi = service.person("An"), service.person("Chi")
    an.says("câu hỏi riêng về chuyện chưa ai biết")
    chi.says("câu hỏi của người khác cũng chưa ai biết")
    shown = an.says("/dulieucuatoi")[0].text
    assert "câu hỏi riêng về chuyện chưa ai biết" in shown
    assert "người khác" not in shown
    [asked] = an.says("/xoadulieu")
    assert "riêng về".encode() in on_disk(service.folder)
    [done] = an.taps(asked, "Xóa dữ liệu của tôi")
    assert done.text.startswith("Đã xóa mọi thứ bot giữ về bạn.")
    for words in ("riêng về", "rieng ve"):
        assert words.encode() not in on_disk(service.folder)
    assert "của người khác".encode() in on_disk(service.folder)
    assert an.says("/dulieucuatoi")[0].text.startswith("Bot không giữ gì gắn với bạn")
    assert "câu hỏi riêng" not in motcua(service.folder, "review").stdout


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("test.db*"))


def test_a_chosen_language_and_home_stay_after_a_restart(emulator: Emulator, folder: Path) -> None:
    an = emulator.person("An")
    with running(folder, **settings(emulator)) as first:
        first.wait_for("đang chạy")
        [choice] = an.says("/ngonngu")
        assert choice.labels == ["Tiếng Việt", "English"]
        [spoken] = an.taps(choice, "English")
        assert spoken.text.startswith("From now on the bot speaks English")
        [place] = an.says("/where Thành Đông nay")
        [kept] = an.taps(place, "Remember this place for me")
        assert kept.text.startswith("Your place is remembered: phường Thành Đông.")
        assert first.stop() == 0
    with running(folder, **settings(emulator)) as second:
        second.wait_for("đang chạy")
        assert an.says("/help")[0].text.startswith("The bot tells which papers")
        assert "Home: phường Thành Đông" in an.says("/mydata")[0].text
        assert "phường Thành Đông" in an.says("/where")[0].text
        assert emulator.person("Chi").says("/help")[0].text.startswith("Bot cho biết")


def test_where_consent_is_asked_for_the_question_comes_after_the_answer(emulator: Emulator, folder: Path) -> None:
    an = emulator.person("An")
    with running(folder, **settings(emulator), MOTCUA_CONSENT="ask") as bot:
        bot.wait_for("đang chạy")
        answer, asked = an.says("đăng ký tạm trú")
        assert answer.text.startswith("Đăng ký tạm trú")
        assert asked.labels == ["Đồng ý", "Không đồng ý"]
        assert len(an.says("đăng ký kết hôn")) == 1
        assert rows(folder, "SELECT count(person) FROM questions") == [(0,)]
        [agreed] = an.taps(asked, "Đồng ý")
        assert agreed.text.startswith("Đã ghi nhận")
        an.says("đăng ký khai tử")
        assert rows(folder, "SELECT count(person) FROM questions") == [(1,)]


def test_who_refuses_is_answered_as_before_and_never_linked(emulator: Emulator, folder: Path) -> None:
    an = emulator.person("An")
    with running(folder, **settings(emulator), MOTCUA_CONSENT="ask") as bot:
        bot.wait_for("đang chạy")
        _, asked = an.says("/start")
        [refused] = an.taps(asked, "Không đồng ý")
        assert "câu hỏi của bạn không được nối với nhau" in refused.text
        [answer] = an.says("đăng ký tạm trú")
        an.taps(answer, "👍 Có ích")
        assert rows(folder, "SELECT count(*), count(person) FROM questions") == [(1, 0)]
        assert rows(folder, "SELECT count(*), count(person) FROM judgements") == [(1, 0)]
        assert "không đồng ý" in an.says("/dulieucuatoi")[0].text
        [choice] = an.says("/quyenriengtu")
        an.taps(choice, "Đồng ý")
        an.says("đăng ký kết hôn")
        assert rows(folder, "SELECT count(*), count(person) FROM questions") == [(2, 1)]


@pytest.mark.parametrize("command", ["/start", "/start tam-tru", "/danhmuc", "/tim sổ đỏ", "/noinop", "/help"])
def test_whatever_comes_first_brings_the_notice_once(service: Service, command: str) -> None:
    an = service.person("An")
    assert an.says(command)[0].text.count(ABROAD) == 1
    assert ABROAD not in an.says(command)[0].text


def test_a_shared_location_brings_the_notice_too(service: Service) -> None:
    an = service.person("An")
    [near] = an.shares(20.85637, 106.68219)
    assert ABROAD in near.text
    assert near.labels[0].startswith("phường Lê Chân")


CHOSEN = [
    ("/start", "This bot answers questions"),
    ("/danhmuc", "What is it about?"),
    ("/tim marriage", 'Found for "marriage"'),
    ("/noinop", "Which commune or ward do you live in?"),
    ("/start khong-co", "This link opens no procedure."),
    ("đăng ký tạm trú", "Temporary residence registration"),
    ("cấp phép nuôi voi", "There is no answer to this question yet."),
    ("/quyenriengtu", "What the bot keeps of you"),
    ("/xoadulieu", "Erase everything the bot keeps of you?"),
]


def test_a_chosen_language_holds_for_every_command_question_and_tap(service: Service) -> None:
    an = service.person("An")
    an.taps(an.says("/language")[0], "English")
    for typed, words in CHOSEN:
        assert an.says(typed)[0].text.startswith(words), typed
    assert an.shares(20.85637, 106.68219)[0].text.startswith("The communes and wards nearest to you.")
    an.sends({"message": {"from": an.user, "chat": an.chat, "sticker": STICKER}})
    assert an.hears()[0].text.startswith("The bot reads text only.")
    [answer] = an.says("đăng ký tạm trú")
    [why] = an.taps(answer, "👎 Not right")
    assert why.text.startswith("What is not right about the answer?")
    in_group = service.person("An", chat=GROUP)
    [told] = in_group.says(f"/tim@{username(service.emulator)} đăng ký tạm trú")
    assert told.labels == ["Ask the bot privately"]


def test_a_kept_commune_and_a_judgement_are_erased_to_the_last_byte(
    bot: Running, emulator: Emulator, folder: Path
) -> None:
    an, chi = emulator.person("An"), emulator.person("Chi")
    for person in (an, chi):
        keeps_ngo_quyen(person)
    [answer] = an.says("đăng ký khai sinh nộp ở đâu")
    assert "Nơi của bạn: Trung tâm Phục vụ hành chính công phường Ngô Quyền" in answer.text
    an.taps(an.taps(answer, "👎 Chưa đúng")[0], "Khó hiểu")
    shown = an.says("/dulieucuatoi")[0].text
    assert "Nơi ở: phường Ngô Quyền" in shown
    assert "chưa tốt (khó hiểu)" in shown
    told = reference(folder)
    [(alias,)] = rows(folder, "SELECT person FROM judgements")
    assert on_disk(folder).count(b"unclear") > 0
    an.taps(an.says("/xoadulieu")[0], "Xóa dữ liệu của tôi")
    for part in (b"unclear", told.encode(), alias.encode()):
        assert part not in on_disk(folder)
    assert rows(folder, "SELECT place FROM persons") == [("11329",)]  # Chi's
    assert "Nơi của bạn" not in an.says("đăng ký khai sinh nộp ở đâu")[0].text


FILE = {"file_id": "f", "file_unique_id": "u"}
MEDIA = [
    ("contact", {"phone_number": "0912345678", "first_name": "Dung"}, "danh bạ"),
    ("voice", FILE | {"duration": 3}, "chưa nghe được giọng nói"),
    ("document", FILE | {"file_name": "cccd.pdf"}, "không mở và không giữ lại"),
    ("video", FILE | {"width": 1, "height": 1, "duration": 1}, "không mở và không giữ lại"),
    ("photo", [FILE | {"width": 1, "height": 1}], "không mở và không giữ lại"),
    ("sticker", STICKER, "Tin vừa gửi không được giữ lại"),
]


@pytest.mark.parametrize(("kind", "content", "words"), MEDIA)
def test_what_is_no_text_is_neither_fetched_nor_kept(service: Service, kind: str, content: object, words: str) -> None:
    an, before = service.person("An"), rows(service.folder, "SELECT count(*) FROM questions")
    an.sends({"message": {"from": an.user, "chat": an.chat, kind: content}})
    assert words in an.hears()[0].text
    assert service.emulator.calls("getFile") == []
    assert rows(service.folder, "SELECT count(*) FROM questions") == before


def test_nobody_who_asks_stands_in_any_file_or_log(bot: Running, emulator: Emulator, folder: Path) -> None:
    canary = {
        "id": 7712345678901,
        "is_bot": False,
        "first_name": "Canarya",
        "username": "canaryb",
        "language_code": "vi",
    }
    an = Person(emulator, canary, {"id": 7712345678901, "type": "private", "first_name": "Canarya"})
    [answer] = an.says("đăng ký tạm trú")
    told = reference(folder)
    for data in (f"j:{told}:0:w", f"a:{told}", "l:vi", "g:1", "r:tam-tru:o", "m:", "x;bad"):
        taps_data(an, answer, data)
    for command in ("/start", "/dulieucuatoi", "/quyenriengtu"):
        an.says(command)
    emulator.fault("sendMessage", status=400, description="Bad Request: chat 7712345678901 not found")
    an.says("đăng ký kết hôn")
    an.sends({"message": {"from": an.user, "chat": an.chat, "contact": {"phone_number": "1", "first_name": "Canarya"}}})
    an.hears()
    files = [path for path in folder.rglob("*") if path.is_file() and ".motcua-cache" not in path.parts]
    assert {"test.db", "motcua.key", "run.log"} <= {path.name for path in files}
    for path in files:
        for secret in (b"7712345678901", b"Canarya", b"canaryb"):
            assert secret not in path.read_bytes(), path.name
    key = (folder / "motcua.key").read_text("utf-8").strip().split(":")[1]
    assert key not in bot.output()
    assert json.dumps(rows(folder, "SELECT * FROM persons")).count(key) == 0
