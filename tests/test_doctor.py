"""`motcua doctor`: each part that is well, doubtful or broken is told so, with what to do; secrets are never told."""

import datetime
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.cli.doctor import Finding, State, _clock
from bot.storage import open_database
from tests.commands import Station
from tests.emulator.client import Emulator
from tests.entries import NOW
from tests.serving import settings
from tests.small import change


@pytest.fixture
def station(tmp_path: Path) -> Station:
    """An installation with a database and a backup of this morning."""
    station = Station(tmp_path)
    open_database(station.database).close()
    (tmp_path / "sao-luu").mkdir()
    shutil.copy(station.database, tmp_path / "sao-luu" / "motcua-1.db")
    return station


def told(station: Station, **more: str) -> tuple[int, str]:
    """The exit code, and all that is said."""
    more = {"MOTCUA_BACKUPS": str(station.folder / "sao-luu"), **more}
    result = station.run("doctor", **more)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout


def test_all_is_well(station: Station, emulator: Emulator) -> None:
    code, words = told(station, **settings(emulator))
    assert (code, words.splitlines()[-1]) == (0, "Không có gì hỏng.")
    for line in (
        "Token: tốt. Telegram nhận.",
        "Telegram: tốt. Tới được; bot là @",
        f"Cơ sở dữ liệu: tốt. {station.database} nguyên vẹn, ghi được,",
        "Sao lưu: tốt. Bản mới nhất motcua-1.db, 0 giờ trước,",
        "Đồng hồ: tốt. Lệch ",
        "Ổ đĩa: ",
        f"Bộ tri thức: {'nên xem' if 'Bộ tri thức: nên xem' in words else 'tốt'}. 3 mục ở {station.knowledge};",
    ):
        assert line in words
    assert emulator.token not in words


def test_a_token_that_telegram_refuses(station: Station, emulator: Emulator) -> None:
    bad = "999:KHONG-AI-CAP"
    emulator.make_bad(bad)
    code, words = told(station, **{**settings(emulator), "MOTCUA_TOKEN": bad})
    assert code == 2
    assert "Token: hỏng. Telegram không nhận.\n    → " in words
    assert words.endswith("Có 1 chỗ hỏng.\n")
    assert bad not in words


def test_no_token_and_no_way_to_telegram(station: Station) -> None:
    code, words = told(station)
    assert (code, "Token: hỏng. Không có.\n    → Chưa có token của bot." in words) == (2, True)
    nowhere = {"MOTCUA_TOKEN": "7:BI-MAT", "MOTCUA_BASE_URL": "http://127.0.0.1:9/bot"}
    code, words = told(station, **nowhere)
    assert code == 2
    assert "Telegram: hỏng. Không tới được (ConnectError).\n    → Xem mạng" in words
    assert "Đồng hồ: nên xem. Chưa so được" in words
    assert "BI-MAT" not in words


@pytest.mark.parametrize(("hours", "state"), [(25, "tốt"), (27, "hỏng")])
def test_how_old_the_newest_backup_is(station: Station, hours: int, state: str) -> None:
    at = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=hours)).timestamp()
    os.utime(station.folder / "sao-luu" / "motcua-1.db", (at, at))
    assert f"Sao lưu: {state}. Bản mới nhất motcua-1.db, {hours} giờ trước" in told(station)[1]


def test_no_backup_at_all(station: Station) -> None:
    (station.folder / "sao-luu" / "motcua-1.db").rename(station.folder / "sao-luu" / ".motcua-2.db")
    assert "Sao lưu: hỏng. Không có bản nào trong" in told(station)[1]
    assert "Sao lưu: nên xem. Chưa có thư mục" in told(station, MOTCUA_BACKUPS="")[1]


def test_a_database_that_is_not_there_yet_is_no_fault_and_stays_away(station: Station) -> None:
    station.database.unlink()
    assert f"Cơ sở dữ liệu: nên xem. Chưa có {station.database}." in told(station)[1]
    assert not station.database.exists()


def test_a_damaged_database(station: Station) -> None:
    with sqlite3.connect(station.database) as database:
        database.executemany(
            "INSERT INTO health VALUES (?, 'ok', '2026-11-23', '')", [(f"{n:0500}",) for n in range(50)]
        )
    database.close()
    content = bytearray(station.database.read_bytes())
    for page in range(len(content) - 4096 * 8, len(content), 4096):
        content[page : page + 4096] = b"\xa5" * 4096
    station.database.write_bytes(content)
    code, words = told(station)
    assert code == 2
    assert "Cơ sở dữ liệu: hỏng." in words


def test_a_broken_base(station: Station) -> None:
    change(station.knowledge, "lexicon.yaml", "weak:", "wek:")
    code, words = told(station)
    assert code == 2
    assert "Bộ tri thức: hỏng. " in words
    assert "→ Xem mọi lỗi: motcua kb check" in words


@pytest.mark.parametrize(
    ("seconds", "state"), [(0, State.WELL), (-29, State.WELL), (31, State.DOUBTFUL), (-301, State.BROKEN)]
)
def test_a_clock_that_goes_wrong(seconds: int, state: State) -> None:
    found = _clock(NOW, NOW + datetime.timedelta(seconds=seconds))
    assert (found.state, bool(found.mend)) == (state, state is not State.WELL)
    assert f"Lệch {abs(seconds)} giây" in found.seen


def test_a_finding_says_how_to_mend_it() -> None:
    assert str(Finding("Ổ đĩa", State.BROKEN, "Đầy.", "Dọn bớt.")) == "Ổ đĩa: hỏng. Đầy.\n    → Dọn bớt."
