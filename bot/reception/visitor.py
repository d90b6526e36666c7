"""Whoever comes to the counter, in any channel."""

from dataclasses import dataclass, field

from bot.persons import Alias, Caller


@dataclass(frozen=True)
class Visitor:
    """Who taps or asks: `chat` keys what is spoken of; it is only ever stored of who agrees to be told, `caller` never.

    `message` is the one of theirs that an answer would be given to. `group`: others read along; `bot` is the name under
    which the bot is found. The rest is known once the visitor is recognised: `language` is then the one they chose
    (`chosen`), else as the channel tells it; `person` where their questions may be linked; `place` the code of the
    commune kept for them, "" where none is, None where none can be kept or told; `new` who is still to be told what is
    kept.
    """

    channel: str
    chat: str | None = field(default=None, repr=False)
    language: str = "vi"
    caller: Caller | None = None
    group: bool = False
    bot: str | None = None
    chosen: bool = False
    person: Alias | None = None
    place: str | None = None
    new: bool = False
    message: str | None = field(default=None, repr=False)
