"""A message as what goes on about what the chat speaks of: a question more, a near twin, or the other of two."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.answers import Answered, Choice, Option, Reason, Routed, Unknown
from bot.knowledge import Knowledge
from bot.matching import Candidate, Matcher
from bot.text import folded_words
from bot.turns.context import Context, general, settled
from bot.turns.kin import kin, leads, switched
from bot.turns.message import Message

LONGEST = 14  # telling words: what is longer stands by itself
ALONE_FROM = 0.55  # a message that fits some other entry so well speaks of that one
KNOWN_ALONE_FROM = 0.75  # the same where what was spoken of knows all words of a question
SURELY = 0.9  # a condition ("nếu …") does so only from here, where what was spoken of knows all its words
KIN_FROM, KIN_SUPPOSED, KIN_WITH_CUE = 0.75, 0.5, 0.1  # from here the near twin that fits best is meant
KNOWN_FROM, KNOWN_WITH_CUE, ALL = 0.65, 0.34, 0.999  # share of the subject that what was spoken of must know
NAMED_FROM = 0.6  # share of the subject in the name of another entry, from which the message speaks of that one
NAMED_SURELY = 0.5  # of an entry so probable it speaks even where it asks what could be asked of the other
DOUBTFUL = 0.5  # a topic that is no more probable gives way to what all words fit
SURE_TOPIC = 0.8  # and one that is no more probable to a question without a subject: "vàng" may be read as "vâng"
FEW, SHORT = 2, 4  # words of a subject
BRIEFEST = 5  # words of a message
NEAR = 4  # entries: what is not among the first for its own words is not spoken of
LEADING = 1.0  # nats by which one near twin must lead the others where what was spoken of is denied
OPTIONS = 3


def followed(matcher: Matcher, knowledge: Knowledge, message: Message, context: Context) -> Answered | Choice | None:
    """What a message means after what was spoken of; None where it stands by itself.

    After "đổi thẻ căn cước": "mấy ngày xong" asks about it, "thế còn cấp lại thì sao" goes over to its near twin.
    """
    if message.closes:
        return None
    name = settled(context, matcher)
    if name is None:
        return _again(message, context)
    family = dict.fromkeys(context.names, "") | kin(knowledge, name)
    return _Talk(matcher, knowledge, message, name, family).goes_on()


def _again(message: Message, context: Context) -> Choice | None:
    """The choice that was offered once more, now with the facets asked for, where no option is the general one."""
    offered = context.choice
    if offered is None or isinstance(message.answer, Answered) or message.subject or not message.ranking.facets:
        return None
    return Choice(Reason.FOLLOW_UP, message.ranking.facets, offered.candidates, offered.options, offered.question)


@dataclass(frozen=True)
class _Talk:
    """A message after a procedure, `name`, was spoken of; `family` are its near twins and itself, with labels."""

    matcher: Matcher
    knowledge: Knowledge
    message: Message
    name: str
    family: Mapping[str, str]

    def goes_on(self) -> Answered | Choice | None:
        """What the message means; None where it stands by itself."""
        if self._stands():
            return None
        meant = self._meant()
        if (meant == self.name and self._names_another) or not self._speaks_of(meant):
            return None
        return self._instead() if self._denies_it else self._told(meant)

    @cached_property
    def _known(self) -> float:
        """The share of the message's subject that what was spoken of knows."""
        return self.matcher.known(self.message.subject, self.name)

    def _stands(self) -> bool:
        """Whether the message got an answer of its own, or is a story."""
        message = self.message
        if message.supposes and self._known >= ALL and self._first_score(outside=True) < SURELY:
            return False
        match message.answer:
            case Routed():
                return not self._outweighs_topic()
            case Answered(procedure=found):
                guided = found in self.knowledge.guides_by_id and message.ranking.facets
                return bool(message.subject) or not (message.opens or guided)
        if not message.subject and (message.opens or message.ranking.facets):
            return False
        alone = KNOWN_ALONE_FROM if message.ranking.facets and self._known >= ALL else ALONE_FROM
        fits_another = self._first_score(outside=True) >= alone and not message.corrects and not self._offers_kin
        return fits_another or len(message.words) > LONGEST

    def _first_score(self, outside: bool) -> float:
        """How probable the first entry is; 0 where it is of the family and only others count."""
        first = self.message.first(self.matcher)
        return 0.0 if first is None or (outside and first.id in self.family) else first.score

    @property
    def _offers_kin(self) -> bool:
        """Whether a message that goes on was offered a near twin among others."""
        answer = self.message.answer
        offered = {option.procedure for option in answer.options} if isinstance(answer, Choice) else set()
        return self.message.opens and not offered.isdisjoint(self.family.keys() - {self.name})

    def _outweighs_topic(self) -> bool:
        """Whether a message that sounds like what no office knows goes on: "chưa ly hôn có được tách không"."""
        message = self.message
        topic = message.ranking.candidates[0].score
        if not message.subject:
            asks = bool(message.ranking.facets) or (message.asks and message.is_brief)
            return message.opens or (asks and topic < SURE_TOPIC)
        if len(message.subject) > SHORT or self._known < KNOWN_FROM:
            return False
        doubtful = message.asks and len(message.subject) <= FEW and topic < DOUBTFUL
        return message.ends or (self._known >= ALL and (message.opens or doubtful))

    def _meant(self) -> str:
        """The procedure spoken of, or the near twin to which the message goes over."""
        message = self.message
        enough = KIN_SUPPOSED if message.supposes else KIN_WITH_CUE if message.opens else KIN_FROM
        best = next((c for c in message.ranking.candidates if c.id in self.family), None)
        if best and best.score >= enough:
            return best.id
        return switched(self.matcher, self.family, self.name, message) or self.name

    @property
    def _names_another(self) -> bool:
        """Whether the message speaks of an entry outside by its name: "căn cước thì sao" after "đăng ký tạm trú"."""
        message, other = self.message, self.message.first(self.matcher)
        if other is None or not message.subject or message.supposes or isinstance(message.answer, Unknown):
            return False
        if message.ranking.facets and self._known >= KNOWN_FROM and other.score < NAMED_SURELY:
            return False
        subject = {word.folded for word in message.subject}
        named = subject.intersection(folded_words(self.matcher.name_of(other.id)))
        own = subject.intersection(folded_words(self.matcher.name_of(self.name)))
        return len(named) >= NAMED_FROM * len(subject) and len(named) > len(own)

    def _speaks_of(self, meant: str) -> bool:
        """Whether enough of the message is known where it seems to go on."""
        message, subject = self.message, self.message.subject or self.message.denied
        if not subject:
            return message.asks or message.opens
        known = max(self.matcher.known(subject, self.name), self.matcher.known(subject, meant))
        if message.opens:
            return known >= KNOWN_WITH_CUE or message.ends
        if self._asks_in_a_word:
            return True
        if known < KNOWN_FROM or (len(subject) > SHORT and (isinstance(message.answer, Choice) or not message.asks)):
            return False
        near = [c.id for c in message.ranking.candidates if self.matcher.is_entry(c.id)][:NEAR]
        return message.is_brief or not {self.name, meant}.isdisjoint(near)

    @property
    def _asks_in_a_word(self) -> bool:
        """Whether the message asks a facet with one word of its own that leads nowhere: "thuế hết bao nhiêu"."""
        message = self.message
        lost = isinstance(message.answer, Unknown) and len(message.spoken.split()) <= BRIEFEST
        return lost and bool(message.ranking.facets) and len(message.subject) == 1

    @property
    def _denies_it(self) -> bool:
        """Whether what was spoken of is not meant: "không phải khiếu nại, tố cáo cơ"; "không … thì sao" supposes."""
        denied = self.message.ranking.reading.denied - self.message.ranking.weak
        return not self.message.ends and not denied.isdisjoint(folded_words(self.matcher.name_of(self.name)))

    def _instead(self) -> Answered | Choice:
        """The near twin that is meant in place of what is denied; a choice of them where no word tells."""
        found = leads(self.matcher, self.family, self.name, self.message)
        best = sorted(found, key=lambda other: -found[other])
        if not best:
            return self._told(self.name)
        meant = general([other for other in best if found[other] > found[best[0]] - LEADING], self.matcher)
        if meant:
            return self._told(meant)
        options = tuple(Option(other) for other in best[:OPTIONS])
        candidates = tuple(Candidate(other, 0.0, (), 0.0, 0.0) for other in best[:OPTIONS])
        return Choice(Reason.FOLLOW_UP, self.message.ranking.facets, candidates, options)

    def _told(self, name: str) -> Answered:
        known = round(self.matcher.known(self.message.subject, name), 4)
        others = [c for c in self.message.ranking.candidates if c.id != name] if self.message.words else []
        found = Candidate(name, known, self.message.words, known, known)
        return Answered(Reason.FOLLOW_UP, self.message.ranking.facets, (found, *others[:OPTIONS]), name)
