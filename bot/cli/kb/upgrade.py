"""`motcua kb upgrade`: a new release merged into the office's copy."""

import datetime
from pathlib import Path

import click
from rich.console import Console

from bot import __version__
from bot.cli.kb.schema import written
from bot.cli.kb.shipped import own_folder, shipped_base
from bot.cli.office import Office
from bot.editing.folder import GENERATED, checked, write
from bot.editing.origin import Release, origin, release_of, remember
from bot.editing.upgrade import Decisions, Merged, Upgrade
from bot.errors import KnowledgeError

MEND = (
    "Hãy sửa các chỗ này trong thư mục của đơn vị, hoặc giữ chỗ của đơn vị và bỏ chỗ của bản mới bằng --keep TÊN, "
    "rồi chạy lại:"
)


@click.command(short_help="Đưa bản mới của bộ tri thức vào bản riêng của đơn vị.")
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Lấy bản mới từ thư mục này thay cho bộ tri thức đi kèm.",
)
@click.option("--dry-run", is_flag=True, help="Chỉ cho xem sẽ đổi gì, không ghi.")
@click.option(
    "--take", multiple=True, metavar="TÊN", help="Chỗ này lấy của bản mới, ví dụ khai-sinh.fee. Ghi được nhiều lần."
)
@click.option(
    "--keep", multiple=True, metavar="TÊN", help="Chỗ này giữ của đơn vị và không hỏi lại. Ghi được nhiều lần."
)
@click.pass_obj
def upgrade(
    config_path: str | None, source: Path | None, dry_run: bool, take: tuple[str, ...], keep: tuple[str, ...]
) -> None:
    """Gộp bản mới vào bản riêng: sửa của đơn vị còn nguyên, phần đơn vị chưa sửa thì theo bản mới.

    Chỗ cả hai cùng sửa thì giữ bản của đơn vị và kể ra, để đơn vị chọn bằng --take hoặc --keep.
    Trước khi ghi, cả thư mục được chép vào .motcua/backup của bản riêng; ba bản gần nhất được giữ.
    """
    office = Office(config_path)
    place, shipped = own_folder(office), source or shipped_base()
    if place.resolve() == shipped.resolve():
        raise KnowledgeError(f"{place} là chính bản mới: hãy chạy lệnh này với bản riêng của đơn vị (xem kb init).")
    base, old = origin(place)
    today = office.clock().astimezone()
    new = release_of(shipped, __version__, today.date())
    with Console(stderr=True).status("Đang gộp …") as status:
        merged = Upgrade(
            base, place, shipped, Decisions(take, keep, old.undecided), lambda name: status.update(f"Đang gộp {name} …")
        ).merged()
        status.update("Đang kiểm tra bản đã gộp …")
        checked(place, merged.changes, office.config.local, MEND)
    click.echo(f"Bản đang dùng: {old}. Bản mới: {new}.")
    _tell(merged)
    undecided = tuple(conflict.name for conflict in merged.conflicts)
    if dry_run:
        click.echo("Chạy thử: chưa ghi gì.")
    else:
        _take(place, merged, today)
        written(place.resolve(), place.resolve() / GENERATED)
        remember(place, shipped, Release(new.program, new.knowledge, new.taken_on, undecided))


def _take(place: Path, merged: Merged, today: datetime.datetime) -> None:
    if merged.changes:
        click.echo(f"Đã ghi {len(merged.changes)} tệp. {write(place, merged.changes, today)}")


def _tell(merged: Merged) -> None:
    click.echo("\n".join(f"  đổi: {name}" for name in merged.changes) or "Không tệp nào phải đổi.")
    if merged.left_out:
        click.echo("Không lấy từ bản mới:")
        click.echo("\n".join(f"  {words}" for words in merged.left_out))
    if merged.replaced:
        click.echo("Mục của đơn vị nhường chỗ (bản cũ còn trong bản sao lưu):")
        click.echo("\n".join(f"  {words}" for words in merged.replaced))
    if merged.conflicts:
        click.echo(f"{len(merged.conflicts)} chỗ đơn vị và bản mới cùng sửa:")
        click.echo("\n".join(f"  {conflict}" for conflict in merged.conflicts))
