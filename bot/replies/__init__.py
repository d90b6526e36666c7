"""Outcomes told in words and buttons, with no channel known."""

from bot.replies.blocks import (
    Action,
    Agree,
    AskStaff,
    Browse,
    Button,
    By,
    Checklist,
    Copy,
    Erase,
    Judge,
    Line,
    MyPlace,
    NewSubject,
    NoneOfThese,
    Open,
    Reply,
    Report,
    Show,
    ShowPlace,
    Span,
    Speak,
    Why,
    line,
)
from bot.replies.catalogued import catalogued
from bot.replies.checklist import checklist
from bot.replies.compose import answered, compose, help_text, told, welcome
from bot.replies.guided import guided, told_places
from bot.replies.judging import asked_why, thanked
from bot.replies.silence import Voice
from bot.replies.telling import Speaker

__all__ = [
    "Action",
    "Agree",
    "AskStaff",
    "Browse",
    "Button",
    "By",
    "Checklist",
    "Copy",
    "Erase",
    "Judge",
    "Line",
    "MyPlace",
    "NewSubject",
    "NoneOfThese",
    "Open",
    "Reply",
    "Report",
    "Show",
    "ShowPlace",
    "Span",
    "Speak",
    "Speaker",
    "Voice",
    "Why",
    "answered",
    "asked_why",
    "catalogued",
    "checklist",
    "compose",
    "guided",
    "help_text",
    "line",
    "thanked",
    "told",
    "told_places",
    "welcome",
]
