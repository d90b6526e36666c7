"""How long the queue takes at 100,000 logged questions: `python -m tests.benchmarks.queue`. Prints, asserts nothing."""

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.persons import Alias
from bot.storage import Database, Kind, LogEntry, Placing, Questions, State, Tickets, Watches, open_database
from bot.storage.watches import Address
from tests.entries import NOW, answered, entry

QUESTIONS = 100_000
TICKETS = 4_000
CHANCE = random.Random(5)


def _logged(number: int, unanswered: float) -> LogEntry:
    person = Alias(1, f"p{CHANCE.randrange(QUESTIONS // 3)}") if CHANCE.random() < 0.7 else None
    words = f"câu hỏi {CHANCE.randrange(QUESTIONS // 2)} về việc {number % 97}"
    if CHANCE.random() < unanswered:
        return entry(words, reference=f"r{number}", person=person)
    return answered(words, "tam-tru", reference=f"r{number}", person=person)


def _timed(name: str, work: Callable[[], object], times: int = 5) -> None:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    print(f"{name:<34} {min(spent):8.1f} ms best, {max(spent):8.1f} ms worst")


def _fill(database: Database, unanswered: float) -> None:
    log = Questions(database)
    for done in [log.add(_logged(number, unanswered)) for number in range(QUESTIONS)]:
        done.result()


def _gather(tickets: Tickets) -> None:
    groups: dict[int, list[int]] = {}
    for row in tickets.loose(QUESTIONS):
        groups.setdefault(int(CHANCE.paretovariate(0.6)) % TICKETS, []).append(row.id)
    tickets.place([Placing(Kind.QUESTION, ids) for ids in groups.values()], NOW)


def _measure(unanswered: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "queue.db")
        tickets, log = Tickets(database), Questions(database)
        _fill(database, unanswered)
        print(f"\n{QUESTIONS} questions, {unanswered:.0%} of them unanswered; sqlite file")
        _timed("loose, before gathering", lambda: tickets.loose(QUESTIONS), 1)
        _timed("gathered into tickets", lambda: _gather(tickets), 1)
        for number in range(0, QUESTIONS, 50):
            Watches(database).add(Address("telegram", "7", str(number), None, "vi"), None, NOW, reference=f"r{number}")
        first = tickets.page()[0]
        print(f"{sum(tickets.totals().values())} tickets, the biggest of {first.times} questions")
        _timed("page of the queue", lambda: tickets.page())
        _timed("page of the queue, the 20th", lambda: tickets.page(offset=600))
        _timed("page of new questions", lambda: tickets.page(State.NEW, Kind.QUESTION))
        _timed("the biggest ticket", lambda: tickets.ticket(first.id))
        _timed("its wordings", lambda: tickets.wordings(first.id))
        _timed("totals", tickets.totals)
        _timed("loose, nothing left", lambda: tickets.loose(1000))
        _timed("wordings of all open tickets", tickets.placed)
        _timed("last 10,000 distinct wordings", lambda: log.distinct(10_000))
        database.close()


if __name__ == "__main__":
    for share in (0.3, 1.0):
        _measure(share)
