"""What a chat speaks of: the procedure that was answered last, or the choice that was offered and not made."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers import Answer, Answered, Choice, Reason
from bot.matching import Matcher
from bot.turns.message import Message

CLEARLY = 1.12  # a general procedure is asked for in so many times more ways than its special cases
AHEAD = 4.0  # an option so many times as probable as another is not its special case
UNKNOWN_HERE = {Reason.NO_MATCH, Reason.OFF_TOPIC}


@dataclass(frozen=True)
class Context:
    """A procedure's id, or a choice; never both, never neither."""

    procedure: str | None = None
    choice: Choice | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The ids spoken of."""
        if self.procedure is not None:
            return (self.procedure,)
        return tuple(option.procedure for option in self.choice.options) if self.choice else ()


def spoken_of(answer: Answer) -> Context | None:
    """What the chat speaks of after an answer; None where it goes on about what it spoke of before."""
    match answer:
        case Answered(procedure=name):
            return Context(procedure=name)
        case Choice():
            return Context(choice=answer)
        case _:
            return None


def leaves(message: Message) -> bool:
    """Whether a message goes over to what nobody here knows: "phí bao nhiêu" after it asks for no fee known here."""
    return message.answer.reason in UNKNOWN_HERE and message.seeks


def settled(context: Context, matcher: Matcher) -> str | None:
    """The one procedure that a message goes on about: that of the last answer, or the general one of a choice.

    Who is offered "Đăng ký lập hộ kinh doanh", "Cấp lại …" and "Chấm dứt …" and asks "mấy ngày xong" without choosing
    means the first. Of two things asked in one message neither is general.
    """
    if context.choice is None or context.choice.reason is Reason.SEVERAL:
        return context.procedure
    scores = {c.id: c.score for c in context.choice.candidates}
    best = max((scores.get(name, 0.0) for name in context.names), default=0.0)
    near = [name for name in context.names if scores.get(name, 0.0) * AHEAD >= best]
    return general(near, matcher)


def general(names: Sequence[str], matcher: Matcher) -> str | None:
    """The one of some procedures that people ask for in clearly more ways than for each of the others."""
    by_ways = sorted(names, key=matcher.ways, reverse=True)
    if len(by_ways) < 2:
        return by_ways[0] if by_ways else None
    most, next_to_it = map(matcher.ways, by_ways[:2])
    return by_ways[0] if most >= CLEARLY * next_to_it else None
