"""`motcua kb init`: an office's own copy of the shipped base."""

import os
from pathlib import Path

import click

from bot import __version__
from bot import config as settings
from bot.cli.kb.schema import written
from bot.cli.kb.shipped import shipped_base
from bot.cli.office import now
from bot.cli.plain import plain
from bot.editing.folder import GENERATED, put
from bot.editing.origin import release_of, started
from bot.editing.setting import prepared

VARIABLE = f"{settings.PREFIX}KNOWLEDGE"


@click.command(short_help="Tạo bản riêng của bộ tri thức để sửa.")
@click.argument("folder", metavar="THƯ-MỤC", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Chép từ thư mục này thay cho bộ tri thức đi kèm.",
)
@click.option("--no-config", is_flag=True, help="Không ghi khóa knowledge vào tệp cấu hình.")
@click.pass_obj
def init(config_path: str | None, folder: Path, source: Path | None, no_config: bool) -> None:
    """Chép bộ tri thức đi kèm vào THƯ-MỤC (mới hoặc trống) để đơn vị sửa, rồi ghi khóa knowledge vào tệp cấu hình."""
    shipped = source or shipped_base()
    target = folder.resolve()
    path = Path(config_path or os.environ.get(f"{settings.PREFIX}CONFIG") or settings.DEFAULT_FILE)
    line = None if no_config else prepared(path, "knowledge", str(target))
    release = release_of(shipped, __version__, now().astimezone().date())
    started(shipped, target, release)
    written(target, target / GENERATED)
    click.echo(f"Đã chép bộ tri thức vào {target}. Bản gốc: {release}.")
    if line is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, line)
        click.echo(f"Đã ghi khóa knowledge vào {path}.")
    if os.environ.get(VARIABLE):
        click.echo(f"Chú ý: biến {VARIABLE} đang đặt là {plain(os.environ[VARIABLE])} và được dùng trước tệp cấu hình.")
    click.echo(
        "Sửa các tệp YAML ở đó, rồi chạy: motcua kb check. Có bản mới của chương trình thì chạy: motcua kb upgrade.\n"
        "Mở thư mục đó bằng VS Code (có phần mở rộng YAML của Red Hat) thì được gợi ý và báo lỗi khi gõ."
    )
