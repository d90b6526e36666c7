"""The reception beside the desk: who comes, what they were told and chose, and what they think of the answers."""

from bot.reception.feedback import Feedback
from bot.reception.guests import Guests, Terms
from bot.reception.visitor import Visitor

__all__ = ["Feedback", "Guests", "Terms", "Visitor"]
