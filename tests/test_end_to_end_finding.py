"""The real `motcua run` process against the emulator: finding without words, cards, links, groups, edits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.client import Emulator
from tests.emulator.person import Person
from tests.emulator.seen import Button, Message
from tests.running import motcua, running
from tests.serving import username

GROUP = {"id": -1007, "type": "supergroup", "title": "Tổ dân phố 5"}


@pytest.fixture(scope="module")
def served(started_emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """One bot for all tests of this file: its token and its folder."""
    token, folder = "700000001:FINDING", tmp_path_factory.mktemp("finding")
    started_emulator.make_good(token)
    settings = {"MOTCUA_TOKEN": token, "MOTCUA_BASE_URL": started_emulator.base_url}
    with running(folder, **settings, MOTCUA_BASE_FILE_URL=started_emulator.base_file_url) as process:
        process.wait_for("đang chạy")
        yield token, folder


@pytest.fixture
def bot(served: tuple[str, Path], started_emulator: Emulator) -> Emulator:
    """The emulator as that bot's persons see it."""
    started_emulator.token = served[0]
    return started_emulator


def asked(served: tuple[str, Path]) -> int:
    """How many questions the bot has logged."""
    return len(motcua(served[1], "log").stdout.splitlines())


def links(message: Message) -> list[Button]:
    """The buttons, all of which must open an address."""
    found = [button for row in message.buttons for button in row]
    assert [button.text for button in found if not button.url] == []
    return found


def test_the_first_screen_has_six_buttons_and_the_way_to_the_list(bot: Emulator) -> None:
    an = bot.person("An")
    [start] = an.says("/start")
    assert "tra cứu thủ tục hành chính" in start.text
    assert "không nhận hồ sơ" in start.text
    assert len(start.labels) == 7
    [answer] = an.taps(start, "Đăng ký khai sinh")
    assert (answer.method, answer.message_id) == ("editMessageText", start.message_id)
    assert "Đăng ký khai sinh" in answer.text
    [again] = an.says("/start")
    [events] = an.taps(again, "Xem danh mục")
    assert "Sinh con" in events.labels


@pytest.mark.parametrize("command", ["/danhmuc", "/browse"])
def test_from_the_list_through_its_pages_to_an_answer(bot: Emulator, command: str) -> None:
    an = bot.person("An")
    [shown] = an.says(command)
    path = [
        "Xem theo lĩnh vực",
        "Hộ tịch",
        "Sau",
        "Trước",
        "Về danh mục lĩnh vực",
        "Xem theo việc trong đời",
        "Sinh con",
    ]
    for label in path:
        [edited] = an.taps(shown, label)
        assert (edited.method, edited.message_id) == ("editMessageText", shown.message_id)
        assert len(edited.labels) <= 8 + 3
        shown = edited
    [answer] = an.taps(shown, "Đăng ký khai sinh")
    assert "Đăng ký khai sinh" in answer.text
    assert "kiểm tra ngày" in answer.text


@pytest.mark.parametrize(
    ("data", "toast", "told"),
    [
        ("b:f:ho-tich:99", "", "Trang 5/5"),
        ("b:f:khong-co:0", "Nút này đã cũ", ""),
        ("b:z:ho-tich:0", "Nút này đã cũ", ""),
        ("b:e:../x:0", "Nút này đã cũ", ""),
    ],
)
def test_old_and_forged_buttons_of_lists(bot: Emulator, data: str, toast: str, told: str) -> None:
    an = bot.person("An")
    [shown] = an.says("/danhmuc")
    forged = Message(shown.method, shown.message_id, shown.chat_id, shown.text, [[Button("x", data)]], {})
    heard = an.taps(forged, "x")
    assert an.toast.startswith(toast) if toast else not an.toast
    assert [told in message.text for message in heard] == ([True] if told else [])


def test_a_search_offers_and_decides_nothing(bot: Emulator, served: tuple[str, Path]) -> None:
    before = asked(served)
    an = bot.person("An")
    [found] = an.says("/tim ket hon")
    assert 2 <= len(found.labels) <= 8
    assert found.labels[0] == "Đăng ký kết hôn trong nước"
    [answer] = an.taps(found, "Kết hôn với người nước ngoài tại Việt Nam")
    assert "nước ngoài" in answer.text
    [hint] = an.says("/tim")
    assert hint.text.startswith("Gõ /tim")
    [nothing] = bot.person("Kim", language="en").says("/find xyzxyz")
    assert (nothing.text.startswith("Nothing found"), nothing.labels) == (True, ["See the list"])
    assert asked(served) == before


def test_cards_are_offered_in_any_chat_and_nothing_is_kept(bot: Emulator, served: tuple[str, Path]) -> None:
    before = asked(served)
    an = bot.person("An")
    cards = an.asks_inline("đăng ký kết hôn")
    assert 1 <= len(cards) <= 8
    first = cards[0]
    assert first["title"] == "Đăng ký kết hôn trong nước"
    text = first["input_message_content"]["message_text"]
    assert "Đăng ký kết hôn trong nước" in text
    assert "kiểm tra ngày" in text
    [[button]] = first["reply_markup"]["inline_keyboard"]
    assert button == {"text": "Hỏi riêng bot", "url": f"https://t.me/{username(bot)}?start=ket-hon"}
    sent = bot.calls("answerInlineQuery")[-1].params
    assert (sent["cache_time"], sent.get("is_personal", False)) == (300, False)
    assert sent["button"]["start_parameter"] == "chao"
    assert len(an.asks_inline("")) == 6
    assert an.asks_inline("xyzxyz") == []
    assert asked(served) == before


def test_the_button_over_the_cards_opens_the_first_screen(bot: Emulator) -> None:
    [start] = bot.person("An").says("/start chao")
    assert start.text.startswith("Đây là bot tra cứu")


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ("ket-hon", "Đăng ký kết hôn trong nước"),
        ("tam-tru_t", "3 ngày làm việc"),
        ("tam-tru_td", "3 ngày làm việc"),
        ("huong-dan-vneid", "VNeID"),
    ],
)
def test_a_link_opens_its_procedure(bot: Emulator, payload: str, told: str) -> None:
    an = bot.person("An")
    [answer] = an.says(f"/start {payload}")
    assert told in answer.text
    assert "kiểm tra ngày" in answer.text


def test_a_question_after_a_link_stays_with_its_procedure(bot: Emulator) -> None:
    an = bot.person("An")
    an.says("/start tam-tru")
    assert an.says("mất mấy ngày")[0].text.startswith("Về: Đăng ký tạm trú\n\n3 ngày làm việc.")


@pytest.mark.parametrize("payload", ["khong-co", "ket-hon_zz", "KET-HON", "<b>x</b>", "a" * 64, "' OR 1=1 --", "../x"])
def test_a_forged_link_opens_the_first_screen_politely(bot: Emulator, payload: str) -> None:
    [start] = bot.person("An").says(f"/start {payload}")
    assert start.text.startswith("Đường dẫn này không mở được")
    assert len(start.labels) == 7


def in_group(bot: Emulator, name: str = "An") -> Person:
    return bot.person(name, chat=GROUP)


def test_a_mention_is_answered_briefly_with_a_link(bot: Emulator) -> None:
    me = username(bot)
    [answer] = in_group(bot).says(f"@{me} đăng ký tạm trú mất mấy ngày, cần giấy tờ gì")
    assert answer.chat_id == GROUP["id"]
    assert "3 ngày làm việc" in answer.text
    assert "reply_parameters" in answer.params
    assert len(answer.text) < 1200
    [button] = links(answer)
    assert button.url
    assert button.url.startswith(f"https://t.me/{me}?start=tam-tru_")
    [whole] = bot.person("An").says(f"/start {button.url.partition('=')[2]}")
    assert "3 ngày làm việc" in whole.text
    assert len(whole.text) > len(answer.text)


def test_a_reply_to_the_bot_goes_on_with_its_subject(bot: Emulator) -> None:
    an = in_group(bot)
    [answer] = an.says(f"@{username(bot)} đăng ký tạm trú")
    [fee] = an.says("mất mấy ngày", reply_to=answer)
    assert fee.text.startswith("Về: Đăng ký tạm trú\n\n3 ngày làm việc.")


def test_a_choice_in_a_group_is_links(bot: Emulator) -> None:
    [choice] = in_group(bot, "Chi").says(f"@{username(bot)} căn cước hết bao nhiêu tiền")
    found = links(choice)
    assert 2 <= len(found) <= 3
    assert all(button.url and button.url.endswith("_f") for button in found)


@pytest.mark.parametrize(
    ("text", "told"), [("/tim@{me} đăng ký tạm trú", "Đăng ký tạm trú"), ("/help@{me}", "ghi câu hỏi")]
)
def test_a_command_with_the_name_of_the_bot(bot: Emulator, text: str, told: str) -> None:
    [answer] = in_group(bot).says(text.format(me=username(bot)))
    assert told in answer.text
    assert links(answer)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("đăng ký tạm trú cần giấy tờ gì", {}),
        ("/tim đăng ký tạm trú", {}),
        ("/tim@khac_bot đăng ký tạm trú", {}),
        ("@khac_bot đăng ký tạm trú", {}),
        ("@{me} tạm trú", {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP}),
        ("@{me} tạm trú", {"from": {"id": 99, "is_bot": True, "first_name": "Bot khác"}}),
        ("@{me} tạm trú", {"sender_chat": {"id": -1009, "type": "channel", "title": "Kênh"}}),
        ("@{me} tạm trú", {"via_bot": {"id": 98, "is_bot": True, "first_name": "Bot"}}),
    ],
)
def test_what_is_not_said_to_the_bot_stays_unanswered(
    bot: Emulator, served: tuple[str, Path], text: str, more: dict[str, Any]
) -> None:
    before = asked(served)
    an = in_group(bot)
    an.writes(text.format(me=username(bot)), **more)
    bot.wait_until(lambda: bot.pending() == 0)
    an.hears_nothing()
    assert asked(served) == before


def test_a_channel_post_stays_unanswered(bot: Emulator) -> None:
    channel = {"id": -1009, "type": "channel", "title": "Kênh"}
    reader = bot.person("An", chat=channel)
    reader.sends({"channel_post": {"chat": channel, "text": f"@{username(bot)} tạm trú"}})
    reader.hears_nothing()


def test_an_edited_question_is_answered_anew_once(bot: Emulator) -> None:
    an = bot.person("An")
    first = an.writes("đăng ký tạm chú")
    an.hears()
    [answer] = an.edits(first, "đăng ký kết hôn mất bao lâu")
    assert "kết hôn" in answer.text
    assert answer.params["reply_parameters"]["message_id"] == first["message"]["message_id"]
    an.changes(first, "đăng ký tạm trú", after=120)
    an.hears_nothing()


@pytest.mark.parametrize(("text", "after"), [("đăng ký kết hôn", 301), ("/start", 10)])
def test_a_late_edit_or_an_edited_command_is_let_be(bot: Emulator, text: str, after: int) -> None:
    an = bot.person("An")
    first = an.writes("đăng ký tạm trú")
    an.hears()
    an.changes(first, text, after)
    an.hears_nothing()


@pytest.mark.parametrize(
    "more",
    [
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "Bà Tư", "date": 1}},
        {"quote": {"text": "tạm trú", "position": 0}},
    ],
)
def test_forwarded_and_quoting_messages_are_read_as_text(bot: Emulator, more: dict[str, Any]) -> None:
    [answer] = bot.person("An").says("đăng ký tạm trú mất mấy ngày", **more)
    assert "3 ngày làm việc" in answer.text


def test_a_card_sent_to_the_bot_itself_is_not_answered(bot: Emulator) -> None:
    an = bot.person("An")
    me = {"id": int(bot.token.split(":")[0]), "is_bot": True, "first_name": "Một Cửa"}
    an.writes("Đăng ký kết hôn trong nước", via_bot=me)
    an.hears_nothing()


def known(emulator: Emulator) -> int:
    """How often the bot has asked what is said of it in short, the last thing that it looks at."""
    return len([c for c in emulator.calls("getMyShortDescription") if c.token == emulator.token])


def test_the_bot_introduces_itself_in_both_languages_and_runs_without(emulator: Emulator, folder: Path) -> None:
    emulator.fault("setMyDescription", status=400, times=1, description="Bad Request: x")
    settings = {
        "MOTCUA_TOKEN": emulator.token,
        "MOTCUA_BASE_URL": emulator.base_url,
        "MOTCUA_OFFICE": "phường Thành Đông",
    }
    with running(folder, **settings) as process:
        process.wait_for("đang chạy")
        told = [c for c in emulator.calls("setMyDescription") if c.token == emulator.token]
        assert [c.params.get("language_code") for c in told] == [None, "vi", "en"]
        assert [c.status for c in told] == [400, 200, 200]
        assert "phường Thành Đông" in told[1].params["description"]
        assert "Never send ID numbers" in told[2].params["description"]
        process.stop()
    with running(folder, **settings):
        emulator.wait_until(lambda: known(emulator) == 6)
    again = [c for c in emulator.calls("setMyDescription") if c.token == emulator.token]
    assert len(again) == 4
