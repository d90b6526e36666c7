"""Vietnamese text made comparable: one Unicode form, no hidden characters, syllables with and without their marks."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")

MATCHED_CHARACTERS = 500  # what follows is story; fuzzy scorers slow down with the square of the length
MARKS_A_LETTER = 2  # a Vietnamese letter carries at most a quality mark and a tone mark; more is an attack
TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}  # named as Telex names them
WORD = re.compile(r"[^\W_]+")
SAME_SOUND = re.compile(r"^(h|k|l|m|s|t|qu)y$")  # "kỹ" and "kĩ", "quý" and "quí" are one word
TELEX = tuple(  # what a Telex keyboard types for a mark, and the letter under it
    (re.compile(typed), plain)
    for typed, plain in (
        (r"^dd", "d"),
        (r"(?<=[aeiouwy])[fsrxj]|(?<=..)[fsrxj]$", ""),
        (r"([aeo])\1", r"\1"),
        (r"(?<=[aou])w", ""),
        (r"w", "u"),
    )
)

ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet "
    "ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc "
    "oong op ot u ua uan uang uat uay uc ue uech uenh ui uoi um un ung uo uoc uom uon uong uop uot uou up ut uu uy "
    "uya uych uyen uyet uynh uyt uyu y yem yen yet yeu"
)
VIETNAMESE_SYLLABLES = frozenset(onset + rime for onset in ["", *ONSETS.split()] for rime in RIMES.split())


@dataclass(frozen=True)
class Syllable:
    """One written word: as typed (lower case), without marks, and with the tone moved to its end.

    `Syllable("hoà")` and `Syllable("hòa")` have the same `toned` form "hoaf": where the tone mark
    stands is a matter of taste. `marked` says whether any mark was typed at all.
    """

    typed: str
    folded: str
    toned: str

    @property
    def marked(self) -> bool:
        """Whether the citizen typed accents on it."""
        return self.toned != self.folded


def clean(raw: str) -> str:
    """Text that may be stored and shown: NFC, no control, format or lone surrogate characters, few stacked marks."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    visible = (c for c in unicodedata.normalize("NFD", lines) if unicodedata.category(c)[0] != "C" or c == "\n")
    kept: list[str] = []
    marks = 0
    for character in visible:
        marks = marks + 1 if unicodedata.category(character) == "Mn" else 0
        if marks <= MARKS_A_LETTER:
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def fold(text: str) -> str:
    """Lower case without any mark: "Đăng ký" becomes "dang ky"."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return plain.replace("đ", "d")


def syllables(text: str) -> tuple[Syllable, ...]:
    """The words of a cleaned text, in order, from its first 500 characters."""
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text[:MATCHED_CHARACTERS]).casefold())
    plain = normal.replace(" ", "").isalnum()  # mere words and spaces are parted three times as fast
    return tuple(map(_syllable, normal.split() if plain else WORD.findall(normal)))


def is_syllable(folded: str) -> bool:
    """Whether an unmarked word is built like a Vietnamese syllable: "truong" is, "school" is not."""
    return folded in VIETNAMESE_SYLLABLES


def folded_words(text: str) -> tuple[str, ...]:
    """Only the unmarked forms, for tables that are compared without accents."""
    return tuple(s.folded for s in syllables(text))


@lru_cache(maxsize=20_000)  # a base has some thousand different words in ten times as many places
def _syllable(word: str) -> Syllable:
    letters: list[str] = []
    tone = ""
    for character in unicodedata.normalize("NFD", word):
        if character in TONES:
            tone = TONES[character]
        else:
            letters.append(character)
    base = same_sound(unicodedata.normalize("NFC", "".join(letters)))
    return Syllable(word, same_sound(fold(word)), base + tone)


def untelexed(word: str) -> str:
    """An unmarked word without the letters that a keyboard leaves where its Telex is off: "dduwowcj" is "duoc"."""
    for typed, plain in TELEX:
        word = typed.sub(plain, word)
    return word


def same_sound(word: str) -> str:
    """One spelling for words that are written with i or y at will: "ky" and "ki" are both "ki"."""
    return word[:-1] + "i" if SAME_SOUND.match(word) else word


def agree(typed: Sequence[Syllable], known: Sequence[Syllable]) -> bool:
    """Whether typed words may be known ones: accents must be the same where they were typed.

    One accented word typed without accents may be another: "vang" is "vâng" or "vắng", "the" is "thế" or "thẻ".
    """
    if len(known) == 1 and known[0].marked and not typed[0].marked and is_syllable(typed[0].folded):
        return False
    return all(t.folded == k.folded and (not t.marked or t.toned == k.toned) for t, k in zip(typed, known, strict=True))


class PhraseTable(Generic[Meaning]):
    """Finds known word sequences in a text, the longest first; `agrees` says whether as many typed words are one."""

    def __init__(
        self,
        entries: Iterable[tuple[str, Meaning]],
        agrees: Callable[[Sequence[Syllable], Sequence[Syllable]], bool] = agree,
    ) -> None:
        self._agrees = agrees
        self._by_first: dict[str, list[tuple[tuple[Syllable, ...], Meaning]]] = {}
        for phrase, meaning in entries:
            words = syllables(phrase)
            self._by_first.setdefault(words[0].folded, []).append((words, meaning))
        for group in self._by_first.values():
            group.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[Syllable], start: int) -> tuple[int, Meaning] | None:
        """(number of words, meaning) of the longest known sequence that begins at `start`."""
        for known, meaning in self._by_first.get(words[start].folded, ()):
            window = words[start : start + len(known)]
            if len(window) == len(known) and self._agrees(window, known):
                return len(known), meaning
        return None

    def lengths(self, words: Sequence[Syllable]) -> list[int]:
        """For each word how many words are a known sequence that begins there."""
        found = (self.match(words, at) if w.folded in self._by_first else None for at, w in enumerate(words))
        return [match[0] if match else 0 for match in found]
