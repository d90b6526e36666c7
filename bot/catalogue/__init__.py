"""The thin layer: every official procedure by code, name and agency, as an office exports it from the portal."""

from bot.catalogue.entries import EMPTY, Catalogue, Listed
from bot.catalogue.file import load, remove, save
from bot.catalogue.table import Imported, LeftOut, read_table

__all__ = ["EMPTY", "Catalogue", "Imported", "LeftOut", "Listed", "load", "read_table", "remove", "save"]
