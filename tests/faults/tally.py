"""What was asked, what became of it, and the table of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.faults.stub import Sent

QUESTIONS = (
    "đăng ký tạm trú cần giấy tờ gì",
    "lam giay khai sinh cho con het bao nhieu tien",
    "cấp lại căn cước mất bao lâu",
    "dang ky ket hon o dau",
    "hộ chiếu lần đầu cần gì",
    "xin giay xac nhan tinh trang hon nhan",
    "đổi giấy phép lái xe",
    "khai tử nộp ở đâu",
)


@dataclass(frozen=True)
class Asked:
    """A question that somebody sent."""

    chat: int
    message: int
    update: int


@dataclass(frozen=True)
class Outcome:
    """A line of the table; `said_twice` may be as many as were in flight at kills."""

    name: str
    mode: str
    asked: int
    kills: int
    lost: int
    doubled: int
    disordered: int
    unanswered: int
    said_twice: int
    in_flight: int
    seconds: float
    ours: bool = True

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.doubled or self.disordered or self.unanswered) and self.said_twice <= max(
            self.in_flight, 0
        )


def question(number: int, chat: int) -> dict[str, Any]:
    """An update not sent yet: the message of this number in a chat."""
    person = {"id": chat, "is_bot": False, "first_name": "An", "language_code": "vi"}
    where = {"id": chat, "type": "private", "first_name": "An"}
    text = QUESTIONS[number % len(QUESTIONS)]
    return {"message": {"message_id": number, "date": 1_760_000_000, "chat": where, "from": person, "text": text}}


def disordered(asked: Iterable[Asked], logged: Sequence[int], sent: Sequence[Sent]) -> int:
    """How often a chat's question was logged, or answered for the first time, before one that was sent earlier."""
    chat_of = {one.update: one.chat for one in asked}
    rows, replies = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for update in logged:
        rows[chat_of.get(update, 0)].append(update)
    for message in sent:
        if message.to is not None and message.to not in replies[message.chat]:
            replies[message.chat].append(message.to)
    return sum(a > b for order in (*rows.values(), *replies.values()) for a, b in pairwise(order))


def said_twice(sent: Iterable[Sent]) -> int:
    """Replies beyond the first to the same message in the same words."""
    return sum(count - 1 for count in Counter(one for one in sent if one.to is not None).values())


HEAD = ("fault", "mode", "asked", "kills", "lost", "doubled", "disorder", "unanswered", "said twice", "in flight", "s")


def table(outcomes: Sequence[Outcome]) -> str:
    """The table in Markdown; its last line sums up ours, the control is not ours."""
    rows = [HEAD, tuple("---" for _ in HEAD), *(_cells(one) for one in outcomes)]
    ours = [one for one in outcomes if one.ours]
    lost, doubled = sum(one.lost for one in ours), sum(one.doubled for one in ours)
    order, unanswered = sum(one.disordered for one in ours), sum(one.unanswered for one in ours)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, "", f"lost {lost}, doubled {doubled}, out of order {order}, unanswered {unanswered}"])


def _cells(one: Outcome) -> tuple[str, ...]:
    counts = (one.asked, one.kills, one.lost, one.doubled, one.disordered, one.unanswered)
    more = (one.said_twice, one.in_flight)
    return (one.name, one.mode, *map(str, counts), *map(str, more), f"{one.seconds:.0f}")
