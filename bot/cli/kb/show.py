"""`motcua kb show`: one entry as a person reads it."""

import click

from bot.cli.office import Office
from bot.cli.plain import plain_value
from bot.curation import card, find, shelve


@click.command(short_help="Xem một mục: từng ý, nguồn, ngày, và dòng để sửa.")
@click.argument("name", metavar="ID|MÃ|TÊN", callback=plain_value)
@click.pass_obj
def show(config_path: str | None, name: str) -> None:
    """In cả một thủ tục hay hướng dẫn, tìm bằng id (tam-tru), mã (1.004194), hoặc cả tên ("Đăng ký tạm trú").

    Mỗi ý đi kèm nguồn, văn bản, ngày đọc, độ tin cậy, tệp và dòng để sửa.
    Quy định riêng của địa phương đã đặt lên trên.
    """
    office = Office(config_path)
    shelf = shelve(office.folder, office.config.local)
    for line in card(shelf, find(shelf.knowledge, name)):
        click.echo(line)
