"""The bot as a running service: built, started with patience, stopped in order; its health written down."""

import asyncio
import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

from telegram import Update
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.channels.telegram.backroom import Back
from bot.channels.telegram.chores import Chores, pause
from bot.channels.telegram.handlers import App, Window
from bot.channels.telegram.hearing import Heard
from bot.channels.telegram.polling import AT_ONCE, CarefulBot, InOrder, Polling
from bot.channels.telegram.profile import describe
from bot.channels.telegram.staffroom_access import Backroom
from bot.counter import Counter
from bot.errors import ChannelError

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds between tries to reach Telegram; doubled each time
POLL_SECONDS = 10
UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]

REFUSED = "Telegram không nhận token này. Hãy xem lại token mà @BotFather đã cấp (lệnh /mybots → API Token)."
ANOTHER_COPY = (
    "Một bản khác đang chạy với cùng token (Telegram báo 409 Conflict). "
    "Hãy tắt bản kia, hoặc xin @BotFather một token riêng cho bản này."
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """How Telegram is reached. `report` hears of changes of health: (state, detail); `heard` what came of each call."""

    token: str = field(repr=False)
    base_url: str
    base_file_url: str
    proxy: str | None = field(repr=False)
    report: Callable[[str, str], None]
    heard: Callable[[str], None] = lambda _: None


async def serve(settings: Settings, counter: Counter, back: Backroom | None = None) -> None:
    """Run until SIGINT or SIGTERM, with its staff side if there is one; raise ChannelError when it cannot go on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    polling = Polling()
    application, chores = joined(careful_bot(settings, polling), polling, counter, back)
    watch = Watch(settings.report, polling, stop)
    polling.fetched = watch.found
    try:
        if await _started(application, watch, stop):
            await describe(application.bot, counter.desk.voice.office)
            chores.begin()
            await _poll(application, watch, stop)
    finally:
        await chores.end()
        await _stopped(application)
        settings.report("stopped", "")
    if watch.fault:
        raise ChannelError(watch.fault)


def careful_bot(
    settings: Settings, polling: Polling, request: BaseRequest | None = None, updates: BaseRequest | None = None
) -> CarefulBot:
    """The connection to Telegram; the two requests are seams for tests."""
    return CarefulBot(
        polling,
        settings.token,
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=request or Heard(settings.heard, AT_ONCE + 8, settings.proxy),
        get_updates_request=updates or Heard(settings.heard, 4, settings.proxy),
    )


def build(bot: CarefulBot, polling: Polling, counter: Counter) -> App:
    """The application for citizens alone."""
    return joined(bot, polling, counter, None)[0]


def joined(bot: CarefulBot, polling: Polling, counter: Counter, back: Backroom | None) -> tuple[App, Chores]:
    """The application: its bot, its handlers in their order, its way to say that something failed; and its chores."""
    application: App = Application.builder().bot(bot).concurrent_updates(InOrder()).build()
    polling.pending = application.update_queue
    window = Window(counter)
    staff = Back(bot, counter, window, back) if back else None
    application.add_handlers([*(staff.handlers() if staff else ()), *window.handlers()])
    application.add_error_handler(window.failed)
    return application, Chores(staff.chores() if staff else ())


class Watch:
    """Notices when Telegram is lost and found again, and what ends the service."""

    def __init__(self, report: Callable[[str, str], None], polling: Polling, stop: asyncio.Event) -> None:
        self.fault: str | None = None
        self._report = report
        self._polling = polling
        self._stop = stop
        self._lost: bool | None = None  # not known before the first try

    def trouble(self, error: TelegramError) -> None:
        """A fault while fetching."""
        if isinstance(error, InvalidToken):
            self._end(REFUSED)
        elif self._polling.ousted:
            self._end(ANOTHER_COPY)
        elif isinstance(error, NetworkError):
            self.lost(error)

    def lost(self, error: TelegramError) -> None:
        """Telegram cannot be reached: said once."""
        if not self._lost:
            self._lost = True
            logger.warning("Không nối được tới Telegram (%s). Bot tiếp tục thử lại.", type(error).__name__)
            self._report("unreachable", type(error).__name__)

    def found(self) -> None:
        """Telegram answers."""
        if self._lost is True:
            logger.warning("Đã nối lại được tới Telegram.")
        if self._lost is not False:
            self._report("ok", "")
        self._lost = False

    def _end(self, fault: str) -> None:
        self.fault = fault
        self._stop.set()


async def _started(application: App, watch: Watch, stop: asyncio.Event) -> bool:
    wait = FIRST_WAIT
    while not stop.is_set():
        try:
            await application.initialize()
            watch.found()
            return True
        except InvalidToken as error:
            raise ChannelError(REFUSED) from error
        except NetworkError as error:
            watch.lost(error)
            await pause(stop, wait)
            wait = min(wait * 2, LONGEST_WAIT)
    return False


async def _poll(application: App, watch: Watch, stop: asyncio.Event) -> None:
    updater = application.updater
    if updater is None:
        raise ChannelError("Bot được dựng mà không có bộ nhận tin.")
    await application.start()
    await updater.start_polling(
        timeout=POLL_SECONDS, bootstrap_retries=-1, allowed_updates=UPDATES, error_callback=watch.trouble
    )
    logger.info("Bot @%s đang chạy. Nhấn Ctrl-C để dừng.", application.bot.username)
    await stop.wait()


async def _stopped(application: App) -> None:
    if application.updater and application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
