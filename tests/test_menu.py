"""`menu.yaml`: what is offered without typing; whatever it names exists, and a base without it works."""

from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load
from bot.replies.browsing import slug
from tests.small import faults_of, load_small, write_base

MENU = """\
common: [khai-sinh, tam-tru]
events:
  - id: sinh-con
    name: Sinh con
    english: Having a child
    entries: [khai-sinh, khai-sinh-lai]
  - id: thue-tro
    name: Thuê trọ
    english: Renting
    entries: [tam-tru]
fields:
  - {name: Cư trú, english: Residence}
"""


def write(folder: Path, old: str = "", new: str = "") -> Path:
    """The tiny base with this menu, one place of it changed."""
    base = write_base(folder)
    (base / "menu.yaml").write_text(MENU.replace(old, new, 1) if old else MENU, "utf-8")
    return base


def test_a_menu_is_read_in_its_order(folder: Path) -> None:
    menu = load(write(folder), None).menu
    assert menu.common == ("khai-sinh", "tam-tru")
    assert [(e.id, e.english, e.entries) for e in menu.events] == [
        ("sinh-con", "Having a child", ("khai-sinh", "khai-sinh-lai")),
        ("thue-tro", "Renting", ("tam-tru",)),
    ]


def test_a_base_of_a_former_release_has_no_menu(folder: Path) -> None:
    menu = load_small(folder).menu
    assert (menu.common, menu.events, menu.fields) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[khai-sinh, tam-tru]", "[khai-sinh, khai-tu]", "menu.yaml:1: common.1: không có mục nào tên khai-tu"),
        ("[khai-sinh, tam-tru]", "[tam-tru, tam-tru]", "menu.yaml:1: common.1: tam-tru ghi hai lần"),
        ("[tam-tru]\n", "[nha-o]\n", "menu.yaml:10: events.1.entries.0: không có mục nào tên nha-o"),
        ("id: thue-tro", "id: sinh-con", "menu.yaml:7: events.1.id: sinh-con ghi hai lần"),
        ("name: Cư trú", "name: Cư chú", "menu.yaml:12: fields.0.name: không có lĩnh vực nào tên Cư chú"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_a_mend(folder: Path, old: str, new: str, fault: str) -> None:
    [told] = faults_of(write(folder, old, new))
    assert told.startswith(fault)
    assert "→" in told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("common:", "comon:"),
        ("    english: Renting\n", ""),
        ("    entries: [tam-tru]", "    entries: []"),
        ("[khai-sinh, tam-tru]", "[a, b, c, d, e, f, g]"),
    ],
)
def test_another_form_is_refused(folder: Path, old: str, new: str) -> None:
    assert any(fault.startswith("menu.yaml:") for fault in faults_of(write(folder, old, new)))


def test_the_shipped_menu_serves_the_usual_events_in_both_languages(shipped: Knowledge) -> None:
    menu = shipped.menu
    assert len(menu.common) == 6
    events = {event.id for event in menu.events}
    assert {"sinh-con", "ket-hon", "mua-nha-dat", "mo-quan", "nguoi-mat", "mat-giay-to", "chuyen-noi-o"} <= events
    assert {"di-hoc", "viec-lam", "nghi-huu", "om-dau", "xay-nha", "xe-co", "ra-nuoc-ngoai"} <= events
    assert all(event.english.isascii() for event in menu.events)


def test_every_field_has_a_short_name_of_its_own(shipped: Knowledge) -> None:
    fields = {*shipped.fields.values(), *shipped.guide_fields.values()}
    assert len({slug(name) for name in fields}) == len(fields)
    assert set(shipped.guide_fields) == set(shipped.guides_by_id)
