"""A bot with a staff group: An asks, Bình settles, Chi has no access, Dung only reads."""

import datetime
import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.config import OFFICE_TIME
from bot.roles import Role
from bot.storage import Audit, Database, Staff, open_database
from tests.emulator.client import Emulator
from tests.emulator.person import Person
from tests.emulator.seen import Message
from tests.serving import settings

GROUPS = itertools.count(7_000_001)
QUESTION = "cấp phép nuôi voi"
WATCH = "Báo cho tôi khi có câu trả lời"


def staff_group(forum: bool = True) -> dict[str, Any]:
    """A group that no other test has."""
    return {"id": -next(GROUPS), "type": "supergroup", "title": "Cán bộ"} | ({"is_forum": True} if forum else {})


def staffed(emulator: Emulator, group: dict[str, Any], **more: str) -> dict[str, str]:
    """The settings of a bot with this group; its digest is twelve hours away."""
    never = (datetime.datetime.now(OFFICE_TIME) + datetime.timedelta(hours=12)).strftime("%H:%M")
    return {**settings(emulator), "MOTCUA_STAFF_GROUP": str(group["id"]), "MOTCUA_DIGEST_AT": never, **more}


def now() -> datetime.datetime:
    """The present time."""
    return datetime.datetime.now(datetime.UTC)


@contextmanager
def books(folder: Path) -> Iterator[Database]:
    """The database, while the bot runs on it."""
    database = open_database(folder / "test.db")
    try:
        yield database
    finally:
        database.close()


def hire(folder: Path, person: Person, role: Role = Role.EDITOR) -> None:
    """Make somebody staff."""
    with books(folder) as database:
        Staff(database).add(str(person.user["id"]), person.name, role, None, now())


def dismiss(folder: Path, person: Person) -> None:
    """Take it back."""
    with books(folder) as database:
        Staff(database).remove(str(person.user["id"]), None, now())


def audited(folder: Path, what: str) -> list[str]:
    """Who did something, oldest first."""
    with books(folder) as database:
        return [f"{row.who}: {row.subject}" for row in reversed(Audit(database).search(what=what))]


def value(folder: Path, sql: str) -> Any:
    """One value out of the database."""
    with sqlite3.connect(folder / "test.db") as database:
        return database.execute(sql).fetchone()[0]


def sends_to_staff(person: Person, question: str = QUESTION, watch: bool = True) -> Message:
    """A question without an answer, sent to staff, perhaps with the wish to be told; what was said about its code."""
    [answer] = person.says(question)
    [sent] = person.taps(answer, "Gửi câu hỏi cho cán bộ")
    if watch:
        person.taps(sent, WATCH)
    return sent
