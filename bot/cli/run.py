"""`motcua run`: the bot on Telegram."""

import asyncio
import logging
import sys

import click

from bot.cli.office import Office
from bot.storage import Health, set_health

CHANNEL = "telegram"
QUIET = ("httpx", "httpcore")  # both log addresses that hold the token


class Redacted(logging.Filter):
    """Takes a secret out of every record, whoever wrote it."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the secret by stars."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # wrong arguments are a fault of who logs, not of who answers citizens
            message = str(record.msg)
        record.msg, record.args = message.replace(self._secret, "***"), ()
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info).replace(self._secret, "***")
        return True


@click.command(short_help="Chạy bot trên Telegram.")
@click.pass_obj
def run(config_path: str | None) -> None:
    """Chạy bot trên Telegram. Cần token của @BotFather: đặt biến MOTCUA_TOKEN hoặc khóa token_file."""
    from bot.channels.telegram import Settings, serve

    office = Office(config_path)
    config = office.config
    token = config.bot_token()
    _set_up_logging(token)
    desk, log, database = office.desk, office.log, office.database

    def report(state: str, detail: str) -> None:
        set_health(database, Health(CHANNEL, state, office.clock(), detail))

    proxy = config.proxy.get_secret_value() if config.proxy else None
    try:
        asyncio.run(serve(Settings(token, config.base_url, config.base_file_url, proxy, report), desk, log))
    finally:
        database.close()


def _set_up_logging(token: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redacted(token))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
