"""The bot's name on Telegram, and the link that opens one entry there."""

import re

from bot.errors import MotCuaError

NAME = re.compile(r"(?=.{5,32}\Z)(?!.*__)[A-Za-z][A-Za-z0-9_]*bot", re.IGNORECASE | re.ASCII)


def bot_name(typed: str) -> str:
    """The name without its @: "@hoithutuc_bot" is hoithutuc_bot; what cannot be a bot's name is refused."""
    name = typed.strip().removeprefix("@")
    if not NAME.fullmatch(name):
        raise MotCuaError(
            f"{typed} không phải tên bot trên Telegram. Tên có 5 đến 32 ký tự, gồm chữ không dấu, số và dấu gạch dưới "
            "(không hai dấu liền nhau), bắt đầu bằng chữ, tận cùng là bot. Ví dụ: hoithutuc_bot"
        )
    return name


def deep_link(bot: str, id: str) -> str:
    """Where a poster's code leads: https://t.me/hoithutuc_bot?start=tam-tru."""
    return f"https://t.me/{bot}?start={id}"
