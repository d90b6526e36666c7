"""A report written in one of the formats; each writer is read when it is needed."""

from importlib import import_module

from bot.reports.charts import needed
from bot.reports.report import Report

FORMATS = ("docx", "xlsx", "pdf", "csv")


def written(report: Report, form: str) -> bytes:
    """The file; MotCuaError where a package of the extra `reports` is not installed."""
    with needed():
        writer = import_module(f"bot.reports.as_{form}")
    content: bytes = writer.content(report)
    return content
