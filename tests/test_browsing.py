"""Finding without a question: lists and their pages, searches, cards, links; every button that they offer works."""

from pathlib import Path

import pytest

from bot.catalogue import Catalogue, Listed
from bot.channels.telegram.actions import decode, encode
from bot.channels.telegram.links import PAYLOAD, link, payload, read
from bot.counter import Counter
from bot.desk import Desk, brain
from bot.finding import Finding
from bot.knowledge import Knowledge
from bot.procedures import Facet
from bot.reception import Visitor
from bot.replies import Browse, Button, By, Reply, Show, Voice, line
from bot.replies.browsing import FOUND, PAGE, brief
from tests.small import load_small
from tests.values import NOW

VI, EN = Visitor("telegram", "1"), Visitor("telegram", "1", "en")
THIN = Catalogue((Listed("2.000123", "Thủ tục cấp phép nuôi cá cảnh", "Thủy sản", "Sở Nông nghiệp"),))


@pytest.fixture(scope="module")
def desk(shipped: Knowledge) -> Desk:
    return Desk(brain(shipped, THIN), Voice("phường Thành Đông"), lambda: NOW)


@pytest.fixture
def counter(desk: Desk) -> Counter:
    return Counter(desk, None)


def browse(counter: Counter, action: Browse, visitor: Visitor = VI) -> Reply:
    """What a tap brings, which must be something."""
    reply = counter.tap(action, visitor)
    assert reply
    return reply


def labels(reply: Reply) -> list[str]:
    return [button.label for button in reply.flat_buttons()]


def pages(counter: Counter, first: Browse) -> list[Reply]:
    """A list turned to its end by its own buttons."""
    found = [browse(counter, first)]
    while onward := [b for b in found[-1].flat_buttons() if b.label == "Sau"]:
        assert isinstance(onward[0].action, Browse)
        found.append(browse(counter, onward[0].action))
    return found


def offered(found: list[Reply]) -> list[Button]:
    """The buttons of all pages that lead on, not to other pages of the same list."""
    moving = (
        "Trước",
        "Sau",
        "Về danh mục việc",
        "Về danh mục lĩnh vực",
        "Xem theo lĩnh vực",
        "Xem theo việc trong đời",
    )
    return [b for reply in found for b in reply.flat_buttons() if b.label not in moving]


def test_the_first_screen_says_what_the_bot_is_and_offers_six(desk: Desk) -> None:
    reply = Finding(desk).first("vi")
    assert "tra cứu thủ tục hành chính" in reply.text
    assert "không nhận hồ sơ" in reply.text
    assert labels(reply)[0] == "Đăng ký khai sinh"
    assert len(labels(reply)) == 7
    assert labels(reply)[-1] == "Xem danh mục"


def test_a_base_without_a_menu_offers_its_fields(folder: Path) -> None:
    desk = Desk(load_small(folder), Voice("xã"), lambda: NOW)
    [only] = Finding(desk).first("vi").flat_buttons()
    assert only.action == Browse(By.FIELD)
    assert labels(browse(Counter(desk, None), Browse(By.FIELD)))[:2] == ["Cư trú", "Hộ tịch"]


@pytest.mark.parametrize("by", By)
def test_every_entry_of_every_list_is_reached_in_pages_of_eight(counter: Counter, by: By, shipped: Knowledge) -> None:
    lists = pages(counter, Browse(by))
    shown: set[str] = set()
    for button in offered(lists):
        assert isinstance(button.action, Browse)
        inside = pages(counter, button.action)
        for reply in (*lists, *inside):
            assert len(offered([reply])) <= PAGE
            for b in reply.flat_buttons():
                data = encode(b.action)
                assert (decode(data), len(data.encode()) <= 64, 0 < len(b.label) <= 60) == (b.action, True, True)
        for target in offered(inside):
            assert isinstance(target.action, Show)
            shown.add(target.action.procedure)
    if by is By.FIELD:
        assert shown == {*shipped.by_id, *shipped.guides_by_id}


def test_pages_are_turned_with_words(counter: Counter) -> None:
    first, *_, last = pages(counter, Browse(By.FIELD, "ho-tich"))
    assert first.lines[0][0].text == "Hộ tịch: 40 mục. Trang 1/5."
    assert labels(first)[-2:] == ["Sau", "Về danh mục lĩnh vực"]
    assert labels(last)[-2:] == ["Trước", "Về danh mục lĩnh vực"]


def test_fields_of_the_menu_come_first_then_the_others_by_name(counter: Counter) -> None:
    names = [button.label for button in offered(pages(counter, Browse(By.FIELD)))]
    assert names[:3] == ["Hộ tịch", "Cư trú", "Căn cước"]
    assert names[31:34] == ["An ninh, trật tự", "An ninh, trật tự ở cơ sở", "Bồi thường nhà nước"]


def test_lists_speak_english(counter: Counter) -> None:
    assert labels(browse(counter, Browse(By.EVENT), EN))[:2] == ["Having a child", "Getting married"]
    assert "Civil status" in labels(browse(counter, Browse(By.FIELD), EN))


@pytest.mark.parametrize("page", [5, 99, 999])
def test_a_page_that_is_no_more_is_the_last(counter: Counter, page: int) -> None:
    assert "Trang 5/5" in browse(counter, Browse(By.FIELD, "ho-tich", page)).text


@pytest.mark.parametrize("action", [Browse(By.FIELD, "sinh-con"), Browse(By.EVENT, "ho-tich"), Browse(By.EVENT, "x")])
def test_a_list_that_is_no_more_is_old(counter: Counter, action: Browse) -> None:
    assert counter.tap(action, VI) is None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("kết hôn", "ket-hon"),
        ("ket hon", "ket-hon"),
        ("tách thửa", "tach-thua"),
        ("1.001193", "khai-sinh"),
        ("tránh lừa đảo", "tranh-lua-dao"),
        ("nuôi cá cảnh", "c-2-000123"),
    ],
)
def test_a_search_offers_what_it_found(desk: Desk, words: str, first: str) -> None:
    reply = Finding(desk).find(words, "vi")
    ids = [b.action.procedure for b in reply.flat_buttons() if isinstance(b.action, Show)]
    assert first in ids[:FOUND]
    assert 1 <= len(ids) <= FOUND
    assert len(set(ids)) == len(ids)
    assert words in reply.text


def test_a_search_remembers_what_was_asked(desk: Desk) -> None:
    button = next(Finding(desk).find("lệ phí kết hôn", "vi").flat_buttons())
    assert button.action == Show("ket-hon", (Facet.FEE,))


@pytest.mark.parametrize(("words", "told"), [("", "Gõ /tim"), ("  ", "Gõ /tim"), ("abcxyz", "Không tìm thấy")])
def test_a_search_without_a_find_leads_to_the_list(desk: Desk, words: str, told: str) -> None:
    reply = Finding(desk).find(words, "vi")
    assert told in reply.text
    assert labels(reply) == ["Xem danh mục"]


@pytest.mark.parametrize("name", ["Hello", "rất dài " * 60])
def test_no_search_is_repeated_at_length(desk: Desk, name: str) -> None:
    assert len(Finding(desk).find(name, "vi").lines[0][0].text) < 150


def test_cards_are_answers_with_their_source_under_the_limit(desk: Desk, shipped: Knowledge) -> None:
    finding = Finding(desk)
    assert [card.show.procedure for card in finding.cards("")] == list(shipped.menu.common)
    cards = finding.cards("đăng ký kết hôn")
    assert (cards[0].title, cards[0].show) == ("Đăng ký kết hôn trong nước", Show("ket-hon"))
    assert len(cards) <= FOUND
    for name in (*shipped.by_id, *shipped.guides_by_id, THIN.entries[0].id):
        card = finding._card(Show(name), "vi")
        assert card
        assert card.about
        assert sum(len(span.text) for told in card.reply.lines for span in told) < 4000
        assert "Nguồn:" in "".join(span.text for span in card.reply.lines[-1])


def test_a_card_answers_what_was_asked_and_in_the_language_typed(desk: Desk) -> None:
    fee = Finding(desk).cards("lệ phí đăng ký kết hôn")[0]
    assert fee.show.facets == (Facet.FEE,)
    assert fee.about.startswith("Đăng ký kết hôn trong nước")
    assert "Source:" in Finding(desk).cards("how to register a marriage")[0].reply.text


@pytest.mark.parametrize(
    ("lengths", "told"),
    [
        ([90], ["90"]),
        ([90, 90], ["90", "90"]),
        ([5, 5, 90], ["5", "5", "90"]),
        ([5, 6, 7, 90], ["5", "hết", "90"]),
        ([90, 1, 2], ["90", "hết", "2"]),
    ],
)
def test_what_is_left_out_is_said(lengths: list[int], told: list[str]) -> None:
    lines = brief(Reply(tuple(line(f"{n}".ljust(n)) for n in lengths)), "hết", 10)
    assert [span.text.strip() for [span] in lines] == told


def test_cards_leave_no_trace_in_the_conversation(desk: Desk) -> None:
    before = dict(desk._contexts)
    Finding(desk).cards("đăng ký kết hôn")
    Finding(desk).find("đăng ký kết hôn", "vi")
    assert desk._contexts == before


def test_every_link_fits_and_comes_back(shipped: Knowledge) -> None:
    for name in (*shipped.by_id, *shipped.guides_by_id, "c-2-000123"):
        for show in (Show(name), Show(name, (Facet.FEE, Facet.DOCUMENTS))):
            text = payload(show)
            assert len(text) <= 64
            assert PAYLOAD.fullmatch(text)
            assert read(text) == show
    assert link("motcua_bot", Show("ket-hon", (Facet.FEE,))) == "https://t.me/motcua_bot?start=ket-hon_f"


@pytest.mark.parametrize("text", ["", "KET-HON", "ket-hon_", "ket-hon_z", "ket hon", "x" * 64, "<b>", "a_f_f", "ket\n"])
def test_a_forged_link_is_none_of_ours(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("show", [None, Show("khong-co"), Show("khong-co", (Facet.FEE,))])
def test_a_link_to_nothing_leads_to_the_first_screen(desk: Desk, show: Show | None) -> None:
    reply = Finding(desk).opened(show, VI)
    assert reply.text.startswith("Đường dẫn này không mở được")
    assert labels(reply)[-1] == "Xem danh mục"
