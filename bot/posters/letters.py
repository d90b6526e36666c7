"""The letters of the posters: how wide a line is, and its outlines. The font (Be Vietnam Pro, OFL 1.1) is shipped."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from bot.errors import MotCuaError

FONTS = Path(__file__).with_name("fonts")


class Letters:
    """One weight of the font; letters stand side by side by their own widths, the same in both formats."""

    def __init__(self, path: Path) -> None:
        font = TTFont(path)
        self.path = path
        self._em: int = font["head"].unitsPerEm
        self._names: dict[int, str] = font.getBestCmap()
        self._glyphs = font.getGlyphSet()

    def width(self, text: str, size: float) -> float:
        """How wide a line is, in the unit of its size."""
        return float(sum(self._glyphs[name].width for name in self._of(text))) * size / self._em

    def drawable(self, text: str) -> str:
        """The text without letters that the font lacks, such as emoji."""
        return "".join(letter for letter in unicodedata.normalize("NFC", text) if ord(letter) in self._names).strip()

    def outline(self, text: str, size: float, left: float, baseline: float) -> str:
        """The line as SVG path data where it stands, with no scale in it that a reader might round off."""
        pen, scale = SVGPathPen(self._glyphs, ntos=number), size / self._em
        for name in self._of(text):
            self._glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, left, baseline)))
            left += self._glyphs[name].width * scale
        return str(pen.getCommands())

    def _of(self, text: str) -> Iterator[str]:
        for letter in text:
            if ord(letter) not in self._names:
                raise MotCuaError(
                    f'Phông chữ của áp phích không có ký tự {letter} trong "{text}". Hãy viết tên khác đi.'
                )
            yield self._names[ord(letter)]


def number(value: float) -> str:
    """A length as short as it can be written, exact to a ten-thousandth: 4.5, 12."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


@cache
def letters(strong: bool) -> Letters:
    """The regular or the bold weight, read once."""
    return Letters(font_file(strong))


def font_file(strong: bool) -> Path:
    """Where a weight of the font stands."""
    return FONTS / ("BeVietnamPro-Bold.ttf" if strong else "BeVietnamPro-Regular.ttf")


def wrapped(text: str, size: float, width: float, strong: bool, whole: bool = True) -> tuple[str, ...]:
    """The text in as few lines as fit into a width, then evened out: no single word is left over.

    A word wider than the line juts out if words stay `whole` (the caller sees it and takes a smaller size);
    otherwise it is parted where the line ends.
    """
    face = letters(strong)
    words = unicodedata.normalize("NFC", text).split()
    if not whole:
        words = [part for word in words for part in _parts(word, face, size, width)]
    spans = tuple(face.width(word, size) for word in words)
    gap = face.width(" ", size)
    lines = _broken(words, spans, gap, width)
    narrower = width
    while (even := _broken(words, spans, gap, narrower)) and len(even) == len(lines) and narrower > max(spans):
        lines, narrower = even, narrower - size / 4
    return tuple(lines)


def _parts(word: str, face: Letters, size: float, width: float) -> Iterator[str]:
    """A word in pieces no wider than the line; nearly always one."""
    part = ""
    for letter in word:
        if part and face.width(part + letter, size) > width:
            yield part
            part = ""
        part += letter
    yield part


def _broken(words: list[str], spans: tuple[float, ...], gap: float, width: float) -> list[str]:
    lines: list[str] = []
    used = width
    for word, span in zip(words, spans, strict=True):
        if lines and used + gap + span <= width:
            lines[-1], used = f"{lines[-1]} {word}", used + gap + span
        else:
            lines, used = [*lines, word], span
    return lines
