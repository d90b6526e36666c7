"""All that the pages stand on: the database, the desk that answers, the office's base, and how they are reached."""

from collections.abc import Callable

from bot.desk import Desk
from bot.review.settling import Settling
from bot.review.stage import Stage
from bot.staff.gathering import Gatherer
from bot.staff.guard import Address
from bot.staff.jobs import Jobs
from bot.staff.rendering import Pages
from bot.storage import Audit, Database, Outbox, Questions, Staff, Switches, Tickets


class Site:
    """The pages of one office. `desk` has the brain of the moment; `gather` puts what is loose into tickets."""

    def __init__(
        self, database: Database, desk: Desk, address: Address, stage: Stage, gather: Callable[[], object]
    ) -> None:
        self.address = address
        self.desk = desk
        self.clock = desk.clock
        self.stage = stage
        self.settling = Settling(stage, database, desk.clock)
        self.staff = Staff(database)
        self.tickets = Tickets(database)
        self.questions = Questions(database)
        self.audit = Audit(database)
        self.outbox = Outbox(database)
        self.switches = Switches(database)
        self.jobs = Jobs()
        self.gatherer = Gatherer(gather)
        self.pages = Pages(desk.voice.office, desk.clock, address.exposed)

    def close(self) -> None:
        """Let what runs aside end; before the database is closed."""
        self.jobs.close()
        self.gatherer.close()
