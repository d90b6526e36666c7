"""Several procedures in one message: "đăng ký tạm trú rồi làm căn cước luôn", "cấp đổi và cấp lại sổ đỏ khác gì"."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers import Answered, Choice, Option, Reason
from bot.knowledge import Knowledge
from bot.matching import Candidate, Matcher
from bot.text import MATCHED_CHARACTERS, Syllable, folded_words
from bot.turns.context import general
from bot.turns.joined import BESIDE, Joined
from bot.turns.kin import BRACKETS, kin, of_age, retold
from bot.turns.message import Message

AND = (
    r"\b(?:và|với|kèm|hay|hoặc|cùng|tiện thể|đồng thời|lẫn|vs|va|voi|kem|hoac|cung|tien the|dong thoi"
    r"|sau đó|sau do|sau là|sau la|tiếp theo|tiep theo)\b|[+/]"
    r"|\b(?:rồi|xong|roi)\b(?! *[,.;?]| *$)"
)
JOINER = re.compile(AND, re.IGNORECASE)  # what is told before a comma is a story
THAN = re.compile(AND + r"|[,;?]|\b(?:khác|so với|khac|so voi)\b", re.IGNORECASE)  # in a comparison
BOTH = re.compile(r"\b(?:vừa|vua)\b", re.IGNORECASE)  # "vừa … vừa …"
COUNTED = re.compile(r"\b(?:2|hai|3|ba) (?:viec|thu tuc)\b")  # "hai việc: …, …"
COMMA = re.compile(r"[:,;]")
POLITE = r"(?: (?:a|nhi|ban|ad|vay|the|em|anh|chi|mn|cac bac|moi nguoi))*$"
COMPARING = re.compile(
    r"\b(?:so sanh|phan biet|(?:khac|giong) (?:gi|j|nhau|biet|cho nao|the nao|nhu|sao|o diem|nhung gi)"
    r"|(?:dang|cai|ben|duong|loai|huong) (?:nao|mo)|pb|co phai (?:la )?mot"
    r"|(?:thi|loi|tot|nhanh|lau|re|de|tien|le|gon|nhieu|it) hon)\b"
    r"|(?<!nguoi )(?<!noi )(?<!xa )(?<!tinh )\bkhac\b.*\b(?:(?:the|cho|diem|o dau|cai) ?nao|ntn|ra sao)"
    + POLITE
    + r"|\bnen\b.*\bhay\b"
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
LEAD = re.compile(  # what stands before the act itself: "đi lao động cần làm …", "mở quán thì xin …"
    r"^.*\b(?:cần|phải|muốn|thì|nên|định|can|phai|muon|thi|dinh) (?=(?:làm|xin|đăng|đổi|cấp|khai|lập|chấm|tạm|rút|lĩnh"
    r"|hưởng|sang|tách|xóa|gia|chứng|lam|dang|doi|cap|lap|cham|tam|rut|linh|huong|tach|xoa|chung)\b)",
    re.IGNORECASE,
)
GENERIC = frozenset(folded_words("đăng ký cấp làm xin giấy thẻ thủ tục cho"))
LONGEST, MOST_PARTS = 25, 7  # words and parts: a story has more
PART_FROM = 0.6  # each of two things that are asked in one message must fit so well by itself
WORD_FROM = 0.85  # and what only one word tells, so well
SURELY = 0.75  # in a comparison what fits less may be a special case of what is named
TOGETHER, COMPARED = 0.6, 0.3  # of which the first three together must be so probable, and in a comparison
COVERED = 0.9  # entries that know so much of a part as the one that knows most may all be meant
SLIGHTLY = 0.1  # what the whole message means, or a near twin, may fit a part so little
KINDRED = 0.7  # said of what another part names, a near twin must be so probable
SHOWN = 3


def several(matcher: Matcher, knowledge: Knowledge, message: Message) -> Choice | None:
    """The two or three procedures that the parts of a message name; None where they name one or none."""
    comparing = bool(COMPARING.search(message.spoken))
    found = _listed(matcher, knowledge, message, comparing)
    if not found and not comparing:
        found = Joined(matcher, knowledge, message).named()
    whole = message.answer.procedure if isinstance(message.answer, Answered) else None
    if not 1 < len(found) <= SHOWN or (whole and whole not in found):
        return None
    options = tuple(Option(name) for name in found)
    return Choice(Reason.SEVERAL, message.ranking.facets, tuple(found.values()), options)


def _listed(matcher: Matcher, knowledge: Knowledge, message: Message, comparing: bool) -> Mapping[str, Candidate]:
    """What the parts name, split wherever they may be; empty where it is not clear or only one thing."""
    if message.ranking.reading.denied:  # a contrast: "không phải cấp đổi, cấp lại"
        return {}
    texts = _split(message, comparing)
    if not 1 < len(texts) <= MOST_PARTS:
        return {}
    parts = [Message(text, matcher.rank_part(text), message.answer) for text in texts]
    found = _Parts(matcher, knowledge, message, comparing).named(parts)
    whole = message.answer.procedure if isinstance(message.answer, Answered) else None
    return found if 1 < len(found) <= SHOWN and not (whole and whole not in found) else {}


def _split(message: Message, comparing: bool) -> list[str]:
    """The texts of the parts; none for a long story. What is not read has no parts."""
    text = message.text[:MATCHED_CHARACTERS]
    if comparing:
        texts = [ASIDE.sub(" ", part) for part in THAN.split(text)]
    elif len(BOTH.findall(text)) > 1:
        texts = BOTH.split(text)
    elif len(message.spoken.split()) > LONGEST:
        texts = []
    else:
        joined = JOINER.split(text)
        counted = COUNTED.search(message.spoken) is not None
        texts = [one for part in joined for one in (COMMA.split(part) if counted else [part])]
    return [one for one in texts if one.strip()]


@dataclass(frozen=True)
class _Parts:
    """Reads the parts of a message; of a comparison, where they may be named by a word or two."""

    matcher: Matcher
    knowledge: Knowledge
    message: Message
    comparing: bool

    def named(self, parts: Sequence[Message]) -> dict[str, Candidate]:
        """What the parts name, in their order: first what is sure, then what that makes clear."""
        asked_for = [self._asked_for(parts[: number + 1]) for number in range(len(parts))]
        sure = [self._sure(part) if asked else None for part, asked in zip(parts, asked_for, strict=True)]
        found = {one.id: one for one in sure if one}
        for part, one in zip(parts, sure, strict=True):
            acts = self.comparing or ACT.search(part.spoken)
            other = self._unclear(part, found) if acts and part.words and not one else None
            if other:
                found.setdefault(other.id, other)
        return found

    def _entries(self, part: Message) -> list[Candidate]:
        return [c for c in part.ranking.candidates if self.matcher.is_entry(c.id)]

    def _asked_for(self, parts: Sequence[Message]) -> bool:
        """Whether the last of some parts stands in what is to be done, not in a story before it."""
        return self.comparing or any(ACT.search(part.spoken) for part in parts)

    def _sure(self, part: Message) -> Candidate | None:
        """The entry that a part names surely, in a comparison by its whole name, or what stands at its end does."""
        entries = self._entries(part)
        said = self._said(part, entries) if self.comparing else None
        telling = [word for word in part.ranking.reading.words if part.ranking.tells(word)]
        if said and (entries[0].score < WORD_FROM or self._says_no_more(said, telling)):
            return said
        enough = WORD_FROM if len(telling) == 1 else SURELY if self.comparing else PART_FROM
        if entries and telling and entries[0].score >= enough:
            return entries[0]
        act = LEAD.sub("", part.text)
        return None if act == part.text else self._sure(Message(act, self.matcher.rank_part(act), part.answer))

    def _said(self, part: Message, entries: Sequence[Candidate]) -> Candidate | None:
        """The entry whose name is said, the longest of them."""
        spoken = {word.folded for word in part.ranking.reading.words}
        said = [c for c in entries if self._own_words(c.id) <= spoken]
        return max(said, key=lambda c: (len(self._own_words(c.id)), self.matcher.ways(c.id)), default=None)

    def _says_no_more(self, said: Candidate, telling: Sequence[Syllable]) -> bool:
        """Whether all that is said is in a name: not "thẻ tạm trú" in "Đăng ký tạm trú"."""
        return {word.folded for word in telling} <= set(folded_words(self.matcher.name_of(said.id)))

    def _own_words(self, name: str) -> frozenset[str]:
        """The words of a name that are its own, without what stands in brackets: tạm, trú of "Đăng ký tạm trú"."""
        return frozenset(folded_words(BRACKETS.sub("", self.matcher.name_of(name)))) - GENERIC

    def _unclear(self, part: Message, found: Mapping[str, Candidate]) -> Candidate | None:
        """The entry that a part leaves open: what the whole means, a near twin of another part's, a general one."""
        whole = self._whole(part, found) if any(one.score >= SURELY for one in found.values()) else None
        kindred = self._kindred(part, found) if self.comparing and found and not whole else None
        if whole or kindred:
            return whole or kindred
        return self._general(part) if self.comparing or len(part.words) > 1 else None

    def _whole(self, part: Message, found: Mapping[str, Candidate]) -> Candidate | None:
        """What the whole message means, for a part that does not say it clearly enough by itself."""
        answer = self.message.answer
        whole = answer.procedure if isinstance(answer, Answered) else None
        entries = (c for c in self._entries(part)[:SHOWN] if c.id not in found)
        return next((c for c in entries if c.id == whole and c.score >= SLIGHTLY), None)

    def _kindred(self, part: Message, found: Mapping[str, Candidate]) -> Candidate | None:
        """The near twin of what another part named, for a word or two: "cấp đổi" beside "cấp lại sổ đỏ"."""
        name = next(iter(found))
        family = kin(self.knowledge, name)
        told = retold(self.matcher, family, name, part.ranking.reading)
        aged = of_age(self.matcher, family, name, part.text)
        best = max(told.keys() - found.keys(), key=lambda other: (told[other], other), default=None)
        if aged is None and (best is None or told[best] < KINDRED):
            return None
        return Candidate(aged or best or "", PART_FROM, (), PART_FROM, 0.0)

    def _general(self, part: Message) -> Candidate | None:
        """The general one of several special cases: "đăng ký hộ kinh doanh" before its ceasing and its changes."""
        entries = self._entries(part)
        if math.fsum(c.score for c in entries[:SHOWN]) < (COMPARED if self.comparing else TOGETHER):
            return None
        most = max(c.coverage for c in entries)
        alike = [c for c in entries if c.coverage >= COVERED * most and c.score >= SLIGHTLY * entries[0].score]
        meant = general([c.id for c in alike], self.matcher)
        least = 0.0 if self.comparing else entries[0].score / BESIDE
        return next((c for c in alike if c.id == meant and c.score >= least), None)
