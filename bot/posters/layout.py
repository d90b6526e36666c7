"""What stands where on a poster. A4 is A6 twice as large: what is planned here in millimetres of A6 serves both."""

from collections.abc import Iterator
from dataclasses import dataclass

import segno

from bot.phrases.posters import GUIDE_POSTER, PROCEDURE_POSTER
from bot.posters.letters import letters, wrapped
from bot.posters.link import deep_link
from bot.posters.page import Box, Fill, Page, Text
from bot.procedures import Guide, Procedure

INK, BLUE, GREY, RULE = "#14181d", "#0b4a75", "#4a535e", "#b9c6d2"
CODE = "#000000"  # nothing is read more surely from a distance and in poor light
WIDTH, MARGIN = 105.0, 8.0  # of A6; printers leave some 5 mm white
ROOM = WIDTH - 2 * MARGIN  # for a line of text
NAME_TOP, NAME_HEIGHT, NAME_LARGEST, LEADING = 15.5, 26.0, 10.5, 1.2
WHOLE, SHRINK = 6.0, 0.97  # from this size on no word is parted; each try is this much smaller, and never nothing
CAP = 0.74  # height of a capital, of the em
CODE_TOP, CODE_SIDE = 41.8, 59.5  # with the quiet zone, in which nothing else stands
ENGLISH, SMALLEST = 3.2, 2.5  # 7 points are still read; a longer name in English is left out
QUIET = 4  # modules left white around the code, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class Paper:
    """A size of paper; everything on it is `scale` times as large as on A6."""

    width: float
    height: float
    scale: float


PAPERS = {"a6": Paper(105, 148, 1), "a4": Paper(210, 297, 2)}


def poster(entry: Procedure | Guide, bot: str, paper: Paper) -> Page:
    """The poster of an entry, for the bot of that name."""
    shapes = (*_head(entry), *_code(deep_link(bot, entry.id)), *_words(entry, bot))
    return Page(entry.name, paper.width, paper.height, tuple(_larger(shape, paper.scale) for shape in shapes))


def _head(entry: Procedure | Guide) -> Iterator[Text | Fill]:
    said = PROCEDURE_POSTER if isinstance(entry, Procedure) else GUIDE_POSTER
    yield _centred(said.heading, 12.2, 4.6, BLUE)
    lines, size = _name(entry.name)
    used = (len(lines) - 1) * size * LEADING + size * CAP
    first = NAME_TOP + (NAME_HEIGHT - used) / 2 + size * CAP
    for number, line in enumerate(lines):
        yield _centred(line, first + number * size * LEADING, size, INK, strong=True)


def _name(name: str) -> tuple[tuple[str, ...], float]:
    """The name in lines and the largest size in which they fit; long words are parted once the size is small."""
    size = NAME_LARGEST
    while not _fits(lines := wrapped(name, size, ROOM, strong=True, whole=size >= WHOLE), size):
        size *= SHRINK
    return lines, size


def _fits(lines: tuple[str, ...], size: float) -> bool:
    narrow = all(letters(strong=True).width(line, size) <= ROOM for line in lines)
    return narrow and len(lines) * size * LEADING <= NAME_HEIGHT


def _code(link: str) -> Iterator[Fill]:
    rows = tuple(segno.make_qr(link, error="m").matrix)
    module = CODE_SIDE / (len(rows) + 2 * QUIET)
    left, top = (WIDTH - CODE_SIDE) / 2 + QUIET * module, CODE_TOP + QUIET * module
    boxes = (
        Box(left + start * module, top + number * module, length * module, module)
        for number, row in enumerate(rows)
        for start, length in _dark(row)
    )
    yield Fill(tuple(boxes), CODE)


def _dark(row: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """The runs of dark modules of a row, each as its start and its length."""
    start = 0
    for run in bytes(row).replace(b"\0", b" ").split(b" "):
        if run:
            yield start, len(run)
        start += len(run) + 1


def _words(entry: Procedure | Guide, bot: str) -> Iterator[Text | Fill]:
    said = PROCEDURE_POSTER if isinstance(entry, Procedure) else GUIDE_POSTER
    yield _centred(said.scan, 107.3, 6.0, BLUE, strong=True)
    for number, line in enumerate(said.opens):
        yield _centred(line, 113.2 + number * 5.6, 4.7, INK)
    yield Fill((Box(MARGIN, 122.2, ROOM, 0.3),), RULE)
    yield _centred(said.where, 126.7, 3.4, GREY)
    yield _centred(f"@{bot}", 132.4, 5.6, INK, strong=True)
    yield _centred(said.otherwise, 137, 3.4, GREY)
    named = said.english_named.format(name=entry.english.name) if entry.english else said.english
    small = _centred(named, 141.2, ENGLISH, GREY)
    yield small if small.size >= SMALLEST else _centred(said.english, 141.2, ENGLISH, GREY)


def _centred(text: str, baseline: float, size: float, colour: str, strong: bool = False) -> Text:
    """A line in the middle, smaller where it would not fit."""
    width = letters(strong).width(text, size)
    if width > ROOM:
        size, width = size * ROOM / width, ROOM
    return Text((WIDTH - width) / 2, baseline, size, text, colour, strong)


def _larger(shape: Text | Fill, scale: float) -> Text | Fill:
    if isinstance(shape, Text):
        at = (shape.left * scale, shape.baseline * scale, shape.size * scale)
        return Text(*at, shape.text, shape.colour, shape.strong)
    boxes = (Box(b.left * scale, b.top * scale, b.width * scale, b.height * scale) for b in shape.boxes)
    return Fill(tuple(boxes), shape.colour)
