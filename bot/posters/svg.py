"""A page as SVG. Letters are outlines, so that it looks the same where the font is not installed."""

from html import escape

from bot.posters.letters import letters, number
from bot.posters.page import Fill, Page, Text


def svg(page: Page) -> bytes:
    """The file; its description says to a screen reader what is written on the page."""
    width, height = number(page.width), number(page.height)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}" role="img" xml:lang="vi">',
        f"<title>{escape(page.title)}</title>",
        f"<desc>{escape(page.words)}</desc>",
        f'<path fill="#ffffff" d="M0 0h{width}v{height}h-{width}z"/>',
        *(_text(shape) if isinstance(shape, Text) else _fill(shape) for shape in page.shapes),
        "</svg>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _text(text: Text) -> str:
    outline = letters(text.strong).outline(text.text, text.size, text.left, text.baseline)
    return f'<path fill="{text.colour}" d="{outline}"/>'


def _fill(fill: Fill) -> str:
    boxes = (
        f"M{number(b.left)} {number(b.top)}h{number(b.width)}v{number(b.height)}h-{number(b.width)}z"
        for b in fill.boxes
    )
    return f'<path fill="{fill.colour}" d="{"".join(boxes)}"/>'
