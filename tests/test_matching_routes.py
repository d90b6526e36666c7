"""Signs: patterns with gaps that alone say what a message is about, and the routes that they lead to."""

from collections.abc import Callable

import pytest

from bot.answers import ROUTE_FROM
from bot.knowledge import Lexicon, Route
from bot.matching import Matcher
from bot.matching.reading import Reader
from bot.matching.signs import Heard, Signs
from bot.text import clean, fold
from tests.values import LEXICON, base, entry

SHORT = Lexicon.model_validate(LEXICON)
READER = Reader(SHORT.abbreviations, SHORT.synonyms, SHORT.padding, SHORT.facets)


def heard(text: str) -> Heard:
    return READER.read(clean(text)).heard


def found(pattern: str, text: str) -> tuple[int, ...]:
    return tuple(sorted(Signs({"x": [pattern]}, READER.spell).find(heard(text)).get("x", ())))


@pytest.mark.parametrize(
    ("pattern", "text", "places"),
    [
        ("đang cháy", "nhà tôi đang cháy to", (2, 3)),
        ("đang cháy", "nha toi dang chay to", (2, 3)),  # without accents it may be meant
        ("đang cháy", "nhà tôi đang chạy", ()),
        ("đang cháy", "đang, cháy", (0, 1)),
        ("nhà/kho … cháy", "cái kho nhà em cháy", (1, 2, 4)),
        ("nhà … cháy", "cháy nhà", ()),
        ("nhà … cháy", "nhà " + "em " * 12 + "cháy", (0, 13)),
        ("nhà … cháy", "nhà " + "em " * 13 + "cháy", ()),
        ("hồ_sơ/đơn xong chưa?", "đơn xong chưa ạ", (0, 1, 2)),
        ("hồ_sơ/đơn xong chưa?", "hồ sơ xong chưa, em hỏi", (0, 1, 2, 3)),
        ("hồ_sơ/đơn xong chưa?", "hồ sơ xong chưa nộp", ()),
        ("không tỉnh", "gọi ko tỉnh", (1, 2)),  # short forms are written out
        ("từ tử!", "từ tử", (0, 1)),
        ("từ tử!", "tu tu", ()),  # may be "từ từ"
        ("chó", "đồ chó", (1,)),
        ("chó", "cho", ()),  # one word without its accents may be any other
        ("cháy", "tiền ma chay cho cụ già", ()),  # among accented words it is meant as it stands
        ("… cháy …", "cháy", (0,)),
    ],
)
def test_a_pattern_is_found_where_its_words_stand(pattern: str, text: str, places: tuple[int, ...]) -> None:
    assert found(pattern, text) == places


def route(id: str, reason: str, *phrases: str, signs: tuple[str, ...] = (), unless: tuple[str, ...] = ()) -> Route:
    words = {"text": f"Lời của {id}.", "english": f"Words of {id}."}
    return Route.model_validate(
        {"id": id, "reason": reason, "phrases": phrases, "signs": signs, "unless": unless, **words}
    )


ROUTES = (
    route("chay", "emergency", "cháy nhà", signs=("đang/bị cháy",), unless=("xin cấp_lại", "bệnh gì")),
    route("ho-so", "own_file", "hồ sơ của tôi đến đâu", signs=("hồ_sơ/đơn … chưa?",)),
    route("toa", "court", "ly hôn", signs=("ra tòa",)),
    route("chui", "abuse", "đồ ngu", signs=("bot ngu",)),
    route("cam-on", "thanks", "cảm ơn", signs=("chúc … vui_vẻ",)),
    route("chao", "greeting", "xin chào", "alo"),
)
MATCHER = Matcher(base(entry(), entry("tam-tru", code="1.004194", name="Đăng ký tạm trú"), routes=ROUTES))


def first(text: str) -> tuple[str, float]:
    candidates = MATCHER.rank(clean(text)).candidates
    return (candidates[0].id, candidates[0].score) if candidates else ("", 0.0)


@pytest.mark.parametrize(
    ("text", "id", "score"),
    [
        ("kho bên cạnh đang cháy", "route:chay", 0.998),
        ("kho ben canh dang chay", "route:chay", 0.7),  # perhaps other words
        ("kho dang chay, nha bi chay", "route:chay", 0.9),  # hardly all of them
        ("kho đang cháy, hết bao nhiêu tiền", "route:chay", 0.95),  # something is asked: perhaps paperwork
        ("ho so xong chua", "route:ho-so", 0.998),
        ("hồ sơ xong chưa, mất bao lâu", "route:ho-so", 0.998),
        ("tôi muốn ra tòa", "route:toa", 0.99),
        ("kho đang cháy, tôi ra tòa", "route:chay", 0.998),  # those first in the file go before
        ("bot ngu thật sự luôn đấy", "route:chui", 0.9),
        ("alo cảm ơn nhé, chúc bạn vui vẻ", "route:cam-on", 1.0),
        ("alo", "route:chao", 1.0),
    ],
)
def test_a_sign_says_how_sure_it_is(text: str, id: str, score: float) -> None:
    assert first(text) == (id, score)


def test_what_rules_a_route_out_does_so_whatever_speaks_for_it() -> None:
    assert "route:chay" in {c.id for c in MATCHER.rank("giấy khai sinh bị cháy").candidates}
    assert "route:chay" not in {c.id for c in MATCHER.rank("giấy khai sinh bị cháy, xin cấp lại").candidates}
    assert "route:chay" not in {c.id for c in MATCHER.rank("cháy nhà là bệnh gì").candidates}


def test_politeness_leaves_a_share_to_what_is_said_beside_it() -> None:
    told = {c.id: c.score for c in MATCHER.rank("alo tạm trú").candidates}
    assert told["route:chao"] < ROUTE_FROM
    assert "tam-tru" in told


def test_what_only_common_words_speak_for_is_no_emergency() -> None:
    routes = [route("chay", "emergency", "tôi làm cho bạn còn bị cháy"), route("toa", "court", "tôi thì sao")]
    found = Matcher(base(entry(), routes=routes)).rank("tôi làm cho bạn còn")
    assert "route:chay" not in {c.id for c in found.candidates}
    assert "route:chay" in {c.id for c in Matcher(base(entry(), routes=routes)).rank("người bị cháy").candidates}


@pytest.fixture(scope="module")
def rank(shipped_matcher: Matcher) -> Callable[[str], dict[str, float]]:
    return lambda text: {c.id: c.score for c in shipped_matcher.rank(clean(text)).candidates}


EMERGENCIES = """
cháu nhỏ đang giật đùng đùng mắt trợn ngược
bé co cứng người gọi không thưa
con tôi vừa bị người lạ dắt đi mất
cháu tôi bị ai đó bế đi mất rồi
không thấy con đâu nữa, vừa chơi ở sân đây
trẻ bị kéo đi bởi một người đàn ông lạ
cháu bị sặc sữa tím người
ông em gục xuống bàn không nói được
mẹ tôi tự dưng ngã lăn ra không biết gì
em gái tôi uống mấy chục viên thuốc ngủ
"""


@pytest.mark.parametrize("text", EMERGENCIES.strip().splitlines())
def test_shipped_signs_know_an_emergency(rank: Callable[[str], dict[str, float]], text: str) -> None:
    assert rank(text)["route:khan-cap"] >= ROUTE_FROM
    assert rank(fold(text))["route:khan-cap"] >= ROUTE_FROM


ORDINARY = """
mất chừng bao ngày mới cầm được tờ giấy
bao lâu cầm được bìa đỏ trên tay
nhà tôi muốn kịp treo hôm giỗ
cháu bị co giật từ nhỏ muốn xin giấy khuyết tật
tiền điện giật cục tháng này tăng
ông nội dắt cháu đi khai sinh được không
người khác dắt con đi làm căn cước được không
mất ví rơi hết giấy tờ làm lại sao
"""


@pytest.mark.parametrize("text", ORDINARY.strip().splitlines())
def test_shipped_signs_leave_an_ordinary_question(rank: Callable[[str], dict[str, float]], text: str) -> None:
    assert rank(text).get("route:khan-cap", 0.0) < ROUTE_FROM
    assert rank(fold(text)).get("route:khan-cap", 0.0) < ROUTE_FROM
