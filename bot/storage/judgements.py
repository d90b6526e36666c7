"""What people think of answers: one judgement of each voter on each subject, the last one holds."""

import datetime
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from bot.persons import Alias
from bot.storage.database import Database
from bot.storage.questions import IN_OPEN, WANTED

KEEP = (
    "ON CONFLICT (subject, voter) DO UPDATE SET good = excluded.good, judged_at = excluded.judged_at, "
    "why = CASE WHEN excluded.good THEN NULL ELSE coalesce(excluded.why, why) END, "
    "person = excluded.person, person_key = excluded.person_key"
)
# Which judgements dispute what is told of a procedure; the index `judgements_loose` is found by these very words. An
# answer to another question, or one of no procedure, says nothing about a procedure: its question wants a ticket.
DISPUTES = "good = 0 AND procedure IS NOT NULL AND coalesce(why, '') <> 'other_question'"
MISREAD = (
    "EXISTS (SELECT 1 FROM judgements WHERE judgements.question = :question AND good = 0 "
    "AND (why = 'other_question' OR judgements.procedure IS NULL))"
)
SETTLED = "ticket IN (SELECT id FROM tickets WHERE state IN ('done', 'ignored'))"


@dataclass(frozen=True)
class Vote:
    """Who says so: `voter` links no two subjects, `person` does and stands only where that is allowed."""

    voter: str
    person: Alias | None
    at: datetime.datetime


@dataclass(frozen=True)
class Judgement:
    """A stored judgement; of an answer when `question` is given, else a report about the procedure."""

    question: str | None
    procedure: str | None
    good: bool
    why: str | None
    knowledge: str
    judged_at: datetime.datetime


def subject_of(question: str | None = None, procedure: str | None = None) -> str:
    """What is judged: "q:0123456789ab" or "p:tam-tru"."""
    return f"q:{question}" if question else f"p:{procedure}"


class Judgements:
    """Judgements, on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def judge(self, question: str, good: bool, why: str | None, vote: Vote) -> bool:
        """Keep what is thought of an answer, with the version of what it came from; False: no such question."""
        sql = (
            "INSERT INTO judgements (subject, voter, question, procedure, person, person_key, good, why, knowledge, "
            "judged_at) SELECT :subject, :voter, reference, coalesce(picked, procedure), :person, :key, :good, :why, "
            f"knowledge, :at FROM questions WHERE reference = :question AND question <> '' {KEEP}"
        )
        values = {"subject": subject_of(question), "question": question, "good": good, "why": why, **_voted(vote)}
        return self._database.run(lambda db: _judge(db, sql, values))

    def report(self, procedure: str, why: str, knowledge: str, vote: Vote) -> None:
        """Keep that something is wrong with what is told of a procedure."""
        sql = (
            "INSERT INTO judgements (subject, voter, procedure, person, person_key, good, why, knowledge, judged_at) "
            f"VALUES (:subject, :voter, :procedure, :person, :key, 0, :why, :knowledge, :at) {KEEP}, "
            "knowledge = excluded.knowledge"
        )
        values = {
            "subject": subject_of(procedure=procedure),
            "procedure": procedure,
            "why": why,
            "knowledge": knowledge,
        }
        self._database.run(lambda db: _keep(db, sql, {**values, **_voted(vote)}))

    def all(self) -> list[Judgement]:
        """Every judgement, oldest first."""
        sql = "SELECT question, procedure, good, why, knowledge, judged_at FROM judgements ORDER BY id"
        return [_judgement(row) for row in self._database.read(lambda db: list(db.query(sql)))]


def _judge(db: sqlite_utils.Database, sql: str, values: dict[str, Any]) -> bool:
    kept = _keep(db, sql, values)
    db.execute(f"UPDATE questions SET misread = {MISREAD} WHERE reference = :question", values)
    leave = f"UPDATE questions SET ticket = NULL WHERE reference = :question AND {IN_OPEN} AND NOT {WANTED}"
    db.execute(leave, values)
    return kept


def _keep(db: sqlite_utils.Database, sql: str, values: dict[str, Any]) -> bool:
    """What no longer disputes leaves its open ticket; what disputes again after one was settled wants another."""
    kept = db.execute(sql, values).rowcount > 0
    leave = "UPDATE judgements SET ticket = NULL WHERE subject = :subject AND voter = :voter AND ticket IS NOT NULL"
    db.execute(f"{leave} AND (({DISPUTES}) = ({SETTLED}))", values)
    return kept


def _voted(vote: Vote) -> dict[str, object]:
    person, key = (vote.person.name, vote.person.key) if vote.person else (None, None)
    return {"voter": vote.voter, "person": person, "key": key, "at": vote.at.isoformat()}


def _judgement(row: dict[str, Any]) -> Judgement:
    at = datetime.datetime.fromisoformat(row["judged_at"])
    return Judgement(**{**row, "good": bool(row["good"]), "judged_at": at})
