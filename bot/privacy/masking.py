"""A text with what is personal in it replaced by what it was: "số 030123456789" becomes "số [số giấy tờ]"."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.privacy.names import names
from bot.privacy.numbers import accounts, dossiers, emails, identities, phones, plates, taxes

BLANK = "\0"  # stands for what is found already, so that nothing is found twice; cleaned text never holds it
Span = tuple[int, int]
KINDS: tuple[tuple[str, Callable[[str], Iterable[Span]]], ...] = (
    ("thư điện tử", emails),
    ("mã hồ sơ", dossiers),
    ("biển số xe", plates),
    ("số tài khoản", accounts),
    ("mã số thuế", taxes),
    ("số giấy tờ", identities),
    ("số điện thoại", phones),
    ("họ tên", names),
)


@dataclass(frozen=True)
class Find:
    """Something personal: what it is, in Vietnamese, and where it stands in the text (`start` to `end`, excluded)."""

    kind: str
    start: int
    end: int


def finds(text: str) -> tuple[Find, ...]:
    """What is personal in a text, in its order."""
    rest, found = text, list[Find]()
    again = True
    while again:  # what is found may have hidden something beside it
        again = False
        for kind, seek in KINDS:
            for start, end in list(seek(rest)):
                found.append(Find(kind, start, end))
                rest = rest[:start] + BLANK * (end - start) + rest[end:]
                again = True
    return tuple(sorted(found, key=lambda one: one.start))


def mask(text: str) -> str:
    """The text without what is personal in it."""
    for one in reversed(finds(text)):
        text = f"{text[: one.start]}[{one.kind}]{text[one.end :]}"
    return text
