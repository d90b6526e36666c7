"""`motcua kb`: the knowledge base checked and kept."""

import click

from bot.cli.kb.check import check

COMMANDS: tuple[click.Command, ...] = (check,)


@click.group(short_help="Kiểm tra và chăm sóc bộ tri thức.")
def kb() -> None:
    """Kiểm tra và chăm sóc bộ tri thức."""


for command in COMMANDS:
    kb.add_command(command)
