"""Whether Telegram is there, as far as the service notices, and what ends the service."""

import asyncio
import logging
from collections.abc import Callable

from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

CONFLICTS_OF_A_NEWCOMER = 3  # a copy that never got an update leaves first ...
CONFLICTS_OF_A_RUNNING_BOT = 12  # ... and the one that serves people stays

REFUSED = "Telegram không nhận token này. Hãy xem lại token mà @BotFather đã cấp (lệnh /mybots → API Token)."
ANOTHER_COPY = (
    "Một bản khác đang chạy với cùng token (Telegram báo 409 Conflict). "
    "Hãy tắt bản kia, hoặc xin @BotFather một token riêng cho bản này."
)

logger = logging.getLogger(__name__)


class Watch:
    """Notices when Telegram is lost and found again, and what ends the service."""

    def __init__(self, report: Callable[[str, str], None], stop: asyncio.Event) -> None:
        self.fault: str | None = None
        self._report = report
        self._stop = stop
        self._lost: bool | None = None  # not known before the first try
        self._conflicts = 0
        self._served = False

    def trouble(self, error: TelegramError) -> None:
        """A fault while fetching."""
        if isinstance(error, InvalidToken):
            self._end(REFUSED)
        elif isinstance(error, Conflict):
            self._conflicts += 1
            if self._conflicts >= (CONFLICTS_OF_A_RUNNING_BOT if self._served else CONFLICTS_OF_A_NEWCOMER):
                self._end(ANOTHER_COPY)
        elif isinstance(error, NetworkError):
            self.lost(error)

    def fetched(self) -> None:
        """Updates were fetched: this copy serves."""
        self._conflicts, self._served = 0, True
        self.found()

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
