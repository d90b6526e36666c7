"""One turn of a chat: a message by itself, in its parts, or as what goes on about what was spoken of."""

from bot.turns.context import Context, leaves, spoken_of
from bot.turns.message import Message
from bot.turns.turn import Turn, turn

__all__ = ["Context", "Message", "Turn", "leaves", "spoken_of", "turn"]
