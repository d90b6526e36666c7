"""A report as a workbook: a cover, then a sheet for each table with a chart that the office can change."""

import datetime
import io

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.exports import harmless
from bot.figures import COLUMNS, Cell
from bot.reports.charts import BLUE, MOST, is_charted
from bot.reports.report import Part, Report

WIDTHS = (46, 16)  # characters of the first column, and of the others
LAST_WIDTH = 112  # of a column of sentences
HEAD_ROW = 4
LOGO_HIGH = 70  # pixels
FACE = "Arial"
PLAIN, BOLD = Font(name=FACE, size=11), Font(name=FACE, size=11, bold=True)
LARGE, SOFT = Font(name=FACE, size=14, bold=True), Font(name=FACE, size=11, color="4A535E")
WRAPPED = Alignment(wrap_text=True, vertical="top")
ONE_LINE = Alignment(vertical="top")
A4 = 9  # as workbooks call it
TITLE_LETTERS = 31  # a sheet's name holds no more
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def content(report: Report) -> bytes:
    """The file."""
    book = Workbook()
    cover = book.active
    if not isinstance(cover, Worksheet):
        raise TypeError("a new workbook begins with a sheet")
    _cover(cover, report)
    for number, part in enumerate(report.parts, 1):
        _sheet(book.create_sheet(_name(number, part.heading)), part)
    for sheet in book.worksheets:
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    book.properties.creator = report.words.unit
    book.properties.created = datetime.datetime.combine(report.made, datetime.time())
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cover(sheet: Worksheet, report: Report) -> None:
    words = report.words
    sheet.title = "Bìa"
    sheet.column_dimensions["A"].width = 100
    place = f"{words.place}, " if words.place else ""
    dated = f"{place}ngày {report.made:%d} tháng {report.made:%m} năm {report.made:%Y}"
    rows = [
        (words.parent.upper(), PLAIN),
        (words.unit.upper(), BOLD),
        (words.number, PLAIN),
        (dated, SOFT),
        ("", PLAIN),
        (words.title, LARGE),
        (words.subtitle, BOLD),
        ("", PLAIN),
        (words.opening, PLAIN),
        (words.closing, PLAIN),
        ("", PLAIN),
        (words.position, BOLD),
        (words.signer, BOLD),
        *((f"Nơi nhận: {who}", SOFT) for who in words.recipients),
    ]
    if report.logo:
        logo = Image(str(report.logo))
        logo.width, logo.height = round(logo.width * LOGO_HIGH / logo.height), LOGO_HIGH
        sheet.add_image(logo, "B1")
    for number, (text, font) in enumerate(rows, 1):
        _put(sheet, number, 1, text, font)


def _sheet(sheet: Worksheet, part: Part) -> None:
    table = part.table
    _put(sheet, 1, 1, part.heading, LARGE)
    _put(sheet, 2, 1, f"{part.text} {table.sentence}".strip(), SOFT, wraps=False)
    if not table.rows:
        _put(sheet, HEAD_ROW, 1, "Trong kỳ này không có.")
        return
    for place, name in enumerate(table.head, 1):
        _put(sheet, HEAD_ROW, place, name, BOLD)
        sentences = any(isinstance(row[place - 1], str) for row in table.rows) and place > 1
        width = WIDTHS[0] if place == 1 else LAST_WIDTH if sentences and place == len(table.head) else WIDTHS[1]
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, row in enumerate(table.rows, HEAD_ROW + 1):
        for place, value in enumerate(row, 1):
            _put(sheet, line, place, value)
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    if is_charted(table):
        sheet.add_chart(_chart(sheet, part), f"A{HEAD_ROW + len(table.rows) + 3}")


def _chart(sheet: Worksheet, part: Part) -> BarChart:
    in_time = part.table.key in COLUMNS
    last = HEAD_ROW + (len(part.table.rows) if in_time else min(len(part.table.rows), MOST))
    chart = BarChart()
    chart.type = "col" if in_time else "bar"
    chart.title, chart.legend = part.heading, None
    chart.add_data(Reference(sheet, min_col=2, min_row=HEAD_ROW, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=HEAD_ROW + 1, max_row=last))
    chart.series[0].graphicalProperties.solidFill = BLUE.removeprefix("#").upper()
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "minMax" if in_time else "maxMin"
    chart.width, chart.height = 26, 9 if in_time else 3 + 0.75 * (last - HEAD_ROW)
    chart.gapWidth = 40
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.y_axis.majorGridlines = None
    return chart


def _put(sheet: Worksheet, line: int, place: int, value: Cell, font: Font = PLAIN, wraps: bool = True) -> None:
    cell = sheet.cell(line, place, harmless(value) if isinstance(value, str) else value)
    if isinstance(value, float):
        cell.number_format = "#,##0.0"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    else:
        cell.alignment = WRAPPED if wraps else ONE_LINE
    cell.font = font


def _name(number: int, heading: str) -> str:
    return f"{number}. {heading.translate(FORBIDDEN)}"[:TITLE_LETTERS].strip()
