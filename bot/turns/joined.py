"""Two things to be done that one message joins: "khai tử cho ông, rồi xóa tên ông khỏi hộ khẩu"."""

import math
import re
from dataclasses import dataclass, replace
from functools import cached_property

from bot.knowledge import Knowledge
from bot.matching import Candidate, Matcher, Ranking
from bot.text import Syllable
from bot.turns.context import general
from bot.turns.kin import kin
from bot.turns.message import Message

FIRM = (  # joins two things that are both asked
    r"(?:(?:lại còn|lại thêm|với lại|lai con|lai them|voi lai|đồng thời|dong thoi|ngoài ra|ngoai ra|song song"
    r"|bên cạnh đó|ben canh do|sau (?:đó|đấy|do|day|là|la)|tiếp (?:theo|đó)|tiep (?:theo|do)|tiện thể|nhân tiện"
    r"|nhân thể|tien the|nhan tien|nhan the|sẵn (?:đấy|đây|tiện|dịp)|san (?:day|tien|dip)|(?:một|hai|ba|mot) là"
    r"|(?:mot|hai|ba) la|đoạn|doan|vừa|vua|và|(?<!so )với|kèm|cùng|cộng|lẫn|vs|va|(?<!so )voi|kem)"
    r"(?: (?:là|thì|còn|con|cả|ca))?(?!\w)|(?<!\w)[+/&])"
)
DONE = r"(?:rồi|xong|roi|r|xog)(?!\w)(?! *(?:[,.;?]|rồi|roi|r\b|$))"  # joins them too, or ends what is only told
JOINT = re.compile(
    rf"[,.;:]? *(?<!\w)(?:(?P<firm>{FIRM})|(?P<done>{DONE}))[ ,]*|[,.;:\n] *|\b(?:mà|còn)\b", re.IGNORECASE
)
BOTH = re.compile(r"\b(?:vừa|vua)\b", re.IGNORECASE)  # "vừa … vừa …": one alone joins nothing
PAIR = 2
WHO = r"em|bon|tui|toi|minh|anh|chi|chau|con|ong|ba|bo|me|nha|vo|chong|chung|bac|co|chu|no|cu|hai|hai nguoi"
MEANS = r"gio|nay|da|thi|la|cung|luon|ca|can|phai|muon|dinh|tinh|di|ra|len|ve|nho|hoi|duoc|vua|dang|them|bay gio"
DEED = (
    r"(?:lam|xin|dang ki|doi|cap|khai|nop|nhap|sang ten|tach|mo|lap|rut|sua|chung thuc|cong chung|sao y|bao|gia han|xoa"
    r"|chuyen|nhan|huong|linh|lanh|dong|cham dut|dieu chinh|dinh chinh|thong bao|tu choi|chia|thoa thuan|ghi|khoa|huy"
    r"|giam|tang|thay|tam|the chap|bo sung|gui|ki|treo|mua|ban|dem|giay|the|tien|tro cap|thi|bam|chap thuan|ke khai"
    r"|quyet toan|cat|thue|tra)\b"
)
DEEDS = re.compile(rf"^(?:(?:{WHO}|{MEANS}) )*{DEED}")
WISH = re.compile(rf"\b(?:can|phai|muon|dinh|xin|gio|thi) (?:(?:{WHO}|{MEANS}) )*{DEED}|\b(?:muon|can|xin)\b")
TOLD = re.compile(r"\b(?:da|co|duoc|xong|vua|moi|bi|mat|het|truoc|hoi|nam ngoai)\b.*\broi$|\b(?:da|chua|bi|het han)\b")
COUNTED = re.compile(  # "cả hai", "từng việc", "một thể", "cùng lúc", "cái nào trước"
    r"\b(?:ca|hai|2|tung|may) (?:hai|2|doi|viec|cai|thu|khoan|mon|giay|giay phep|ho so|chang|van ban|thu tuc)\b"
    r"|\b(?:mot|1) (?:the|luot|luc|buoi)\b|\bluon the\b|\b(?:cung|1|mot) (?:mot |1 )?(?:luc|ngay)\b|\bcai nao truoc\b"
)
BEFORE = re.compile(r"^.*\b(?:cần|phải|muốn|thì|định|nên|can|phai|muon|thi|dinh|nen)\b(?=.* )", re.IGNORECASE)
ASKED = re.compile(r"\b(?:thì|thi|mất|hết|cần|can)\b.*$", re.IGNORECASE)  # "… thì cần giấy gì"
SHARED = re.compile(r"\b(?:mat|cap lai|lam lai|doi|gia han|sao y|hong|rach|chay)\b")  # befalls or is done to all listed
NOUN = 5  # words: a clause without a deed that is no longer only names a thing
CERTAIN, SURE, MIDDLING, FAIRLY, NEVER = 0.9, 0.8, 0.65, 0.45, 2.0  # how well parts must fit; `_enough` tells which
WORD_FROM = 0.85  # and what only one word tells
APART, TWINS_APART = 1.0, 2.0  # nats by which a part must speak for its own entry rather than for the other's
KINDRED = 4.0  # an entry of the field of what the other part names is so many times likelier
COVERED = 0.9  # entries that know so much of a part as the most may all be meant: then the general one is
SLIGHTLY = 0.1  # where they are so probable against the first of them
BESIDE = 2.0  # and the first no more than so many times likelier than the general one
SHOWN = 3
LONGEST, MOST_JOINTS = 55, 8  # words and joints: a story has more


@dataclass(frozen=True)
class Side:
    """What stands on one side of a joint: the clause next to it, how it reads in several ways, what it names."""

    clause: str
    rankings: tuple[Ranking, ...]
    ranking: Ranking
    first: Candidate

    @cached_property
    def words(self) -> tuple[Syllable, ...]:
        """Its telling words."""
        return tuple(word for word in self.ranking.reading.words if self.ranking.tells(word))


@dataclass(frozen=True)
class Joined:
    """Reads the two sides of each joint of a message."""

    matcher: Matcher
    knowledge: Knowledge
    message: Message

    def named(self) -> dict[str, Candidate]:
        """The two entries that the sides of a joint name, in their order; empty where no joint stands between two."""
        if len(self.message.spoken.split()) > LONGEST:
            return {}
        pairs = [pair for joint, clauses in self._joints() if (pair := self._pair(joint, *clauses))]
        if not pairs:
            return {}
        one, other = max(pairs, key=lambda pair: pair[0].first.score * pair[1].first.score)
        return {one.first.id: one.first, other.first.id: other.first}

    def _joints(self) -> list[tuple[re.Match[str], tuple[list[str], list[str]]]]:
        """The joints, each with the clause before it and all before it, the clause after it and all after it."""
        text = self.message.text
        once = len(BOTH.findall(text)) < PAIR
        found = [j for j in JOINT.finditer(text) if not (once and BOTH.search(j[0]))]
        joints = [j for j in found if text[: j.start()].strip() and text[j.end() :].strip()]
        if len(joints) > MOST_JOINTS:
            return []
        begins, ends = [0, *(j.end() for j in joints)], [*(j.start() for j in joints), len(text)]
        return [
            (j, ([text[begins[at] : j.start()], text[: j.start()]], [text[j.end() : ends[at + 1]], text[j.end() :]]))
            for at, j in enumerate(joints)
        ]

    def _pair(self, joint: re.Match[str], left: list[str], right: list[str]) -> tuple[Side, Side] | None:
        said = self._spoken(left[0]), self._spoken(right[0])
        denied = self.message.ranking.reading.denied
        enough = self._enough(joint, *said)
        if enough > 1 or denied.intersection(" ".join(said).split()):
            return None
        before = self._side(said[0], *left)
        after = self._side(said[1], *right) if before else None
        if before and after and before.first.score >= SURE > after.first.score:
            after = self._beside(after, before)
        elif before and after and after.first.score >= SURE > before.first.score:
            before = self._beside(before, after)
        return (before, after) if before and after and self._both_asked(enough, before, after) else None

    def _spoken(self, clause: str) -> str:
        return " ".join(word.folded for word in self.matcher.read(clause).all_words)

    def _side(self, said: str, clause: str, whole: str) -> Side | None:
        """What one side names: the clause beside the joint, or all on that side where that says it more surely."""
        bare = self._shared and len(said.split()) <= NOUN and not (DEEDS.search(said) or SHARED.search(said))
        wished = ASKED.sub("", BEFORE.sub("", clause))
        texts = (f"{clause} {self._shared}", clause) if bare else (clause, whole, wished)
        rankings = [self.matcher.rank_part(text) for text in dict.fromkeys(texts) if text.strip()]
        return self._best(said, tuple(ranking for ranking in rankings if ranking.is_telling))

    def _beside(self, side: Side, other: Side) -> Side | None:
        """The same, where entries of the other's field are likelier: "sang tên" of land beside "tách thửa"."""
        return self._best(side.clause, side.rankings, self.knowledge.fields.get(other.first.id))

    def _best(self, clause: str, rankings: tuple[Ranking, ...], field: str | None = None) -> Side | None:
        firsts = [(self._first(ranking, field), ranking) for ranking in rankings]
        sides = [Side(clause, rankings, ranking, first) for first, ranking in firsts if first]
        return max(sides, key=lambda side: side.first.score, default=None)

    def _first(self, ranking: Ranking, field: str | None) -> Candidate | None:
        """The entry that a text names; the general one where several special cases are as near."""
        fields = self.knowledge.fields
        entries = [c for c in ranking.candidates if self.matcher.is_entry(c.id)]
        weighed = [c.score * (KINDRED if field and fields.get(c.id) == field else 1) for c in entries]
        total = 1 + math.fsum(weighed) - math.fsum(c.score for c in entries)
        entries = [replace(c, score=weight / total) for c, weight in zip(entries, weighed, strict=True)]
        entries.sort(key=lambda c: (-c.score, c.id))
        if not entries or entries[0].score >= SURE:
            return next(iter(entries), None)
        near = [c for c in entries[:SHOWN] if c.score >= SLIGHTLY * entries[0].score]
        for covered in (max(c.coverage for c in entries), entries[0].coverage):
            alike = [c for c in near if c.coverage >= COVERED * covered]
            meant = general([c.id for c in alike], self.matcher)
            found = next((c for c in alike if c.id == meant), None)
            if found and found.score * BESIDE >= entries[0].score:
                return replace(found, score=math.fsum(c.score for c in alike))
        return entries[0]

    def _both_asked(self, enough: float, before: Side, after: Side) -> bool:
        """Whether both sides are sure enough by themselves, and not of one thing."""
        one, other = before.first, after.first
        if one.id == other.id or not {one.id, other.id} <= self.knowledge.fields.keys():
            return False
        if any(len(side.words) == 1 and side.first.score < WORD_FROM for side in (before, after)):
            return False
        apart = min(self._lead(before, after), self._lead(after, before))
        near = other.id in kin(self.knowledge, one.id)
        return min(one.score, other.score) >= enough and apart >= (TWINS_APART if near else APART)

    def _enough(self, joint: re.Match[str], before: str, after: str) -> float:
        """How sure both must be: less where they are two deeds, or are called two, or stand joined firmly."""
        deeds = _is_deed(before) and _is_deed(after)
        if joint["firm"]:
            return FAIRLY if deeds or self._counted else SURE if _is_told(before) else MIDDLING
        if joint["done"]:
            return FAIRLY if deeds else MIDDLING if self._counted else NEVER
        return MIDDLING if self._counted else CERTAIN if deeds else NEVER

    def _lead(self, side: Side, other: Side) -> float:
        """By how many nats the words of a side speak for what it names, rather than for what the other does."""
        return self.matcher.likelihood(side.words, side.first.id) - self.matcher.likelihood(side.words, other.first.id)

    @cached_property
    def _counted(self) -> bool:
        """Whether it says that it asks for two things."""
        return COUNTED.search(self.message.spoken) is not None

    @cached_property
    def _shared(self) -> str:
        """What is to be done with all that is listed: "cấp lại" of "căn cước, bằng lái … cấp lại ở đâu"."""
        return " ".join(dict.fromkeys(SHARED.findall(self.message.spoken)))


def _is_deed(clause: str) -> bool:
    """Whether it is something to be done: "muốn tách hộ", not "đã kết hôn"."""
    return not _is_told(clause) and bool(DEEDS.search(clause) or WISH.search(clause))


def _is_told(clause: str) -> bool:
    """Whether it is only told: what was done, what befell somebody."""
    return bool(TOLD.search(clause)) and not WISH.search(clause)
