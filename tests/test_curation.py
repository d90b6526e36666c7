"""What rests on a law, what grows old, and one entry as a person reads it, on the tiny base."""

import datetime
from pathlib import Path

import pytest

from bot.curation import aged, card, ending, everywhere, find, impact, near_numbers, nearest, shelve
from bot.curation.adding import Drawers
from bot.curation.facts import facts
from bot.curation.impact import known_numbers, plain_number
from bot.errors import KnowledgeError, MotCuaError
from bot.knowledge import Knowledge
from tests.guiding import write_whole
from tests.small import change, write_base

DAY = datetime.date(2026, 12, 20)


def line_of(folder: Path, name: str, text: str) -> str:
    """Where a text stands, as reports write it."""
    lines = (folder / name).read_text("utf-8").splitlines()
    found = [number for number, line in enumerate(lines, 1) if text in line]
    assert len(found) == 1, found
    return f"{name}:{found[0]}"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("75/2022/TT-BTC", "75/2022/tt-btc"),
        ("75/2022/tt-btc", "75/2022/tt-btc"),
        (" 75 / 2022 / TT – BTC ", "75/2022/tt-btc"),
        ("Thông tư 75/2022/TT-BTC ngày 22/12/2022", "75/2022/tt-btc"),
        ("nghị định 123/2015/nd-cp", "123/2015/nd-cp"),
        ("Nghị định 123/2015/NĐ-CP.", "123/2015/nd-cp"),
        ("66.7/2025/NQ-CP", "66.7/2025/nq-cp"),
        ("QĐ/0001-BCA", "qd/0001-bca"),
        ("Luật  Cư trú", "luat cu tru"),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed: str, plain: str) -> None:
    assert plain_number(typed) == plain


def test_facts_are_taken_apart_with_their_sources(folder: Path) -> None:
    entry = find(shelve(write_base(folder), None).knowledge, "khai-sinh")
    told = [(t.group, t.words, t.source) for t in facts(entry)]
    assert (
        "documents",
        "Giấy chứng sinh: bản chính, 1 bản. Không có thì nộp giấy cam đoan về việc sinh.",
        "cong",
    ) in told
    assert ("documents", "Giấy ủy quyền (Nhờ người khác đi thay): bản chính", "cong") in told
    assert ("fee", "Đăng ký quá hạn (trực tiếp hoặc qua bưu chính): 8.000 đồng/lần", "cong") in told
    assert ("fee", "Đăng ký trên mạng (trực tuyến): 4.000 đồng, đến hết ngày 31/12/2026", "tam") in told
    assert ("fee", "Bản sao Giấy khai sinh: 9.000 đồng/bản sao, bot không nói vì nguồn chưa đủ tin cậy", "doan") in told
    assert ("fee", "Miễn, giảm: Hộ nghèo được miễn lệ phí.", "cong") in told
    assert ("time_limit", "1 ngày làm việc (Trong ngày làm việc.)", "cong") in told
    assert ("deadline", "Nếu muộn: Quá hạn vẫn đăng ký được.", "cong") in told
    assert ("place", "Nơi nhận ttpvhcc-xa", "cong") in told
    assert ("legal_basis", "123/2015/NĐ-CP", "cong") in told


def test_what_rests_on_a_law_is_listed_with_its_line(folder: Path) -> None:
    write_base(folder)
    found = [(r.id, r.group, r.words, r.through, r.at) for r in impact(everywhere(folder), "75/2022/tt - btc")]
    cu_tru = "procedures/cu-tru.yaml"
    assert found == [
        (
            "tam-tru",
            "Lệ phí",
            "Lệ phí (trực tiếp hoặc qua bưu chính): 15.000 đồng/lần",
            "nguồn phi",
            line_of(folder, cu_tru, "amount: 15000"),
        ),
        (
            "tam-tru",
            "Lệ phí",
            "Lệ phí (trực tuyến): 7.000 đồng/lần",
            "nguồn phi",
            line_of(folder, cu_tru, "amount: 7000"),
        ),
        ("tam-tru", "Nguồn", "phi", "nguồn chưa phần nào dùng", line_of(folder, cu_tru, "75/2022/TT-BTC")),
    ]


def test_a_law_is_found_in_overlays_legal_bases_and_codes(folder: Path) -> None:
    write_base(folder)
    shelves = everywhere(folder)
    local = impact(shelves, "23/2026/NQ-HĐND")
    place = line_of(folder, "local/hai-phong.yaml", "amount: 10000")
    assert [(r.words, r.at) for r in local] == [("Lệ phí ở Hải Phòng: 10.000 đồng/lần", place)]
    basis = impact(shelves, "60/2014/QH13")
    assert [(r.id, r.through) for r in basis] == [
        ("khai-sinh", "căn cứ pháp lý"),
        ("khai-sinh-lai", "căn cứ pháp lý"),
    ]
    codes = impact(shelves, "5555/QĐ-BCA")
    assert [(r.group, r.words, r.through) for r in codes] == [("Mã tương đương", "1.010038", "lý do đổi mã")]


def test_near_numbers_come_in_place_of_an_unknown_one(folder: Path) -> None:
    numbers = known_numbers(shelve(write_base(folder), None).knowledge)
    assert "5555/QĐ-BCA" in numbers
    assert near_numbers(numbers, "75/2023/TT-BTC") == ("75/2022/TT-BTC",)
    assert near_numbers(numbers, "68/2020") == ("68/2020/QH14",)
    assert near_numbers(numbers, "một bức thư") == ()


def test_sources_and_offices_age_and_the_oldest_is_first(folder: Path) -> None:
    write_base(folder)
    change(folder, "procedures/cu-tru.yaml", "checked_on: 2026-08-01", "checked_on: 2025-11-20")
    read = aged(everywhere(folder), DAY)
    oldest = read[0]
    assert (oldest.origin, oldest.document, oldest.days) == ("Văn bản pháp luật", "75/2022/TT-BTC", 395)
    assert oldest.users == (("tam-tru", line_of(folder, "procedures/cu-tru.yaml", "75/2022/TT-BTC")),)
    portal = next(group for group in read if group.document == "" and group.days == 155)
    at = line_of(folder, "offices.yaml", "id: cong-an-xa")
    assert ("cong-an-xa", at) in portal.users
    assert [group.checked_on for group in read] == sorted(group.checked_on for group in read)


def test_facts_that_end_soon_or_have_ended_are_told_by_source_and_by_law(folder: Path) -> None:
    write_base(folder)
    change(folder, "laws.yaml", "title: Luật Cư trú", "title: Luật Cư trú, effective_until: 2026-12-01")
    ends = [(e.until.day, e.left, e.entry.id, e.group, e.words, e.through) for e in ending(everywhere(folder), DAY)]
    assert ends == [
        (1, -19, "tam-tru", "Căn cứ", "68/2020/QH14", "văn bản 68/2020/QH14"),
        (
            31,
            11,
            "khai-sinh",
            "Lệ phí",
            "Đăng ký trên mạng (trực tuyến): 4.000 đồng, đến hết ngày 31/12/2026",
            "nguồn tam",
        ),
        (31, 11, "khai-sinh", "Căn cứ", "123/2015/NĐ-CP", "văn bản 123/2015/NĐ-CP"),
    ]
    assert ending(everywhere(folder), datetime.date(2026, 10, 1)) == ()


def test_a_card_tells_every_fact_with_its_source_and_line(folder: Path) -> None:
    shelf = shelve(write_base(folder), "hai-phong")
    lines = card(shelf, find(shelf.knowledge, "1.010038"))
    text = "\n".join(lines)
    assert lines[0] == "Đăng ký tạm trú (tam-tru, mã 1.004194)"
    start = line_of(folder, "procedures/cu-tru.yaml", "id: tam-tru").split(":")[1]
    assert lines[1] == (
        f"Sửa ở: procedures/cu-tru.yaml, từ dòng {start}; lĩnh vực Cư trú, có quy định riêng của hai-phong"
    )
    fee = line_of(folder, "local/hai-phong.yaml", "amount: 10000").split(":")[1]
    assert f"  • Lệ phí ở Hải Phòng: 10.000 đồng/lần  [local/hai-phong.yaml, dòng {fee}]" in lines
    assert "  Nguồn nq23: Văn bản pháp luật, 23/2026/NQ-HĐND, đọc ngày 01/10/2026, độ tin cậy cao" in lines
    assert "Mã tương đương: 1.010038, cùng thủ tục ở cấp tỉnh, 5555/QĐ-BCA" in text
    assert "75/2022/TT-BTC, đọc ngày 01/08/2026, độ tin cậy cao (chưa phần nào dùng)  [dòng" in text
    assert "  • Được hay không: tùy trường hợp  [dòng" in text
    assert "Chưa ghi: Nộp trực tuyến, Các bước, Hạn phải làm" in lines
    assert "Câu hỏi thử: 0" in lines


def test_a_card_tells_items_of_other_sources_twins_and_the_name_in_english(folder: Path) -> None:
    shelf = shelve(write_base(folder), None)
    lines = card(shelf, find(shelf.knowledge, "KHAI-SINH"))
    text = "\n".join(lines)
    assert "hết ngày 31/12/2026 (nguồn tam)  [dòng" in text
    assert "độ tin cậy thấp, bot không nói mức thu từ nguồn này" in text
    assert "Dễ nhầm, bot hỏi lại: Trẻ đã từng được đăng ký khai sinh chưa?" in lines
    assert "  • Chưa đăng ký lần nào → khai-sinh" in lines
    assert "Tiếng Anh: Birth registration. Register the birth of a child at the commune office." in text
    assert "quy định riêng" not in text
    assert "Câu hỏi thử: 1" in lines


def test_every_shipped_entry_has_a_card(shipped: Knowledge) -> None:
    shelf = shelve(Path(__file__).parent.parent / "knowledge", "hai-phong")
    for entry in shipped.procedures:
        lines = card(shelf, entry)
        assert sum(line.startswith("  • ") for line in lines) >= len(facts(entry)) + len(entry.phrases)


def test_an_unknown_name_offers_the_nearest(folder: Path) -> None:
    knowledge = shelve(write_base(folder), None).knowledge
    assert [entry.id for entry in nearest(knowledge, "Đăng ký tạm trú")] == ["tam-tru", "khai-sinh"]
    with pytest.raises(
        MotCuaError, match=r"Không có mục nào mang id, mã hay tên tam-tr\. Có phải bạn tìm:\n  tam-tru: "
    ):
        find(knowledge, "tam-tr")
    with pytest.raises(MotCuaError, match="motcua ask"):
        find(knowledge, "xyz")


def test_a_broken_base_is_told_with_all_its_faults(folder: Path) -> None:
    write_base(folder)
    change(folder, "local/hai-phong.yaml", "id: tam-tru", "id: tam-try")
    with pytest.raises(KnowledgeError, match="không có mục nào tên tam-try"):
        everywhere(folder)
    assert shelve(folder, None).local is None


def test_what_an_editor_keeps_beside_the_files_is_not_read(folder: Path) -> None:
    base = write_whole(folder)
    shelf, tables = everywhere(base), len(shelve(base, None).units)
    for name in ("procedures/.#ho-tich.yaml", "guides/.so.yaml.swp.yaml", "units/.cu.yaml", "local/.#hai-phong.yaml"):
        (base / name).write_text("{", "utf-8")
    assert [s.local for s in everywhere(base)] == [s.local for s in shelf]
    assert len(shelve(base, None).units) == tables
    assert Drawers(base).ids() >= {"khai-sinh", "dung-vneid"}
