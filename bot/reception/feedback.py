"""What people think of answers, and the questions they send to staff: kept once, the last word holds."""

from bot.desk import Desk, sentences
from bot.reception.guests import Guests
from bot.reception.visitor import Visitor
from bot.replies import AskStaff, Judge, Reply, Report, asked_why, sent_to_staff, thanked
from bot.storage import Judgements, Questions, Vote, subject_of


class Feedback:
    """Judgements, reports and questions to staff."""

    def __init__(self, desk: Desk, log: Questions, guests: Guests | None) -> None:
        self._desk = desk
        self._log = log
        self._judgements = Judgements(log.database)
        self._guests = guests

    def judge(self, action: Judge, visitor: Visitor) -> Reply | None:
        """👍, or 👎 kept at once and then with its reason; None when the question is no longer known."""
        say, vote = sentences(visitor.language), self._vote(visitor, subject_of(question=action.question))
        if not self._judgements.judge(action.question, action.good, action.why, vote):
            return None
        if action.good:
            return thanked(say, apart=True)
        return thanked(say) if action.why else asked_why(say, action)

    def report(self, action: Report, visitor: Visitor) -> Reply | None:
        """What is wrong with an entry, kept once the reason is told; None when the entry is no longer known."""
        mind, say = self._desk.brain, sentences(visitor.language)
        if not mind.knows(action.procedure):
            return None
        if action.why is None:
            return asked_why(say, action, self._desk.name_of(action.procedure, visitor.language))
        vote = self._vote(visitor, subject_of(procedure=action.procedure))
        self._judgements.report(action.procedure, action.why.value, mind.knowledge.version, vote)
        return thanked(say)

    def ask_staff(self, action: AskStaff, visitor: Visitor) -> Reply | None:
        """A question put into the queue of staff; None when it is no longer known."""
        known = self._log.asked_staff(action.question, self._desk.clock()).result()
        return sent_to_staff(sentences(visitor.language)) if known else None

    def _vote(self, visitor: Visitor, subject: str) -> Vote:
        voter = self._guests.voter(visitor, subject) if self._guests else ""
        return Vote(voter, visitor.person, self._desk.clock())
