"""A message with what it got by itself, and the words in it that show whether it goes on about something."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.answers import Answer
from bot.matching import Candidate, Matcher, Ranking
from bot.text import Syllable, syllables

QUESTION = re.compile(r"\b(?:gi|nao|sao|may|bao|khong|chua|dau|ai|hay|nua|duoc|k|ko|dc)\b")
POLITE = r"(?: (?:a|nhi|ban|ad|vay|the|em|anh|chi))*$"
ENDING = re.compile(r"\bthi (?:sao|the nao|ra sao|ntn|lam sao)" + POLITE + r"|\bkhac (?:gi )?(?:khong|ko|k)" + POLITE)
MEANT = re.compile(r"\b(?:(?:cai|giay|ho so|to|viec|tien|cho) (?:do|ay|nay|kia)|(?:the|so|don|bang) ay)\b")
CONDITION = re.compile(r"^(?:the |vay |con |nhung )*(?:neu|lo|nho|gia su)\b")
CORRECTION = re.compile(r"^(?:a |da |u )*(?:khong|ko|k|nham|y (?:em|toi|minh|la)|khong phai|ko phai)\b|\bco$")
CLOSING = re.compile(
    r"\b(?:cam on|tam biet|bye|chuc|(?:hieu|nho|biet|ro|nam) (?:duoc )?(?:roi|r)|hoi (?:them )?sau"
    r"|de (?:mai|em|toi|minh|chi|anh|lat))\b"
    r"|\bchao\b.*\b(?:chau|em|anh|chi|ban|ad)$|^(?:ok|oke|okie|vang|da|da vang|uh?|uk?m|um)$"
)
SEEKING = re.compile(  # begins or names another thing to be done: "xin phép bay …", "… có cần giấy phép không"
    r"^(?:(?:a|o|u|the|con|vay|roi|ma|voi|va|cho|em|minh|toi|hoi|luon|sau do|nhan tien|tien the|tien|muon|can|dinh) )*"
    r"(?:xin|dang ki|mo|lap|thanh lap|thi|mua|ban|nuoi|to chuc|san xuat|nhap khau|kinh doanh|khai thac|lap dat"
    r"|phat hanh|cap|hoc|lai|dung|gan)\b|\b(?:giay phep|xin phep|chung chi|dang ki)\b"
)
BRIEF = 10  # words
LOST = "mat"
TAKES = re.compile(r"\bmat (?:may|bao|chung|khoang|nhieu|tien|dong|gi|\d)")  # time or money, nothing lost
NUMBERED = re.compile(r"\b(?:lop|muc|hang|loai|khoi) (\d+)\b")
OPENING = syllables("à ừ uh dạ vâng thế vậy rồi còn nhưng mà nếu ý không ko k chưa thì hay hoặc lỡ nhỡ nhầm")
CIRCUMSTANCES = (  # who, when, how it is handed in: words of every case, which name no procedure
    syllables(
        "bố mẹ ba má cha vợ chồng con cháu bé trẻ em anh chị ông bà cô dì chú bác cậu mợ thím nội ngoại đứa thằng út "
        "cả lớn nhỏ gái trai nam nữ bọn tụi bên người ta họ nhà chủ phía mình "
        "mai kia sang tới mốt sáng chiều tối trưa giờ cuối đầu tuần tháng năm ngày hôm bữa tuổi muộn sớm lâu kịp nhanh "
        "yếu ốm bận xa mệt già "
        "nộp gửi mang cầm nhận trả đóng chuẩn bị kí tiền nong khoản cũ mới khác nhầm ý "
        "từng chừng khoảng tầm cỡ độ tổng cộng tất cả hai đứa mét m2 triệu tỷ nghìn tầng sào héc"
    )
)


@dataclass(frozen=True)
class Message:
    """A text, how it ranks, and what it would get as the first message of a chat."""

    text: str
    ranking: Ranking
    answer: Answer

    @cached_property
    def spoken(self) -> str:
        """All words, unmarked, short forms spelled out."""
        return " ".join(word.folded for word in self.ranking.reading.all_words)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The telling words that are not denied."""
        reading = self.ranking.reading
        return tuple(w.folded for w in reading.words if self.ranking.tells(w) and w.folded not in reading.denied)

    @cached_property
    def telling(self) -> tuple[Syllable, ...]:
        """Those of the telling words that could name a procedure, and numbers: "lớp 10"."""
        takes = bool(TAKES.search(self.spoken))
        told = [w for w in self.ranking.reading.words if w.folded in self.words and not _said(w, CIRCUMSTANCES)]
        aside = {w.folded for w in told if w.folded.isdigit()} - self._numbers | ({LOST} if takes else set())
        return tuple(w for w in told if w.folded not in aside)

    @property
    def _numbers(self) -> frozenset[str]:
        """Numbers that name something: "lớp 10", not "13 năm"."""
        return frozenset(NUMBERED.findall(self.spoken))

    @cached_property
    def subject(self) -> tuple[Syllable, ...]:
        """The same without numbers: nothing in "bố em yếu, em đi thay được không"."""
        return tuple(w for w in self.telling if not w.folded.isdigit())

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        """The words of the subject that stand side by side."""
        told = {word.folded for word in self.subject}
        return tuple(" ".join(pair) for pair in pairwise(self.spoken.split()) if told.issuperset(pair))

    @cached_property
    def denied(self) -> tuple[Syllable, ...]:
        """Words that it says are not meant."""
        return tuple(Syllable(word, word, word) for word in sorted(self.ranking.reading.denied))

    @cached_property
    def asks(self) -> bool:
        """Whether it has a word that asks."""
        return bool(self.ranking.facets or QUESTION.search(self.spoken))

    @property
    def is_brief(self) -> bool:
        """Whether it is too short for a story."""
        return len(self.spoken.split()) <= BRIEF

    @cached_property
    def closes(self) -> bool:
        """Whether it ends the talk: "dạ em hiểu rồi", "thôi để mai tôi ra hỏi"."""
        return bool(CLOSING.search(self.spoken)) and not self.ranking.facets

    @cached_property
    def corrects(self) -> bool:
        """Whether it takes back what was said before: "không phải mất, hết hạn cơ"."""
        return bool(CORRECTION.search(self.spoken))

    @cached_property
    def opens(self) -> bool:
        """Whether it begins or speaks as one that goes on: "còn …", "thế …", "giấy đó …"."""
        first = next(iter(syllables(self.text)), None)
        toneless = not any(w.marked for w in self.ranking.reading.all_words)
        going = first is not None and any(
            first.toned == word.toned or (toneless and first.folded == word.folded) for word in OPENING
        )
        return going or self.ends or bool(MEANT.search(self.spoken))

    @cached_property
    def points(self) -> bool:
        """Whether it points at what was spoken of: "giấy đó", "cái này"."""
        return bool(MEANT.search(self.spoken))

    @cached_property
    def ends(self) -> bool:
        """Whether it ends as one that goes on: "… thì sao"."""
        return bool(ENDING.search(self.spoken))

    @cached_property
    def seeks(self) -> bool:
        """Whether it speaks of something to be done to something: "xin phép bay", not "nộp ở đâu"."""
        return bool(self.subject) and bool(SEEKING.search(self.spoken))

    @cached_property
    def supposes(self) -> bool:
        """Whether it asks about a condition: "nếu …"."""
        return bool(CONDITION.search(self.spoken))

    def first(self, matcher: Matcher) -> Candidate | None:
        """The full entry that fits it best by itself."""
        return next((c for c in self.ranking.candidates if matcher.is_entry(c.id)), None)


def _said(typed: Syllable, known: Iterable[Syllable]) -> bool:
    """Whether a word is one of some others; accents must agree where they were typed: "bộ" is not "bố"."""
    return any(typed.folded == word.folded and (not typed.marked or typed.toned == word.toned) for word in known)
