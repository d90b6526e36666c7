"""Reports of a period in office formats, worded by a template folder; their numbers are those of the staff pages."""

from bot.reports.charts import chart
from bot.reports.report import TABLES, Part, Report, report
from bot.reports.template import OWN_TEMPLATE, Template, read_template
from bot.reports.writing import FORMATS, written

__all__ = [
    "FORMATS",
    "OWN_TEMPLATE",
    "TABLES",
    "Part",
    "Report",
    "Template",
    "chart",
    "read_template",
    "report",
    "written",
]
