"""The bot as a running service: built, started with patience, stopped in order; its health written down."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import User
from telegram.error import InvalidToken, NetworkError
from telegram.ext import Application

from bot.channels.telegram.backroom import Back
from bot.channels.telegram.chores import Chore, Chores, pause
from bot.channels.telegram.connection import CarefulBot, Settings, careful_bot
from bot.channels.telegram.flood import Flood
from bot.channels.telegram.handlers import App, Window
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.late import Late
from bot.channels.telegram.ledger import Ledger
from bot.channels.telegram.patience import Writing
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.profile import describe
from bot.channels.telegram.registration import Watchman, secret_of
from bot.channels.telegram.staffroom_access import Backroom
from bot.channels.telegram.watch import REFUSED, Watch
from bot.counter import Counter
from bot.errors import ChannelError, StorageError
from bot.storage import Database, Staff

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between tries to reach Telegram; doubled each time
LATE, UNLOGGED, FORGET, ASK = 0.5, 2.0, 3600.0, 45.0  # seconds between two turns
FIRST = -1  # handlers that look before all others
MISSING = "Chế độ webhook cần vài gói chưa được cài ({name}). Hãy cài: pip install 'motcua[webhook]'"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Service:
    """The parts that work together for one bot."""

    application: App
    intake: Intake
    late: Late
    ledger: Ledger
    chores: Chores

    async def begin(self) -> None:
        """Take up what an earlier run left behind, and the chores. Nobody else may work for this bot by now."""
        try:
            await asyncio.to_thread(self.intake.deliveries.release)
            await asyncio.to_thread(self.late.begin)
        except StorageError as error:
            logger.error("what an earlier run left behind was not taken up: %s", error)
        self.chores.begin()

    async def end(self) -> None:
        """Finish the chores, and write what is not in the log yet."""
        await self.chores.end()
        await self.ledger.turn()


async def serve(settings: Settings, counter: Counter, database: Database, back: Backroom | None = None) -> None:
    """Run until SIGINT or SIGTERM, with its staff side if there is one; raise ChannelError when it cannot go on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    service = build(careful_bot(settings), counter, database, back, settings.missed, settings.flood)
    watch = Watch(settings.report, stop)
    try:
        if await _started(service.application, watch, stop, pushed=settings.listen is not None):
            await _serve(settings, service, counter, watch, stop)
    finally:
        await service.end()
        await service.application.shutdown()
        settings.report("stopped", "")
    if watch.fault:
        raise ChannelError(watch.fault)


def build(
    bot: CarefulBot,
    counter: Counter,
    database: Database,
    back: Backroom | None = None,
    missed: Callable[[int], None] = lambda _: None,
    flood: str | None = None,
) -> Service:
    """The application with its handlers in their order, the way in to it, and what it does by itself."""
    application: App = Application.builder().bot(bot).updater(None).build()
    writing, clock = Writing(), counter.desk.clock
    ledger = Ledger(counter.log, writing, clock, missed)
    late = Late(bot, database, writing, clock)
    window = Window(counter, ledger)
    staff = Back(bot, counter, window, back, ledger) if back else None
    application.add_handlers(Flood(flood, _among(Staff(database))).handlers(), FIRST)
    application.add_handlers([*(staff.handlers() if staff else ()), *window.handlers()])
    intake = Intake(application, database, writing, late, window.sorry)
    chores = [
        Chore("late replies", LATE, late.turn),
        Chore("late logging", UNLOGGED, ledger.turn),
        Chore("forgetting deliveries", FORGET, intake.forget),
        *(staff.chores() if staff else ()),
    ]
    return Service(application, intake, late, ledger, Chores(chores))


def _among(staff: Staff) -> Callable[[User], Awaitable[bool]]:
    async def is_member(person: User) -> bool:
        return await asyncio.to_thread(staff.by_user, str(person.id)) is not None

    return is_member


async def _serve(settings: Settings, service: Service, counter: Counter, watch: Watch, stop: asyncio.Event) -> None:
    bot = service.application.bot
    await describe(bot, counter.desk.voice.office)
    await service.begin()

    def ready() -> None:
        logger.info("Bot @%s đang chạy. Nhấn Ctrl-C để dừng.", bot.username)

    if settings.listen is None:
        ready()
        await Poller(bot, service.intake.take, watch, stop).run()
    else:
        await _listen(settings, settings.listen, service, watch, stop, ready)


async def _listen(
    settings: Settings,
    place: tuple[str, int],
    service: Service,
    watch: Watch,
    stop: asyncio.Event,
    ready: Callable[[], None],
) -> None:
    try:
        from bot.channels.telegram.webhook import application, listen
    except ModuleNotFoundError as error:
        raise ChannelError(MISSING.format(name=error.name)) from error

    asking = Chores([Chore("asking for the webhook", ASK, Watchman(service.application.bot, watch).turn)])
    asking.begin()
    try:
        await listen(application(service.intake.take, secret_of(settings.token)), *place, stop, ready)
    finally:
        await asking.end()


async def _started(application: App, watch: Watch, stop: asyncio.Event, pushed: bool) -> bool:
    wait = FIRST_WAIT
    while not stop.is_set():
        try:
            await application.initialize()
            if not pushed:
                await application.bot.delete_webhook()  # with one set, Telegram lets nobody fetch
            watch.found()
            return True
        except InvalidToken as error:
            raise ChannelError(REFUSED) from error
        except NetworkError as error:
            watch.lost(error)
            await pause(stop, wait)
            wait = min(wait * 2, LONGEST_WAIT)
    return False
