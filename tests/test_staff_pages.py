"""What staff do on the pages: take, give back, answer, ignore; search log and audit; manage people and notices."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.persons import Alias
from bot.roles import Role
from bot.storage import Judgements, Kind, Outbox, PushState, State, SwitchName, Ticket, Vote
from tests.entries import answered, entry, on
from tests.pages import Browser, House, seen, version_of


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
async def binh(house: House) -> AsyncIterator[Browser]:
    async with Browser(house) as browser:
        yield await browser.signs_in("Bình")


@pytest.fixture
async def dung(house: House) -> AsyncIterator[Browser]:
    async with Browser(house) as browser:
        yield await browser.signs_in("Dung")


def now(house: House, number: int) -> Ticket:
    """The ticket as it is."""
    found = house.site.tickets.ticket(number)
    assert found
    return found


async def test_the_queue_says_how_many_wait_and_the_most_askers_come_first(house: House, binh: Browser) -> None:
    house.gathers(entry("xin visa"))
    house.clock.moves(hours=2)
    house.gathers(*(entry("nuôi mèo", person=Alias(1, f"p{n}")) for n in range(3)))
    text = await binh.reads("/hang-doi")
    assert "Đang chờ: 2 nhóm mới, 0 nhóm đang xử lý." in text
    assert text.index("nuôi mèo 3 người hỏi mở dưới 1 phút trước") < text.index("xin visa 1 người hỏi mở 2 giờ trước")
    assert "Gần nhất lúc hỏi: Đăng ký khai sinh; Đăng ký tạm trú" in text


async def test_questions_that_came_meanwhile_are_gathered_first(house: House, binh: Browser) -> None:
    house.log.add(entry("xin visa")).result()
    assert "xin visa" in await binh.reads("/hang-doi")


async def test_the_queue_has_a_tab_for_each_state_and_kind(house: House, binh: Browser) -> None:
    states = {"moi": "nuôi mèo", "dang-xu-ly": "mua chó", "xong": "bán gà", "bo-qua": "thả cá"}
    numbers = {state: house.gathers(entry(words)) for state, words in states.items()}
    await binh.sends(f"/nhom/{numbers['dang-xu-ly']}/nhan", version="1")
    await binh.sends(f"/nhom/{numbers['bo-qua']}/bo-qua", version="1", reason="Hỏi thử, không có nội dung")
    wording = house.site.tickets.wordings(numbers["xong"])[0].reference
    await binh.sends(f"/nhom/{numbers['xong']}/tra-loi", version="1", words="Có.", wording=wording)
    for state in states:
        text = await binh.reads(f"/hang-doi?tinh-trang={state}")
        assert [words for words in states.values() if words in text] == [states[state]]
    assert "Không còn nhóm mới nào" in await binh.reads("/hang-doi?loai=bao-sai&tinh-trang=la-lung")


async def test_a_report_stands_under_its_procedure(house: House, binh: Browser) -> None:
    vote = Vote("v1", None, house.clock())
    Judgements(house.database).report("tam-tru", "old", "v", vote)
    assert "Đăng ký tạm trú 1 người báo" in await binh.reads("/hang-doi?loai=bao-sai")
    number = house.site.tickets.page(kind=Kind.DISPUTED)[0].id
    text = await binh.reads(f"/nhom/{number}")
    assert "Bị báo sai: Đăng ký tạm trú" in text
    assert "thông tin cũ" in text
    done = await binh.sends(f"/nhom/{number}/tra-loi", version="1", words="Đã xem: mức thu vẫn đúng.")
    assert done.status_code == 303
    assert now(house, number).state is State.DONE


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "9" * 30, "9" * 19])
async def test_the_queue_is_read_page_by_page(house: House, binh: Browser, page: str) -> None:
    for number in range(25):
        house.gathers(entry(f"việc số {number:02} của dân"))
    first = await binh.reads("/hang-doi")
    assert first.count("của dân") == 20
    assert "Trang sau" in first
    text = await binh.reads(f"/hang-doi?trang={page}")
    assert text.count("của dân") == {"2": 5, "9" * 19: 0}.get(page, 20)


async def test_the_page_of_a_group_tells_all_of_it(house: House, binh: Browser) -> None:
    asked = [entry("thuê trọ"), entry("thuê trọ"), entry("ở trọ có phải báo ai không")]
    number = house.gathers(*asked)
    house.log.asked_staff(asked[2].reference, house.clock()).result()
    house.waits(asked[2].reference)
    text = await binh.reads(f"/nhom/{number}")
    assert "thuê trọ 2 lần, mới nhất 23/11/2026" in text
    assert "ở trọ có phải báo ai không 1 lần, mới nhất 23/11/2026, 1 người chờ được báo" in text
    assert "1 lần gửi thẳng cho cán bộ" in text
    assert "Đăng ký tạm trú gần" in text
    assert "Mở 16:00 23/11/2026" in text


async def test_what_is_near_is_looked_up_anew_by_other_words(house: House, binh: Browser) -> None:
    number = house.gathers(entry("xin visa"))
    assert "Không có mục nào gần" in await binh.reads(f"/nhom/{number}")
    text = await binh.reads(f"/nhom/{number}?phrase=làm giấy khai sinh cho con")
    assert text.index("Đăng ký khai sinh gần") > 0


async def test_taking_and_giving_back(house: House, binh: Browser) -> None:
    number = house.gathers(entry("xin visa"))
    taken = await binh.sends(f"/nhom/{number}/nhan", version="1")
    assert taken.headers["location"] == f"/nhom/{number}?da=nhan"
    text = await binh.reads(taken.headers["location"])
    assert "Bạn đã nhận việc này." in text
    assert "Bình nhận việc" in text
    assert "đang xử lý: Bình" in text
    back = await binh.sends(f"/nhom/{number}/tra", version="2")
    assert "Đã trả lại nhóm vào hàng đợi." in await binh.reads(back.headers["location"])
    assert now(house, number).staff is None


async def test_words_go_to_those_who_wait_and_to_no_others(house: House, binh: Browser) -> None:
    an, chi = entry("thuê trọ báo ai"), entry("mua nhà báo ai")
    number = house.gathers(an, chi)
    house.waits(an.reference, "77")
    house.waits(chi.reference, "88")
    page = (await binh.opens(f"/nhom/{number}")).text
    done = await binh.sends(
        f"/nhom/{number}/tra-loi", version=version_of(page), words="Bạn báo công an xã nhé.", wording=an.reference
    )
    assert done.headers["location"] == f"/nhom/{number}?da=tra-loi"
    push = Outbox(house.database).of_ticket(number)
    assert [(one.reference, one.payload, one.state) for one in push] == [
        (an.reference, "Bạn báo công an xã nhé.", PushState.WAITING)
    ]
    text = await binh.reads(f"/nhom/{number}")
    assert "Xong dưới 1 phút trước, Bình: đã trả lời bằng tay" in text
    assert "“Bạn báo công an xã nhé.”" in text
    assert "đang chờ gửi 1" in text
    assert [row.question for row in house.site.tickets.loose(9)] == ["mua nhà báo ai"]


async def test_nobody_answers_what_they_do_not_see(house: House, binh: Browser) -> None:
    """A big group shows the most frequent wordings; the others go back into the queue."""
    number = house.gathers(*(entry(f"việc số {number} thì làm sao") for number in range(210)))
    page = (await binh.opens(f"/nhom/{number}")).text
    assert page.count('type="checkbox"') == 200
    shown = [one.reference for one in house.site.tickets.wordings(number)]
    await binh.sends(f"/nhom/{number}/tra-loi", version="1", words="Bạn hỏi công an xã.", wording=shown)
    assert len(house.site.tickets.loose(999)) == 10


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"words": ""}, "Hãy viết câu trả lời"),
        ({"words": "   \n "}, "Hãy viết câu trả lời"),
        ({"words": "a" * 3501}, "Hãy viết câu trả lời"),
        ({"words": "Bạn hỏi công an xã.", "wording": "khác"}, "Hãy đánh dấu ít nhất một câu hỏi"),
    ],
)
async def test_an_answer_that_cannot_go_is_given_back(
    house: House, binh: Browser, fields: dict[str, str], words: str
) -> None:
    one = entry("xin visa")
    number = house.gathers(one)
    page = await binh.sends(f"/nhom/{number}/tra-loi", **{"version": "1", "wording": one.reference} | fields)
    assert page.status_code == 422
    assert words in seen(page.text)
    assert fields["words"].strip() in page.text
    assert now(house, number).state is State.NEW


@pytest.mark.parametrize("reason", ["Hỏi thử, không có nội dung", ""])
async def test_ignoring_needs_a_reason(house: House, binh: Browser, reason: str) -> None:
    number = house.gathers(entry("nuôi mèo"))
    page = await binh.sends(f"/nhom/{number}/bo-qua", version="1", reason=reason)
    assert page.status_code == (303 if reason else 422)
    assert now(house, number).state is (State.IGNORED if reason else State.NEW)
    assert now(house, number).note == (reason or None)


async def test_own_words_go_before_a_chosen_reason(house: House, binh: Browser) -> None:
    number = house.gathers(entry("nuôi mèo"))
    await binh.sends(
        f"/nhom/{number}/bo-qua", version="1", reason="Không hiểu được câu hỏi", other="mèo không cần phép"
    )
    assert "(“mèo không cần phép”)" in await binh.reads(f"/nhom/{number}")


DEEDS = [
    ("nhan", {}),
    ("tra", {}),
    ("bo-qua", {"reason": "trùng"}),
    ("tra-loi", {"words": "Bạn hỏi công an xã."}),
]


@pytest.mark.parametrize(("deed", "fields"), DEEDS)
async def test_who_was_slower_is_told_and_keeps_what_was_typed(
    house: House, binh: Browser, dung: Browser, deed: str, fields: dict[str, str]
) -> None:
    one = entry("nuôi mèo")
    number = house.gathers(one)
    assert (await dung.sends(f"/nhom/{number}/nhan", version="1")).status_code == 303
    page = await binh.sends(f"/nhom/{number}/{deed}", version="1", wording=one.reference, **fields)
    assert page.status_code == 409
    assert "Dung" in seen(page.text)
    assert fields.get("words", "") in page.text
    assert version_of(page.text) == "2"
    assert now(house, number).staff == house.staff["Dung"]


async def test_a_settled_group_is_opened_again(house: House, binh: Browser) -> None:
    number = house.gathers(entry("nuôi mèo"))
    await binh.sends(f"/nhom/{number}/bo-qua", version="1", reason="trùng")
    page = (await binh.opens(f"/nhom/{number}")).text
    assert "Gửi câu trả lời" not in page
    await binh.sends(f"/nhom/{number}/tra", version=version_of(page))
    assert now(house, number).state is State.NEW


async def test_the_log_is_searched(house: House, binh: Browser) -> None:
    house.log.add(on(1, "đăng ký tạm trú", outcome="answer", reason="direct", procedure="tam-tru")).result()
    house.log.add(on(5, "Xin VISA")).result()
    house.log.add(on(9, "nuôi mèo")).result()
    found = {
        "": ["tạm trú", "VISA", "mèo"],
        "?chu=xin visa": ["VISA"],
        "?chu=nuoi": ["mèo"],
        "?ket-qua=answer": ["tạm trú"],
        "?thu-tuc=tam-tru": ["tạm trú"],
        "?tu=2026-11-05": ["VISA", "mèo"],
        "?tu=02/11/2026&den=2026-11-05": ["VISA"],
        "?chu=khong co": [],
    }
    for query, expected in found.items():
        text = (await binh.reads(f"/nhat-ky{query}")).partition("Đến hết ngày")[2]
        assert [words for words in ("tạm trú", "VISA", "mèo") if words in text] == expected, query
    assert "Ngày viết như" in await binh.reads("/nhat-ky?tu=hôm qua")


async def test_the_log_goes_back_page_by_page(house: House, binh: Browser) -> None:
    for number in range(60):
        house.log.add(answered(f"câu {number:02} đây", "tam-tru")).result()
    page = (await binh.opens("/nhat-ky?chu=đây")).text
    assert page.count(" đây</a>") == 50
    assert "/nhat-ky?chu=%C4%91%C3%A2y&amp;truoc=11" in page
    older = (await binh.opens("/nhat-ky?chu=đây&truoc=11")).text
    assert older.count(" đây</a>") == 10
    assert "Cũ hơn" not in older


async def test_one_question_tells_what_came_of_it(house: House, binh: Browser) -> None:
    one = entry("xin visa")
    number = house.gathers(one)
    house.log.asked_staff(one.reference, house.clock()).result()
    text = await binh.reads("/cau-hoi/1")
    assert "vì không thủ tục nào đủ gần." in text
    assert "Đăng ký khai sinh khai-sinh 31 %" in text
    assert "Người hỏi đã gửi câu này cho cán bộ." in text
    assert f"Mở nhóm {number}" in text


async def test_the_audit_is_searched(house: House, binh: Browser) -> None:
    number = house.gathers(entry("nuôi mèo"))
    await binh.sends(f"/nhom/{number}/bo-qua", version="1", reason="mèo không cần phép")
    text = await binh.reads("/kiem-toan?viec=ticket.")
    assert "Bình xử lý xong nhóm" in text
    assert "mèo không cần phép" in text
    assert "cán bộ 501" not in text
    assert "cán bộ 501" in await binh.reads("/kiem-toan?ai=dòng lệnh")
    assert "Không có thay đổi nào khớp." in await binh.reads("/kiem-toan?tu=2027-01-01")
    assert "mèo" in await binh.reads("/kiem-toan?tu=2026-11-23&den=2026-11-23")


async def test_people_are_added_changed_and_removed(house: House, dung: Browser) -> None:
    assert (await dung.sends("/can-bo", user="777", name=" Hà  Thu ", role="xem")).status_code == 303
    ha = house.site.staff.by_user("777")
    assert ha
    assert (ha.name, ha.role) == ("Hà Thu", Role.VIEWER)
    await dung.sends(f"/can-bo/{ha.id}/vai-tro", role="biên tập")
    assert house.site.staff.by_user("777") == ha.__class__(ha.id, "777", "Hà Thu", Role.EDITOR)
    await dung.sends(f"/can-bo/{ha.id}/go")
    assert house.site.staff.by_user("777") is None
    assert [row.who for row in house.site.audit.of("staff:777")] == ["Dung"] * 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"user": "@ha", "name": "Hà", "role": "xem"}, "Mã Telegram là dãy số"),
        ({"user": "7" * 30, "name": "Hà", "role": "xem"}, "Mã Telegram là dãy số"),
        ({"user": "777", "name": "", "role": "xem"}, "Hãy ghi tên cán bộ"),
        ({"user": "777", "name": "H" * 81, "role": "xem"}, "Hãy ghi tên cán bộ"),
        ({"user": "777", "name": "Hà", "role": "vua"}, "Hãy chọn một vai trò"),
        ({"user": "501", "name": "Hà", "role": "quản trị"}, "Mã này đã là cán bộ “Bình”"),
    ],
)
async def test_a_person_who_cannot_be_added_is_given_back(
    house: House, dung: Browser, fields: dict[str, str], words: str
) -> None:
    page = await dung.sends("/can-bo", **fields)
    assert page.status_code == 422
    assert words in seen(page.text)
    assert f'value="{fields["name"]}"' in page.text
    assert len(house.site.staff.all()) == 3


@pytest.mark.parametrize(("path", "fields"), [("vai-tro", {"role": "xem"}), ("go", {})])
async def test_nobody_takes_their_own_right_away(
    house: House, dung: Browser, path: str, fields: dict[str, str]
) -> None:
    page = await dung.sends(f"/can-bo/{house.staff['Dung'].id}/{path}", **fields)
    assert "để luôn còn người quản trị" in seen(page.text)
    assert house.site.staff.by_user("502") == house.staff["Dung"]
    assert "không còn trong danh sách" in seen((await dung.sends(f"/can-bo/99/{path}", **fields)).text)


async def test_the_pause_is_switched_with_a_reason_and_every_page_tells(house: House, dung: Browser) -> None:
    page = await dung.sends("/thong-bao/tam-dung", words="Bot đang bảo trì.", reason="")
    assert "Hãy ghi lý do" in seen(page.text)
    assert "Bot đang bảo trì.</textarea>" in page.text
    assert house.site.switches.get(SwitchName.PAUSE) is None
    await dung.sends("/thong-bao/tam-dung", words="Bot đang bảo trì.", reason="đổi máy chủ")
    assert "Bot đang tạm dừng từ 16:00 23/11/2026 (Dung): đổi máy chủ" in await dung.reads("/hang-doi")
    await dung.sends("/thong-bao/tam-dung/tat", reason="xong")
    assert "tạm dừng từ" not in await dung.reads("/hang-doi")
    assert [row.reason for row in house.site.audit.of("switch:pause")] == ["đổi máy chủ", "xong"]


@pytest.mark.parametrize("fields", [{"words": "", "reason": "x"}, {"words": "w" * 501, "reason": "x"}])
async def test_a_banner_needs_words_that_fit(house: House, dung: Browser, fields: dict[str, str]) -> None:
    assert (await dung.sends("/thong-bao/khan", **fields)).status_code == 422
    assert (await dung.sends("/thong-bao/khac", words="a", reason="b")).status_code == 404
    assert house.site.switches.get(SwitchName.BANNER) is None


async def test_the_log_is_taken_as_a_file_by_who_may_and_the_audit_knows(
    house: House, binh: Browser, dung: Browser
) -> None:
    house.gathers(entry("=1+1 nuôi mèo"), entry("bán xe"))
    assert "Tải mọi câu khớp" not in (await binh.opens("/nhat-ky")).text
    assert (await binh.sends("/nhat-ky/tai", chu="meo")).status_code == 403
    assert "Tải mọi câu khớp" in (await dung.opens("/nhat-ky?chu=meo")).text
    taken = await dung.sends("/nhat-ky/tai", chu="meo")
    assert taken.headers["content-disposition"] == 'attachment; filename="nhat-ky.csv"'
    rows = taken.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert ",'=1+1 nuôi mèo," in rows[1]
    audit = await dung.reads("/kiem-toan")
    assert "tải nhật ký câu hỏi" in audit
    assert "mèo" not in audit
