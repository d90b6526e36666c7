"""Real conversations drawn as SVG, as a phone shows them:  python -m tests.pictures.conversation

The answers are the desk's own; nothing is written by hand.
"""

import datetime
import textwrap
from html import escape
from pathlib import Path

from bot.desk import Desk, Question
from bot.knowledge import load
from bot.replies import Line, Reply, Voice
from tests.running import KNOWLEDGE

DAY = datetime.datetime(2026, 11, 23, 14, 0, tzinfo=datetime.UTC)
CONVERSATIONS = {
    "conversation.svg": (
        "chuyen tro sang phuong khac co phai bao ai ko a",
        "dk tam tru het bn tien",
        "căn cước làm ở đâu",
    ),
    "follow-up.svg": (
        "mất sổ đỏ xin cấp lại cần gì",
        "thế bao lâu thì có",
        "thuê người dắt chó đi dạo thì xin giấy gì",
    ),
}
WIDTH, MARGIN, LINE, LETTERS = 760, 24, 21, 84
INK, PAPER, MINE, THEIRS, BUTTON = "#1b1f24", "#e9edf2", "#d7f5cf", "#ffffff", "#dfe7f1"


class Drawing:
    """Bubbles from top to bottom."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.top = MARGIN

    def question(self, text: str) -> None:
        """What a citizen typed, on the right."""
        width = 18 + round(len(text) * 7.6)
        self._box(WIDTH - MARGIN - width, width, LINE + 14, MINE)
        self._text(WIDTH - MARGIN - width + 10, self.top + 22, text)
        self.top += LINE + 26

    def answer(self, reply: Reply) -> None:
        """What the bot replied, on the left, with its buttons."""
        lines = [line for row in reply.lines for line in _wrapped(row)]
        self._box(MARGIN, WIDTH - 4 * MARGIN, len(lines) * LINE + 16, THEIRS)
        for number, (text, strong) in enumerate(lines):
            self._text(MARGIN + 12, self.top + 22 + number * LINE, text, strong)
        self.top += len(lines) * LINE + 22
        for row in reply.buttons:
            width = (WIDTH - 4 * MARGIN - 6 * (len(row) - 1)) // len(row)
            for place, button in enumerate(row):
                left = MARGIN + place * (width + 6)
                self._box(left, width, LINE + 8, BUTTON)
                self._text(left + 10, self.top + 20, button.label)
            self.top += LINE + 13
        self.top += 12

    def svg(self) -> str:
        """The whole picture."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.top}" width="{WIDTH}" role="img" '
        style = f'<rect width="{WIDTH}" height="{self.top}" fill="{PAPER}"/>'
        title = "<title>Một cuộc hỏi đáp với Một Cửa</title>"
        font = 'font-family="DejaVu Sans, Noto Sans, Arial, sans-serif" font-size="14">'
        return "\n".join([head + font, title, style, *self.parts, "</svg>", ""])

    def _box(self, left: int, width: int, height: int, colour: str) -> None:
        place = f'x="{left}" y="{self.top}" width="{width}" height="{height}"'
        self.parts.append(f'<rect {place} rx="10" fill="{colour}"/>')

    def _text(self, left: int, base: int, text: str, strong: bool = False) -> None:
        weight = ' font-weight="bold"' if strong else ""
        self.parts.append(f'<text x="{left}" y="{base}" fill="{INK}"{weight}>{escape(text)}</text>')


def _wrapped(row: Line) -> list[tuple[str, bool]]:
    text = "".join(span.text for span in row)
    strong = any(span.strong for span in row)
    return [(part, strong) for part in textwrap.wrap(text, LETTERS - 6 * strong)]


def main() -> None:
    """Ask, draw, write."""
    desk = Desk(load(KNOWLEDGE, "hai-phong"), Voice("thành phố Hải Phòng"), lambda: DAY)
    for name, questions in CONVERSATIONS.items():
        drawing = Drawing()
        for text in questions:
            drawing.question(text)
            drawing.answer(desk.ask(Question(text, "terminal", chat=name)).reply)
        Path(__file__).with_name(name).write_text(drawing.svg(), "utf-8")


if __name__ == "__main__":
    main()
