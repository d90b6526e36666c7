"""The staff pages: what was not answered, settled from a browser, by those who may."""

from bot.staff.app import staff_app
from bot.staff.guard import LOOPBACK, Address
from bot.staff.site import Site

__all__ = ["LOOPBACK", "Address", "Site", "staff_app"]
