"""What a form brings: bounded, clean text; nothing is read that is too long or of another kind."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.text import clean

LARGEST = 1_000_000  # bytes of a form: the longest entry of the base many times over
MOST_FIELDS = 2000
KIND = "application/x-www-form-urlencoded"
BIGGEST = 2**62  # no row of a database has a higher number
LONGEST_NUMBER = 19
TOO_LARGE = "Nội dung gửi lên quá dài. Hãy rút ngắn rồi gửi lại."
NOT_A_FORM = "Yêu cầu này không phải do biểu mẫu của trang gửi lên. Hãy mở lại trang rồi làm lại."


@dataclass(frozen=True)
class Form:
    """The fields of a form or of an address, each with all its values as they were sent."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def text(self, name: str, otherwise: str = "") -> str:
        """The first value of a field, clean."""
        return clean(next(iter(self.fields.get(name, ())), otherwise))

    def whole(self, name: str) -> str:
        """The first value with its indents and its last line end, as a file wants it."""
        lines = next(iter(self.fields.get(name, ())), "").replace("\r\n", "\n").replace("\r", "\n")
        return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c)[0] != "C")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field: of boxes that were ticked."""
        return tuple(map(clean, self.fields.get(name, ())))

    def texts(self) -> Mapping[str, str]:
        """Every field that somebody may have typed into, for a page that gives it back."""
        return {name: self.whole(name) for name in self.fields}

    def number(self, name: str, otherwise: int = 0) -> int:
        """A field as a number; what is none is `otherwise`."""
        return number(self.text(name), otherwise)


def number(text: str, otherwise: int = 0) -> int:
    """A number that a row may have, of what somebody wrote into an address; what is none is `otherwise`."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        return otherwise
    return min(int(text), BIGGEST)


async def posted(request: Request) -> Form:
    """The form of a request, read no further than it may be long."""
    if request.headers.get("content-type", KIND).partition(";")[0].strip().lower() != KIND:
        raise HTTPException(415, NOT_A_FORM)
    if number(request.headers.get("content-length", ""), 0) > LARGEST:
        raise HTTPException(413, TOO_LARGE)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise HTTPException(413, TOO_LARGE)
    return parsed(bytes(body))


def parsed(body: bytes) -> Form:
    """The fields of an urlencoded form."""
    try:
        text = body.decode("ascii")
        read = parse_qs(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400, NOT_A_FORM) from error
    return Form({name: tuple(values) for name, values in read.items()})


def asked(request: Request) -> Form:
    """The fields behind the question mark of an address."""
    return parsed(request.url.query.encode("ascii", "replace"))
