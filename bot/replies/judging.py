"""What a person thinks of an answer: the reason asked for with buttons, thanks, and the offer to be told."""

from dataclasses import replace

from bot.phrases import Sentences
from bot.phrases.cards import card_words
from bot.phrases.watching import watch_words
from bot.replies.blocks import Button, Judge, Reply, Report, Watch, Why, line


def asked_why(say: Sentences, action: Judge | Report, name: str = "") -> Reply:
    """The reasons as buttons, in a message of its own; of a report `name` is what the entry is called."""
    words = card_words(say)
    asked = words.why_not_right if isinstance(action, Judge) else words.why_report.format(name=name)
    reasons = [why for why in Why if isinstance(action, Judge) or why is not Why.OTHER_QUESTION]
    buttons = tuple((Button(words.why[why], replace(action, why=why)),) for why in reasons)
    return Reply((line(asked, strong=True),), buttons, apart=True)


def sent_to_staff(say: Sentences, code: str, watch: Watch | None, head: str = "") -> Reply:
    """A question waits for staff, under a code; what was said to it stays. `watch` where its asker can be told."""
    told = Reply(
        (line(head or card_words(say).sent_to_staff), line(watch_words(say).code.format(code=code))), apart=True
    )
    return offering(say, told, watch)


def thanked(say: Sentences, apart: bool = False, watch: Watch | None = None) -> Reply:
    """Thanks; `apart` where the tapped message is an answer that must stay."""
    return offering(say, Reply((line(card_words(say).thanked),), apart=apart), watch)


def offering(say: Sentences, reply: Reply, watch: Watch | None) -> Reply:
    """A reply with the offer to be told, and what is kept for that."""
    if watch is None:
        return reply
    words = watch_words(say)
    label = words.tell_mended if watch.procedure else words.tell_answered
    notice = line(words.offer.format(label=label))
    return replace(reply, lines=(*reply.lines, notice), buttons=(*reply.buttons, (Button(label, watch),)))
