"""One turn of a chat: a message by itself, in its parts, or as what goes on about what was spoken of."""

from bot.turns.context import Context, spoken_of
from bot.turns.turn import Turn, turn

__all__ = ["Context", "Turn", "spoken_of", "turn"]
