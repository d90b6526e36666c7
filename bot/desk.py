"""The one path of every channel: a question in, a reply out, a log entry behind."""

import datetime
import hashlib
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from bot.answers import SHIPPED, Answer, Answered, Foreign, Reason, Thresholds, Unknown, outcome, placed
from bot.cache import Shelf, nothing_thrown_away
from bot.catalogue import EMPTY, Catalogue
from bot.config import OFFICE_TIME
from bot.knowledge import Knowledge
from bot.language import language_of
from bot.matching import Candidate, Matcher, Ranking
from bot.persons import Alias
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.places import Gazetteer, find
from bot.privacy import mask
from bot.procedures import CODE_IN_TEXT
from bot.replies import (
    NOWHERE,
    Checklist,
    Home,
    Reply,
    Show,
    ShowPlace,
    Speaker,
    Voice,
    checklist,
    compose,
    told,
    told_places,
)
from bot.replies.personal import with_numbers_warned
from bot.storage import LogEntry
from bot.text import clean
from bot.turns import Context, Message, leaves, spoken_of, turn

CONTEXT_MINUTES = 30  # after that, "còn lệ phí?" no longer means the procedure spoken of
WHERE = "ở đâu"  # what is asked of a place of which nothing but the name is written
NO_MATTER = (Reason.OFF_TOPIC, Reason.ABUSE)  # what a bare name of a commune is taken for
CONTEXTS = 10_000  # chats remembered at once


@dataclass(frozen=True)
class Question:
    """A message: `chat` keys the context and is never stored; `update` is (bot id, update id) where there is one.

    `place` is the code of the commune kept for the person; "" that none is, None that none can be.
    `chosen`: the person wants `language` whatever they write in; `person` where their questions may be linked; in a
    `group` nothing is offered that stands on buttons.
    """

    text: str
    channel: str
    chat: str | None = None
    update: tuple[int, int] | None = None
    language: str = "vi"
    place: str | None = None
    chosen: bool = False
    person: Alias | None = None
    group: bool = False

    def spoken(self, heard: str) -> str:
        """The language to answer in, of a text heard as `heard`: the person's own, or any but Vietnamese they write."""
        return self.language if self.chosen or heard == "vi" else heard


@dataclass(frozen=True)
class Handled:
    """What came of a question, and what to keep of it; `ms` is how long it took, `masked`: it told personal numbers."""

    question: Question
    ranking: Ranking
    answer: Answer
    reply: Reply
    entry: LogEntry
    ms: float
    brain: "Brain"
    masked: bool


@dataclass(frozen=True)
class Brain:
    """All that answers come from, as one value: a question sees one of them from its first step to its last."""

    knowledge: Knowledge
    catalogue: Catalogue
    matcher: Matcher

    def knows(self, name: str) -> bool:
        """Whether an id is that of an entry or of a line of the catalogue."""
        known = self.knowledge.by_id, self.knowledge.guides_by_id, self.catalogue.by_id
        return any(name in names for names in known)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Communes by name, made when the first question comes."""
        return Gazetteer(self.knowledge.units)

    def by_code(self, text: str) -> str | None:
        """The id of the first entry that has a code of the text; full entries go before the catalogue."""
        typed = CODE_IN_TEXT.findall(text)
        if not typed:
            return None
        full = (p.id for p in self.knowledge.procedures if not set(typed).isdisjoint(p.codes))
        thin = (self.catalogue.by_code[code].id for code in typed if code in self.catalogue.by_code)
        return next(full, None) or next(thin, None)


def brain(knowledge: Knowledge, catalogue: Catalogue = EMPTY, shelf: Shelf | None = None) -> Brain:
    """Knowledge and catalogue made searchable; quicker with a shelf, where the same was made before."""
    with nothing_thrown_away():
        return Brain(knowledge, catalogue, Matcher(knowledge, catalogue, shelf))


class Desk:
    """Answers questions from one brain, which may be exchanged at any time. `clock` gives the time, with its zone."""

    def __init__(
        self,
        source: Knowledge | Brain,
        voice: Voice,
        clock: Callable[[], datetime.datetime],
        thresholds: Thresholds = SHIPPED,
    ) -> None:
        self.brain = source if isinstance(source, Brain) else brain(source)
        self.voice = voice
        self.clock = clock
        self.thresholds = thresholds
        self._contexts: OrderedDict[str, tuple[Context, datetime.datetime]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def knowledge(self) -> Knowledge:
        """The base that the next question is answered from."""
        return self.brain.knowledge

    @knowledge.setter
    def knowledge(self, knowledge: Knowledge) -> None:
        self.brain = brain(knowledge, self.brain.catalogue)

    def ask(self, question: Question) -> Handled:
        """Normalise, rank, decide, render; and the log entry."""
        started = time.perf_counter()
        mind = self.brain
        text = clean(question.text)
        language = language_of(text)
        ranking, answer = decided(mind, text, language, self._context(question.chat, mind), self.thresholds)
        reference = _reference(question)
        spoken, heard = question.spoken(language), mind.matcher.recognised(ranking)
        speaker = self._speaker(spoken, mind, question.place, self.voice.feedback and not question.group)
        reply = compose(answer, speaker, self.voice, reference, mind.catalogue, heard)
        self._remember(question.chat, spoken_of(answer), leaves(Message(text, ranking, answer)))
        ms = (time.perf_counter() - started) * 1000
        entry = self._entry(question, text, language, answer, reference, ms, mind.knowledge.version)
        masked = entry.question != text
        entry = replace(entry, words=_told(mind, ranking, entry.question if masked else None))
        if masked and not question.group:
            reply = with_numbers_warned(speaker.say, reply)
        return Handled(question, ranking, answer, reply, entry, ms, mind, masked)

    def show(self, action: Show, chat: str | None, language: str = "vi", place: str | None = None) -> Reply | None:
        """What a button shows; None when its procedure is no longer known."""
        mind = self.brain
        if not mind.knows(action.procedure):
            return None
        self._remember(chat, Context(procedure=action.procedure))
        return told(self._speaker(language, mind, place, self.voice.feedback), mind.catalogue, action)

    def checklist(self, action: Checklist, language: str = "vi", bot: str | None = None) -> Reply | None:
        """The papers of one case to be sent on; None when it is no longer known. `bot` is its user name."""
        speaker = self.speaker(language)
        entry = speaker.knowledge.by_id.get(action.procedure)
        return None if entry is None else checklist(speaker, entry, action.case, self.voice, bot)

    def name_of(self, entry: str, language: str = "vi") -> str:
        """What an entry or a line of the catalogue is called; its id when it is no longer known."""
        speaker, mind = self.speaker(language), self.brain
        found = mind.knowledge.by_id.get(entry) or mind.knowledge.guides_by_id.get(entry)
        thin = mind.catalogue.by_id.get(entry)
        return speaker.name(found) if found else thin.name if thin else entry

    def forget(self, chat: str | None) -> None:
        """Speak no longer of what this chat spoke of."""
        with self._lock:
            self._contexts.pop(chat or "", None)

    def show_place(self, action: ShowPlace, language: str = "vi", place: str | None = None) -> Reply | None:
        """What a button for a commune shows; None when it is no longer known. `place` as in `Question`."""
        found = self.brain.gazetteer.place(action.place)
        return None if found is None else told_places(self.speaker(language, place), [found])

    def speaker(self, language: str, place: str | None = None) -> Speaker:
        """The voice for a language today; `place` as in `Question`."""
        return self._speaker(language, self.brain, place, self.voice.feedback)

    def _speaker(self, language: str, mind: Brain, place: str | None, feedback: bool) -> Speaker:
        home = Home(True, mind.gazetteer.commune(place)) if place is not None else NOWHERE
        now = self.clock().astimezone(OFFICE_TIME)
        return Speaker(sentences(language), mind.knowledge, now.date(), home, now, feedback)

    def _context(self, chat: str | None, mind: Brain) -> Context | None:
        known = None if chat is None else self._contexts.get(chat)
        if known is None:
            return None
        context, at = known
        fresh = self.clock() - at <= datetime.timedelta(minutes=CONTEXT_MINUTES)
        return context if fresh and all(map(mind.knows, context.names)) else None

    def _remember(self, chat: str | None, context: Context | None, left: bool = False) -> None:
        if chat is None or (context is None and not left):
            return
        with self._lock:  # questions are answered in several threads
            if context is None:
                self._contexts.pop(chat, None)
                return
            self._contexts[chat] = (context, self.clock())
            self._contexts.move_to_end(chat)
            if len(self._contexts) > CONTEXTS:
                self._contexts.popitem(last=False)

    def _entry(
        self, question: Question, text: str, language: str, answer: Answer, reference: str, ms: float, version: str
    ) -> LogEntry:
        now = self.clock()
        bot, update = question.update or (None, None)
        first = answer.candidates[0] if answer.candidates else None
        return LogEntry(
            reference=reference,
            channel=question.channel,
            bot_id=bot,
            update_id=update,
            asked_at=now.astimezone(datetime.UTC),
            local_day=now.astimezone(OFFICE_TIME).date(),
            question=mask(text),
            language=language,
            outcome=outcome(answer).value,
            reason=answer.reason.value,
            facets=tuple(f.value for f in answer.facets),
            matches=tuple((c.id, c.score) for c in answer.candidates),
            procedure=answer.procedure if isinstance(answer, Answered) else None,
            score=first.score if first else None,
            latency_ms=round(ms, 2),
            knowledge=version,
            person=question.person,
        )


def _told(mind: Brain, ranking: Ranking, masked: str | None) -> tuple[tuple[str, float], ...]:
    """The telling words that are kept: of the masked text where numbers were told, so that none of them is kept."""
    return mind.matcher.told(mind.matcher.rank_part(masked) if masked is not None else ranking)


def decided(
    mind: Brain, text: str, language: str, context: Context | None = None, thresholds: Thresholds = SHIPPED
) -> tuple[Ranking, Answer]:
    """What a cleaned text in a language means to a brain, with nothing said or remembered yet."""
    found = turn(mind.matcher, mind.knowledge, text, context, thresholds)
    ranking, answer = found.ranking, found.answer
    code = mind.by_code(text)
    if code:
        return ranking, Answered(Reason.CODE, ranking.facets, (Candidate(code, 1.0, (), 1.0, 1.0),), code)
    answer = _place(mind, text, answer) or answer
    if language != "vi" and isinstance(answer, Unknown) and answer.reason is Reason.NO_MATCH:
        return ranking, Foreign(Reason.LANGUAGE, (), (), language)
    return ranking, answer


def _place(mind: Brain, text: str, otherwise: Answer) -> Answer | None:
    """A question about a commune; a bare name too, as one types it when asked for it, where it is nothing else.

    A bare name after an answer asks nothing of its procedure: "Ngô Quyền" is no follow-up.
    """
    asked = placed(find(text, mind.gazetteer), otherwise.facets)
    going_on = otherwise.reason is Reason.FOLLOW_UP and not otherwise.facets
    if asked is None and (isinstance(otherwise, Unknown) or otherwise.reason in NO_MATTER or going_on):
        return placed(find(f"{text} {WHERE}", mind.gazetteer), otherwise.facets)
    return asked


def sentences(language: str) -> Sentences:
    """The sentences for a person's language: English for all who do not read Vietnamese."""
    return VIETNAMESE if language.startswith("vi") or not language else ENGLISH


def _reference(question: Question) -> str:
    if question.update is None:
        return uuid.uuid4().hex[:12]
    return hashlib.sha256(f"{question.update[0]}:{question.update[1]}".encode()).hexdigest()[:12]
