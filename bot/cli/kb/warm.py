"""`motcua kb warm`: everything read and counted beforehand, so that the next start or reload takes a moment."""

import click

from bot.cli.office import Office


@click.command(short_help="Đọc và đếm sẵn mọi thứ, để lần chạy sau nhanh.")
@click.pass_obj
def warm(config_path: str | None) -> None:
    """Đọc bộ tri thức và danh mục, kiểm tra lỗi, ghi sẵn mục lục cạnh cơ sở dữ liệu.

    Không bắt buộc: lần chạy đầu tiên tự làm việc này. Nên chạy sau khi cài hay đưa bản mới lên.
    """
    office = Office(config_path)
    mind = office.desk.brain
    click.echo(
        f"Đã chuẩn bị xong {len(mind.knowledge.procedures)} thủ tục, {len(mind.catalogue.entries)} dòng danh mục."
    )
