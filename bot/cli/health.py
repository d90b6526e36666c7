"""`motcua health`: whether each channel reaches its service."""

import sys

import click

from bot.cli.office import Office
from bot.config import OFFICE_TIME
from bot.storage import health as states

WORDS = {"ok": "đang chạy tốt", "unreachable": "không nối được, đang thử lại", "stopped": "đã dừng"}


@click.command(short_help="Xem bot có nối được tới Telegram không.")
@click.pass_obj
def health(config_path: str | None) -> None:
    """Xem từng kênh có chạy không. Mã thoát 0: mọi kênh chạy tốt; 1: có kênh không chạy."""
    office = Office(config_path)
    found = states(office.database)
    if not found:
        click.echo("Chưa có kênh nào từng chạy. Hãy chạy: motcua run")
    for state in found:
        since = f"{state.since.astimezone(OFFICE_TIME):%H:%M %d/%m/%Y}"
        click.echo(f"{state.channel}: {WORDS[state.state]} từ {since}" + (f" ({state.detail})" if state.detail else ""))
    office.database.close()
    sys.exit(0 if found and all(s.state == "ok" for s in found) else 1)
