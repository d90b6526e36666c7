"""Outcomes told in words and buttons, with no channel known."""

from bot.replies.blocks import Action, Button, Line, NoneOfThese, Reply, Show, Span, line
from bot.replies.compose import Voice, answered, compose, help_text, welcome
from bot.replies.telling import Speaker

__all__ = [
    "Action",
    "Button",
    "Line",
    "NoneOfThese",
    "Reply",
    "Show",
    "Span",
    "Speaker",
    "Voice",
    "answered",
    "compose",
    "help_text",
    "line",
    "welcome",
]
