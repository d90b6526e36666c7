"""`motcua privacy`: what is masked of a text before anything is stored."""

import click

from bot.privacy import finds, mask
from bot.text import clean


@click.group(short_help="Thử xem bot che dữ liệu cá nhân thế nào.")
def privacy() -> None:
    """Thử xem bot che dữ liệu cá nhân thế nào."""


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
