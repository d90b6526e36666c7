"""The real `motcua run` process against the emulator: An asks, Bình is staff, Chi is somebody else."""

import signal
from pathlib import Path

import pytest

from tests.emulator.client import Emulator
from tests.running import Running, motcua, running
from tests.serving import Service, settings

SECRET_QUESTION = "xin hỏi chuyện chưa ai biết, căn cước 030123456789"


def test_a_question_is_answered_with_source_date_and_buttons(service: Service) -> None:
    [answer] = service.person("An").says("lam giay khai sinh cho con can giay to gi")
    assert answer.text.startswith("Đăng ký khai sinh: giấy tờ cần có.")
    assert "Giấy chứng sinh" in answer.text
    assert "kiểm tra ngày" in answer.text
    assert 'href="https://dichvucong.gov.vn/' in answer.params["text"]
    assert "Lệ phí" in answer.labels
    assert "Hồ sơ" not in answer.labels
    assert answer.params["link_preview_options"] == {"is_disabled": True}
    assert "reply_parameters" in answer.params


def test_a_button_shows_its_facet_in_the_same_message(service: Service) -> None:
    an = service.person("An")
    [answer] = an.says("đăng ký tạm trú")
    [edited] = an.taps(answer, "Thời hạn")
    assert edited.method == "editMessageText"
    assert edited.message_id == answer.message_id
    assert "3 ngày làm việc" in edited.text
    assert "Hồ sơ" in edited.labels


def test_the_list_of_papers_comes_as_a_message_of_its_own(service: Service) -> None:
    an = service.person("An")
    [answer] = an.says("làm giấy khai sinh cho con")
    [sent] = an.taps(answer, "Gửi danh sách giấy tờ")
    if sent.labels:  # of several cases the right one is asked for
        [sent] = an.taps(sent, sent.labels[0])
    assert (sent.method, sent.labels) == ("sendMessage", [])
    assert sent.text.startswith("Danh sách giấy tờ: Đăng ký khai sinh")
    assert "☐ " in sent.text
    assert "(@" in sent.text


def test_the_commands_greet_and_explain(service: Service) -> None:
    an = service.person("An")
    [start] = an.says("/start")
    assert "tra cứu thủ tục hành chính" in start.text
    [guide] = an.says("/help")
    assert "Đừng gửi số căn cước" in guide.text
    assert "bộ phận một cửa phường" in guide.text


def test_a_person_with_an_english_telegram_is_greeted_in_english(service: Service) -> None:
    [start] = service.person("Kim", language="en").says("/start")
    assert "administrative procedures" in start.text


def test_the_menu_is_set_in_both_languages(service: Service) -> None:
    menus = [c.params for c in service.emulator.calls("setMyCommands") if c.token == service.emulator.token]
    scopes = ["all_private_chats", "all_group_chats"]
    told = [(m["scope"]["type"], m.get("language_code")) for m in menus]
    assert told == [(scope, language) for language in (None, "vi", "en") for scope in scopes]
    listed = ["start", "danhmuc", "tim", "noinop", "help", "ngonngu", "quyenriengtu"]
    assert [c["command"] for c in menus[2]["commands"]] == listed
    assert [c["command"] for c in menus[-1]["commands"]] == ["find", "help"]


def test_a_choice_remembers_the_facet_that_was_asked(service: Service) -> None:
    an = service.person("An")
    [choice] = an.says("thẻ căn cước hết bao nhiêu tiền")
    assert choice.labels[-1] == "Không phải cái nào"
    assert 3 <= len(choice.labels) <= 4
    [answer] = an.taps(choice, choice.labels[0])
    assert "mức thu" in answer.text or "đồng" in answer.text


def test_none_of_these_goes_to_the_queue_of_staff(service: Service) -> None:
    an = service.person("An")
    [choice] = an.says("căn cước hết bao nhiêu tiền")
    [noted] = an.taps(choice, "Không phải cái nào")
    assert "Đã ghi lại" in noted.text
    assert "căn cước hết bao nhiêu tiền" in motcua(service.folder, "review").stdout


def test_what_is_not_known_is_said_and_logged_without_personal_numbers(service: Service) -> None:
    [answer] = service.person("An").says(SECRET_QUESTION)
    assert answer.text.startswith("Chưa có câu trả lời")
    assert "bộ phận một cửa phường" in answer.text
    queue = motcua(service.folder, "review").stdout
    assert "[số giấy tờ]" in queue
    database = b"".join(p.read_bytes() for p in service.folder.glob("test.db*"))
    assert b"030123456789" not in database
    assert "030123456789" not in service.process.output()


def test_two_people_at_once_each_get_their_own_answer(service: Service) -> None:
    an, chi = service.person("An"), service.person("Chi")
    an.writes("đăng ký kết hôn ở đâu")
    chi.writes("cấp lại thẻ căn cước bị mất hết bao nhiêu tiền")
    assert "kết hôn" in an.hears()[0].text.lower()
    assert "căn cước" in chi.hears()[0].text.lower()


def test_a_follow_up_stays_with_the_procedure(service: Service) -> None:
    an = service.person("An")
    an.says("đăng ký tạm trú cần giấy tờ gì")
    [answer] = an.says("mất mấy ngày")
    assert answer.text.startswith("Về: Đăng ký tạm trú")
    [told] = an.taps(answer, "Hỏi việc khác")
    assert (told.method, told.message_id != answer.message_id) == ("sendMessage", True)
    [forgotten] = an.says("mất mấy ngày")
    assert forgotten.text.startswith("Bạn hỏi về thủ tục nào?")
    [unclear] = service.person("Dung").says("mất mấy ngày")
    assert unclear.text.startswith("Bạn hỏi về thủ tục nào?")


def test_questions_sent_while_the_bot_is_down_are_answered_once_after_it_is_back(
    emulator: Emulator, folder: Path
) -> None:
    an = emulator.person("An")
    with running(folder, **settings(emulator)) as first:
        first.wait_for("đang chạy")
        an.says("đăng ký tạm trú")
        assert first.stop() == 0
    an.writes("đăng ký kết hôn ở đâu")
    with running(folder, **settings(emulator)) as second:
        second.wait_for("đang chạy")
        assert len(an.hears()) == 1
        an.hears_nothing()


def test_a_kill_loses_no_question(emulator: Emulator, folder: Path) -> None:
    an = emulator.person("An")
    emulator.fault("sendMessage", status=200, delay=3)
    with running(folder, **settings(emulator)) as first:
        first.wait_for("đang chạy")
        an.writes("đăng ký kết hôn ở đâu")
        emulator.wait_until(lambda: emulator.token in {call.token for call in emulator.calls("sendMessage")})
        first.stop(signal.SIGKILL)
    with running(folder, **settings(emulator)) as second:
        second.wait_for("đang chạy")
        emulator.wait_until(lambda: emulator.pending() == 0)
    assert motcua(folder, "log").stdout.count("đăng ký kết hôn ở đâu") == 1


def test_telegram_busy_or_broken_is_tried_again(service: Service) -> None:
    service.emulator.fault("sendMessage", status=429, retry_after=1)
    assert service.person("An").says("đăng ký tạm trú")
    service.emulator.fault("sendMessage", status=502)
    assert service.person("An").says("đăng ký kết hôn")


def test_a_person_who_blocked_the_bot_stops_nobody(service: Service) -> None:
    service.emulator.fault("sendMessage", status=403, description="Forbidden: bot was blocked by the user")
    service.person("Chi").writes("đăng ký tạm trú")
    service.emulator.wait_until(lambda: service.emulator.pending() == 0)  # else An might be the one who is refused
    assert service.person("An").says("đăng ký kết hôn")


def test_a_photo_gets_a_kind_line_and_a_group_gets_none(service: Service) -> None:
    an = service.person("An")
    photo = [{"file_id": service.emulator.upload("p.png", b"x"), "file_unique_id": "u", "width": 1, "height": 1}]
    an.sends({"message": {"from": an.user, "chat": an.chat, "photo": photo}})
    assert "Bot chỉ đọc được chữ" in an.hears()[0].text
    group = service.person("An", chat={"id": -100200, "type": "supergroup", "title": "Tổ dân phố"})
    group.writes("đăng ký tạm trú cần gì")
    group.hears_nothing()


def _toasts(emulator: Emulator, query: str) -> list[str]:
    calls = emulator.calls("answerCallbackQuery")
    return [c.params["text"] for c in calls if c.params.get("callback_query_id") == query]


@pytest.mark.parametrize("data", ["xx", "s:khong-co:", "p:khai-sinh:zz:000000000000", "n:", "s:khai-sinh:d;drop"])
def test_a_forged_or_old_button_is_told_politely(service: Service, data: str) -> None:
    an = service.person("An")
    [answer] = an.says("đăng ký tạm trú")
    an.sends(
        {
            "callback_query": {
                "id": f"forged-{data}",
                "from": {"id": an.user["id"], "is_bot": False, "first_name": "An", "language_code": "vi"},
                "message": {"message_id": answer.message_id, "date": 0, "chat": an.chat, "text": "x"},
                "chat_instance": "1",
                "data": data,
            }
        }
    )
    service.emulator.wait_until(lambda: bool(_toasts(service.emulator, f"forged-{data}")))
    assert _toasts(service.emulator, f"forged-{data}")[0].startswith("Nút này đã cũ")


@pytest.mark.parametrize(
    "question", ["", "   ", "😀", "?" * 4000, "khai sinh " * 400, "<b>khai sinh</b> & <a href='x'>"]
)
def test_strange_messages_never_stop_it(service: Service, question: str) -> None:
    an = service.person("An")
    if question.strip():
        assert an.says(question)
    assert an.says("đăng ký kết hôn")


def test_a_wrong_token_is_one_clear_message_and_exit_code_2(emulator: Emulator, folder: Path) -> None:
    done = motcua(folder, "run", **(settings(emulator) | {"MOTCUA_TOKEN": "999:WRONG"}))
    assert done.returncode == 2
    assert "Telegram không nhận token này" in done.stderr
    assert "Traceback" not in done.stderr
    assert "999:WRONG" not in done.stderr


def test_no_token_is_one_clear_message_and_exit_code_2(folder: Path) -> None:
    done = motcua(folder, "run")
    assert done.returncode == 2
    assert "MOTCUA_TOKEN" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_copy_leaves_and_the_first_stays(bot: Running, emulator: Emulator, folder: Path) -> None:
    emulator.person("An").says("đăng ký tạm trú")
    second = folder / "second"
    second.mkdir()
    done = motcua(second, "run", **settings(emulator))
    assert done.returncode == 2
    assert "409" in done.stderr
    assert "Traceback" not in done.stderr
    assert bot.process.poll() is None
    assert emulator.person("An").says("đăng ký kết hôn")


def test_telegram_out_of_reach_is_said_once_shown_in_health_and_waited_for(folder: Path) -> None:
    nowhere = {"MOTCUA_TOKEN": "1:A", "MOTCUA_BASE_URL": "http://127.0.0.1:9/bot"}
    with running(folder, **nowhere) as lost:
        lost.wait_for("Không nối được tới Telegram")
        state = motcua(folder, "health")
        assert "không nối được" in state.stdout
        assert state.returncode == 1
        assert lost.process.poll() is None
        assert lost.stop() == 0
    assert (folder / "run.log").read_text("utf-8").count("Không nối được") == 1


def test_a_running_bot_is_healthy_and_its_log_holds_neither_token_nor_question(service: Service) -> None:
    service.person("An").says("câu hỏi riêng tư về tách thửa")
    assert motcua(service.folder, "health").returncode == 0
    assert service.emulator.token not in service.process.output()
    assert service.emulator.token.split(":")[1] not in service.process.output().replace("TESTS", "")
    assert "riêng tư" not in service.process.output()


def test_a_menu_that_telegram_refuses_does_not_stop_the_start(emulator: Emulator, folder: Path) -> None:
    emulator.fault("setMyCommands", status=400, times=3, description="Bad Request: can't do that")
    with running(folder, **settings(emulator)) as bot:
        bot.wait_for("đang chạy")
        assert emulator.person("An").says("đăng ký kết hôn")
