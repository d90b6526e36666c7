"""Questions as people type them in a hurry: without any mark, or with slips; the same slips on every run."""

import enum
import random
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

from bot.text import fold

SEED = 20260118
SLIPS = 0.08  # of all characters
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
TELEX = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
DOUBLED = {"\u0302": None, "\u0306": "w", "\u031b": "w"}  # â is typed aa; ă aw; ơ ow
Hand: TypeAlias = Callable[[str], str]  # types a text in its own way


class Noise(enum.StrEnum):
    """How a question is typed: as written, without any mark ("dang ky"), with slips, or in teencode."""

    NONE = "none"
    TONELESS = "toneless"
    TYPOS = "typos"
    TEENCODE = "teencode"


def lot(text: str, seed: int = SEED) -> random.Random:
    """Chance that falls the same for a text on every run."""
    return random.Random(f"{seed}:{text}")


def with_typos(text: str, share: float = SLIPS, seed: int = SEED) -> str:
    """The text with slips in a share of its characters; what they are depends on the text and the seed alone."""
    chance = lot(text, seed)
    characters = list(unicodedata.normalize("NFC", text))
    places = [n for n, c in enumerate(characters) if c.isalpha() or c == " "]
    for place in sorted(chance.sample(places, min(round(share * len(characters)), len(places))), reverse=True):
        _slip(characters, place, chance)
    return "".join(characters)


def _slip(characters: list[str], place: int, chance: random.Random) -> None:
    here = characters[place]
    following = characters[place + 1] if place + 1 < len(characters) else " "
    if here == " ":
        characters[place] = ""
    elif fold(here) != here.lower() and chance.random() < 0.5:
        characters[place] = _keys_of(here)
    elif following.isalpha() and chance.random() < 0.25:
        characters[place : place + 2] = [following, here]
    else:
        characters[place] = chance.choice(WAYS)(here, chance)


def _keys_of(letter: str) -> str:
    """What a keyboard leaves where its Telex is off: "ế" is "ees", "đ" is "dd"."""
    if letter in "đĐ":
        return "dd"
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    typed = "".join(DOUBLED[m] or base.lower() for m in marks if m in DOUBLED)
    return base + typed + "".join(TELEX[m] for m in marks if m in TELEX)


def _dropped(_letter: str, _chance: random.Random) -> str:
    return ""


def _twice(letter: str, _chance: random.Random) -> str:
    return letter * 2


def _beside(letter: str, chance: random.Random) -> str:
    """A key beside the one that was meant."""
    plain = fold(letter)
    row = next((keys for keys in KEYS if plain in keys), plain)
    place = row.find(plain)
    return chance.choice([row[n] for n in (place - 1, place + 1) if 0 <= n < len(row)] or [letter])


WAYS: tuple[Callable[[str, random.Random], str], ...] = (_dropped, _twice, _beside)
HANDS: dict[Noise, Hand] = {Noise.TONELESS: fold, Noise.TYPOS: with_typos}
