"""Posters for the counter: one page of an entry with a code that opens it in Telegram, written as SVG and as PDF.

A page is described once, in millimetres; both writers draw only what it says, so that they agree.
"""

from bot.posters.layout import PAPERS, poster
from bot.posters.letters import font_file, letters
from bot.posters.link import bot_name, deep_link
from bot.posters.page import Fill, Page, Text
from bot.posters.pdf import pdf
from bot.posters.svg import svg

__all__ = ["PAPERS", "Fill", "Page", "Text", "bot_name", "deep_link", "font_file", "letters", "pdf", "poster", "svg"]
