"""A page as PDF, with real text that can be searched and read aloud; the same bytes for the same page."""

import datetime

from fpdf import FPDF
from fpdf.enums import PathPaintRule

from bot.posters.letters import letters
from bot.posters.page import Fill, Page, Text

FAMILY = "Be Vietnam Pro"
POINTS = 72 / 25.4  # in a millimetre
MADE = datetime.datetime(2025, 7, 1, tzinfo=datetime.UTC)  # a fixed day, for a poster depends on none


def pdf(page: Page) -> bytes:
    """The file, of one page; only the letters in use are embedded."""
    paper = FPDF(unit="mm", format=(page.width, page.height))
    paper.set_auto_page_break(False)
    paper.set_title(page.title)
    paper.set_lang("vi")
    paper.set_creation_date(MADE)
    for strong, style in ((False, ""), (True, "B")):
        paper.add_font(FAMILY, "B" if style else "", letters(strong).path)
    paper.add_page()
    for shape in page.shapes:
        if isinstance(shape, Text):
            _text(paper, shape)
        else:
            _fill(paper, shape)
    return bytes(paper.output())


def _text(paper: FPDF, text: Text) -> None:
    paper.set_font(FAMILY, "B" if text.strong else "", text.size * POINTS)
    paper.set_text_color(text.colour)
    paper.text(text.left, text.baseline, text.text)


def _fill(paper: FPDF, fill: Fill) -> None:
    with paper.new_path() as path:
        path.style.fill_color = fill.colour
        path.style.stroke_color = None
        path.style.paint_rule = PathPaintRule.FILL_NONZERO
        for box in fill.boxes:
            path.rectangle(box.left, box.top, box.width, box.height)
