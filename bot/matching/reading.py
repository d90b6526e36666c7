"""A question read word by word: short forms spelled out, everyday names made one, facets and padding set aside."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.matching.facets import Facets, Text, parts
from bot.matching.repair import Repairer
from bot.matching.signs import NOTHING, Heard, Signs
from bot.procedures import Facet
from bot.text import MATCHED_CHARACTERS, PhraseTable, Syllable, folded_words, syllables

PART = re.compile(r"[;!?\n()，；！？。]|[,.](?!\d)")  # of a sentence; what is asked in one part stays there
CLAUSE = re.compile(r"[,.;:!?\n()]|\b(?:mà|nhưng|chứ|nhung|chu)\b")  # what is denied in one part is said in another
DENIALS = (  # "không phải …"; at the head of a part a mere "không …" is one too, elsewhere it may be a question
    ("khong", "phai"),
    ("chua", "phai"),
    ("khong", "can"),
    ("chua", "can"),
    ("khong", "muon"),
    ("chua", "muon"),
    ("khong", "mat"),
    ("chua", "mat"),
    ("khong", "lam"),
    ("khong", "co"),
    ("khong",),
)
DENYING = frozenset(denial[0] for denial in DENIALS)
ANYWHERE = 8  # the first so many of them
KEPT_DENIED = frozenset({"mat"})  # the word of a denial that is denied itself
NOT_DENIED = ("biet", "ro", "hieu", "a", "nhi", "vay", "the", "ha", "duoc")  # "không biết", "có phải báo không ạ"
DENIED_UNTIL = frozenset(folded_words("thì nên vì để giờ được nhưng"))  # "không xin được vì …"
HEADS = frozenset(
    folded_words(
        "tôi em mình tui tớ anh chị cô chú bác cháu con ông bà nhà ba bố mẹ má vợ chồng công ty dạ à ý ừ thật ra thực "
        "chỉ là"
    )
)
YES = "da"  # at the very beginning it is "dạ" typed without its mark, elsewhere it may be "đã"
LEAST_SAID = 2  # telling words that must be left where some are denied


@dataclass(frozen=True)
class Reading:
    """What a text says: the words that tell procedures apart, and the facets it asks for, in order.

    `denied` are unmarked words that it says are not meant; `off_topic` counts words of what no office does; `heard` is
    the text before everyday names are made one; `senses` are names of what it means in other words.
    """

    words: tuple[Syllable, ...]
    facets: tuple[Facet, ...] = ()
    all_words: tuple[Syllable, ...] = ()
    denied: frozenset[str] = frozenset()
    off_topic: int = 0
    heard: Heard = NOTHING
    senses: tuple[str, ...] = ()


class Reader:
    """Reads questions and phrases alike, with one lexicon."""

    def __init__(
        self,
        abbreviations: Mapping[str, str],
        synonyms: Mapping[str, Sequence[str]],
        padding: Sequence[str],
        facets: Mapping[Facet, Sequence[str]],
        names: Sequence[str] = (),
        off_topic: Sequence[str] = (),
        senses: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._abbreviations = PhraseTable((short, syllables(full)) for short, full in abbreviations.items())
        self._synonyms = PhraseTable(
            (variant, syllables(name)) for name, variants in synonyms.items() for variant in variants
        )
        self._facets = Facets(facets)
        self._padding = PhraseTable((phrase, None) for phrase in padding)
        self._names = PhraseTable((name, None) for name in names)
        self._off_topic = PhraseTable((phrase, None) for phrase in off_topic)
        self._senses = Signs(senses, self.spell)

    def read(self, text: str, repairer: Repairer | None = None) -> Reading:
        """The reading of a text; with a `repairer`, words that are no Vietnamese are mended first."""
        text = text[:MATCHED_CHARACTERS]
        typed = [syllables(part) for part in PART.split(text)]
        heard = [self.spell(words) for words in (repairer.mend(typed) if repairer else typed)]
        spoken = [_replaced(part, self._synonyms) for part in heard]
        words = tuple(word for part in spoken for word in part)
        asked, kept = self._asked(words, parts(words, map(len, spoken)))
        ends = tuple(at == len(part) - 1 for part in heard for at in range(len(part)))
        written = Heard(tuple(word for part in heard for word in part), ends)
        denied = self._denied(text)
        senses = self._meant(written, denied)
        return Reading(kept, asked, words, denied, self._told_off_topic(words), written, senses)

    def spell(self, words: tuple[Syllable, ...]) -> tuple[Syllable, ...]:
        """The same words, short forms written out: "ko" becomes "không"."""
        return _replaced(words, self._abbreviations)

    def _asked(
        self, words: tuple[Syllable, ...], part: Sequence[int]
    ) -> tuple[tuple[Facet, ...], tuple[Syllable, ...]]:
        """The facets asked for, in order, and the words that neither ask nor are padding."""
        padding = self._padding.lengths(words)
        if len(words) > 1 and words[0].toned == YES:
            padding[0] = padding[0] or 1
        names = [(at, at + length) for at, length in enumerate(self._names.lengths(words)) if length]
        found = self._facets.find(Text(words, part, padding, names))
        aside = frozenset(at for one in found for at in one.aside)
        kept: list[Syllable] = []
        position = 0
        while position < len(words):
            if padding[position] and position not in aside:
                position += padding[position]
                continue
            if position not in aside:
                kept.append(words[position])
            position += 1
        return tuple(dict.fromkeys(one.cue.facet for one in found)), tuple(kept)

    def _denied(self, text: str) -> frozenset[str]:
        """Words that a text says are not meant: "thẻ không phải mất, hết hạn", "không gia hạn nữa, xóa tạm trú"."""
        said: set[str] = set()
        denied: set[str] = set()
        for part in CLAUSE.split(text):
            words = [w.folded for w in _replaced(syllables(part), self._abbreviations)]
            start, first, last = _denied_part(words)
            denied.update(words[first:last])
            said.update(words[:start], words[last:])
        return frozenset(denied - said) if len(said) >= LEAST_SAID else frozenset()

    def _meant(self, heard: Heard, denied: frozenset[str]) -> tuple[str, ...]:
        """The senses of what is said and not denied: "không có yếu tố nước ngoài" is nothing abroad."""
        found = self._senses.find(heard)
        return tuple(sorted(n for n, at in found.items() if denied.isdisjoint(heard.words[p].folded for p in at)))

    def _told_off_topic(self, words: tuple[Syllable, ...]) -> int:
        position = told = 0
        while position < len(words):
            match = self._off_topic.match(words, position)
            told += match[0] if match else 0
            position += match[0] if match else 1
        return told


def _denied_part(words: Sequence[str]) -> tuple[int, int, int]:
    """Where a part of a sentence begins to deny, from which word and up to which; its end where it denies nothing."""
    head = next((at for at, word in enumerate(words) if word not in HEADS), 0)
    for start in range(head, len(words)):
        if words[start] not in DENYING:
            continue
        for denial in DENIALS if start == head else DENIALS[:ANYWHERE]:
            first = start + len(denial)
            if tuple(words[start:first]) == denial and (first == len(words) or words[first] not in NOT_DENIED):
                return start, first - (denial[-1] in KEPT_DENIED), _denied_until(words, first)
    if "chua" in words and "dau" in words and "o" not in words:  # "chưa đăng ký kết hôn đâu ạ"
        start = words.index("chua")
        return start, start + 1, words.index("dau")
    return len(words), len(words), len(words)


def _denied_until(words: Sequence[str], first: int) -> int:
    return next((at for at in range(first, len(words)) if words[at] in DENIED_UNTIL), len(words))


def _replaced(words: tuple[Syllable, ...], table: PhraseTable[tuple[Syllable, ...]]) -> tuple[Syllable, ...]:
    result: list[Syllable] = []
    position = 0
    while position < len(words):
        found = table.match(words, position)
        if found:
            result += found[1]
            position += found[0]
        else:
            result.append(words[position])
            position += 1
    return tuple(result)
