"""A finger that taps twice: what a button sends is sent once."""

import time
from collections import OrderedDict
from collections.abc import Callable

from telegram import Message

TWICE_WITHIN = 2.0  # seconds after the first tap was answered; who wants a second list taps again later
TAPPED = 10_000  # messages remembered at once


class Taps:
    """The last button tapped under each message, as far as it sent something. Forgotten at a restart."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: OrderedDict[tuple[int, int], tuple[str, float]] = OrderedDict()

    def again(self, message: Message, data: str) -> bool:
        """Whether the same button was tapped a moment ago."""
        tapped, at = self._last.get((message.chat.id, message.message_id), ("", 0.0))
        return tapped == data and self._clock() - at < TWICE_WITHIN

    def answered(self, message: Message, data: str) -> None:
        """What the button sends has been sent."""
        key = (message.chat.id, message.message_id)
        self._last[key] = (data, self._clock())
        self._last.move_to_end(key)
        if len(self._last) > TAPPED:
            self._last.popitem(last=False)
