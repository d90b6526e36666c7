"""A page to be printed: what stands where, in millimetres from the upper left corner."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Fill:
    """Rectangles filled as one shape, so that no seam shows where they meet; the colour as "#1b1f24"."""

    boxes: tuple[Box, ...]
    colour: str


@dataclass(frozen=True)
class Text:
    """One line of text: its left end, its baseline, its size (of the em)."""

    left: float
    baseline: float
    size: float
    text: str
    colour: str
    strong: bool = False


@dataclass(frozen=True)
class Page:
    """One page and the title that a screen reader says first."""

    title: str
    width: float
    height: float
    shapes: tuple[Fill | Text, ...]

    @property
    def words(self) -> str:
        """Everything that is written on it, in reading order."""
        return " ".join(shape.text for shape in self.shapes if isinstance(shape, Text))
