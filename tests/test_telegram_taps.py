"""A finger that taps twice, and one that taps again on purpose."""

import datetime

from telegram import Chat, Message

from bot.channels.telegram.taps import TWICE_WITHIN, Taps


def message(number: int, chat: int = 1) -> Message:
    return Message(number, datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC), Chat(chat, "private"))


def test_the_same_button_a_moment_later_is_tapped_again() -> None:
    now = 100.0
    taps = Taps(lambda: now)
    assert not taps.again(message(1), "c:tam-tru:0")
    taps.answered(message(1), "c:tam-tru:0")
    now += TWICE_WITHIN - 0.1
    assert taps.again(message(1), "c:tam-tru:0")
    for other, data in ((message(1), "x:"), (message(2), "c:tam-tru:0"), (message(1, chat=2), "c:tam-tru:0")):
        assert not taps.again(other, data)
    now += 0.2
    assert not taps.again(message(1), "c:tam-tru:0")


def test_what_was_never_sent_may_be_tapped_again_at_once() -> None:
    taps = Taps(lambda: 100.0)
    assert not taps.again(message(1), "c:tam-tru:0")
    assert not taps.again(message(1), "c:tam-tru:0")
