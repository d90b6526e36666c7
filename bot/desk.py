"""The one path of every channel: a question in, a reply out, a log entry behind."""

import datetime
import hashlib
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.answers import Answer, Answered, Foreign, Reason, Unknown, decide, outcome
from bot.knowledge import Knowledge
from bot.language import language_of
from bot.matching import Candidate, Matcher, Ranking
from bot.phrases import ENGLISH, VIETNAMESE, Sentences
from bot.privacy import mask
from bot.procedures import CODE_IN_TEXT
from bot.replies import Reply, Show, Speaker, Voice, answered, compose
from bot.storage import LogEntry
from bot.text import clean

OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
CONTEXT_MINUTES = 30  # after that, "còn lệ phí?" no longer means the procedure spoken of
CONTEXTS = 10_000  # chats remembered at once


@dataclass(frozen=True)
class Question:
    """A message: `chat` keys the context and is never stored; `update` is (bot id, update id) where there is one."""

    text: str
    channel: str
    chat: str | None = None
    update: tuple[int, int] | None = None
    language: str = "vi"


@dataclass(frozen=True)
class Handled:
    """What came of a question, and what to keep of it; `ms` is how long it took."""

    question: Question
    ranking: Ranking
    answer: Answer
    reply: Reply
    entry: LogEntry
    ms: float


class Desk:
    """Answers questions from one knowledge base. `clock` gives the present time, with its zone."""

    def __init__(self, knowledge: Knowledge, voice: Voice, clock: Callable[[], datetime.datetime]) -> None:
        self.knowledge = knowledge
        self.voice = voice
        self.clock = clock
        self._matcher = Matcher(knowledge)
        self._contexts: OrderedDict[str, tuple[str, datetime.datetime]] = OrderedDict()

    def ask(self, question: Question) -> Handled:
        """Normalise, rank, decide, render; and the log entry."""
        started = time.perf_counter()
        text = clean(question.text)
        ranking = self._matcher.rank(text)
        language = language_of(text)
        answer = self._decide(text, ranking, language, self._context(question.chat))
        reference = _reference(question)
        spoken = language if language != "vi" else question.language
        reply = compose(answer, self.speaker(spoken), self.voice, reference)
        if isinstance(answer, Answered):
            self._remember(question.chat, answer.procedure)
        ms = (time.perf_counter() - started) * 1000
        return Handled(
            question, ranking, answer, reply, self._entry(question, text, language, answer, reference, ms), ms
        )

    def show(self, action: Show, chat: str | None, language: str = "vi") -> Reply | None:
        """What a button shows; None when its procedure is no longer in the base."""
        if action.procedure not in self.knowledge.by_id:
            return None
        self._remember(chat, action.procedure)
        return answered(self.speaker(language), action.procedure, action.facets)

    def speaker(self, language: str) -> Speaker:
        """The voice for a language today."""
        return Speaker(sentences(language), self.knowledge, self.clock().astimezone(OFFICE_TIME).date())

    def _decide(self, text: str, ranking: Ranking, language: str, context: str | None) -> Answer:
        code = self._by_code(text)
        if code:
            return Answered(Reason.CODE, ranking.facets, (Candidate(code, 1.0, (), 1.0, 1.0),), code)
        answer = decide(ranking, self.knowledge, context)
        if language != "vi" and isinstance(answer, Unknown) and answer.reason is Reason.NO_MATCH:
            return Foreign(Reason.LANGUAGE, (), (), language)
        return answer

    def _by_code(self, text: str) -> str | None:
        typed = set(CODE_IN_TEXT.findall(text))
        return next((p.id for p in self.knowledge.procedures if typed.intersection(p.codes)), None) if typed else None

    def _context(self, chat: str | None) -> str | None:
        known = None if chat is None else self._contexts.get(chat)
        if known is None:
            return None
        procedure, at = known
        fresh = self.clock() - at <= datetime.timedelta(minutes=CONTEXT_MINUTES)
        return procedure if fresh and procedure in self.knowledge.by_id else None

    def _remember(self, chat: str | None, procedure: str) -> None:
        if chat is None:
            return
        self._contexts[chat] = (procedure, self.clock())
        self._contexts.move_to_end(chat)
        if len(self._contexts) > CONTEXTS:
            self._contexts.popitem(last=False)

    def _entry(
        self, question: Question, text: str, language: str, answer: Answer, reference: str, ms: float
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
            knowledge=self.knowledge.version,
        )


def sentences(language: str) -> Sentences:
    """The sentences for a person's language: English for all who do not read Vietnamese."""
    return VIETNAMESE if language.startswith("vi") or not language else ENGLISH


def _reference(question: Question) -> str:
    if question.update is None:
        return uuid.uuid4().hex[:12]
    return hashlib.sha256(f"{question.update[0]}:{question.update[1]}".encode()).hexdigest()[:12]
