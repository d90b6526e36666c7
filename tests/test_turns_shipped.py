"""Turns on the shipped base: chats as people have them."""

import pytest

from bot.answers import Answer, Answered, Choice, Reason
from bot.knowledge import Knowledge
from bot.matching import Matcher
from bot.turns import Context, spoken_of, turn


def shown(answer: Answer) -> tuple[str, ...]:
    if isinstance(answer, Answered):
        return (answer.procedure,)
    return tuple(o.procedure for o in answer.options) if isinstance(answer, Choice) else ()


@pytest.mark.parametrize(
    ("spoken", "text", "given"),
    [
        ("doi-can-cuoc", "còn lệ phí?", "doi-can-cuoc"),
        ("doi-can-cuoc", "thế còn cấp lại thì sao", "cap-lai-can-cuoc"),
        ("cap-lai-can-cuoc", "không phải mất, thẻ hết hạn cơ", "doi-can-cuoc"),
        ("can-cuoc-duoi-14", "đứa lớn 16 tuổi thì sao ạ", "cap-the-can-cuoc"),
        ("cap-the-can-cuoc", "bé út 4 tuổi thì sao", "can-cuoc-duoi-14"),
        ("tam-tru", "vậy gia hạn thì sao", "gia-han-tam-tru"),
        ("tam-tru", "nộp qua mạng được chứ?", "tam-tru"),  # not the guide
        ("khai-sinh", "bà nội đi thay dc k", "khai-sinh"),
        ("ket-hon", "nếu chồng em là người Nhật thì sao", "ket-hon-nuoc-ngoai"),
        ("tach-ho", "chưa ly hôn có được tách không", "tach-ho"),  # no matter of courts
        ("sang-ten-dat", "mấy ngày xong hả anh", "sang-ten-dat"),
    ],
)
def test_what_follows_an_answer(
    shipped: Knowledge, shipped_matcher: Matcher, spoken: str, text: str, given: str
) -> None:
    assert shown(turn(shipped_matcher, shipped, text, Context(procedure=spoken)).answer) == (given,)


@pytest.mark.parametrize(
    ("spoken", "text"),
    [
        ("khai-sinh", "ly hôn đơn phương thì tòa nào xử"),
        ("tam-tru", "giá vàng hôm nay bao nhiêu"),
        ("ho-chieu", "dạ vâng em cảm ơn nhiều ạ"),
        ("sang-ten-dat", "thôi để mai tôi ra hỏi, chào cháu"),
        ("doi-can-cuoc", "đăng ký kết hôn cần giấy tờ gì"),
        ("tam-tru", "mua bán flycam có phải đăng ký không"),  # of which no entry knows
        ("tam-tru", "căn cước hết bao nhiêu tiền"),  # a paper to bring, but what is asked is its own fee
    ],
)
def test_what_stands_by_itself(shipped: Knowledge, shipped_matcher: Matcher, spoken: str, text: str) -> None:
    assert turn(shipped_matcher, shipped, text, Context(procedure=spoken)).answer.reason is not Reason.FOLLOW_UP


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("cấp đổi và cấp lại sổ đỏ khác gì nhau", {"doi-so-do", "cap-lai-so-do"}),
        ("làm căn cước dưới 14 và trên 14 tuổi khác nhau thế nào", {"can-cuoc-duoi-14", "cap-the-can-cuoc"}),
        ("hộ kinh doanh khác doanh nghiệp tư nhân ntn", {"lap-ho-kinh-doanh", "doanh-nghiep-tu-nhan"}),
        ("đăng ký tạm trú rồi làm hộ chiếu luôn", {"tam-tru", "ho-chieu"}),
        ("bố em mất, em đi khai tử, ngoài ra xin lại chế độ tử tuất, hồ sơ hai việc", {"khai-tu", "tu-tuat"}),
        ("tôi muốn tách thửa rồi sang tên cho con", {"tach-thua", "sang-ten-dat"}),  # of land, beside land
    ],
)
def test_several_in_one_message(shipped: Knowledge, shipped_matcher: Matcher, text: str, given: set[str]) -> None:
    answer = turn(shipped_matcher, shipped, text).answer
    assert (answer.reason, set(shown(answer))) == (Reason.SEVERAL, given)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("thẻ căn cước hết hạn chứ không mất, đổi ở đâu", "doi-can-cuoc"),
        ("không gia hạn nữa, em chuyển đi nên muốn xóa tạm trú", "xoa-tam-tru"),
        ("em không muốn tạm ngừng nữa mà chấm dứt hộ kinh doanh", "cham-dut-ho-kinh-doanh"),
    ],
)
def test_what_is_denied_is_not_answered(shipped: Knowledge, shipped_matcher: Matcher, text: str, given: str) -> None:
    assert shown(turn(shipped_matcher, shipped, text).answer) == (given,)


def test_after_a_choice_the_general_procedure_answers(shipped: Knowledge, shipped_matcher: Matcher) -> None:
    first = turn(shipped_matcher, shipped, "hỏi về đăng ký hộ kinh doanh").answer
    assert isinstance(first, Choice)
    assert shown(turn(shipped_matcher, shipped, "mấy ngày xong ạ", spoken_of(first)).answer) == ("lap-ho-kinh-doanh",)


@pytest.mark.parametrize(
    "text",
    [
        "bạn em nhắn tin nói không muốn sống nữa, nó khóa cửa phòng rồi",
        "con em không thở được nữa",
        "không dập được lửa",
    ],
)
def test_no_denial_hides_an_emergency(shipped: Knowledge, shipped_matcher: Matcher, text: str) -> None:
    assert turn(shipped_matcher, shipped, text).answer.reason is Reason.EMERGENCY
