"""Posters seen as people and telephones see them: drawn as a picture, its words read, its QR code scanned."""

import io

import numpy as np
import pypdfium2
import zxingcpp
from fpdf import FPDF
from numpy.typing import NDArray

from bot.posters import Page, pdf, svg

Picture = NDArray[np.int16]  # grey, 0 is black, one row of dots after the other
DOTS = 8  # a millimetre; some 200 to the inch
POINTS = 72 / 25.4  # in a millimetre


def drawn(content: bytes, form: str, dots: float = DOTS) -> Picture:
    """A PDF as a picture; an SVG is put on a sheet of its own size first, by a reader that did not write it."""
    with pypdfium2.PdfDocument(content if form == "pdf" else on_paper(content)) as document:
        bitmap = document[0].render(scale=dots / POINTS, grayscale=True)
        return np.asarray(bitmap.to_pil(), dtype=np.int16)


def on_paper(content: bytes) -> bytes:
    """An SVG as the one thing on a page of a PDF."""
    width, height = (float(side) for side in content.partition(b'viewBox="0 0 ')[2].partition(b'"')[0].split())
    paper = FPDF(unit="mm", format=(width, height))
    paper.set_auto_page_break(False)
    paper.add_page()
    paper.image(io.BytesIO(content), 0, 0, width, height)
    return bytes(paper.output())


def greys(picture: Picture, side: int) -> NDArray[np.float64]:
    """How grey each little square of a picture is: a shift by part of a dot hardly shows, a lost accent does."""
    height, width = (length // side for length in picture.shape)
    squares = picture[: height * side, : width * side].reshape(height, side, width, side)
    return np.asarray(squares.mean((1, 3)), dtype=np.float64)


def scanned(picture: Picture) -> str:
    """What the one code of a picture says."""
    return code(picture).text


def code(picture: Picture) -> zxingcpp.Barcode:
    """The one code of a picture, a QR code."""
    (found,) = zxingcpp.read_barcodes(picture.astype(np.uint8))
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    return found


def words(content: bytes) -> str:
    """The words that a PDF has as text, in one line."""
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def both(page: Page) -> dict[str, bytes]:
    """A page in both formats."""
    return {"svg": svg(page), "pdf": pdf(page)}
