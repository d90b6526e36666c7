"""Open data of an office: counts of a month in groups that name nobody, and the knowledge base for other systems."""

from bot.opendata.files import files
from bot.opendata.groups import LEAST, Asked, Row, published
from bot.opendata.knowledge import shared, shared_schema

__all__ = ["LEAST", "Asked", "Row", "files", "published", "shared", "shared_schema"]
