"""A quick start: the same values as a slow one, and never from a file that is not exactly what was written."""

import gc
from pathlib import Path

import pytest

from bot.cache import KEPT, Shelf, fingerprint, give_back, give_back_new, nothing_thrown_away, settle
from bot.errors import KnowledgeError
from bot.knowledge import Knowledge, load
from bot.quick import KIND, is_kept, quick_knowledge, regrown
from tests.running import KNOWLEDGE as SHIPPED
from tests.small import change, write_base


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "cache")


def whole(raw: bytes) -> bytes:
    return raw


def files(shelf: Shelf, kind: str) -> list[Path]:
    return sorted(shelf.folder.glob(f"{kind}-*.bin"))


def test_what_is_kept_is_taken_as_it_was(shelf: Shelf) -> None:
    assert shelf.take("a", "1", whole) is None
    shelf.keep("a", "1", b"one")
    shelf.keep("a", "1", b"two")
    assert shelf.take("a", "1", whole) == b"two"
    assert shelf.take("a", "2", whole) is None
    assert [p.name for p in shelf.folder.iterdir()] == ["a-1.bin"]
    assert shelf.folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 40])
def test_a_damaged_file_is_as_good_as_none(shelf: Shelf, damage: bytes) -> None:
    shelf.keep("a", "1", b"one")
    path = shelf.folder / "a-1.bin"
    path.write_bytes(damage)
    assert shelf.take("a", "1", whole) is None
    shelf.keep("a", "1", b"one")
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert shelf.take("a", "1", whole) is None


def test_what_has_not_its_form_is_not_taken(shelf: Shelf) -> None:
    shelf.keep("a", "1", b"no number")
    assert shelf.take("a", "1", int) is None


def test_only_some_of_each_kind_are_kept(shelf: Shelf) -> None:
    shelf.keep("b", "1", b"")
    for number in range(KEPT + 4):
        shelf.keep("a", str(number), b"")
    assert len(files(shelf, "a")) == KEPT + 1
    assert (shelf.folder / f"a-{KEPT + 3}.bin").exists()
    assert len(files(shelf, "b")) == 1


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    shelf = Shelf(tmp_path / "file" / "cache")
    shelf.keep("a", "1", b"one")
    assert shelf.take("a", "1", whole) is None
    folder = write_base(tmp_path / "kb")
    assert quick_knowledge(shelf, folder, None) == load(folder, None)


def test_fingerprints_tell_parts_apart() -> None:
    assert fingerprint([b"ab", b"c"]) != fingerprint([b"a", b"bc"])
    assert fingerprint([b"ab", b"c"]) == fingerprint(iter([b"ab", b"c"]))
    give_back()


def test_what_was_set_aside_from_looking_is_looked_at_again() -> None:
    settle()
    assert gc.get_freeze_count()
    give_back_new()
    assert gc.get_freeze_count()
    give_back()
    assert not gc.get_freeze_count()


@pytest.mark.parametrize("wanted", [True, False])
def test_garbage_is_looked_for_again_after_hard_work(wanted: bool) -> None:
    before = gc.isenabled()
    (gc.enable if wanted else gc.disable)()
    with nothing_thrown_away():
        assert not gc.isenabled()
    assert gc.isenabled() == wanted
    with pytest.raises(ZeroDivisionError), nothing_thrown_away():
        raise ZeroDivisionError
    assert gc.isenabled() == wanted
    (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("local", [None, "hai-phong"])
def test_knowledge_from_the_shelf_is_the_same(shelf: Shelf, tmp_path: Path, local: str | None) -> None:
    folder = write_base(tmp_path / "kb")
    slow = load(folder, local)
    assert quick_knowledge(shelf, folder, local) == slow
    assert len(files(shelf, KIND)) == 1
    assert quick_knowledge(shelf, folder, local) == slow


def test_the_shipped_base_from_the_shelf_is_the_same(shelf: Shelf, shipped: Knowledge) -> None:
    for _ in range(2):
        assert quick_knowledge(shelf, SHIPPED, "hai-phong") == shipped


def test_any_change_is_read_anew(shelf: Shelf, tmp_path: Path) -> None:
    folder = write_base(tmp_path / "kb")
    first = quick_knowledge(shelf, folder, "hai-phong")
    assert quick_knowledge(shelf, folder, None) != first
    change(folder, "procedures/ho-tich.yaml", "amount: 9000", "amount: 9500")
    assert quick_knowledge(shelf, folder, "hai-phong").version != first.version
    change(folder, "procedures/ho-tich.yaml", "amount: 9500", "amount: 9.500")
    with pytest.raises(KnowledgeError, match="có 1 lỗi"):
        quick_knowledge(shelf, folder, "hai-phong")


def test_what_is_kept_is_known_by_its_files(shelf: Shelf, tmp_path: Path) -> None:
    folder = write_base(tmp_path / "kb")
    assert not is_kept(shelf, folder, None)
    quick_knowledge(shelf, folder, None)
    assert is_kept(shelf, folder, None)
    assert not is_kept(shelf, folder, "hai-phong")
    change(folder, "procedures/ho-tich.yaml", "amount: 9000", "amount: 9500")
    assert not is_kept(shelf, folder, None)


def test_only_what_changed_is_new(tmp_path: Path) -> None:
    folder = write_base(tmp_path / "kb")
    old = load(folder, None)
    change(folder, "procedures/ho-tich.yaml", "amount: 9000", "amount: 9500")
    new = load(folder, None)
    made = regrown(new, old)
    assert made == new
    changed = [entry.id for entry in made.procedures if entry is not old.by_id[entry.id]]
    assert len(changed) == 1
    assert made.lexicon is old.lexicon
    assert made.version == new.version != old.version
    same = regrown(load(folder, None), new)
    assert same.procedures is new.procedures


def test_what_is_hidden_changes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    folder = write_base(tmp_path / "kb")
    quick_knowledge(shelf, folder, None)
    (folder / ".motcua" / "procedures").mkdir(parents=True)
    (folder / ".motcua" / "procedures" / "a.yaml").write_text("hỏng: [", "utf-8")
    (folder / "procedures" / ".#ho-tich.yaml").symlink_to("an@may.1234")
    assert quick_knowledge(shelf, folder, None) == load(folder, None)
    assert len(files(shelf, KIND)) == 1


def test_a_file_that_cannot_be_read_is_left_to_the_check(shelf: Shelf, tmp_path: Path) -> None:
    folder = write_base(tmp_path / "kb")
    (folder / "procedures" / "x.yaml").mkdir()
    with pytest.raises(KnowledgeError, match="không mở được tệp"):
        quick_knowledge(shelf, folder, None)


def test_a_file_saved_meanwhile_is_not_kept_under_the_old_name(shelf: Shelf, tmp_path: Path) -> None:
    folder = write_base(tmp_path / "kb")
    quick_knowledge(shelf, folder, None)
    assert len(files(shelf, KIND)) == 1
    busy = Busy(shelf.folder, folder)
    change(folder, "procedures/cu-tru.yaml", "amount: 15000", "amount: 16000")
    quick_knowledge(busy, folder, None)
    assert len(files(shelf, KIND)) == 1


class Busy(Shelf):
    """A shelf in an office where somebody saves a file just after the shelf was looked at."""

    def __init__(self, folder: Path, knowledge: Path) -> None:
        super().__init__(folder)
        self._knowledge = knowledge

    def take(self, kind: str, key: str, understand: object) -> None:
        if kind == KIND:
            change(self._knowledge, "sources.yaml", "name: Văn bản pháp luật", "name: Văn bản")
