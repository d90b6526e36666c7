"""`motcua kb export`: the base as a workbook."""

from pathlib import Path

import click
from rich.console import Console

from bot.cli.office import Office
from bot.editing import importing
from bot.errors import KnowledgeError


def workbook(_context: click.Context, _parameter: click.Parameter, path: Path) -> Path:
    """A path that ends with .xlsx."""
    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter("tên tệp phải có đuôi .xlsx")
    return path


@click.command(short_help="Ghi bộ tri thức ra bảng tính để sửa.")
@click.argument("file", metavar="TỆP.xlsx", type=click.Path(dir_okay=False, path_type=Path), callback=workbook)
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
@click.pass_obj
def export(config_path: str | None, file: Path, force: bool) -> None:
    """Ghi bộ tri thức ra TỆP.xlsx: mỗi trang một phần, mỗi dòng một thứ. Sửa xong thì chạy motcua kb import.

    Có đủ thủ tục, hướng dẫn, câu hỏi thử, văn bản, nơi nhận, và trụ sở, trung tâm một cửa của từng xã, phường.
    """
    office = Office(config_path)
    if not file.resolve().parent.is_dir():
        raise KnowledgeError(f"Không có thư mục {file.parent}: hãy tạo thư mục đó trước.")
    if file.exists() and not force:
        raise KnowledgeError(f"Đã có {file}: hãy đặt tên khác, hoặc thêm --force để ghi đè.")
    knowledge = office.knowledge
    with Console(stderr=True).status("Đang ghi bảng tính …"):
        rows = importing.export(office.folder, file)
    communes = sum(len(units.communes) for units in knowledge.units)
    counted = f"{len(knowledge.procedures)} thủ tục, {len(knowledge.guides)} hướng dẫn, {communes} xã, phường"
    click.echo(f"Đã ghi {file}: {counted}; tất cả {rows} dòng.")
