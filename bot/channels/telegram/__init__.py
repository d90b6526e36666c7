"""Telegram as a channel: the only room that knows it."""

from bot.channels.telegram.service import Settings, serve

__all__ = ["Settings", "serve"]
