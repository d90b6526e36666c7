"""What is said to whoever judges an answer or sends a question to staff."""

from dataclasses import replace

from bot.phrases import Sentences
from bot.replies.blocks import Button, Judge, Reply, Report, Why, line
from bot.replies.personal import words


def asked_why(say: Sentences, action: Judge | Report) -> Reply:
    """The one question after 👎 or a report: a tap a reason."""
    told = words(say)
    return Reply((line(told.why),), tuple((Button(told.whys[why], replace(action, why=why)),) for why in Why))


def thanked(say: Sentences) -> Reply:
    """A judgement is kept."""
    return Reply((line(words(say).thanks),))


def sent_to_staff(say: Sentences) -> Reply:
    """A question waits for staff."""
    return Reply((line(words(say).asked_staff),))
