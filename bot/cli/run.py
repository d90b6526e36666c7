"""`motcua run`: the bot on Telegram."""

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from pydantic import SecretStr

from bot.cli.aside import aside
from bot.cli.metering import Meters
from bot.cli.office import Office
from bot.cli.retention import copying, pruning
from bot.counter import Counter
from bot.desk import Brain
from bot.errors import StorageError
from bot.monitoring import Metrics
from bot.reload import Reloader, look
from bot.review.gathering import gather
from bot.storage import Health, Tickets, prove_whole, set_health
from bot.storage import health as states
from bot.storage.copying import held

if TYPE_CHECKING:
    from bot.channels.telegram import Backroom, Statistics

CHANNEL = "telegram"
KNOWLEDGE = "knowledge"  # its line in `motcua health`: only there once a saved file was broken
QUIET = ("httpx", "httpcore")  # both log addresses that hold the token
DETAIL = 400  # characters of a problem that are kept for `motcua health`

logger = logging.getLogger(__name__)


class Redacted(logging.Filter):
    """Takes secrets out of every record, whoever wrote it."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the secrets by stars."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # wrong arguments are a fault of who logs, not of who answers citizens
            message = str(record.msg)
        record.msg, record.args = self._hidden(message), ()
        if record.exc_info:
            record.exc_text = self._hidden(logging.Formatter().formatException(record.exc_info))
        return True

    def _hidden(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


@click.command(short_help="Chạy bot trên Telegram.")
@click.pass_obj
def run(config_path: str | None) -> None:
    """Chạy bot trên Telegram. Cần token của @BotFather: đặt biến MOTCUA_TOKEN hoặc khóa token_file."""
    office = Office(config_path, feedback=True)
    token = office.config.bot_token()
    _set_up_logging(token, *_passwords(office.config.proxy))
    meters = Meters(office)
    with meters.shown(), held(office.config.database_path):
        _serve(office, token, meters)


def _serve(office: Office, token: str, meters: Meters) -> None:
    from bot.channels.telegram import Settings, serve

    office.prepare()
    reloader = reloading(office, meters.metrics)
    counter, database = Counter(office.desk, office.log, office.guests, meters.metrics.asked), office.database
    prove_whole(database)
    mended(office)
    meters.begun(database, office.knowledge.version)

    def report(state: str, detail: str) -> None:
        set_health(database, Health(CHANNEL, state, office.clock(), detail)).add_done_callback(_noted)

    config = office.config
    proxy = config.proxy.get_secret_value() if config.proxy else None
    try:
        with watching(reloader):
            reached = Settings(
                token,
                config.base_url,
                config.base_file_url,
                proxy,
                report,
                meters.called,
                meters.missed,
                config.webhook_place,
                None if config.flood == "never" else config.flood,
            )
            with asyncio.Runner(loop_factory=_loop) as runner:
                runner.run(meters.vitals.pulse.during(serve(reached, counter, database, backroom(office))))
    finally:
        database.close()


def _loop() -> asyncio.AbstractEventLoop:
    """The faster loop of the extra `webhook`, where it is installed."""
    try:
        from uvloop import new_event_loop
    except ModuleNotFoundError:
        return asyncio.new_event_loop()
    return new_event_loop()


def _noted(written: "Future[None]") -> None:
    fault = written.exception()
    if fault:
        logger.error("the state of the bot was not written: %s", fault)


def backroom(office: Office) -> "Backroom":
    """What the staff side of the bot stands on."""
    from bot.channels.telegram import Backroom
    from bot.curation import Ending, ending, shelve

    tickets, config = Tickets(office.database), office.config

    def soon() -> Sequence[Ending]:
        return ending([shelve(office.folder, config.local)], office.today)

    return Backroom(
        database=office.database,
        clock=office.clock,
        gather=lambda: gather(tickets, office.clock()),
        settling=office.settling,
        ending=soon,
        group=config.staff_group,
        staff_url=config.staff_url,
        digest_at=config.digest_at,
        statistics=statistics(office),
        back_up=copying(office),
        prune=pruning(office),
    )


def statistics(office: Office) -> "Statistics":
    """How figures for staff are counted, drawn and written."""
    from bot.channels.telegram import Statistics
    from bot.figures import Figures, Ground, Period, Table, Unit, figures

    config, form = office.config, office.config.report_format
    every = {"weekly": Unit.WEEK, "monthly": Unit.MONTH, "quarterly": Unit.QUARTER}.get(config.report_schedule)

    def count(ground: Ground) -> Figures:
        mind = office.desk.brain
        return figures(office.database, mind.knowledge, ground, office.today, config.opening, catalogue=mind.catalogue)

    def draw(table: Table, title: str) -> bytes:
        from bot.reports import chart

        return aside(chart, table, title)

    def write(period: Period) -> tuple[str, bytes]:
        from bot.cli.report import report_file

        name = f"bao-cao-{period.since}-{period.until}.{form}"
        return name, aside(report_file, office.config_path, period, form)

    return Statistics(count, draw, write, every)


def reloading(office: Office, metrics: Metrics | None = None) -> Reloader[Brain]:
    """What keeps an office's desk up to date with its files, and its health with their faults."""

    def report(problem: str) -> None:
        if metrics and problem:
            metrics.not_reloaded()
        state = Health(KNOWLEDGE, "outdated" if problem else "ok", office.clock(), " ".join(problem.split())[:DETAIL])
        try:
            set_health(office.database, state).result()
        except StorageError:
            logger.exception("the state of the knowledge base was not written")

    def swap(brain: Brain) -> None:
        office.desk.brain = brain
        if metrics:
            metrics.reloaded(brain.knowledge.version)

    return Reloader(lambda: look(office.folder, [office.catalogue_path]), office.anew, swap, report)


def mended(office: Office) -> None:
    """Take back what health says of a broken file: the bot would not have started with it."""
    if any(state.channel == KNOWLEDGE and state.state != "ok" for state in states(office.database)):
        set_health(office.database, Health(KNOWLEDGE, "ok", office.clock(), "")).result()


@contextmanager
def watching(reloader: Reloader[Brain]) -> Iterator[None]:
    """Looks for changes in a thread of its own as long as the bot runs."""
    stop = threading.Event()
    thread = threading.Thread(target=reloader.watch, args=(stop,), name="reload")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _passwords(proxy: SecretStr | None) -> Iterator[str]:
    """What is secret in the address of a proxy: user and password, as they stand there and by themselves."""
    address = proxy.get_secret_value() if proxy else ""
    user, _, _ = address.partition("://")[2].rpartition("@")
    yield from filter(None, (user, user.partition(":")[2]))


def _set_up_logging(*secrets: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redacted(*secrets))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
