"""`motcua privacy`: what is masked before anything is stored, and the keys that name persons."""

import click

from bot.cli.office import Office
from bot.errors import ConfigError
from bot.persons import rotate
from bot.privacy import finds, mask
from bot.text import clean


@click.group(short_help="Thử xem bot che dữ liệu cá nhân thế nào; đổi khóa.")
def privacy() -> None:
    """Thử xem bot che dữ liệu cá nhân thế nào; đổi khóa."""


@privacy.command("rotate", short_help="Thêm khóa mới để tính mã của người hỏi.")
@click.pass_obj
def rotate_command(config_path: str | None) -> None:
    """Thêm một khóa mới vào tệp khóa: từ lần chạy bot kế tiếp, mã người hỏi tính bằng khóa mới. Khóa cũ còn đó để người
    dân vẫn xem và xóa được phần của mình; khi không còn dòng nào dùng nó nữa, bot tự hủy nó.
    """
    config = Office(config_path).config
    if config.person_key:
        raise ConfigError("Khóa đang đặt bằng person_key: hãy thêm một dòng khóa mới, số lớn hơn, ở đó.")
    number = rotate(config.person_key_path)
    click.echo(f"Đã thêm khóa số {number} vào {config.person_key_path}. Hãy chạy lại bot, và cất một bản sao.")


@privacy.command("try", short_help="Che thử một câu.")
@click.argument("text", metavar="CÂU")
def try_command(text: str) -> None:
    """In CÂU như bot sẽ ghi, và từng chỗ đã che là loại gì. Không ghi gì vào đâu."""
    text = clean(text)
    click.echo(mask(text))
    found = finds(text)
    for one in found:
        click.echo(f"  {one.kind}: {text[one.start : one.end]}")
    if not found:
        click.echo("  Không có gì phải che.")
