"""Files kept as they were read: the same content, lines and faults, however they were read and whatever is damaged."""

import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import yamlfile
from bot.cache import CHECKSUM, Shelf
from bot.errors import KnowledgeError
from bot.knowledge import Report, examine, load
from bot.knowledge.kept import KIND, Kept
from tests.running import KNOWLEDGE
from tests.small import change, write_base

TODAY = datetime.date(2026, 11, 23)
TEXT = "a: Một\nb:\n  - c: 0123\n    d: >-\n      hai\n      ba\n  - [1, {e: no}]\n'': ''\n".encode()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache")


def kept_files(shelf: Shelf) -> list[Path]:
    return sorted(shelf.folder.glob(f"{KIND}-*.bin"))


def read_twice(shelf: Shelf, folder: Path, raw: bytes) -> list[yamlfile.Document]:
    documents: list[yamlfile.Document] = []
    for _ in range(2):
        kept = Kept(folder, shelf)
        documents.append(kept.parse(raw, "a.yaml"))
        kept.keep()
    return documents


def test_a_file_is_the_same_the_second_time(shelf: Shelf, tmp_path: Path) -> None:
    first, second = read_twice(shelf, tmp_path, TEXT)
    assert first.content == second.content
    assert first.places == second.places == yamlfile.parse(TEXT, "a.yaml").places
    assert first.lines == second.lines


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.sampled_from("ab:- \n[]{}'\"#,đ\\u8D")).map(str.encode))
def test_any_file_is_the_same_the_second_time(shelf: Shelf, tmp_path: Path, raw: bytes) -> None:
    first, second = read_twice(shelf, tmp_path, raw)
    assert (first.content, first.places, first.faults) == (second.content, second.places, second.faults)


def told(report: Report) -> tuple[list[str], object]:
    return [str(fault) for fault in report.faults], report.knowledge


@pytest.mark.parametrize("local", [None, "hai-phong"])
def test_a_check_of_what_is_kept_tells_the_same(shelf: Shelf, local: str | None) -> None:
    plain = told(examine(KNOWLEDGE, local, TODAY))
    for _ in range(2):
        assert told(examine(KNOWLEDGE, local, TODAY, shelf)) == plain
    assert len(kept_files(shelf)) == 1


def test_a_changed_file_is_read_and_the_others_are_not(shelf: Shelf, tmp_path: Path) -> None:
    folder = write_base(tmp_path / "kb")
    load(folder, "hai-phong", shelf)
    line = change(folder, "procedures/ho-tich.yaml", "amount: 8000", "amount: 8.000")
    for _ in range(2):
        with pytest.raises(KnowledgeError) as caught:
            load(folder, "hai-phong", shelf)
        assert [(fault.file, fault.line) for fault in caught.value.faults] == [("procedures/ho-tich.yaml", line)]
    change(folder, "procedures/ho-tich.yaml", "amount: 8.000", "amount: [")
    with pytest.raises(KnowledgeError, match="không đọc được YAML"):
        load(folder, "hai-phong", shelf)
    change(folder, "procedures/ho-tich.yaml", "amount: [", "amount: 8500")
    assert load(folder, "hai-phong", shelf) == load(folder, "hai-phong")


def test_an_overlay_is_not_kept_in_what_it_lies_over(shelf: Shelf, tmp_path: Path) -> None:
    folder = write_base(tmp_path / "kb")
    for local in ("hai-phong", None, "hai-phong"):
        change(folder, "sources.yaml", "name: Văn bản", "name: Văn bản về")  # so that all is written once more
        assert load(folder, local, shelf) == load(folder, local)


def test_two_files_that_are_equal_are_told_apart(shelf: Shelf, tmp_path: Path) -> None:
    for _ in range(2):
        kept = Kept(tmp_path, shelf)
        names = [kept.parse(TEXT, name).place(("a",))[0] for name in ("a.yaml", "b.yaml")]
        kept.keep()
        assert names == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("content", [b"", b"\0" * 8, b"\0" * 7 + b"\x02[]", b"\0" * 7 + b"\x0f" + b'{"a": "b"} ....'])
def test_what_has_not_its_form_is_read_anew(shelf: Shelf, tmp_path: Path, content: bytes) -> None:
    read_twice(shelf, tmp_path, TEXT)
    (path,) = kept_files(shelf)
    good = path.read_bytes()
    shelf.keep(KIND, path.stem.removeprefix(f"{KIND}-"), content)
    assert read_twice(shelf, tmp_path, TEXT)[1].content == yamlfile.parse(TEXT, "a.yaml").content
    assert path.read_bytes() == good
    path.write_bytes(good[:CHECKSUM] + b"x")
    assert read_twice(shelf, tmp_path, TEXT)[0].lines == yamlfile.parse(TEXT, "a.yaml").lines


def test_without_a_shelf_nothing_is_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    assert kept.parse(TEXT, "a.yaml").content == yamlfile.parse(TEXT, "a.yaml").content
    kept.keep()
    assert list(tmp_path.iterdir()) == []
