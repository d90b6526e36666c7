"""Is it Vietnamese? Marks and the build of syllables decide first; langdetect only for what is neither.

langdetect's 55 profiles cost 63 MB and it calls "cccd" Italian: it is asked last, with few profiles and a fixed seed.
"""

import json
import unicodedata
from functools import cache
from importlib.resources import files

from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from bot.text import Syllable, is_syllable, syllables

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
BORROWED = frozenset(["ad", "ubnd", "vneid", "online", "oto", "zalo", "app", "email", "web"])  # said in Vietnamese
VOWELS = frozenset("aeiouy")  # words without any are short forms: gplx, dk, bn
VIETNAMESE_SHARE = 0.6  # of words built like Vietnamese syllables; English questions reach 0.4
SHORTEST_FOREIGN = 3  # words; shorter messages are never called foreign


def language_of(text: str) -> str:
    """ISO 639-1 code of a cleaned text; "vi" when in doubt. `language_of("lam can cuoc o dau")` is "vi"."""
    script = _foreign_script(text)
    if script:
        return script
    words = [w for w in syllables(text) if w.folded.isalpha()]
    if len(words) < SHORTEST_FOREIGN or _looks_vietnamese(words):
        return "vi"
    return _detected(text)


def _foreign_script(text: str) -> str | None:
    letters = [c for c in text if c.isalpha()]
    names = [unicodedata.name(c, "").split(" ")[0] for c in letters if ord(c) > 0x370]
    scripts = [SCRIPTS[n] for n in names if n in SCRIPTS]
    if len(scripts) * 2 <= len(letters):
        return None
    return "ja" if "ja" in scripts else scripts[0]


def _looks_vietnamese(words: list[Syllable]) -> bool:
    if any(c in VIETNAMESE_LETTERS for w in words for c in w.typed):
        return True
    built = sum(is_syllable(w.folded) or w.folded in BORROWED or VOWELS.isdisjoint(w.folded) for w in words)
    return built >= VIETNAMESE_SHARE * len(words)


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
