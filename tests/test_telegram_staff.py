"""What staff tap and read in their group, without a network: buttons, posts, lists; and who may settle what."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.staffroom_buttons import MOST_WORDINGS, Press, check_of, pressed
from bot.channels.telegram.staffroom_keys import toggles, under
from bot.channels.telegram.staffroom_replies import listed, ticked
from bot.channels.telegram.staffroom_settling import Deeds
from bot.channels.telegram.staffroom_words import WORDINGS, age, queue, settled, told, topic
from bot.errors import MotCuaError
from bot.review.proposals import Proposal
from bot.review.settling import Settling
from bot.review.stage import Stage
from bot.roles import Role
from bot.storage import (
    Address,
    Audit,
    Database,
    Kind,
    Member,
    Outbox,
    Questions,
    Settled,
    Staff,
    State,
    Ticket,
    Tickets,
    Watches,
    Wording,
    open_database,
)
from tests.entries import NOW, entry

BINH, DUNG = Member(1, "2002", "Bình", Role.EDITOR), Member(2, "4004", "Dung", Role.VIEWER)
NEAR = [Proposal(f"muc-{number}", f"Mục {number}", 0.5 - number / 20) for number in range(5)]
PLAIN = Ticket(
    12, Kind.QUESTION, None, State.NEW, None, NOW, NOW, 3, 5, 2, 1, "2026-11-23", "nuôi voi", (), 1, None, None, None
)


def ticket(**changed: Any) -> Ticket:
    return replace(PLAIN, **changed)


def wording(question: str, reference: str = "0123456789ab", times: int = 1, watched: int = 0) -> Wording:
    return Wording(reference, question, times, 1, "2026-11-23", watched, "vi", (reference,))


# Buttons


PRESSES = [
    Press("n", 1),
    Press("b", 9_999_999_999),
    Press("o", 12),
    Press("a", 12, "tam-tru"),
    Press("c", 9_999_999_999, "a" * 40),
    Press("r", 12, "2"),
    Press("w", 9_999_999_999, "23", (1 << MOST_WORDINGS) - 1, "0123abcd"),
    Press("g", 12, "", 5, "0123abcd"),
]


@pytest.mark.parametrize("press", PRESSES)
def test_every_button_of_staff_fits_and_comes_back(press: Press) -> None:
    assert len(press.data.encode()) <= 64
    assert pressed(press.data) == press


@pytest.mark.parametrize(
    "data",
    [
        "",
        "t:",
        "t:n",
        "t:n:",
        "t:n:0",
        "t:n:01",
        "t:n:-1",
        "t:n:1:tam-tru",
        "t:n:12345678901",
        "t:z:1",
        "t:a:1",
        "t:a:1:Tạm trú",
        "t:a:1:" + "a" * 41,
        "t:g:1",
        "t:g:1:f",
        "t:g:1:1ffffff:0123abcd",
        "t:w:1:f:0123abcd",
        "t:n:1 ",
        "n:1",
    ],
)
def test_what_is_no_button_of_staff_is_nothing(data: str) -> None:
    assert pressed(data) is None


def test_a_list_that_changed_has_another_check() -> None:
    assert len({check_of(refs) for refs in (["a"], ["b"], ["a", "b"], ["b", "a"], [])}) == 5
    assert check_of(["a", "b"]) == check_of(["a", "b"])


# Posts


def test_a_post_says_what_was_asked_how_often_and_how_to_answer() -> None:
    text = told(ticket(), [wording("nuôi voi", times=4), wording("xin nuôi <voi>")], "").text
    assert text.split("\n") == [
        "Nhóm 12: mới",
        "3 người hỏi, 5 lần; mở ngày 23/11/2026.",
        "Gửi thẳng cho cán bộ: 2 lần.",
        '• "nuôi voi" (4 lần)',
        '• "xin nuôi <voi>"',
        "Chờ được báo: 1 người.",
        text.split("\n")[-1],
    ]
    assert "Bấm trả lời" in text


def test_of_many_wordings_the_first_are_told_and_the_others_counted() -> None:
    many = [wording(f"câu {n} " + "rất dài " * 100) for n in range(WORDINGS + 3)]
    text = told(ticket(asked=0, watchers=0), many, "").text
    assert "và 3 cách hỏi khác." in text
    assert "Chưa ai nhờ báo." in text
    assert len(text) < 3000


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"settled_as": Settled.PHRASE}, 'Nhóm 12: xong (Bình). Đã thêm vào "Tạm trú".'),
        ({"settled_as": Settled.ENTRY}, 'Nhóm 12: xong (Bình). Đã có mục mới "Tạm trú".'),
        ({"settled_as": Settled.EDIT}, 'Nhóm 12: xong (Bình). Đã sửa "Tạm trú".'),
        ({"settled_as": Settled.WORDS, "note": "Hỏi kiểm lâm."}, "Nhóm 12: xong (Bình). Đã trả lời bằng tay."),
        ({"settled_as": Settled.IGNORED, "note": "thử"}, "Nhóm 12: xong (Bình). Đã bỏ qua. Lý do: thử"),
        ({"staff": None}, "Nhóm 12: xong."),
    ],
)
def test_a_settled_ticket_says_how(changed: dict[str, Any], words: str) -> None:
    done = ticket(**{"state": State.DONE, "staff": BINH, **changed})
    assert settled(done, "Tạm trú") == words
    assert told(done, [], "Tạm trú").text.endswith(words)
    assert under(done, NEAR, None) is None


def test_a_disputed_ticket_is_about_its_procedure() -> None:
    disputed = ticket(kind=Kind.DISPUTED, procedure="tam-tru", wording="")
    assert topic(disputed, "Đăng ký tạm trú") == "Nhóm 12: Đăng ký tạm trú"
    assert 'về "Đăng ký tạm trú" chưa đúng' in told(disputed, [], "Đăng ký tạm trú").text


def test_the_name_of_a_topic_is_never_too_long() -> None:
    assert len(topic(ticket(id=10**9, wording="rất dài " * 90), "")) <= 128
    assert topic(ticket(wording="từmộtliền" * 90), "")


def test_the_nearest_five_are_buttons_and_lead_to_the_page_where_there_is_one() -> None:
    here = under(ticket(), NEAR, None)
    assert here
    rows = [row[0] for row in here.inline_keyboard]
    assert [(key.text, key.callback_data) for key in rows[:2]] == [
        ("Thêm vào: Mục 0 (0,50)", "t:a:12:muc-0"),
        ("Thêm vào: Mục 1 (0,45)", "t:a:12:muc-1"),
    ]
    assert len(rows) == len(NEAR) + 1
    assert [key.text for key in here.inline_keyboard[-1]] == ["Nhận", "Bỏ qua"]
    page = under(ticket(state=State.TAKEN, staff=BINH), NEAR, "https://canbo.vn/")
    assert page
    assert page.inline_keyboard[0][0].url == "https://canbo.vn/nhom/12?muc=muc-0"
    assert [key.text for key in page.inline_keyboard[-2]] == ["Bỏ qua"]
    assert page.inline_keyboard[-1][0].url == "https://canbo.vn/nhom/12"


def test_wordings_are_ticked_and_unticked_by_their_own_buttons() -> None:
    asked = [wording("nuôi voi", "a" * 12, watched=2), wording("nuôi hổ", "b" * 12), wording("nuôi gấu", "c" * 12)]
    keys = toggles(12, asked, 0b101, 2)
    assert [row[0].text for row in keys.inline_keyboard] == [
        "☑ 1. nuôi voi",
        "☐ 2. nuôi hổ",
        "☑ 3. nuôi gấu",
        "Gửi cho 2 người",
    ]
    assert toggles(12, asked, 0b101, 0).inline_keyboard[-1][0].text == "Ghi lại, không báo cho ai"
    assert ticked(asked, 0b101) == ["a" * 12, "c" * 12]
    text = listed(ticket(), asked, 0b101)
    assert "☑ 1. nuôi voi (2 người chờ báo)\n☐ 2. nuôi hổ\n☑ 3. nuôi gấu" in text
    assert "chưa ai nhờ báo" in listed(ticket(), asked[1:], 0b11)
    most = [wording("câu hỏi rất dài " * 40, f"{n:012x}") for n in range(MOST_WORDINGS)]
    assert len(listed(ticket(), most, 0)) < 4000
    whole = toggles(9_999_999_999, most, (1 << MOST_WORDINGS) - 1, 1)
    assert all(len(str(row[0].callback_data).encode()) <= 64 for row in whole.inline_keyboard)


def test_the_queue_is_a_list_by_rank_with_ages() -> None:
    old = ticket(id=3, opened_at=NOW - datetime.timedelta(days=2), state=State.TAKEN, staff=BINH)
    text = queue([ticket(), old], 40, NOW, {}).text
    assert text == (
        "Đang chờ: 40 nhóm. Dưới đây là 2 nhóm đầu.\n12. nuôi voi (3 người, hôm nay)\n"
        "3. nuôi voi (3 người, 2 ngày; Bình đang xử lý)"
    )
    assert queue([], 0, NOW, {}).text == "Không còn nhóm câu hỏi nào chờ."
    assert age(old, NOW) == "2 ngày"


# Settling


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "test.db")
    Staff(opened).add("2002", "Bình", Role.EDITOR, None, NOW)
    Staff(opened).add("4004", "Dung", Role.VIEWER, None, NOW)
    yield opened
    opened.close()


@pytest.fixture
def tickets(database: Database) -> Tickets:
    """One ticket of two wordings, An waits for the first, Chi for both."""
    log, watches, book = Questions(database), Watches(database), Tickets(database)
    for reference, question in (("a" * 12, "nuôi voi"), ("b" * 12, "nuôi hổ")):
        log.add(entry(question, reference=reference)).result()
    book.open(Kind.QUESTION, None, [row.id for row in book.loose(9)], NOW)
    for chat, reference in (("1001", "a" * 12), ("3003", "a" * 12), ("3003", "b" * 12)):
        watches.add(Address("telegram", "7", chat, "5", "vi"), None, NOW, reference=reference)
    return book


def settling(database: Database) -> Deeds:
    stage = Stage(Path("khong-co"), None, Path("khong-co"))
    return Deeds(database, Settling(stage, database, lambda: NOW), lambda: NOW)


async def test_an_answer_by_hand_goes_to_the_ticked_once_each_and_the_others_wait_on(
    database: Database, tickets: Tickets
) -> None:
    desk = settling(database)
    seen = await desk.open(1, BINH)
    assert await desk.answer(seen, ["a" * 12], "Hỏi kiểm lâm.", BINH) == 2
    assert [push.payload for push in Outbox(database).of_ticket(1)] == ["Hỏi kiểm lâm."] * 2
    assert [row.question for row in tickets.loose(9)] == ["nuôi hổ"]
    assert [watch.reference for watch in desk.watches(["a" * 12, "b" * 12])] == ["b" * 12]


async def test_who_waits_for_two_questions_of_one_ticket_is_told_once(database: Database, tickets: Tickets) -> None:
    desk = settling(database)
    assert await desk.answer(await desk.open(1, BINH), ["a" * 12, "b" * 12], "Hỏi kiểm lâm.", BINH) == 2
    assert len(Outbox(database).of_ticket(1)) == 2
    assert "1001" not in str([row.key for row in Outbox(database).of_ticket(1)])


async def test_of_two_who_settle_one_wins_and_the_other_is_told(database: Database, tickets: Tickets) -> None:
    desk = settling(database)
    first, second = await desk.open(1, BINH), await desk.open(1, BINH)
    await desk.answer(first, ["a" * 12], "Hỏi kiểm lâm.", BINH)
    with pytest.raises(MotCuaError, match="Chưa ghi gì: Bình vừa giải quyết xong nhóm này"):
        await desk.answer(second, ["b" * 12], "Không được nuôi.", BINH)
    with pytest.raises(MotCuaError, match="đã được xử lý"):
        await desk.take(1, BINH)
    assert len(Outbox(database).of_ticket(1)) == 2


async def test_a_ticket_is_taken_once_and_by_who_may(database: Database, tickets: Tickets) -> None:
    desk, hoa = settling(database), Staff(database).add("5005", "Hoa", Role.ADMIN, None, NOW)
    with pytest.raises(MotCuaError, match="chỉ xem"):
        await desk.take(1, DUNG)
    assert await desk.take(1, BINH) == "Nhóm 1: Bình nhận xử lý."
    with pytest.raises(MotCuaError, match="đang do Bình xử lý"):
        await desk.take(1, hoa)
    assert await desk.ignore(1, "thử", hoa) == "Nhóm 1: Hoa bỏ qua. Lý do: thử"
    assert [row.who for row in Audit(database).of("ticket:1")] == ["Bình", "Hoa"]


async def test_who_reported_a_procedure_is_answered_by_hand_too(database: Database) -> None:
    log, book = Questions(database), Tickets(database)
    log.add(
        entry("đăng ký tạm trú", reference="d" * 12, outcome="answer", reason="direct", procedure="tam-tru")
    ).result()
    Watches(database).add(Address("telegram", "7", "1001", "5", "vi"), None, NOW, procedure="tam-tru")
    database.run(
        lambda db: db.execute(
            "INSERT INTO judgements (subject, voter, procedure, good, why, knowledge, judged_at) "
            "VALUES ('p:tam-tru', 'v', 'tam-tru', 0, 'old', 'x', :at)",
            {"at": NOW.isoformat()},
        )
    )
    book.open(Kind.DISPUTED, "tam-tru", [row.id for row in book.loose(9)], NOW)
    desk = settling(database)
    assert await desk.answer(await desk.open(1, BINH), [], "Mức phí đúng là 7.000 đồng.", BINH) == 1
    assert Outbox(database).of_ticket(1)[0].reference is None
