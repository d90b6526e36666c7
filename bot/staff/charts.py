"""Small charts as SVG: one colour, so that nobody needs to tell colours apart, and every value is named."""

from collections.abc import Sequence

from markupsafe import Markup

WIDE, HIGH = 10, 40  # units of one column
LONG = 100  # units of a full bar


def columns(values: Sequence[tuple[str, int]], title: str) -> Markup:
    """Columns side by side, the highest as high as the chart; a pointer held over one reads its value."""
    highest = max((value for _, value in values), default=0) or 1
    drawn = Markup("").join(
        Markup('<rect x="{}" y="{:.2f}" width="{}" height="{:.2f}"><title>{}: {}</title></rect>').format(
            number * WIDE + 1, HIGH - HIGH * value / highest, WIDE - 2, HIGH * value / highest, name, value
        )
        for number, (name, value) in enumerate(values)
    )
    return Markup(
        '<svg class="chart" role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>'
    ).format(title, max(len(values), 1) * WIDE, HIGH, drawn)


def bar(value: int, highest: int) -> Markup:
    """One bar, as long as its share of the highest; the number stands beside it."""
    return Markup(
        '<svg class="bar" aria-hidden="true" viewBox="0 0 {} 4" preserveAspectRatio="none">'
        '<rect x="0" y="0" width="{:.2f}" height="4"></rect></svg>'
    ).format(LONG, LONG * value / (highest or 1))
