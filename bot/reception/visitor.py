"""Whoever comes to the counter, in any channel."""

from dataclasses import dataclass, field

from bot.persons import Alias, Caller


@dataclass(frozen=True)
class Visitor:
    """Who taps or asks: `chat` keys what is spoken of; neither it nor `caller` is ever stored.

    The rest is known once the visitor is recognised: `language` is then the one they chose (`chosen`), else as the
    channel tells it; `person` where their questions may be linked; `new` who was not yet told what is kept.
    """

    channel: str
    chat: str | None = field(default=None, repr=False)
    language: str = "vi"
    caller: Caller | None = None
    chosen: bool = False
    person: Alias | None = None
    new: bool = False
