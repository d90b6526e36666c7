"""Pseudonyms: the same person under the same key, nobody without it; the key is made once, for its owner alone."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.persons import Caller, KeyRing, key_ring

AN = Caller("telegram", "7", "1001")
ONE, TWO = f"1:{'a' * 64}", f"2:{'b' * 64}"


def test_a_person_keeps_one_name_and_two_never_share_one() -> None:
    ring = key_ring(Path("-"), ONE)
    others = [Caller("telegram", "7", "1002"), Caller("telegram", "8", "1001"), Caller("web", "7", "1001")]
    assert ring.alias(AN) == ring.alias(Caller("telegram", "7", "1001"))
    assert len({ring.alias(caller).name for caller in (AN, *others)}) == 4
    assert ring.alias(AN, "q:1").name != ring.alias(AN, "q:2").name != ring.alias(AN).name


def test_every_live_key_is_looked_under_and_the_newest_names() -> None:
    ring = key_ring(Path("-"), f"{ONE}\n{TWO}\n")
    assert [alias.key for alias in ring.aliases(AN)] == [2, 1]
    assert ring.alias(AN) == ring.aliases(AN)[0] == key_ring(Path("-"), TWO).alias(AN)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "riêng" / "motcua.key"
    first = key_ring(path).alias(AN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key_ring(path).alias(AN) == first
    assert [p.name for p in path.parent.iterdir()] == ["motcua.key"]


def test_programs_that_start_together_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        names = {ring.alias(AN) for ring in threads.map(lambda _: key_ring(tmp_path / "k"), range(8))}
    assert len(names) == 1


def test_a_lost_key_is_made_anew_under_another_number(tmp_path: Path) -> None:
    assert key_ring(tmp_path / "k", used=lambda: 4).alias(AN).key == 5


@pytest.mark.parametrize("text", ["", "a" * 64, "1:abc", f"0:{'a' * 64}", f"{ONE} x"])
def test_a_broken_key_file_is_told_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "motcua.key"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as told:
        key_ring(path)
    assert str(path) in str(told.value)
    assert "a" * 64 not in str(told.value)
    assert path.read_text("utf-8") == text


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    with pytest.raises(ConfigError, match="person_key_file"):
        key_ring(tmp_path / "tệp" / "motcua.key")


def test_neither_a_person_nor_a_key_is_printed() -> None:
    assert "1001" not in repr(AN)
    assert "a" * 8 not in repr(KeyRing({1: b"a" * 32}))
