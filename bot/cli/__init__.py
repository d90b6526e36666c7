"""The command line: every command in one list, and the only place where the rooms are joined."""

import io
import sys

import click

from bot import __version__
from bot.cli.ask import ask
from bot.cli.chat import chat
from bot.cli.health import health
from bot.cli.kb import kb
from bot.cli.log import log
from bot.cli.review import review
from bot.cli.run import run
from bot.cli.schema import schema
from bot.errors import MotCuaError

COMMANDS: tuple[click.Command, ...] = (chat, ask, run, review, log, kb, schema, health)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="motcua")
@click.option(
    "--config", "config_path", type=click.Path(dir_okay=False), help="Tệp cấu hình (mặc định: config.yaml nếu có)."
)
@click.pass_context
def cli(context: click.Context, config_path: str | None) -> None:
    """Một Cửa: trả lời câu hỏi của người dân về thủ tục hành chính."""
    context.obj = config_path


for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Run the command line; what a person can mend is told in words, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a redirected Windows console knows no Vietnamese
    try:
        cli(standalone_mode=False)
    except MotCuaError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OSError as error:
        click.echo(f"Không ghi ra được: {error.strerror}.", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
