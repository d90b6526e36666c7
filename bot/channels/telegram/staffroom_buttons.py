"""What the buttons under a ticket do, in at most 64 bytes; untrusted like all callback data, and apart from citizens'.

A choice among wordings is a mask over the list as it then stood, with a check of that list: when it has changed, the
choice no longer counts.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

PATTERN = "^t:"
NUMBER, NAME = r"[1-9][0-9]{0,9}", r"[a-z0-9-]{1,40}"
MOST_WORDINGS = 24  # in one mask, and under one message
FORM = re.compile(rf"t:([a-z]):({NUMBER})(?::({NAME}))?(?::([0-9a-f]{{1,6}}):([0-9a-f]{{8}}))?")

TAKE, IGNORE, REASON, BACK, ADD, CONFIRM, CANCEL, TOGGLE, SEND = "nbroacxwg"
BARE, NAMED, MASKED = {TAKE, IGNORE, BACK, CANCEL}, {REASON, ADD, CONFIRM, TOGGLE}, {TOGGLE, SEND}


@dataclass(frozen=True)
class Press:
    """One button: what is done with which ticket; `name` an entry, a reason's or a wording's place, by `what`."""

    what: str
    ticket: int
    name: str = ""
    mask: int = 0
    check: str = ""

    @property
    def data(self) -> str:
        """The callback data."""
        parts = ["t", self.what, str(self.ticket), *([self.name] if self.name else [])]
        return ":".join([*parts, *([f"{self.mask:x}", self.check] if self.check else [])])


def pressed(data: str) -> Press | None:
    """What callback data says; None if it is not of ours."""
    match = FORM.fullmatch(data)
    if match is None:
        return None
    what, ticket, name, mask, check = match.groups()
    if what not in BARE | NAMED | MASKED or (what in NAMED) != bool(name) or (what in MASKED) != bool(check):
        return None
    return Press(what, int(ticket), name or "", int(mask or "0", 16), check or "")


def check_of(references: Sequence[str]) -> str:
    """Eight letters that change with a list."""
    return f"{zlib.crc32(','.join(references).encode()):08x}"
