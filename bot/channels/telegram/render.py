"""Replies as Telegram messages: HTML escaped here, cut under 4,096 UTF-16 units, buttons under the last."""

from dataclasses import dataclass
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.actions import encode
from bot.replies import Button, Line, Open, Reply, Span

LIMIT = 4000  # of 4,096 units, so that a mark or two more never hurts


@dataclass(frozen=True)
class Message:
    """One message to send; `html` is what parse mode HTML takes."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


def messages(reply: Reply) -> tuple[Message, ...]:
    """The messages of a reply, in order; the buttons stand under the last."""
    parts: list[str] = []
    size = LIMIT + 1
    for line in (piece for whole in reply.lines for piece in _fitting(whole)):
        html, length = _html(line), units(line) + 1
        if size + length > LIMIT:
            parts.append(html)
            size = length
        else:
            parts[-1] += "\n" + html
            size += length
    return tuple(Message(part, _keyboard(reply) if n == len(parts) else None) for n, part in enumerate(parts, 1))


def units(line: Line) -> int:
    """Length as Telegram counts it, after entities are parsed: UTF-16 code units."""
    return sum(len(span.text.encode("utf-16-le")) // 2 for span in line)


def _fitting(line: Line) -> tuple[Line, ...]:
    """A line, or its pieces if it alone is over the limit, cut between words."""
    if units(line) <= LIMIT:
        return (line,)
    pieces: list[Line] = []
    room = ""
    for word in "".join(span.text for span in line).split(" "):
        if len(f"{room} {word}".encode("utf-16-le")) // 2 > LIMIT:
            pieces.append((Span(room),))
            room = word[: LIMIT // 2]
        else:
            room = f"{room} {word}" if room else word
    return (*pieces, (Span(room),))


def _html(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    text = escape(span.text)
    if span.url:
        return f'<a href="{escape(span.url, quote=True)}">{text}</a>'
    return f"<b>{text}</b>" if span.strong else text


def _keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    if not reply.buttons:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in reply.buttons])


def _button(button: Button) -> InlineKeyboardButton:
    if isinstance(button.action, Open):
        return InlineKeyboardButton(button.label, url=button.action.url)
    return InlineKeyboardButton(button.label, callback_data=encode(button.action))
