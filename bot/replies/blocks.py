"""A reply before any channel knows it: lines of spans, and buttons that say what they do."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.procedures import Facet


@dataclass(frozen=True)
class Span:
    """A run of plain text, perhaps strong, perhaps a link; a channel may fold neighbouring lines that are `folded`."""

    text: str
    strong: bool = False
    url: str | None = None
    folded: bool = False


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


@dataclass(frozen=True)
class Copy:
    """Put a text where it can be pasted: an address, a code."""

    text: str


@dataclass(frozen=True)
class Open:
    """Open a page."""

    url: str


@dataclass(frozen=True)
class Checklist:
    """Send the papers of one case of a procedure as one plain message, to be forwarded or printed."""

    procedure: str
    case: int = 0


class By(enum.StrEnum):
    """By what procedures are browsed."""

    FIELD = "field"
    EVENT = "event"


@dataclass(frozen=True)
class Browse:
    """Show the list of all fields or life events (`name` is ""), or a page of the procedures of one."""

    by: By
    name: str = ""
    page: int = 0


class Why(enum.StrEnum):
    """What is wrong with an answer."""

    WRONG = "wrong"
    OLD = "old"
    MISSING = "missing"
    UNCLEAR = "unclear"
    OTHER_QUESTION = "other_question"


@dataclass(frozen=True)
class Judge:
    """What a person thinks of the answer to a logged question: 👍, or 👎 with a reason once it was asked for."""

    question: str
    good: bool
    why: Why | None = None


@dataclass(frozen=True)
class Report:
    """Say that what is told of a procedure is wrong or old; the reason is asked for first."""

    procedure: str
    why: Why | None = None


@dataclass(frozen=True)
class AskStaff:
    """Send a logged question to staff."""

    question: str


@dataclass(frozen=True)
class Watch:
    """Tell the person once: when a logged question is answered, or a procedure that they reported is corrected."""

    question: str = ""
    procedure: str = ""


@dataclass(frozen=True)
class Thank:
    """Thanks for an answer that came later."""


@dataclass(frozen=True)
class StillWrong:
    """The answer that came later is none: staff get the question again."""

    question: str


@dataclass(frozen=True)
class NewSubject:
    """No longer speak of the procedure of this chat."""


@dataclass(frozen=True)
class Speak:
    """Speak this language ("vi", "en") to the person from now on."""

    language: str


@dataclass(frozen=True)
class MyPlace:
    """Keep a commune for the person; "" forgets it."""

    place: str


@dataclass(frozen=True)
class Agree:
    """Whether questions may be linked to the person."""

    yes: bool


@dataclass(frozen=True)
class Erase:
    """Erase what is kept of the person; asked for once more before it is `sure`."""

    sure: bool = False


Action = (
    Show
    | NoneOfThese
    | ShowPlace
    | Copy
    | Open
    | Checklist
    | Browse
    | Judge
    | Report
    | AskStaff
    | Watch
    | Thank
    | StillWrong
    | NewSubject
    | Speak
    | MyPlace
    | Agree
    | Erase
)


@dataclass(frozen=True)
class Button:
    """A label and what a tap does."""

    label: str
    action: Action


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Reply:
    """Lines to read and rows of buttons under them; after a tap `apart` leaves the tapped message as it is."""

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = field(default=())
    apart: bool = False

    @property
    def text(self) -> str:
        """What a citizen reads where there are no links and buttons: choices are numbered."""
        rows = ["".join(_plain(span) for span in line) for line in (*self.lines, *self.pages())]
        rows += [f"[{number}] {button.label}" for number, button in enumerate(self.choices(), 1)]
        return "\n".join(rows)

    def choices(self) -> list[Button]:
        """The buttons that bring something more; where nothing can be tapped, texts to copy and pages are read."""
        return [button for button in self.flat_buttons() if not isinstance(button.action, Copy | Open)]

    def pages(self) -> list[Line]:
        """The pages of buttons that no line names, to be told where nothing can be tapped."""
        told = {span.url for line in self.lines for span in line}
        open_ = [(b.label, b.action.url) for b in self.flat_buttons() if isinstance(b.action, Open)]
        return [(Span(label, url=url),) for label, url in open_ if url not in told]

    def flat_buttons(self) -> Iterator[Button]:
        """All buttons, row by row."""
        for row in self.buttons:
            yield from row


def _plain(span: Span) -> str:
    return f"{span.text}: {span.url}" if span.url else span.text


def line(text: str, strong: bool = False, folded: bool = False) -> Line:
    """A line of one span."""
    return (Span(text, strong, folded=folded),)
