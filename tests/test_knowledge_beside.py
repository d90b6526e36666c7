"""knowledge: guides and units belong to a base, and are checked against the rest of it."""

from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load
from tests.small import change, faults_of, write_base

GUIDES, UNITS = "guides/so.yaml", "units/gan.yaml"
FILES = {
    GUIDES: """\
field: Đời sống số
guides:
  - id: dung-vneid
    name: Dùng VNeID
    summary: VNeID là ứng dụng định danh.
    sources:
      cong: {origin: cong-dvcqg, confidence: cao, checked_on: 2026-07-18}
    sections:
      - {title: Ở đâu, source: cong, lines: [Làm tại công an xã.]}
    related: [tam-tru]
    phrases: [VNeID là gì]
""",
    UNITS: """\
place: tỉnh Gần
resolution: 1669/NQ-UBTVQH15
sources:
  muc: {origin: van-ban, confidence: cao, checked_on: 2026-07-25}
communes:
  - {code: "00001", kind: xã, name: Mới Toanh}
  - {code: "00002", kind: phường, name: Mới Hơn}
districts:
  - kind: huyện
    name: Gần
    province: tỉnh Gần
    units:
      - {kind: xã, name: Cũ Kỹ, now: ["00001", "00002"]}
  - {kind: huyện, name: Đảo, province: tỉnh Gần, now: ["00002"], units: []}
""",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = write_base(tmp_path / "base")
    for name, text in FILES.items():
        (folder / name).parent.mkdir()
        (folder / name).write_text(text, "utf-8")
    return folder


def test_guides_and_units_belong_to_the_base_and_its_version(base: Path) -> None:
    known = load(base, None)
    assert [guide.id for guide in known.guides] == ["dung-vneid"]
    assert [file.place for file in known.units] == ["tỉnh Gần"]
    change(base, UNITS, "Cũ Kỹ", "Cũ Rích")
    assert load(base, None).version != known.version


def test_the_shipped_base_has_them(shipped: Knowledge) -> None:
    assert len(shipped.guides) >= 12
    assert [file.place for file in shipped.units] == ["thành phố Hải Phòng", None]


FAULTS = [
    (GUIDES, "id: dung-vneid", "id: tam-tru", "guides.0.id: id tam-tru đã có ở mục khác → đặt id khác"),
    (
        GUIDES,
        "source: cong,",
        "source: khac,",
        "guides.0.sections.0.source: không có nguồn tên khac → thêm nguồn này vào sources của mục",
    ),
    (
        GUIDES,
        "origin: cong-dvcqg",
        "origin: bao-la",
        "guides.0.sources.cong.origin: không có nơi đọc tên bao-la → thêm vào sources.yaml",
    ),
    (
        GUIDES,
        "related: [tam-tru]",
        "related: [tam-chu]",
        "guides.0.related.0: không có mục nào tên tam-chu → xem lại id của mục",
    ),
    (
        GUIDES,
        "phrases: [VNeID là gì]",
        "phrases: [đăng ký tạm trú]",
        "guides.0.phrases.0: cách hỏi này đã đứng ở mục tam-tru → giữ ở một mục, hoặc viết rõ hơn",
    ),
    (UNITS, "origin: van-ban", "origin: la", "sources.muc.origin: không có nơi đọc tên la → thêm vào sources.yaml"),
    (
        UNITS,
        '"00002", kind',
        '"00001", kind',
        "communes.1.code: mã 00001 ghi hai lần → giữ lại một, xóa một",
    ),
    (
        UNITS,
        'now: ["00002"]',
        'now: ["00003"]',
        "districts.1.now.0: không có đơn vị nào mã 00003 → xem lại mã ở communes",
    ),
    (
        UNITS,
        'now: ["00001", "00002"]',
        'now: ["00009", "00002"]',
        "districts.0.units.0.now.0: không có đơn vị nào mã 00009 → xem lại mã ở communes",
    ),
    (
        UNITS,
        'now: ["00002"]',
        "now: [x]",
        "districts.1.now.0: sai dạng: x → mã đơn vị là 2 đến 5 chữ số, viết trong dấu nháy",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "told"), FAULTS, ids=[told.split(":")[0] for *_, told in FAULTS])
def test_what_is_wrong_is_told_with_its_place(base: Path, name: str, old: str, new: str, told: str) -> None:
    line = change(base, name, old, new)
    assert f"{name}:{line}: {told}" in faults_of(base)


def test_related_entries_are_not_missed_where_the_entries_themselves_are_broken(base: Path) -> None:
    change(base, "procedures/cu-tru.yaml", "id: tam-tru", "id: Tạm trú")
    assert not any("related" in fault for fault in faults_of(base))


def test_a_test_question_may_expect_a_guide(base: Path) -> None:
    change(base, "questions/ho-tich.yaml", "expect: khai-sinh", "expect: dung-vneid")
    assert faults_of(base) == []
