"""A turn: what a message means by itself, then in its parts, then after what the chat speaks of."""

from dataclasses import dataclass

from bot.answers import ANSWER_FROM, SHIPPED, Answer, Answered, Choice, Reason, Routed, Thresholds, decide
from bot.knowledge import Knowledge
from bot.matching import ROUTE_PREFIX, Matcher, Ranking
from bot.turns.context import Context
from bot.turns.contrast import contrasted
from bot.turns.following import followed
from bot.turns.message import Message
from bot.turns.parts import several

TOPICAL = (Reason.OFF_TOPIC, Reason.COURT)  # what a few words may seem to speak of
NOT_TURNED = (Reason.EMPTY, Reason.NO_PROCEDURE)  # without words that tell there are no parts


@dataclass(frozen=True)
class Turn:
    """The ranking that decided, and the outcome."""

    ranking: Ranking
    answer: Answer


def turn(
    matcher: Matcher,
    knowledge: Knowledge,
    text: str,
    context: Context | None = None,
    thresholds: Thresholds = SHIPPED,
) -> Turn:
    """What a message means; `context` is what this chat spoke of last."""
    ranking = contrasted(matcher, matcher.rank(text), text)
    answer = decide(ranking, knowledge, None, thresholds)
    message = Message(text, ranking, answer)
    if isinstance(answer, Routed) and answer.reason not in TOPICAL and not _may_go_on(ranking, answer):
        return Turn(ranking, answer)
    found: Answer | None = None if answer.reason in NOT_TURNED else several(matcher, knowledge, message)
    if found is None and context is not None:
        found = followed(matcher, knowledge, message, context)
        if found and _named_again(message, found):
            return Turn(ranking, answer)
    return Turn(ranking, found or answer)


def _named_again(message: Message, found: Answered | Choice) -> bool:
    """Whether a message names what was spoken of and so stands by itself: "đăng ký khai sinh lệ phí" said twice."""
    alone = message.answer
    if not isinstance(found, Answered) or not isinstance(alone, Answered):
        return False
    return found.procedure == alone.procedure and not message.opens


def _may_go_on(ranking: Ranking, answer: Routed) -> bool:
    """Whether what sounds like one's own file may ask about the procedure: "bao giờ tiền về tài khoản"."""
    sure = any(c.id == f"{ROUTE_PREFIX}{answer.route}" and c.score >= ANSWER_FROM for c in ranking.candidates)
    return answer.reason is Reason.OWN_FILE and not sure
