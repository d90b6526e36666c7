"""Is it Vietnamese? Marks and the build of syllables decide first; langdetect only for what is neither.

langdetect's 55 profiles cost 63 MB and it calls "cccd" Italian: it is asked last, with few profiles and a fixed seed.
"""

import json
import unicodedata
from functools import cache
from importlib.resources import files

from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from bot.text import Syllable, folded_words, is_syllable, syllables

PROFILES = ("vi", "en", "fr", "de", "es", "it", "pt", "id", "tl")
SCRIPTS = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
}
VIETNAMESE_LETTERS = frozenset("ăđơư")  # â, ê, ô are French too
VIETNAMESE_TONES = frozenset("\u0309\u0323")  # hook and dot below; acute, grave and tilde are others' too
BORROWED = frozenset(  # said in Vietnamese too: they tell nothing
    folded_words(
        "ad ubnd vneid online offline oto zalo app email gmail mail web website internet wifi sim viettel vinaphone "
        "mobifone facebook fb youtube tiktok google instagram shopee lazada momo grab banking sms otp atm visa "
        "passport pass icloud iphone samsung android laptop pc usb tivi camera video clip file pdf zip word excel "
        "scan photo link form check test reset login logout download update upload fix hack crash lag bug game shop "
        "ship inbox ib rep book free sale hot honda yamaha suzuki vision wave alpha sirius exciter air blade sh lead "
        "toyota kia mazda vinfast vietnam canada schengen homestay tour win print double click live stream nick acc "
        "admin bot robot ai chatbot "
    )
)
ENGLISH = frozenset(  # words of English sentences that are built like no Vietnamese word
    folded_words(
        "how what where when which who why is are was were and of for with from you your have has should would could "
        "does need want please help this that name they we there here open born live living lost much thank thanks "
        "get "
    )
)
ONE_MARK = 2  # a letter and its mark; "ế" has two marks
VOWELS = frozenset("aeiouy")  # words without any are short forms: gplx, dk, bn
ENOUGH_ENGLISH, ENGLISH_SHARE = 2, 0.2  # so many, such a share: English, whatever Vietnamese names stand in it
VIETNAMESE_SHARE = 0.6  # of words built like Vietnamese syllables; English questions reach 0.4
SHORTEST_FOREIGN = 3  # words; shorter messages are never called foreign


def language_of(text: str) -> str:
    """ISO 639-1 code of a cleaned text; "vi" when in doubt. `language_of("lam can cuoc o dau")` is "vi"."""
    script = _foreign_script(text)
    if script:
        return script
    words = [w for w in syllables(text) if w.folded.isalpha()]
    if len(words) < SHORTEST_FOREIGN:
        return "vi"
    marked = sum(_is_marked(w.typed) for w in words)
    if marked * 2 <= len(words) and _is_english(words):
        return "en"
    return "vi" if marked or _looks_vietnamese(words) else _detected(text)


def _foreign_script(text: str) -> str | None:
    letters = [c for c in text if c.isalpha()]
    names = [unicodedata.name(c, "").split(" ")[0] for c in letters if ord(c) > 0x370]
    scripts = [SCRIPTS[n] for n in names if n in SCRIPTS]
    if len(scripts) * 2 <= len(letters):
        return None
    return "ja" if "ja" in scripts else scripts[0]


def _is_english(words: list[Syllable]) -> bool:
    said = sum(w.folded in ENGLISH for w in words)
    return said >= ENOUGH_ENGLISH and said >= ENGLISH_SHARE * len(words)


def _looks_vietnamese(words: list[Syllable]) -> bool:
    telling = [w.folded for w in words if w.folded not in BORROWED]
    built = sum(is_syllable(word) or VOWELS.isdisjoint(word) for word in telling)
    return built >= VIETNAMESE_SHARE * len(telling)


def _is_marked(typed: str) -> bool:
    """Whether a word has letters or marks that other languages do not write: "đổi", "bị", "tiếng"."""
    letters = [unicodedata.normalize("NFD", letter) for letter in typed]
    return any(
        letter in VIETNAMESE_LETTERS or not VIETNAMESE_TONES.isdisjoint(parts) or len(parts) > ONE_MARK
        for letter, parts in zip(typed, letters, strict=True)
    )


def _detected(text: str) -> str:
    detector = _factory().create()
    detector.append(text)
    try:
        return str(detector.detect())
    except LangDetectException:
        return "vi"


@cache
def _factory() -> DetectorFactory:
    factory = DetectorFactory()
    folder = files("langdetect") / "profiles"
    profiles = [(folder / name).read_text("utf-8") for name in PROFILES]
    factory.load_json_profile([json.dumps(json.loads(p)) for p in profiles])
    factory.set_seed(0)
    return factory
