"""What people think of answers, the questions they send to staff, and whom to tell: kept once, the last word holds."""

from bot.desk import Desk, sentences
from bot.phrases.watching import watch_words
from bot.reception.guests import Guests
from bot.reception.visitor import Visitor
from bot.replies import (
    AskStaff,
    Judge,
    Reply,
    Report,
    StillWrong,
    Thank,
    Watch,
    asked_why,
    line,
    sent_to_staff,
    thanked,
)
from bot.storage import Address, Judgements, Questions, Tickets, Vote, Watches, subject_of


class Feedback:
    """Judgements, reports, questions to staff, and who is to be told."""

    def __init__(self, desk: Desk, log: Questions, guests: Guests | None) -> None:
        self._desk = desk
        self._log = log
        self._judgements = Judgements(log.database)
        self._watches = Watches(log.database)
        self._tickets = Tickets(log.database)
        self._guests = guests

    def judge(self, action: Judge, visitor: Visitor) -> Reply | None:
        """👍, or 👎 kept at once and then with its reason; None when the question is no longer known."""
        say, vote = sentences(visitor.language), self._vote(visitor, subject_of(question=action.question))
        if not self._judgements.judge(action.question, action.good, action.why, vote):
            return None
        if action.good:
            return thanked(say, apart=True)
        return thanked(say, watch=_offered(visitor, Watch(action.question))) if action.why else asked_why(say, action)

    def report(self, action: Report, visitor: Visitor) -> Reply | None:
        """What is wrong with an entry, kept once the reason is told; None when the entry is no longer known."""
        mind, say = self._desk.brain, sentences(visitor.language)
        if not mind.knows(action.procedure):
            return None
        if action.why is None:
            return asked_why(say, action, self._desk.name_of(action.procedure, visitor.language))
        vote = self._vote(visitor, subject_of(procedure=action.procedure))
        self._judgements.report(action.procedure, action.why.value, mind.knowledge.version, vote)
        return thanked(say, watch=_offered(visitor, Watch(procedure=action.procedure)))

    def ask_staff(self, action: AskStaff, visitor: Visitor) -> Reply | None:
        """A question put into the queue of staff; None when it is no longer known, or settled."""
        code = self._queued(action.question)
        watch = _offered(visitor, Watch(action.question))
        return sent_to_staff(sentences(visitor.language), code, watch) if code else None

    def watch(self, action: Watch, visitor: Visitor) -> Reply | None:
        """The person wants to be told: kept with the chat until then; None when there is nothing to wait for."""
        words = watch_words(sentences(visitor.language))
        caller = visitor.caller
        if caller is None or visitor.chat is None or visitor.group:
            return Reply((line(words.nowhere_to_tell),), apart=True)
        if action.procedure and not self._desk.brain.knows(action.procedure):
            return None
        address = Address(caller.channel, caller.bot, visitor.chat, visitor.message, visitor.language)
        person, now = self._guests.alias(caller) if self._guests else None, self._desk.clock()
        if action.procedure:
            kept = self._watches.add(address, person, now, procedure=action.procedure)
        else:
            kept = self._watches.add(address, person, now, reference=action.question)
        return Reply((line(words.watching),), apart=True) if kept else None

    def thank(self, _: Thank, visitor: Visitor) -> Reply:
        """Thanks in return; nothing is kept of it."""
        return Reply((line(watch_words(sentences(visitor.language)).you_are_welcome),), apart=True)

    def still_wrong(self, action: StillWrong, visitor: Visitor) -> Reply | None:
        """The answer that came later was none: out of its settled ticket, and told again by wish. Twice is once."""
        code = self._queued(action.question)
        if code is None and self._tickets.leave([action.question]):
            code = self._queued(action.question)
        say, watch = sentences(visitor.language), _offered(visitor, Watch(action.question))
        return sent_to_staff(say, code, watch, watch_words(say).queued_again) if code else None

    def _queued(self, question: str) -> str | None:
        return self._log.asked_staff(question, self._desk.clock()).result()

    def _vote(self, visitor: Visitor, subject: str) -> Vote:
        voter = self._guests.voter(visitor, subject) if self._guests else ""
        return Vote(voter, visitor.person, self._desk.clock())


def _offered(visitor: Visitor, watch: Watch) -> Watch | None:
    """The offer to be told, where that can be done: only in private, and only to somebody whom a channel knows."""
    return watch if visitor.caller and visitor.chat and not visitor.group else None
