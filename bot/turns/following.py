"""A message as what goes on about what the chat speaks of: a question more, a near twin, or the other of two."""

import math
from collections.abc import Mapping

from bot.answers import Answered, Choice, Option, Reason
from bot.knowledge import Knowledge
from bot.matching import Candidate, Matcher
from bot.turns.context import Context, settled
from bot.turns.kin import kin, of_age
from bot.turns.message import Message
from bot.turns.signals import Going, Talk
from bot.turns.weights import WEIGHTS

OPTIONS = 3


def followed(matcher: Matcher, knowledge: Knowledge, message: Message, context: Context) -> Answered | Choice | None:
    """What a message means after what was spoken of; None where it stands by itself.

    After "đổi thẻ căn cước": "mấy ngày xong" asks about it, "thế còn cấp lại thì sao" goes over to its near twin.
    """
    name = settled(context, matcher)
    if name is None:
        return _again(message, context)
    talk = talk_of(matcher, knowledge, message, context, name)
    shares = probabilities(talk.signals())
    meant = max(shares, key=lambda other: shares[other])
    others = sorted(shares.keys() - {talk.name}, key=lambda other: (-shares[other], other))
    taken_back = bool(others) and message.corrects and talk.denies(talk.name)
    if taken_back and not message.subject:
        return _instead(message, shares, others[:OPTIONS])
    if not message.spoken or shares[meant] < 1 - math.fsum(shares.values()):
        return None
    if meant == talk.name and talk.names_another():
        return None
    if meant == talk.name and taken_back:
        return _instead(message, shares, others[:OPTIONS])
    return _told(matcher, message, meant)


def talk_of(matcher: Matcher, knowledge: Knowledge, message: Message, context: Context, name: str) -> Talk:
    """A message after `name`; after that of its near twins which is for the age that the message speaks of."""
    family = dict.fromkeys(context.names, "") | kin(knowledge, name)
    return Talk(matcher, knowledge, message, of_age(matcher, family, name, message.text) or name, family)


def probabilities(found: Mapping[str, Going], weights: Mapping[str, float] = WEIGHTS) -> dict[str, float]:
    """How probable it is that a message goes on about each; what is missing to 1 is that it stands by itself.

    A conditional logit with an outside option, like `matching.matcher.probabilities`.
    """
    told = {n: math.fsum(weights[f] * v for f, v in zip(Going._fields, s, strict=True)) for n, s in found.items()}
    highest = max([*told.values(), 0.0])
    shares = {name: math.exp(t - highest) for name, t in told.items()}
    total = math.fsum([*shares.values(), math.exp(-highest)])
    return {name: share / total for name, share in shares.items()}


def _again(message: Message, context: Context) -> Choice | None:
    """The choice that was offered once more, now with the facets asked for, where no option is the general one."""
    offered = context.choice
    if offered is None or isinstance(message.answer, Answered) or message.subject or not message.ranking.facets:
        return None
    return Choice(Reason.FOLLOW_UP, message.ranking.facets, offered.candidates, offered.options, offered.question)


def _instead(message: Message, shares: Mapping[str, float], others: list[str]) -> Choice:
    """The near twins of what is denied, where no word tells which of them is meant: "không phải cái đó"."""
    candidates = tuple(Candidate(name, round(shares[name], 4), (), 0.0, 0.0) for name in others)
    return Choice(Reason.FOLLOW_UP, message.ranking.facets, candidates, tuple(map(Option, others)))


def _told(matcher: Matcher, message: Message, name: str) -> Answered:
    known = round(matcher.known(message.subject, name), 4)
    others = [c for c in message.ranking.candidates if c.id != name] if message.words else []
    found = Candidate(name, known, message.words, known, known)
    return Answered(Reason.FOLLOW_UP, message.ranking.facets, (found, *others[:OPTIONS]), name)
