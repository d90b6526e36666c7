"""A report as one CSV for other programs: each cell of each table on a row of its own, under its definition."""

import csv
import io

from bot.exports import harmless
from bot.figures import Cell
from bot.reports.report import Report

HEAD = ("Kỳ", "Bảng", "Nghĩa là", "Dòng", "Cột", "Giá trị")


def content(report: Report) -> bytes:
    """The file in UTF-8 with its mark, so that spreadsheets read Vietnamese."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(HEAD)
    for part in report.parts:
        table = part.table
        for row in table.rows:
            for column, cell in zip(table.head[1:], row[1:], strict=True):
                writer.writerow(map(_cell, (str(report.period), table.title, table.sentence, row[0], column, cell)))
    return stream.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell
