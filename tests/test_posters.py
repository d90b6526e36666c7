"""Posters: the code opens the right entry, the words stand on the page and fit, whatever the names are."""

import string
from itertools import pairwise

import numpy as np
import pypdfium2
import pytest
import segno
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram import links
from bot.curation.shelf import entries_of
from bot.errors import MotCuaError
from bot.knowledge import Knowledge
from bot.posters import PAPERS, Fill, Page, Text, bot_name, deep_link, pdf, poster, svg
from bot.posters.letters import letters, wrapped
from bot.procedures import Guide, Procedure
from bot.replies import Show
from tests.guiding import load_whole
from tests.printed import POINTS, both, code, drawn, greys, scanned, words
from tests.values import entry

BOT = "hoithutuc_bot"
LONGEST_BOT = "trung_tam_hanh_chinh_cong_hd_bot"
SIZES = {"a6": (105, 148), "a4": (210, 297)}
MARGIN = 8
ENGLISH = {"name": "Temporary residence registration", "summary": "Register where you stay."}
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ"
MANY = (
    "Cấp lại Giấy chứng nhận đủ điều kiện kinh doanh dịch vụ bảo vệ cho người đứng đầu cơ sở ở xã, phường, đặc khu, "
    "khi giấy đã cấp bị mất, hỏng hoặc ghi sai; cấp đổi khi có thay đổi về tên, địa chỉ, người đứng đầu; và thu hồi "
    "khi cơ sở không còn hoạt động nữa, giải thể, phá sản, hay chuyển đi."
)
NAMES = ["X", "Hộ chiếu", "Đăng ký tạm trú", MANY, "Nghiêng" * 9, "W" * 300, "‰" * 300, "Ặ g " * 75, "a" * 298 + " Ỹ"]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    return load_whole(tmp_path_factory.mktemp("kb")).guides[0]


def page(name: str = "Đăng ký tạm trú", paper: str = "a6", bot: str = BOT, **changes: object) -> Page:
    return poster(entry("tam-tru", name=name, **changes), bot, PAPERS[paper])


def texts(page: Page) -> list[Text]:
    return [shape for shape in page.shapes if isinstance(shape, Text)]


def title(page: Page) -> list[Text]:
    """The lines of the name: all that is bold above the code."""
    above = next(n for n, shape in enumerate(page.shapes) if isinstance(shape, Fill))
    return [shape for shape in page.shapes[:above] if isinstance(shape, Text) and shape.strong]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("hoithutuc_bot", "hoithutuc_bot"),
        ("@hoithutuc_bot", "hoithutuc_bot"),
        (" @HoiThuTucBot ", "HoiThuTucBot"),
        ("a1bot", "a1bot"),
        (LONGEST_BOT, LONGEST_BOT),
    ],
)
def test_a_bot_is_named_with_or_without_its_sign(typed: str, name: str) -> None:
    assert bot_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "", "@", "bot", "abot", f"x{LONGEST_BOT}", "1hoibot", "_hoibot", "hoithutuc", "hoi-thu-tuc-bot",
        "hoi thu tuc bot", "hỏithutuc_bot", "ｈoithutuc_bot", "hoi__bot", "@@hoithutuc_bot", "hoithutuc_bot?start=x",
        "hoi\nthutuc_bot", "https://t.me/hoithutuc_bot", "hoithutuc_bot_",
    ],
)  # fmt: skip
def test_what_telegram_takes_for_no_bot_is_refused_with_the_rules(typed: str) -> None:
    with pytest.raises(MotCuaError, match=r"5 đến 32 ký tự.*tận cùng là bot\. Ví dụ: hoithutuc_bot"):
        bot_name(typed)


def test_the_bot_understands_the_link_of_every_entry(shipped: Knowledge) -> None:
    for item in entries_of(shipped):
        link = deep_link(BOT, item.id)
        assert link == f"https://t.me/{BOT}?start={item.id}" == links.link(BOT, Show(item.id))
        assert links.read(link.partition("?start=")[2]) == Show(item.id)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("form", ["svg", "pdf"])
@pytest.mark.parametrize(("id", "bot"), [("tam-tru", BOT), ("x", "a1bot"), ("o" * 40, LONGEST_BOT.upper())])
def test_a_telephone_reads_the_code(paper: str, form: str, id: str, bot: str) -> None:
    content = both(poster(entry(id), bot, PAPERS[paper]))[form]
    assert scanned(drawn(content, form)) == f"https://t.me/{bot}?start={id}"
    assert scanned(drawn(content, form, dots=2.4)) == f"https://t.me/{bot}?start={id}"  # from afar: 60 to the inch


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("form", ["svg", "pdf"])
def test_a_guide_has_a_poster_too(paper: str, form: str, guide: Guide) -> None:
    content = both(poster(guide, BOT, PAPERS[paper]))[form]
    assert scanned(drawn(content, form)) == f"https://t.me/{BOT}?start=dung-vneid"


@pytest.mark.parametrize("paper", PAPERS)
def test_the_paper_has_its_size(paper: str) -> None:
    width, height = SIZES[paper]
    with pypdfium2.PdfDocument(pdf(page(paper=paper))) as document:
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx((width * POINTS, height * POINTS), abs=0.01)
    assert f'width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}"'.encode() in svg(page(paper=paper))


@pytest.mark.parametrize("paper", PAPERS)
def test_it_says_what_the_code_opens_and_who_answers(paper: str) -> None:
    said = words(pdf(page(paper=paper)))
    assert said == (
        "Hỏi về thủ tục Đăng ký tạm trú Quét mã để xem giấy tờ cần có, lệ phí, thời hạn, nơi nộp hồ sơ "
        "Bot trả lời trên Telegram @hoithutuc_bot Không quét được? Hãy tìm tên này trong Telegram. "
        "Scan to see papers, fees, time and where to apply, in Telegram."
    )
    assert f"<desc>{said}</desc>".encode() in svg(page(paper=paper))


def test_a_guide_promises_no_fees(guide: Guide) -> None:
    said = words(pdf(poster(guide, BOT, PAPERS["a6"])))
    assert said.startswith("Hướng dẫn Dùng VNeID Quét mã để xem những điều cần biết, những việc cần làm Bot trả lời")
    assert "lệ phí" not in said


def test_the_english_name_stands_there_unless_it_would_be_too_small_to_read() -> None:
    assert words(pdf(page(english=ENGLISH))).endswith("Temporary residence registration: scan to open in Telegram.")
    long = ENGLISH | {"name": "Temporary residence registration of people who stay for more than thirty days"}
    assert words(pdf(page(english=long))).endswith("where to apply, in Telegram.")


def test_a_screen_reader_hears_the_title_and_the_language() -> None:
    with pypdfium2.PdfDocument(pdf(page())) as document:
        assert document.get_metadata_dict()["Title"] == "Đăng ký tạm trú"
    assert b"/Lang (vi)" in pdf(page())
    assert b'xml:lang="vi">\n<title>\xc4\x90\xc4\x83ng k\xc3\xbd t\xe1\xba\xa1m tr\xc3\xba</title>' in svg(page())


def test_a_name_with_signs_of_markup_is_still_a_picture() -> None:
    marked = page('Cha & mẹ <dưới> 14 "tuổi"')
    assert scanned(drawn(svg(marked), "svg")) == deep_link(BOT, "tam-tru")
    assert 'Cha & mẹ <dưới> 14 "tuổi"' in words(pdf(marked))


@pytest.mark.parametrize("strong", [False, True])
def test_every_vietnamese_letter_has_a_shape_of_its_own(strong: bool) -> None:
    every = LETTERS + LETTERS.upper()
    assert len(every) == 2 * (12 + 12 * 5 + 17)
    assert len({letters(strong).outline(letter, 10, 0, 0) for letter in every}) == len(every)


@pytest.mark.parametrize("paper", PAPERS)
def test_both_formats_show_the_same_picture_and_carry_their_letters(paper: str) -> None:
    named = page("Chứng thực chữ ký, ặ ẫ ỡ ữ Đ", paper)
    content = both(named)
    one, other = (drawn(content[form], form, dots=16) for form in ("svg", "pdf"))
    assert abs(greys(one, 16) - greys(other, 16)).max() < 20
    assert content["pdf"].count(b"/FontFile2") == 2
    assert b"<text" not in content["svg"]
    for text in texts(named):
        top, bottom = (int((text.baseline + part * text.size) * 16) for part in (-0.5, 0))
        assert (other[top:bottom] < 160).any(), f"nothing is drawn of {text.text}"


def test_the_same_page_is_the_same_file() -> None:
    assert both(page()) == both(page())
    with pypdfium2.PdfDocument(pdf(page())) as document:
        assert document.get_metadata_dict()["CreationDate"] == "D:20250701000000Z"


@pytest.mark.parametrize("name", NAMES)
def test_any_name_fits_above_the_code(name: str) -> None:
    drawn_name = title(page(name))
    assert "".join(text.text for text in drawn_name).replace(" ", "") == name.replace(" ", "")
    for text in drawn_name:
        assert text.left >= MARGIN - 0.001
        assert text.left + letters(strong=True).width(text.text, text.size) <= 105 - MARGIN + 0.001
        assert 15 < text.baseline - 0.7 * text.size < text.baseline < 41.5
    assert all(later.baseline - former.baseline > former.size for former, later in pairwise(drawn_name))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(LETTERS + LETTERS.upper() + string.digits + "  ,.()-‰", min_size=1, max_size=300)
    .map(str.strip)
    .filter(bool)
)
def test_no_name_is_too_much(name: str) -> None:
    lines = title(page(name))
    assert "".join(text.text for text in lines).replace(" ", "") == name.replace(" ", "")
    assert all(text.left >= MARGIN - 0.001 for text in lines)
    assert lines[-1].baseline < 41.5


@pytest.mark.parametrize("form", ["svg", "pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_the_white_around_the_code_stays_white(name: str, form: str) -> None:
    picture = drawn(both(page(name))[form], form)
    place = code(picture).position
    left, top, right, bottom = place.top_left.x, place.top_left.y, place.bottom_right.x, place.bottom_right.y
    white = int(4 * (right - left) / len(tuple(segno.make_qr(deep_link(BOT, "tam-tru"), error="m").matrix))) - 2
    around = picture[top - white : bottom + white, left - white : right + white].copy()
    around[white - 2 : -white + 2, white - 2 : -white + 2] = 255
    assert around.min() > 250


def test_words_stay_whole_while_the_name_is_large() -> None:
    assert [text.text for text in title(page("Đăng ký khai sinh"))] == ["Đăng ký", "khai sinh"]
    (whole,) = title(page("Nghiêng" * 3))
    assert 6 <= whole.size < 10.5
    assert len(title(page("Nghiêng" * 9))) > 1


def test_lines_are_evened_out() -> None:
    assert wrapped("một hai ba bốn năm", 10, 75, strong=True) == ("một hai ba", "bốn năm")
    assert wrapped("a\u0301 e\u0302", 10, 75, strong=True) == ("á ê",)  # letters typed in parts are put together


@pytest.mark.parametrize(("bot", "least"), [(BOT, 15), (LONGEST_BOT, 12), ("W" * 29 + "bot", 7)])
def test_the_name_of_the_bot_can_be_read(bot: str, least: int) -> None:
    (line,) = [text for text in texts(page(bot=bot)) if text.text == f"@{bot}"]
    assert line.size * POINTS >= least
    assert line.left >= MARGIN - 0.001


def test_every_shipped_entry_has_a_poster_that_fits(shipped: Knowledge) -> None:
    def fits(item: Procedure | Guide) -> bool:
        shown = poster(item, LONGEST_BOT, PAPERS["a6"])
        return title(shown)[0].size > 5.5 and all(text.left >= MARGIN - 0.001 for text in texts(shown))

    assert [item.id for item in entries_of(shipped) if not fits(item)] == []


def test_a4_is_a6_twice_as_large() -> None:
    for small, large in zip(texts(page(MANY)), texts(page(MANY, "a4")), strict=True):
        assert np.allclose(
            (large.left, large.baseline, large.size), np.multiply(2, (small.left, small.baseline, small.size))
        )


def test_a_sign_that_the_font_lacks_is_told() -> None:
    with pytest.raises(MotCuaError, match=r'không có ký tự 🏠 trong "🏠"\. Hãy viết'):
        page("Đăng ký 🏠")
