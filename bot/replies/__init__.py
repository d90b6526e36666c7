"""Outcomes told in words and buttons, with no channel known."""

from bot.replies.blocks import Action, Button, Line, NoneOfThese, Reply, Show, ShowPlace, Span, line
from bot.replies.catalogued import catalogued
from bot.replies.compose import Voice, answered, compose, help_text, welcome
from bot.replies.guided import guided, told_places
from bot.replies.telling import Speaker

__all__ = [
    "Action",
    "Button",
    "Line",
    "NoneOfThese",
    "Reply",
    "Show",
    "ShowPlace",
    "Span",
    "Speaker",
    "Voice",
    "answered",
    "catalogued",
    "compose",
    "guided",
    "help_text",
    "line",
    "told_places",
    "welcome",
]
