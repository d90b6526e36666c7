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
LONG_WORDS = 30  # a longer sentence is read twice, or was copied from a document of law
ENDS = ("! ", "? ", "… ", "\n")  # beside ". "

OFFICIAL_NAMES = ("name", "form")  # of papers and fees: a citizen must find the very words on the paper
DATABASE = "cơ sở dữ liệu"  # "tra trên cơ sở dữ liệu" is plain; "trên cơ sở" before anything else is not

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
    """Errors: sentences that nobody understands at first reading."""
    for document, texts in draft.texts:
        for text in texts:
            if text.text.count(" ") + text.text.count("\n") >= LONG_WORDS:  # cheap, and almost no text is so long
                yield from _too_long(document, text)


def officialese(draft: Draft) -> Iterator[Fault]:
    """Errors: the words of decrees, except in the names of papers."""
    for document, texts in draft.texts:
        own = [text for text in texts if text.path[-1] not in OFFICIAL_NAMES]
        together = _comparable("\n".join(text.text for text in own))
        for words in OFFICIALESE:
            if words in together:
                yield from _spoken_by_decrees(document, own, words)


def plainness(draft: Draft) -> Iterator[Fault]:
    """Warnings: entries of which most sentences are long."""
    for document, texts in draft.texts:
        yield from (fault.warning(Topic.PLAINNESS) for fault in _median(document, texts))


def _too_long(document: Document, text: Said) -> Iterator[Fault]:
    for sentence in sentences(text):
        if sentence.words > LONG_WORDS:
            problem = f"câu dài {sentence.words} chữ: “{sentence.text[:40]}…”"
            yield document.fault(text.path, problem, f"tách thành các câu dưới {MEDIAN_WORDS} chữ")


def _median(document: Document, texts: tuple[Said, ...]) -> Iterator[Fault]:
    lengths = [s.words for text in texts if text.sentence for s in sentences(text)]
    median = statistics.median(lengths) if lengths else 0
    if median > MEDIAN_WORDS:
        problem = f"một nửa số câu dài từ {median:g} chữ trở lên"
        yield document.fault(texts[0].path[:2], problem, f"viết câu ngắn hơn, phần lớn dưới {MEDIAN_WORDS} chữ")


def _spoken_by_decrees(document: Document, texts: list[Said], words: str) -> Iterator[Fault]:
    whole = re.compile(rf"(?<!\w){words}(?!\w)")
    for text in texts:
        if whole.search(_comparable(text.text)):
            yield document.fault(text.path, f"lời văn hành chính: “{words}”", OFFICIALESE[words])


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().replace(DATABASE, "dữ liệu")
