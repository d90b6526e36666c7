"""Links that open the bot at a procedure: `https://t.me/<bot>?start=<id>`, or `<id>_<facets>`, letters as in buttons.

What follows /start is untrusted: a strict pattern, then a look-up.
"""

import re

from bot.channels.telegram.actions import FACETS, LETTERS, MOST_FACETS
from bot.replies import Show

HELLO = "chao"  # opens the first screen: Telegram wants some word behind the button over inline results
PAYLOAD = re.compile(rf"([a-z0-9-]{{1,40}})(?:_([{''.join(FACETS)}]{{1,{MOST_FACETS}}}))?")


def payload(show: Show | None) -> str:
    """What stands behind `start=`: at most 47 of A-Z, a-z, 0-9, _ and -."""
    if show is None:
        return HELLO
    letters = "".join(LETTERS[facet] for facet in show.facets[:MOST_FACETS])
    return f"{show.procedure}_{letters}" if letters else show.procedure


def link(bot: str, show: Show | None) -> str:
    """The address that opens the private chat with the bot of this user name."""
    return f"https://t.me/{bot}?start={payload(show)}"


def read(text: str) -> Show | None:
    """What a payload wants shown; None if it is not of ours. Nothing is known yet of whether it exists."""
    match = PAYLOAD.fullmatch(text)
    return Show(match[1], tuple(FACETS[letter] for letter in match[2] or "")) if match else None
