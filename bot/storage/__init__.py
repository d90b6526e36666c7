"""What is kept, in one SQLite file: the log of questions, tickets and staff, what is to be told, what was changed."""

from bot.storage.audit import Audit, AuditRow
from bot.storage.database import Database, open_database
from bot.storage.deliveries import Claim, Claimed, DeadLetter, Deliveries, Letter, dead_letters
from bot.storage.health import Health, health, set_health
from bot.storage.inspected import Inspected, inspect
from bot.storage.judgements import Judgement, Judgements, Vote, subject_of
from bot.storage.member import CONSOLE, Member
from bot.storage.outbox import Counts, Delivery, Draft, Outbox, Push, PushState
from bot.storage.persons import Asked, Everything, Judged, Known, Persons, Waiting
from bot.storage.posts import Post, Posts
from bot.storage.pruning import Limits, Pruned, keys_in_use, prune
from bot.storage.questions import Coded, LogEntry, LogFilter, LoggedQuestion, Questions, Receipt
from bot.storage.replies import LateReply, Replies
from bot.storage.staff import Staff
from bot.storage.switches import Switch, Switches, SwitchName
from bot.storage.tallies import OpenGroups, Settlements, Slice, Tallies
from bot.storage.ticket import Kind, Loose, Placed, Placing, Settled, State, Ticket, Wording
from bot.storage.tickets import Tickets
from bot.storage.vitals import Backlog, backlog, check_whole, prove_whole, prove_writable, size_of
from bot.storage.watches import Address, Watch, Watches

__all__ = [
    "CONSOLE",
    "Address",
    "Asked",
    "Audit",
    "AuditRow",
    "Backlog",
    "Claim",
    "Claimed",
    "Coded",
    "Counts",
    "Database",
    "DeadLetter",
    "Deliveries",
    "Delivery",
    "Draft",
    "Everything",
    "Health",
    "Inspected",
    "Judged",
    "Judgement",
    "Judgements",
    "Kind",
    "Known",
    "LateReply",
    "Letter",
    "Limits",
    "LogEntry",
    "LogFilter",
    "LoggedQuestion",
    "Loose",
    "Member",
    "OpenGroups",
    "Outbox",
    "Persons",
    "Placed",
    "Placing",
    "Post",
    "Posts",
    "Pruned",
    "Push",
    "PushState",
    "Questions",
    "Receipt",
    "Replies",
    "Settled",
    "Settlements",
    "Slice",
    "Staff",
    "State",
    "Switch",
    "SwitchName",
    "Switches",
    "Tallies",
    "Ticket",
    "Tickets",
    "Vote",
    "Waiting",
    "Watch",
    "Watches",
    "Wording",
    "backlog",
    "check_whole",
    "dead_letters",
    "health",
    "inspect",
    "keys_in_use",
    "open_database",
    "prove_whole",
    "prove_writable",
    "prune",
    "set_health",
    "size_of",
    "subject_of",
]
