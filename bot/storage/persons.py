"""What is kept of a person: what they were told and chose, their linked questions and judgements; shown and erased."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import sqlite_utils

from bot.persons import Alias
from bot.storage.database import Database

MINE = "person IN (SELECT value FROM json_each(:names))"
# What stays of an erased question counts and tells nothing: the day, the channel, the outcome, the procedure.
BLANK = (
    "question = '', folded = '', reference = lower(hex(randomblob(16))), bot_id = NULL, update_id = NULL, "
    "asked_at = local_day, replied_at = NULL, language = '', reason = 'erased', facets = '[]', matches = '[]', "
    "words = '[]', score = NULL, latency_ms = 0, knowledge = '', picked = NULL, none_of_these = 0, misread = 0, "
    "asked_staff_at = NULL, code = NULL, ticket = NULL, person = NULL, person_key = NULL"
)


@dataclass(frozen=True)
class Known:
    """A person's row: None is "not yet" or "not chosen"; `consent` whether their questions may be linked."""

    noticed_at: str | None = None
    consent: bool | None = None
    language: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Asked:
    """A linked question as it is kept, masked."""

    local_day: str
    question: str
    outcome: str
    procedure: str | None


@dataclass(frozen=True)
class Judged:
    """A judgement of this person's, of an answer or a procedure."""

    judged_at: str
    procedure: str | None
    good: bool
    why: str | None


@dataclass(frozen=True)
class Waiting:
    """What this person wants to be told of, or (`told`) was or is being told: their question, or a procedure."""

    day: str
    question: str | None
    procedure: str | None
    told: bool


@dataclass(frozen=True)
class Everything:
    """All that is kept of one person."""

    known: Known
    questions: tuple[Asked, ...]
    judgements: tuple[Judged, ...]
    waiting: tuple[Waiting, ...] = ()


TABLES = ("questions", "persons", "judgements", "watches", "outbox")
TOLD = ("watches", "outbox")
Names = Callable[[str], Iterable[str]]  # the voter names of one person on a subject, one for each live key


class Persons:
    """Persons, on one database; `aliases` are always all of one person, the newest key first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest_key(self) -> int:
        """The highest number of a key that any row was written with; 0 when there is none."""
        tables = " UNION ALL ".join(f"SELECT person_key FROM {table}" for table in TABLES)
        sql = f"SELECT coalesce(max(person_key), 0) FROM ({tables})"
        return int(self._database.read(lambda db: db.execute(sql).fetchone()[0]))

    def known(self, aliases: Sequence[Alias]) -> Known:
        """What was told to and chosen by a person; empty for a stranger."""
        return self._database.read(lambda db: _known(db, aliases))

    def keep(self, aliases: Sequence[Alias], **chosen: str | bool | None) -> None:
        """Keep fields of `Known`; who takes consent back is no longer linked to what they asked before."""
        wanted = {field.name: chosen[field.name] for field in fields(Known) if field.name in chosen}
        self._database.run(lambda db: _keep(db, aliases, wanted))

    def everything(self, aliases: Sequence[Alias], voters: Names) -> Everything:
        """All that is kept of a person, oldest first."""
        return self._database.read(lambda db: _everything(db, aliases, voters))

    def erase(self, aliases: Sequence[Alias], voters: Names) -> None:
        """Erase it in one transaction, and then from the log beside the file. Raises StorageError."""
        self._database.run(lambda db: _erase(db, aliases, voters))
        self._database.scrub()


def _named(aliases: Sequence[Alias]) -> dict[str, Any]:
    return {"names": json.dumps([alias.name for alias in aliases])}


def _known(db: sqlite_utils.Database, aliases: Sequence[Alias]) -> Known:
    sql = f"SELECT noticed_at, consent, language, place FROM persons WHERE {MINE} ORDER BY person_key DESC"
    row = next(iter(db.query(sql, _named(aliases))), None)
    if row is None:
        return Known()
    return Known(**{**row, "consent": None if row["consent"] is None else bool(row["consent"])})


def _keep(db: sqlite_utils.Database, aliases: Sequence[Alias], wanted: dict[str, Any]) -> None:
    names = _named(aliases)
    if not db.execute(f"SELECT 1 FROM persons WHERE {MINE}", names).fetchone():
        newest = aliases[0]
        db.execute(
            "INSERT INTO persons (person, person_key) VALUES (:name, :key)", {"name": newest.name, "key": newest.key}
        )
    changes = ", ".join(f"{name} = :{name}" for name in wanted)
    db.execute(f"UPDATE persons SET {changes} WHERE {MINE}", {**wanted, **names})
    if wanted.get("consent") is False:
        for table in ("questions", "judgements"):
            db.execute(f"UPDATE {table} SET person = NULL, person_key = NULL WHERE {MINE}", names)


def _judgements(db: sqlite_utils.Database, aliases: Sequence[Alias], voters: Names) -> list[dict[str, Any]]:
    """Those of this person, linked or not: who judged is asked of each subject by itself."""
    subjects = [row["subject"] for row in db.query("SELECT DISTINCT subject FROM judgements")]
    tried = json.dumps([name for subject in subjects for name in voters(subject)])
    sql = f"SELECT * FROM judgements WHERE {MINE} OR voter IN (SELECT value FROM json_each(:tried)) ORDER BY id"
    return list(db.query(sql, {**_named(aliases), "tried": tried}))


def _everything(db: sqlite_utils.Database, aliases: Sequence[Alias], voters: Names) -> Everything:
    asked = db.query(
        f"SELECT local_day, question, outcome, procedure FROM questions WHERE {MINE} ORDER BY id", _named(aliases)
    )
    judged = [
        Judged(row["judged_at"], row["procedure"], bool(row["good"]), row["why"])
        for row in _judgements(db, aliases, voters)
    ]
    known, questions = _known(db, aliases), tuple(Asked(**row) for row in asked)
    return Everything(known, questions, tuple(judged), tuple(_waiting(db, aliases)))


def _waiting(db: sqlite_utils.Database, aliases: Sequence[Alias]) -> list[Waiting]:
    sql = " UNION ALL ".join(
        f"SELECT kept.made_at AS day, questions.question, {procedure} AS procedure, {told} AS told "
        f"FROM {table} AS kept LEFT JOIN questions ON questions.reference = kept.reference "
        f"WHERE kept.{MINE}"
        for table, procedure, told in (("watches", "kept.procedure", 0), ("outbox", "NULL", 1))
    )
    rows = db.query(f"SELECT * FROM ({sql}) ORDER BY day", _named(aliases))
    return [Waiting(**{**row, "told": bool(row["told"])}) for row in rows]


def _erase(db: sqlite_utils.Database, aliases: Sequence[Alias], voters: Names) -> None:
    ids = json.dumps([row["id"] for row in _judgements(db, aliases, voters)])
    db.execute("DELETE FROM judgements WHERE id IN (SELECT value FROM json_each(:ids))", {"ids": ids})
    for table in TOLD:  # who else wanted to be told of a question of this person would be told its words
        about = f"reference IN (SELECT reference FROM questions WHERE {MINE})"
        db.execute(f"DELETE FROM {table} WHERE {MINE} OR {about}", _named(aliases))
    db.execute(f"UPDATE questions SET {BLANK} WHERE {MINE}", _named(aliases))
    db.execute(f"DELETE FROM persons WHERE {MINE}", _named(aliases))
