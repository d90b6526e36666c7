"""A report as a Word document in the form of an administrative text (Decree 30/2020/NĐ-CP), or on a letterhead."""

import datetime
import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as Made
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.figures import Cell, Table, shown
from bot.reports.charts import chart, is_charted
from bot.reports.report import Part, Report

FONT, SIZE, SMALL = "Times New Roman", Pt(13), Pt(11)
PAGE, MARGINS = (
    (Mm(210), Mm(297)),
    (Mm(20), Mm(20), Mm(30), Mm(20)),
)  # top, bottom, left, right: appendix I of the decree
TEXT_WIDTH, LOGO_HIGH = Mm(160), Mm(18)
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
GRID = "Table Grid"
NUMBER = 24  # mm of a column of numbers
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def content(report: Report) -> bytes:
    """The file."""
    document = Document(str(report.letterhead)) if report.letterhead else _plain()
    document.core_properties.title = f"{report.words.title} {report.words.subtitle}".strip()
    document.core_properties.author = report.words.unit
    document.core_properties.created = datetime.datetime.combine(report.made, datetime.time())
    _head(document, report)
    for text in filter(None, (report.words.opening,)):
        document.add_paragraph(text)
    for number, part in enumerate(report.parts, 1):
        _part(document, number, part)
    if report.words.closing:
        document.add_paragraph(report.words.closing)
    _foot(document, report)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _plain() -> Opened:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = MARGINS
    for name in ("Normal", "Heading 1"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, SIZE
        style.font.color.rgb = RGBColor(0, 0, 0)
        letters = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's font would go before
            letters.attrib.pop(qn(f"w:{theme}"), None)
    return document


def _head(document: Opened, report: Report) -> None:
    words = report.words
    head = document.add_table(1, 2)
    _set(head, (Mm(62), Mm(98)))
    left, right = head.rows[0].cells
    if report.logo:
        _said(left, "").add_run().add_picture(str(report.logo), height=LOGO_HIGH)
    _said(left, words.parent.upper())
    _said(left, words.unit.upper(), strong=True)
    _said(left, words.number)
    _said(right, NATION, strong=True).runs[0].font.size = Pt(12)
    _said(right, MOTTO, strong=True)
    place = f"{words.place}, " if words.place else ""
    dated = f"{place}ngày {report.made:%d} tháng {report.made:%m} năm {report.made:%Y}"
    _said(right, dated).runs[0].italic = True
    for text in (words.title, words.subtitle):
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.add_run(text).bold = True


def _said(cell: _Cell, text: str, strong: bool = False) -> Paragraph:
    """A centred line; the empty line that every cell begins with is used first."""
    first = cell.paragraphs[0]
    paragraph: Paragraph = first if not first.runs else cell.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.paragraph_format.space_after = Pt(2)
    if text:
        paragraph.add_run(text).bold = strong
    return paragraph


def _part(document: Opened, number: int, part: Part) -> None:
    document.add_heading(f"{number}. {part.heading}", 1)
    for text in filter(None, (part.text, part.table.sentence)):
        paragraph = document.add_paragraph(text)
        paragraph.runs[0].italic = text is part.table.sentence
        paragraph.paragraph_format.keep_with_next = True
    if not part.table.rows:
        document.add_paragraph("Trong kỳ này không có.")
        return
    if is_charted(part.table):
        document.add_picture(io.BytesIO(chart(part.table)), width=TEXT_WIDTH)
    _table(document, part.table)


def _table(document: Opened, table: Table) -> None:
    head = table.head[:2] if table.key == "series" else table.head  # its classes stand in the workbook and the CSV
    made = document.add_table(1, len(head))
    if GRID in document.styles:
        made.style = GRID
    for cell, name in zip(made.rows[0].cells, head, strict=True):
        _cell(cell, name, strong=True)
    _mark(made.rows[0], "w:tblHeader")
    for row in table.rows:
        added = made.add_row()
        _mark(added, "w:cantSplit")
        for cell, value in zip(added.cells, row, strict=False):
            _cell(cell, value)
    widths = _widths([row[: len(head)] for row in table.rows])
    _set(made, widths)


def _set(made: Made, widths: Sequence[Length]) -> None:
    """Of each column and of each cell: Word heeds the one, LibreOffice the other."""
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _widths(rows: list[tuple[Cell, ...]]) -> list[Mm]:
    """Numbers stand narrow; the names, and sentences in the last column, have the rest."""
    numbers = sum(1 for cell in rows[0][1:] if not isinstance(cell, str))
    rest = (160 - NUMBER * numbers) / (len(rows[0]) - numbers)
    return [Mm(rest), *(Mm(rest if isinstance(cell, str) else NUMBER) for cell in rows[0][1:])]


def _mark(row: _Row, what: str) -> None:
    """Say of a row that it is said again on each page, or is never parted."""
    row._tr.get_or_add_trPr().append(row._tr.makeelement(qn(what), {}))


def _cell(cell: _Cell, value: Cell, strong: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(shown(value))
    run.bold, run.font.size = strong, SMALL
    if isinstance(value, int | float):
        paragraph.alignment = RIGHT


def _foot(document: Opened, report: Report) -> None:
    words = report.words
    left, right = document.add_table(1, 2).rows[0].cells
    if words.recipients:
        left.paragraphs[0].add_run("Nơi nhận:").bold = True
    for who in words.recipients:
        left.add_paragraph(f"- {who};").runs[0].font.size = SMALL
    _said(right, words.position, strong=True)
    for _ in range(4):
        right.add_paragraph()
    _said(right, words.signer, strong=True)
