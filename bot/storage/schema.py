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


@MIGRATIONS(name="0004_staff")
def staff(db: sqlite_utils.Database) -> None:
    """Tickets and who settles them; who wants to be told, and what is to be said to them; what was changed by whom."""
    for statement in (*STAFF, *TICKETS, *MEMBERS, *TELLING, *AUDIT):
        db.conn.execute(statement)


@MIGRATIONS(name="0005_deliveries")
def deliveries(db: sqlite_utils.Database) -> None:
    """What a channel delivered: who works on it, that it is done, or that it could not be (a dead letter)."""
    db.conn.execute("""
        CREATE TABLE deliveries (
            bot_id INTEGER NOT NULL,
            update_id INTEGER NOT NULL,
            at TEXT NOT NULL,
            tries INTEGER NOT NULL,
            lease_until TEXT,
            done_at TEXT,
            kind TEXT NOT NULL DEFAULT '',
            fault TEXT NOT NULL DEFAULT '',
            content TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (bot_id, update_id)
        ) WITHOUT ROWID""")
    db.conn.execute("CREATE INDEX deliveries_done ON deliveries (done_at)")
    db.conn.execute("CREATE INDEX deliveries_dead ON deliveries (at) WHERE fault <> ''")


@MIGRATIONS(name="0006_replies")
def replies(db: sqlite_utils.Database) -> None:
    """Replies that a channel did not take yet; gone as soon as it has taken them."""
    db.conn.execute("""
        CREATE TABLE replies (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            bot_id INTEGER NOT NULL,
            chat INTEGER NOT NULL,
            payload TEXT NOT NULL,
            made_at TEXT NOT NULL,
            next_at TEXT NOT NULL,
            tries INTEGER NOT NULL,
            lease_until TEXT
        )""")
    db.conn.execute("CREATE INDEX replies_chat ON replies (bot_id, chat, id)")


STAFF = (
    """
    CREATE TABLE staff (
        id INTEGER PRIMARY KEY,
        user_id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        added_at TEXT NOT NULL,
        removed_at TEXT
    )""",
    """
    CREATE TABLE links (
        hash TEXT PRIMARY KEY,
        staff INTEGER NOT NULL REFERENCES staff (id),
        made_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        spent_at TEXT
    )""",
    """
    CREATE TABLE sessions (
        hash TEXT PRIMARY KEY,
        staff INTEGER NOT NULL REFERENCES staff (id),
        made_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        seen_at TEXT NOT NULL
    )""",
    """
    CREATE TABLE switches (
        name TEXT PRIMARY KEY,
        words TEXT NOT NULL,
        reason TEXT NOT NULL,
        staff INTEGER REFERENCES staff (id),
        who TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
)
TICKETS = (
    """
    CREATE TABLE tickets (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        procedure TEXT,
        state TEXT NOT NULL DEFAULT 'new',
        staff INTEGER REFERENCES staff (id),
        opened_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        settled_as TEXT,
        settled_procedure TEXT,
        note TEXT,
        version INTEGER NOT NULL DEFAULT 1
    )""",
    "CREATE INDEX tickets_by_state ON tickets (state, kind, procedure)",
    """
    CREATE TABLE posts (
        ticket INTEGER PRIMARY KEY REFERENCES tickets (id),
        chat TEXT NOT NULL,
        thread TEXT,
        message TEXT
    )""",
    "CREATE INDEX posts_by_place ON posts (chat, thread, message)",
)
# What was settled is told by its ticket alone; a question that waits for a ticket is found by an index of its own.
MEMBERS = (
    "DROP INDEX questions_open",
    *(f"ALTER TABLE questions DROP COLUMN settled_{name}" for name in ("at", "as", "procedure", "note")),
    "ALTER TABLE questions ADD COLUMN misread INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE questions ADD COLUMN code TEXT",
    "ALTER TABLE questions ADD COLUMN words TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE questions ADD COLUMN ticket INTEGER REFERENCES tickets (id)",
    "ALTER TABLE judgements ADD COLUMN ticket INTEGER REFERENCES tickets (id)",
    "CREATE UNIQUE INDEX questions_by_code ON questions (code) WHERE code IS NOT NULL",
    "CREATE INDEX questions_by_words ON questions (folded)",
    """
    CREATE INDEX questions_by_ticket ON questions (ticket, person, asked_staff_at, local_day)
    WHERE ticket IS NOT NULL""",
    """
    CREATE INDEX questions_loose ON questions (id)
    WHERE ticket IS NULL AND (asked_staff_at IS NOT NULL OR misread = 1 OR picked IS NULL AND (none_of_these = 1
        OR outcome = 'unknown' AND reason NOT IN ('empty', 'no_procedure', 'erased')))""",
    """
    CREATE INDEX judgements_by_ticket ON judgements (ticket, person, judged_at)
    WHERE ticket IS NOT NULL""",
    "CREATE INDEX judgements_by_question ON judgements (question) WHERE question IS NOT NULL",
    """
    CREATE INDEX judgements_loose ON judgements (id)
    WHERE ticket IS NULL AND good = 0 AND procedure IS NOT NULL AND coalesce(why, '') <> 'other_question'""",
)
TELLING = (
    """
    CREATE TABLE watches (
        id INTEGER PRIMARY KEY,
        reference TEXT,
        procedure TEXT,
        channel TEXT NOT NULL,
        bot TEXT NOT NULL,
        chat TEXT NOT NULL,
        message TEXT,
        language TEXT NOT NULL,
        person TEXT,
        person_key INTEGER,
        made_at TEXT NOT NULL
    )""",
    """
    CREATE UNIQUE INDEX watches_by_reference ON watches (reference, channel, bot, chat)
    WHERE reference IS NOT NULL""",
    """
    CREATE UNIQUE INDEX watches_by_procedure ON watches (procedure, channel, bot, chat)
    WHERE procedure IS NOT NULL""",
    "CREATE INDEX watches_by_person ON watches (person) WHERE person IS NOT NULL",
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        ticket INTEGER,
        reference TEXT,
        channel TEXT NOT NULL,
        bot TEXT NOT NULL,
        chat TEXT NOT NULL,
        message TEXT,
        language TEXT NOT NULL,
        kind TEXT NOT NULL,
        payload TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting',
        tries INTEGER NOT NULL DEFAULT 0,
        next_at TEXT NOT NULL,
        lease_until TEXT,
        made_at TEXT NOT NULL,
        sent_at TEXT,
        detail TEXT NOT NULL DEFAULT '',
        person TEXT,
        person_key INTEGER
    )""",
    """
    CREATE INDEX outbox_due ON outbox (channel, bot, next_at, id)
    WHERE state IN ('waiting', 'sending')""",
    "CREATE INDEX outbox_by_ticket ON outbox (ticket)",
    "CREATE INDEX outbox_by_reference ON outbox (reference)",
    "CREATE INDEX outbox_by_person ON outbox (person) WHERE person IS NOT NULL",
)
AUDIT = (
    """
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        staff INTEGER,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        subject TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        reason TEXT NOT NULL
    )""",
    "CREATE INDEX audit_by_subject ON audit (subject)",
    "CREATE INDEX audit_by_time ON audit (at)",
    # INSERT OR REPLACE deletes with no trigger of deletion: a row that stands is not written over either.
    """
    CREATE TRIGGER audit_stands BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'audit rows are only added'); END""",
    *(
        f"""
    CREATE TRIGGER audit_{change.lower()} BEFORE {change} ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are only added'); END"""
        for change in ("UPDATE", "DELETE")
    ),
)


def names() -> frozenset[str]:
    """The names of all changes that this version knows."""
    return frozenset(migration.name for migration in MIGRATIONS.pending(sqlite_utils.Database(memory=True)))
