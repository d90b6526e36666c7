"""An office that settles: its own small base in a real Git repository, its database, An and others who asked, Bình."""

import datetime
import os
import subprocess
from pathlib import Path

from bot.review.settling import Settling
from bot.review.stage import Stage
from bot.roles import Role
from bot.storage import (
    Address,
    Audit,
    Kind,
    Member,
    Outbox,
    Push,
    Questions,
    Staff,
    Ticket,
    Tickets,
    Watches,
    open_database,
)
from tests.entries import NOW, entry
from tests.small import write_base

ASKED = "cho người lạ ngủ nhờ phải báo ai"
LEASE = datetime.timedelta(seconds=30)


class Repository:
    """A folder `root` that may be a Git repository, with no settings but its own: nobody has set a name for Git."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def begin(self) -> None:
        """Make it one, with all that stands in it."""
        self.git("init", "--quiet")
        self.commit("bắt đầu")

    def git(self, *arguments: str) -> str:
        """What a Git command says."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        none = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.run(command, env=clean | none, capture_output=True, text=True, check=True).stdout

    def commit(self, message: str) -> None:
        """All that stands in the repository, by somebody else."""
        self.git("add", "--all")
        self.git("-c", "user.name=Chi", "-c", "user.email=chi@motcua.invalid", "commit", "--quiet", "-m", message)


class Bureau(Repository):
    """`folder` is the base, in the repository `root`."""

    def __init__(self, root: Path, repository: bool = True) -> None:
        super().__init__(root)
        self.folder = write_base(root / "bo-rieng")
        self.stage = Stage(self.folder, None, root.with_name(f"{root.name}-shelf"))
        self.database = open_database(root.with_name(f"{root.name}.db"))
        self.settling = Settling(self.stage, self.database, lambda: NOW)
        self.tickets, self.watches = Tickets(self.database), Watches(self.database)
        self.audit, self.outbox, self.log = Audit(self.database), Outbox(self.database), Questions(self.database)
        staff = Staff(self.database)
        self.binh = staff.add("101", "Bình", Role.EDITOR, None, NOW)
        self.dung = staff.add("102", "Dũng", Role.EDITOR, None, NOW)
        if repository:
            self.begin()

    def asked(self, question: str, chat: str | None = None) -> str:
        """A question that was not answered, by somebody who wants to be told (in `chat`) or does not; its reference."""
        one = entry(question)
        self.log.add(one).result()
        if chat:
            self.watches.add(Address("telegram", "1", chat, None, "vi"), None, NOW, reference=one.reference)
        return one.reference

    def ticket(self, kind: Kind = Kind.QUESTION) -> Ticket:
        """All that is loose, as one ticket."""
        rows = [row for row in self.tickets.loose(100) if row.kind is kind]
        number = self.tickets.open(kind, rows[0].procedure, [row.id for row in rows], NOW)
        return self.seen(number or 0)

    def seen(self, number: int) -> Ticket:
        """A ticket as it is now."""
        found = self.tickets.ticket(number)
        assert found is not None
        return found

    def pushed(self) -> list[Push]:
        """All that is to be sent."""
        found: list[Push] = []
        while push := self.outbox.claim("telegram", "1", NOW, LEASE):
            found.append(push)
        return found

    def raw(self) -> dict[str, bytes]:
        """Every file of the base."""
        return {p.relative_to(self.folder).as_posix(): p.read_bytes() for p in sorted(self.folder.rglob("*.yaml"))}

    def does(self, member: Member, *what: str) -> bool:
        """Whether the audit has just these deeds of somebody, in their order."""
        return [row.what for row in reversed(self.audit.search(who=member.name))] == list(what)
