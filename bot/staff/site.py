"""All that the pages stand on: the database, the desk that answers, and how the pages are reached."""

from bot.desk import Desk
from bot.staff.guard import Address
from bot.staff.jobs import Jobs
from bot.staff.rendering import Pages
from bot.storage import Audit, Database, Outbox, Questions, Staff, Switches, Tickets


class Site:
    """The pages of one office; `desk` gives every page the brain of the moment."""

    def __init__(self, database: Database, desk: Desk, address: Address) -> None:
        self.address = address
        self.desk = desk
        self.clock = desk.clock
        self.staff = Staff(database)
        self.tickets = Tickets(database)
        self.questions = Questions(database)
        self.audit = Audit(database)
        self.outbox = Outbox(database)
        self.switches = Switches(database)
        self.jobs = Jobs()
        self.pages = Pages(desk.voice.office, desk.clock, address.exposed)
