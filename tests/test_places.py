"""places: every old unit leads to today's; a name that is no answer is a choice; a procedure is left alone."""

from collections.abc import Callable
from functools import cache

import pytest

from bot import yamlfile
from bot.knowledge.files import Commune, FormerCommune, FormerDistrict, Province, UnitsFile
from bot.phrases.places import PLACES_EN, PLACES_VI
from bot.places import Certainty, Found, Gazetteer, Place, Scope, find, label, lines, split
from bot.text import fold
from tests.running import KNOWLEDGE


@cache
def files() -> tuple[UnitsFile, ...]:
    names = ("hai-phong", "viet-nam")
    return tuple(
        UnitsFile.model_validate(yamlfile.read(KNOWLEDGE / "units" / f"{name}.yaml", name).content) for name in names
    )


@cache
def units() -> Gazetteer:
    return Gazetteer(files())


def told(found: Found) -> list[str]:
    """What a look-up gives: "old unit, its district > today's" for each place."""
    places = () if found is None else (found,) if isinstance(found, Place) else found
    return [_told(place) for place in places]


def _told(place: Place) -> str:
    match place.scope:
        case Scope.NEW | Scope.ELSEWHERE:
            return f"{place.title} = {place.province}"
        case Scope.PROVINCE:
            return f"{place.title} > {place.province}"
        case Scope.DISTRICT:
            return f"{place.title} > {len(place.now)}"
        case _:
            return f"{place.title}, {place.within[0]} > {' + '.join(f'{n.kind} {n.name}' for n in place.now)}"


def asks(found: Found) -> bool:
    return found is not None and (found if isinstance(found, Place) else found[0]).asks


HAI_PHONG = "thành phố Hải Phòng"
TRAN_PHU = [
    "phường Trần Phú, thành phố Hải Dương > phường Lê Thanh Nghị",
    "phường Trần Phú, thành phố Hải Dương > phường Tân Hưng",
]
HONG_PHONG = [
    "xã Hồng Phong, huyện Nam Sách > xã Nam Sách",
    "xã Hồng Phong, huyện Ninh Giang > xã Khúc Thừa Dụ",
    "xã Hồng Phong, huyện Thanh Miện > xã Nam Thanh Miện",
]
CAM_THUONG = ["phường Cẩm Thượng, thành phố Hải Dương > phường Thành Đông"]
AN_THUONG = ["xã An Thượng, thành phố Hải Dương > phường Thành Đông"]
HAI_TAN = ["phường Hải Tân, thành phố Hải Dương > phường Tân Hưng"]

ASKED: list[tuple[str, list[str]]] = [
    # with its kind, with accents
    ("phường Cẩm Thượng giờ là phường nào, nộp ở đâu", CAM_THUONG),
    ("phường cẩm thượng giờ nộp ở đâu", CAM_THUONG),
    ("Cho em hỏi phường Cẩm Thượng cũ nay thuộc phường nào ạ", CAM_THUONG),
    ("xã An Thượng sáp nhập vào phường nào", AN_THUONG),
    ("nhà tôi ở xã An Thượng thì giờ thuộc phường nào", AN_THUONG),
    ("xã An Thượng giờ là phường Thành Đông phải không", AN_THUONG),
    ("thị trấn Kẻ Sặt nay là gì", ["thị trấn Kẻ Sặt, huyện Bình Giang > xã Kẻ Sặt"]),
    ("thị trấn Cát Bà giờ thuộc đâu", ["thị trấn Cát Bà, huyện Cát Hải > đặc khu Cát Hải"]),
    ("thị trấn Núi Đối đổi thành xã gì", ["thị trấn Núi Đối, huyện Kiến Thụy > xã Kiến Thụy"]),
    ("xã Trấn Dương nay thuộc xã nào", ["xã Trấn Dương, huyện Vĩnh Bảo > xã Nguyễn Bỉnh Khiêm"]),
    ("phường Máy Chai giờ gọi là phường gì", ["phường Máy Chai, quận Ngô Quyền > phường Ngô Quyền"]),
    ("phường Sao Đỏ về phường nào", ["phường Sao Đỏ, thành phố Chí Linh > phường Chu Văn An"]),
    ("phường Quán Toan sát nhập vào đâu", ["phường Quán Toan, quận Hồng Bàng > phường Hồng An"]),
    ("xã Nhân Quyền giờ thuộc xã nào", ["xã Nhân Quyền, huyện Bình Giang > xã Nguyễn Lương Bằng"]),
    ("xã Cao An gộp vào đâu", ["xã Cao An, huyện Cẩm Giàng > phường Việt Hòa"]),
    ("p. Hải Tân nộp hồ sơ ở đâu", HAI_TAN),
    ("F Hải Tân giờ là gì", HAI_TAN),
    ("x. Hiệp Cát nay là xã nào", ["xã Hiệp Cát, huyện Nam Sách > xã Trần Phú"]),
    ("phường cẩm thuợng giờ là phường nào", CAM_THUONG),
    # without accents
    ("xa an thuong nay thuoc dau", AN_THUONG),
    ("phuong cam thuong gio la phuong nao", CAM_THUONG),
    ("phuong hai tan gio nop ho so o dau", HAI_TAN),
    ("thi tran lai cach gio thuoc phuong nao", ["thị trấn Lai Cách, huyện Cẩm Giàng > phường Tứ Minh",
                                                "thị trấn Lai Cách, huyện Cẩm Giàng > phường Việt Hòa"]),
    ("xa hop tien nam sach gio la xa nao", ["xã Hợp Tiến, huyện Nam Sách > xã Hợp Tiến"]),
    ("phuong bang la gio thuoc phuong nao vay", ["phường Bàng La, quận Đồ Sơn > phường Nam Đồ Sơn"]),
    ("xa ly hoc sap nhap vao xa nao", ["xã Lý Học, huyện Vĩnh Bảo > xã Nguyễn Bỉnh Khiêm"]),
    # bare names
    ("Cẩm Thượng giờ là phường nào", CAM_THUONG),
    ("Kẻ Sặt giờ là xã gì", ["thị trấn Kẻ Sặt, huyện Bình Giang > xã Kẻ Sặt"]),
    ("cam thuong nay thuoc phuong nao", CAM_THUONG),
    ("quê em ở Hiệp Cát Nam Sách giờ đổi thành gì ạ", ["xã Hiệp Cát, huyện Nam Sách > xã Trần Phú"]),
    ("Dư Hàng Kênh giờ thuộc phường nào", ["phường Dư Hàng Kênh, quận Lê Chân > phường Lê Chân"]),
    ("Đồ Sơn ở đâu", [f"phường Đồ Sơn = {HAI_PHONG}"]),
    # divided: every part of it
    ("phường Trần Phú giờ là phường nào", TRAN_PHU),
    ("phuong tran phu gio thuoc dau", TRAN_PHU),
    ("phường Tứ Minh giờ thuộc phường nào", ["phường Tứ Minh, thành phố Hải Dương > phường Tứ Minh",
                                             "phường Tứ Minh, thành phố Hải Dương > phường Việt Hòa"]),
    ("Hòa Bình Kim Thành giờ là xã nào", ["xã Hòa Bình, huyện Kim Thành > xã Hà Nam",
                                          "xã Hòa Bình, huyện Kim Thành > xã Kim Thành"]),
    ("xã Cộng Hòa nay thuộc xã nào", ["xã Cộng Hòa, huyện Nam Sách > xã An Phú",
                                      "xã Cộng Hòa, huyện Nam Sách > xã Lai Khê",
                                      "xã Cộng Hòa, huyện Nam Sách > xã Nam An Phụ"]),
    ("phường Cầu Đất giờ về đâu", ["phường Cầu Đất, quận Ngô Quyền > phường Gia Viên",
                                   "phường Cầu Đất, quận Ngô Quyền > phường Lê Chân"]),
    # repeated: told apart by the old district, else a choice
    ("xã Hồng Phong giờ thuộc đâu", HONG_PHONG),
    ("xa hong phong gio la xa nao", HONG_PHONG),
    ("xã Hồng Phong huyện Ninh Giang cũ giờ là xã nào", HONG_PHONG[1:2]),
    ("xã Hồng Phong, Thanh Miện, Hải Dương nay thuộc xã nào", HONG_PHONG[2:]),
    ("Thanh Miện xã Hồng Phong nay là xã gì", HONG_PHONG[2:]),
    ("xã Hòa Bình huyện Vĩnh Bảo sáp nhập vào đâu", ["xã Hòa Bình, huyện Vĩnh Bảo > xã Nguyễn Bỉnh Khiêm"]),
    ("xã Quốc Tuấn, Nam Sách, Hải Dương giờ thuộc xã nào", ["xã Quốc Tuấn, huyện Nam Sách > xã Trần Phú"]),
    ("xã Quốc Tuấn tỉnh Hải Dương giờ thuộc xã nào", ["xã Quốc Tuấn, huyện Nam Sách > xã Trần Phú"]),
    ("xã Quốc Tuấn An Lão giờ là xã gì", ["xã Quốc Tuấn, huyện An Lão > xã An Quang"]),
    ("xã Lê Lợi giờ thuộc đâu", ["xã Lê Lợi, thành phố Chí Linh > phường Trần Hưng Đạo",
                                 "xã Lê Lợi, huyện Gia Lộc > xã Gia Lộc + xã Yết Kiêu"]),
    ("Tân Dân giờ thuộc đâu", ["phường Tân Dân, thành phố Chí Linh > phường Lê Đại Hành",
                               "phường Tân Dân, thị xã Kinh Môn > phường Nhị Chiểu",
                               "xã Tân Dân, huyện An Lão > xã An Lão"]),
    ("Cẩm Thượng và Bình Hàn giờ là phường nào",
     [*CAM_THUONG, "phường Bình Hàn, thành phố Hải Dương > phường Thành Đông"]),
    # a new name that is also the old one of another place
    ("phường Trần Hưng Đạo nộp ở đâu", ["phường Trần Hưng Đạo, thành phố Hải Dương > phường Hải Dương",
                                        "phường Trần Hưng Đạo, thành phố Thủy Nguyên > phường Lưu Kiếm",
                                        f"phường Trần Hưng Đạo = {HAI_PHONG}"]),
    ("phường Trần Hưng Đạo giờ là phường nào", ["phường Trần Hưng Đạo, thành phố Hải Dương > phường Hải Dương",
                                                "phường Trần Hưng Đạo, thành phố Thủy Nguyên > phường Lưu Kiếm"]),
    ("phường Trần Hưng Đạo mới ở đâu", [f"phường Trần Hưng Đạo = {HAI_PHONG}"]),
    ("phường Nguyễn Trãi cũ ở đâu", ["phường Nguyễn Trãi, thành phố Hải Dương > phường Thành Đông"]),
    ("phường Gia Viên nộp hồ sơ ở đâu", ["phường Gia Viên, quận Ngô Quyền > phường Gia Viên + phường Hồng Bàng"
                                         " + phường Ngô Quyền", f"phường Gia Viên = {HAI_PHONG}"]),
    ("xã Vĩnh Hòa ở đâu", ["xã Vĩnh Hòa, huyện Ninh Giang > xã Ninh Giang", f"xã Vĩnh Hòa = {HAI_PHONG}"]),
    # a unit that kept its name
    ("phường Tân Hưng ở đâu", [f"phường Tân Hưng = {HAI_PHONG}"]),
    ("phường Tân Hưng giờ là phường nào", ["phường Tân Hưng, thành phố Hải Dương > phường Tân Hưng"]),
    ("phường Thành Đông nay thuộc đâu", [f"phường Thành Đông = {HAI_PHONG}"]),
    ("phường Cẩm Thượng Hải Phòng nộp ở đâu", CAM_THUONG),
    # spelling tells two names apart
    ("Cẩm Giang giờ thuộc xã nào", ["thị trấn Cẩm Giang, huyện Cẩm Giàng > xã Cẩm Giang"]),
    ("cam giang gio la xa nao", ["huyện Cẩm Giàng > 6", "thị trấn Cẩm Giang, huyện Cẩm Giàng > xã Cẩm Giang"]),
    # districts, the province, what a new one was made of
    ("huyện Thanh Hà giờ thuộc xã nào", ["huyện Thanh Hà > 8"]),
    ("huyện Thủy Nguyên giờ là gì", ["thành phố Thủy Nguyên > 8"]),
    ("Bạch Long Vĩ giờ là gì", ["huyện Bạch Long Vĩ > 1"]),
    ("tỉnh Hải Dương sáp nhập vào đâu", ["tỉnh Hải Dương > thành phố Hải Phòng"]),
    ("Hải Dương giờ thuộc đâu", ["thành phố Hải Dương > 9", "tỉnh Hải Dương > thành phố Hải Phòng"]),
    ("xã Nguyễn Bỉnh Khiêm gồm những xã nào", [f"xã Nguyễn Bỉnh Khiêm = {HAI_PHONG}"]),
    ("trước đây phường Thành Đông là những phường nào", [f"phường Thành Đông = {HAI_PHONG}"]),
    # nothing but the place
    ("phường Cẩm Thượng", CAM_THUONG),
    ("phường Hải Tân cũ", HAI_TAN),
    # elsewhere in the country
    ("phường Cửa Nam thuộc tỉnh nào", ["phường Cửa Nam = thành phố Hà Nội"]),
    ("Ô Chợ Dừa giờ thuộc tỉnh nào", ["phường Ô Chợ Dừa = thành phố Hà Nội"]),
    ("phường Tân Bình thành phố Hồ Chí Minh ở đâu", ["phường Tân Bình = thành phố Hồ Chí Minh"]),
    ("phường Ba Đình thuộc tỉnh nào", ["phường Ba Đình = thành phố Hà Nội"]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "places"), ASKED)
def test_a_question_about_a_place_is_answered(question: str, places: list[str]) -> None:
    found = find(question, units())
    assert told(found) == places
    assert asks(found)


OTHERWISE = [
    "đăng ký tạm trú ở phường Hải Tân cần gì",
    "dang ky tam tru o phuong hai tan can gi",
    "làm căn cước ở phường Lê Thanh Nghị mất bao lâu",
    "phường Cẩm Thượng làm khai sinh ở đâu",
    "xã An Thượng nộp hồ sơ đất ở đâu",
    "sổ đỏ ghi xã An Thượng giờ là phường nào thì đổi thế nào",
    "giấy khai sinh ghi xã Hồng Phong cũ có phải sửa không",
    "chuyển hộ khẩu từ xã Gia Xuyên về phường Thạch Khôi",
    "kết hôn ở xã Nam Sách cần giấy tờ gì",
    "xác nhận độc thân xã Tứ Kỳ hết bao nhiêu tiền",
    "số điện thoại phường Tân Hưng",
    "chủ tịch phường Hồng Bàng là ai",
    "thời tiết Thanh Hà hôm nay",
    "công an phường Hải Tân ở đâu",
    "đường Trần Phú thuộc phường nào",
    "duong tran phu o dau",
    "trường Hồng Quang ở đâu",
    "chợ Thanh Bình ở đâu",
    "ông Hòa Bình giờ là gì của bà",
    "Cẩm Thượng",
    "hòa bình",
    "trung tâm ở đâu",
    "trung tâm trợ giúp pháp lý ở đâu",
    "an ninh trật tự là gì",
    "hợp tác xã thống nhất nộp thuế ở đâu",
    "thống nhất ý kiến của các thành viên thì nộp ở đâu",
    "hồ sơ hưởng trợ cấp thất nghiệp gồm những gì, nộp ở trung tâm nào Hải Phòng",
    "sáp nhập trung tâm học tập cộng đồng nộp ở đâu",
    "xã gồm những ai",
    "sáp nhập xã rồi giấy tờ có phải đổi không",
    "phường nào làm được căn cước",
    "nộp hồ sơ ở đâu",
    "xã Hồng Phong tỉnh Bắc Giang giờ thuộc đâu",
    "phường Láng Hạ Hà Nội giờ là phường nào",
    "mua nhà ở xã Kim Thành giờ muốn sang tên thì làm thế nào",
    "thuê trọ ở Hải Tân phải báo ai",
    "đi bộ từ phường Tân Hưng đến phường Hải Dương bao xa",
    "thu gom rác phường Nhị Châu thứ mấy",
    "mất hộ chiếu ở Đồ Sơn thì ra đâu",
    "đổi bằng lái ở Kiến An được không",
    "phí chứng thực ở xã Vĩnh Bảo",
    "bảo hiểm xã hội ở đâu",
    "",
    "???",
]


@pytest.mark.parametrize("question", OTHERWISE)
def test_what_only_mentions_a_place_is_left_to_the_procedures(question: str) -> None:
    assert not asks(find(question, units()))


def test_a_mention_still_says_which_place_it_is() -> None:
    found = find("đăng ký tạm trú ở phường Hải Tân cần gì", units())
    assert isinstance(found, Place)
    assert (found.title, found.certainty, found.whole) == ("phường Hải Tân", Certainty.MENTIONED, False)
    land = find("sổ đỏ ghi xã An Thượng giờ là phường nào", units())
    assert isinstance(land, Place)
    assert (land.certainty, land.whole) == (Certainty.SURE, False)
    where = find("phường Hải Tân ở đâu", units())
    assert isinstance(where, Place)
    assert (where.certainty, where.whole) == (Certainty.LIKELY, True)


FORMER = [(district, old) for district in files()[0].districts for old in district.units]


@pytest.mark.parametrize("write", [str, fold], ids=["accents", "none"])
def test_every_old_unit_with_its_district_leads_to_what_it_became(write: Callable[[str], str]) -> None:
    wrong = []
    for district, old in FORMER:
        question = write(f"{old.kind} {old.name} {district.kind} {district.name} giờ thuộc đâu")
        found = find(question, units())
        shares = (found,) if isinstance(found, Place) else found or ()
        same = {(p.title, p.within[0]) for p in shares} == {
            (f"{old.kind} {old.name}", f"{district.kind} {district.name}")
        }
        if not same or tuple(n.code for p in shares for n in p.now) != old.now:
            wrong.append((question, told(found)))
    assert wrong == []


def test_every_new_unit_is_found_and_knows_what_it_was_made_of() -> None:
    for new in files()[0].communes:
        found = find(f"{new.kind} {new.name} mới gồm những xã nào", units())
        assert isinstance(found, Place), new.name
        assert found.now == (new,)
        assert found.parts or new.name == "Bạch Long Vĩ"


def test_the_shipped_units_are_complete() -> None:
    local, country = files()
    kinds = [new.kind.value for new in local.communes]
    assert [kinds.count(k) for k in ("xã", "phường", "đặc khu")] == [67, 45, 2]
    assert sum(len(p.wards) + len(p.communes) + len(p.zones) for p in country.provinces) == 3321
    assert len(country.provinces) == 34
    here = next(p for p in country.provinces if p.name == "Hải Phòng")
    assert {new.name for new in local.communes} == {*here.wards, *here.communes, *here.zones}
    codes = [new.code for new in local.communes]
    assert len(set(codes)) == 114
    became = {code for district, old in FORMER for code in old.now} | {c for d in local.districts for c in d.now}
    assert became == set(codes)
    assert len(FORMER) == 374
    assert sum(len(old.now) > 1 for _, old in FORMER) == 71


def test_an_id_leads_back_to_its_place() -> None:
    assert all(units().place(name) is place for name, place in units().places.items())
    assert max(len(name.encode()) for name in units().places) + len(":11111") <= 60
    parts = find("phường Trần Phú giờ là phường nào", units())
    assert isinstance(parts, tuple)
    assert [units().place(p.id) for p in parts] == list(split(units().places[parts[0].id.split(":")[0]]))
    assert units().place("cu.phuong.khong-co.hai-duong") is None
    assert units().place(f"{parts[0].id}9") is None


def said(question: str) -> list[str]:
    found = find(question, units())
    assert found is not None
    return list(lines(found, PLACES_VI))


def test_what_is_told_of_an_old_unit_begins_with_the_answer() -> None:
    assert said("phường Cẩm Thượng giờ là phường nào, nộp ở đâu") == [
        "Phường Cẩm Thượng (thành phố Hải Dương cũ) nay thuộc phường Thành Đông, thành phố Hải Phòng.",
        "Nơi tiếp nhận: Trung tâm Phục vụ hành chính công phường Thành Đông.",
        "Trụ sở công bố khi sáp nhập: UBND phường Cẩm Thượng cũ.",
        "Giờ làm việc do phường Thành Đông công bố.",
        "Nguồn: Nghị quyết 1669/NQ-UBTVQH15.",
    ]


FIRST_LINES = [
    ("phường Tân Hưng giờ là phường nào",
     "Phường Tân Hưng (thành phố Hải Dương cũ) nay vẫn mang tên phường Tân Hưng, thành phố Hải Phòng."),
    ("phường Trần Phú giờ là phường nào",
     "Phường Trần Phú (thành phố Hải Dương cũ) được chia cho 2 nơi: phường Lê Thanh Nghị và phường Tân Hưng."),
    ("phường Ngô Quyền ở đâu", "Phường Ngô Quyền là đơn vị hiện nay của thành phố Hải Phòng."),
    ("tỉnh Hải Dương sáp nhập vào đâu",
     "Tỉnh Hải Dương đã sáp nhập vào thành phố Hải Phòng từ ngày 01/7/2025."),
    ("Bạch Long Vĩ giờ là gì", "Huyện Bạch Long Vĩ không còn từ ngày 01/7/2025. "
     "Nơi này nay là đặc khu Bạch Long Vĩ, thành phố Hải Phòng."),
    ("huyện Thanh Miện giờ thuộc đâu", "Huyện Thanh Miện không còn từ ngày 01/7/2025. Các xã, phường của nơi này nay "
     "thuộc 7 nơi: xã Thanh Miện, xã Trường Tân, xã Nguyễn Lương Bằng, xã Thượng Hồng, xã Hải Hưng, "
     "xã Bắc Thanh Miện và xã Nam Thanh Miện."),
    ("phường Cửa Nam thuộc tỉnh nào", "Hiện nay phường Cửa Nam thuộc thành phố Hà Nội."),
    ("xã Hồng Phong giờ thuộc đâu", "Có nhiều nơi tên Hồng Phong. Bạn hỏi nơi nào?"),
    ("Cẩm Thượng và Bình Hàn giờ là phường nào", "Bạn hỏi nơi nào?"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "first"), FIRST_LINES)
def test_the_first_line_answers(question: str, first: str) -> None:
    assert said(question)[0] == first


def test_a_known_one_stop_point_is_told_and_its_seat_not_twice() -> None:
    assert said("phường Ngô Quyền ở đâu")[2:4] == [
        "Nơi tiếp nhận: Trung tâm Phục vụ hành chính công phường Ngô Quyền, 46 Lê Lai.",
        "Giờ làm việc do phường Ngô Quyền công bố.",
    ]
    assert (
        "Lập từ: phường Máy Chai, phường Vạn Mỹ, phường Cầu Tre, một phần phường Gia Viên, một phần phường Đông Khê."
        in said("phường Ngô Quyền ở đâu")
    )
    assert not any("Trụ sở" in line for line in said("xã Hùng Tiến giờ thuộc xã nào"))  # no source tells it


LABELS = [
    ("phường Trần Phú giờ là phường nào", ["phường Lê Thanh Nghị", "phường Tân Hưng"]),
    ("phường Nguyễn Trãi nộp ở đâu", ["phường Nguyễn Trãi cũ, thành phố Hải Dương", "phường Nguyễn Trãi hiện nay"]),
    ("Hải Dương giờ thuộc đâu", ["thành phố Hải Dương cũ, tỉnh Hải Dương", "tỉnh Hải Dương cũ"]),
    ("Ba Đình thuộc tỉnh nào", ["phường Ba Đình, thành phố Hà Nội", "xã Ba Đình, tỉnh Thanh Hóa"]),
]


@pytest.mark.parametrize(("question", "labels"), LABELS)
def test_a_choice_has_labels_that_tell_its_options_apart(question: str, labels: list[str]) -> None:
    found = find(question, units())
    assert isinstance(found, tuple)
    assert [label(place, PLACES_VI) for place in found] == labels


def test_a_divided_one_among_others_is_told_with_all_its_parts() -> None:
    found = find("xã Lê Lợi giờ thuộc đâu", units())
    assert isinstance(found, tuple)
    assert [p.divided for p in found] == [False, True]
    assert lines(found[1], PLACES_EN)[0] == (
        "Xã Lê Lợi (formerly huyện Gia Lộc) was divided between 2 places: xã Gia Lộc and xã Yết Kiêu."
    )


def test_no_units_no_places() -> None:
    assert find("phường Cẩm Thượng giờ là phường nào", Gazetteer(())) is None


def small(*, country: bool) -> Gazetteer:
    """A place of one commune, and a country in which a name comes twice in one province but for its marks."""
    source = {"origin": "danh-muc-don-vi", "confidence": "cao", "checked_on": "2026-07-25"}
    near = UnitsFile.model_validate(
        {
            "place": "tỉnh Gần",
            "resolution": "1/NQ",
            "sources": {"a": source},
            "communes": (Commune.model_validate({"code": "00001", "kind": "xã", "name": "Mới Toanh"}),),
            "districts": (
                FormerDistrict.model_validate(
                    {
                        "kind": "huyện",
                        "name": "Gần",
                        "province": "tỉnh Gần",
                        "units": (FormerCommune.model_validate({"kind": "xã", "name": "Cũ Kỹ", "now": ("00001",)}),),
                    }
                ),
            ),
        }
    )
    far = UnitsFile.model_validate(
        {
            "resolution": "2/NQ",
            "sources": {"a": source},
            "provinces": (
                Province.model_validate(
                    {"code": "99", "kind": "tỉnh", "name": "Xa Xôi", "communes": ("Tân Hòa", "Tân Hóa")}
                ),
            ),
        }
    )
    return Gazetteer((near, far) if country else (near,))


def test_another_place_needs_nothing_but_its_own_file() -> None:
    assert told(find("xã Cũ Kĩ giờ là xã nào", small(country=False))) == ["xã Cũ Kỹ, huyện Gần > xã Mới Toanh"]
    assert told(find("xa tan hoa thuoc tinh nao", small(country=True))) == [
        "xã Tân Hòa = tỉnh Xa Xôi",
        "xã Tân Hóa = tỉnh Xa Xôi",
    ]
    assert told(find("xã Tân Hóa thuộc tỉnh nào", small(country=True))) == ["xã Tân Hóa = tỉnh Xa Xôi"]


def test_a_province_alone_is_no_answer() -> None:
    assert find("Hà Nội ở đâu", units()) is None
    assert find("thành phố Hải Phòng ở đâu", units()) is None
