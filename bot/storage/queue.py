"""The queue of tickets as it is read: figures are counted from the members, so that they are never stale."""

from itertools import groupby
from typing import Any

import sqlite_utils

from bot.storage.ticket import Kind, State, Wording

OPEN = (State.NEW, State.TAKEN)
# Whoever may not be linked counts as somebody else each time.
FIGURES = "count(*) AS times, count(DISTINCT person) + count(*) - count(person) AS askers"
COUNTED = f"""
    SELECT ticket, {FIGURES}, count(asked_staff_at) AS asked, max(local_day) AS newest, max(id) AS last
    FROM questions WHERE ticket IN (SELECT id FROM shown) GROUP BY ticket
    UNION ALL
    SELECT ticket, {FIGURES}, 0, substr(max(judged_at), 1, 10), max(id)
    FROM judgements WHERE ticket IN (SELECT id FROM shown) GROUP BY ticket"""
PAGE = """
    WITH shown AS (SELECT id FROM tickets WHERE {condition}), counted AS ({counted})
    SELECT tickets.*, coalesce(times, 0) AS times, coalesce(askers, 0) AS askers, coalesce(asked, 0) AS asked,
        coalesce(newest, '') AS newest, last, staff.user_id, staff.name, staff.role
    FROM tickets JOIN shown ON shown.id = tickets.id {join} counted ON counted.ticket = tickets.id
    LEFT JOIN staff ON staff.id = tickets.staff
    ORDER BY askers DESC, tickets.opened_at, tickets.id LIMIT :limit OFFSET :offset"""
LAST = {
    Kind.QUESTION: "SELECT question, matches FROM questions WHERE id = :last",
    Kind.DISPUTED: (
        "SELECT questions.question, questions.matches FROM judgements JOIN questions "
        "ON questions.reference = judgements.question WHERE judgements.id = :last"
    ),
}
# Few wait at any time: it is their questions that are looked up, once for a whole page.
WATCHERS = """
    SELECT questions.ticket, count(*) FROM watches CROSS JOIN questions ON questions.reference = watches.reference
    WHERE questions.ticket IS NOT NULL GROUP BY questions.ticket
    UNION ALL
    SELECT tickets.id, count(*) FROM watches CROSS JOIN tickets ON tickets.procedure = watches.procedure
    WHERE tickets.kind = 'disputed' GROUP BY tickets.id"""
MEMBERS = {
    Kind.QUESTION: (
        "SELECT id, reference, question, folded, local_day AS day, language, person, "
        "asked_staff_at IS NOT NULL AS asked, NULL AS why, "
        "(SELECT count(*) FROM watches WHERE watches.reference = questions.reference) AS watched "
        "FROM questions WHERE ticket = :id"
    ),
    Kind.DISPUTED: (
        "SELECT judgements.id, coalesce(reference, '') AS reference, coalesce(questions.question, '') AS question, "
        "coalesce(folded, '') AS folded, substr(judged_at, 1, 10) AS day, coalesce(language, '') AS language, "
        "judgements.person, 0 AS asked, why, "
        "(SELECT count(*) FROM watches WHERE watches.reference = questions.reference) AS watched "
        "FROM judgements LEFT JOIN questions ON questions.reference = judgements.question WHERE judgements.ticket = :id"
    ),
}


def list_page(
    db: sqlite_utils.Database, state: State | None, kind: Kind | None, limit: int, offset: int
) -> list[dict[str, Any]]:
    """Rows of tickets that have members, the most askers first, then the oldest."""
    states = ", ".join(f"'{one.value}'" for one in ([state] if state else OPEN))
    condition = f"state IN ({states})" + (" AND kind = :kind" if kind else "")
    values = {"kind": kind.value if kind else None, "limit": limit, "offset": offset}
    rows = list(db.query(PAGE.format(condition=condition, counted=COUNTED, join="JOIN"), values))
    watchers = dict(db.execute(WATCHERS).fetchall()) if rows else {}
    return [_with_last(db, row, watchers) for row in rows]


def find(db: sqlite_utils.Database, id: int) -> dict[str, Any] | None:
    """One row, with or without members."""
    sql = PAGE.format(condition="id = :id", counted=COUNTED, join="LEFT JOIN")
    rows = list(db.query(sql, {"id": id, "limit": 1, "offset": 0}))
    return _with_last(db, rows[0], dict(db.execute(WATCHERS).fetchall())) if rows else None


def totals(db: sqlite_utils.Database) -> dict[State, int]:
    """How many tickets of each state have members."""
    sql = (
        "SELECT state, count(*) FROM tickets WHERE EXISTS (SELECT 1 FROM questions WHERE ticket = tickets.id) "
        "OR EXISTS (SELECT 1 FROM judgements WHERE ticket = tickets.id) GROUP BY state"
    )
    found = dict(db.execute(sql).fetchall())
    return {state: found.get(state.value, 0) for state in State}


def wordings(db: sqlite_utils.Database, id: int) -> list[Wording]:
    """The wordings of a ticket, the most frequent first, then the newest."""
    row = db.execute("SELECT kind FROM tickets WHERE id = :id", {"id": id}).fetchone()
    if row is None:
        return []
    members = sorted(db.query(MEMBERS[Kind(row[0])], {"id": id}), key=_words)
    groups = [sorted(group, key=lambda member: member["id"]) for _, group in groupby(members, key=_words)]
    groups.sort(key=lambda group: (-len(group), -group[-1]["id"]))
    return [_wording(group) for group in groups]


def _with_last(db: sqlite_utils.Database, row: dict[str, Any], watchers: dict[int, int]) -> dict[str, Any]:
    last = db.execute(LAST[Kind(row["kind"])], {"last": row["last"]}).fetchone() or ("", "[]")
    return {**row, "wording": last[0], "matches": last[1], "watchers": watchers.get(row["id"], 0)}


def _words(member: dict[str, Any]) -> tuple[str, str]:
    return member["folded"], member["why"] or ""


def _wording(group: list[dict[str, Any]]) -> Wording:
    newest = group[-1]
    persons = {member["person"] for member in group if member["person"]}
    return Wording(
        reference=newest["reference"],
        question=newest["question"],
        times=len(group),
        askers=len(persons) + sum(not member["person"] for member in group),
        last_day=max(member["day"] for member in group),
        watched=sum(member["watched"] for member in group),
        language=newest["language"],
        references=tuple(dict.fromkeys(member["reference"] for member in group if member["reference"])),
        asked=sum(member["asked"] for member in group),
        why=newest["why"],
    )
