"""A reply before any channel knows it: lines of spans, and buttons that say what they do."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.procedures import Facet


@dataclass(frozen=True)
class Span:
    """A run of plain text, perhaps strong, perhaps a link."""

    text: str
    strong: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Show:
    """Show a procedure: the asked facets, or with none its overview; after a choice `question` is its reference."""

    procedure: str
    facets: tuple[Facet, ...] = ()
    question: str | None = None


@dataclass(frozen=True)
class NoneOfThese:
    """None of the offered procedures was meant; `question` is the public reference of the logged question."""

    question: str


@dataclass(frozen=True)
class ShowPlace:
    """Show a commune, by the id of its place."""

    place: str


Action = Show | NoneOfThese | ShowPlace


@dataclass(frozen=True)
class Button:
    """A label and what a tap does."""

    label: str
    action: Action


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Reply:
    """Lines to read and rows of buttons under them."""

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = field(default=())

    @property
    def text(self) -> str:
        """What a citizen reads where there are no links and buttons: choices are numbered."""
        rows = ["".join(_plain(span) for span in line) for line in self.lines]
        rows += [f"[{number}] {button.label}" for number, button in enumerate(self.flat_buttons(), 1)]
        return "\n".join(rows)

    def flat_buttons(self) -> Iterator[Button]:
        """All buttons, row by row."""
        for row in self.buttons:
            yield from row


def _plain(span: Span) -> str:
    return f"{span.text}: {span.url}" if span.url else span.text


def line(text: str, strong: bool = False) -> Line:
    """A line of one span."""
    return (Span(text, strong),)
