"""Where do I go: by name, by location, and the commune that is kept for An on request; no point is kept anywhere."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.channels.telegram.actions import decode
from bot.channels.telegram.connection import Settings, careful_bot
from bot.channels.telegram.service import build
from bot.counter import Counter
from bot.desk import Brain, Desk
from bot.errors import KnowledgeError
from bot.knowledge import Knowledge, load
from bot.knowledge.files import Commune
from bot.persons import Caller, key_ring
from bot.phrases.where import WHERE_EN, WHERE_VI
from bot.places import distance, nearest
from bot.procedures import Facet, Office
from bot.reception import Guests, Terms, Visitor
from bot.replies import Action, Erase, MyPlace, Reply, Show, ShowPlace, Voice
from bot.storage import Database, Persons, Questions, open_database
from tests.emulator.client import Emulator
from tests.guiding import UNITS, write_whole
from tests.recording import Recording, message, tap
from tests.running import Running
from tests.small import change
from tests.test_telegram import NOW, Bench

AN = Visitor("telegram", "An", caller=Caller("telegram", "7", "1"))
CHI = Visitor("terminal", "Chi")  # of whom nothing is known
THANH_DONG, NGO_QUYEN = "10507", "11329"
CITY_THEATRE = (20.85637, 106.68219)  # in the middle of old Hải Phòng
HA_NOI = (21.0285, 105.8542)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "log.db")
    yield opened
    opened.close()


@pytest.fixture
def desk(shipped_brain: Brain) -> Desk:
    return Desk(shipped_brain, Voice("thành phố Hải Phòng"), lambda: NOW)


@pytest.fixture
def counter(desk: Desk, database: Database) -> Counter:
    ring = key_ring(Path("-"), f"1:{'a' * 64}")
    return Counter(desk, None, Guests(desk, Persons(database), ring, Terms(False, "thành phố", lambda: NOW)))


def known_anew(brain: Brain, **changes: Any) -> Brain:
    """The brain of a base with other places or offices, of which the matcher knows nothing."""
    return replace(brain, knowledge=replace(brain.knowledge, **changes))


def places(database: Database) -> list[str | None]:
    """The communes that are kept, of whoever it is."""
    return [place for (place,) in database.run(lambda db: db.execute("SELECT place FROM persons").fetchall())]


def tapped(counter: Counter, action: Action, visitor: Visitor) -> Reply | None:
    """What a tap brings to a visitor who was recognised first."""
    return counter.tap(action, counter.recognised(visitor))


def asked(counter: Counter, text: str, visitor: Visitor = CHI) -> Reply:
    return counter.ask(text, counter.recognised(visitor)).reply


def said(reply: Reply | None) -> str:
    assert reply
    return reply.text


def labels(reply: Reply | None) -> list[str]:
    assert reply
    return [button.label for button in reply.flat_buttons()]


# Distances


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0.0, 0.0), (0.0, 0.0), 0.0),
        ((0.0, 0.0), (0.0, 1.0), 111.195),
        ((0.0, 0.0), (90.0, 0.0), 10007.56),
        ((20.0, 106.0), (20.0, 107.0), 104.49),
        ((0.0, -179.5), (0.0, 179.5), 111.195),
        ((0.0, 0.0), (0.0, 180.0), 20015.11),
        (HA_NOI, CITY_THEATRE, 88.09),
    ],
)
def test_a_distance_is_that_of_the_great_circle(
    one: tuple[float, float], other: tuple[float, float], km: float
) -> None:
    assert distance(one, other) == pytest.approx(km, rel=1e-3)
    assert distance(other, one) == pytest.approx(distance(one, other))


def test_the_nearest_come_first_and_those_without_a_point_never() -> None:
    one = Commune.model_validate({"code": "10001", "kind": "xã", "name": "Một", "at": ["20.1", "106"]})
    two = Commune.model_validate({"code": "10002", "kind": "xã", "name": "Hai", "at": [20.4, 106]})
    none = Commune.model_validate({"code": "10003", "kind": "xã", "name": "Ba"})
    assert [near.commune.name for near in nearest([none, two, one], 20.0, 106.0)] == ["Một", "Hai"]
    assert [near.commune.name for near in nearest([none, two, one], 20.0, 106.0, 1)] == ["Một"]
    assert nearest([none], 20.0, 106.0) == ()


def test_every_commune_of_the_shipped_base_has_a_point_and_is_nearest_to_it(desk: Desk) -> None:
    communes = desk.brain.gazetteer.communes
    assert len(communes) == 114
    for commune in communes:
        assert commune.at
        assert [near.commune for near in nearest(communes, commune.at[0], commune.at[1], 1)] == [commune]
        assert 20.1 < commune.at[0] < 21.3
        assert 106.1 < commune.at[1] < 107.8


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        ("[106.656, 20.8712]", "vị trí không nằm trong Việt Nam"),  # the wrong way round
        ("[20.8712]", "vị trí là hai số"),
        ('["20,8712", 106.656]', "cần một số: 20,8712"),
        ("[nan, 106.656]", "vị trí không nằm trong Việt Nam"),
        ("20.8712", "cần một danh sách"),
    ],
)
def test_a_check_of_the_base_says_what_is_wrong_with_a_point(tmp_path: Path, at: str, problem: str) -> None:
    write_whole(tmp_path)
    change(tmp_path, UNITS, "name: Thành Đông,", f"name: Thành Đông, at: {at},")
    with pytest.raises(KnowledgeError) as raised:
        load(tmp_path, None)
    assert problem in str(raised.value) + "".join(map(str, raised.value.faults))


def test_a_point_outside_vietnam_is_no_point() -> None:
    with pytest.raises(ValidationError):
        Commune.model_validate({"code": "10001", "kind": "xã", "name": "Một", "at": [48.85, 2.35]})


# By name


def test_a_place_is_told_with_what_is_handled_there_and_at_the_two_points_of_the_city(counter: Counter) -> None:
    told = said(asked(counter, "phường cẩm thượng giờ nộp ở đâu"))
    assert told.startswith("Phường Cẩm Thượng (thành phố Hải Dương cũ) nay thuộc phường Thành Đông")
    assert "• Trung tâm Phục vụ hành chính công phường Thành Đông: Hộ tịch, chứng thực" in told
    assert "• Công an phường Thành Đông: Cư trú, căn cước" in told
    assert "18 Hoàng Diệu, phường Hồng Bàng: Việc do thành phố giải quyết" in told
    assert "Số 1 Tôn Đức Thắng, phường Lê Thanh Nghị: Như điểm" in told
    assert "Giờ làm việc do phường Thành Đông công bố." in told


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Cẩm Thượng", "Phường Cẩm Thượng (thành phố Hải Dương cũ) nay thuộc phường Thành Đông"),
        ("Thành Đông", "Phường Thành Đông là đơn vị hiện nay"),
        ("Hải An", "Phường Hải An là đơn vị hiện nay"),
        ("viet hoa", "Phường Việt Hòa"),
        ("Trần Phú", "Có nhiều nơi tên Trần Phú. Bạn hỏi nơi nào?"),
    ],
)
def test_a_bare_name_is_a_question_for_the_place(counter: Counter, typed: str, first: str) -> None:
    assert said(asked(counter, typed)).startswith(first)


def test_the_communes_of_a_former_district_can_be_chosen(counter: Counter) -> None:
    reply = asked(counter, "quận Hồng Bàng giờ nộp ở đâu")
    assert labels(reply) == ["phường Hồng An", "phường Hồng Bàng", "phường An Phong", "phường An Dương"]
    chosen = tapped(counter, next(reply.flat_buttons()).action, CHI)
    assert said(chosen).startswith("Phường Hồng An là đơn vị hiện nay")


def test_hours_set_by_staff_are_told(shipped: Knowledge, shipped_brain: Brain) -> None:
    [file] = [file for file in shipped.units if file.place]
    communes = tuple(
        c.model_copy(update={"hours": "Thứ hai đến thứ sáu, 8 giờ đến 17 giờ."}) if c.code == NGO_QUYEN else c
        for c in file.communes
    )
    units = tuple(file.model_copy(update={"communes": communes}) if f is file else f for f in shipped.units)
    known = shipped.offices["ttpvhcc-thanh-pho"].model_copy(update={"hours": "7 giờ 30 đến 17 giờ"})
    offices: dict[str, Office] = shipped.offices | {known.id: known}
    desk = Desk(known_anew(shipped_brain, units=units, offices=offices), Voice("x"), lambda: NOW)
    told = said(desk.show_place(ShowPlace(NGO_QUYEN)))
    assert "Giờ làm việc (do nơi này công bố): Thứ hai đến thứ sáu, 8 giờ đến 17 giờ.\n" in told
    assert "nộp ở đây cũng được. Giờ làm việc: 7 giờ 30 đến 17 giờ." in told
    own = said(desk.show(Show("khai-sinh", (Facet.PLACE,)), None, "vi", NGO_QUYEN))
    assert "46 Lê Lai. Giờ làm việc: Thứ hai đến thứ sáu, 8 giờ đến 17 giờ." in own


# By location


def test_a_location_gives_the_three_nearest_with_rounded_distances(counter: Counter) -> None:
    reply = counter.whereabouts.near(*CITY_THEATRE, "vi")
    assert labels(reply) == [
        "phường Lê Chân, khoảng 2 km",
        "phường Gia Viên, khoảng 2 km",
        "phường Ngô Quyền, khoảng 3 km",
    ]
    assert "Vị trí của bạn không được lưu." in reply.text
    assert said(tapped(counter, next(reply.flat_buttons()).action, CHI)).startswith("Phường Lê Chân là đơn vị")
    assert labels(counter.whereabouts.near(20.8429, 106.684, "en"))[0] == "phường Lê Chân, under 1 km"


def test_a_location_far_away_is_said_to_be_far_away(counter: Counter) -> None:
    reply = counter.whereabouts.near(*HA_NOI, "vi")
    assert reply.text.startswith("Vị trí này không ở gần xã, phường nào của thành phố Hải Phòng.")
    assert labels(reply) == []


def test_without_points_a_location_is_answered_honestly(shipped: Knowledge, shipped_brain: Brain) -> None:
    bare = tuple(
        file.model_copy(update={"communes": tuple(c.model_copy(update={"at": None}) for c in file.communes)})
        for file in shipped.units
    )
    counter = Counter(Desk(known_anew(shipped_brain, units=bare), Voice("x"), lambda: NOW), None)
    reply = counter.whereabouts.near(*CITY_THEATRE, "vi")
    assert reply.text.startswith(WHERE_VI.no_points)
    assert "Bạn gõ tên xã, phường" in reply.text


# Kept on request


def test_a_place_is_kept_only_on_request_and_then_named_by_where_to_hand_in(
    counter: Counter, database: Database
) -> None:
    card = tapped(counter, ShowPlace(NGO_QUYEN), AN)
    assert (labels(card), places(database)) == ([WHERE_VI.remember], [])
    remembered = tapped(counter, MyPlace(NGO_QUYEN), AN)
    assert said(remembered).startswith("Đã nhớ nơi của bạn: phường Ngô Quyền.")
    assert places(database) == [NGO_QUYEN]
    assert labels(tapped(counter, ShowPlace(NGO_QUYEN), AN)) == [WHERE_VI.forget]
    assert labels(tapped(counter, ShowPlace(THANH_DONG), AN)) == [WHERE_VI.remember]

    own = "Nơi của bạn: Trung tâm Phục vụ hành chính công phường Ngô Quyền, 46 Lê Lai."
    assert own in said(tapped(counter, Show("khai-sinh", (Facet.PLACE,)), AN))
    assert own in asked(counter, "đăng ký khai sinh nộp ở đâu", AN).text
    assert "Nơi của bạn: Công an phường Ngô Quyền." in said(tapped(counter, Show("tam-tru", (Facet.PLACE,)), AN))
    assert "Nơi của bạn" not in said(tapped(counter, Show("khai-sinh", (Facet.FEE,)), AN))
    assert "Nơi của bạn" not in said(tapped(counter, Show("khai-sinh", (Facet.PLACE,)), CHI))

    assert said(tapped(counter, MyPlace(""), AN)) == "Đã quên nơi của bạn."
    assert places(database) == [None]
    assert "Nơi của bạn" not in said(tapped(counter, Show("khai-sinh", (Facet.PLACE,)), AN))


def test_a_kept_place_is_shown_to_the_person_and_erased_with_the_rest(counter: Counter, database: Database) -> None:
    tapped(counter, MyPlace(NGO_QUYEN), AN)
    assert counter.guests
    assert "Nơi ở: phường Ngô Quyền" in counter.guests.my_data(counter.recognised(AN)).text
    tapped(counter, Erase(sure=True), AN)
    assert places(database) == []
    assert "Nơi của bạn" not in said(tapped(counter, Show("khai-sinh", (Facet.PLACE,)), AN))


def test_among_others_a_kept_place_is_neither_told_nor_changed(counter: Counter, database: Database) -> None:
    tapped(counter, MyPlace(NGO_QUYEN), AN)
    in_group = replace(AN, group=True)
    assert "Nơi của bạn" not in asked(counter, "đăng ký khai sinh nộp ở đâu", in_group).text
    assert tapped(counter, MyPlace(""), in_group) is None
    assert places(database) == [NGO_QUYEN]


def test_a_share_of_a_divided_commune_is_kept_as_todays_commune(counter: Counter) -> None:
    choice = asked(counter, "phường Trần Phú giờ là phường nào", AN)
    assert labels(choice) == ["phường Lê Thanh Nghị", "phường Tân Hưng"]
    card = tapped(counter, next(choice.flat_buttons()).action, AN)
    assert card
    assert next(card.flat_buttons()).action == MyPlace("10532")


@pytest.mark.parametrize("code", ["99999", "cu.phuong.cam-thuong.hai-duong", "khai-sinh"])
def test_only_a_commune_of_today_is_kept(counter: Counter, database: Database, code: str) -> None:
    assert tapped(counter, MyPlace(code), AN) is None
    assert places(database) == []


def test_nothing_is_offered_where_nothing_can_be_kept(desk: Desk, counter: Counter) -> None:
    assert labels(tapped(counter, ShowPlace(NGO_QUYEN), CHI)) == []
    assert labels(tapped(Counter(desk, None), ShowPlace(NGO_QUYEN), AN)) == []
    assert tapped(Counter(desk, None), MyPlace(NGO_QUYEN), AN) is None


def test_where_tells_the_place_that_is_kept_and_lets_it_go(counter: Counter, database: Database) -> None:
    where = counter.whereabouts.where
    assert where("", counter.recognised(AN)).text.startswith(WHERE_VI.ask)
    tapped(counter, MyPlace(NGO_QUYEN), AN)
    own = where("", counter.recognised(replace(AN, language="en")))
    assert own.text.startswith("The place you asked to remember: phường Ngô Quyền.")
    assert labels(own) == [WHERE_EN.forget]
    assert where("Cẩm Thượng", counter.recognised(AN)).text.startswith("Phường Cẩm Thượng")
    database.run(lambda db: db.execute("UPDATE persons SET place = '99999'"))  # a commune of a base before
    assert where("", counter.recognised(AN)).text.startswith(WHERE_VI.ask)


# On Telegram


@pytest.fixture
async def bench(counter: Counter, database: Database) -> AsyncIterator[Bench]:
    log, request = Questions(database), Recording()
    reached = Settings("7:TEST", "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot", None, lambda *_: None)
    whole = Counter(counter.desk, log, counter.guests)
    service = build(careful_bot(reached, request, Recording()), whole, database)
    async with service.application:
        yield Bench(service, request, log)


async def test_an_keeps_a_place_on_telegram_and_is_told_it(bench: Bench, database: Database) -> None:
    await bench.takes(message(1, "/noinop Ngô Quyền nay"))
    await bench.takes(tap(2, f"m:{NGO_QUYEN}"))
    assert decode(f"m:{NGO_QUYEN}") == MyPlace(NGO_QUYEN)
    assert places(database) == [NGO_QUYEN]
    await bench.takes(message(3, "đăng ký khai sinh nộp ở đâu"))
    assert "Nơi của bạn: Trung tâm Phục vụ hành chính công phường Ngô Quyền, 46 Lê Lai." in bench.texts()[-1]
    await bench.takes(tap(4, "m:"))
    assert places(database) == [None]


async def test_a_question_is_answered_while_persons_cannot_be_read(bench: Bench, database: Database) -> None:
    database.run(lambda db: db.execute("ALTER TABLE persons RENAME TO lost"))
    await bench.takes(message(1, "đăng ký khai sinh nộp ở đâu"))
    assert "Trung tâm Phục vụ hành chính công" in bench.texts()[-1]


async def test_a_location_in_a_group_is_left_alone(bench: Bench) -> None:
    here = {"latitude": CITY_THEATRE[0], "longitude": CITY_THEATRE[1]}
    await bench.takes(message(1, None, chat=-5, kind="supergroup", location=here))
    assert bench.texts() == []


# The real process


def test_where_do_i_go_from_the_command_to_the_place(bot: Running, emulator: Emulator, folder: Path) -> None:
    an = emulator.person("An")
    [asked] = an.says("/noinop")
    assert asked.text.startswith("Bạn ở xã, phường nào?")
    keys = asked.params["reply_markup"]["keyboard"]
    assert keys == [[{"text": "Gửi vị trí của tôi", "request_location": True}], [{"text": "Tôi tự gõ tên"}]]

    [typing] = an.says("Tôi tự gõ tên")
    assert typing.params["reply_markup"] == {"remove_keyboard": True}
    [place] = an.says("phường cẩm thượng giờ nộp ở đâu")
    assert "nay thuộc phường Thành Đông" in place.text
    [choice] = an.says("phường Trần Phú giờ là phường nào")
    [chosen] = an.taps(choice, "phường Tân Hưng")
    assert "nay thuộc phường Tân Hưng" in chosen.text

    canary = (20.8563718, 106.6821934)
    [near] = an.shares(*canary, live_period=900)
    assert near.labels == [
        "phường Lê Chân, khoảng 2 km",
        "phường Gia Viên, khoảng 2 km",
        "phường Ngô Quyền, khoảng 3 km",
    ]
    an.moves(20.8563719, 106.6821935, near.message_id - 1)
    an.hears_nothing()
    [card] = an.taps(near, "phường Ngô Quyền, khoảng 3 km")
    assert "Trung tâm Phục vụ hành chính công phường Ngô Quyền, 46 Lê Lai." in card.text
    [far] = an.shares(*HA_NOI)
    assert far.text.startswith("Vị trí này không ở gần")

    assert bot.stop() == 0
    written = b"".join(
        path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".motcua-cache" not in str(path)
    )
    for secret in (b"20.85637", b"106.68219", b"21.0285", b"105.8542"):
        assert secret not in written
        assert secret.decode() not in bot.output()


@pytest.mark.parametrize("name", ["Ngô Quyền", "phường Thành Đông", "Lê Chân"])
def test_a_bare_name_after_an_answer_is_a_place_and_no_follow_up(counter: Counter, name: str) -> None:
    assert said(asked(counter, "đăng ký tạm trú", AN)).startswith("Đăng ký tạm trú")
    told = said(asked(counter, name, AN))
    assert "Về:" not in told
    assert "hiện nay" in told
    assert said(asked(counter, "mất mấy ngày", AN)).startswith("Về: Đăng ký tạm trú")
