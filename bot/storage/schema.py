"""Numbered changes of the schema; each runs once, in a transaction, when a database is opened."""

import sqlite_utils
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("motcua")


@MIGRATIONS(name="0001_questions")
def questions(db: sqlite_utils.Database) -> None:
    """The log: one row a question, with no word about who asked."""
    db.conn.execute("""
        CREATE TABLE questions (
            id INTEGER PRIMARY KEY,
            reference TEXT NOT NULL UNIQUE,
            channel TEXT NOT NULL,
            bot_id INTEGER,
            update_id INTEGER,
            asked_at TEXT NOT NULL,
            local_day TEXT NOT NULL,
            question TEXT NOT NULL,
            folded TEXT NOT NULL,
            language TEXT NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT NOT NULL,
            facets TEXT NOT NULL,
            matches TEXT NOT NULL,
            procedure TEXT,
            score REAL,
            latency_ms REAL NOT NULL,
            knowledge TEXT NOT NULL,
            replied_at TEXT,
            picked TEXT,
            none_of_these INTEGER NOT NULL DEFAULT 0,
            settled_at TEXT,
            settled_as TEXT,
            settled_procedure TEXT,
            settled_note TEXT,
            UNIQUE (bot_id, update_id)
        )""")
    db.conn.execute("CREATE INDEX questions_by_day ON questions (local_day, outcome)")
    db.conn.execute("""
        CREATE INDEX questions_open ON questions (folded)
        WHERE settled_at IS NULL AND picked IS NULL""")


@MIGRATIONS(name="0002_health")
def health(db: sqlite_utils.Database) -> None:
    """The state of each channel, for people and for monitors."""
    db.conn.execute("""
        CREATE TABLE health (
            channel TEXT PRIMARY KEY,
            state TEXT NOT NULL,
            since TEXT NOT NULL,
            detail TEXT NOT NULL
        )""")


@MIGRATIONS(name="0003_persons")
def persons(db: sqlite_utils.Database) -> None:
    """Who asked, as a keyed pseudonym and only where questions may be linked; what a person chose; what they think."""
    for column in ("person TEXT", "person_key INTEGER", "asked_staff_at TEXT"):
        db.conn.execute(f"ALTER TABLE questions ADD COLUMN {column}")
    db.conn.execute("CREATE INDEX questions_by_person ON questions (person) WHERE person IS NOT NULL")
    db.conn.execute("DROP INDEX questions_open")
    db.conn.execute("CREATE INDEX questions_open ON questions (folded) WHERE settled_at IS NULL")
    db.conn.execute("""
        CREATE TABLE persons (
            person TEXT PRIMARY KEY,
            person_key INTEGER NOT NULL,
            noticed_at TEXT,
            consent INTEGER,
            language TEXT,
            place TEXT
        )""")
    db.conn.execute("""
        CREATE TABLE judgements (
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,
            voter TEXT NOT NULL,
            question TEXT,
            procedure TEXT,
            person TEXT,
            person_key INTEGER,
            good INTEGER NOT NULL,
            why TEXT,
            knowledge TEXT NOT NULL,
            judged_at TEXT NOT NULL,
            UNIQUE (subject, voter)
        )""")


def names() -> frozenset[str]:
    """The names of all changes that this version knows."""
    return frozenset(migration.name for migration in MIGRATIONS.pending(sqlite_utils.Database(memory=True)))
