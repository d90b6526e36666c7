"""`motcua doctor`: in words, whether everything that the bot stands on is well, and what to do where it is not."""

import datetime
import enum
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click
from rich.console import Console

from bot.cli.office import Office
from bot.config import OFFICE_TIME
from bot.curation.freshness import freshness
from bot.errors import MotCuaError
from bot.monitoring import newest_backup
from bot.storage import check_whole, prove_writable

FEW, SCARCE = 2_000_000_000, 300_000_000  # bytes free
OLD_BACKUP = datetime.timedelta(hours=26)  # a nightly one, and two hours
DRIFT, WRONG = 30, 300  # seconds between this clock and Telegram's
HOUR = 3600


class State(enum.StrEnum):
    """How a part is."""

    WELL = "tốt"
    DOUBTFUL = "nên xem"
    BROKEN = "hỏng"


@dataclass(frozen=True)
class Finding:
    """One part: how it is, what was seen, how to mend it (or "")."""

    part: str
    state: State
    seen: str
    mend: str = ""

    def __str__(self) -> str:
        told = f"{self.part}: {self.state}. {self.seen}"
        return f"{told}\n    → {self.mend}" if self.mend else told


@click.command(short_help="Khám mọi thứ bot cần: token, Telegram, dữ liệu, sao lưu, ổ đĩa, giờ.")
@click.pass_obj
def doctor(config_path: str | None) -> None:
    """Xem mọi thứ bot cần có tốt không, chỗ nào hỏng thì nói cách sửa. Mã thoát 0: không gì hỏng; 2: có chỗ hỏng."""
    office = Office(config_path)
    broken = 0
    for number, look in enumerate(LOOKS, 1):
        with Console(stderr=True).status(f"Đang khám {number}/{len(LOOKS)} …"):
            findings = list(look(office))
        for finding in findings:
            broken += finding.state is State.BROKEN
            click.echo(str(finding))
    click.echo(f"Có {broken} chỗ hỏng." if broken else "Không có gì hỏng.")
    sys.exit(2 if broken else 0)


def telegram(office: Office) -> Iterator[Finding]:
    """The token, the way to Telegram, and the clock that Telegram has."""
    from bot.channels.telegram import probe

    config = office.config
    try:
        token = config.bot_token()
    except MotCuaError as error:
        yield Finding("Token", State.BROKEN, "Không có.", str(error))
        return
    found = probe(token, config.base_url, config.proxy.get_secret_value() if config.proxy else None)
    if found.refused:
        yield Finding("Token", State.BROKEN, "Telegram không nhận.", "Xem lại token ở @BotFather (/mybots).")
    if found.fault:
        way = "Xem mạng, tường lửa, khóa proxy và base_url."
        yield Finding("Telegram", State.BROKEN, f"Không tới được ({found.fault}).", way)
    if found.username:
        yield Finding("Token", State.WELL, "Telegram nhận.")
        yield Finding("Telegram", State.WELL, f"Tới được; bot là @{found.username}.")
    yield _clock(found.clock, office.clock())


def _clock(theirs: datetime.datetime | None, ours: datetime.datetime) -> Finding:
    if theirs is None:
        return Finding("Đồng hồ", State.DOUBTFUL, "Chưa so được với giờ của Telegram.")
    apart = round(abs((ours - theirs).total_seconds()))
    seen = f"Lệch {apart} giây so với Telegram; ở cơ quan đang là {ours.astimezone(OFFICE_TIME):%H:%M %d/%m/%Y}."
    if apart < DRIFT:
        return Finding("Đồng hồ", State.WELL, seen)
    mend = "Bật đồng bộ giờ của máy (timedatectl set-ntp true)."
    return Finding("Đồng hồ", State.BROKEN if apart >= WRONG else State.DOUBTFUL, seen, mend)


def database(office: Office) -> Iterator[Finding]:
    """The file is whole and takes a change."""
    path = office.config.database_path
    if not path.exists():
        yield Finding("Cơ sở dữ liệu", State.DOUBTFUL, f"Chưa có {path}.", "Bot tự tạo khi chạy lần đầu: motcua run")
        return
    try:
        faults = check_whole(office.database)
        prove_writable(office.database)
        office.database.close()
    except MotCuaError as error:
        yield Finding("Cơ sở dữ liệu", State.BROKEN, str(error), "Xem quyền ghi, chỗ trống; hoặc dùng bản sao lưu.")
        return
    if faults:
        mend = "Dừng bot, cất tệp này đi, khôi phục bản sao lưu gần nhất."
        yield Finding("Cơ sở dữ liệu", State.BROKEN, f"Tệp hỏng: {faults[0]}", mend)
    else:
        yield Finding("Cơ sở dữ liệu", State.WELL, f"{path} nguyên vẹn, ghi được, {_size(path.stat().st_size)}.")


def knowledge(office: Office) -> Iterator[Finding]:
    """The base can be read, and is not out of date."""
    try:
        found = office.knowledge
    except MotCuaError as error:
        yield Finding("Bộ tri thức", State.BROKEN, str(error).splitlines()[0], "Xem mọi lỗi: motcua kb check")
        return
    rows = freshness(found, office.today)
    old = sum(row.is_old for row in rows)
    ended = sum(row.until is not None and row.until < office.today for row in rows)
    seen = f"{len(rows)} mục ở {office.folder}; {old} mục đọc nguồn đã hơn một năm, {ended} mục có ý đã hết hạn."
    state = State.DOUBTFUL if old or ended else State.WELL
    yield Finding("Bộ tri thức", state, seen, "Xem từng mục: motcua kb stale" if old or ended else "")


def backups(office: Office) -> Iterator[Finding]:
    """A fresh copy lies where the office keeps them."""
    folder = office.config.backups
    if folder is None:
        mend = "Ghi một thư mục vào khóa backups: bot tự sao lưu vào đó mỗi đêm."
        yield Finding("Sao lưu", State.DOUBTFUL, "Chưa có thư mục sao lưu nào trong cấu hình.", mend)
        return
    newest = newest_backup(folder)
    if newest is None:
        yield Finding("Sao lưu", State.BROKEN, f"Không có bản nào trong {folder}.", "Xem lịch sao lưu và quyền đọc.")
        return
    made = datetime.datetime.fromtimestamp(newest.stat().st_mtime, datetime.UTC)
    age = office.clock() - made
    seen = f"Bản mới nhất {newest.name}, {age.total_seconds() / HOUR:.0f} giờ trước, {_size(newest.stat().st_size)}."
    late = age > OLD_BACKUP
    yield Finding(
        "Sao lưu", State.BROKEN if late else State.WELL, seen, "Xem vì sao đêm qua không sao lưu." if late else ""
    )


def disk(office: Office) -> Iterator[Finding]:
    """Room for the log to grow."""
    folder = office.config.database_path.absolute().parent
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    free = shutil.disk_usage(there).free
    state = State.BROKEN if free < SCARCE else State.DOUBTFUL if free < FEW else State.WELL
    mend = "" if state is State.WELL else "Dọn bớt tệp, hoặc chuyển cơ sở dữ liệu sang ổ lớn hơn."
    yield Finding("Ổ đĩa", state, f"Còn trống {_size(free)} ở {there}.", mend)


def _size(count: float) -> str:
    """Bytes as people read them: 12,3 MB."""
    for unit in ("byte", "KB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            break
        count /= 1000
    return f"{count:.0f} {unit}" if unit == "byte" else f"{count:.1f} {unit}".replace(".", ",")


LOOKS: tuple[Callable[[Office], Iterator[Finding]], ...] = (telegram, database, knowledge, backups, disk)
