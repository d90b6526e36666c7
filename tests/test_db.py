"""`motcua db`: copies made under load and put back whole, what is refused, the nightly copy of the running bot."""

import datetime
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage import Questions, open_database
from bot.storage.copying import back_up, backups, drop_old, examined, held, restore
from tests.commands import Station
from tests.emulator.client import Emulator
from tests.entries import NOW, entry
from tests.running import running
from tests.serving import settings


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """A database with a question."""
    station = Station(tmp_path)
    logged(station.database, "nuôi mèo")
    return station


def logged(path: Path, *questions: str) -> None:
    database = open_database(path)
    for question in questions:
        Questions(database).add(entry(question)).result()
    database.close()


def asked(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        found = [row[0] for row in database.execute("SELECT question FROM questions ORDER BY id")]
    database.close()
    return found


@pytest.fixture
def damaged(station: Station) -> Path:
    """A copy with a page of nonsense."""
    path = station.folder / "hong.db"
    logged(path, *(f"câu {number} " + "dài " * 50 for number in range(100)))
    content = bytearray(path.read_bytes())
    with sqlite3.connect(path) as database:
        [(page,)] = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'questions'").fetchall()
    database.close()
    content[(page - 1) * 4096 + 8 : page * 4096] = b"\x05" * 4088
    path.write_bytes(content)
    return path


def test_a_copy_is_made_checked_and_put_back(station: Station) -> None:
    folder = station.folder / "sao lưu"
    printed = station.prints("db", "backup", "--out", str(folder))
    (copy,) = backups(folder)
    assert printed.startswith(f"Đã sao lưu vào {copy}: ")
    assert [path.name for path in folder.iterdir()] == [copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    logged(station.database, "nuôi chó")
    restored = station.prints("db", "restore", str(copy), "--yes")
    assert asked(station.database) == ["nuôi mèo"]
    aside = Path(restored.split("Tệp cũ ở ")[1].strip().rstrip("."))
    assert asked(aside) == ["nuôi mèo", "nuôi chó"]
    assert "nguyên vẹn" in station.prints("db", "check")
    assert "questions" in station.prints("db", "check", str(copy))


def test_whoever_writes_while_a_copy_is_made_loses_nothing_and_the_copy_is_whole(station: Station) -> None:
    done = threading.Event()
    database = open_database(station.database)

    def write() -> None:
        for number in range(3000):
            if done.is_set() and number > 300:
                break
            Questions(database).add(entry(f"câu {number}")).result()

    writer = threading.Thread(target=write)
    writer.start()
    copies = [back_up(station.database, station.folder / "b", NOW + datetime.timedelta(seconds=n)) for n in range(3)]
    done.set()
    writer.join()
    database.close()
    written = asked(station.database)
    assert len(written) > 300
    for copy in copies:
        assert asked(copy.path) == written[: copy.rows["questions"]]
        assert examined(copy.path).faults == ()
    restore(copies[-1].path, station.database, NOW)
    assert examined(station.database).rows == copies[-1].rows


def test_a_damaged_file_is_told_and_never_put_back(station: Station, damaged: Path) -> None:
    result = station.run("db", "check", str(damaged))
    assert result.exception is not None
    assert "hỏng" in result.output + str(result.exception) or "không phải" in str(result.exception)
    station.refuses("db", "restore", str(damaged), "--yes")
    assert asked(station.database) == ["nuôi mèo"]
    assert not list(station.folder.glob("*.truoc-*"))


def test_what_is_no_database_of_ours_is_refused(station: Station) -> None:
    text, strange = station.folder / "a.txt", station.folder / "b.db"
    text.write_text("không phải cơ sở dữ liệu " * 50, "utf-8")
    with sqlite3.connect(strange) as database:
        database.execute("CREATE TABLE x (y)")
    database.close()
    assert "lành lặn" in station.refuses("db", "restore", str(text), "--yes")
    assert "không phải cơ sở dữ liệu của Một Cửa" in station.refuses("db", "restore", str(strange), "--yes")
    assert "Không thấy" in station.refuses("db", "restore", str(station.folder / "khong-co.db"), "--yes")
    assert asked(station.database) == ["nuôi mèo"]
    station.database.unlink()
    assert "Không thấy cơ sở dữ liệu" in station.refuses("db", "backup", "--out", str(station.folder / "s"))
    assert "Hãy nêu thư mục" in station.misused("db", "backup")


def test_nothing_is_left_half_written(station: Station) -> None:
    (station.folder / "tệp").write_text("", "utf-8")
    assert "Không ghi được" in station.refuses("db", "backup", "--out", str(station.folder / "tệp" / "trong"))
    with pytest.raises(StorageError, match="Không ghi được"):
        restore(station.database, station.folder / "tệp" / "motcua.db", NOW)


def test_a_restore_asks_first(station: Station) -> None:
    station.prints("db", "backup", "--out", str(station.folder / "s"))
    logged(station.database, "nuôi chó")
    (copy,) = backups(station.folder / "s")
    assert station.run("db", "restore", str(copy), stdin="n\n").exit_code == 1
    assert asked(station.database) == ["nuôi mèo", "nuôi chó"]
    assert station.run("db", "restore", str(copy), stdin="y\n").exit_code == 0
    assert asked(station.database) == ["nuôi mèo"]


def test_only_the_newest_are_kept(tmp_path: Path, station: Station) -> None:
    folder = tmp_path / "s"
    for day in range(1, 5):
        back_up(station.database, folder, NOW.replace(day=day))
    (folder / "cua-toi.db").write_text("", "utf-8")
    gone = drop_old(folder, 2)
    assert [path.name for path in gone] == ["motcua-20261102-090000.db", "motcua-20261101-090000.db"]
    assert [path.name for path in backups(folder)] == ["motcua-20261104-090000.db", "motcua-20261103-090000.db"]
    assert (folder / "cua-toi.db").exists()


def test_nothing_is_put_back_under_a_running_bot_which_makes_its_own_copies(
    emulator: Emulator, folder: Path, station: Station
) -> None:
    nightly = folder / "đêm"
    own = {**settings(emulator), "MOTCUA_BACKUPS": str(nightly)}
    for _ in range(2):  # started again the same day it makes no second one
        with running(folder, **own) as process:
            process.wait_for("đang chạy")
            emulator.person("An").says("xin chào")  # it runs: what it said before it was stopped is still to be read
            emulator.wait_until(lambda: bool(backups(nightly)), timeout=30)
            (copy,) = backups(nightly)
            theirs = f"sqlite:///{folder / 'test.db'}"
            said = station.refuses("db", "restore", str(copy), "--yes", MOTCUA_DATABASE=theirs)
            assert "Hãy dừng bot" in said
    assert examined(copy).faults == ()
    old = nightly / "motcua-20260101-000000.db"
    copy.rename(old)
    with running(folder, **own) as process:  # the nights since then were missed
        process.wait_for("đang chạy")
        emulator.wait_until(lambda: len(backups(nightly)) == 2, timeout=30)


def test_programs_may_share_a_database_but_not_with_one_that_wants_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with held(path), held(path), pytest.raises(StorageError, match="đang dùng"), held(path, alone=True):
        pass
    with held(path, alone=True), pytest.raises(StorageError, match="đang dùng"), held(path):
        pass
    assert [file.name for file in tmp_path.iterdir()] == [".a.db.held"]
