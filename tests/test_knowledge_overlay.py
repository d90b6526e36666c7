"""knowledge, the overlay: a place's own rules replace whole keys, and faults point to where a value really stands."""

from pathlib import Path

import pytest

from bot.knowledge import load
from tests.small import change, faults_of, load_small, write_base

LOCAL, HO_TICH, CU_TRU = "local/hai-phong.yaml", "procedures/ho-tich.yaml", "procedures/cu-tru.yaml"
PLACE = """\
    place:
      source: cong
      text: Nộp ở điểm nào của thành phố cũng được.
      offices: [ttpvhcc-xa]
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path / "base")


def test_the_overlay_replaces_whole_keys(tmp_path: Path) -> None:
    national, local = load_small(tmp_path).by_id["tam-tru"], load_small(tmp_path, "hai-phong").by_id["tam-tru"]
    assert national.fee
    assert local.fee
    assert [(f.name, f.amount) for f in national.fee.items] == [("Lệ phí", 15000), ("Lệ phí", 7000)]
    assert [(f.name, f.amount) for f in local.fee.items] == [("Lệ phí ở Hải Phòng", 10000)]


def test_the_overlay_adds_keys_and_leaves_the_others(tmp_path: Path) -> None:
    national, local = (load_small(tmp_path, place).by_id["khai-sinh-lai"] for place in (None, "hai-phong"))
    assert local.place
    assert local.place.text == "Nộp ở điểm nào của thành phố cũng được."
    assert local.place.offices == ("ttpvhcc-xa",)
    assert national.model_copy(update={"place": local.place}) == local


def test_the_overlay_adds_to_the_sources(tmp_path: Path) -> None:
    local = load_small(tmp_path, "hai-phong").by_id["tam-tru"]
    assert local.fee
    assert list(local.sources) == ["cong", "phi", "nq23"]
    assert local.source_of(local.fee).document == "23/2026/NQ-HĐND"


def test_entries_that_it_does_not_name_stay(tmp_path: Path) -> None:
    national, local = load_small(tmp_path), load_small(tmp_path, "hai-phong")
    assert local.by_id["khai-sinh"] == national.by_id["khai-sinh"]


def test_an_overlay_that_is_not_chosen_is_not_read(base: Path) -> None:
    (base / LOCAL).write_text("[[", "utf-8")
    assert faults_of(base, None) == []


def test_a_place_without_an_overlay_is_a_fault(base: Path) -> None:
    assert faults_of(base, "ha-noi") == ["local/ha-noi.yaml:1: thiếu tệp này → sửa khóa local trong config"]


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        (
            "amount: 10000",
            "amount: 10 nghìn",
            "fee.items.0.amount",
            "cần một số nguyên: 10 nghìn → viết 8000, không viết 8.000 hay 8 nghìn",
        ),
        ("      source: nq23", "      source: nq24", "fee.source", "không có nguồn tên nq24 → "),
        ("origin: van-ban", "origin: bao-chi", "sources.nq23.origin", "không có nơi đọc tên bao-chi → "),
        ("[ttpvhcc-xa]", "[xa]", "place.offices.0", "không có nơi nào tên xa → thêm vào offices.yaml"),
        ("    place:", "    plase:", "plase", "khóa lạ → "),
        ("- id: tam-tru", "- id: tam-vang", "id", "không có mục nào tên tam-vang → xem lại id"),
        ("- id: tam-tru", "- ten: tam-tru", "", "mục thiếu id → ghi id của mục được sửa"),
        ("- id: tam-tru", "- id: [tam-tru]", "", "mục thiếu id → ghi id của mục được sửa"),
    ],
)
def test_a_fault_of_the_overlay_points_to_its_file(base: Path, old: str, new: str, key: str, words: str) -> None:
    line = change(base, LOCAL, old, new)
    found = [fault for fault in faults_of(base, "hai-phong") if f"{key}: {words}" in fault]
    assert [fault.split(": ")[0] for fault in found] == [f"{LOCAL}:{line}"]


@pytest.mark.parametrize(
    ("old", "new", "moved", "problem"),
    [
        ("      source: nq23\n", "", -1, "fee.source: thiếu khóa này"),
        ("{name: Lệ phí ở Hải Phòng, amount", "{amount", 0, "fee.items.0.name: thiếu khóa này"),
        ("nq23: {origin: van-ban, document: 23/2026/NQ-HĐND, confidence: cao,", "phi: {", 0, "origin: thiếu khóa này"),
        ("      text: Nộp ở điểm nào của thành phố cũng được.\n", "", -2, "place.text: thiếu khóa này"),
    ],
)
def test_what_a_replaced_key_lacks_is_missed_in_the_overlay(
    base: Path, old: str, new: str, moved: int, problem: str
) -> None:
    line = change(base, LOCAL, old, new) + moved
    found = [fault for fault in faults_of(base, "hai-phong") if problem in fault]
    assert [fault.split(": ")[0] for fault in found] == [f"{LOCAL}:{line}"]


def test_a_fault_of_the_national_text_points_to_its_own_file(base: Path) -> None:
    line = change(base, CU_TRU, "quantity: 3", "quantity: ba")
    assert f"{CU_TRU}:{line}" in [fault.split(": ")[0] for fault in faults_of(base, "hai-phong")]


def test_a_national_source_beside_those_of_the_overlay_keeps_its_place(base: Path) -> None:
    line = change(base, CU_TRU, "cong: {origin: cong-dvcqg", "cong: {origin: bao-chi")
    (fault,) = faults_of(base, "hai-phong")
    assert fault.startswith(f"{CU_TRU}:{line}: procedures.0.sources.cong.origin: không có nơi đọc tên bao-chi")


def test_the_key_is_the_one_in_the_file_that_is_named(base: Path) -> None:
    text = (base / LOCAL).read_text("utf-8")
    head, first, second = text.split("  - id: ")
    (base / LOCAL).write_text(
        f"{head}  - id: {second}  - id: {first}".replace("amount: 10000", "amount: mười"), "utf-8"
    )
    faults = [fault for fault in faults_of(base, "hai-phong") if fault.startswith(LOCAL)]
    assert [fault.split(": ")[1] for fault in faults] == ["procedures.1.fee.items.0.amount"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("level", "    level: xã\n"),
        ("fee", "    fee:\n      source: cong\n      unknown: Mức thu do tỉnh quyết định. Hãy hỏi nơi nộp hồ sơ.\n"),
    ],
)
def test_a_key_that_changes_nothing_is_a_fault(base: Path, key: str, text: str) -> None:
    line = change(base, LOCAL, PLACE, text)
    words = "giống hệt bản chung → xóa khóa này khỏi tệp địa phương"
    assert faults_of(base, "hai-phong") == [f"{LOCAL}:{line}: procedures.1.{key}: {words}"]


def test_sources_of_the_wrong_form_are_a_fault_of_the_overlay(base: Path) -> None:
    text = "      nq23: {origin: van-ban, document: 23/2026/NQ-HĐND, confidence: cao, checked_on: 2026-10-01}\n"
    line = change(base, LOCAL, text, "      - nq23\n") - 1
    expected = f"{LOCAL}:{line}: procedures.0.sources: cần các cặp khóa: giá trị → xem lại thụt đầu dòng"
    assert expected in faults_of(base, "hai-phong")


def test_a_national_entry_without_sources_takes_those_of_the_overlay(base: Path) -> None:
    text = "    sources:\n      cong: {origin: cong-dvcqg, confidence: vừa, checked_on: 2026-07-18}\n"
    change(base, HO_TICH, text, "")
    change(base, LOCAL, PLACE, text)
    assert load(base, "hai-phong").by_id["khai-sinh-lai"].sources["cong"].origin == "cong-dvcqg"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("place: Hải Phòng\nprocedures: chữ\n", 2, id="no list"),
        pytest.param("place: Hải Phòng\nprocedures: {id: tam-tru}\n", 2, id="a mapping"),
        pytest.param("place: Hải Phòng\nprocedure:\n  - id: tam-tru\n", 2, id="unknown key"),
        pytest.param("- id: tam-tru\n", 1, id="no keys at all"),
        pytest.param("chữ\n", 1, id="a text"),
        pytest.param("place: Hải Phòng\nprocedures:\n  - tam-tru\n", 3, id="no mapping"),
        pytest.param("place: Hải Phòng\nprocedures:\n  - id: tam-tru\n  - id: tam-tru\n", 4, id="one entry twice"),
        pytest.param("place: Hải Phòng\nprocedures: [\n", 3, id="no YAML"),
    ],
)
def test_an_overlay_that_cannot_be_laid_is_a_fault(base: Path, text: str, line: int) -> None:
    (base / LOCAL).write_text(text, "utf-8")
    places = {fault.split(": ")[0] for fault in faults_of(base, "hai-phong")}
    assert f"{LOCAL}:{line}" in places


@pytest.mark.parametrize("text", ["", "- a\n", "procedures: chữ\n", "field: X\nprocedures: [a]\n", "[[\n"])
def test_the_overlay_passes_by_files_of_the_wrong_form(base: Path, text: str) -> None:
    (base / "procedures" / "zz.yaml").write_text(text, "utf-8")
    faults = faults_of(base, "hai-phong")
    assert faults
    assert [fault for fault in faults if not fault.startswith("procedures/zz.yaml:")] == []
