"""Replies as Telegram messages: HTML escaped here, long lists to unfold, cut under 4,096 units, buttons last."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.actions import encode
from bot.replies import Button, Copy, Line, Open, Reply, Span

LIMIT = 4000  # of 4,096 units, so that a mark or two more never hurts
WORD = re.compile(rf"\S{{1,{LIMIT // 2 - 4}}}\s?|\s")  # a symbol is at most two units


@dataclass(frozen=True)
class Message:
    """One message to send; `html` is what parse mode HTML takes, `plain` the same for no parse mode at all."""

    html: str
    plain: str
    keyboard: InlineKeyboardMarkup | None = None


def messages(reply: Reply) -> tuple[Message, ...]:
    """The messages of a reply, in order; the buttons stand under the last."""
    parts = _parts(piece for whole in reply.lines for piece in _fitting(whole))
    last = len(parts)
    return tuple(
        Message(_html(part), _plain(part), _keyboard(reply) if n == last else None) for n, part in enumerate(parts, 1)
    )


def units(line: Iterable[Span]) -> int:
    """Length as Telegram counts it, after entities are parsed: UTF-16 code units."""
    return sum(_units(span.text) for span in line)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _parts(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each message."""
    parts: list[list[Line]] = []
    size = LIMIT + 1
    for line in lines:
        length = units(line) + 2  # its end, and the empty line that may stand before it
        if size + length > LIMIT:
            parts.append([line])
            size = length
        else:
            parts[-1].append(line)
            size += length
    return parts


def _fitting(line: Line) -> Iterable[Line]:
    """A line, or its pieces if it alone is over the limit, cut between words; each keeps its marks."""
    if units(line) + 2 <= LIMIT:
        return (line,)
    pieces: list[list[Span]] = [[]]
    size = 0
    for word in (replace(span, text=text) for span in line for text in WORD.findall(span.text)):
        length = _units(word.text)
        if size + length + 2 > LIMIT:
            pieces.append([])
            size = 0
        size += length
        pieces[-1].append(word)
    return [_joined(piece) for piece in pieces]


def _joined(words: Sequence[Span]) -> Line:
    """Neighbouring words of one kind as one span again."""
    runs = groupby(words, key=lambda word: replace(word, text=""))
    return tuple(replace(kind, text="".join(word.text for word in run)) for kind, run in runs)


def _html(lines: Sequence[Line]) -> str:
    """Neighbouring folded lines in one quote that a tap unfolds; every message has its quotes whole."""
    runs = [(is_folded, list(run)) for is_folded, run in groupby(lines, key=_is_folded)]
    told = [f"<blockquote expandable>{_rows(run)}</blockquote>" if folded else _rows(run) for folded, run in runs]
    return "\n".join(told).lstrip("\n")


def _plain(lines: Sequence[Line]) -> str:
    return "\n".join("".join(span.text for span in line) for line in lines)


def _is_folded(line: Line) -> bool:
    return bool(line) and all(span.folded for span in line)


def _rows(lines: Sequence[Line]) -> str:
    return "\n".join(("\n" if _begins(line) else "") + "".join(map(_span, line)) for line in lines)


def _begins(line: Line) -> bool:
    """Whether a line begins something, a heading or the source: it stands off, so that no wall of text is seen."""
    strong = bool(line) and all(span.strong for span in line)
    return not _is_folded(line) and (strong or any(span.url for span in line))


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
    match button.action:
        case Copy(text=text):
            return InlineKeyboardButton(button.label, copy_text=CopyTextButton(text))
        case Open(url=url):
            return InlineKeyboardButton(button.label, url=url)
        case action:
            return InlineKeyboardButton(button.label, callback_data=encode(action))
