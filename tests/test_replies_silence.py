"""An honest silence: what was understood, what is near, whom to ask and when, and what is sent to staff."""

import datetime
from dataclasses import replace

import pytest

from bot.answers import Reason, Unknown
from bot.config import OFFICE_TIME
from bot.hours import Hours, read_hours
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.procedures import Facet
from bot.replies import AskStaff, Judge, Reply, Show, Voice, compose, help_text
from tests.values import entry, speaker

HOLIDAY = datetime.date(2026, 11, 24)
VOICE = Voice("xã Vĩnh Bảo", "0225 123 456", Hours(read_hours("T2-T6 07:30-11:30, 13:30-17:00"), frozenset([HOLIDAY])))
OPEN_HOURS = "Giờ làm việc: thứ Hai đến thứ Sáu 07:30-11:30, 13:30-17:00."
NEAR = Unknown(Reason.NO_MATCH, (Facet.FEE,), (), ("khai-sinh",))


def silence(
    answer: Unknown = NEAR,
    voice: Voice = VOICE,
    heard: tuple[str, ...] = (),
    say: Sentences = VIETNAMESE,
    feedback: bool = True,
) -> Reply:
    who = replace(speaker(entry(), say=say), feedback=feedback)
    return compose(answer, who, voice, "0123456789ab", heard=heard)


def texts(reply: Reply) -> list[str]:
    return ["".join(span.text for span in row) for row in reply.lines]


def test_it_tells_all_that_helps_and_offers_what_is_near() -> None:
    reply = silence(heard=("hộ", "chiếu"), voice=Voice("xã", "0225 123 456"))
    assert texts(reply) == [
        VIETNAMESE.unknown,
        'Bot nhận ra các chữ: "hộ chiếu", phần lệ phí.',
        VIETNAMESE.unknown_hint,
        "Hoặc hỏi trực tiếp: 0225 123 456",
        'Nút "Gửi câu hỏi cho cán bộ" gửi câu hỏi đã che số giấy tờ, số điện thoại, không kèm tên bạn.',
        "Gần với câu hỏi nhất:",
    ]
    assert [[(b.label, b.action) for b in row] for row in reply.buttons] == [
        [("Đăng ký khai sinh", Show("khai-sinh", (Facet.FEE,), "0123456789ab"))],
        [("Gửi câu hỏi cho cán bộ", AskStaff("0123456789ab"))],
        [("👍 Có ích", Judge("0123456789ab", True)), ("👎 Chưa đúng", Judge("0123456789ab", False))],
    ]


def test_where_nothing_can_be_sent_to_staff_it_is_not_offered() -> None:
    reply = silence(heard=("hộ", "chiếu"), feedback=False)
    assert "Gửi câu hỏi cho cán bộ" not in reply.text
    assert texts(reply)[-1] == "Gần với câu hỏi nhất:"
    assert [b.label for b in reply.flat_buttons()] == ["Đăng ký khai sinh"]


@pytest.mark.parametrize(
    ("facets", "heard", "told"),
    [
        ((), (), "Bot chưa nhận ra tên việc nào trong câu hỏi."),
        ((), ("hộ", "chiếu"), 'Bot nhận ra các chữ: "hộ chiếu".'),
        ((Facet.TIME, Facet.FEE), ("xe",), 'Bot nhận ra các chữ: "xe", phần thời hạn, lệ phí.'),
    ],
)
def test_what_was_understood_is_said(facets: tuple[Facet, ...], heard: tuple[str, ...], told: str) -> None:
    assert texts(silence(Unknown(Reason.NO_MATCH, facets), heard=heard))[1] == told


def test_without_a_contact_and_with_nothing_near_neither_is_spoken_of() -> None:
    reply = silence(Unknown(Reason.NO_MATCH), Voice("xã", None, VOICE.hours), say=ENGLISH)
    assert len(reply.lines) == 4
    assert [b.label for b in reply.flat_buttons()] == ["Send the question to staff", "👍 Useful", "👎 Not right"]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-23 07:29", "Bây giờ ngoài giờ làm việc, mở lại lúc 07:30 hôm nay."),
        ("2026-11-23 07:30", None),
        ("2026-11-23 11:30", "Bây giờ ngoài giờ làm việc, mở lại lúc 13:30 hôm nay."),
        ("2026-11-23 17:00", "Bây giờ ngoài giờ làm việc, mở lại lúc 07:30 thứ Tư, 25/11/2026."),
        ("2026-11-24 09:00", "Hôm nay là ngày nghỉ, mở lại lúc 07:30 thứ Tư, 25/11/2026."),
        ("2026-11-29 23:59", "Bây giờ ngoài giờ làm việc, mở lại lúc 07:30 thứ Hai, 30/11/2026."),
    ],
)
def test_out_of_hours_and_holidays_are_said(now: str, told: str | None) -> None:
    at = datetime.datetime.strptime(now, "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE_TIME)
    who = replace(speaker(entry()), now=at)
    said = texts(compose(NEAR, who, VOICE, "0123456789ab"))
    assert said[3:5] == ["Hoặc hỏi trực tiếp: 0225 123 456", OPEN_HOURS]
    assert [text for text in said if "mở lại" in text] == ([told] if told else [])
    assert [text for text in texts(help_text(VIETNAMESE, VOICE, at)) if "mở lại" in text] == ([told] if told else [])


def test_hours_are_told_in_english() -> None:
    at = datetime.datetime(2026, 11, 23, 18, 0, tzinfo=OFFICE_TIME)
    said = texts(help_text(ENGLISH, VOICE, at))
    assert said[-2:] == [
        "Opening hours: Monday to Friday 07:30-11:30, 13:30-17:00.",
        "It is closed now and opens again at 07:30 on Wednesday, 25/11/2026.",
    ]
