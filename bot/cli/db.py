"""`motcua db`: the database copied, put back and checked."""

import sys
from pathlib import Path

import click
from rich.console import Console

from bot.cli.office import Office
from bot.cli.retention import limits, pruned_now
from bot.cli.tables import show
from bot.storage.copying import Copy, back_up, drop_old, examined, held, restore

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(short_help="Sao lưu, khôi phục, kiểm tra, dọn cơ sở dữ liệu.")
def db() -> None:
    """Sao lưu, khôi phục, kiểm tra, dọn cơ sở dữ liệu."""


@db.command("backup", short_help="Sao lưu ngay, kể cả khi bot đang chạy.")
@click.option(
    "--out",
    metavar="THƯ-MỤC",
    type=click.Path(file_okay=False, path_type=Path),
    help="Nơi để bản sao (mặc định: khóa backups).",
)
@click.option("--keep", type=click.IntRange(1), help="Chỉ giữ chừng này bản mới nhất, xóa các bản cũ hơn.")
@click.pass_obj
def backup_command(config_path: str | None, out: Path | None, keep: int | None) -> None:
    """Chép cơ sở dữ liệu thành một tệp mới, rồi kiểm tra tệp ấy. Bot vẫn chạy và ghi như thường.

    Tệp chỉ người chạy bot đọc được. Hãy cất cả tệp khóa (motcua.key): không có khóa thì không biết ai đã hỏi.
    """
    config = Office(config_path).config
    folder = out or config.backups
    if folder is None:
        raise click.UsageError("Hãy nêu thư mục: --out sao-luu, hoặc đặt khóa backups trong tệp cấu hình.")
    with Console(stderr=True).status("Đang sao lưu …"):
        made = back_up(config.database_path, folder, Office(config_path).clock())
    click.echo(f"Đã sao lưu vào {made.path}: {made.size:,} byte, nguyên vẹn.".replace(",", "."))
    for old in drop_old(folder, keep) if keep else ():
        click.echo(f"Đã xóa bản cũ {old}.")


@db.command("restore", short_help="Thay cơ sở dữ liệu bằng một bản sao.")
@click.argument("backup", metavar="TỆP", type=FILE)
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
@click.pass_obj
def restore_command(config_path: str | None, backup: Path, yes: bool) -> None:
    """Thay cơ sở dữ liệu bằng bản sao TỆP. Hãy dừng bot trước; tệp cũ được giữ lại bên cạnh."""
    office = Office(config_path)
    path = office.config.database_path
    with held(path, alone=True):
        found = examined(backup)
        if path.exists() and not yes:
            _tell(found)
            click.confirm(f"Thay {path} bằng bản này?", abort=True)
        aside = restore(backup, path, office.clock())
    click.echo(f"Đã khôi phục {path} từ {backup}." + (f" Tệp cũ ở {aside}." if aside else ""))


@db.command("check", short_help="Xem cơ sở dữ liệu, hoặc một bản sao, có nguyên vẹn không.")
@click.argument("file", metavar="[TỆP]", type=FILE, required=False)
@click.pass_obj
def check_command(config_path: str | None, file: Path | None) -> None:
    """Đọc hết tệp (mặc định: cơ sở dữ liệu đang dùng), báo chỗ hỏng, số dòng từng bảng. Mã thoát 2: có chỗ hỏng."""
    path = file or Office(config_path).config.database_path
    with Console(stderr=True).status("Đang đọc hết tệp …"):
        found = examined(path)
    _tell(found)
    for fault in found.faults:
        click.echo(f"Hỏng: {fault}")
    if found.faults:
        click.echo("Hãy dừng bot rồi khôi phục bản sao gần nhất: motcua db restore TỆP")
    sys.exit(2 if found.faults else 0)


@db.command("prune", short_help="Xóa những gì đã giữ đủ hạn.")
@click.option("--dry-run", is_flag=True, help="Chỉ đếm, không xóa gì.")
@click.pass_obj
def prune_command(config_path: str | None, dry_run: bool) -> None:
    """Xóa những gì đã giữ đủ hạn: nội dung câu hỏi và mã người hỏi, lời nhờ báo đã xong, tin không xử lý được, phiên
    hết hạn. Con số thống kê còn nguyên. Hạn ở khóa keep_months và keep_dead_letters_days; bot tự làm việc này mỗi đêm.
    """
    from bot.storage import prune

    office = Office(config_path)
    now = office.clock()
    pruned = prune(office.database, limits(office.config, now), now, dry=True) if dry_run else pruned_now(office)
    show(("Bảng", "Số dòng"), [(name, str(count)) for name, count in pruned.rows.items()], "")
    click.echo("Chưa xóa gì." if dry_run else "Đã xóa xong, cả trong tệp trên đĩa.")
    office.database.close()


def _tell(found: Copy) -> None:
    state = "có chỗ hỏng" if found.faults else "nguyên vẹn"
    click.echo(f"{found.path}: {state}, {found.size:,} byte.".replace(",", "."))
    show(("Bảng", "Số dòng"), [(name, str(count)) for name, count in found.rows.items()], "Không có bảng nào.")
