"""Looking a question up by the code that was given with it: whether it is answered, and the answer.

Whoever has the code may read; nobody comes to it by guessing: 31 letters and digits at six places are 887 million
codes, and a person has five wrong tries a minute.
"""

import datetime
import re
from collections import OrderedDict, deque

from bot.answers import Answered
from bot.desk import Desk, Question, sentences
from bot.phrases import Sentences
from bot.phrases.watching import watch_words
from bot.reception.visitor import Visitor
from bot.replies import Reply, line
from bot.replies.pushed import by_staff, looked_up, now_answered
from bot.storage import Coded, Questions, Settled, State, Ticket, Tickets

CODE = re.compile(r"[2-9A-HJ-KMNP-Z]{6}")
WRONG_TRIES = 5
WITHIN = datetime.timedelta(minutes=1)
PERSONS = 10_000  # whose tries are remembered at once


class Tries:
    """Who typed how many wrong codes in the last minute. Forgotten at a restart."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[datetime.datetime]] = OrderedDict()

    def too_many(self, who: str, now: datetime.datetime) -> bool:
        """Whether this person has to wait."""
        times = self._wrong.get(who, deque())
        while times and now - times[0] > WITHIN:
            times.popleft()
        return len(times) >= WRONG_TRIES

    def wrong(self, who: str, now: datetime.datetime) -> None:
        """One more."""
        self._wrong.setdefault(who, deque()).append(now)
        self._wrong.move_to_end(who)
        if len(self._wrong) > PERSONS:
            self._wrong.popitem(last=False)


class Lookup:
    """`/tracuu CODE`, on one log."""

    def __init__(self, desk: Desk, log: Questions) -> None:
        self._desk = desk
        self._log = log
        self._tickets = Tickets(log.database)
        self._tries = Tries()

    def __call__(self, words: str, visitor: Visitor) -> Reply:
        """What has become of the question with this code."""
        say, typed = sentences(visitor.language), "".join(words.split()).upper()
        told = watch_words(say)
        if not CODE.fullmatch(typed):
            return Reply((line(told.lookup_unknown if typed else told.lookup_hint),))
        who, now = visitor.caller.user if visitor.caller else visitor.chat or "", self._desk.clock()
        if self._tries.too_many(who, now):
            return Reply((line(told.lookup_too_often),))
        found = self._log.by_code(typed)
        if found is None:
            self._tries.wrong(who, now)
            return Reply((line(told.lookup_unknown),))
        return self._found(found, visitor, say)

    def _found(self, found: Coded, visitor: Visitor, say: Sentences) -> Reply:
        words, ticket = watch_words(say), self._tickets.ticket(found.ticket) if found.ticket else None
        if ticket and ticket.state is State.DONE:
            return self._answered(found, ticket, visitor, say)
        states = {State.TAKEN: words.lookup_taken, State.IGNORED: words.lookup_ignored}
        return looked_up(say, found.question, states.get(ticket.state if ticket else State.NEW, words.lookup_waiting))

    def _answered(self, found: Coded, ticket: Ticket, visitor: Visitor, say: Sentences) -> Reply:
        if ticket.settled_as is Settled.WORDS:
            return by_staff(say, found.question, found.reference, ticket.note or "")
        handled = self._desk.ask(Question(found.question, visitor.channel, language=visitor.language))
        if isinstance(handled.answer, Answered):
            return now_answered(say, found.question, found.reference, handled.reply)
        return looked_up(say, found.question, watch_words(say).lookup_changed)
