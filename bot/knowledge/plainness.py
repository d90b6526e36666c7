"""Plain language measured: texts that a person with nine years of schooling understands at first reading."""

import re
import statistics
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from bot.errors import Fault
from bot.knowledge.draft import Draft, Topic
from bot.knowledge.said import Said
from bot.yamlfile import Document

MEDIAN_WORDS = 15  # of an entry's sentences: half of them are read in one breath
LONG_WORDS = 30  # a sentence that is read twice
ENDLESS_WORDS = 40  # a sentence copied from a document of law; the longest shipped one has 39
ENDS = ("! ", "? ", "… ", "\n")  # beside ". "

OFFICIAL_NAMES = ("name", "form")  # of papers and fees: a citizen must find the very words on the paper

# The words of decrees, each with what people say instead; none of them tells a citizen what to do.
OFFICIALESE = {
    "theo quy định": "nói rõ phải làm gì, bỏ “theo quy định”",
    "quy định tại": "nói rõ nội dung, số văn bản để ở legal_basis",
    "quy định hiện hành": "nói rõ nội dung",
    "theo luật định": "nói rõ phải làm gì",
    "ban hành kèm theo": "ghi số mẫu ở khóa form",
    "nêu trên": "gọi lại tên việc hay tên giấy tờ",
    "nói trên": "gọi lại tên việc hay tên giấy tờ",
    "nêu tại": "gọi lại tên việc hay tên giấy tờ",
    "dưới đây": "kể ngay ra",
    "sau đây gọi": "dùng một tên gọi từ đầu đến cuối",
    "tại khoản": "nói rõ nội dung, không dẫn điều khoản",
    "cấp có thẩm quyền": "gọi tên cơ quan",
    "cơ quan có thẩm quyền": "gọi tên cơ quan",
    "cơ quan hữu quan": "gọi tên cơ quan",
    "người có thẩm quyền": "gọi tên người hay cơ quan",
    "tổ chức, cá nhân": "viết: bạn, hoặc: người nộp",
    "hồ sơ hợp lệ": "viết: hồ sơ đúng và đủ",
    "tính hợp lệ": "viết: kiểm tra hồ sơ đúng và đủ chưa",
    "chịu trách nhiệm trước pháp luật": "nói rõ khai sai thì sao",
    "đối với": "viết: với, hoặc: cho",
    "trong thời hạn": "viết: trong",
    "bằng phương thức": "viết: bằng, hoặc: qua",
    "dưới hình thức": "viết: bằng, hoặc: qua",
    "thông qua hình thức": "viết: bằng, hoặc: qua",
    "trên cơ sở": "viết: dựa vào",
    "căn cứ vào": "viết: dựa vào",
    "tiến hành": "viết thẳng việc phải làm",
    "thực hiện việc": "viết thẳng việc phải làm",
    "nhằm": "viết: để",
    "và/hoặc": "viết: hoặc",
}


class Sentence(NamedTuple):
    """One sentence of a text, and how many words it has: spaces part words, as everywhere in Vietnamese."""

    said: Said
    text: str
    words: int


def sentences(text: Said) -> Iterator[Sentence]:
    """ "Nộp ở xã. Nhận trong ngày." has two, of three words each."""
    whole = text.text
    for end in ENDS:
        whole = whole.replace(end, ". ")
    for sentence in whole.split(". "):
        words = len(sentence.split())
        if words:
            yield Sentence(text, sentence, words)


def endless_sentences(draft: Draft) -> Iterator[Fault]:
    """Errors: sentences that nobody understands."""
    for document, texts in draft.texts:
        for sentence in _long(texts, ENDLESS_WORDS):
            yield _too_long(document, sentence)


def plainness(draft: Draft) -> Iterator[Fault]:
    """Warnings: long sentences, entries of long sentences, officialese."""
    for document, texts in draft.texts:
        found = [_too_long(document, s) for s in _long(texts, LONG_WORDS) if s.words <= ENDLESS_WORDS]
        found += [*_median(document, texts), *_officialese(document, texts)]
        yield from (fault.warning(Topic.PLAINNESS) for fault in found)


def _long(texts: tuple[Said, ...], limit: int) -> Iterator[Sentence]:
    for text in texts:
        if text.text.count(" ") + text.text.count("\n") >= limit:  # cheap, and almost no text is so long
            yield from (s for s in sentences(text) if s.words > limit)


def _too_long(document: Document, sentence: Sentence) -> Fault:
    problem = f"câu dài {sentence.words} chữ: “{sentence.text[:40]}…”"
    return document.fault(sentence.said.path, problem, f"tách thành các câu dưới {MEDIAN_WORDS} chữ")


def _median(document: Document, texts: tuple[Said, ...]) -> Iterator[Fault]:
    lengths = [s.words for text in texts if text.sentence for s in sentences(text)]
    median = statistics.median(lengths) if lengths else 0
    if median > MEDIAN_WORDS:
        problem = f"một nửa số câu dài từ {median:g} chữ trở lên"
        yield document.fault(texts[0].path[:2], problem, f"viết câu ngắn hơn, phần lớn dưới {MEDIAN_WORDS} chữ")


def _officialese(document: Document, texts: tuple[Said, ...]) -> Iterator[Fault]:
    own = [text for text in texts if text.path[-1] not in OFFICIAL_NAMES]
    together = _comparable("\n".join(text.text for text in own))
    for words, mend in OFFICIALESE.items():
        if words in together:
            whole = re.compile(rf"(?<!\w){words}(?!\w)")
            for text in own:
                if whole.search(_comparable(text.text)):
                    yield document.fault(text.path, f"lời văn hành chính: “{words}”", mend)


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()
