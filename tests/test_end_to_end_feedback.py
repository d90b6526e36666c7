"""The real process and what An thinks of its answers; what is said in a group; Bình reads `motcua review`."""

from pathlib import Path
from typing import Any

import pytest

from tests.emulator.client import Emulator
from tests.running import Running, motcua
from tests.serving import Service, username
from tests.test_end_to_end_persons import ABROAD, GROUP, keeps_ngo_quyen, on_disk, rows


def test_a_judgement_leaves_the_answer_where_it_is_and_its_reason_is_kept(
    bot: Running, emulator: Emulator, folder: Path
) -> None:
    an = emulator.person("An")
    [answer] = an.says("đăng ký tạm trú")
    assert an.taps(answer, "👍 Có ích") == []
    assert an.toast == "Cảm ơn bạn. Ý kiến đã được ghi lại."
    [why] = an.taps(answer, "👎 Chưa đúng")
    assert why.method == "sendMessage"
    assert why.params["reply_parameters"]["message_id"] == answer.message_id
    assert why.labels == ["Thông tin sai", "Thông tin cũ", "Còn thiếu", "Khó hiểu", "Không đúng câu hỏi"]
    [thanks] = an.taps(why, "Thông tin cũ")
    assert (thanks.method, thanks.message_id) == ("editMessageText", why.message_id)
    an.taps(why, "Còn thiếu", answer_only=True)
    [(procedure, good, reason, same)] = rows(
        folder,
        "SELECT j.procedure, good, why, j.knowledge = q.knowledge FROM judgements j JOIN questions q "
        "ON q.reference = j.question",
    )
    assert (procedure, good, reason, same) == ("tam-tru", 0, "missing", 1)


def test_what_is_wrong_with_an_entry_is_told_in_two_taps(bot: Running, emulator: Emulator, folder: Path) -> None:
    an = emulator.person("An")
    [answer] = an.says("đăng ký tạm trú")
    [facet] = an.taps(answer, "Thời hạn")
    [why] = an.taps(facet, "Báo thông tin sai/cũ")
    assert why.text.startswith('Thông tin về "Đăng ký tạm trú" cần xem lại ở điểm nào?')
    [thanks] = an.taps(why, "Thông tin cũ")
    assert thanks.text.startswith("Cảm ơn bạn.")
    assert rows(folder, "SELECT question, procedure, why FROM judgements") == [(None, "tam-tru", "old")]


def test_no_answer_is_judged_too(bot: Running, emulator: Emulator, folder: Path) -> None:
    an = emulator.person("An")
    [nothing] = an.says("cấp phép nuôi voi")
    [why] = an.taps(nothing, "👎 Chưa đúng")
    an.taps(why, "Còn thiếu")
    assert rows(folder, "SELECT procedure, good, why FROM judgements") == [(None, 0, "missing")]


@pytest.mark.parametrize("question", ["phường Cẩm Thượng giờ nộp ở đâu", "hồ sơ của tôi đến đâu rồi"])
def test_a_place_and_the_way_to_ones_own_file_are_judged_too(service: Service, question: str) -> None:
    assert "👎 Chưa đúng" in service.person("An").says(question)[0].labels


@pytest.mark.parametrize("question", ["nhà tôi cháy", "xin chào", "cảm ơn bạn"])
def test_an_emergency_and_a_greeting_ask_for_no_opinion(service: Service, question: str) -> None:
    assert service.person("An").says(question)[0].labels == []


def test_a_question_sent_to_staff_is_seen_by_binh(service: Service) -> None:
    an = service.person("An")
    [answer] = an.says("câu hỏi về chuyện chưa ai biết")
    assert 'Nút "Gửi câu hỏi cho cán bộ" gửi câu hỏi đã che số giấy tờ' in answer.text
    [sent] = an.taps(answer, "Gửi câu hỏi cho cán bộ")
    assert sent.method == "sendMessage"
    assert "không kèm tên bạn" in sent.text
    assert "gửi cán bộ: 1" in motcua(service.folder, "review").stdout


def test_in_a_group_nothing_of_a_person_is_told_nor_strangers_linked(
    bot: Running, emulator: Emulator, folder: Path
) -> None:
    an, me = emulator.person("An"), username(emulator)
    among = emulator.person("An", chat=GROUP)
    [first] = among.says(f"@{me} đăng ký khai sinh nộp ở đâu")
    assert ABROAD not in first.text
    assert rows(folder, "SELECT count(*), count(person) FROM questions") == [(1, 0)]
    assert ABROAD in keeps_ngo_quyen(an).text
    [later] = among.says(f"@{me} đăng ký khai sinh nộp ở đâu")
    assert later.text == first.text
    assert rows(folder, "SELECT count(*), count(person) FROM questions") == [(2, 1)]


def test_in_a_group_no_answer_promises_no_button_that_is_not_there(service: Service) -> None:
    [nothing] = service.person("An", chat=GROUP).says(f"@{username(service.emulator)} cấp phép nuôi voi")
    assert nothing.text.startswith("Chưa có câu trả lời")
    assert "Nút" not in nothing.text
    assert [b.data for row in nothing.buttons for b in row if not b.url] == []


@pytest.mark.parametrize("chat", [None, GROUP])
def test_numbers_are_masked_and_warned_of(service: Service, chat: dict[str, Any] | None) -> None:
    words = "đăng ký tạm trú cần giấy tờ gì, căn cước 030123456789"
    if chat:
        [answer] = service.person("An", chat=chat).says(f"@{username(service.emulator)} {words}")
    else:
        [answer] = service.person("An").says(words)
    assert answer.text.count("đừng gửi số giấy tờ") == 1
    assert b"030123456789" not in on_disk(service.folder)
