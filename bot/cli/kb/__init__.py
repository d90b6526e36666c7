"""`motcua kb`: the knowledge base checked, tried, read and kept."""

import click

from bot.cli.kb.catalogue import catalogue
from bot.cli.kb.check import check
from bot.cli.kb.diff import diff
from bot.cli.kb.export import export
from bot.cli.kb.impact import impact
from bot.cli.kb.import_ import import_
from bot.cli.kb.init import init
from bot.cli.kb.new import new
from bot.cli.kb.schema import schema
from bot.cli.kb.show import show
from bot.cli.kb.stale import stale
from bot.cli.kb.test import trial
from bot.cli.kb.upgrade import upgrade

COMMANDS: tuple[click.Command, ...] = (
    *(check, trial, show, new),
    *(init, upgrade, export, import_, catalogue),
    *(impact, stale, diff, schema),
)


@click.group(short_help="Kiểm tra và chăm sóc bộ tri thức.")
def kb() -> None:
    """Kiểm tra và chăm sóc bộ tri thức."""


for command in COMMANDS:
    kb.add_command(command)
