"""What a person thinks of an answer: the reason asked for with buttons, and thanks."""

from dataclasses import replace

from bot.phrases import Sentences
from bot.phrases.cards import card_words
from bot.replies.blocks import Button, Judge, Reply, Report, Why, line


def asked_why(say: Sentences, action: Judge | Report, name: str = "") -> Reply:
    """The reasons as buttons, in a message of its own; of a report `name` is what the entry is called."""
    words = card_words(say)
    asked = words.why_not_right if isinstance(action, Judge) else words.why_report.format(name=name)
    reasons = [why for why in Why if isinstance(action, Judge) or why is not Why.OTHER_QUESTION]
    buttons = tuple((Button(words.why[why], replace(action, why=why)),) for why in reasons)
    return Reply((line(asked, strong=True),), buttons, apart=True)


def sent_to_staff(say: Sentences) -> Reply:
    """A question waits for staff; what was said to it stays."""
    return Reply((line(card_words(say).sent_to_staff),), apart=True)


def thanked(say: Sentences, apart: bool = False) -> Reply:
    """Thanks; `apart` where the tapped message is an answer that must stay."""
    return Reply((line(card_words(say).thanked),), apart=apart)
