"""All that the pages stand on: the database, the desk that answers, and how the pages are reached."""

from collections.abc import Callable

from bot.desk import Desk
from bot.staff.guard import Address
from bot.staff.jobs import Jobs
from bot.staff.rendering import Pages
from bot.staff.settling import Deeds, Settler
from bot.storage import Audit, Database, Outbox, Questions, Staff, Switches, Tickets, Watches


class Site:
    """The pages of one office. `desk` has the brain of the moment; `gather` puts what is loose into tickets."""

    def __init__(
        self,
        database: Database,
        desk: Desk,
        address: Address,
        gather: Callable[[], object],
        settler: Settler | None = None,
    ) -> None:
        self.address = address
        self.desk = desk
        self.clock = desk.clock
        self.gather = gather
        self.settler = settler
        self.staff = Staff(database)
        self.tickets = Tickets(database)
        self.watches = Watches(database)
        self.deeds = Deeds(self.tickets, self.watches, self.clock)
        self.questions = Questions(database)
        self.audit = Audit(database)
        self.outbox = Outbox(database)
        self.switches = Switches(database)
        self.jobs = Jobs()
        self.pages = Pages(desk.voice.office, desk.clock, address.exposed)
