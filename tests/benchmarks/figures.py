"""How long figures take over a log of a million questions, and how much memory.

    python -m tests.benchmarks.figures

Makes the log (a year of it, in a folder that goes again), then prints the seconds and the peak memory of a month's
dashboard and of a year's report.
"""

import datetime
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.figures import Ground, Period, Unit, figures
from bot.hours import Hours, read_hours
from bot.knowledge import load
from bot.storage import open_database
from tests.running import KNOWLEDGE

MANY = 1_000_000
DAYS = 365
FIRST = datetime.date(2026, 1, 1)
KINDS = (
    ("answer", "direct", 70),
    ("choose", "choice", 10),
    ("choose", "deciding_question", 4),
    ("unknown", "no_match", 6),
    ("route", "greeting", 5),
    ("route", "off_topic", 5),
)
COLUMNS = (
    "reference, channel, asked_at, local_day, question, folded, language, outcome, reason, facets, matches, procedure, "
    "latency_ms, knowledge, person, person_key"
)


def main() -> None:
    """Build, measure, print."""
    knowledge = load(KNOWLEDGE, "hai-phong")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.db"
        open_database(path).close()
        _fill(path, [entry.id for entry in knowledge.procedures])
        print(f"{MANY:,} questions, {path.stat().st_size / 1e6:.0f} MB")
        database = open_database(path)
        hours = Hours(read_hours("T2-T6 07:30-11:30, 13:30-17:00"))
        base = _memory()
        for title, period, unit in (
            ("a month by day", Period.around(datetime.date(2026, 6, 5), Unit.MONTH), Unit.DAY),
            ("a year by month", Period(FIRST, FIRST + datetime.timedelta(days=DAYS - 1)), Unit.MONTH),
        ):
            started = time.perf_counter()
            found = figures(database, knowledge, Ground(period, unit), FIRST, hours)
            seconds = time.perf_counter() - started
            print(
                f"{title}: {found.questions:,} questions, {seconds:.2f} s, {_memory() - base:.0f} MB more at the peak"
            )
        print(f"{_memory():.0f} MB in all")
        database.close()


def _fill(path: Path, entries: list[str]) -> None:
    db = sqlite3.connect(path)
    marks = ", ".join("?" for _ in COLUMNS.split(", "))
    with db:
        db.executemany(f"INSERT INTO questions ({COLUMNS}) VALUES ({marks})", _rows(entries))
    db.close()


def _rows(entries: list[str]) -> Iterator[tuple[Any, ...]]:
    picked = random.Random(1)
    kinds = [kind for *kind, weight in KINDS for _ in range(weight)]
    for number in range(MANY):
        day = FIRST + datetime.timedelta(days=number * DAYS // MANY)
        minute = picked.randint(0, 1439)
        at = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=minute - 420)
        outcome, reason = picked.choice(kinds)
        entry = picked.choice(entries) if outcome == "answer" else None
        facets = picked.choice(("[]", '["fee"]', '["documents"]', '["fee", "time"]'))
        text = f"câu hỏi số {number} của người dân về một việc nào đó"
        yield (
            f"{number:012x}", "telegram", f"{at.isoformat()}+00:00", day.isoformat(), text, text, "vi", outcome, reason,
            facets, "[]", entry, picked.random() * 20, "0" * 12, f"p{picked.randint(0, 200_000)}", 1,
        )  # fmt: skip


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
