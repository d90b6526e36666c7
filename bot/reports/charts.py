"""Charts as PNG for files and messages: one colour, every value written beside its mark, letters of the posters."""

import io
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.errors import MotCuaError
from bot.figures import COLUMNS, Table, shown
from bot.posters import font_file, letters

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, BLUE, RULE = "#14181d", "#0b4a75", "#b9c6d2"  # as on the posters; told apart by place and words, not by colour
WIDE, DOTS = 8.0, 150  # inches, dots per inch
ROW, AROUND = 0.34, 1.1  # inches of one bar, and of what stands around all
TALL = 3.6  # inches of columns
MOST = 12  # bars of one chart; the table has all rows
LETTERS = 44  # of a name on one line
DAY = re.compile(r"\d\d/\d\d/\d{4}")  # its year is said elsewhere
LABELLED = 14  # columns that can each bear its value and its name
EXTRA = "Chưa cài đủ để làm báo cáo và biểu đồ (thiếu {name}): hãy chạy pip install 'motcua[reports]'."


@contextmanager
def needed() -> Iterator[None]:
    """Around imports that the extra `reports` brings."""
    try:
        yield
    except ImportError as error:
        raise MotCuaError(EXTRA.format(name=error.name)) from error


def is_charted(table: Table) -> bool:
    """Whether a chart says something of it: counts in its second column, not all nought."""
    return table.key not in ("summary", "unanswered") and any(_values(table))


def chart(table: Table, title: str = "") -> bytes:
    """The second column of a table as a PNG, under a title where there is no heading; the same bytes each time."""
    with needed():
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.font_manager import FontProperties

    rows = table.rows if table.key in COLUMNS else table.rows[:MOST]
    high = TALL if table.key in COLUMNS else ROW * len(rows) + AROUND
    figure = Figure(figsize=(WIDE, high), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    names, values = [drawable(str(row[0])) for row in rows], _values(table)[: len(rows)]
    (_columns if table.key in COLUMNS else _bars)(axes, names, values)
    head = axes.set_title(drawable(title), loc="left", color=INK)
    for text in (head, *axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()):
        text.set_fontproperties(FontProperties(fname=font_file(strong=False), size=text.get_fontsize()))
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def drawable(text: str) -> str:
    """A text in the letters that the font has; the two thumbs in words."""
    return letters(strong=False).drawable(text.replace("👍", "hài lòng").replace("👎", "không hài lòng"))


def _values(table: Table) -> list[int]:
    return [row[1] if isinstance(row[1], int) else 0 for row in table.rows]


def _bars(axes: "Axes", names: list[str], values: list[int]) -> None:
    """The first row on top."""
    places = range(len(names), 0, -1)
    bars = axes.barh(places, values, color=BLUE, height=0.62)
    axes.bar_label(bars, [shown(value) for value in values], padding=4, color=INK, fontsize=10)
    axes.set_yticks(places, [textwrap.shorten(name, LETTERS, placeholder="…") for name in names], fontsize=10)
    axes.set_xlim(0, max(values) * 1.12)
    axes.set_xticks([])
    _plain(axes, "left")


def _columns(axes: "Axes", names: list[str], values: list[int]) -> None:
    places = range(len(names))
    columns = axes.bar(places, values, color=BLUE, width=0.8)
    if len(names) <= LABELLED:
        axes.bar_label(columns, [shown(value) for value in values], padding=2, color=INK, fontsize=9)
    else:
        axes.set_yticks([0, max(values)], ["0", shown(max(values))], fontsize=10)
        axes.axhline(max(values), color=RULE, linewidth=0.8, zorder=0)
    step = -(-len(names) // LABELLED)
    short = [name[: len("31/12")] if DAY.fullmatch(name) else name for name in names]
    axes.set_xticks(list(places)[::step], short[::step], fontsize=9, rotation=0 if len(max(short)) <= 5 else 40)
    _plain(axes, "bottom")


def _plain(axes: "Axes", kept: str) -> None:
    """No frame but the line that the marks stand on."""
    for side, line in axes.spines.items():
        line.set_visible(side == kept)
        line.set_color(RULE)
    axes.tick_params(length=0, colors=INK)
