"""`motcua kb import`: what staff changed in the workbook, shown, checked, then written into the YAML files."""

from pathlib import Path

import click
from rich.console import Console

from bot.cli.kb.export import workbook
from bot.cli.kb.shipped import own_folder
from bot.cli.office import Office
from bot.editing import importing
from bot.editing.folder import checked, still, write


@click.command("import", short_help="Đưa bảng tính đã sửa vào bộ tri thức.")
@click.argument(
    "file", metavar="TỆP.xlsx", type=click.Path(exists=True, dir_okay=False, path_type=Path), callback=workbook
)
@click.option("--yes", is_flag=True, help="Ghi ngay, không hỏi lại.")
@click.option("--dry-run", is_flag=True, help="Chỉ cho xem sẽ đổi gì, không ghi.")
@click.pass_obj
def import_(config_path: str | None, file: Path, yes: bool, dry_run: bool) -> None:
    """So TỆP.xlsx với bộ tri thức, kể từng chỗ khác, kiểm tra trên một bản chép, hỏi rồi mới ghi.

    Chỉ chỗ thay đổi được ghi; chú thích và thứ tự trong các tệp YAML còn nguyên.
    Trước khi ghi, cả thư mục được chép vào .motcua/backup của bộ tri thức; ba bản gần nhất được giữ.
    """
    office = Office(config_path)
    place = own_folder(office)
    with Console(stderr=True).status("Đang đọc bảng tính …") as status:
        found = importing.imported(place, file)
        status.update("Đang kiểm tra trên một bản chép …")
        checked(place, found.files, office.config.local, "Hãy sửa các ô này trong bảng tính, rồi chạy lại:")
    _tell(found)
    if not found.changes or dry_run:
        click.echo("Không ghi gì." if dry_run else "Bảng tính không đổi gì so với bộ tri thức.")
        return
    if not yes and not click.confirm(f"Ghi {len(found.changes)} chỗ vào {len(found.files)} tệp?"):
        click.echo("Không ghi gì.")
        return
    still(place, found.before)
    written = write(place, found.files, office.clock().astimezone())
    click.echo(f"Đã ghi {', '.join(written.files)}. {written}")


def _tell(found: importing.Import) -> None:
    for change in found.changes:
        click.echo("\n".join(change.words()))
    if found.clashes:
        click.echo("Các chỗ sau đã đổi trong tệp YAML sau khi xuất bảng tính, nên giữ nguyên, không lấy từ bảng tính:")
        click.echo("\n".join(f"  {line}" for change in found.clashes for line in change.words()))
        click.echo("Muốn sửa các chỗ đó: xuất lại bằng motcua kb export rồi sửa trên tệp mới.")
