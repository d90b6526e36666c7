"""What is said to somebody who agreed to be told: only what the desk answers now, or what staff wrote."""

from bot.answers import Answered
from bot.desk import Desk, Question, sentences
from bot.reception.notices import Notices
from bot.replies import Reply, Show
from bot.replies.pushed import by_staff, mended, now_answered, to_report
from bot.storage import Outbox, Push, PushState, Questions, Settled, Switches, Tickets

CHANNEL = "push"


class Pushes:
    """Pushes made into replies, whatever the channel."""

    NOT_DIRECTLY = "bộ tri thức chưa trả lời thẳng câu này"

    def __init__(self, desk: Desk, log: Questions) -> None:
        self._desk = desk
        self._log = log
        self._tickets = Tickets(log.database)
        self._outbox = Outbox(log.database)
        self._notices = Notices(desk, Switches(log.database))

    @property
    def held(self) -> bool:
        """Whether nothing is told now, because the bot is paused."""
        return self._notices.paused

    def reply(self, push: Push) -> Reply | None:
        """What to say; None while the desk does not answer the question directly by the entry that was meant."""
        say = sentences(push.address.language)
        if push.reference is None:
            return self._by_staff(push) if push.kind == Settled.WORDS else self._mended(push)
        question = self._log.asked(push.reference)
        if question is None:
            return None
        if push.kind == Settled.WORDS:
            return by_staff(say, question, push.reference, push.payload)
        handled = self._desk.ask(Question(question, CHANNEL, language=push.address.language))
        if not isinstance(handled.answer, Answered) or handled.answer.procedure != push.payload:
            return None
        return now_answered(say, question, push.reference, handled.reply)

    def given_up(self, push: Push) -> None:
        """It was never answered directly: the push fails, and staff get the question again."""
        self._outbox.ended(push, PushState.FAILED, self.NOT_DIRECTLY)
        if push.reference:
            self._tickets.leave([push.reference])
            self._log.asked_staff(push.reference, self._desk.clock()).result()

    def _by_staff(self, push: Push) -> Reply | None:
        """What staff wrote to somebody who reported a procedure."""
        ticket, language = self._tickets.ticket(push.ticket or 0), push.address.language
        if ticket is None or ticket.procedure is None:
            return None
        name = self._desk.name_of(ticket.procedure, language)
        return to_report(sentences(language), ticket.procedure, name, push.payload)

    def _mended(self, push: Push) -> Reply | None:
        language = push.address.language
        told = self._desk.show(Show(push.payload), None, language)
        name = self._desk.name_of(push.payload, language)
        return mended(sentences(language), push.payload, name, told) if told else None
