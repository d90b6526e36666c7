"""The reception beside the desk: who comes, what they were told and chose, and what they think of the answers."""

from bot.reception.feedback import Feedback
from bot.reception.guests import Guests, Terms
from bot.reception.lookup import Lookup
from bot.reception.notices import Notices
from bot.reception.pushes import Pushes
from bot.reception.visitor import Visitor

__all__ = ["Feedback", "Guests", "Lookup", "Notices", "Pushes", "Terms", "Visitor"]
