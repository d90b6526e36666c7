"""Guides and tables of communes looked after as procedures are: shown, traced, aged, compared."""

import datetime
from pathlib import Path

import pytest

from bot.curation import aged, card, changes, ending, everywhere, find, impact, nearest, shelve
from bot.curation.facts import facts
from bot.curation.impact import known_numbers
from bot.knowledge import Knowledge, load
from tests.guiding import GUIDES, UNITS, load_whole, write_whole
from tests.small import change

COUNTRY = "units/viet-nam.yaml"
DAY = datetime.date(2026, 12, 20)


def line_of(folder: Path, name: str, text: str) -> str:
    """Where a text stands, as reports write it."""
    return f"{name}:{change(folder, name, text, text)}"


@pytest.mark.parametrize("name", ["dung-vneid", "DUNG-VNEID", "Dùng VNeID", "dung vneid"])
def test_a_guide_is_found_by_id_and_by_name(folder: Path, name: str) -> None:
    assert find(load_whole(folder), name).id == "dung-vneid"


def test_guides_are_among_the_nearest(folder: Path) -> None:
    knowledge = load_whole(folder)
    assert [entry.id for entry in nearest(knowledge, "dung-vneidd")] == ["dung-vneid"]
    with pytest.raises(Exception, match=r"Có phải bạn tìm:\n  dung-vneid: Dùng VNeID \(hướng dẫn\)"):
        find(knowledge, "dung-vneidd")


def test_a_guide_is_taken_apart_section_by_section(folder: Path) -> None:
    told = [(t.title, t.words, t.source, t.path) for t in facts(find(load_whole(folder), "dung-vneid"))]
    assert told == [
        ("Mở ở đâu", "Bạn đến công an xã.", "cong", ("sections", 0, "lines", 0)),
        ("Mở ở đâu", "Nhớ mang căn cước.", "cong", ("sections", 0, "lines", 1)),
        ("Các bước", "Cài ứng dụng.", "bao", ("sections", 1, "steps", 0)),
        ("Các bước", "Quét mã trên căn cước.", "bao", ("sections", 1, "steps", 1)),
        ("Các bước", "Điều chưa chắc: Màn hình có thể đã đổi.", "bao", ("sections", 1, "doubt")),
    ]


def test_a_card_of_a_guide_tells_every_line_with_its_source_and_place(folder: Path) -> None:
    shelf = shelve(write_whole(folder), "hai-phong")
    lines = card(shelf, find(shelf.knowledge, "dung-vneid"))
    assert lines[:3] == [
        "Dùng VNeID (dung-vneid, hướng dẫn)",
        f"Sửa ở: {GUIDES}, từ dòng 3; lĩnh vực Đời sống số",
        "Tóm tắt: VNeID là ứng dụng định danh.  [dòng 5]",
    ]
    at = line_of(folder, GUIDES, "Cài ứng dụng.").split(":")[1]
    assert f"  • Cài ứng dụng.  [dòng {at}]" in lines
    assert "  Nguồn bao: Văn bản pháp luật, đọc ngày 14/05/2026, độ tin cậy vừa, đến hết ngày 31/12/2026" in lines
    text = "\n".join(lines)
    assert "Các bước  [dòng" in text
    assert "độ tin cậy vừa (chưa phần nào dùng)" in text
    assert "  • Đăng ký tạm trú (tam-tru)" in lines
    assert "Tiếng Anh: Using VNeID. VNeID is the identity app." in text
    assert "Câu hỏi thử: 0" in lines
    assert "Chưa ghi" not in text
    assert "Thủ tục liên quan" not in "\n".join(card(shelf, find(shelf.knowledge, "tranh-lua-dao")))


def test_every_shipped_guide_has_a_card(shipped: Knowledge) -> None:
    shelf = shelve(Path(__file__).parent.parent / "knowledge", "hai-phong")
    for guide in shipped.guides:
        assert sum(line.startswith("  • ") for line in card(shelf, guide)) >= len(facts(guide)) + len(guide.phrases)


def test_what_of_a_guide_rests_on_a_law(folder: Path) -> None:
    shelves = everywhere(write_whole(folder))
    found = [(r.id, r.name, r.group, r.words, r.through, r.at) for r in impact(shelves, "5709/qđ-bca-c06")]
    place = line_of(folder, GUIDES, "Nhớ mang căn cước.")
    assert len(found) == 2
    assert found[1] == ("dung-vneid", "Dùng VNeID", "Mở ở đâu", "Nhớ mang căn cước.", "nguồn cong", place)
    assert [(r.words, r.through) for r in impact(shelves, "9/2026/NĐ-CP")] == [("thua", "nguồn chưa phần nào dùng")]


def test_what_of_the_tables_of_communes_rests_on_a_resolution(folder: Path) -> None:
    shelves = everywhere(write_whole(folder))
    found = [(r.id, r.name, r.group, r.words, r.through, r.at) for r in impact(shelves, "1669/NQ-UBTVQH15")]
    held = "3 xã, phường, đặc khu; 2 huyện, quận cũ"
    head = ("units/hai-phong", "thành phố Hải Phòng", "Xã, phường", held)
    assert found == [(*head, "nghị quyết sắp xếp", f"{UNITS}:3"), (*head, "nguồn danh-muc", f"{UNITS}:5")]
    country = impact(shelves, "202/2025/QH15")
    assert [(r.name, r.words) for r in country] == [("cả nước", "2 tỉnh, thành phố")] * 2
    assert {"202/2025/QH15", "5709/QĐ-BCA-C06"} <= set(known_numbers(shelves[0].knowledge))


def test_guides_and_tables_grow_old(folder: Path) -> None:
    read = aged(everywhere(write_whole(folder)), DAY)
    users = {name: (group.days, at) for group in read for name, at in group.users if "/" in name or "vneid" in name}
    assert users["units/hai-phong"] == (148, f"{UNITS}:5")
    assert read[0].users == (("dung-vneid", line_of(folder, GUIDES, "bao: {origin: van-ban")),)
    assert read[0].days == 220


def test_lines_of_a_guide_whose_source_ends_are_told(folder: Path) -> None:
    ends = [e for e in ending(everywhere(write_whole(folder)), DAY) if e.entry.id == "dung-vneid"]
    assert [(e.left, e.group, e.through) for e in ends] == [(11, "Các bước", "nguồn bao")] * 3


def told(folder: Path, *edits: tuple[str, str, str]) -> list[str]:
    """The changes that edits (file, old, new) of the whole base make, without blank lines."""
    before = load_whole(folder / "a")
    write_whole(folder / "b")
    for name, old, new in edits:
        change(folder / "b", name, old, new)
    return [line for line in changes(before, load(folder / "b", None)) if line]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("name: Dùng VNeID", "name: Cách dùng VNeID", "Tên: từ “Dùng VNeID” thành “Cách dùng VNeID”"),
        (
            "Bạn đến công an xã.",
            "Bạn đến công an xã nào cũng được.",
            "Mở ở đâu: từ “Bạn đến công an xã.” thành “Bạn đến công an xã nào cũng được.”",
        ),
        ("          - Nhớ mang căn cước.\n", "", "Mở ở đâu: bỏ “Nhớ mang căn cước.”"),
        (
            "          - Cài",
            "          - Mở cửa hàng ứng dụng.\n          - Cài",
            "Các bước: thêm “Mở cửa hàng ứng dụng.”",
        ),
        ("title: Mở ở đâu", "title: Nơi mở", "Nơi mở: nay có phần này"),
        (
            "effective_until: 2026-12-31",
            "effective_until: 2027-12-31",
            "Các bước: hiệu lực từ “đến hết ngày 31/12/2026”",
        ),
        ("related: [tam-tru]", "related: [khai-sinh]", "Thủ tục liên quan: thêm “khai-sinh”"),
        ("      - cài vneid thế nào\n", "", "Bỏ 1 cách hỏi"),
        ("    portal_url: https://dichvucong.gov.vn/vneid\n", "", "Trang chính thức: từ “https"),
        ("id: dung-vneid", "id: vneid", "Tên trong tệp: từ “dung-vneid” thành “vneid”"),
        ("2026-05-14", "2026-06-14", "Ngày kiểm tra cũ nhất: từ 14/05/2026 thành 14/06/2026"),
    ],
)
def test_a_changed_guide_is_said_in_words(folder: Path, old: str, new: str, words: str) -> None:
    lines = told(folder, (GUIDES, old, new))
    assert lines[0] == "0 mục mới, 0 mục bỏ, 1 mục đổi."
    assert lines[1].endswith("vneid, hướng dẫn)")
    assert any(line.startswith(f"  {words}") for line in lines), lines


def test_new_and_dropped_guides_are_named(folder: Path) -> None:
    edits = ((GUIDES, "id: tranh-lua-dao", "id: lua-dao"), (GUIDES, "name: Tránh lừa đảo", "name: Chiêu lừa"))
    assert told(folder, *edits) == [
        "1 mục mới, 1 mục bỏ, 0 mục đổi.",
        "Mới:",
        "  Chiêu lừa (lua-dao, hướng dẫn)",
        "Bỏ:",
        "  Tránh lừa đảo (tranh-lua-dao, hướng dẫn)",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "lines"),
    [
        (
            UNITS,
            "name: Hải Dương}",
            "name: Hải Dương, seat: 1 Bạch Đằng, one_stop: 2 Bạch Đằng}",
            [
                "phường Hải Dương: trụ sở từ không ghi thành “1 Bạch Đằng”",
                "phường Hải Dương: nơi nhận hồ sơ từ không ghi thành “2 Bạch Đằng”",
            ],
        ),
        (
            UNITS,
            'now: ["10507", "10525"]',
            'now: ["10525"]',
            ["phường Trần Phú (thành phố Hải Dương cũ) nay thuộc: bỏ phường Thành Đông"],
        ),
        (
            UNITS,
            'now: ["11948"]',
            'now: ["11948", "10525"]',
            ["huyện Bạch Long Vĩ cũ nay thuộc: thêm phường Hải Dương"],
        ),
        (
            UNITS,
            '  - {code: "10507"',
            '  - {code: "10500", kind: xã, name: Mới}\n  - {code: "10507"',
            ["Thêm xã Mới"],
        ),
        (
            UNITS,
            '      - {kind: phường, name: Cẩm Thượng, now: ["10507"]}\n',
            "",
            ["phường Cẩm Thượng (thành phố Hải Dương cũ) nay thuộc: bỏ phường Thành Đông"],
        ),
        (
            COUNTRY,
            "wards: [Ba Đình, Ngọc Hà]",
            "wards: [Ba Đình, Giảng Võ]",
            ["thành phố Hà Nội có: bỏ phường Ngọc Hà; thêm phường Giảng Võ"],
        ),
        (
            UNITS,
            "place: thành phố Hải Phòng\n",
            "place: Thành phố Cảng\n",
            ["Bỏ bảng xã, phường thành phố Hải Phòng", "Thêm bảng xã, phường Thành phố Cảng"],
        ),
    ],
)
def test_changed_tables_of_communes_are_said_in_words(
    folder: Path, name: str, old: str, new: str, lines: list[str]
) -> None:
    found = told(folder, (name, old, new))
    assert found == ["0 mục mới, 0 mục bỏ, 0 mục đổi.", "Ngoài các mục:", *(f"  {line}" for line in lines)]


def test_a_commune_that_is_gone(folder: Path) -> None:
    before = load_whole(folder / "a")
    base = write_whole(folder / "b")
    change(base, UNITS, '["10507", "10525"]', '["10507"]')
    change(base, UNITS, '  - {code: "10525", kind: phường, name: Hải Dương}  # chưa rõ trụ sở\n', "")
    assert "  Bỏ phường Hải Dương" in changes(before, load(base, None))
