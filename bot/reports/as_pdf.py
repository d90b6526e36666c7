"""A report as PDF, with text that can be searched and tables that go on over pages; the letters are shipped."""

import datetime
import io

from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from bot.figures import Table, shown
from bot.posters import font_file
from bot.reports.charts import chart, drawable, is_charted
from bot.reports.report import Part, Report

FAMILY = "Be Vietnam Pro"
MARGIN, TEXT_WIDTH, HALF = 20.0, 170.0, 85.0  # mm of A4
NORMAL, SMALL, LARGE = 11.0, 9.0, 14.0  # points
LINE = 6.0  # mm
LOGO_HIGH = 16.0
CHART_HIGH = 95.0  # mm that must be left on a page for a chart, or it begins on the next
NAME_WIDE, NUMBER_WIDE, SENTENCE_WIDE = 60, 23, 60  # of columns, as shares of the width
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


class _Paper(FPDF):
    """A4 with page numbers."""

    def footer(self) -> None:
        """The number of the page in the middle below."""
        self.set_y(-15)
        self.set_font(FAMILY, size=SMALL)
        self.cell(0, 8, f"{self.page_no()}/{{nb}}", align="C")


def content(report: Report) -> bytes:
    """The file; the same bytes for the same report."""
    paper = _Paper(unit="mm", format="A4")
    paper.set_margin(MARGIN)
    paper.set_title(f"{report.words.title} {report.words.subtitle}".strip())
    paper.set_lang("vi")
    paper.set_creation_date(datetime.datetime.combine(report.made, datetime.time(), datetime.UTC))
    for style, strong in (("", False), ("B", True)):
        paper.add_font(FAMILY, style, font_file(strong))
    paper.add_page()
    _head(paper, report)
    for number, part in enumerate(report.parts, 1):
        _part(paper, number, part)
    _foot(paper, report)
    return bytes(paper.output())


def _head(paper: FPDF, report: Report) -> None:
    words, top = report.words, paper.get_y()
    place = f"{words.place}, " if words.place else ""
    dated = f"{place}ngày {report.made:%d} tháng {report.made:%m} năm {report.made:%Y}"
    if report.logo:
        paper.image(str(report.logo), x=MARGIN + HALF / 2 - LOGO_HIGH / 2, h=LOGO_HIGH)
    left = _lines(
        paper, MARGIN, paper.get_y(), [(words.parent.upper(), ""), (words.unit.upper(), "B"), (words.number, "")]
    )
    right = _lines(paper, MARGIN + HALF, top, [(NATION, "B"), (MOTTO, "B"), (dated, "")])
    paper.set_xy(MARGIN, max(left, right) + LINE)
    for text, size in ((words.title, LARGE), (words.subtitle, NORMAL)):
        _text(paper, text, "B", size, "C")
    paper.ln(LINE / 2)
    _text(paper, words.opening)


def _lines(paper: FPDF, left: float, top: float, lines: list[tuple[str, str]]) -> float:
    """Centred lines in half of the page; where they end."""
    paper.set_y(top)
    for text, style in lines:
        paper.set_x(left)
        _text(paper, text, style, SMALL, "C", HALF)
    return paper.get_y()


def _part(paper: FPDF, number: int, part: Part) -> None:
    charted = bool(part.table.rows) and is_charted(part.table)
    if paper.will_page_break(CHART_HIGH if charted else 4 * LINE):
        paper.add_page()
    paper.ln(LINE / 2)
    _text(paper, f"{number}. {part.heading}", "B", NORMAL + 1)
    _text(paper, part.text)
    _text(paper, part.table.sentence, "", SMALL)
    if not part.table.rows:
        _text(paper, "Trong kỳ này không có.")
        return
    if charted:
        paper.image(io.BytesIO(chart(part.table)), w=TEXT_WIDTH, alt_text=part.heading)
    _table(paper, part.table)


def _table(paper: FPDF, table: Table) -> None:
    head = table.head[:2] if table.key == "series" else table.head  # its classes stand in the workbook and the CSV
    rows = [row[: len(head)] for row in table.rows]
    widths = [NAME_WIDE, *(SENTENCE_WIDE if isinstance(cell, str) else NUMBER_WIDE for cell in rows[0][1:])]
    paper.set_font(FAMILY, size=SMALL)
    layout = TableBordersLayout.HORIZONTAL_LINES
    with paper.table(
        col_widths=tuple(widths),
        borders_layout=layout,
        headings_style=FontFace(emphasis="BOLD"),
        line_height=5,
        padding=(1, 2),
    ) as drawn:
        for cells in (head, *rows):
            row = drawn.row()
            for cell, below in zip(cells, rows[0], strict=True):
                row.cell(drawable(shown(cell)), align="L" if isinstance(below, str) else "R")


def _foot(paper: FPDF, report: Report) -> None:
    words = report.words
    _text(paper, words.closing)
    if paper.will_page_break(12 * LINE):
        paper.add_page()
    paper.ln(LINE)
    top = paper.get_y()
    if words.recipients:
        _text(paper, "Nơi nhận:", "B", SMALL, width=HALF)
    for who in words.recipients:
        _text(paper, f"- {who};", "", SMALL, width=HALF)
    below = _lines(paper, MARGIN + HALF, top, [(words.position, "B")])
    _lines(paper, MARGIN + HALF, below + 4 * LINE, [(words.signer, "B")])


def _text(
    paper: FPDF, text: str, style: str = "", size: float = NORMAL, align: str = "L", width: float = TEXT_WIDTH
) -> None:
    if text:
        paper.set_font(FAMILY, style, size)
        paper.multi_cell(width, LINE, drawable(text), align=align, new_x="LEFT", new_y="NEXT")
