"""Several procedures in one message: "đăng ký tạm trú rồi làm căn cước luôn", "cấp đổi và cấp lại sổ đỏ khác gì"."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers import Answered, Choice, Option, Reason
from bot.knowledge import Knowledge
from bot.matching import Candidate, Matcher
from bot.text import folded_words
from bot.turns.context import general
from bot.turns.kin import kin, switched
from bot.turns.message import Message

AND = (
    r"\b(?:và|với|kèm|hay|hoặc|cùng|tiện thể|đồng thời|lẫn|vs|va|voi|kem|hoac|cung|tien the|dong thoi)\b|[+/]"
    r"|\b(?:rồi|xong|roi)\b(?! *[,.;?]| *$)"
)
JOINER = re.compile(AND, re.IGNORECASE)  # what is told before a comma is a story
THAN = re.compile(AND + r"|[,;?]|\b(?:khác|so với|khac|so voi)\b", re.IGNORECASE)  # in a comparison
BOTH = re.compile(r"\b(?:vừa|vua)\b", re.IGNORECASE)  # "vừa … vừa …"
COMPARING = re.compile(
    r"\b(?:so sanh|phan biet|khac (?:gi|j|nhau|biet|cho nao|the nao|nhu)|(?:dang|cai|ben) nao|co phai (?:la )?mot"
    r"|(?:thi|loi|tot|nhanh|lau|re|de) hon)\b"
    r"|(?<!nguoi )(?<!noi )(?<!xa )(?<!tinh )\bkhac\b.*\b(?:(?:the|cho|diem|o dau|cai) ?nao|ntn|ra sao)$"
    r"|\bnen\b.*\bhay\b"
)
ACT = re.compile(  # the beginning of what somebody wants to have done
    r"^(?:em|toi|minh|anh|chi|chau|con|muon|can|di|phai|vua|roi|dinh| )*(?:lam|xin|dang ki|dk|doi|cap|khai|nop|nhap"
    r"|sang ten|tach|mo|lap|rut|sua|len|mat|di|chung thuc|sao y|bao|gia han|xoa|chuyen|mua|nhan|huong)\b"
)
ASIDE = re.compile(  # words of a comparison that name nothing
    r"\b(?:xin |giúp |giup |tôi |toi |em )*(?:so sánh|phân biệt|so sanh|phan biet)(?: giúp| giup| tôi| toi| em)*\b"
    r"|\b(?:khác|giống|khac|giong)? ?nhau(?: giữa| giua| ở| o)?\b|\b(?:nên|đằng nào|cái nào|dang nao|cai nao)\b"
    r"|\b(?:lợi|loi|tốt|tot|nhanh|lâu) h(?:ơ|o)n\b",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"\(.*?\)")
GENERIC = frozenset(folded_words("đăng ký cấp làm xin giấy thẻ thủ tục cho"))
LONGEST, MOST_PARTS = 25, 7  # words and parts: a story has more
PART_FROM = 0.5  # each of two things that are asked in one message must fit so well by itself
WORD_FROM = 0.85  # and what only one word tells, so well
SURELY = 0.75  # in a comparison what fits less may be a special case of what is named
TOGETHER, COMPARED = 0.6, 0.3  # of which the first three together must be so probable, and in a comparison
COVERED = 0.9  # entries that know so much of a part as the one that knows most may all be meant
SLIGHTLY = 0.1  # what the whole message means, or a near twin, may fit a part so little
SHOWN, PAIR = 3, 2


def several(matcher: Matcher, knowledge: Knowledge, message: Message) -> Choice | None:
    """The two or three procedures that the parts of a message name; None where they name one or none."""
    if message.ranking.reading.denied:  # a contrast: "không phải cấp đổi, cấp lại"
        return None
    comparing = bool(COMPARING.search(message.spoken))
    texts = _split(message, comparing)
    if not 1 < len(texts) <= MOST_PARTS:
        return None
    parts = [Message(text, matcher.rank(text), message.answer) for text in texts]
    found = _Parts(matcher, knowledge, message, comparing).named(parts)
    whole = message.answer.procedure if isinstance(message.answer, Answered) else None
    if not 1 < len(found) <= SHOWN or (whole and whole not in found):
        return None
    options = tuple(Option(name) for name in found)
    return Choice(Reason.SEVERAL, message.ranking.facets, tuple(found.values()), options)


def _split(message: Message, comparing: bool) -> list[str]:
    """The texts of the parts; none for a long story."""
    if comparing:
        texts = [ASIDE.sub(" ", part) for part in THAN.split(message.text)]
    elif len(BOTH.findall(message.text)) > 1:
        texts = BOTH.split(message.text)
    else:
        texts = [] if len(message.spoken.split()) > LONGEST else JOINER.split(message.text)
    return [text for text in texts if text.strip()]


@dataclass(frozen=True)
class _Parts:
    """Reads the parts of a message; of a comparison, where they may be named by a word or two."""

    matcher: Matcher
    knowledge: Knowledge
    message: Message
    comparing: bool

    def named(self, parts: Sequence[Message]) -> dict[str, Candidate]:
        """What the parts name, in their order: first what is sure, then what that makes clear."""
        sure = [self._sure(part) for part in parts]
        found = {one.id: one for one in sure if one}
        if not self.comparing and (len(parts) != PAIR or not all(ACT.search(part.spoken) for part in parts)):
            return found
        for part, one in zip(parts, sure, strict=True):
            other = None if one or not part.words else self._unclear(part, found)
            if other:
                found.setdefault(other.id, other)
        return found

    def _entries(self, part: Message) -> list[Candidate]:
        return [c for c in part.ranking.candidates if self.matcher.is_entry(c.id)]

    def _sure(self, part: Message) -> Candidate | None:
        """The entry that a part names surely, or in a comparison by its whole name."""
        spoken = {word.folded for word in part.ranking.reading.words}
        entries = self._entries(part)
        said = [c for c in entries if self._own_words(c.id) <= spoken]
        if self.comparing and said:
            return max(said, key=lambda c: (len(self._own_words(c.id)), self.matcher.ways(c.id)))
        telling = len(spoken - part.ranking.weak)
        if not entries or not telling or not (self.comparing or ACT.search(part.spoken)):
            return None
        enough = WORD_FROM if telling == 1 else SURELY if self.comparing else PART_FROM
        return entries[0] if entries[0].score >= enough else None

    def _own_words(self, name: str) -> frozenset[str]:
        """The words of a name that are its own, without what stands in brackets: tạm, trú of "Đăng ký tạm trú"."""
        return frozenset(folded_words(BRACKETS.sub("", self.matcher.name_of(name)))) - GENERIC

    def _unclear(self, part: Message, found: Mapping[str, Candidate]) -> Candidate | None:
        """The entry that a part leaves open: what the whole means, a near twin of another part's, a general one."""
        whole = self._whole(part) if any(one.score >= SURELY for one in found.values()) else None
        kindred = self._kindred(part, found) if self.comparing and found and not whole else None
        if whole or kindred:
            return whole or kindred
        return self._general(part) if self.comparing or len(part.words) > 1 else None

    def _whole(self, part: Message) -> Candidate | None:
        """What the whole message means, for a part that does not say it clearly enough by itself."""
        answer = self.message.answer
        whole = answer.procedure if isinstance(answer, Answered) else None
        return next((c for c in self._entries(part)[:SHOWN] if c.id == whole and c.score >= SLIGHTLY), None)

    def _kindred(self, part: Message, found: Mapping[str, Candidate]) -> Candidate | None:
        """The near twin of what another part named, for a word or two: "cấp đổi" beside "cấp lại sổ đỏ"."""
        name = next(iter(found))
        family = kin(self.knowledge, name)
        others = [c for c in part.ranking.candidates if c.id in family and c.id not in found and c.score >= SLIGHTLY]
        best = others[0] if others else None
        other = switched(self.matcher, family, name, part)
        if other is None or (best and best.score >= PART_FROM):
            return best
        return Candidate(other, PART_FROM, (), PART_FROM, 0.0)

    def _general(self, part: Message) -> Candidate | None:
        """The general one of several special cases: "đăng ký hộ kinh doanh" before its ceasing and its changes."""
        entries = self._entries(part)
        if math.fsum(c.score for c in entries[:SHOWN]) < (COMPARED if self.comparing else TOGETHER):
            return None
        most = max(c.coverage for c in entries)
        alike = [c for c in entries if c.coverage >= COVERED * most and c.score >= SLIGHTLY * entries[0].score]
        meant = general([c.id for c in alike], self.matcher)
        return next((c for c in alike if c.id == meant), None)
